"""An event stream reads the same wherever its bytes are cut, and no byte is lost or added."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from gateway.dialects.sse import ServerEvent, SseParser

ends = st.sampled_from(["\n", "\r", "\r\n"])
values = st.text(st.characters(exclude_characters="\r\n", exclude_categories=("Cs",)), max_size=8)
lines = st.one_of(
    values.map(lambda v: f"data: {v}"),
    values.map(lambda v: f"data:{v}"),
    values.map(lambda v: f": {v}"),
    values.map(lambda v: f"event: {v}"),
    st.just("data"),
    st.just("id: 7"),
)


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    end = draw(ends)
    events = draw(st.lists(st.lists(lines, min_size=1, max_size=3), max_size=5))
    text = "".join("".join(line + end for line in event) + end for event in events)
    return (draw(st.sampled_from(["", "\ufeff"])) + text).encode()


def read(pieces: list[bytes]) -> tuple[list[ServerEvent], bytes]:
    parser = SseParser()
    events = [event for piece in pieces for event in parser.feed(piece)]
    return events, parser.rest


def meaning(events: list[ServerEvent]) -> list[tuple[bytes | None, bytes]]:
    return [(event.data, event.name) for event in events if event.data is not None or event.name]


def cut(raw: bytes, places: list[int]) -> list[bytes]:
    borders = [0, *sorted(place % (len(raw) + 1) for place in places), len(raw)]
    return [raw[start:end] for start, end in itertools.pairwise(borders)]


@given(streams(), st.lists(st.integers(0, 10**6), max_size=6))
def test_events_mean_the_same_wherever_the_stream_is_cut(raw: bytes, places: list[int]) -> None:
    whole, _ = read([raw])
    pieces, _ = read(cut(raw, places))
    assert meaning(pieces) == meaning(whole)


@given(streams(), st.lists(st.integers(0, 10**6), max_size=6))
def test_the_raw_bytes_of_the_events_are_those_that_came(raw: bytes, places: list[int]) -> None:
    events, rest = read(cut(raw, places))
    assert b"".join(event.raw for event in events) + rest == raw


@given(streams(), st.binary(min_size=1, max_size=8).filter(lambda new: not {10, 13} & set(new) and new[0] != 32))
def test_new_data_is_read_back_with_nothing_else(raw: bytes, new: bytes) -> None:
    for event in read([raw])[0]:
        if event.data is not None:
            again = read([event.with_data(new)])[0]
            assert [(e.data, e.name) for e in again if e.data is not None] == [(new, b"")]


@given(streams())
def test_what_is_sent_on_has_the_data_and_nothing_else(raw: bytes) -> None:
    for event in read([raw])[0]:
        again = read([event.sendable])[0]
        assert [(e.data, e.name) for e in again if e.data] == ([(event.data, b"")] if event.data else [])
