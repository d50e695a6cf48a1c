"""The vault's keys, each wrapped under a master key. The store holds no key that opens anything by itself."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sqlalchemy import delete, select, text, update
from sqlmodel import col

from audit.errors import KeyGone
from audit.tables import VaultKeyRow
from audit.vault_link import VaultLink

SEAL: Final = "seal"
"""Purpose of a key that seals blobs. A tenant has several while they are renewed; the newest seals."""

SUBJECT: Final = "subject"
"""Purpose of the key that makes digests of values. A tenant has one, and it stays."""

_ADD: Final = text(
    "INSERT INTO vault_key (id, tenant, purpose, master, wrapped, created_ms) "
    "VALUES (:id, :tenant, :purpose, :master, :wrapped, :created_ms) ON CONFLICT (id) DO NOTHING"
)
_COLUMNS: Final = [
    col(column)
    for column in (
        VaultKeyRow.id,
        VaultKeyRow.tenant,
        VaultKeyRow.purpose,
        VaultKeyRow.master,
        VaultKeyRow.wrapped,
        VaultKeyRow.created_ms,
    )
]


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A key as the store has it. `master` names the master key that it is wrapped under."""

    id: str
    tenant: str
    purpose: str
    master: str
    wrapped: bytes = field(repr=False)
    created_ms: int


class VaultKeys:
    """Every method raises as `VaultLink.run` does."""

    def __init__(self, link: VaultLink) -> None:
        self._link = link

    async def of(self, tenant: str) -> list[WrappedKey]:
        """Give a tenant's keys, the newest first."""
        return await self._read(select(*_COLUMNS).where(col(VaultKeyRow.tenant) == tenant))

    async def all(self) -> list[WrappedKey]:
        """Give all tenants' keys, the newest first."""
        return await self._read(select(*_COLUMNS))

    async def add(self, key: WrappedKey) -> None:
        """Add a key, unless there is one with its id."""
        await self._link.run(lambda connection: connection.execute(_ADD, asdict(key)))

    async def rewrap(self, key: WrappedKey, wrapped: bytes, master: str) -> None:
        """Wrap a key anew, unless somebody else has done so meanwhile."""
        change = update(VaultKeyRow).where(col(VaultKeyRow.id) == key.id, col(VaultKeyRow.wrapped) == key.wrapped)
        await self._link.run(lambda connection: connection.execute(change.values(wrapped=wrapped, master=master)))

    async def drop(self, key: WrappedKey) -> bool:
        """Delete a key. False: blobs are sealed with it, so it stays."""
        gone = delete(VaultKeyRow).where(col(VaultKeyRow.id) == key.id)
        with suppress(KeyGone):
            await self._link.run(lambda connection: connection.execute(gone))
            return True
        return False

    async def _read(self, query: Any) -> list[WrappedKey]:
        newest = query.order_by(col(VaultKeyRow.created_ms).desc(), col(VaultKeyRow.id))
        return await self._link.run(lambda connection: _keys(connection.execute(newest).all()))


def _keys(rows: Sequence[Any]) -> list[WrappedKey]:
    return [
        WrappedKey(key_id, tenant, purpose, master, bytes(wrapped), created)
        for key_id, tenant, purpose, master, wrapped, created in rows
    ]
