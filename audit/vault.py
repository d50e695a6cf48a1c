"""Sealed blobs by tenant and name, each with a time to live. What is in them only their owner can read.

They hold what must be there again when a provider is asked to go on from state of its own. Unlike the log's tables this
one is changed: a blob is replaced, forgotten on request, and swept away when its time is over.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, text, update
from sqlmodel import col

from audit.errors import AuditError
from audit.record import now_ms
from audit.tables import VaultRow, VaultSubjectRow
from audit.vault_link import VaultLink

SWEEP_S = 3_600.0
"""Between two sweeps of what has expired. Nothing expired is ever read, swept or not."""

_KEEP: Final = text(
    "INSERT INTO vault (tenant, name, key_id, sealed, expires_ms) "
    "VALUES (:tenant, :name, :key_id, :sealed, :expires_ms) ON CONFLICT (tenant, name) DO UPDATE "
    "SET key_id = excluded.key_id, sealed = excluded.sealed, expires_ms = excluded.expires_ms"
)
_BLOB: Final = [col(VaultRow.name), col(VaultRow.key_id), col(VaultRow.sealed)]


@dataclass(frozen=True, slots=True)
class Blob:
    """What is kept under a name, sealed with a key of the vault.

    `subjects` are digests of whom it is about; None where that is not said: then what was noted before holds.
    """

    name: str
    key_id: str
    sealed: bytes = field(repr=False)
    subjects: frozenset[bytes] | None = None


class Vault:
    """Every method raises as `VaultLink.run` does; the tenants see nothing of each other."""

    def __init__(self, link: VaultLink) -> None:
        self._link = link

    async def keep(self, tenant: str, blobs: Sequence[Blob], expires_ms: int) -> None:
        """Keep blobs under their names, all or none, in place of those that were there. Durable when this returns."""
        rows = [
            {"tenant": tenant, "name": one.name, "key_id": one.key_id, "sealed": one.sealed, "expires_ms": expires_ms}
            for one in blobs
        ]

        def write(connection: Connection) -> None:
            connection.execute(_KEEP, rows)
            for one in blobs:
                _point(connection, tenant, one)

        if rows:
            await self._link.run(write)

    async def read(self, tenant: str, name: str) -> Blob | None:
        """Give the blob of this tenant under this name, without subjects; None if there is none, or it has expired."""
        query = select(*_BLOB).where(*_named(tenant, name), col(VaultRow.expires_ms) > now_ms())

        def find(connection: Connection) -> Blob | None:
            found = connection.execute(query).first()
            return None if found is None else _blob(found)

        return await self._link.run(find)

    async def replace(self, tenant: str, before: Blob, after: Blob) -> bool:
        """Put a blob in the place of another one of the same name, if that is still what it was. It expires as before.

        False: somebody else has changed it meanwhile, and nothing was done.
        """
        change = update(VaultRow).where(*_named(tenant, before.name), col(VaultRow.sealed) == before.sealed)

        def write(connection: Connection) -> bool:
            done = connection.execute(change.values(key_id=after.key_id, sealed=after.sealed)).rowcount == 1
            if done:
                _point(connection, tenant, after)
            return done

        return await self._link.run(write)

    async def about(self, tenant: str, subjects: Sequence[bytes], limit: int) -> list[Blob]:
        """Give blobs that are about one of these, as many as `limit` at most."""
        names = select(col(VaultSubjectRow.name)).where(
            col(VaultSubjectRow.tenant) == tenant, col(VaultSubjectRow.subject).in_(subjects)
        )
        return await self._several(
            select(*_BLOB).where(col(VaultRow.tenant) == tenant, col(VaultRow.name).in_(names)), limit
        )

    async def not_under(self, tenant: str, key_id: str, limit: int) -> list[Blob]:
        """Give blobs of a tenant that are sealed with another key than this one, as many as `limit` at most."""
        query = select(*_BLOB).where(col(VaultRow.tenant) == tenant, col(VaultRow.key_id) != key_id)
        return await self._several(query, limit)

    async def delete(self, tenant: str, name: str) -> None:
        """Forget a blob, if it is there."""
        await self._changed(delete(VaultRow).where(*_named(tenant, name)))

    async def purge(self) -> int:
        """Sweep away all that has expired, and give how many blobs that were."""
        return await self._changed(delete(VaultRow).where(col(VaultRow.expires_ms) <= now_ms()))

    async def keep_swept(self) -> None:
        """Sweep now and by the hour until cancelled. While the store is away, the next sweep has more to do."""
        while True:
            with suppress(AuditError):
                await self.purge()
            await asyncio.sleep(SWEEP_S)

    async def _changed(self, statement: Any) -> int:
        return await self._link.run(lambda connection: int(connection.execute(statement).rowcount))

    async def _several(self, query: Any, limit: int) -> list[Blob]:
        found = query.order_by(col(VaultRow.name)).limit(limit)
        return await self._link.run(lambda connection: [_blob(row) for row in connection.execute(found)])


def _named(tenant: str, name: str) -> tuple[Any, Any]:
    return col(VaultRow.tenant) == tenant, col(VaultRow.name) == name


def _blob(row: Any) -> Blob:
    name, key_id, sealed = row
    return Blob(name, key_id, bytes(sealed))


def _point(connection: Connection, tenant: str, blob: Blob) -> None:
    """Note whom a blob is about, in place of what was noted before."""
    if blob.subjects is None:
        return
    about = delete(VaultSubjectRow).where(col(VaultSubjectRow.tenant) == tenant, col(VaultSubjectRow.name) == blob.name)
    connection.execute(about)
    if blob.subjects:
        rows = [{"tenant": tenant, "subject": subject, "name": blob.name} for subject in sorted(blob.subjects)]
        connection.execute(insert(VaultSubjectRow), rows)
