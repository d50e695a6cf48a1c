"""What the encoder finds in a stream does not depend on where the stream is cut, and leaves only with policy's word."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from detectors.catalog import EncoderOptions, encoder_detector
from detectors.encoder.detector import EncoderDetector
from detectors.finding import Finding, Passage
from gateway.stream.limits import Limits
from tests.chat_streams import DONE, assembled, end, guard, say
from tests.unit.detectors.encoder.small_encoder import write_encoder

SIZES = (1, 2, 3, 5, 7, 11, 17, 29, 64, 90, 1_000)
BEFORE, AFTER = "the word goes on and so it is. " * 8, " and so it goes on. the word is all." * 4


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EncoderDetector]:
    weights: Path = write_encoder(tmp_path_factory.mktemp("weights"), window=256, overlap=32)
    made = encoder_detector(EncoderOptions(weights, threads=1))
    yield made
    made.close()


def streamed(detector: EncoderDetector, text: str, size: int) -> tuple[list[Finding], list[Passage], str]:
    """Drive a guard as the gateway does, and give what policy heard, what was read, and what had left before."""
    guarded, heard, read, out = guard("window", {}, Limits()), list[Finding](), list[Passage](), b""
    left = ""
    for piece in [*(say(text[at : at + size]) for at in range(0, len(text), size)), end() + DONE]:
        guarded.feed(piece)
        while passages := guarded.to_screen():
            findings = list(detector.inspect(passages, 60))
            read += passages
            if (fresh := guarded.fresh(passages, findings)) and not heard:
                left = assembled(out + guarded.take()).get("0.content", "")
            heard += fresh
            guarded.cleared(passages, findings)
        out += guarded.take()
    assert assembled(out)["0.content"] == text
    return heard, read, left


@pytest.mark.parametrize("size", SIZES)
def test_a_name_is_found_once_and_whole_wherever_it_is_cut(detector: EncoderDetector, size: int) -> None:
    text = f"{BEFORE}Ann Lee{AFTER}"
    heard, _, left = streamed(detector, text, size)
    assert [(one.label, text[one.start : one.end]) for one in heard] == [("PERSON", "Ann Lee")]
    assert "Ann" not in left


@pytest.mark.parametrize("size", SIZES)
def test_a_nasty_word_is_heard_before_it_leaves(detector: EncoderDetector, size: int) -> None:
    heard, _, left = streamed(detector, f"{BEFORE}you are nasty{AFTER}", size)
    assert {one.label for one in heard} == {"toxic", "insult"}
    assert "nasty" not in left


@pytest.mark.parametrize("size", SIZES)
def test_what_is_guilty_only_together_with_what_went_before_is_heard(detector: EncoderDetector, size: int) -> None:
    apart = "and so it goes on " * 9
    heard, _, left = streamed(detector, f"{BEFORE}half {apart} half{AFTER}", size)
    assert {one.label for one in heard} == {"hate"}
    assert left.count("half") <= 1


def test_a_judgement_that_grows_surer_is_heard_again_and_holds_nothing_back(detector: EncoderDetector) -> None:
    heard, read, _ = streamed(detector, f"{BEFORE}maybe it is{AFTER}{BEFORE}maybe and maybe{AFTER}", 4)
    scores = [one.score_ppm for one in heard if one.label == "sexism"]
    assert len(scores) >= 2
    assert scores == sorted(scores)
    assert all(len(passage.text) < 400 for passage in read)


def test_it_reads_no_more_than_some_lengths_of_the_reply(detector: EncoderDetector) -> None:
    text = BEFORE * 20
    _, read, _ = streamed(detector, text, 5)
    without = sum(len(passage.text) for passage in read)
    assert sum(len(passage.before) for passage in read) + without < 8 * len(text)
