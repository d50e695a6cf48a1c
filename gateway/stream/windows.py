"""One growing text: what of it must be screened next, and up to where it is cleared.

A window is released up to the last white space that has `reach` characters after it, so an address or a secret that is
cut over two chunks is screened whole, and a value with blanks in it is seen with what follows. A window is released
less far if something was found in it that may go on in what has not arrived. A judgement on a window (`toxic`) is whole
at once: it holds nothing back, and is news when it is surer than those before. All offsets count code points from the
start of the text.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from detectors.escapes import in_blanks
from detectors.finding import Finding
from gateway.stream.limits import Limits


class Window(NamedTuple):
    """A stretch to screen. Clearing it clears the text up to `end`; `text` begins at `start` and goes on past `end`.

    `is_final`: no more text comes after it. `before` is what ends at `start`.
    """

    start: int
    end: int
    text: str
    is_final: bool = False
    before: str = ""


class GrowingWindow:
    """The text of one slot. At most one window is out for screening at a time."""

    __slots__ = (
        "_base",
        "_before",
        "_best",
        "_is_final",
        "_is_read",
        "_limits",
        "_next_look",
        "_out",
        "_parts",
        "_seen",
        "arrived",
        "cleared",
    )

    def __init__(self, limits: Limits) -> None:
        self.arrived = 0
        self.cleared = 0
        self._limits = limits
        self._parts: list[str] = []
        self._base = 0
        self._before = ""
        self._next_look = limits.reach
        self._out: Window | None = None
        self._seen: list[Finding] = []
        self._best: dict[str, int] = {}
        self._is_final = False
        self._is_read = False

    @property
    def is_settled(self) -> bool:
        """Whether the text is complete and all of it cleared."""
        return self._is_final and self.cleared == self.arrived

    def append(self, text: str) -> None:
        """Add what has arrived."""
        self._parts.append(text)
        self._is_read = False
        self.arrived += len(text)

    def close(self) -> None:
        """Note that the text is complete."""
        self._is_final = True

    def next(self, *, force: bool = False) -> Window | None:
        """Give the next window to screen, if there is new text that could be released after it.

        `force` ends a window inside an over-long run without white space.

        Raises:
            OverflowError: the run is longer than `limits.run`, and not `force`.
        """
        if self._out is not None or self.cleared == self.arrived:
            return None
        end = self.arrived if self._is_final else self._border(force=force)
        if end <= self.cleared:
            return None
        self._out = Window(self._base, end, self._text(), self._is_final, self._before)
        return self._out

    def fresh(self, found: Sequence[Finding]) -> list[Finding]:
        """Give what is new and final of the findings in the window that is out, in offsets of the whole text.

        Left out is what later windows will show again, whole: it starts behind the part to be released, or may go on in
        what has not arrived. Left out too is what an earlier window has shown.
        """
        window = self._window()
        placed = _placed(window, found)
        return self._settled(placed, self._release(window, placed))

    def clear(self, found: Sequence[Finding] = ()) -> list[Finding]:
        """Clear the window that is out as far as what was found in it allows, and give what is `fresh` of that.

        The text that no later window will show is forgotten.
        """
        window = self._window()
        placed = _placed(window, found)
        border = self._release(window, placed)
        fresh = self._settled(placed, border)
        self._out = None
        self.cleared = border
        self._seen = [one for one in (*self._seen, *fresh) if one.end > border and not one.is_judgement]
        for one in fresh:
            if one.is_judgement:
                self._best[one.label] = max(one.score_ppm, self._best.get(one.label, 0))
        self._next_look = border + self._limits.reach + self._limits.stride
        if border < window.end:
            self._wait(window.start + len(window.text))
        self._forget()
        return fresh

    def _window(self) -> Window:
        if self._out is None:
            raise ValueError("no window of this text is out for screening")
        return self._out

    def _settled(self, placed: Sequence[Finding], border: int) -> list[Finding]:
        return [one for one in placed if self._is_news(one, border)]

    def _is_news(self, one: Finding, border: int) -> bool:
        if one.is_judgement:
            return one.score_ppm > self._best.get(one.label, -1)
        return self.cleared < one.end and one.start < border and not self._was_seen(one)

    def _was_seen(self, one: Finding) -> bool:
        return any(one.label == old.label and one.start < old.end and old.start < one.end for old in self._seen)

    def _release(self, window: Window, placed: Sequence[Finding]) -> int:
        """Find how far a window may be released: up to the word in which the first finding begins that may go on."""
        if window.is_final or not placed:
            return window.end
        placed = [one for one in placed if not one.is_judgement]
        shown = window.start + len(window.text)
        open_from = shown - _last_run(window.text)
        border = min((one.start for one in placed if one.end >= open_from), default=window.end)
        if border >= window.end or shown - border > self._limits.run:
            return window.end
        border -= _last_run(window.text[: border - window.start])
        return max(border, self.cleared)

    def _wait(self, shown: int) -> None:
        """Look again when an eighth more has come: looks at a long text cost its length, not its square."""
        self._next_look = max(self._next_look, shown + 1 + (shown - self.cleared) // 8)

    def _forget(self) -> None:
        """Keep the text that the next window shows: `reach` before what it clears, from the start of a word on."""
        keep = max(self._base, self.cleared - self._limits.reach)
        low = max(self._base, keep - self._limits.reach)
        before = self._text()[low - self._base : keep - self._base]
        run = _last_run(before)
        if run < len(before) or low == self._base:
            keep -= run
        text, drop = self._text(), keep - self._base
        self._before = (self._before + text[:drop])[-self._limits.context :] if self._limits.context else ""
        self._parts = [text[drop:]]
        self._base = keep

    def _border(self, *, force: bool) -> int:
        """Find how far a window may release; the position behind the last white space that is far enough back."""
        if self.arrived < self._next_look:
            return 0
        last = self.arrived - self._limits.reach
        fresh = self._text()[self.cleared - self._base : last - self._base] if last > self.cleared else ""
        end = last - _last_run(fresh) if fresh else 0
        if end > self.cleared:
            return end
        if self.arrived - self.cleared > self._limits.run:
            if not force:
                raise OverflowError(f"more than {self._limits.run} characters without white space")
            return last - fresh.endswith("\\")  # it may be half of an escape
        self._wait(self.arrived)
        return 0

    def _text(self) -> str:
        if self._is_read:
            return self._parts[0]
        self._parts = ["".join(self._parts)]
        self._is_read = True
        return self._parts[0]


def _placed(window: Window, found: Sequence[Finding]) -> list[Finding]:
    return [replace(one, start=window.start + one.start, end=window.start + one.end) for one in found]


def _last_run(text: str) -> int:
    """Give the length of the run at the end of a text without white space, written as an escape or not."""
    read = in_blanks(text)
    return 0 if not read or read[-1].isspace() else len(read.rsplit(None, 1)[-1])
