"""Events that wait for their text to be cleared: in order within a choice, free between choices."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from gateway.dialects.event import StreamEvent
from gateway.stream.whole import WholeText
from gateway.stream.windows import GrowingWindow

LEAST: Final = 256
"""Bytes that an event counts at least: one that was read takes some hundred bytes of memory, however short it came."""

_PER_LANE: Final = 64
_NO_CHOICE: Final = -1


@dataclass(slots=True)
class Pending:
    """An event that has not left, and what must be cleared first.

    `needs` are growing texts, each up to an offset; `wholes` texts that leave in one piece; `extras` how many texts of
    this event alone are still out. The queue's own are `lanes`, in how many of them others are `before` it, and its
    `weight` in bytes.
    """

    event: StreamEvent
    needs: list[tuple[GrowingWindow, int]] = field(default_factory=list)
    wholes: list[WholeText] = field(default_factory=list)
    extras: int = 0
    lanes: tuple[int, ...] = ()
    before: int = 0
    weight: int = 0

    def is_cleared(self) -> bool:
        """Whether all of the event's text is cleared."""
        if self.extras or any(whole.waiting for whole in self.wholes):
            return False
        return not self.needs or all(window.cleared >= end for window, end in self.needs)


class EventQueue:
    """One lane a choice. An event of several choices leaves when it is first in all their lanes.

    `held` is how many bytes wait, by the events' weights.
    """

    __slots__ = ("_lanes", "held")

    def __init__(self) -> None:
        self.held = 0
        self._lanes: dict[int, deque[Pending]] = {}

    def __bool__(self) -> bool:
        return any(self._lanes.values())

    def add(self, pending: Pending) -> None:
        """Put an event at the end. One that speaks of no choice comes after all that wait now."""
        waiting = tuple(lane for lane, events in self._lanes.items() if events)
        pending.lanes = tuple(dict.fromkeys(pending.event.choices)) or waiting or (_NO_CHOICE,)
        for number in pending.lanes:
            lane = self._lanes.setdefault(number, deque())
            pending.before += bool(lane)
            lane.append(pending)
        pending.weight = max(len(pending.event.source.raw), LEAST, _PER_LANE * len(pending.lanes))
        self.held += pending.weight

    def pop_ready(self, is_ready: Callable[[Pending], bool]) -> Iterator[Pending]:
        """Take out the events that may leave now, in an order that keeps each choice's own."""
        moved = True
        while moved:
            moved = False
            for lane in self._lanes.values():
                while lane and not lane[0].before and is_ready(lane[0]):
                    pending = lane[0]
                    self._remove(pending)
                    moved = len(pending.lanes) > 1 or moved
                    yield pending

    def clear(self) -> None:
        """Drop all that waits."""
        self._lanes.clear()
        self.held = 0

    def _remove(self, pending: Pending) -> None:
        for number in pending.lanes:
            lane = self._lanes[number]
            lane.popleft()
            if lane:
                lane[0].before -= 1
        self.held -= pending.weight
