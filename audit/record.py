"""A record: what is written about one event, and its name."""

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from audit import canonical
from audit.errors import RecordRefused

VERSION = 1
MAX_NAME = 200  # characters of a type, tenant, use case or id

REQUEST_OPENED = "request.opened"
REQUEST_PASSED_OVER = "request.passed_over"
REQUEST_REROUTED = "request.rerouted"
REQUEST_CLOSED = "request.closed"
KEY_CREATED = "key.created"
KEY_REVOKED = "key.revoked"
LOG_EXPORTED = "log.exported"
VAULT_ERASED = "vault.erased"

Row = tuple[str, str, str, str, int, str | None, str | None, str]
"""A record as the table has it: id, type, tenant, use case, t_ms, opened_ref, decision, canonical JSON."""
COLUMNS = ("id", "type", "tenant", "use_case", "t_ms", "opened_ref", "decision", "canonical")


@dataclass(frozen=True, slots=True)
class Record:
    """One event.

    `id` is a UUIDv7 from `new_id`; `t_ms` counts milliseconds since 1970 in UTC; `opened_ref` is the id of the
    `request.opened` whose call this record is about, if it has another type than that. `body` holds strings, integers,
    booleans, lists and dicts with ASCII keys: no floats, no raw personal data. Nothing is checked before `canonical`.
    """

    id: str
    type: str
    tenant: str
    use_case: str
    t_ms: int
    body: Mapping[str, Any]
    opened_ref: str | None = None

    def canonical(self) -> bytes:
        """Write every field as canonical JSON (RFC 8785): the content of the log's leaf.

        Raises:
            RecordRefused: A field is not exact, is empty, or the whole is longer than 65,535 bytes.
        """
        for name in (self.id, self.type, self.tenant, self.use_case, self.opened_ref or self.id):
            if not name or len(name) > MAX_NAME or not name.isprintable():
                raise RecordRefused("a record's id, type, tenant and use case are 1 to 200 printable characters")
        return canonical.encode(
            {
                "v": VERSION,
                "id": self.id,
                "type": self.type,
                "tenant": self.tenant,
                "use_case": self.use_case,
                "t_ms": self.t_ms,
                "opened_ref": self.opened_ref,
                "body": self.body if type(self.body) is dict else dict(self.body),
            }
        )

    def row(self) -> Row:
        """Give the table's row. Raises what `canonical` raises."""
        text = self.canonical().decode()
        return (
            self.id,
            self.type,
            self.tenant,
            self.use_case,
            self.t_ms,
            self.opened_ref,
            _decision(self.body),
            text,
        )


def columns_of(text: str) -> Row:
    """Read back from canonical JSON what the table's columns must hold.

    Raises:
        RecordRefused: The text is not the canonical JSON of a record.
    """
    raw = text.encode()
    try:
        value = orjson.loads(raw)
        body = value["body"]
        row = (
            value["id"],
            value["type"],
            value["tenant"],
            value["use_case"],
            value["t_ms"],
            value["opened_ref"],
            _decision(body),
            text,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise RecordRefused("the text is not a record") from exc
    if not canonical.is_canonical(raw, value):
        raise RecordRefused("the record's JSON is not canonical")
    return row


def _decision(body: Mapping[str, Any]) -> str | None:
    decision = body.get("decision")
    if isinstance(decision, str) and decision and decision.isprintable():
        return str(decision)
    return None  # not a word to search by; the JSON has it all the same


def now_ms() -> int:
    """Give the time in milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


class _Clock:
    """The last moment given out by this process, in 1/4096 of a millisecond."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def tick(self) -> int:
        milliseconds, rest = divmod(time.time_ns(), 1_000_000)
        with self._lock:
            self._last = max(self._last + 1, milliseconds << 12 | rest * 4096 // 1_000_000)
            return self._last


_clock = _Clock()


def new_id() -> str:
    """Make a UUIDv7 (RFC 9562): unique everywhere, strictly rising within this process.

    48 bits of milliseconds, 12 bits of their fraction (section 6.2, method 3), 62 random bits.
    """
    moment = _clock.tick()
    tail = int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    text = f"{(moment >> 12) & 0xFFFF_FFFF_FFFF:012x}7{moment & 0xFFF:03x}{tail:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
