"""An address that is written as on an envelope, line by line: each line is a value of its own.

Within a sentence an address is one value, whatever it holds. On an envelope, in a signature or in a record its lines
are fields without labels: streets, boxes and codes stay ADDRESS, a town or a country on a line of its own is a
LOCATION. So a layout keeps its lines when values are replaced, and a town is one value wherever it is named.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from detectors.encoder.entities import Span

MARKS: Final = " \t>#*|?-"
"""What stands before the lines of a quotation or a list."""

_NAMES: Final = frozenset({"PERSON", "ORGANIZATION"})

_STAYS: Final = re.compile(
    r"\b(?:apt|apartment|suite|ste|unit|flat|floor|room|rm|bldg|building|block|box|psc|cmr|apo|fpo|dpo"
    r"|street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|way|boulevard|blvd|highway|hwy|square|terrace)\b"
    r"|stra(?:ss|\u00df)e\b|str\.|\brue\b|\bcalle\b|\bvia\b|\bc/o\b",
    re.IGNORECASE,
)
"""Words of lines that say where in a town, a house or a post office."""

_CODE: Final = r"(?:\d[\d -]{2,}\d|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d)"
_CODE_LAST: Final = re.compile(rf"([^\W\d_][^\d\n]*?),? ((?:[A-Z]{{2,3}},? |[A-Z]{{1,3}}-)?{_CODE})")
_CODE_FIRST: Final = re.compile(rf"((?:[A-Z]{{1,3}}-)?{_CODE}),? ([^\W\d_][^\d\n]*)")
_COUNTRY_AND_CODE: Final = re.compile(r"([^\W\d_][^\d\n,]*?) (\d{5})")


def by_lines(text: str, spans: Sequence[Span]) -> list[Span]:
    """Give the spans with each ADDRESS that fills lines cut into them. `spans` are in the order of the text."""
    if "\n" not in text:
        return list(spans)
    cut: list[Span] = []
    for span in spans:
        cut += [span] if span.label != "ADDRESS" else _cut(text, span, cut[-1] if cut else None)
    return cut


def _cut(text: str, span: Span, before: Span | None) -> list[Span]:
    if "\n" in text[span.start : span.end]:
        return _lines(text, span) if _begins_block(text, span, before) else [span]
    if before is not None and _goes_on(text, span, before):
        whole = span._replace(start=max(_line_start(text, span.start), before.end))
        if found := _COUNTRY_AND_CODE.fullmatch(text, whole.start, whole.end):
            return list(_two(whole, found, "LOCATION", "ADDRESS"))
    return [span]


def _lines(text: str, span: Span) -> list[Span]:
    """Cut an address of several lines, unless no line of it names a place: then it is one thing, as a box is."""
    first, *later = (span._replace(start=start, end=end) for start, end in _stretches(text, span))
    rest = [part for line in later for part in _parts(text, line)]
    return [first, *rest] if any(part.label == "LOCATION" for part in rest) else [span]


def _parts(text: str, line: Span) -> Iterator[Span]:
    """Give what a line holds that is not the first of its address: a place, a code, or both."""
    words = text[line.start : line.end]
    if _STAYS.search(words):
        yield line
    elif not any(map(str.isdigit, words)):
        yield line._replace(label="LOCATION")
    elif found := _CODE_LAST.fullmatch(text, line.start, line.end):
        yield from _two(line, found, "LOCATION", "ADDRESS")
    elif found := _CODE_FIRST.fullmatch(text, line.start, line.end):
        yield from _two(line, found, "ADDRESS", "LOCATION")
    else:
        yield line


def _two(line: Span, found: re.Match[str], *labels: str) -> Iterator[Span]:
    for group, label in enumerate(labels, 1):
        yield Span(*found.span(group), label, line.score)


def _stretches(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Give what a span holds of each line, without the marks around it."""
    start = span.start
    for line in text[span.start : span.end].split("\n"):
        low = start + len(line) - len(line.lstrip(MARKS + ",;"))
        high = start + len(line.rstrip(MARKS + ",;"))
        if low < high:
            yield low, high
        start += len(line) + 1


def _begins_block(text: str, span: Span, before: Span | None) -> bool:
    """Say whether an address begins its line, or follows a name."""
    if _line_start(text, span.start) == span.start:
        return True
    return before is not None and before.label in _NAMES and text[before.end : span.start].isspace()


def _goes_on(text: str, span: Span, before: Span) -> bool:
    """Say whether the line before, blank ones aside, is a part of an address from its start to its end."""
    between = text[before.end : _line_start(text, span.start)]
    fills = _line_start(text, before.start) == before.start and "\n" in between
    return fills and before.label in {"ADDRESS", "LOCATION"} and not between.strip(MARKS + "\n,;")


def _line_start(text: str, place: int) -> int:
    """Give where the line around a place begins, its marks left out."""
    start = text.rfind("\n", 0, place) + 1
    while start < place and text[start] in MARKS:
        start += 1
    return start
