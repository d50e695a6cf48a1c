"""Every kind of secret, made up from its own form, in the places where secrets are found. None of them ever worked."""

import random

import pytest
import regex

from detectors.text.patterns import PPM
from detectors.text.rules import flags_of, patterns_of
from detectors.text.secrets.catalog import KINDS, secret_recognizers
from tests.unit.detectors.ready import find, require_prefilter
from tests.unit.detectors.text.made_matches import MadeMatches

PLACES = {
    "a setting": "region=eu-west-1\nX={}\nY=1\n",
    "JSON": '{{"a": 1, "b": "{}", "c": null}}',
    "JSON in JSON": '{{"log": "first\\n{}\\nlast"}}',
    "YAML": "service:\n  x: {}\n  y: 2\n",
    "code": "client = Client('{}')  # not for production",
    "a command": 'curl -s -H "X-Thing: {}" https://api.example.com/v1/things',
    "a sentence": "Why does ({}) no longer work?",
    "a sentence with accents": "Pourquoi « {} » ne marche plus, d\u00e9j\u00e0 ?",
    "the end": "it ends with {}",
}
PROVEN = {"SECRET_AGE_KEY", "SECRET_BITCOIN_KEY", "SECRET_DISCORD_TOKEN", "SECRET_JWT", "SECRET_BASIC_AUTHORIZATION"}
"""Their checks want more than a form: samples of these stand in `test_catalog.py`."""
TOKENS = [
    pytest.param(number, id=kind.label)
    for number, kind in enumerate(KINDS)
    if kind.forms[0].expression.startswith(r"(?:(?<![A-Za-z0-9_-])") and kind.label not in PROVEN
]
RECOGNIZERS = secret_recognizers()
EXAMPLES = 5


def made(number: int, count: int) -> list[str]:
    """Make tokens of the kind's first form that pass its check."""
    recognizer, pick = RECOGNIZERS[number], random.Random(number)
    pattern, flags = patterns_of(recognizer)[0].regex, flags_of(recognizer)
    compiled, maker, tokens = regex.compile(pattern, flags), MadeMatches(pattern, flags, pick), []
    for _ in range(count * 100):
        match = compiled.search(maker.text())
        if match and recognizer.validate_result(match.group()) is not False:
            tokens.append(match.group())
        if len(tokens) == count:
            break
    return tokens


def plain(number: int, text: str) -> set[tuple[str, int, int, int]]:
    """Give what Presidio's own search by this recogniser finds."""
    recognizer = RECOGNIZERS[number]
    results = recognizer.analyze(text, recognizer.supported_entities)
    return {(one.entity_type, one.start, one.end, round(one.score * PPM)) for one in results}


@pytest.mark.parametrize("number", TOKENS)
def test_a_token_is_found_wherever_it_stands_as_the_plain_search_finds_it(number: int):
    detector, label = require_prefilter(), KINDS[number].label
    tokens = made(number, EXAMPLES)
    assert len(tokens) == EXAMPLES
    for token in tokens:
        for place in PLACES.values():
            text = place.format(token)
            ours = {(f.label, f.start, f.end, f.score_ppm) for f in find(detector, text) if f.label == label}
            assert ours == plain(number, text)
            start = text.index(token)
            assert any(first <= start and last >= start + len(token) for _, first, last, _ in ours), text


def test_labels_say_that_they_are_secrets_and_are_told_once():
    labels = [kind.label for kind in KINDS]
    assert all(label.startswith("SECRET_") for label in labels)
    assert len(labels) == len(set(labels))
