"""Make, list and revoke API keys. Each change is a record in the same transaction: no key without its record."""

import base64
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from audit import engine, schema
from audit.entry import enter
from audit.errors import NotFound, RecordRefused
from audit.keys import Key, digest
from audit.record import KEY_CREATED, KEY_REVOKED, MAX_NAME, Record, new_id, now_ms
from audit.tables import ApiKeyRow

SECRET_BYTES = 32
_HANDLE_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_HANDLE_LENGTH = 10
_SHAPE = re.compile(r"ak_([a-z0-9]{10})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class RegisteredKey:
    """A key as the register has it. All times are milliseconds since 1970, UTC."""

    handle: str
    tenant: str
    use_case: str
    roles: tuple[str, ...]
    label: str
    created_ms: int
    expires_ms: int | None
    revoked_ms: int | None


def create(
    url: str,
    *,
    tenant: str,
    use_case: str,
    roles: Sequence[str] = (),
    label: str = "",
    expires_ms: int | None = None,
) -> tuple[str, Key]:
    """Make a key.

    Returns:
        The secret, `ak_<handle>_<43 characters>`, which is nowhere else, and the key.

    Raises:
        RecordRefused: A name is empty, too long or not printable.
        StoreUnavailable, StoreUnreadable: There is no key, since it could not be written.
    """
    if len(label) > MAX_NAME or not label.isprintable() or not all(role and role.isprintable() for role in roles):
        raise RecordRefused("labels and roles are printable, and a label has at most 200 characters")
    handle = "".join(secrets.choice(_HANDLE_CHARACTERS) for _ in range(_HANDLE_LENGTH))
    tail = base64.urlsafe_b64encode(secrets.token_bytes(SECRET_BYTES)).rstrip(b"=").decode()
    secret = f"ak_{handle}_{tail}"
    key = Key(handle, tenant, use_case, tuple(roles), expires_ms)
    row = {
        "handle": handle,
        "digest": digest(secret),
        "tenant": tenant,
        "use_case": use_case,
        "roles": orjson.dumps(list(roles)).decode(),
        "label": label,
        "created_ms": now_ms(),
        "expires_ms": expires_ms,
        "revoked_ms": None,
    }
    with _changing(url) as connection:
        connection.execute(insert(ApiKeyRow).values(row))
        # The label is left out: people write names into it, and a record can't be erased.
        _record(connection, KEY_CREATED, key, {"roles": list(roles), "expires_ms": expires_ms})
    return secret, key


def list_keys(url: str) -> list[RegisteredKey]:
    """Give all keys, the newest first, without their digests.

    Raises:
        StoreUnreadable, StoreUnavailable: The store can't be read.
    """
    with engine.reading(url) as database, database.connect() as connection:
        query = select(*_COLUMNS).order_by(col(ApiKeyRow.created_ms).desc(), col(ApiKeyRow.handle))
        return [_registered(row) for row in connection.execute(query)]


def revoke(url: str, handle: str) -> bool:
    """Revoke a key for good; every gateway refuses it within two seconds. False: it was revoked before.

    Raises:
        NotFound: There is no such key.
        StoreUnavailable, StoreUnreadable: Nothing was changed.
    """
    with _changing(url) as connection:
        found = connection.execute(select(*_COLUMNS).where(col(ApiKeyRow.handle) == handle)).first()
        if found is None:
            raise NotFound(f"there is no key {handle}")
        key = _registered(found)
        change = update(ApiKeyRow).where(col(ApiKeyRow.handle) == handle, col(ApiKeyRow.revoked_ms).is_(None))
        if connection.execute(change.values(revoked_ms=now_ms())).rowcount == 0:
            return False
        _record(connection, KEY_REVOKED, Key(handle, key.tenant, key.use_case, key.roles), {})
    return True


def lookup(url: str, secret: str) -> Key | None:
    """Find the key behind a secret in the store itself: for tools. The gateway asks `audit.keys.KeyCache`.

    Raises:
        StoreUnreadable, StoreUnavailable: The store can't be read.
    """
    if not _SHAPE.fullmatch(secret):
        return None
    with engine.reading(url) as database, database.connect() as connection:
        query = select(*_COLUMNS).where(col(ApiKeyRow.digest) == digest(secret), col(ApiKeyRow.revoked_ms).is_(None))
        found = connection.execute(query).first()
    if found is None:
        return None
    key = _registered(found)
    expired = key.expires_ms is not None and key.expires_ms <= now_ms()
    return None if expired else Key(key.handle, key.tenant, key.use_case, key.roles, key.expires_ms)


_COLUMNS = [
    col(column)
    for column in (
        ApiKeyRow.handle,
        ApiKeyRow.tenant,
        ApiKeyRow.use_case,
        ApiKeyRow.roles,
        ApiKeyRow.label,
        ApiKeyRow.created_ms,
        ApiKeyRow.expires_ms,
        ApiKeyRow.revoked_ms,
    )
]


def _registered(row: Any) -> RegisteredKey:
    handle, tenant, use_case, roles, label, created, expires, revoked = row
    return RegisteredKey(handle, tenant, use_case, tuple(orjson.loads(roles)), label, created, expires, revoked)


def _record(connection: Connection, kind: str, key: Key, more: dict[str, object]) -> None:
    record = Record(new_id(), kind, key.tenant, key.use_case, now_ms(), {"handle": key.handle, **more})
    enter(connection, record)


@contextmanager
def _changing(url: str) -> Iterator[Connection]:
    schema.upgrade(url)
    database = engine.make_engine(url)
    try:
        with database.connect().execution_options(immediate=True) as connection, connection.begin():
            yield connection
    except DBAPIError as exc:
        raise engine.translate(exc) from exc
    finally:
        database.dispose()
