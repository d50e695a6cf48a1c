"""Keys as the store has them, principals as the gateway knows them."""

from audit.errors import KeysUnavailable
from audit.keys import KeyCache
from gateway.errors import CheckUnavailable
from gateway.principal import Principal


class StoredKeys:
    """The key directory behind the authenticator: keys in memory, refreshed from the store every second."""

    def __init__(self, keys: KeyCache) -> None:
        self._keys = keys

    async def lookup(self, secret: str) -> Principal | None:
        """See `gateway.auth.KeyDirectory.lookup`."""
        try:
            key = await self._keys.find(secret)
        except KeysUnavailable as exc:
            message = "API keys can't be checked now, so nobody is let in."
            raise CheckUnavailable(message, code="keys.unavailable") from exc
        return Principal(key.handle, key.tenant, key.use_case, key.roles) if key else None
