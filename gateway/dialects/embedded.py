r"""JSON inside a JSON string, as the arguments of tool calls are, and many results of tools.

The inner document is read too, and its strings are screened one by one: an escape such as `\u0040` must not hide an
e-mail address from a detector that sees only the outer string, and a value that is put back must be escaped for it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.leaves import IDENTIFIER, Leaf, TooManyLeaves, leaves
from gateway.dialects.slot import Kind, Path
from gateway.dialects.splice import splice

MAX_LEAVES: Final = 5_000
"""Most leaves of an embedded document that are screened one by one; one with more is taken as a plain text."""

MAX_TEXT: Final = 2**20
"""Longest text, in characters, that is tried as a document when nothing but its looks say that it is one."""

_CONTAINERS = {"{": "}", "[": "]"}


def read(text: str, limit: int = MAX_LEAVES) -> list[Leaf] | None:
    """Find the leaves of an embedded document; None when the text must be taken whole: no strict JSON, or too many."""
    document = _parse(text)
    try:
        return None if document is _NOT_JSON else leaves(document, (), limit)
    except TooManyLeaves:
        return None


def read_text(text: str, limit: int) -> list[Leaf] | None:
    """Find the leaves of a text that is an object or an array written down; None for any other text."""
    end = _CONTAINERS.get(text[:1] if text[:1] > " " else text.lstrip()[:1])
    if end is None or len(text) > MAX_TEXT or limit < 0 or not text.rstrip().endswith(end):
        return None
    return read(text, min(limit, MAX_LEAVES))


def lead(path: Path) -> str:
    """Give what stands before an inner string and tells what it is: the nearest member that holds it, if a mere name.

    It is written as JSON is, up to the quote that opens the string: detectors of passwords go by these signs.
    """
    for step in reversed(path):
        if isinstance(step, str):
            return f'"{step}": "' if IDENTIFIER.fullmatch(step) else ""
    return ""


def rewrite(text: str, replacements: Mapping[Path | None, str]) -> str:
    """Write new strings into an embedded document; the path None stands for the whole text."""
    if None in replacements:
        return replacements[None]
    changed = {path: new for path, new in replacements.items() if path is not None}
    return splice(text.encode(), changed).decode()


def restore(text: str, plain: Callable[[str], str], escaped: Callable[[str], str]) -> str:
    """Change every string of an embedded document by `plain`, or a text that is no JSON as a whole by `escaped`.

    `escaped` must give text that may stand inside a JSON string. Without a change the very same text is given back.
    """
    found = read(text)
    if found is None:
        return escaped(text)
    changed = {leaf.path: new for leaf in found if leaf.kind is Kind.TEXT and (new := plain(leaf.text)) != leaf.text}
    return splice(text.encode(), changed).decode() if changed else text


_NOT_JSON = object()


def _parse(text: str) -> Any:
    try:
        return parse(text.encode())
    except MalformedJson:
        return _NOT_JSON
