"""The texts that were read in what was given, each with where it stands, in words."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from gateway.dialects.files.document_text import DocumentText
from gateway.dialects.files.kinds import FileKind
from gateway.dialects.files.picture_text import PictureText
from gateway.dialects.files.text_file import TextFile
from gateway.dialects.slot import Kind, Path, Slot
from gateway.trial.findings import STOPS, Found
from gateway.trial.told import Mark, Part

WHOLE: Final = "the text"
_KINDS: Final = {
    Kind.KEY: "can't be rewritten",
    Kind.LABEL: "an id, left as it is",
    Kind.SEALED: "signed, left as it is",
}


def parts(
    slots: Sequence[Slot], found: Sequence[Found], replacements: Mapping[str, str], *, leaves: bool
) -> tuple[Part, ...]:
    """Give the texts in which something was found, and a text that is all of a message in any case."""
    by_slot = {slot: [one.mark for one in group] for slot, group in groupby(found, key=lambda one: one.slot.id)}
    told = (slot for slot in slots if slot.id in by_slot or is_whole(slot))
    return tuple(
        Part(
            where(slot),
            slot.text,
            replacements.get(slot.id, slot.text) if leaves else None,
            tuple(_apart(by_slot.get(slot.id, []))),
        )
        for slot in told
    )


def is_whole(slot: Slot) -> bool:
    """Tell whether a slot is a message's text from end to end."""
    return slot.kind is Kind.TEXT and slot.file is None and slot.inner is None and slot.path[-1] == "content"


def where(slot: Slot) -> str:
    """Say where a slot is, for whoever knows the text or the file."""
    place = _place(slot)
    return f"{place} ({_KINDS[slot.kind]})" if slot.kind in _KINDS else place


def _place(slot: Slot) -> str:
    inner = slot.inner or ()
    if isinstance(slot.file, DocumentText):
        return f"page {int(inner[0]) + 1}" if inner else "the document"
    if isinstance(slot.file, PictureText):
        return "the picture"
    if isinstance(slot.file, TextFile):
        return _in_file(slot.file.kind, inner)
    if slot.path[-1] == "filename":
        return "the file's name"
    return _member(inner) if inner else WHOLE


def _in_file(kind: FileKind, inner: Path) -> str:
    if not inner:
        return "the file"
    if kind is FileKind.TABLE:
        row, column, *name = inner
        return f"row {int(row) + 1}, column {name[0] if name else int(column) + 1}"
    return _member(inner)


def _member(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def _apart(marks: list[Mark]) -> list[Mark]:
    """Keep marks that don't overlap; of two that do, the one that stops the call, then the one that is replaced."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.becomes not in STOPS, one.replacement is None, one.start)):
        if not any(mark.start < other.end and other.start < mark.end for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda one: one.start)
