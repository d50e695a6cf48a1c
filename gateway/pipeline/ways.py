"""The ways that a call may take: the candidates of its route, each decided on by policy before it is asked."""

from detectors.finding import Screening
from gateway.dialects.message import Request
from gateway.pipeline.context import Call
from gateway.pipeline.first_door import Entry, FirstDoor
from gateway.upstream.router import Route
from gateway.upstream.target import Candidate


class Ways:
    """Gives one allowed entry after the other. What was found in the request is the same for all of them.

    A candidate that policy refuses is passed over if another may serve. One whose provider keeps failing (its breaker
    is open) is passed over, too, unless there is nothing else: to count failures must not make a call fail that might
    have worked.
    """

    def __init__(self, door: FirstDoor, call: Call, request: Request, screening: Screening, route: Route) -> None:
        self._door = door
        self._call = call
        self._request = request
        self._screening = screening
        self._left = list(route)
        self._has_given = False
        self._refused: list[Entry] = []

    async def first(self) -> Entry:
        """Give the first entry that policy allows, or the first refusal if it allows none."""
        return await self.next() or self._refused.pop(0)

    async def next(self) -> Entry | None:
        """Give the next entry that policy allows, None when there is no other way."""
        while (candidate := self._pick()) is not None:
            self._left.remove(candidate)
            entry = await self._door.decide(self._call, self._request, self._screening, candidate)
            if entry.refused is None:
                self._has_given = True
                return entry
            self._refused.append(entry)
        return None

    def passed_over(self) -> list[Entry]:
        """Give, once, those that policy has refused and nobody was told of: they belong on record."""
        refused, self._refused = self._refused, []
        return refused

    def _pick(self) -> Candidate | None:
        ready = next((candidate for candidate in self._left if candidate.target.breaker.is_ready), None)
        return ready or (self._left[0] if self._left and not self._has_given else None)
