"""What is searched only near a mark finds what the whole text gives, on texts made of what the patterns are made of."""

from functools import cache

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import EntityRecognizer, PatternRecognizer
from presidio_analyzer.predefined_recognizers import IbanRecognizer

from detectors.text.deadline import Deadline
from detectors.text.national.catalog import national_recognizers
from detectors.text.pii import FLAGS, load_recognizers
from detectors.text.rule_choice import rule_of
from detectors.text.rules import AnalyzeRule, PatternRule, flags_of, patterns_of
from detectors.text.scan_choice import mark_of
from detectors.text.scans import Mark, Near, compiled
from detectors.text.secrets.assignments import ASSIGNMENTS
from detectors.text.secrets.kind import recognizer_of

ODD = ["\u00e9", "\u0301", "\u017f", "\u212a", "\uff15", "\u0665", "\u00a0", "\n", "_", " ", "x"]
IBAN = ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "NO93-8601-1117-947", "de89370400440532013000"]
IBAN += ["AB12", "XX", "12", "1234", "AB12CDEF", " ", "-", " 2 days", "DE89", "3704", "0", "A", *ODD]
NAMES = ["password", "PASSPHRASE", "secret_key", "encryption-key", "token", "pwd", "api_key"]
CARD = ["4111 1111 1111 1111", "5500-0000-0000-0004", "3782822463100051", "4", "1", "7", "9999", "123", "1111", "55"]
CARD += ["1234567890123", " ", "-", "  ", *ODD]
VAT = [
    "AT U12345678",
    "atu12345678",
    "CHE-116.281.710",
    "che116281710",
    "ESX1234567X",
    "ES X-1234567-4",
    "RO123456",
    "IE1A12345W",
]
VAT += [
    "NL123456782B90",
    "FR 83 404 833 048",
    "BE 0428.759.497",
    "PL",
    "IE",
    "it",
    "is ",
    "DE",
    "de",
    "U",
    "B",
    "1234567",
    "12",
]
VAT += ["3", " ", ".", "-", "x", *ODD]
ASSIGNED = [*NAMES, *NAMES, ":", "=", "=>", ":=", '"', "'", "`", "]", " ", "    ", "b", "u", "tr0ub4dor&3", "7a" * 126]
ASSIGNED += ["k9" * 4, '": "', '="', *ODD]


def texts(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=16).map("".join)


@pytest.fixture(scope="module")
def iban() -> IbanRecognizer:
    (recognizer,) = (one for one in load_recognizers() if isinstance(one, IbanRecognizer))
    return recognizer


def test_account_numbers_are_looked_for_near_their_check_digits(iban):
    assert mark_of([pattern.regex for pattern in patterns_of(iban)])
    assert mark_of([f"{pattern.regex}x" for pattern in patterns_of(iban)]) is None


@settings(max_examples=500)
@given(text=texts(IBAN))
def test_account_numbers_are_those_of_presidio(iban, text):
    rule = rule_of(iban)
    assert isinstance(rule, AnalyzeRule)
    rule._context = None
    theirs = EntityRecognizer.remove_duplicates(iban.analyze(text, iban.supported_entities))
    ours = sorted(tuple(hit) for hit in rule.find(text, (0,), Deadline(60)))
    assert ours == sorted((one.start, one.end, one.score) for one in theirs)


@settings(max_examples=800)
@given(text=texts(ASSIGNED))
def test_values_in_quotes_are_those_of_the_pattern(text):
    form = ASSIGNMENTS[0].forms[0]
    recognizer = recognizer_of(ASSIGNMENTS[0])
    flags = recognizer.global_regex_flags
    scan = recognizer.scan(form.expression, flags)
    assert isinstance(scan, Near)
    plain = [match.span() for match in regex.compile(form.expression, flags).finditer(text)]
    assert list(scan.spans(text, Deadline(60))) == plain


@cache
def searches(*labels: str) -> list[tuple[Near, "regex.Pattern[str]"]]:
    """Give the searches near marks of some recognisers, or of all of states' numbers, with their patterns."""
    recognizers = [one for one in load_recognizers() if one.supported_entities[0] in labels]
    states = [one for one in national_recognizers() if not labels or one.supported_entities[0] in labels]
    found = []
    for recognizer in (*recognizers, *states):
        rule = rule_of(recognizer)
        assert isinstance(recognizer, PatternRecognizer)
        assert isinstance(rule, PatternRule)
        for pattern, (scan, _) in zip(patterns_of(recognizer), rule._parts, strict=True):
            if isinstance(scan, Near):
                found.append((scan, regex.compile(pattern.regex, flags_of(recognizer))))
    return found


def compare(text: str, *labels: str) -> None:
    for scan, pattern in searches(*labels):
        assert list(scan.spans(text, Deadline(60))) == [match.span() for match in pattern.finditer(text)]


@settings(max_examples=800)
@given(text=texts(CARD))
def test_card_numbers_are_those_of_the_pattern(text):
    assert len(searches("CREDIT_CARD")) == 1
    compare(text, "CREDIT_CARD")


@settings(max_examples=1_500)
@given(text=texts(VAT))
def test_vat_numbers_are_those_of_the_pattern(text):
    assert len(searches("EU_VAT_ID")) == 1
    compare(text, "EU_VAT_ID")


@settings(max_examples=60, deadline=None)
@given(text=texts(VAT + CARD), times=st.sampled_from([1, 1, 200]))
def test_state_numbers_are_those_of_the_patterns_in_thin_and_in_dense_digits(text, times):
    assert len(searches()) > 40
    compare(f"{text} and more words then\n" * times)


@pytest.mark.parametrize(
    ("pattern", "counts"),
    [
        (r"\b[0-9]{9}\b", False),
        (r"(?<!\w)(?:[0-9] ?){3}(?![-.][0-9])", False),
        ("[a-c]", True),
        (r"(\w)\1", True),
        (r"\x41", True),
        (r"\p{Lu}", True),
        ("(?i:[0-9])", True),
        ("\u00e9", True),
    ],
)
def test_case_is_ignored_where_it_counts(pattern, counts):
    assert bool(compiled(pattern, FLAGS).flags & regex.IGNORECASE) is counts


def test_marks_that_are_near_each_other_share_a_window():
    mark = Mark(regex.compile("m"), before=2, after=3)
    assert list(mark.windows("m....m.......m")) == [(0, 9), (11, 14)]
    assert list(mark.windows("....")) == []
