"""Tables and numbers in Markdown."""

from collections.abc import Iterable, Sequence
from typing import Final

NOTHING: Final = "-"
"""Where a figure says nothing."""

Cells = Sequence[str]


def table(head: Cells, rows: Iterable[Cells], words: int = 1) -> str:
    """Return a table; the first `words` columns are words, the rest numbers."""
    rule = ["---" if place < words else "---:" for place in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def sourced(figures: str, command: str) -> str:
    """Return a table with the command right below that its figures come from."""
    return f"{figures}\n\nFrom: `{command}`"


def percent(share: float | None, digits: int = 1) -> str:
    """Return a share, 0 to 1, in percent."""
    return NOTHING if share is None else f"{100 * share:.{digits}f}"


def decimal(value: float | None, digits: int = 3) -> str:
    """Return a number with so many digits after the point."""
    return NOTHING if value is None else f"{value:.{digits}f}"


def between(interval: Sequence[float] | None, scale: float = 1, digits: int = 3) -> str:
    """Return an interval, its ends multiplied by `scale`."""
    return NOTHING if interval is None else " to ".join(f"{scale * end:.{digits}f}" for end in interval)


def linked(text: str, address: str) -> str:
    """Return a link."""
    return f"[{text}]({address})"
