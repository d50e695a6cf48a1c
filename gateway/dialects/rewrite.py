"""From new texts by slot to new bytes."""

from collections.abc import Mapping
from typing import Any

from gateway.dialects import embedded
from gateway.dialects.message import Reply, Request
from gateway.dialects.slot import Content, File, Kind, Path
from gateway.dialects.splice import splice


def rewritten(message: Request | Reply, replacements: Mapping[str, str]) -> bytes:
    """Give a message's bytes with new texts by slot id, every other byte as it came; without any, `message.raw` itself.

    Raises:
        KeyError: a replacement names no slot of this message, or one that can't be rewritten.
    """
    document = message.document
    return splice(message.raw, changed_strings(document, message.content, replacements), document)


def rewrite_reply(reply: Reply, replacements: Mapping[str, str]) -> bytes:
    """Give the body to answer with, as `Dialect.rewrite_reply` does where the reply's document is the body."""
    return rewritten(reply, replacements)


def changed_strings(document: Any, content: Content, replacements: Mapping[str, str]) -> dict[Path, Any]:
    """Turn new texts by slot id into new values by path; embedded documents and files are written anew around theirs.

    Raises:
        KeyError: a replacement names no slot of this content, or one that can't be rewritten.
    """
    changed: dict[Path, Any] = {}
    inner: dict[Path, dict[Path | None, str]] = {}
    files: dict[Path, File] = {}
    if not replacements:
        return changed
    slots = {slot.id: slot for slot in content.slots if slot.id in replacements and slot.is_rewritable}
    for slot_id, text in replacements.items():
        slot = slots[slot_id]
        if slot.file is not None:
            files[slot.path] = slot.file
        if slot.kind is Kind.ARGUMENTS or slot.file is not None:
            inner.setdefault(slot.path, {})[slot.inner] = text
        else:
            changed[slot.path] = text
    for path, texts in inner.items():
        file = files.get(path)
        changed[path] = file.rewritten(texts) if file else embedded.rewrite(value_at(document, path), texts)
    return {path: new for path, new in changed.items() if not _is_below(path, files)}


def _is_below(path: Path, files: Mapping[Path, File]) -> bool:
    """Tell whether a value goes with the part that a file's text takes the place of, such as the file's name."""
    return any(path[:end] in files for end in range(1, len(path))) if files else False


def value_at(document: Any, path: Path) -> Any:
    """Follow a path into a parsed document.

    Raises:
        KeyError, IndexError: it leads nowhere.
    """
    for step in path:
        document = document[step]
    return document
