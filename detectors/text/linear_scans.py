"""Scans in linear time for patterns of Presidio that take quadratic time, or hundreds of steps a character.

Each starts from what every match must hold (an "@", a top-level domain, a digit), works out from there where a match
can begin, and gives exactly the spans of the pattern's own `finditer`: the tests compare the two on any text.
"""

from collections.abc import Iterator, Sequence

import regex

from detectors.text.deadline import Deadline
from detectors.text.scans import Span

_WORD = regex.compile(r"[a-z0-9-]+")


class EmailScan:
    r"""E-mail addresses: `\b(L|L[L.]*L)@domain\b`, where L is what a local part is made of, the dot left out.

    L has no "@", so the local part is what is before one "@", and the domain what is behind, whatever the start: a
    match begins at the first word boundary of the run of L and dots before the "@".
    """

    MARKS = r"!#$%&'*+\-/=?^_`{|}~"
    DOMAIN = r"\w+(?:-+\w+)*(?:\.\w+(?:-+\w+)*)+"
    PATTERN = rf"\b((([{MARKS}\w])|([{MARKS}\w][{MARKS}\.\w]{{0,}}[{MARKS}\w]))[@]{DOMAIN})\b"

    def __init__(self, flags: int) -> None:
        self._domain = regex.compile(rf"(?<=[{self.MARKS}\w])@{self.DOMAIN}\b", flags)
        self._back = regex.compile(rf"[{self.MARKS}\w.]*+", flags | regex.REVERSE)
        self._start = regex.compile(rf"\b[{self.MARKS}\w]", flags)

    def spans(self, text: str, deadline: Deadline) -> Iterator[Span]:
        """Give the pattern's matches. Raises `TimeoutError` when the deadline has passed."""
        position = 0
        while (at := text.find("@", position)) >= 0:
            left, first = deadline.seconds_left(), position
            position = at + 1
            if domain := self._domain.match(text, at, timeout=left):
                run = self._back.match(text, first, at).start()
                if start := self._start.search(text, run, at):
                    position = domain.end()
                    yield start.start(), position


class UrlScan:
    r"""Web addresses without a schema: `(www\d{0,3}[.])?[a-z0-9.\-]{1,253}[.](?:top-level domains)(?:/path)?`.

    Tried at every character, the pattern looks 253 ahead for a top-level domain. Here one is looked for first. Up to
    253 host characters before it, every one begins a match; up to seven more, one that begins with "www". So the
    pattern is tried where it matches, and seldom elsewhere: no dot is looked at more than a few times.
    """

    HOST = r"[a-z0-9.\-]"
    LONGEST = 253
    WWW = 7
    HEAD = rf"(?i)((www\d{{0,3}}[.])?{HOST}{{1,{LONGEST}}}"
    TAIL = r"""(?:/[^\s()<>\"']*)?)"""

    def __init__(self, pattern: str, flags: int) -> None:
        domains = any_of(_WORD.findall(pattern.removeprefix(self.HEAD + "[.]").removesuffix(self.TAIL)))
        self._pattern = regex.compile(f"{self.HEAD}[.]{domains}{self.TAIL}", flags)
        self._domain = regex.compile(rf"(?i)(?<={self.HOST})[.](?=\w){domains}", flags)
        self._back = regex.compile(rf"(?i){self.HOST}*+", flags | regex.REVERSE)
        self._www = regex.compile(r"(?i)(?=www\d{0,3}[.])", flags)

    def spans(self, text: str, deadline: Deadline) -> Iterator[Span]:
        """Give the pattern's matches. Raises `TimeoutError` when the deadline has passed."""
        position = 0
        while domain := self._domain.search(text, position + 1, timeout=deadline.seconds_left()):
            dot = domain.start()
            nearest = self._back.match(text, max(position, dot - self.LONGEST), dot).start()
            match = self._match(text, max(position, nearest - self.WWW), nearest)
            position = match.end()
            yield match.span()

    def _match(self, text: str, earliest: int, nearest: int) -> "regex.Match[str]":
        www = self._www.search(text, earliest, nearest + self.WWW) if earliest < nearest else None
        while www and www.start() < nearest:
            if match := self._pattern.match(text, www.start()):
                return match
            www = self._www.search(text, www.start() + 1, nearest + self.WWW)
        return self._pattern.match(text, nearest)


def any_of(words: Sequence[str]) -> str:
    """Give an expression for one of some words of letters, digits and hyphens: the first of them that matches.

    It looks at each character once; a list of them has each word tried.
    """
    ends = words.index("") if "" in words else len(words)
    firsts = dict.fromkeys(word[0] for word in words[:ends])
    branches = [
        regex.escape(first) + any_of([word[1:] for word in words[:ends] if word[0] == first]) for first in firsts
    ]
    if ends < len(words):  # what comes after the word that ends here is never reached
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


class MemberNumberScan:
    r"""Health insurance numbers: `\b(?=C{6,20}\b)(?=C*[A-Z])(?=C*\d)[A-Z]{1,5}-?[A-Z0-9]{5,14}\b`, C being `[A-Z0-9-]`.

    The second look-ahead says nothing, since the number begins with a letter. The third says that the run of C has a
    digit at or behind the start, or ends before one: it is asked once a run, instead of at every start. So a run counts
    only if a digit in it or at its end comes behind a letter, with nothing but hyphens between.
    """

    PATTERN = r"\b(?=[A-Z0-9-]{6,20}\b)(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z]{1,5}-?[A-Z0-9]{5,14}\b"

    def __init__(self, flags: int) -> None:
        self._digit = regex.compile(r"\d(?<=[A-Z]-*+\d)", flags)
        self._last_digit = regex.compile(r"\d", flags | regex.REVERSE)
        self._back = regex.compile(r"[A-Z0-9-]*+", flags | regex.REVERSE)
        self._run = regex.compile(r"[A-Z0-9-]++\d?", flags)
        self._number = regex.compile(r"\b(?=[A-Z0-9-]{6,20}\b)[A-Z]{1,5}-?[A-Z0-9]{5,14}\b", flags)

    def spans(self, text: str, deadline: Deadline) -> Iterator[Span]:
        """Give the pattern's matches. Raises `TimeoutError` when the deadline has passed."""
        position = 0
        while digit := self._digit.search(text, position, timeout=deadline.seconds_left()):
            start = self._back.match(text, position, digit.start()).start()
            position = self._run.match(text, start).end()
            yield from self._numbers(text, start, position, deadline)

    def _numbers(self, text: str, start: int, end: int, deadline: Deadline) -> Iterator[Span]:
        """Search a run: one character more is shown, for the word boundary at its end."""
        last = self._last_digit.search(text, start, end).start()
        for match in self._number.finditer(text, start, end + 1, timeout=deadline.seconds_left()):
            if match.start() > last:
                return
            yield match.span()
            deadline.seconds_left()
