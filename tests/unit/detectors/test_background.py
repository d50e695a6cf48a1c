"""A detector with threads of its own, among others, in a suite."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import pytest

from detectors.background import Found
from detectors.errors import Unavailable
from detectors.finding import Finding, Passage, Status, Unscanned
from detectors.suite import Limits, Suite
from tests.pace import within

QUICK = Limits(inline_chars=20, seconds=0.2, threads=1)
SHORT, LONG = "short text", "a text of more than twenty"


@dataclass
class Here:
    name: str = "here"
    version: str = "1"
    labels: frozenset[str] = frozenset({"WORD"})

    def inspect(self, passages: Sequence[Passage], _seconds: float) -> Sequence[Finding]:
        return [Finding(self.name, self.version, "WORD", passage.slot, 0, 1, 500_000) for passage in passages]


@dataclass
class Apart:
    """Answers what the test says, when it says so."""

    answer: Callable[["Future[Found]"], object]
    name: str = "apart"
    version: str = "1"
    labels: frozenset[str] = frozenset({"theme"})
    futures: list["Future[Found]"] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    tenants: list[str] = field(default_factory=list)

    def submit(self, _passages: Sequence[Passage], seconds: float, tenant: str = "") -> "Future[Found]":
        self.seconds.append(seconds)
        self.tenants.append(tenant)
        self.futures.append(Future())
        self.answer(self.futures[-1])
        return self.futures[-1]


FINDING = Finding("apart", "1", "theme", "s", 0, 5, 900_000)


@pytest.fixture
def suite() -> Iterator[Callable[..., Suite]]:
    made: list[Suite] = []

    def make(*detectors: object) -> Suite:
        made.append(Suite(detectors, QUICK))
        return made[-1]

    yield make
    for one in made:
        one.close()


def answered(future: "Future[Found]") -> None:
    future.set_result(Found([FINDING], (Unscanned("s", "language"),)))


def later(future: "Future[Found]") -> None:
    threading.Timer(0.05, answered, (future,)).start()


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["inline", "in a thread"])
@pytest.mark.parametrize("answer", [answered, later])
async def test_findings_and_reports_are_in_the_order_of_the_detectors(suite, text, answer):
    screening = await suite(Here("first"), Apart(answer), Here("last")).screen([Passage("s", text)])
    assert [finding.detector for finding in screening.findings] == ["first", "apart", "last"]
    assert [report.detector for report in screening.coverage.reports] == ["first", "apart", "last"]
    assert screening.coverage.unscanned == (Unscanned("s", "language"),)


async def test_it_begins_before_the_others_and_waits_for_none(suite):
    order: list[str] = []

    class Slow(Here):
        def inspect(self, passages: Sequence[Passage], seconds: float) -> Sequence[Finding]:
            order.append("here")
            return super().inspect(passages, seconds)

    await suite(Slow(), Apart(lambda future: (order.append("apart"), answered(future)))).screen([Passage("s", SHORT)])
    assert order == ["apart", "here"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda future: future.set_exception(TimeoutError()), "timeout"),
        (lambda future: future.set_exception(RuntimeError("my secret")), "raised"),
        (lambda future: future.set_exception(Unavailable("unreachable")), "unreachable"),
        (lambda future: future.cancel(), "busy"),
        (lambda _: None, "busy"),
        (lambda future: future.set_running_or_notify_cancel(), "timeout"),
    ],
    ids=["too slow", "a fault", "away", "no room", "never begun in time", "not done in time"],
)
async def test_what_goes_wrong_is_a_report_and_hides_no_other(suite, answer, reason, caplog):
    screening = await suite(Here(), Apart(answer)).screen([Passage("s", SHORT)])
    assert [(report.status, report.reason) for report in screening.coverage.reports] == [
        (Status.OK, ""),
        (Status.UNAVAILABLE, reason),
    ]
    assert len(screening.findings) == 1
    assert "secret" not in caplog.text


async def test_work_for_a_call_that_was_given_up_is_given_up(suite):
    apart = Apart(lambda _: None)
    call = asyncio.ensure_future(suite(apart, Here()).screen([Passage("s", SHORT)]))
    await asyncio.sleep(0.01)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert apart.futures[0].cancelled()


async def test_the_event_loop_goes_on_meanwhile(suite):
    began, ticks = time.monotonic(), 0
    call = asyncio.ensure_future(suite(Apart(later)).screen([Passage("s", SHORT)]))
    while not call.done():
        await asyncio.sleep(0.005)
        ticks += 1
    assert ticks >= 3
    assert time.monotonic() - began < within(5)


async def test_time_is_given_by_length(suite):
    apart = Apart(answered)
    await suite(apart).screen([Passage("s", SHORT)])
    assert apart.seconds == [pytest.approx(QUICK.seconds_for(len(SHORT)))]


async def test_it_is_told_on_whose_behalf_and_a_report_has_the_version_of_the_moment(suite):
    apart = Apart(answered)
    asked = suite(apart)
    await asked.screen([Passage("s", SHORT)], "acme")
    apart.version = "2"
    screening = await asked.screen([Passage("s", SHORT)])
    assert apart.tenants == ["acme", ""]
    assert screening.coverage.reports[0].version == "2"


async def test_several_that_say_nothing_keep_a_call_no_longer_than_one(suite: Callable[..., Suite]) -> None:
    silent = [Apart(lambda _: None, name=f"silent {number}") for number in range(4)]
    began = time.monotonic()
    screening = await suite(Here(), *silent).screen([Passage("s", SHORT)])
    assert QUICK.seconds <= time.monotonic() - began < within(3 * QUICK.seconds)
    assert [report.reason for report in screening.coverage.reports] == ["", *["busy"] * 4]
