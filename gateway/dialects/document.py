"""Strict JSON: read a document in exactly one way, or not at all.

What was screened must be what the model reads. So everything that two parsers may read differently is refused:
duplicate keys, `NaN` and `Infinity`, lone surrogates, a byte order mark, bytes that are no UTF-8.
"""

import json
import re
from collections.abc import Callable
from itertools import accumulate
from typing import Any, NoReturn

import orjson

MAX_DEPTH = 128
"""Deepest nesting that is read. Real requests stay under 20; the interpreter's own limit is near 1,000."""

STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
"""One string literal, for bytes patterns that must be compiled with DOTALL."""

_STRINGS = re.compile(STRING, re.DOTALL)
_STRINGS_OR_TAIL = re.compile(STRING + b"?", re.DOTALL)
_TOKENS = re.compile(STRING + rb"|[][{},]|-?Infinity|NaN", re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class MalformedJson(ValueError):
    """Bytes that are no strict JSON. The message says what is wrong at which byte and never quotes content."""


class _Refused(Exception):
    """Raised inside a hook of the standard parser, which doesn't say where it is."""


def parse(raw: bytes) -> Any:
    """Read one strict JSON document.

    Raises:
        MalformedJson: for anything but one UTF-8 document without duplicate keys, non-finite numbers, lone surrogates
            or more than `MAX_DEPTH` levels.
    """
    if raw.count(b"{") + raw.count(b"[") > MAX_DEPTH:
        _check_depth(raw)
    try:
        # What comes out of a writer as it went in has each key once and nothing that can be read in two ways. Compact
        # JSON, as SDKs and providers send it, passes this at a tenth of the time.
        value = orjson.loads(raw)
        if orjson.dumps(value) == raw:
            return value
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        pass  # the strict reader says why, or knows better: it reads numbers of any size
    return _parse_strictly(raw)


def _parse_strictly(raw: bytes) -> Any:
    try:
        value = _DECODER.decode(text := raw.decode())
    except UnicodeDecodeError as exc:
        raise MalformedJson(f"not UTF-8 at byte {exc.start}") from exc
    except json.JSONDecodeError as exc:
        raise MalformedJson(f"not valid JSON at byte {len(text[: exc.pos].encode())}") from exc
    except _Refused as exc:
        raise MalformedJson(_explain(raw)) from exc
    except (ValueError, RecursionError) as exc:  # an integer of thousands of digits; hooks under a deep stack
        raise MalformedJson("a value is too large to read") from exc
    if _SURROGATE_ESCAPE.search(raw):
        _check_surrogates(raw)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _Refused
    return value


def _constant(_name: str) -> NoReturn:
    raise _Refused


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


def _check_depth(raw: bytes) -> None:
    """Refuse what is too deep before the parser sees it.

    A string that never ends is taken to the end of the bytes: to look on inside it would cost the square of its length.
    """
    brackets = _STRINGS_OR_TAIL.sub(b"", raw).translate(None, _NOT_BRACKETS)
    if max(accumulate(map(_STEP.__getitem__, brackets)), default=0) > MAX_DEPTH:
        raise MalformedJson(f"nested deeper than {MAX_DEPTH} levels")


def _check_surrogates(raw: bytes) -> None:
    for match in _STRINGS.finditer(raw):
        if _SURROGATE_ESCAPE.search(match[0]) and _LONE_SURROGATE.search(json.loads(match[0])):
            raise MalformedJson(f"a lone surrogate in the string at byte {match.start()}")


def _explain(raw: bytes) -> str:
    """Find what a hook refused: walk the tokens again, slowly, with their places."""
    keys: list[set[str] | None] = []
    expects_key = False
    for match in _TOKENS.finditer(raw):
        token = match[0]
        if token[:1] in b"NI-":
            return f"a number that is not finite at byte {match.start()}"
        if token[:1] == b'"' and expects_key and _seen(keys, json.loads(token)):
            return f"a duplicate key at byte {match.start()}"
        expects_key = _STRUCTURE.get(token, _after_value)(keys)
    return "a duplicate key or a number that is not finite"


def _seen(keys: list[set[str] | None], key: str) -> bool:
    known = keys[-1] if keys else None
    if known is None or key in known:
        return known is not None
    known.add(key)
    return False


def _open_object(keys: list[set[str] | None]) -> bool:
    keys.append(set())
    return True


def _open_array(keys: list[set[str] | None]) -> bool:
    keys.append(None)
    return False


def _close(keys: list[set[str] | None]) -> bool:
    keys.pop()
    return False


def _comma(keys: list[set[str] | None]) -> bool:
    return keys[-1] is not None


def _after_value(_keys: list[set[str] | None]) -> bool:
    return False


_STRUCTURE: dict[bytes, Callable[[list[set[str] | None]], bool]] = {
    b"{": _open_object,
    b"[": _open_array,
    b"}": _close,
    b"]": _close,
    b",": _comma,
}
