"""What nobody has heard of passes every dialect byte for byte, and stays where it was.

An unknown member, with a value as odd as JSON allows, is put into an object of a recorded request, reply or stream
event. What leaves must be what left without it, with the very same bytes in addition.
"""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gateway.dialects.event import Signal, StreamEvent, is_in
from gateway.dialects.message import JSON
from gateway.errors import UpstreamInvalid
from tests.golden.case import Case, cases, read

STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
ODD = [
    b"1.0", b"1e5", b"-0.0", b"1E+2", b"0.10", b"123456789.000", b"null", b"true", b"{}", b"[]", b'""',
    rb'"\u00e9\ud83e\udd80\/"', '"é 🦀"'.encode(), b'[1.50, {"deep": [ 2e-3 ,null]}]', b'{"a" :\t"b\\n" , "c":[1.0]}',
]  # fmt: skip
NEWS = (Signal.NONE, Signal.ERROR)
gaps = st.sampled_from([b"", b" "])
members = st.builds(lambda gap, value: b'"zz_new":%b%b' % (gap, value), gaps, st.sampled_from(ODD))


def objects(document: bytes) -> list[int]:
    """Give where the objects of a document begin: the position behind each brace that stands in no string."""
    bare = STRING.sub(lambda match: b"_" * len(match[0]), document)
    return [match.end() for match in re.finditer(rb"\{", bare)]


def insert(document: bytes, number: int, member: bytes) -> bytes:
    """Put a member into one of a document's objects, at its beginning."""
    places = objects(document)
    place = places[number % len(places)]
    comma = b"" if document[place:].lstrip().startswith(b"}") else b","
    return document[:place] + member + comma + document[place:]


def without(out: bytes, member: bytes) -> bytes:
    """Take the member out again, which must be there once."""
    assert out.count(member) == 1
    return out.replace(member + b",", b"").replace(member, b"")


def is_json(case: Case) -> bool:
    return case.inbound().content_type == JSON and bool(case.request.raw) and case.body.suffix == ".json"


REQUESTS = pytest.mark.parametrize("case", [case for case in cases() if is_json(case)], ids=lambda case: case.name)
REPLIES = pytest.mark.parametrize("case", cases(streamed=False), ids=lambda case: case.name)
STREAMS = pytest.mark.parametrize("case", cases(streamed=True), ids=lambda case: case.name)
some = settings(max_examples=50)


@REQUESTS
@some
@given(number=st.integers(0, 1000), member=members)
def test_in_a_request(case: Case, number: int, member: bytes) -> None:
    request = case.dialect.read_request(case.inbound(insert(case.request.raw, number, member)))
    new = case.dialect.rewrite_request(request, case.masked(request).replacements)
    old = case.dialect.rewrite_request(case.request, case.masked(case.request).replacements)
    assert without(new.body, member) == old.body
    assert (new.path, new.method, new.content_type) == (old.path, old.method, old.content_type)


@REPLIES
@some
@given(number=st.integers(0, 1000), member=members)
def test_in_a_reply(case: Case, number: int, member: bytes) -> None:
    assert case.reply is not None
    assert without(rewritten(case, insert(case.reply.read_bytes(), number, member)), member) == rewritten(
        case, case.reply.read_bytes()
    )


def rewritten(case: Case, raw: bytes) -> bytes:
    reply = case.read_reply(raw)
    return case.dialect.rewrite_reply(reply, case.restorer.slots(reply.content.slots))


@STREAMS
@some
@given(number=st.integers(0, 1000), place=st.integers(0, 1000), member=members)
def test_in_an_event_of_a_stream(case: Case, number: int, place: int, member: bytes) -> None:
    """An event that would be left out, since its text leaves with an earlier one, may come in addition.

    A member that makes its object a part of no known kind, or one that can't be right, is not looked at here.
    """
    events = read(case, case.reply.read_bytes() if case.reply else b"")
    fit = [number for number, event in enumerate(events) if event.signal in NEWS and not is_lost(event, events)]
    chosen = fit[number % len(fit)]
    raw = [event.source.raw for event in events]
    unread = unread_parts(case, b"".join(raw[: chosen + 1]))
    source = events[chosen].source
    changed = source.named(source.name, insert(source.data or b"", place, member))
    assume(unread_parts(case, b"".join([*raw[:chosen], changed])) == unread)

    old = told(case, b"".join(raw))
    new = told(case, b"".join([*raw[:chosen], changed, *raw[chosen + 1 :]]))
    (at,) = [number for number, event in enumerate(new) if member in event]
    plain = without(new[at], member)
    assert old in ([*new[:at], plain, *new[at + 1 :]], [*new[:at], *new[at + 1 :]])


def unread_parts(case: Case, raw: bytes) -> int:
    """Count the parts that no walker reads, -1 if the dialect refuses the stream."""
    try:
        return sum(len(event.unwalked) for event in read(case, raw))
    except UpstreamInvalid:
        return -1


def is_lost(event: StreamEvent, events: list[StreamEvent]) -> bool:
    """Tell whether an event never leaves: it belongs to a tool call that the provider's error has cut off."""
    complete = {group for one in events for group in one.ends}
    failed = any(one.signal is Signal.ERROR for one in events)
    return failed and not all(is_in(group, complete) for group in event.held)


def told(case: Case, raw: bytes) -> list[bytes]:
    """Give the data of the events that a client's program gets."""
    events = read(case, case.streamed([raw]))
    return [event.source.data or b"" for event in events if event.signal is not Signal.QUIET]
