"""What is erased from the vault for good is recorded: how much and for which tenant, never what."""

from typing import Final

from sqlalchemy import Connection, delete
from sqlmodel import col

from audit.entry import enter
from audit.record import VAULT_ERASED, Record, new_id, now_ms
from audit.tables import VaultKeyRow, VaultRow
from audit.vault_link import VaultLink

USE_CASE: Final = "vault"  # of records that no caller's request made


class VaultErasure:
    """Every method raises as `VaultLink.run` does."""

    def __init__(self, link: VaultLink) -> None:
        self._link = link

    async def shred(self, tenant: str) -> int:
        """Delete all of a tenant's blobs and keys, so that no copy of a blob opens again. Give how many there were."""

        def write(connection: Connection) -> int:
            blobs = int(connection.execute(delete(VaultRow).where(col(VaultRow.tenant) == tenant)).rowcount)
            connection.execute(delete(VaultKeyRow).where(col(VaultKeyRow.tenant) == tenant))
            enter(connection, _erased(tenant, everything=True, values=0, states=blobs))
            return blobs

        return await self._link.run(write)

    async def record(self, tenant: str, values: int, states: int) -> None:
        """Record that so many values were erased, from so many states of conversations."""
        record = _erased(tenant, everything=False, values=values, states=states)
        await self._link.run(lambda connection: enter(connection, record))


def _erased(tenant: str, **body: int) -> Record:
    return Record(new_id(), VAULT_ERASED, tenant, USE_CASE, now_ms(), body)
