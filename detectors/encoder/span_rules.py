"""What the text itself says about the spans that a model read in it: rules of writing, in the order of `SETTLING`."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from detectors.encoder.address_lines import by_lines
from detectors.encoder.entities import Span
from detectors.escapes import in_blanks

_AND: Final = re.compile(r"\s+(?:and|or|&)\s+")
_LIST_GOES_ON: Final = re.compile(r",?\s+(?:and|or|&)\s+\w")
_COMMA: Final = re.compile(r",\s+")
_MARKS_BEFORE: Final = " \t\r\n.,;:!?)]}"
_MARKS_AFTER: Final = " \t\r\n,;:([{"
_MILITARY: Final = re.compile(
    r"(?:\b(?:(?:psc|cmr|unit) \d+,? box \d+|us(?:s|ns|cgc|nv) \w+),?\s+)?\b[afd]po,? a[aep] \d{5}(?:-\d{4})?\b",
    re.IGNORECASE,
)
"""An address of the United States' forces abroad: unit and box or a ship, and the code of its post office."""

_POST_MARKS: Final = ("po a", "po, a")
"""What is in each of these in lower case: looked for first, since most texts have none."""

_SURE: Final = 0.95
"""Score of what is an address by its form."""


def settled(text: str, spans: Sequence[Span]) -> list[Span]:
    """Give the spans as the rules leave them, in the order of the text. `spans` are so too, and of values only."""
    text = in_blanks(text)
    found = list(spans)
    for rule in SETTLING if found else ():
        found = rule(text, found)
    return found


def with_military_post(text: str, spans: Sequence[Span]) -> list[Span]:
    """Make one ADDRESS of each military one and of all spans that overlap it."""
    lowered = text.lower()
    if not any(mark in lowered for mark in _POST_MARKS):
        return list(spans)
    found = list(spans)
    for match in _MILITARY.finditer(text):
        start, end = match.span()
        inside = [span for span in found if span.start < end and start < span.end]
        start = min([start, *(span.start for span in inside)])
        end = max([end, *(span.end for span in inside)])
        found = [*(span for span in found if span not in inside), Span(start, end, "ADDRESS", _SURE)]
    return sorted(found)


def trimmed(text: str, spans: Sequence[Span]) -> list[Span]:
    """Leave out the sentence's marks around a value. A full stop at the end may be an abbreviation's, and stays."""
    return [found for span in spans if (found := _trimmed(text, span)).start < found.end]


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.end - len(words.lstrip(_MARKS_BEFORE))
    return span._replace(start=start, end=span.start + len(words.rstrip(_MARKS_AFTER)))


def joined_addresses(text: str, spans: Sequence[Span]) -> list[Span]:
    """Make one ADDRESS of two with at most a blank between them."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.label == span.label == "ADDRESS" and text[last.end : span.start] in {"", " "}:
            joined[-1] = last._replace(end=max(last.end, span.end), score=max(last.score, span.score))
        else:
            joined.append(span)
    return joined


def listed_people(text: str, spans: Sequence[Span]) -> list[Span]:
    """Cut a PERSON that is a list of people: no name has an "and" in it, nor a comma where one follows."""
    return [part for span in spans for part in (_people(text, span) if span.label == "PERSON" else (span,))]


def _people(text: str, span: Span) -> list[Span]:
    """Cut at each "and"; at commas as well in all that an "and" follows."""
    words = text[span.start : span.end]
    names = _between(_AND, words)
    goes_on = _LIST_GOES_ON.match(text, span.end) is not None
    cut = []
    for place, (start, end) in enumerate(names):
        is_last = place == len(names) - 1
        parts = [(start, end)] if is_last and not goes_on else _between(_COMMA, words, start, end)
        cut += [span._replace(start=span.start + low, end=span.start + high) for low, high in parts if low < high]
    return cut


def _between(mark: re.Pattern[str], words: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    end = len(words) if end is None else end
    parts = []
    for match in mark.finditer(words, start, end):
        parts.append((start, match.start()))
        start = match.end()
    return [*parts, (start, end)]


SETTLING: Final[tuple[Callable[[str, Sequence[Span]], list[Span]], ...]] = (
    with_military_post,
    trimmed,
    joined_addresses,
    listed_people,
    by_lines,
)
