"""Files in which something is replaced are counted by what becomes of them, and policy may keep documents whole."""

import pytest

from gateway.dialects.files.document_text import slots_of
from gateway.dialects.files.encoded import Encoded
from gateway.dialects.files.picture_text import slot_of
from gateway.dialects.files.text_file import read_text_file
from gateway.dialects.message import Request
from gateway.dialects.slot import Content, Document, Kind, Picture, Slot, Unwalked
from gateway.pipeline.sent_files import counted, unsendable
from gateway.policy.decision import Action, Decision

LETTER = slots_of(Unwalked("d", "user.text", ""), Document(b"", (0,), str), ("Ann", "Bo"))
OTHER = slots_of(Unwalked("e", "user.text", ""), Document(b"", (1,), str), ("Cy",))
PICTURE = slot_of(Unwalked("p", "user.text", ""), Picture(b"", (2,), lambda _: ""), ("Di", "Ed"), ((0, 0, 1, 1),) * 2)
TEXT = Slot("t", (3,), Kind.TEXT, "user.text", "Flo", file=read_text_file(Encoded(b"Flo"), "text/plain", ""))
PLAIN = Slot("s", (4,), Kind.TEXT, "user.text", "Gus")
REQUEST = Request(b"", {}, Content((*LETTER, *OTHER, PICTURE, TEXT, PLAIN)), "m", stream=False)

CHANGED: dict[str, tuple[tuple[Slot, ...], dict[str, int]]] = {
    "nothing": ((), {}),
    "a text that is in no file": ((PLAIN,), {}),
    "a document, on two pages": (tuple(LETTER), {"documents": 1}),
    "two documents": ((LETTER[0], OTHER[0]), {"documents": 2}),
    "one of each": ((LETTER[1], PICTURE, TEXT, PLAIN), {"documents": 1, "pictures": 1, "texts": 1}),
}


@pytest.mark.parametrize(("slots", "count"), CHANGED.values(), ids=CHANGED)
def test_files_are_counted_by_what_becomes_of_them(slots: tuple[Slot, ...], count: dict[str, int]) -> None:
    assert counted(REQUEST, {slot.id: "<P>" for slot in slots}) == count


def decided(*obligations: dict[str, str]) -> Decision:
    return Decision(Action.ALLOW, (), obligations, (), "sha256:0", "embedded")


@pytest.mark.parametrize(("slots", "count"), CHANGED.values(), ids=CHANGED)
def test_where_documents_are_kept_none_leaves_as_its_text(slots: tuple[Slot, ...], count: dict[str, int]) -> None:
    new = {slot.id: "<P>" for slot in slots}
    refused = unsendable(REQUEST, new, [decided(), decided({"type": "keep_documents"})])
    assert (refused.code if refused else "") == ("personal.document" if "documents" in count else "")
    assert unsendable(REQUEST, new, [decided(), decided()]) is None
