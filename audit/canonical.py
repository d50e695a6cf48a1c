"""Canonical JSON (RFC 8785): one value, one sequence of bytes.

With ASCII keys, integers within 2^53 and no floats, JSON with sorted keys and no white space is canonical: sorting by
bytes equals sorting by UTF-16 code units, and no number needs ECMAScript's float formatting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from audit.errors import RecordRefused

MAX_BYTES = 65_535  # an entry's length in a C2SP entry bundle is a uint16
_PASSTHROUGH = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER | _PASSTHROUGH


@dataclass(frozen=True, slots=True)
class Written:
    """A value that was checked and written once, to stand in many records. Make it with `write`, never by hand."""

    text: bytes


_LEAVES = frozenset({str, int, bool, type(None), Written})


def write(value: Mapping[str, Any]) -> Written:
    """Write an object that may then stand inside others. Raises as `encode` does."""
    return Written(encode(value))


def encode(value: Mapping[str, Any]) -> bytes:
    """Write an object as canonical JSON.

    Strings (and string enumerations), integers of magnitude below 2^53, booleans, None, lists, tuples, dicts with
    ASCII keys and what `write` gave are allowed.

    Raises:
        RecordRefused: Something else is inside, or the result is longer than 65,535 bytes. The message has no content.
    """
    try:
        text = orjson.dumps(value, _as_it_is, _OPTIONS)
    except TypeError as exc:  # JSONEncodeError is one; its own message may quote a type's name only
        raise RecordRefused(f"the record is no canonical JSON: {exc}") from exc
    _refuse_ambiguous(value)
    if len(text) > MAX_BYTES:
        raise RecordRefused(f"the record has {len(text)} bytes; at most {MAX_BYTES} fit in a leaf")
    return text


def is_canonical(text: bytes, value: Any) -> bool:
    """Say whether `text`, from which `value` was parsed, has sorted keys, each once, and no needless white space.

    That is what a reader must know to be sure that everybody reads the same; floats were refused when it was written.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS) == text
    except TypeError:
        return False


def _as_it_is(value: Any) -> orjson.Fragment:
    if type(value) is not Written:
        raise TypeError(f"type is not JSON serializable: {type(value).__name__}")
    return orjson.Fragment(value.text)


def _refuse_ambiguous(value: Any) -> None:
    # The encoder has already refused cycles and unknown types, so this walk ends.
    waiting = [value]
    while waiting:
        item = waiting.pop()
        kind = type(item)
        if kind is dict:
            if not "".join(item).isascii():
                raise RecordRefused("the record has a key that is not ASCII")
            item = item.values()
        elif kind is not list and kind is not tuple:
            if not isinstance(item, str | int | Written):
                raise RecordRefused(f"the record holds a {kind.__name__}; only strings and integers are exact")
            continue
        for inner in item:
            if type(inner) not in _LEAVES:
                waiting.append(inner)  # noqa: PERF401 - measured: a comprehension is a third slower on short lists
