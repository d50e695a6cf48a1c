from gateway.dialects.envelope import Envelopes
from gateway.dialects.event import StreamEvent
from gateway.dialects.slot import Kind, Slot, Unwalked
from gateway.dialects.sse import ServerEvent

SOURCE = ServerEvent(b"", None, None)
TEXT = Slot("x0", ("more",), Kind.TEXT, "other.text", "said")
LABEL = Slot("x0", ("more",), Kind.LABEL, "other.id", "said")


def test_an_envelope_is_one_object_while_it_is_the_same_and_holds_nothing_long() -> None:
    envelopes = Envelopes(("id", "created", "object"))
    first = envelopes.of({"id": "r1", "created": 7, "object": "x" * 129, "other": "no"})
    assert first == {"id": "r1", "created": 7}
    assert envelopes.of({"id": "r1", "created": 7, "object": "x" * 129}) is first
    assert envelopes.of({"id": "r2"}) == {"id": "r2"}


def test_what_was_only_read_is_not_used() -> None:
    envelopes = Envelopes(("id",))
    envelopes.of({"id": "r1"})
    assert (envelopes.written, envelopes.plain) == ({}, {})
    envelopes.note_written(StreamEvent(SOURCE, envelope={"id": "r1"}, unwalked=(Unwalked("u0", "other.text", "x"),)))
    assert envelopes.written == {}


def test_what_was_written_is_used_and_is_plain_without_texts_around_it() -> None:
    envelopes = Envelopes(("id",))
    envelopes.note_written(StreamEvent(SOURCE, envelope={"id": "r1"}, extras=(LABEL,)))
    envelopes.note_written(StreamEvent(SOURCE, envelope={"id": "r2"}, extras=(TEXT,)))
    assert (envelopes.written, envelopes.plain) == ({"id": "r2"}, {"id": "r1"})
