"""Screen passages with every detector: on the event loop when that is cheap, in threads when it is not.

A detector that has threads of its own (`background.py`) begins first, so that it works while the others do.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from detectors.background import BackgroundDetector, Found, Named
from detectors.errors import Unavailable
from detectors.finding import Coverage, DetectorReport, Finding, Passage, Screening, Status, Unscanned
from detectors.shortest_first import ShortestFirst

if TYPE_CHECKING:
    from detectors.lists.tenants import TenantLists

logger = logging.getLogger(__name__)

TOO_LONG = "too_long"
RAISED = "raised"
TIMEOUT = "timeout"
BUSY = "busy"


class Outcome(NamedTuple):
    """What one detector gave, and the `reason` for which it is unavailable (empty: it did its work)."""

    findings: Sequence[Finding] = ()
    reason: str = ""
    unscanned: tuple[Unscanned, ...] = ()


class Detector(Named, Protocol):
    """One way to find things in text. Thread-safe: `inspect` may run in several threads at once."""

    def inspect(self, passages: Sequence[Passage], seconds: float) -> Sequence[Finding]:
        """Search all passages; each is judged by itself, whatever the others hold.

        Raises:
            TimeoutError: it noticed that the work takes more than `seconds` of its own: what others made it wait
                for does not count.
        """
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is screened, and how long that may take.

    `passage_chars` bounds one passage, `total_chars` all of one call; what is past them is reported as unscanned.
    Calls of at most `inline_chars` are tried on the event loop for `inline_seconds`; longer and slower ones go to
    one of `threads` threads, the shortest first, where each detector works for at most `least_seconds` and
    `seconds_a_char` more for each character, counted in processor time. No call waits for longer than `seconds` in
    all. Calls longer than `long_chars` leave one thread free for shorter ones; when more than `queue` wait, the
    longest is `busy` at once.
    """

    passage_chars: int = 1_000_000
    total_chars: int = 4_000_000
    inline_chars: int = 20_000
    inline_seconds: float = 0.02
    least_seconds: float = 0.5
    seconds_a_char: float = 60e-6
    seconds: float = 10.0
    threads: int = 3
    long_chars: int = 50_000
    queue: int = 64

    def seconds_for(self, chars: int) -> float:
        """Give how long a detector may work on so many characters: what takes longer is hostile, or digits all over."""
        return min(self.seconds, self.least_seconds + self.seconds_a_char * chars)

    def slower(self, times: float) -> "Limits":
        """Give the same for a machine on which everything takes so many times as long."""
        return replace(
            self,
            least_seconds=self.least_seconds * times,
            seconds_a_char=self.seconds_a_char * times,
            seconds=self.seconds * times,
        )


