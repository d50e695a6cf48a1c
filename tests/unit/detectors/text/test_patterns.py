import asyncio
import time
from contextlib import suppress
from dataclasses import replace

import pytest

from detectors.finding import Passage, Status
from detectors.suite import Limits, Suite
from detectors.text.patterns import PatternDetector, gates_of
from detectors.text.prefilter import Prefilter
from detectors.text.rule_choice import rule_of
from detectors.text.secrets.kind import SecretRecognizer
from tests.pace import within
from tests.unit.detectors.ready import find, require_prefilter


def detector_of(*recognizers: SecretRecognizer) -> PatternDetector:
    rules = [rule_of(recognizer) for recognizer in recognizers]
    return PatternDetector(rules, Prefilter(gates_of(rules), None), "1", {"A": ("REF",)})


def test_a_finding_says_where_how_sure_and_by_what():
    (finding,) = detector_of(SecretRecognizer("A", {"b+": 0.25})).inspect([Passage("s", "abbc")], 5)
    assert (finding.detector, finding.version, finding.label, finding.slot) == ("patterns", "1", "A", "s")
    assert (finding.start, finding.end, finding.score_ppm, finding.refs) == (1, 3, 250_000, ("REF",))


def test_findings_are_in_the_order_of_the_text_and_recognisers_may_overlap():
    detector = detector_of(SecretRecognizer("B", {"c": 0.5}), SecretRecognizer("A", {"b+c": 0.5, "bc": 0.5}))
    assert [(f.label, f.start, f.end) for f in detector.inspect([Passage("s", "abbc")], 5)] == [
        ("A", 1, 4),
        ("B", 3, 4),
    ]


def test_a_pattern_that_takes_too_long_raises_rather_than_finding_nothing():
    detector = detector_of(SecretRecognizer("A", {r"(?:a|aa)+$": 0.5}))
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        detector.inspect([Passage("s", "a" * 60 + "b")], 0.2)
    assert time.monotonic() - began < within(5)


INLINE = {
    "phone numbers": "415 555 0132 ", "full-width digits": "\uff11\uff12\uff13\uff14\uff15 ", "digits": "1 2 3 4 ",
    "licences": "A1-B2 ", "addresses": "1.2.3.4.", "mails": "a@b.co ", "hosts": "a.co/x ", "brackets": "(1)(2",
}  # fmt: skip


@pytest.mark.parametrize("part", INLINE.values(), ids=INLINE)
def test_the_event_loop_is_held_for_little_more_than_its_20_milliseconds(part):
    detector = require_prefilter()
    passages = [Passage("s", (part * 20_000)[:20_000])]
    assert min(_worked(detector, passages, Limits().inline_seconds) for _ in range(3)) < within(0.04)


def _worked(detector: PatternDetector, passages: list[Passage], seconds: float) -> float:
    """Give the seconds that one search worked; the garbage of other tests may be collected in the middle of it."""
    began = time.thread_time()
    with suppress(TimeoutError):
        detector.inspect(passages, seconds)
    return time.thread_time() - began


def test_many_tiny_passages_are_given_up_in_time_too():
    detector = require_prefilter()
    passages = [Passage(str(number), "a") for number in range(200_000)]
    assert min(_worked(detector, passages, 0.02) for _ in range(3)) < within(0.2)


FLOOD = {"mail": "a." * 50_000 + "@b.co", "phones": "415 555 0132 " * 7_700, "slashes": "1/" * 50_000}


@pytest.mark.parametrize("hostile", FLOOD.values(), ids=FLOOD)
async def test_an_honest_text_is_answered_in_two_seconds_beside_four_hostile_ones(hostile):
    suite = Suite([require_prefilter()], replace(Limits(), seconds=within(2.5)))
    flood = [asyncio.ensure_future(suite.screen([Passage("h", hostile)])) for _ in range(4)]
    await asyncio.sleep(0.1)
    began = time.monotonic()
    screening = await suite.screen([Passage("s", "The cat sat on the mat with ann@example.com. " * 490)])
    took = time.monotonic() - began
    for one in flood:
        one.cancel()
    await asyncio.gather(*flood, return_exceptions=True)
    suite._pool.close()
    for thread in suite._pool._threads:  # the hostile texts under way are not to disturb the next test
        thread.join()
    assert took < within(2)
    assert screening.coverage.reports[0].status is Status.OK
    assert sum(finding.label == "EMAIL_ADDRESS" for finding in screening.findings) == 490


@pytest.mark.parametrize("text", ["a." * 10_000 + "com", "1-" * 10_000 + "a1", "@" * 20_000, "(" * 20_000 + "1234"])
def test_a_hostile_text_is_answered_or_given_up_in_time(text):
    detector = require_prefilter()
    began = time.thread_time()
    with suppress(TimeoutError):
        detector.inspect([Passage("s", text)], 0.5)
    assert time.thread_time() - began < within(2)


def test_the_labels_are_all_that_is_ever_found():
    detector = require_prefilter()
    text = "ann@example.com 212-555-0143 DE89 3704 0044 0532 0130 00 4111 1111 1111 1111 10.1.2.3"
    assert {finding.label for finding in find(detector, text)} <= detector.labels
