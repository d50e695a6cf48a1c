"""Every dialect's recorded streams give the client the same, wherever they were cut and however they are guarded."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.dialects.event import Signal
from gateway.stream.limits import Limits
from tests.chat_streams import cut
from tests.golden.case import Case, cases, read

CASES = pytest.mark.parametrize("case", cases(streamed=True), ids=lambda case: case.name)
MODES = ["window", "hold", "observe"]
Told = dict[tuple[int, ...], list[bytes]]


def told(case: Case, out: bytes) -> Told:
    """Give the events that a client's program gets, those of each answer in their order.

    Events that say nothing are left out: they leave at once or not at all, as they come. Answers may overtake each
    other, since each leaves as soon as it is cleared.
    """
    result: Told = defaultdict(list)
    for event in read(case, out):
        if event.signal is not Signal.QUIET:
            result[event.choices].append(event.source.sendable)
    return result


def original(case: Case) -> bytes:
    assert case.reply is not None
    return case.reply.read_bytes()


@CASES
@settings(max_examples=40)
@given(places=st.lists(st.integers(0, 10**6), max_size=30), mode=st.sampled_from(MODES))
def test_any_cut_in_any_mode_gives_the_same_events(case: Case, places: list[int], mode: str) -> None:
    raw = original(case)
    assert told(case, case.streamed(cut(raw, places), mode)) == told(case, case.streamed([raw]))


@CASES
def test_every_single_cut_gives_the_same_events(case: Case) -> None:
    raw = original(case)
    whole = told(case, case.streamed([raw]))
    for place in range(0, len(raw) + 1, max(1, len(raw) // 400)):
        assert told(case, case.streamed([raw[:place], raw[place:]])) == whole, place


@CASES
def test_byte_by_byte_gives_the_same_events_whatever_the_window(case: Case) -> None:
    raw = original(case)
    whole = told(case, case.streamed([raw]))
    for limits in (Limits(reach=0, stride=1), Limits(reach=3, stride=2), Limits()):
        assert told(case, case.streamed([raw[at : at + 1] for at in range(len(raw))], limits=limits)) == whole


def test_there_are_streams_to_cut() -> None:
    assert {case.dialect.name for case in cases(streamed=True)} >= {"openai.chat"}
