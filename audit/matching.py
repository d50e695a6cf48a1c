"""Which calls were opened and never closed."""

from collections.abc import Iterator

from audit.record import REQUEST_CLOSED, REQUEST_OPENED, Row


class Matching:
    """Pairs `request.opened` with `request.closed` in one pass; holds only what is not paired yet."""

    def __init__(self) -> None:
        self._opened: dict[str, int] = {}
        self._closed_early: set[str] = set()

    def see(self, row: Row) -> None:
        """Take a record in; the two halves of a call may come in either order."""
        record_id, kind, t_ms, opened_ref = row[0], row[1], row[4], row[5]
        if kind == REQUEST_OPENED:
            if record_id in self._closed_early:
                self._closed_early.remove(record_id)
            else:
                self._opened[record_id] = t_ms
        elif kind == REQUEST_CLOSED and opened_ref is not None and self._opened.pop(opened_ref, None) is None:
            self._closed_early.add(opened_ref)

    def unmatched(self, before_ms: int) -> Iterator[str]:
        """Give the ids of calls that were opened before that time and not closed."""
        return (record_id for record_id, t_ms in self._opened.items() if t_ms < before_ms)
