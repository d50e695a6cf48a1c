"""The linear scans against the pattern's own `finditer`, on texts made of what the patterns are made of."""

import time
from functools import cache

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.text.deadline import Deadline
from detectors.text.linear_scans import EmailScan, MemberNumberScan, UrlScan, any_of
from detectors.text.pii import FLAGS, load_recognizers
from detectors.text.rules import patterns_of
from detectors.text.scan_choice import scan_of
from detectors.text.scans import NearDigits, Scan, WholeText
from tests.pace import within

ODD = ["\u00e9", "\u0301", "\u017f", "\u212a", "\uff15", "\u0665", "\u00a0", "\n", "_", "@", " "]
EMAIL = [*"ab1.-+!'@@ ,", "a@b.co", "@b-c.de", "..", "--", "xn--", *ODD]
URL = [".co", ".com", ".a", "www", "www1.", "www12\u0663.", "/p", *"a1.-/ ,'\"", "a." * 60, "b" * 250, "b" * 254, *ODD]
MEMBER = [*"AbC19-- ,", "ABC12345", "A-1234567", "AB-", "abcdefg", *ODD]
LABELLED = [
    "claim",
    "claim no.",
    "rx",
    "prescription #",
    "referral",
    "provider tax id",
    "authorization",
    "CLM-",
    ":",
    *ODD,
]
DIGITS = ["1", "23", "456", "7890", "123456789", "536-22-8412", *"-. :", " " * 20, "a" * 24, "b" * 23, *ODD]
LABELLED += ["  ", "#", "id", "1234567", "12-3456789", "INF", "RX-123456", "5"]


@cache
def patterns() -> dict[str, str]:
    named = (r for r in load_recognizers() if hasattr(r, "patterns"))
    return {f"{r.supported_entities[0]} {p.name}": p.regex for r in named for p in patterns_of(r)}


def named(part: str) -> list[str]:
    return [pattern for name, pattern in patterns().items() if part in name]


@cache
def scan(pattern: str) -> Scan:
    return scan_of(pattern, FLAGS)


def compare(pattern: str, text: str) -> None:
    plain = [match.span() for match in regex.compile(pattern, FLAGS).finditer(text)]
    assert list(scan(pattern).spans(text, Deadline(60))) == plain


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("EMAIL_ADDRESS Email (Medium)", EmailScan),
        ("URL Non schema URL", UrlScan),
        ("US_HEALTH_INSURANCE_MEMBER_ID Health insurance member ID (weak)", MemberNumberScan),
    ],
)
def test_the_slow_patterns_of_presidio_are_the_ones_that_were_read(name, kind):
    assert isinstance(scan(patterns()[name]), kind)


def test_domains_are_told_as_by_the_list_of_them():
    plain = named("Non schema URL")[0].removeprefix(UrlScan.HEAD + "[.]").removesuffix(UrlScan.TAIL)
    words = [word.strip("(?:)") for word in plain.split("|")]
    listed, joined = (regex.compile(one, FLAGS) for one in (plain, any_of(words)))
    assert len(words) > 600
    for word in words:
        for text in (
            word,
            word.upper(),
            f"{word}com",
            f"{word}-",
            word[:-1],
            f"{word[:2]}s",
            word[1:],
            f"{word}\u017f",
        ):
            ends = [match and match.end() for match in (listed.match(text), joined.match(text))]
            assert ends[0] == ends[1], text


@given(st.lists(st.text("abs-", min_size=1, max_size=4), min_size=1, max_size=8), st.text("abs-SA\u017f", max_size=6))
def test_the_first_of_some_words_that_matches_is_taken(words, text):
    listed, joined = (regex.compile(one, FLAGS) for one in (f"(?:{'|'.join(words)})", any_of(words)))
    ends = [match and match.end() for match in (listed.match(text), joined.match(text))]
    assert ends[0] == ends[1]


def test_a_changed_pattern_is_searched_plainly():
    assert isinstance(scan(EmailScan.PATTERN + "x"), WholeText)


def texts(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=14).map("".join)