class Suite:
    """All detectors of a gateway. `close` it when done.

    A detector's fault never raises here: it becomes a report with the status `unavailable`, for policy to judge. The
    `lists` of tenants come last, since detectors may remember what they found and give it to another tenant.
    """

    def __init__(
        self,
        detectors: "Sequence[Detector | BackgroundDetector]",
        limits: Limits | None = None,
        lists: "TenantLists | None" = None,
    ) -> None:
        if not detectors:
            raise ValueError("A suite without detectors would call every text clean; give it at least one.")
        self._detectors = tuple(detectors)
        self._here = tuple(one for one in detectors if not isinstance(one, BackgroundDetector))
        self._apart = tuple((place, one) for place, one in enumerate(detectors) if isinstance(one, BackgroundDetector))
        self._limits = limits or Limits()
        self._lists = lists
        self._pool = ShortestFirst[Outcome](self._limits.threads, self._limits.long_chars, self._limits.queue)

    @property
    def detectors(self) -> "tuple[Detector | BackgroundDetector, ...]":
        """The detectors in the order in which they report."""
        return self._detectors

    @property
    def labels(self) -> frozenset[str]:
        """All labels that any of the detectors can emit."""
        return frozenset().union(*(detector.labels for detector in self._detectors))

    def labels_by_detector(self) -> dict[str, frozenset[str]]:
        """Give what each detector can find now: that of a service may change."""
        return {detector.name: detector.labels for detector in self._detectors}

    @property
    def troubles(self) -> dict[str, str]:
        """What keeps detectors from their work now, in words for an operator, by their names."""
        troubles = {detector.name: str(getattr(detector, "trouble", "")) for detector in self._detectors}
        return {name: trouble for name, trouble in troubles.items() if trouble}

    async def screen(self, passages: Sequence[Passage], tenant: str = "") -> Screening:
        """Search all passages with all detectors and say who looked at what; `tenant` is on whose behalf.

        Empty passages cost nothing. Passages past a limit are `Unscanned(slot, "too_long")` and searched by nobody.
        """
        if self._lists is None:
            return await self._screened(passages, tenant, ())
        lists = self._lists.of(tenant)
        return lists.applied(await self._screened(passages, tenant, (lists,)), passages)

    def close(self) -> None:
        """Release the threads and whatever the detectors hold. A search under way ends by its own time limit."""
        self._pool.close()
        for detector in self._detectors:
            if callable(close := getattr(detector, "close", None)):
                close()

    async def _screened(self, passages: Sequence[Passage], tenant: str, own: "tuple[Detector, ...]") -> Screening:
        """Search with all detectors, and then with the tenant's `own`."""
        detectors = self._detectors + own
        admitted, unscanned, chars = self._admit(passages)
        if not admitted:
            return Screening((), Coverage(tuple(_report(detector, "") for detector in detectors), unscanned))
        outcomes = await self._outcomes(admitted, chars, tenant, self._here + own)
        unscanned += tuple(part for outcome in outcomes for part in outcome.unscanned)
        reports = tuple(_report(d, outcome.reason) for d, outcome in zip(detectors, outcomes, strict=True))
        return Screening([one for outcome in outcomes for one in outcome.findings], Coverage(reports, unscanned))

    def _admit(self, passages: Sequence[Passage]) -> tuple[list[Passage], tuple[Unscanned, ...], int]:
        limits, admitted, refused, total = self._limits, [], [], sum([len(passage.text) for passage in passages])
        if total <= min(limits.passage_chars, limits.total_chars):
            return [passage for passage in passages if passage.text], (), total
        total = 0
        for passage in passages:
            size = len(passage.text)
            if size > limits.passage_chars or total + size > limits.total_chars:
                refused.append(Unscanned(passage.slot, TOO_LONG))
            elif size:
                admitted.append(passage)
                total += size
        return admitted, tuple(refused), total

    async def _outcomes(
        self, passages: Sequence[Passage], chars: int, tenant: str, here: "Sequence[Detector]"
    ) -> list[Outcome]:
        if not self._apart:
            return await self._searched(passages, chars, here)
        seconds, until = self._limits.seconds_for(chars), monotonic() + self._limits.seconds
        begun = [_begin(detector, passages, seconds, tenant) for _, detector in self._apart]
        try:
            outcomes = await self._searched(passages, chars, here)
            for (place, detector), future in zip(self._apart, begun, strict=True):
                outcomes.insert(place, await self._given(detector, future, until))
        finally:
            for future in begun:
                future.cancel()  # after a cancellation; nothing else is still under way
        return outcomes

    async def _searched(self, passages: Sequence[Passage], chars: int, here: "Sequence[Detector]") -> list[Outcome]:
        if chars > self._limits.inline_chars:
            return list(await asyncio.gather(*(self._in_thread(d, passages, chars) for d in here)))
        outcomes = [_attempt(detector, passages, self._limits.inline_seconds) for detector in here]
        for index, outcome in enumerate(outcomes):
            if outcome.reason == TIMEOUT:
                outcomes[index] = await self._in_thread(here[index], passages, chars)
        return outcomes

    async def _given(self, detector: BackgroundDetector, future: "Future[Found]", until: float) -> Outcome:
        """Wait for what a detector with threads of its own gives. What others kept it from doing in time is `busy`."""
        if not await self._is_done(future, max(0.0, until - monotonic())):
            return Outcome(reason=BUSY if future.cancel() else TIMEOUT)
        try:
            found = future.result()
        except CancelledError:
            return Outcome(reason=BUSY)
        except TimeoutError:
            return Outcome(reason=TIMEOUT)
        except Unavailable as fault:
            return Outcome(reason=fault.reason)
        except Exception as fault:  # noqa: BLE001 - as in `_attempt`
            logger.warning("Detector %s raised %s.", detector.name, type(fault).__name__)
            return Outcome(reason=RAISED)
        return Outcome(found.findings, "", found.unscanned)

    async def _in_thread(self, detector: Detector, passages: Sequence[Passage], chars: int) -> Outcome:
        """Search in the pool. A search that never got a thread is `busy`, one that got too little time a `timeout`."""
        try:
            work = partial(_attempt_until, monotonic() + self._limits.seconds, detector, passages)
            future = self._pool.submit(chars, partial(work, self._limits.seconds_for(chars)))
        except RuntimeError:  # the suite was closed while this call waited its turn
            return Outcome(reason=RAISED)
        if await self._is_done(future, self._limits.seconds):
            return Outcome(reason=BUSY) if future.cancelled() else future.result()
        return Outcome(reason=BUSY if future.cancel() else TIMEOUT)

    async def _is_done(self, future: "Future[Any]", seconds: float) -> bool:
        """Wait until a thread has answered, or the caller gives up waiting."""
        if future.done():
            return True
        waiting = asyncio.wrap_future(future)
        waiting.add_done_callback(_note)
        try:
            done, _ = await asyncio.wait((waiting,), timeout=seconds)
        except asyncio.CancelledError:
            future.cancel()
            raise
        return bool(done)


def _begin(detector: BackgroundDetector, passages: Sequence[Passage], seconds: float, tenant: str) -> "Future[Found]":
    try:
        return detector.submit(passages, seconds, tenant)
    except RuntimeError as closed:
        future: Future[Found] = Future()
        future.set_exception(closed)
        return future


def _note(waiting: "asyncio.Future[Any]") -> None:
    """Look at a fault, so that asyncio does not report it as unseen: it is read from the thread's future."""
    if not waiting.cancelled():
        waiting.exception()


def _attempt(detector: Detector, passages: Sequence[Passage], seconds: float) -> Outcome:
    """Run a detector so that nothing it does can raise: the answer says what went wrong, never with which text."""
    try:
        return Outcome(detector.inspect(passages, seconds))
    except TimeoutError:
        return Outcome(reason=TIMEOUT)
    except Exception as fault:  # noqa: BLE001 - whatever a detector does wrong must become a report, never an open door
        logger.warning("Detector %s raised %s.", detector.name, type(fault).__name__)
        return Outcome(reason=RAISED)


def _attempt_until(latest: float, detector: Detector, passages: Sequence[Passage], seconds: float) -> Outcome:
    """Run a detector, but not beyond the moment at which its caller gives up waiting."""
    left = latest - monotonic()
    return _attempt(detector, passages, min(seconds, left)) if left > 0 else Outcome(reason=BUSY)


def _report(detector: Detector | BackgroundDetector, reason: str) -> DetectorReport:
    return DetectorReport(detector.name, detector.version, Status.UNAVAILABLE if reason else Status.OK, reason)
