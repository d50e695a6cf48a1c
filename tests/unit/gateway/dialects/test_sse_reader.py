from typing import Any

import pytest

from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.sse import ServerEvent
from gateway.dialects.sse_reader import SseReader
from gateway.errors import UpstreamInvalid


def read(source: ServerEvent, document: dict[str, Any]) -> StreamEvent:
    return StreamEvent(source, envelope=document)


def test_each_object_is_read_and_what_holds_none_is_quiet() -> None:
    events = [*SseReader(read).feed(b': hello\n\ndata: {"a": 1}\n\ndata:  \n\n')]
    assert [(event.signal, event.envelope) for event in events] == [
        (Signal.QUIET, None),
        (Signal.NONE, {"a": 1}),
        (Signal.QUIET, None),
    ]


@pytest.mark.parametrize(("means", "ends"), [(Signal.DONE, True), (Signal.QUIET, False)])
def test_a_word_means_what_the_dialect_says(means: Signal, ends: bool) -> None:
    reader = SseReader(read, words={b"[DONE]": means})
    (event,) = reader.feed(b"data: [DONE]\n\n")
    assert (event.signal, reader.has_ended) == (means, ends)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"[DONE]", "could not be read: not valid JSON at byte 1"),
        (b'{"a": 1, "a": 2}', "duplicate key"),
        (b"[1]", "no JSON object"),
        (b'{"a": "' + b"x" * 60, "longer than 50 bytes"),
    ],
)
def test_a_fault_comes_after_the_events_before_it(data: bytes, why: str) -> None:
    reader = SseReader(read, limit=50)
    events = reader.feed(b'data: {"a": 1}\n\n')
    assert next(events).envelope == {"a": 1}
    with pytest.raises(UpstreamInvalid, match=why):
        [*reader.feed(b"data: " + data + (b"\n\n" if len(data) < 50 else b""))]


@pytest.mark.parametrize(("rest", "read_of_it"), [(b'data: {"a": 1}', [{"a": 1}]), (b'data: {"a', []), (b"", [])])
def test_the_end_gives_a_whole_event_and_leaves_out_half_of_one(rest: bytes, read_of_it: list[Any]) -> None:
    reader = SseReader(read)
    assert [*reader.feed(rest)] == []
    assert [event.envelope for event in reader.finish()] == read_of_it
    assert reader.is_cut_off == (rest != b"" and not read_of_it)
