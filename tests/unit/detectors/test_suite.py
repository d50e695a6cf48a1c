import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from detectors.finding import Finding, Passage, Status, Unscanned
from detectors.suite import Limits, Suite
from tests.pace import within

QUICK = Limits(passage_chars=50, total_chars=80, inline_chars=20, inline_seconds=0.02, seconds=0.3, threads=1)
PATIENT = Limits(inline_chars=20, inline_seconds=0.02, least_seconds=1, seconds_a_char=0.1, seconds=9)
SHORT, LONG = "short text", "a text of more than twenty"


@dataclass
class Scripted:
    """A detector that does what the test says, and remembers in which threads it ran."""

    act: Callable[[Sequence[Passage], float], Sequence[Finding]]
    name: str = "scripted"
    version: str = "1"
    labels: frozenset[str] = frozenset({"WORD"})

    def __post_init__(self):
        self.threads: list[int] = []

    def inspect(self, passages: Sequence[Passage], seconds: float) -> Sequence[Finding]:
        self.threads.append(threading.get_ident())
        return self.act(passages, seconds)


def first_letters(passages: Sequence[Passage], _seconds: float) -> list[Finding]:
    return [Finding("scripted", "1", "WORD", passage.slot, 0, 1, 500_000) for passage in passages]


def broken(_passages: Sequence[Passage], _seconds: float) -> list[Finding]:
    raise RuntimeError("the text was: my secret")


@pytest.fixture
def suite():
    made: list[Suite] = []

    def make(*acts: Callable[[Sequence[Passage], float], Sequence[Finding]], limits: Limits = QUICK) -> Suite:
        made.append(Suite([Scripted(act, name=f"d{number}") for number, act in enumerate(acts)], limits))
        return made[-1]

    yield make
    for one in made:
        one.close()


def passages(*texts: str) -> list[Passage]:
    return [Passage(f"s{number}", text) for number, text in enumerate(texts)]


def test_a_suite_needs_a_detector():
    with pytest.raises(ValueError, match="at least one"):
        Suite([])


async def test_findings_and_reports_come_from_every_detector(suite):
    screening = await suite(first_letters, first_letters).screen(passages("one", "two"))
    assert [finding.slot for finding in screening.findings] == ["s0", "s1", "s0", "s1"]
    assert [(r.detector, r.status, r.reason) for r in screening.coverage.reports] == [
        ("d0", Status.OK, ""),
        ("d1", Status.OK, ""),
    ]


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["inline", "in a thread"])
async def test_a_detector_that_raises_is_unavailable_and_hides_no_other(suite, text, caplog):
    screening = await suite(broken, first_letters).screen(passages(text))
    assert [(r.status, r.reason) for r in screening.coverage.reports] == [
        (Status.UNAVAILABLE, "raised"),
        (Status.OK, ""),
    ]
    assert len(screening.findings) == 1
    assert "RuntimeError" in caplog.text
    assert "my secret" not in caplog.text


async def test_a_detector_that_hangs_is_given_up_after_the_time_limit(suite):
    release = threading.Event()
    began = time.monotonic()
    try:
        screening = await suite(lambda *_: release.wait(20) and []).screen(passages(LONG))
    finally:
        release.set()
    assert screening.coverage.reports[0].reason == "timeout"
    assert time.monotonic() - began < within(5)


async def test_a_call_that_never_gets_a_thread_is_told_busy(suite):
    release = threading.Event()
    crowded = suite(lambda *_: release.wait(20) and [])
    try:
        screenings = await asyncio.gather(*(crowded.screen(passages(LONG)) for _ in range(3)))
    finally:
        release.set()
    assert sorted(s.coverage.reports[0].reason for s in screenings) == ["busy", "busy", "timeout"]


async def test_the_event_loop_goes_on_while_a_long_text_is_searched(suite):
    slow = suite(lambda *_: time.sleep(0.2) or [])
    search = asyncio.ensure_future(slow.screen(passages(LONG)))
    ticks = 0
    while not search.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert ticks >= 5


async def test_short_texts_stay_on_the_event_loop_and_long_ones_leave_it():
    detector = Scripted(first_letters)
    suite = Suite([detector], QUICK)
    await suite.screen(passages(SHORT))
    await suite.screen(passages(LONG))
    suite.close()
    here = threading.get_ident()
    assert [thread == here for thread in detector.threads] == [True, False]


async def test_a_short_text_that_takes_long_is_searched_again_in_a_thread():
    def needs_time(found: Sequence[Passage], seconds: float) -> Sequence[Finding]:
        if seconds <= QUICK.inline_seconds:
            raise TimeoutError
        return first_letters(found, seconds)

    detector = Scripted(needs_time)
    suite = Suite([detector], QUICK)
    screening = await suite.screen(passages(SHORT))
    suite.close()
    assert len(detector.threads) == 2
    assert len(screening.findings) == 1
    assert screening.coverage.reports[0].status is Status.OK


