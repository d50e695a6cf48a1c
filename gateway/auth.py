"""From an API key to a principal."""

from typing import Protocol

from gateway.dialects.catalog import CREDENTIALS
from gateway.errors import Unauthenticated
from gateway.principal import Principal

_AUTHORIZATION = b"authorization"
_BEARER = b"bearer "
_KEY_HEADERS = frozenset(name.encode() for name in CREDENTIALS) - {_AUTHORIZATION}


class KeyDirectory(Protocol):
    """Where keys are looked up."""

    async def lookup(self, secret: str) -> Principal | None:
        """Give the principal of a valid key, or None. Raises `CheckUnavailable` when it can't tell."""
        ...


class Authenticator:
    """Reads the key that came with a request, wherever the vendors' SDKs put it."""

    def __init__(self, keys: KeyDirectory) -> None:
        self._keys = keys

    async def principal(self, headers: list[tuple[bytes, bytes]], beside: str = "") -> Principal:
        """Give the caller. `beside` is a key that came elsewhere, as in an address; a header's key goes before it.

        Raises:
            Unauthenticated: There is no key, or it is unknown, revoked or expired. The message never shows the key.
            CheckUnavailable: The key store has been away for too long to trust the last copy.
        """
        secret = _secret(headers) or beside
        if not secret:
            raise Unauthenticated("No API key. Send one as `Authorization: Bearer ak_...`.", code="missing_api_key")
        principal = await self._keys.lookup(secret)
        if principal is None:
            raise Unauthenticated("The API key is unknown to this gateway, revoked or expired.")
        return principal


def _secret(headers: list[tuple[bytes, bytes]]) -> str:
    for name, value in headers:
        if name == _AUTHORIZATION and value[: len(_BEARER)].lower() == _BEARER:
            return value[len(_BEARER) :].strip().decode("latin-1")
        if name in _KEY_HEADERS:
            return value.strip().decode("latin-1")
    return ""
