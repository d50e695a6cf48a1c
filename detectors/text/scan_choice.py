"""Choose how a pattern is searched: by its exact text, so that a pattern which Presidio changes is searched plainly."""

from collections.abc import Iterable
from hashlib import sha256

import regex

from detectors.text.linear_scans import EmailScan, MemberNumberScan, UrlScan
from detectors.text.scans import Mark, Near, NearDigits, Piecewise, Scan, WholeText

# Named by their digests, since the URL patterns are 6,300 characters long. Each was read: every class in it either
# lists what it takes, none of it white space, or excludes \s; and it looks around no further than it could match.
_WITH_HOST = {
    "422b91a465b6177e83eb908ce308fbc3de52432667a3165d12d2a70ba7cf148c",  # Standard Url
    "473c5e6b40a312726402cd1f58f430d58d74563bbdc0022b9349a4e3bcd9bdf0",  # Quoted URL
    "58b5bbbc4796bab1808322896eb62264f5fb8d10842cc14175db9bbbbd7df30b",  # Quoted Non-schema URL
}
_WITHOUT_SCHEMA = "7405c3a8b8c39f4d0850f0598d9e19cdeae0f9f0e1e4a5c425cc7b70ad6d337b"  # Non schema URL

_NINE_DIGITS_OR_MORE = {
    r"\b([0-9]{5})-([0-9]{4})\b",
    r"\b([0-9]{3})-([0-9]{6})\b",
    r"\b(([0-9]{3})-([0-9]{2})-([0-9]{4}))\b",
    r"\b[0-9]{9}\b",
    r"\b([0-9]{3})[- .]([0-9]{2})[- .]([0-9]{4})\b",
    r"\b([0-9]{3})[- ]?([0-9]{3})[- ]?([0-9]{4})\b",
    r"\b[0-9]{12}\b",
    r"\b[0-9]{4}[- :][0-9]{4}[- :][0-9]{4}\b",
}
"""US social security, British health service and Indian Aadhaar numbers: nothing but digits, one mark between two."""

_LABELLED = r"\s*:\s*|\s+))"
r"""How Presidio's look-behinds for a label end: `(?<=\bclaim(?:...|\s*:\s*|\s+))` before the number."""


_AMBIGUOUS, _UNAMBIGUOUS = r"\s*:?\s*", r"\s*(?::\s*)?"
"""Two ways to write the same."""


_IBAN = (
    r"(?<![A-Z0-9])([A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2,6})((?:[ -]?[A-Z0-9]{4})?)((?:[ -]?[A-Z0-9]{1,3})?)"
    r"(?![A-Z0-9])"
)
_IBAN_MARK = Mark(regex.compile(r"[0-9]{2}(?<=(?i:(?<![A-Z0-9])[A-Z]{2})[0-9]{2})(?=(?i:[ -]?[A-Z0-9]{4}){2})"), 3, 40)
"""The two check digits, found without trying every word: three characters before them and 40 behind are looked at."""


_CARD = (
    r"\b(?!1\d{12}(?!\d))((4\d{3})|(5[0-5]\d{2})|(6\d{3})|(1\d{3})|(3\d{3}))"
    r"[- ]?(\d{3,4})[- ]?(\d{3,4})[- ]?(\d{3,5})\b"
)
_CARD_MARK = Mark(regex.compile(r"[1-6](?:[- ]?\d){12,}+"), 1, 1)
"""As many digits as a card has at least; more of them hold all of it."""


def mark_of(patterns: Iterable[str]) -> Mark | None:
    """Give what each match of one of the patterns holds, where that is known."""
    return _IBAN_MARK if list(patterns) == [_IBAN] else None


def scan_of(pattern: str, flags: int) -> Scan:
    """Give the quickest scan known to find what the pattern, compiled with `flags`, finds."""
    if pattern == EmailScan.PATTERN:
        return EmailScan(flags)
    if pattern == MemberNumberScan.PATTERN:
        return MemberNumberScan(flags)
    if pattern == _CARD:
        return Near(pattern, flags, _CARD_MARK)
    if pattern in _NINE_DIGITS_OR_MORE:
        return NearDigits(pattern, flags)
    digest = sha256(pattern.encode()).hexdigest()
    if digest == _WITHOUT_SCHEMA:
        return UrlScan(pattern, flags)
    if digest in _WITH_HOST:
        return Piecewise(pattern, flags, r"\.\w")
    return WholeText(_number_first(pattern), flags)


def _number_first(pattern: str) -> str:
    """Look for a labelled number before its label: else the label is sought at each of many blanks.

    Each blank gets one way to match, so that the label is found in time proportional to the blanks.
    """
    label, end, number = pattern.partition(_LABELLED)
    if not (label.startswith("(?<=") and end):
        return pattern
    return f"(?={number}){label.replace(_AMBIGUOUS, _UNAMBIGUOUS)}{end}{number}"
