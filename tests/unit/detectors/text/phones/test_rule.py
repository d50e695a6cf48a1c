import json
import random
import time
from contextlib import suppress

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from detectors.text.deadline import Deadline
from detectors.text.gates import SHORTEST_PHONE
from detectors.text.phones.numbering import REGIONS
from detectors.text.phones.rule import PhoneRule
from tests.pace import within

PRESIDIO = PhoneRecognizer()
RULE = PhoneRule(PRESIDIO)


def spans(text: str) -> list[tuple[int, int]]:
    return sorted((hit.start, hit.end) for hit in RULE.find(text, (0,), Deadline(60)))


def spans_of_presidio(text: str) -> list[tuple[int, int]]:
    return sorted((result.start, result.end) for result in PRESIDIO.analyze(text, [], None))


@pytest.mark.parametrize("digits", range(1, SHORTEST_PHONE))
def test_no_number_is_shorter_than_the_gate_allows(digits):
    regions = PRESIDIO.supported_regions
    for value in range(10**digits):
        text = str(value).zfill(digits)
        assert not any(_is_valid(text, region) for region in regions), text


def _is_valid(text: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False


@pytest.mark.parametrize(
    "text",
    [
        "212-555-0143",
        "(020) 7946 0958 or +44 20 7946 0958",
        "+1 (650) 253-0000 ext. 123",
        "650 253 0000 x12 and 1640",
        "1640",
        "0012 and 00111",
        "12:34:56 2024-05-17 08:00",
        "pp. 1234-1239, 2001",
        "abc2125550143 2125550143abc",
        "2125550143/2125550144",
        "one line 212-555\nand the next 0143",
        "\uff0b\uff14\uff19 \uff13\uff10 901820 and \u0662\u0661\u0662-555-0143",
    ],
)
def test_spans_are_those_of_presidio(text):
    assert spans(text) == spans_of_presidio(text)


NUMBERS = ["212-555-0143", "+49 30 901820", "1640", "01641", "0012", "020 7946 0958"]
NUMBERS += ["011 49 1640", "00 49 1640", "0049-1641", "123.456", "011 44 7", "\uff10\uff10 49 1640", "654321"]
NUMBERS += ["442079460958", "0155 11 98765-4321", "(650) 253-0000"]
LABELS = [" ext 1234567890", " int 1234567890123", "text 12345678", "anexo 1234567", "1 / x5", "- 503#", "      503#"]
PIECES = [
    *NUMBERS,
    *LABELS,
    "192.168.1.1",
    "2024-01-02 08",
    "3/10/2011",
    "1,234,567",
    ";ext=77",
    "x5",
    "ext. 9",
    "12:34",
    "2024",
    "2024-01-02",
]
GLUE = ["      ", "[", "~", "X", " ", "-", " / ", "\n", ", ", " a ", "e", "x", "b", "(", ")", "+", "%", ".", ":", ""]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GLUE)), max_size=6))
def test_spans_are_those_of_presidio_however_numbers_meet(parts):
    text = "".join(piece + glue for piece, glue in parts)
    assert spans(text) == spans_of_presidio(text)


CHOSEN = [("ES", "IT"), ("AT", "CH", "DE"), ("SH", "NU", "IR", "UY"), ("MX", "AR", "AG"), ("JP", "CN", "RU")]
ABROAD = ["912 345 678", "06 1234 5678", "01 5134567", "044 668 18 00", "1640", "11 2345 6789", "03-1234-5678", "2210"]


@pytest.mark.parametrize("regions", CHOSEN, ids=" ".join)
def test_spans_are_those_of_presidio_with_other_regions(regions):
    presidio = PhoneRecognizer(supported_regions=regions)
    rule, rng = PhoneRule(presidio), random.Random(5)
    for _ in range(60):
        text = "".join(rng.choice([*ABROAD, *PIECES]) + rng.choice(GLUE) for _ in range(rng.randint(1, 5)))
        ours = sorted((hit.start, hit.end) for hit in rule.find(text, (0,), Deadline(60)))
        assert ours == sorted((result.start, result.end) for result in presidio.analyze(text, [], None)), text


def test_no_region_has_a_valid_number_that_the_gate_leaves_out():
    metadata = [phonenumbers.PhoneMetadata.metadata_for_region(region) for region in REGIONS]
    lengths = {length for one in metadata for length in one.general_desc.possible_length if length > 0}
    assert min(lengths) >= SHORTEST_PHONE


def test_a_deadline_that_has_passed_raises():
    with pytest.raises(TimeoutError):
        RULE.find("212-555-0143", (0,), Deadline(-1))


@pytest.mark.parametrize(
    "text",
    [
        "415 555 0132 " * 1_500,
        "1 2 3 4 " * 2_500,
        "\uff11\uff12\uff13\uff14\uff15 " * 3_000,
        "1/" * 10_000,
        ", ".join(f"{year:04}" for year in range(3_300)),
    ],
    ids=["numbers", "single digits", "full-width digits", "slashes", "years"],
)
def test_a_search_of_digits_ends_soon_after_its_deadline(text):
    assert min(_worked(text) for _ in range(3)) < within(0.1)


def _worked(text, limit=0.02):
    """Give the seconds that one search worked; the garbage of other tests may be collected in the middle of it."""
    began = time.thread_time()
    with suppress(TimeoutError):
        RULE.find(text, (0,), Deadline(limit))
    return time.thread_time() - began


def test_a_number_in_each_of_6_000_rows_takes_less_than_a_second():
    rows = [{"n": number, "phone": 442079460958} for number in range(6_000)]
    assert min(_worked(json.dumps({"phones": rows}), 60) for _ in range(3)) < within(1)


def test_other_threads_get_their_turn_while_digits_are_searched(monkeypatch):
    rests = []
    monkeypatch.setattr("detectors.text.phones.rule.sleep", lambda seconds: rests.append(time.sleep(seconds)))
    with suppress(TimeoutError):
        RULE.find("".join(f"415 555 {number:04} " for number in range(10_000)), (0,), Deadline(0.5))
    assert (
        len(rests) > 150
    )  # in half a second of work; a thread that never rests keeps others waiting for 5 ms each time
