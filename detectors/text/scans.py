"""Ways to find every match of one pattern: all at once, or only in the pieces of the text that can hold one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import regex

from detectors.text.deadline import Deadline

Span = tuple[int, int]

_BLANKS = r" \t\r\n"
_BACK = regex.compile(rf"[^{_BLANKS}]*+", regex.REVERSE)
_ON = regex.compile(rf"[^{_BLANKS}]*+")


_WITHOUT_CASE = regex.compile(r"(?:[^\\A-Za-z\x80-\U0010ffff]|\\[dDwWsSbB]|\\[^\w])*+")


def compiled(pattern: str, flags: int) -> "regex.Pattern[str]":
    """Compile a pattern, without `IGNORECASE` where it names no letter: it makes digits slow to find."""
    return regex.compile(pattern, flags & ~regex.IGNORECASE if _WITHOUT_CASE.fullmatch(pattern) else flags)


class Scan(Protocol):
    """Finds what `finditer` of one pattern finds."""

    def spans(self, text: str, deadline: Deadline) -> Iterable[Span]:
        """Give the pattern's matches in the order of the text. Raises `TimeoutError` when the deadline has passed."""
        ...


class WholeText:
    """Searches the whole text."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._compiled = compiled(pattern, flags)

    def spans(self, text: str, deadline: Deadline) -> Iterator[Span]:
        """Give the pattern's matches. Raises `TimeoutError` when the deadline has passed."""
        return _matches(self._compiled, text, 0, len(text), deadline)


class Piecewise:
    """Searches only the blank-separated pieces with a mark, for a pattern that matches no blank and needs the mark."""

    def __init__(self, pattern: str, flags: int, mark: str) -> None:
        self._compiled = compiled(pattern, flags)
        self._mark = regex.compile(mark)

    def spans(self, text: str, deadline: Deadline) -> Iterator[Span]:
        """Give the pattern's matches. Raises `TimeoutError` when the deadline has passed."""
        for start, end in self._pieces(text):
            yield from _matches(self._compiled, text, start, end, deadline)

    def _pieces(self, text: str) -> Iterator[Span]:
        end = 0
        while mark := self._mark.search(text, end):
            start = _BACK.match(text, end, mark.start()).start()
            end = _ON.match(text, mark.end()).end()
            yield start, end


@dataclass(frozen=True, slots=True)
class Mark:
    """What every match of a pattern holds; it is sought in place of the pattern.

    A match begins at most `before` code points ahead of the mark's start and ends at most `after` behind the mark's
    end, what the pattern looks at beside it included.
    """

    expression: "regex.Pattern[str]"
    before: int
    after: int

    def windows(self, text: str) -> Iterator[Span]:
        """Give what lies near marks; where two are near each other, together."""
        start, end = 0, -1
        for mark in self.expression.finditer(text):
            first = max(0, mark.start() - self.before)
            if first > end >= 0:
                yield start, end
            if first > end:
                start = first
            end = min(len(text), mark.end() + self.after)
        if end >= 0:
            yield start, end


class Near:
    """Searches only near the marks that a match must hold."""

    def __init__(self, pattern: str, flags: int, mark: Mark) -> None:
        self._compiled = compiled(pattern, flags)
        self._mark = mark

    def spans(self, text: str, deadline: Deadline) -> Iterable[Span]:
        """Give the pattern's matches. Raises `TimeoutError` when the deadline has passed."""
        for start, end in self._mark.windows(text):
            yield from _matches(self._compiled, text, start, end, deadline)


SIX_DIGITS: Final = Mark(regex.compile(r"[0-9](?:[^0-9]{0,3}[0-9]){5,}+"), 24, 24)
"""A cluster of digits: six or more, with at most three other characters between two."""


_DENSE: Final = 6
"""Where about every so many characters there is a digit, as in a log, all is near one: it is searched at once."""
_SAMPLE: Final = 256
"""Characters looked at to tell so, in texts that are longer than ten times that."""


class NearDigits(Near):
    """Searches only near clusters of six digits.

    Each match of the pattern must hold one. It may have 20 further characters before the first digit
    and after the last, and look at four more.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        super().__init__(pattern, flags, SIX_DIGITS)

    def spans(self, text: str, deadline: Deadline) -> Iterable[Span]:
        """Give the pattern's matches. Raises `TimeoutError` when the deadline has passed."""
        if _is_dense(text):
            return _matches(self._compiled, text, 0, len(text), deadline)
        return super().spans(text, deadline)


def _is_dense(text: str) -> bool:
    if len(text) < 10 * _SAMPLE:
        return False
    sample = text[:: len(text) // _SAMPLE]
    return sum(map(sample.count, "0123456789")) * _DENSE > len(sample)


def _matches(compiled: "regex.Pattern[str]", text: str, start: int, end: int, deadline: Deadline) -> Iterator[Span]:
    """Give the spans of a pattern's matches in a part of the text, the empty ones left out."""
    # The time limit of `finditer` doesn't count what is done with the matches, such as checking e-mail domains.
    for match in compiled.finditer(text, start, end, timeout=deadline.seconds_left()):
        if match.end() > match.start():
            yield match.span()
        deadline.seconds_left()