@settings(max_examples=800)
@given(texts(EMAIL))
def test_e_mail_addresses_are_those_of_the_pattern(text):
    compare(EmailScan.PATTERN, text)


@settings(max_examples=800)
@given(texts(URL))
def test_web_addresses_are_those_of_the_pattern(text):
    compare(named("Non schema URL")[0], text)


@settings(max_examples=800)
@given(texts(MEMBER))
def test_member_numbers_are_those_of_the_pattern(text):
    compare(MemberNumberScan.PATTERN, text)


@settings(max_examples=300)
@given(texts(LABELLED))
def test_labelled_numbers_are_those_of_the_patterns(text):
    labelled = [pattern for pattern in patterns().values() if pattern.startswith("(?<=")]
    assert len(labelled) == 6
    for pattern in labelled:
        compare(pattern, text)


@settings(max_examples=500)
@given(texts(DIGITS))
def test_numbers_of_nine_digits_and_more_are_those_of_the_patterns(text):
    near = [pattern for pattern in patterns().values() if isinstance(scan(pattern), NearDigits)]
    assert len(near) == 8
    for pattern in near:
        compare(pattern, text)


HOSTILE = {
    "dots before an at": (EmailScan.PATTERN, lambda n: "a." * (n // 2) + "@b.co"),
    "many ats": (EmailScan.PATTERN, lambda n: "a@" * (n // 2)),
    "a domain without an end": (EmailScan.PATTERN, lambda n: "a@" + "b-" * (n // 2)),
    "a domain of dots": (EmailScan.PATTERN, lambda n: "a@" + "b." * (n // 2)),
    "digits and hyphens": (MemberNumberScan.PATTERN, lambda n: "1-" * (n // 2)),
    "letters, digits and hyphens": (MemberNumberScan.PATTERN, lambda n: "A1-" * (n // 3)),
    "letters, then a digit": (MemberNumberScan.PATTERN, lambda n: "abcdef-" * (n // 7) + "1"),
    "hosts without a domain": ("Non schema URL", lambda n: "a." * (n // 2)),
    "cut hosts before a domain": ("Non schema URL", lambda n: ("a." * 100 + "_.co") * (n // 204)),
    "one domain behind another": ("Non schema URL", lambda n: ".co" * (n // 3)),
    "short hosts with a domain": ("Non schema URL", lambda n: "a.co_" * (n // 5)),
    "long hosts with a domain": ("Non schema URL", lambda n: ("b" * 260 + ".co" + "b" * 260 + "_") * (n // 524)),
    "dots around a domain": ("Non schema URL", lambda n: ("a." * 130 + "co" + ".a" * 130 + "_") * (n // 523)),
    "nothing but www": ("Non schema URL", lambda n: "www." * (n // 4)),
    "www before dots and a domain": ("Non schema URL", lambda n: ("www.\u0665www1." + "a." * 126 + "co_") * (n // 267)),
    "blanks between label and number": ("Claim number (labelled)", lambda n: "claim" + " " * n + "1234567"),
    "blanks around a colon": ("Claim number (labelled)", lambda n: "x" + " " * n + ":" + " " * n + "1234567"),
    "blanks behind a label": ("Claim number (labelled)", lambda n: "claim" + " " * n + "12345"),
}


@pytest.mark.parametrize(("pattern", "make"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_of_100_000_characters_takes_less_than_two_seconds(pattern, make):
    assert _seconds(scan(pattern if "\\" in pattern else named(pattern)[0]), make(100_000)) < within(2)


def _seconds(one: Scan, text: str) -> float:
    began = time.thread_time()
    list(one.spans(text, Deadline(10)))
    return time.thread_time() - began


@pytest.mark.parametrize("name", ["Email (Med", "Non schema URL", "Standard Url", "Health insurance", "Itin (weak)"])
def test_a_deadline_that_has_passed_raises(name):
    with pytest.raises(TimeoutError):
        list(scan(named(name)[0]).spans("a@b.co http://b.co A1234567 911881234", Deadline(-1)))
