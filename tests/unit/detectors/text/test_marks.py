"""What is searched only near a mark finds what the whole text gives, on texts made of what the patterns are made of."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import EntityRecognizer
from presidio_analyzer.predefined_recognizers import IbanRecognizer

from detectors.text.deadline import Deadline
from detectors.text.pii import FLAGS, load_recognizers
from detectors.text.rule_choice import rule_of
from detectors.text.rules import AnalyzeRule, patterns_of
from detectors.text.scan_choice import mark_of
from detectors.text.scans import Mark, Near
from detectors.text.secrets.assignments import ASSIGNMENTS
from detectors.text.secrets.kind import recognizer_of

ODD = ["\u00e9", "\u0301", "\u017f", "\u212a", "\uff15", "\u0665", "\u00a0", "\n", "_", " ", "x"]
IBAN = ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "NO93-8601-1117-947", "de89370400440532013000"]
IBAN += ["AB12", "XX", "12", "1234", "AB12CDEF", " ", "-", " 2 days", "DE89", "3704", "0", "A", *ODD]
NAMES = ["password", "PASSPHRASE", "secret_key", "encryption-key", "token", "pwd", "api_key"]
ASSIGNED = [*NAMES, *NAMES, ":", "=", "=>", ":=", '"', "'", "`", "]", " ", "    ", "b", "u", "tr0ub4dor&3", "7a" * 126]
ASSIGNED += ["k9" * 4, '": "', '="', *ODD]


def texts(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=16).map("".join)


@pytest.fixture(scope="module")
def iban() -> IbanRecognizer:
    (recognizer,) = (one for one in load_recognizers() if isinstance(one, IbanRecognizer))
    return recognizer


def test_account_numbers_are_looked_for_near_their_check_digits(iban):
    assert mark_of([pattern.regex for pattern in patterns_of(iban)], FLAGS)
    assert mark_of([f"{pattern.regex}x" for pattern in patterns_of(iban)], FLAGS) is None


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


def test_marks_that_are_near_each_other_share_a_window():
    mark = Mark(regex.compile("m"), before=2, after=3)
    assert list(mark.windows("m....m.......m")) == [(0, 9), (11, 14)]
    assert list(mark.windows("....")) == []
