"""What recognisers of one's own find, behind a prefilter of their own and without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from presidio_analyzer import Pattern, PatternRecognizer

from detectors.catalog import custom_recognizers, pattern_detector
from detectors.finding import Passage
from detectors.text.custom_file import FLAGS
from detectors.text.database import is_available
from detectors.text.gates import ALWAYS, careful_gate_of
from detectors.text.patterns import PatternDetector, gates_of
from detectors.text.prefilter import Prefilter
from detectors.text.prefilter_cache import PrefilterCache
from tests.parts import missing
from tests.unit.detectors.ready import CACHE

FILE = r"""
recognizers:
  - name: Employees
    supported_entity: EMPLOYEE_NUMBER
    patterns: [{name: number, regex: '\bEMP-\d{6}\b', score: 0.3}]
    supported_languages: [{language: en, context: [badge]}, {language: de, context: [Ausweis]}]
  - {name: Projects, supported_entity: PROJECT, deny_list: [Blue, Blue Heron, C++]}
  - {name: Umlauts, supported_entity: SITE, deny_list: [Köln]}
  - {name: Fuzzy, supported_entity: FUZZY, patterns: [{name: near, regex: '\b(?:heron){s<=1}\b', score: 0.5}]}
  - {name: Perhaps, supported_entity: PERHAPS, patterns: [{name: empty, regex: 'q*(?!b)', score: 0.5}]}
  - {name: Switched off, supported_entity: RESTING, enabled: false, deny_list: [Blue]}
"""


@pytest.fixture(scope="module")
def detectors(tmp_path_factory):
    """One with a prefilter that is ready, and one with none."""
    if not is_available():
        missing("Hyperscan", "Its wheel exists for Linux on x86-64: `pip install hyperscan`.")
    file = tmp_path_factory.mktemp("own") / "recognizers.yaml"
    file.write_text(FILE)
    rules = custom_recognizers(file).rules
    prefilters = [Prefilter(gates_of(rules), PrefilterCache(CACHE)) for _ in range(2)]
    prefilters[0].start()
    assert prefilters[0].wait(100)
    yield [PatternDetector(rules, prefilter, "1", {}) for prefilter in prefilters]
    for prefilter in prefilters:
        prefilter.close()


def found(detector: PatternDetector, text: str) -> list[tuple[str, str, int]]:
    return [(f.label, text[f.start : f.end], f.score_ppm) for f in detector.inspect([Passage("", text)], 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is emp-123456.", [("EMPLOYEE_NUMBER", "emp-123456", 300_000)]),
        ("Her badge EMP-123456", [("EMPLOYEE_NUMBER", "EMP-123456", 650_000)]),
        ("Ausweis EMP-123456", [("EMPLOYEE_NUMBER", "EMP-123456", 650_000)]),
        ("EMP-1234567", []),
        ("about blue\n heron", [("PROJECT", "blue\n heron", 1_000_000), ("FUZZY", "heron", 500_000)]),
        ("blueish, bluebell", []),
        ("in C++, not C+", [("PROJECT", "C++", 1_000_000)]),
        ("nach KÖLN", [("SITE", "KÖLN", 1_000_000)]),
        ("a hexon", [("FUZZY", "hexon", 500_000)]),
        ("qq", [("PERHAPS", "qq", 500_000)]),
    ],
)
def test_they_find(detectors, text, expected):
    assert [found(detector, text) for detector in detectors] == [expected, expected]


@given(st.lists(st.sampled_from(["EMP-", "123456", "blue", " ", "\n", "heron", "hex", "ß", "Kö", "ln", "q", "C++"])))
def test_the_prefilter_hides_nothing(detectors, pieces):
    text = "".join(pieces)
    assert found(detectors[0], text) == found(detectors[1], text)


def test_the_detectors_version_and_labels_tell_of_the_file(tmp_path):
    (tmp_path / "own.yaml").write_text(FILE)
    custom = custom_recognizers(tmp_path / "own.yaml")
    plain, own = pattern_detector(CACHE), pattern_detector(CACHE, custom=custom)
    for detector in (plain, own):
        detector.close()
    assert own.version == f"{plain.version}+custom-{custom.digest}"
    assert own.labels - plain.labels == {"EMPLOYEE_NUMBER", "PROJECT", "SITE", "FUZZY", "PERHAPS"}


def test_a_list_finds_what_presidios_own_finds(detectors):
    text = "Blue, (C++) and blue-ish; Blue_ no.\nblue"
    own = PatternRecognizer("PROJECT", deny_list=["Blue", "C++"], global_regex_flags=FLAGS)
    expected = [text[one.start : one.end] for one in own.analyze(text, ["PROJECT"])]
    assert [value for label, value, _ in found(detectors[1], text) if label == "PROJECT"] == expected


@pytest.mark.parametrize(
    "pattern",
    [r"(?:a){e<=1}", r"a{,3}", r"(?>a)", r"\p{Lu}", r"\mfoo", "Köln", r"[a-z--[aeiou]]", r"[[:alpha:]]", r"\Kfoo",
     r"(a)\1", r"a\Z", r"a{1000}", r"(?|a|b)", r"[a]]", r"\vx", r"(*SKIP)"],
)  # fmt: skip
def test_syntax_that_the_engines_may_read_differently_gets_no_gate_of_its_own(pattern):
    assert careful_gate_of(pattern, FLAGS) == ALWAYS


@pytest.mark.parametrize(
    "pattern", [r"\bEMP-\d{6}\b", r"(?<!\w)(?:Blue\s+Heron|C\+\+)(?!\w)", r"[A-Z]{2,}[^\s-]x?", r"(?P<a>x|y){1,3}$"]
)
def test_plain_syntax_is_its_own_gate(pattern):
    assert careful_gate_of(pattern, FLAGS).expression == pattern
    assert careful_gate_of(pattern, 0) == ALWAYS
    assert Pattern("x", pattern, 0.5).regex == pattern
