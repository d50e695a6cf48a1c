"""Equality with the plain loop over real texts, where a folder of them is at hand."""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from detectors.text.patterns import PPM
from tests.unit.detectors.plain_loop import PlainLoop
from tests.unit.detectors.ready import find, require_prefilter

LINES_A_FILE = 12
MAX_CHARS = 3_000


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


@pytest.mark.integration
def test_real_texts_give_what_the_plain_loop_gives():
    folder = os.environ.get("AIRLOCK_DATA")
    if not folder:
        pytest.skip("Name a folder of .jsonl files in AIRLOCK_DATA to compare on real texts.")
    files = sorted(Path(folder).rglob("*.jsonl"))
    assert files, "no .jsonl files in AIRLOCK_DATA"
    pick, loop, detector, compared = random.Random(11), PlainLoop(), require_prefilter(), 0
    for file in files:
        lines = file.read_text().splitlines()
        for line in pick.sample(lines, min(LINES_A_FILE, len(lines))):
            text = "\n".join(strings(json.loads(line)))[:MAX_CHARS]
            ours = sorted((f.label, f.start, f.end, f.score_ppm) for f in find(detector, text))
            theirs = sorted((label, start, end, round(score * PPM)) for label, start, end, score in loop.find(text))
            assert ours == theirs, file.name
            compared += len(theirs)
    assert compared > 100
