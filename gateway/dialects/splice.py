"""Change single values of a JSON document and leave every other byte as it came.

The document must have passed `document.parse`: the patterns here rely on it and only look for borders. Subtrees that
hold nothing to change are skipped by one pattern match, so the work is a scan at the speed of `re`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from gateway.dialects import compact
from gateway.dialects.compact import HERE, tree
from gateway.dialects.document import STRING
from gateway.dialects.slot import Path

Span = tuple[int, int]
"""First byte and the byte after the last."""

_FLAT = rb'[^][{}"]*+(?:' + STRING + rb'[^][{}"]*+)*+'
_NESTED = rb"[{[]" + _FLAT + rb"[]}]"
for _ in range(3):  # objects in lists in objects: a message with content parts, a tool call
    _NESTED = rb"[{[]" + _FLAT + rb"(?:" + _NESTED + _FLAT + rb")*+[]}]"
_SHALLOW = re.compile(STRING + rb"|" + _NESTED + rb'|[^][{}",:\s]++', re.DOTALL)
_BRACKET = re.compile(STRING + rb"|([{[])|([]}])", re.DOTALL)
_KEY = re.compile(rb"[\s,]*+(" + STRING + rb")\s*+:\s*+", re.DOTALL)
_OBJECT, _OBJECT_END, _ARRAY, _ARRAY_END = b"{}[]"
_BETWEEN = re.compile(rb"[\s,]*+")


def splice(raw: bytes, replacements: Mapping[Path, Any], document: Any = None) -> bytes:
    """Replace the values at these paths, mostly strings; with nothing to replace, give back the very same bytes.

    New strings are written as UTF-8, escaped only where JSON demands it. `document` is what `raw` says, if that is
    known: the result is the same and often quicker.

    Raises:
        KeyError: there is no value at one of the paths.
    """
    if not replacements:
        return raw
    if document is not None and (new := compact.rewritten(raw, document, replacements)) is not None:
        return new
    spans = locate(raw, replacements)
    return patch(raw, [(*spans[path], orjson.dumps(text)) for path, text in replacements.items()])


def set_member(raw: bytes, name: str, value: str) -> bytes:
    """Give the document, an object, with this member: another value where it has one, a new first member if not."""
    try:
        span = locate(raw, [(name,)])[(name,)]
    except KeyError:
        start = raw.index(b"{") + 1
        comma = b"" if raw[_gap(raw, start)] == _OBJECT_END else b","
        return patch(raw, [(start, start, orjson.dumps(name) + b":" + orjson.dumps(value) + comma)])
    return patch(raw, [(*span, orjson.dumps(value))])


def patch(raw: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Replace byte ranges, which must not overlap, by other bytes."""
    pieces: list[bytes] = []
    position = 0
    for start, end, new in sorted(edits):
        pieces += raw[position:start], new
        position = end
    pieces.append(raw[position:])
    return b"".join(pieces)


def locate(raw: bytes, paths: Iterable[Path]) -> dict[Path, Span]:
    """Find where in `raw` the values at these paths are, as literals.

    Raises:
        KeyError: there is no value at one of the paths.
    """
    wanted = set(paths)
    found: dict[Path, Span] = {}
    if wanted:
        _visit(raw, _gap(raw, 0), tree(wanted), found)
    if len(found) != len(wanted):
        raise KeyError("no value at a path that is to be changed")
    return found


def _visit(raw: bytes, start: int, node: dict[Any, Any], found: dict[Path, Span]) -> int:
    """Walk the value that starts here and give the position behind it."""
    leads_on = len(node) > (HERE in node)
    if leads_on and raw[start] == _OBJECT:
        end = _visit_object(raw, start, node, found)
    elif leads_on and raw[start] == _ARRAY:
        end = _visit_array(raw, start, node, found)
    else:
        end = _skip(raw, start)
    if HERE in node:
        found[node[HERE]] = (start, end)
    return end


def _visit_object(raw: bytes, start: int, node: dict[Any, Any], found: dict[Path, Span]) -> int:
    end = start + 1
    while match := _KEY.match(raw, end):
        literal = match[1]
        key = orjson.loads(literal) if b"\\" in literal else literal[1:-1].decode()
        child = node.get(key)
        end = _skip(raw, match.end()) if child is None else _visit(raw, match.end(), child, found)
    return raw.index(b"}", end) + 1


def _visit_array(raw: bytes, start: int, node: dict[Any, Any], found: dict[Path, Span]) -> int:
    end = _gap(raw, start + 1)
    index = 0
    while raw[end] != _ARRAY_END:
        child = node.get(index)
        end = _gap(raw, _skip(raw, end) if child is None else _visit(raw, end, child, found))
        index += 1
    return end + 1


def _skip(raw: bytes, start: int) -> int:
    match = _SHALLOW.match(raw, start)
    if match:
        return match.end()
    depth = 0
    for match in _BRACKET.finditer(raw, start):
        depth += (match[1] is not None) - (match[2] is not None)
        if depth == 0:
            return match.end()
    raise KeyError("the document ends inside a value")


def _gap(raw: bytes, start: int) -> int:
    match = _BETWEEN.match(raw, start)
    return match.end() if match else start
