"""What a person sees while a model trains: one bar on a terminal, a line a minute in a log."""

from time import monotonic
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

LINE_SECONDS: Final = 60.0
"""A log that is no terminal gets a line this often."""


class Watch:
    """Shows share, speed, time left and losses. A context manager: the bar lives inside."""

    def __init__(self, console: Console) -> None:
        columns = (BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
        self._console = console
        self._bar = Progress(*columns, console=console, disable=not console.is_terminal)
        self._task = self._bar.add_task("", total=1.0)
        self._started, self._last, self._first = monotonic(), monotonic(), 0.0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def start(self, share: float) -> None:
        """Say how much was done before: time left is reckoned from what is done from now on."""
        self._first, self._started = share, monotonic()

    def show(self, share: float, text: str) -> None:
        """Show how far it is, 0 to 1, and a short text."""
        line = f"{text}, {self._left(share) / 60:.0f} min left"
        self._bar.update(self._task, completed=share, description=line)
        if not self._console.is_terminal and monotonic() - self._last >= LINE_SECONDS:
            self._last = monotonic()
            self._console.print(f"{share:.1%} {line}", highlight=False)

    def _left(self, share: float) -> float:
        done = max(share - self._first, 1e-9)
        return max(1.0 - share, 0.0) / done * (monotonic() - self._started)
