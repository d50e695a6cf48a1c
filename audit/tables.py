"""The store's tables. What is written to the first five is never changed: triggers refuse UPDATE and DELETE.

`audit/migrations` builds them; a test proves that both agree.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    Text,
    text,
)
from sqlmodel import Field, SQLModel

_HAS_OPENED = text("opened_ref IS NOT NULL")


class _Table(SQLModel):
    metadata = MetaData()


def _id(**options: Any) -> Any:
    return Field(sa_column=Column(Text, **options))


class RecordRow(_Table, table=True):
    """One record. All columns but `canonical` repeat what its canonical JSON says, for searching."""

    __tablename__ = "record"
    __table_args__ = (Index("record_by_opened", "opened_ref", sqlite_where=_HAS_OPENED, postgresql_where=_HAS_OPENED),)

    id: str = _id(primary_key=True)
    type: str = _id(nullable=False)
    tenant: str = _id(nullable=False)
    use_case: str = _id(nullable=False)
    t_ms: int = Field(sa_column=Column(BigInteger, nullable=False))
    opened_ref: str | None = _id(nullable=True)
    decision: str | None = _id(nullable=True)
    canonical: str = _id(nullable=False)


class LeafRow(_Table, table=True):
    """A record's place in the log: its number and its leaf hash."""

    __tablename__ = "leaf"

    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    record_id: str = _id(nullable=False, unique=True)
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class NodeRow(_Table, table=True):
    """The root of a full tile of 256 hashes one level below (C2SP tlog-tiles); level 0 is in `leaf`."""

    __tablename__ = "node"

    level: int = Field(sa_column=Column(SmallInteger, primary_key=True, autoincrement=False))
    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class CheckpointRow(_Table, table=True):
    """A signed checkpoint. `t_ms` is when it was signed, by the signer's own clock; it is not part of the note."""

    __tablename__ = "checkpoint"

    size: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    t_ms: int = Field(sa_column=Column(BigInteger, nullable=False))
    note: str = _id(nullable=False)


class PendingRow(_Table, table=True):
    """A record that has no number yet. A trigger on `record` fills it, so no writer can forget to."""

    __tablename__ = "pending"

    record_id: str = _id(primary_key=True)


class SequencerRow(_Table, table=True):
    """The fencing epoch: each process that takes over numbering raises it; one that finds it raised stops."""

    __tablename__ = "sequencer"

    id: int = Field(sa_column=Column(SmallInteger, primary_key=True, autoincrement=False))
    epoch: int = Field(sa_column=Column(BigInteger, nullable=False))


class ApiKeyRow(_Table, table=True):
    """An API key: its public handle and the SHA-256 of its secret. `roles` is a JSON array of strings."""

    __tablename__ = "api_key"

    handle: str = _id(primary_key=True)
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    tenant: str = _id(nullable=False)
    use_case: str = _id(nullable=False)
    roles: str = _id(nullable=False)
    label: str = _id(nullable=False)
    created_ms: int = Field(sa_column=Column(BigInteger, nullable=False))
    expires_ms: int | None = Field(sa_column=Column(BigInteger, nullable=True))
    revoked_ms: int | None = Field(sa_column=Column(BigInteger, nullable=True))


class VaultKeyRow(_Table, table=True):
    """A tenant's key for the vault, wrapped under a master key that this store has never seen."""

    __tablename__ = "vault_key"
    __table_args__ = (Index("vault_key_by_tenant", "tenant"),)

    id: str = _id(primary_key=True)
    tenant: str = _id(nullable=False)
    purpose: str = _id(nullable=False)
    master: str = _id(nullable=False)
    wrapped: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_ms: int = Field(sa_column=Column(BigInteger, nullable=False))


class VaultRow(_Table, table=True):
    """A tenant's sealed blob under a name, until `expires_ms` (milliseconds since 1970). Replaced, deleted, swept.

    A key can't be deleted as long as a blob is sealed with it.
    """

    __tablename__ = "vault"
    __table_args__ = (Index("vault_by_expiry", "expires_ms"), Index("vault_by_key", "key_id"))

    tenant: str = _id(primary_key=True)
    name: str = _id(primary_key=True)
    key_id: str = Field(sa_column=Column(Text, ForeignKey("vault_key.id"), nullable=False))
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    expires_ms: int = Field(sa_column=Column(BigInteger, nullable=False))


class VaultSubjectRow(_Table, table=True):
    """Which blobs hold something about whom: a keyed digest of the value, so that it can be found and erased."""

    __tablename__ = "vault_subject"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "name"], ["vault.tenant", "vault.name"], ondelete="CASCADE"),
        Index("vault_subject_by_name", "tenant", "name"),
    )

    tenant: str = _id(primary_key=True)
    subject: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    name: str = _id(primary_key=True)


METADATA = _Table.metadata
