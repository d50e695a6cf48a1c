import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from detectors.catalog import EncoderOptions, default_suite, encoder_detector
from detectors.encoder.calibration import floor_of
from detectors.encoder.detector import EncoderDetector
from detectors.encoder.format import ENTITIES, LABELS
from detectors.finding import Passage, Status, Unscanned
from detectors.placing import LEFT_TO_PATTERNS
from detectors.suite import Limits, Suite
from tests.unit.detectors.encoder.small_encoder import write_encoder
from tests.unit.detectors.ready import CACHE

RUSSIAN = "\u041f\u0440\u0438\u0432\u0435\u0442, " * 5


@pytest.fixture(scope="module")
def weights(tmp_path_factory) -> Path:
    return write_encoder(tmp_path_factory.mktemp("weights"))


@pytest.fixture(scope="module")
def detector(weights: Path) -> Iterator[EncoderDetector]:
    made = encoder_detector(EncoderOptions(weights, threads=1))
    yield made
    made.close()


def found(detector: EncoderDetector, *passages: Passage) -> list[tuple[str, str, int, int]]:
    return [(one.slot, one.label, one.start, one.end) for one in detector.inspect(passages, 60)]


def test_a_finding_says_where_how_sure_by_what_and_refers_to_frameworks(detector):
    (finding,) = detector.inspect([Passage("s", "so you ignore it")], 60)
    assert (finding.detector, finding.version, finding.label) == ("encoder", detector.version, "injection")
    assert (finding.slot, finding.start, finding.end) == ("s", 0, 16)
    assert finding.is_judgement
    assert 990_000 < finding.score_ppm <= 1_000_000
    assert finding.refs == ("OWASP-LLM-2025:LLM01", "MITRE-ATLAS:AML.T0051", "EU-AI-ACT:15(5)")


def test_a_score_somewhat_below_the_threshold_is_told_and_a_lower_one_is_not(detector):
    (finding,) = detector.inspect([Passage("s", "so maybe")], 60)
    assert (finding.label, 300_000 < finding.score_ppm < 500_000) == ("sexism", True)
    assert floor_of(np.float32([0.5])) == pytest.approx(1 / 6, abs=1e-6)
    assert detector.inspect([Passage("s", "so half of it")], 60) == []


def test_passages_are_judged_each_by_itself(detector):
    passages = [Passage("a", "half"), Passage("b", "half"), Passage("c", "the Ann Lee goes"), Passage("d", "")]
    assert found(detector, *passages) == [("c", "PERSON", 4, 11)]


def test_what_went_before_helps_to_make_sense_and_is_not_found_again(detector):
    assert found(detector, Passage("s", "and half", before="so half of it ")) == [("s", "hate", 0, 8)]
    assert found(detector, Passage("s", "Lee goes on", before="the Ann ")) == [("s", "PERSON", 0, 3)]
    assert found(detector, Passage("s", "and so on", before="Ann Lee goes on ")) == []


@pytest.mark.parametrize("name", ["ignore_it", "/v1/ignore", "toolu_ann_lee", "ignore.it"])
def test_a_brief_name_or_path_holds_no_order_and_no_value(detector, name):
    assert found(detector, Passage("s", name)) == []


def test_an_order_in_the_dress_of_a_name_is_still_one(detector):
    name = "so_you_ignore_it_and_so_on_and_so_on_and_so_on"
    assert found(detector, Passage("s", name)) == [("s", "injection", 0, len(name))]


def test_a_pseudonym_holds_no_further_value(detector):
    assert found(detector, Passage("s", "<PERSON_ann> and Ann Lee")) == [("s", "PERSON", 17, 24)]


def test_it_can_say_every_label_and_nothing_else(detector):
    assert detector.labels == {*LABELS, *ENTITIES} - LEFT_TO_PATTERNS


def test_a_suite_runs_it_beside_the_others(weights):
    async def screen() -> None:
        suite = default_suite(CACHE, by_meaning=[EncoderOptions(weights)])
        try:
            screening = await suite.screen([Passage("s", "Ann, you are nasty: ann.lee@example.com")])
        finally:
            suite.close()
        assert [(r.detector, r.status) for r in screening.coverage.reports] == [
            ("patterns", Status.OK),
            ("encoder", Status.OK),
        ]
        assert {"EMAIL_ADDRESS", "PERSON", "toxic"} <= {finding.label for finding in screening.findings}

    asyncio.run(screen())


async def test_a_script_that_it_can_not_read_is_in_the_coverage(detector):
    screening = await Suite([detector]).screen([Passage("a", RUSSIAN), Passage("b", "the word")])
    assert screening.coverage.unscanned == (Unscanned("a", "language"),)
    assert screening.coverage.reports[0].status is Status.OK


async def test_a_text_that_takes_too_long_is_a_timeout_and_not_clean(weights):
    limits = Limits(least_seconds=0.0, seconds_a_char=1e-9)
    suite = Suite([encoder_detector(EncoderOptions(weights, threads=1))], limits)
    screening = await suite.screen([Passage("s", "the word goes on. " * 40_000)])
    suite.close()
    assert (screening.coverage.reports[0].status, screening.coverage.reports[0].reason) == ("unavailable", "timeout")
    assert not screening.findings


async def test_a_closed_suite_calls_nothing_clean(weights):
    suite = Suite([encoder_detector(EncoderOptions(weights, threads=1))])
    suite.close()
    screening = await suite.screen([Passage("s", "the word")])
    assert screening.coverage.reports[0].reason == "raised"


async def test_a_text_without_letters_needs_no_reading(detector):
    future = detector.submit([Passage("a", "4711 - 0815"), Passage("b", "\u200b...")], 60)
    assert future.done()
    assert future.result().findings == []


def test_serving_imports_none_of_what_training_needs(weights):
    program = (
        "import sys; from pathlib import Path; from detectors.catalog import *; from detectors.finding import Passage\n"
        f"detector = encoder_detector(EncoderOptions(Path({str(weights)!r})))\n"
        "assert detector.inspect([Passage('s', 'so you are nasty')], 60); detector.close()\n"
        "print(sorted({'torch', 'transformers', 'onnx', 'faker', 'detectors.training'} & {*sys.modules}))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (answer.stdout.strip(), answer.stderr) == ("[]", "")


def test_what_is_kept_stays_within_its_bound(weights):
    detector = encoder_detector(EncoderOptions(weights, threads=1, cache_bytes=10_000))
    for number in range(200):
        detector.inspect([Passage("s", f"word {number} nasty")], 60)
    assert 0 < detector._shared._cache.held <= 10_000
    assert detector._shared._waiting._jobs == {}
    detector.close()
