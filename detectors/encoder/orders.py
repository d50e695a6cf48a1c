"""Who waits for which readings: one order for each call, one job for each text, however many calls hold that text."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from math import inf
from typing import Any

from detectors.encoder.model import Encoder
from detectors.encoder.pieces import Piece
from detectors.encoder.reading import Reading, TextReading


class Order:
    """A call's wish to have texts read. `future` gets what `finish` makes of the readings, in the order of the texts.

    It may cost `seconds` of the encoder's own time. `settle` and `fail` run callbacks: hold no lock.
    """

    __slots__ = ("_finish", "_left", "_missing", "_readings", "future", "jobs")

    def __init__(self, count: int, seconds: float, finish: Callable[[Sequence[Reading]], Any]) -> None:
        self.future: Future[Any] = Future()
        self.jobs: set[Job] = set()
        self._readings: list[Reading | None] = [None] * count
        self._missing = count
        self._left = seconds
        self._finish = finish

    @property
    def is_complete(self) -> bool:
        """Whether all readings are there."""
        return not self._missing

    @property
    def is_late(self) -> bool:
        """Whether it has cost more than it may."""
        return self._left < 0

    def put(self, place: int, reading: Reading) -> None:
        """Note the reading of the text at a place."""
        self._readings[place] = reading
        self._missing -= 1

    def charge(self, seconds: float) -> None:
        """Note time that was spent for it."""
        self._left -= seconds

    def settle(self) -> None:
        """Answer, if anybody waits still: it is complete."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_result(self._finish([reading for reading in self._readings if reading is not None]))

    def fail(self, fault: BaseException) -> None:
        """Answer with a fault, if anybody waits still."""
        if not self.future.done() and self.future.set_running_or_notify_cancel():
            self.future.set_exception(fault)


class Job:
    """One text to read, for all `wanted` orders, each with the place of the text in it. The least `rank` goes first.

    `ticket` is the number of its place in the line, -1 while it has none.
    """

    __slots__ = ("_reading", "_ready", "key", "rank", "text", "ticket", "wanted")

    def __init__(self, key: bytes, text: str) -> None:
        self.key = key
        self.text = text
        self.rank = inf
        self.ticket = -1
        self.wanted: list[tuple[Order, int]] = []
        self._reading: TextReading | None = None
        self._ready: deque[Piece] = deque()

    @property
    def orders(self) -> set[Order]:
        """The orders that it is for."""
        return {order for order, _ in self.wanted}

    def reading(self, encoder: Encoder) -> TextReading:
        """Give the reading of the text, begun if need be."""
        if self._reading is None:
            self._reading = TextReading(encoder, self.text)
        return self._reading

    def look_ahead(self, encoder: Encoder) -> None:
        """Find out what is to run next, so that a text that is read is known to be without another turn."""
        if not self._ready:
            self._ready.extend(self.reading(encoder).more())

    def pieces(self, encoder: Encoder, tokens: int) -> list[Piece]:
        """Take pieces of at most so many tokens, and one in any case if there is one to run."""
        self.look_ahead(encoder)
        taken: list[Piece] = []
        while self._ready and (not taken or tokens >= len(self._ready[0])):
            tokens -= len(self._ready[0])
            taken.append(self._ready.popleft())
        return taken
