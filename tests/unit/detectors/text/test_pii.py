import subprocess
import sys
from pathlib import Path

import pytest
from presidio_analyzer import PatternRecognizer

from detectors.text.pii import HOPELESS, load_recognizers
from detectors.text.rules import patterns_of
from tests.unit.detectors.ready import find, require_prefilter

TRUE = [
    ("EMAIL_ADDRESS", "ann.lee@example.co.uk", "write to {} please"),
    ("PHONE_NUMBER", "212-555-0143", "call {}"),
    ("PHONE_NUMBER", "+49 30 901820", "call {}."),
    ("CREDIT_CARD", "4111 1111 1111 1111", "card {}"),
    ("IBAN_CODE", "DE89 3704 0044 0532 0130 00", "to {}"),
    ("US_SSN", "536-22-8412", "it is {}"),
    ("IP_ADDRESS", "192.168.17.4", "host {}"),
    ("MAC_ADDRESS", "00:1b:44:11:3a:b7", "card {}"),
    ("URL", "https://docs.example.org/start", "see {}"),
    ("UK_NHS", "401-023-2137", "patient {}"),
    ("UK_NINO", "AB 12 34 56 C", "number {}"),
    ("CRYPTO", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "to {}"),
    ("DATE_TIME", "2024-05-17", "on {}"),
    ("UUID", "123e4567-e89b-12d3-a456-426614174000", "id {}"),
    ("AU_TFN", "876 543 210", "tfn {}"),
    ("IN_AADHAAR", "312345678909", "id {}"),
    ("SG_NRIC_FIN", "S2740116C", "nric {}"),
    ("US_BANK_NUMBER", "945456787654", "account {}"),
    ("US_PASSPORT", "912803456", "passport {}"),
]
NEAR_MISSES = [
    ("EMAIL_ADDRESS", "ann.lee@example.notatld"),
    ("PHONE_NUMBER", "in 2024 we sold 1200 of them"),
    ("CREDIT_CARD", "4111 1111 1111 1112"),
    ("IBAN_CODE", "DE89 3704 0044 0532 0130 01"),
    ("US_SSN", "000-12-3456"),
    ("IP_ADDRESS", "version 1.2.3"),
    ("UK_NHS", "401-023-2138"),
    ("CRYPTO", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"),
    ("IN_AADHAAR", "312345678901"),
]


@pytest.mark.parametrize(("label", "value", "around"), TRUE, ids=[f"{label}-{n}" for n, (label, *_) in enumerate(TRUE)])
def test_an_identifier_is_found_where_it_is(label, value, around):
    text = around.format(value)
    found = {(f.label, text[f.start : f.end]) for f in find(require_prefilter(), text)}
    assert (label, value) in found


@pytest.mark.parametrize(("label", "text"), NEAR_MISSES, ids=[label for label, _ in NEAR_MISSES])
def test_what_fails_its_check_is_not_that_identifier(label, text):
    assert label not in {f.label for f in find(require_prefilter(), text)}


def test_context_words_raise_weak_hits_above_the_usual_threshold():
    weak, strong = (
        max(f.score_ppm for f in find(require_prefilter(), text) if f.label == "US_BANK_NUMBER")
        for text in ("it is 945456787654", "my bank account is 945456787654")
    )
    assert (weak, strong) == (50_000, 400_000)


def test_patterns_that_say_nothing_are_left_out():
    unchecked = [
        recognizer
        for recognizer in load_recognizers()
        if isinstance(recognizer, PatternRecognizer)
        and type(recognizer).validate_result is PatternRecognizer.validate_result
    ]
    assert len(unchecked) > 20
    assert all(pattern.score >= HOPELESS for recognizer in unchecked for pattern in patterns_of(recognizer))


def test_countries_choose_the_national_identifiers():
    labels = {recognizer.supported_entities[0] for recognizer in load_recognizers(countries=["uk"])}
    assert {"UK_NINO", "EMAIL_ADDRESS", "IBAN_CODE"} <= labels
    assert not any(label.startswith(("US_", "AU_", "IN_")) for label in labels)


OFFLINE = """
import socket
def refuse(*_): raise AssertionError("called out")
socket.socket.connect = socket.getaddrinfo = refuse
from detectors.catalog import pattern_rules
from detectors.text.deadline import Deadline
rules = {rule.label: rule for rule in pattern_rules()}
print([hit.score for hit in rules["EMAIL_ADDRESS"].find("ann@example.co.uk", (0,), Deadline(9))])
"""


def test_nothing_is_fetched_and_nothing_written_to_the_home_folder(tmp_path):
    environment = {"HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(Path(__file__).parents[4])}
    answer = subprocess.run(
        [sys.executable, "-c", OFFLINE], env=environment, capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert answer.stdout.strip() == "[1.0]"
    assert list(tmp_path.iterdir()) == []


def test_text_that_cannot_be_validated_reaches_no_log(caplog):
    with caplog.at_level(10):
        find(require_prefilter(), "GB82 WEST 1234 5698 7654 3\u212a and mail x@y.example.com")
    assert "WEST" not in caplog.text
