"""What the forms of four languages find, on the templates that they were written with and on others; and the gates."""

import random

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.text.code_points import Agreement, differences
from detectors.text.compiler import Compiler
from detectors.text.database import Database, is_available
from detectors.text.deadline import Deadline
from detectors.text.languages.catalog import language_recognizers
from detectors.text.languages.tables import FORMS
from detectors.text.rule_choice import rule_of
from detectors.text.rules import patterns_of
from tests.unit.detectors.plain_loop import PlainLoop
from tests.unit.detectors.ready import find, require_prefilter
from tests.unit.detectors.text.languages.made import HELD_OUT, SHOWN, made

RULES = [rule_of(recognizer) for recognizer in language_recognizers()]
A_TEMPLATE = 12
LANGUAGES = ("de", "fr", "es", "it")


def found(text: str) -> set[tuple[str, int, int]]:
    return {
        (rule.label, hit.start, hit.end)
        for rule in RULES
        for hit in rule.find(text, range(len(rule.gates)), Deadline(60))
    }


def measured(templates: tuple[str, ...], language: str) -> tuple[float, float]:
    """Give recall and precision: a value counts if one finding of its label has at least half of either."""
    rng, right, wrong, missed = random.Random(7), 0, 0, 0
    for template in templates:
        for _ in range(A_TEMPLATE):
            text, values = made(language, template, rng)
            hits = found(text)
            met = {hit for hit in hits if any(_meet(hit, value) for value in values)}
            right += sum(any(_meet(hit, value) for hit in hits) for value in values)
            missed += sum(not any(_meet(hit, value) for hit in hits) for value in values)
            wrong += len(hits - met)
    return right / (right + missed), right / max(1, right + wrong)


def _meet(hit: tuple[str, int, int], value: tuple[str, int, int]) -> bool:
    common = min(hit[2], value[2]) - max(hit[1], value[1])
    return hit[0] == value[0] and 2 * common >= max(hit[2] - hit[1], value[2] - value[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_they_were_written_with_is_found(language):
    recall, precision = measured(SHOWN[language], language)
    assert (recall, precision) >= (0.98, 0.98)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_other_texts_most_is_found_and_little_else(language):
    recall, precision = measured(HELD_OUT[language], language)
    assert recall >= 0.85
    assert precision >= 0.95


ENGLISH = (
    "We talked via Zoom 2 about the Spring 2024 release, then via Windows 10 and Python 3.",
    "Sr. Software Engineer, M. Delete any sections, D. Smith, no. 12 square feet, 5 place settings",
    "Name: Redis Cluster\nClient: ACME 12\nDate: 12/03/1961\nDear Ann,\nKind regards\nAnn Lee",
    "He came on 12 March 1961, order number 4711, room 5, 94103 San Francisco",
    "USB-C 3, AB-123-CD, COVID-19, plaza 5, the avenue 7, a sig. 3",
)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_left_to_others(text):
    assert found(text) == set()


def made_texts(count: int) -> list[str]:
    rng = random.Random(3)
    told = [(language, one) for kind in (SHOWN, HELD_OUT) for language in LANGUAGES for one in kind[language]]
    return [made(language, template, rng).text for language, template in rng.choices(told, k=count)]


PARTS = regex.compile(r"\s|\w+|.")
FORM_LIST = [form for forms in FORMS.values() for form in forms]


@st.composite
def mixed(draw: st.DrawFn) -> str:
    """Parts of made texts, in any order, with other blanks and marks between them."""
    parts = PARTS.findall(" ".join(made_texts(40)))
    pieces = draw(st.lists(st.tuples(st.integers(0, len(parts) - 1), st.integers(1, 12)), max_size=8))
    joints = draw(st.lists(st.sampled_from(["", " ", "\n", "\u00a0", "\t", ".", "-"]), min_size=9, max_size=9))
    return "".join(
        "".join(parts[at : at + length]) + joint for (at, length), joint in zip(pieces, joints, strict=False)
    )


@settings(max_examples=150, deadline=None)
@given(st.one_of(mixed(), st.sampled_from(made_texts(200))))
def test_a_gate_matches_wherever_its_form_does(text):
    for form in FORM_LIST:
        if regex.search(form.expression, text, regex.MULTILINE):
            assert regex.search(form.gate, text, regex.MULTILINE | regex.DOTALL), form.expression


@pytest.mark.skipif(not is_available(), reason="Hyperscan's wheel exists for Linux on x86-64.")
@pytest.mark.parametrize("unicode", [False, True], ids=["ASCII", "Unicode"])
def test_the_prefilter_reports_each_gate_that_matches(unicode):
    gates = [gate for rule in RULES for gate in rule.gates]
    database = Database(Compiler().database(gates, unicode=unicode), 0)
    agreement = Agreement(differences("".join({c for gate in gates for c in gate.expression if not c.isascii()})))
    for text in made_texts(400):
        if text.isascii() == unicode:
            continue
        fired: list[int] = []
        database.scan((agreement.readable(text) or "").encode(), fired)
        matching = {place for place, gate in enumerate(gates) if regex.search(gate.expression, text, regex.MULTILINE)}
        assert matching <= set(fired)


def test_the_detector_finds_what_the_plain_loop_finds():
    detector, loop = require_prefilter(), PlainLoop()
    for text in made_texts(60):
        ours = sorted((f.label, f.start, f.end) for f in find(detector, text))
        assert ours == sorted((label, start, end) for label, start, end, _ in loop.find(text))


@pytest.mark.parametrize("recognizer", language_recognizers(), ids=lambda one: one.name)
def test_each_form_has_a_gate_and_a_score_that_counts(recognizer):
    assert all(pattern.score >= 0.5 for pattern in patterns_of(recognizer))
    assert len(rule_of(recognizer).gates) == len(patterns_of(recognizer))


HOSTILE = {
    "blanks after a label": "geboren am" + " " * 20_000, "capitals with dots": "A." * 10_000 + " straße 5",
    "one long name": "Herr " + "Ab" * 10_000, "hyphens": "A-" * 10_000 + "weg 3", "titles": "Frau " * 4_000,
    "labels": "Kundennummer " * 1_500, "lines": "5\n" * 10_000 + "12345 x", "via": "Via A " * 3_000,
    "houses": "12 rue " * 3_000, "calls": "calle " * 3_500, "regards": "Cordialement " * 1_500,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nasty_texts_take_time_in_proportion_to_their_length(text):
    deadline = Deadline(2.0)
    for rule in RULES:
        rule.find(text, range(len(rule.gates)), deadline)
