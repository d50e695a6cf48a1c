"""Every rule's gates, one by one: where a pattern matches, the prefilter must say so, or what it finds is missed.

Texts are made from each pattern itself, then asked for in both databases, alone and between what may stand around them.
"""

import random

import pytest
import regex
from presidio_analyzer import PatternRecognizer

from detectors.text.cards.recognizer import card_recognizers
from detectors.text.languages.catalog import language_recognizers
from detectors.text.national.catalog import national_recognizers
from detectors.text.pii import load_recognizers
from detectors.text.rules import flags_of, patterns_of
from detectors.text.secrets.catalog import secret_recognizers
from tests.unit.detectors.ready import require_prefilter
from tests.unit.detectors.text.made_matches import MadeMatches

ENOUGH, FEWEST = 100, 4
"""Texts that match: as many as are asked for, and as many as there must be, since what is around is not always made."""
MOST = 600
"""Texts made for one pattern."""
AROUND = ("{}", "{}", " {} ", '"{}"', "={}\n", "\n{}", "({})", "{};", ">{}</", "'{}'", "\u00e9 {} \u00e9")

NUMBERS = [*load_recognizers(), *card_recognizers(), *national_recognizers()]
RECOGNIZERS = [*NUMBERS, *language_recognizers(), *secret_recognizers()]
PATTERNS = [
    pytest.param(number, part, id=f"{recognizer.supported_entities[0]}-{part}")
    for number, recognizer in enumerate(RECOGNIZERS)
    if isinstance(recognizer, PatternRecognizer)
    for part in range(len(patterns_of(recognizer)))
]


@pytest.mark.parametrize(("number", "part"), PATTERNS)
def test_a_gate_fires_wherever_its_pattern_matches(number: int, part: int):
    detector, recognizer = require_prefilter(), RECOGNIZERS[number]
    gate = detector._parts.index((number, part))
    pattern, flags = patterns_of(recognizer)[part].regex, flags_of(recognizer)
    compiled, matching = regex.compile(pattern, flags), 0
    pick = random.Random(pattern)  # the same texts, whatever recognisers stand before this one
    makers = [MadeMatches(pattern, flags, pick, wide=wide) for wide in (False, True)]
    for example in range(MOST):
        text = pick.choice(AROUND).format(makers[example % 2].text())
        if compiled.search(text):
            fired = detector._prefilter.fired(text)
            assert fired is None or gate in fired, repr(text)
            matching += fired is not None
        if matching == ENOUGH:
            break
    assert matching >= FEWEST
