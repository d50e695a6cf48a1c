import pytest

from gateway.dialects.sse import SseParser, marks
from gateway.errors import UpstreamInvalid


@pytest.mark.parametrize(
    ("raw", "events"),
    [
        (b"data: a\n\ndata: b\n\n", [(b"a", b""), (b"b", b"")]),
        (b"data: a\r\n\r\ndata: b\r\n\r\n", [(b"a", b""), (b"b", b"")]),
        (b"data: a\r\rdata: b\r\r", [(b"a", b""), (b"b", b"")]),
        (b"data: a\ndata: b\n\n", [(b"a\nb", b"")]),
        (b"event: ping\ndata:x\nid: 1\n\n", [(b"x", b"ping")]),
        (b"data:  two blanks\n\n", [(b" two blanks", b"")]),
        (b"data\n\n", [(b"", b"")]),
        (b": keep alive\n\n", [(None, b"")]),
        (b"\xef\xbb\xbfdata: a\n\n", [(b"a", b"")]),
        (b"database: no field\n\n", [(None, b"")]),
        (b"data: a\n\ndata: not complete\n", [(b"a", b"")]),
    ],
    ids=["LF", "CRLF", "CR", "lines", "event", "blanks", "empty", "comment", "BOM", "unknown field", "rest"],
)
def test_events_are_read_as_the_standard_says(raw: bytes, events: list[tuple[bytes | None, bytes]]) -> None:
    assert [(event.data, event.name) for event in SseParser().feed(raw)] == events


def test_an_event_does_not_wait_for_a_line_feed_that_may_follow() -> None:
    parser = SseParser()
    assert [event.data for event in parser.feed(b"data: a\r\n\r")] == [b"a"]
    assert [event.data for event in parser.feed(b"\ndata: b\r\n\r\n")] == [b"b"]


def test_an_event_without_its_blank_line_is_given_at_the_end() -> None:
    parser = SseParser()
    assert parser.feed(b"data: [DONE]\n") == []
    last = parser.finish()
    assert last is not None
    assert (last.data, last.raw) == (b"[DONE]", b"data: [DONE]\n\n")
    assert parser.finish() is None


@pytest.mark.parametrize(
    ("raw", "result"),
    [
        (b"id: 1\ndata: old\n\n", b"data: new\n\n"),
        (b"data:old\r\n\r\n", b"data:new\r\n\r\n"),
        (b"event: e\ndata: o\ndata: ld\nid: 2\n\n", b"data: new\n\n"),
    ],
    ids=["one line", "CRLF", "several lines become one"],
)
def test_an_event_is_written_with_other_data(raw: bytes, result: bytes) -> None:
    assert SseParser().feed(raw)[0].with_data(b"new") == result


@pytest.mark.parametrize(
    ("raw", "sent"),
    [
        (b"data:a\r\n\r\n", b"data:a\r\n\r\n"),
        (b"\ndata: a\r\n\r\n", b"data: a\r\n\r\n"),
        (b"data: a\r\n\r", b"data: a\r\n\r\n"),
        (b"data: a\r\r", b"data: a\r\r"),
        (b": ann@example.com\n\n", b":\n\n"),
        (b"x: ann\nid: ann\nretry: 1\n\n", b":\n\n"),
        (b"data:\nid: ann\n\n", b":\n\n"),
        (b"event: ann\nid: ann\n: ann\nretry: 7\ndata: a\ndata: b\nx\n\n", b"data: a\ndata: b\n\n"),
    ],
    ids=[
        "data",
        "a line feed left over",
        "cut in its end",
        "old ends",
        "comment",
        "fields",
        "fields and no data",
        "fields and data",
    ],
)
def test_nothing_but_data_is_sent_on(raw: bytes, sent: bytes) -> None:
    assert SseParser().feed(raw)[-1].sendable == sent


@pytest.mark.parametrize(
    ("raw", "name", "sent"),
    [
        (b"event: ping\r\ndata:{}\r\n\r\n", b"ping", b"event: ping\r\ndata:{}\r\n\r\n"),
        (b"event:ping\ndata: {}\n\n", b"", b"data: {}\n\n"),
        (b"data: {}\n\n", b"ping", b"event: ping\ndata: {}\n\n"),
        (b"event: pong\ndata: {}\n\n", b"ping", b"event: ping\ndata: {}\n\n"),
        (b"event: ping\n: ann\nid: ann\ndata: {}\n\n", b"ping", b"event: ping\ndata: {}\n\n"),
        (b"event: by ann\ndata: {}\n\n", b"by ann", b"event: by ann\ndata: {}\n\n"),
    ],
    ids=["as it came", "no name wanted", "none came", "another came", "with other fields", "no machine's name"],
)
def test_the_name_that_leaves_is_the_one_that_the_dialect_gives(raw: bytes, name: bytes, sent: bytes) -> None:
    assert SseParser().feed(raw)[0].named(name, b"{}") == sent


def test_an_event_that_outgrows_the_limit_is_an_error_after_the_events_before_it() -> None:
    parser = SseParser(limit=10)
    assert [event.data for event in parser.feed(b"data: a\n\ndata: far too long")] == [b"a"]
    with pytest.raises(UpstreamInvalid, match="longer than 10 bytes"):
        parser.feed(b" x")


def test_only_marks_that_look_like_it_are_kept() -> None:
    raw = b"id: a-1\r\nretry: 50\r\nid: two words\r\nretry: soon\r\nmore: x\r\n: said\r\ndata: {}\r\n\r\n"
    (event,) = SseParser().feed(raw)
    assert marks(event) == b"id: a-1\nretry: 50\n"