@pytest.mark.parametrize(
    ("texts", "unscanned", "scanned"),
    [
        (["x" * 51, "ok"], ["s0"], ["s1"]),
        (["x" * 50, "y" * 31, "ok"], ["s1"], ["s0", "s2"]),
        (["", "", "ok"], [], ["s2"]),
        (["", ""], [], []),
    ],
    ids=["one passage too long", "too much in all", "empty ones cost nothing", "nothing to search"],
)
async def test_what_is_past_a_limit_is_unscanned_and_said_so(suite, texts, unscanned, scanned):
    screening = await suite(first_letters).screen(passages(*texts))
    assert screening.coverage.unscanned == tuple(Unscanned(slot, "too_long") for slot in unscanned)
    assert [finding.slot for finding in screening.findings] == scanned
    assert len(screening.coverage.reports) == 1


async def test_a_cancelled_call_leaves_the_suite_usable(suite):
    release = threading.Event()
    shared = suite(lambda found, seconds: (release.wait(20), first_letters(found, seconds))[1])
    running = asyncio.ensure_future(shared.screen(passages(LONG)))
    queued = asyncio.ensure_future(shared.screen(passages(LONG)))
    await asyncio.sleep(0.05)
    running.cancel()
    queued.cancel()
    assert [type(r) for r in await asyncio.gather(running, queued, return_exceptions=True)] == [
        asyncio.CancelledError
    ] * 2
    release.set()
    screening = await shared.screen(passages(LONG))
    assert len(screening.findings) == 1


async def test_a_closed_suite_calls_nothing_clean(suite):
    closed = suite(first_letters)
    closed.close()
    screening = await closed.screen(passages(LONG))
    assert screening.coverage.reports[0].status is Status.UNAVAILABLE


def test_labels_are_those_of_all_detectors():
    suite = Suite([Scripted(first_letters), Scripted(first_letters, labels=frozenset({"OTHER"}))])
    suite.close()
    assert suite.labels == {"WORD", "OTHER"}


@pytest.mark.parametrize(
    ("text", "seconds"), [("x" * 20, 0.02), ("x" * 30, 4), ("x" * 1_000, 9)], ids=["inline", "by length", "at most"]
)
async def test_a_search_may_take_time_in_proportion_to_the_length(suite, text, seconds):
    given: list[float] = []
    await suite(lambda found, time_limit: given.append(time_limit) or [], limits=PATIENT).screen(passages(text))
    assert given == pytest.approx([seconds], rel=0.05)


async def test_a_search_that_had_to_wait_ends_when_its_caller_gives_up(suite):
    given: list[float] = []
    shared = suite(
        lambda _, seconds: given.append(seconds) or time.sleep(0.3) or [], limits=replace(PATIENT, threads=1)
    )
    await asyncio.gather(*(shared.screen(passages("x" * 1_000)) for _ in range(2)))
    assert given[1] < PATIENT.seconds - 0.25


async def test_when_too_many_wait_the_longest_is_told_busy_at_once(suite):
    release = threading.Event()
    crowded = suite(lambda *_: release.wait(20) and [], limits=replace(PATIENT, threads=1, queue=1))
    running = asyncio.ensure_future(crowded.screen(passages(LONG)))
    await asyncio.sleep(0.05)
    longest = asyncio.ensure_future(crowded.screen(passages(LONG + LONG)))
    await asyncio.sleep(0)
    shorter = asyncio.ensure_future(crowded.screen(passages(LONG)))
    try:
        assert (await asyncio.wait_for(longest, 5)).coverage.reports[0].reason == "busy"
    finally:
        release.set()
    assert [s.coverage.reports[0].status for s in await asyncio.gather(running, shorter)] == [Status.OK] * 2


async def test_a_short_text_does_not_wait_for_long_ones(suite):
    release = threading.Event()
    limits = replace(PATIENT, long_chars=len(LONG), threads=2)
    shared = suite(lambda found, _: release.wait(20) if len(found[0].text) > len(LONG) else [], limits=limits)
    long = [asyncio.ensure_future(shared.screen(passages(LONG + LONG))) for _ in range(4)]
    await asyncio.sleep(0.05)
    try:
        screening = await asyncio.wait_for(shared.screen(passages(LONG)), 5)
    finally:
        release.set()
    assert screening.coverage.reports[0].status is Status.OK
    for one in long:
        one.cancel()
    await asyncio.gather(*long, return_exceptions=True)
