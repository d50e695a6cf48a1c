"""Which calls were opened and never closed, and which went on or were closed without having been opened."""

from collections.abc import Iterator

from audit.record import REQUEST_CLOSED, REQUEST_OPENED, REQUEST_PASSED_OVER, REQUEST_REROUTED, Row

_BETWEEN = frozenset({REQUEST_PASSED_OVER, REQUEST_REROUTED})


class Matching:
    """Pairs `request.opened` with `request.closed` in one pass; holds only what is not paired yet.

    What happened on the way (`request.passed_over`, `request.rerouted`) does not come after a pair is complete.
    """

    def __init__(self) -> None:
        self._opened: dict[str, int] = {}
        self._closed_early: set[str] = set()
        self._went_on_early: set[str] = set()

    def see(self, row: Row) -> None:
        """Take a record in; the two halves of a call may come in either order."""
        record_id, kind, t_ms, opened_ref = row[0], row[1], row[4], row[5]
        if kind == REQUEST_OPENED:
            self._open(record_id, t_ms)
        elif opened_ref is None or opened_ref in self._opened:
            if kind == REQUEST_CLOSED and opened_ref is not None:
                del self._opened[opened_ref]
        elif kind == REQUEST_CLOSED:
            self._closed_early.add(opened_ref)
        elif kind in _BETWEEN:
            self._went_on_early.add(opened_ref)

    def _open(self, record_id: str, t_ms: int) -> None:
        self._went_on_early.discard(record_id)
        if record_id in self._closed_early:
            self._closed_early.remove(record_id)
        else:
            self._opened[record_id] = t_ms

    def unmatched(self, before_ms: int) -> Iterator[str]:
        """Give the ids of calls that were opened before that time and not closed."""
        return (record_id for record_id, t_ms in self._opened.items() if t_ms < before_ms)

    def orphans(self) -> list[str]:
        """Give the ids of calls that went on or were closed and whose opening was not seen."""
        return sorted(self._closed_early | self._went_on_early)
