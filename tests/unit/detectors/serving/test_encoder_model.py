"""The encoder as a model of the service gives what the encoder in a gateway gives."""

import random

import numpy as np
import pytest

from detectors.encoder.format import ENTITIES, LABELS
from detectors.encoder.model import Encoder
from detectors.encoder.runs import read_texts
from detectors.serving.batcher import Batcher
from detectors.serving.encoder_model import EncoderModel
from detectors.serving.limits import BatchLimits
from detectors.serving.ports import Answer, TextModel
from tests.unit.detectors.encoder.small_encoder import FILLER, GUILTY, NAMED, small_encoder

TEXTS = (
    "so you are nasty. the word goes on. Ann Lee goes on.",
    "the word goes on and on",
    "",
    "4711",
    "n4sty " * 90 + "kill",
    "\u041f\u0440\u0438\u0432\u0435\u0442, " * 3,
)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return small_encoder(tmp_path_factory.mktemp("weights"))


def read(model: TextModel, texts: tuple[str, ...]) -> list[Answer]:
    """Read texts as a batcher does: pieces of all of them in each run."""
    tasks = [model.begin(text) for text in texts]
    while not all(task.is_done for task in tasks):
        owned = [(task, piece) for task in tasks for piece in task.more()]
        for (task, piece), answer in zip(owned, model.run([piece for _, piece in owned]), strict=True):
            task.take(piece, answer)
    return [task.result() for task in tasks]


def test_texts_are_answered_as_they_are_read(encoder: Encoder):
    model = EncoderModel("airlock-encoder", encoder)
    for text, answer in zip(TEXTS, read(model, TEXTS), strict=True):
        [reading] = read_texts(encoder, [text if any(map(str.isalpha, text)) else ""])
        assert [(s.start, s.end, s.label) for s in answer.spans] == [span[:3] for span in reading.spans]
        assert list(answer.scores) == list(LABELS)
        np.testing.assert_allclose(list(answer.scores.values()), reading.scores, atol=1e-5)
        assert answer.unread == reading.unread


def test_what_is_found_is_named_and_what_can_not_be_read_is_said(encoder: Encoder):
    nasty, clean, empty, number, long, russian = read(EncoderModel("airlock-encoder", encoder), TEXTS)
    found = {(span.label, TEXTS[0][span.start : span.end]) for span in nasty.spans}
    assert {("toxic", "so you are nasty."), ("PERSON", "Ann Lee")} <= found
    assert {span.label for span in long.spans} == {"toxic", "insult", "threat"}
    assert (clean.spans, empty.spans, number.spans) == ((), (), ())
    assert (nasty.unread, russian.unread) == (None, "language")


def test_it_says_what_it_is(encoder: Encoder):
    model = EncoderModel("airlock-encoder", encoder)
    assert model.labels == {*LABELS, *ENTITIES} == set(model.thresholds)
    assert set(model.thresholds.values()) == {0.5}
    assert model.version == encoder.version
    assert model.held_bytes > 10_000


WORDS = (*FILLER, *GUILTY, *(word for word in NAMED if "#" not in word), "Ann", "KILL", "n4sty")


def mixed(seed: int) -> list[str]:
    """Make texts of mixed lengths, some with more that is guilty than is read again by sentences."""
    chance = random.Random(seed)
    lengths = [chance.choice((1, 5, 30, 200, 3_000)) for _ in range(12)]
    return [" ".join(chance.choices(WORDS, k=length)) for length in lengths]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("batch_tokens", [64, 512, 100_000])
def test_batches_of_any_size_give_what_one_text_alone_gives(tmp_path, seed, batch_tokens):
    encoder, said = small_encoder(tmp_path), [*(text for text in TEXTS if text != "4711"), *mixed(seed)]
    expected = [read_texts(encoder, [text])[0] for text in said]
    batcher = Batcher(EncoderModel("airlock-encoder", encoder), BatchLimits(batch_tokens))
    calls = [batcher.submit(said[at : at + 3], str(at % 2), 60) for at in range(0, len(said), 3)]
    answers = [answer for call in calls for answer in call.result(60)]
    batcher.close()
    for answer, alone in zip(answers, expected, strict=True):
        assert [(one.start, one.end, one.label) for one in answer.spans] == [span[:3] for span in alone.spans]
        np.testing.assert_allclose([one.score for one in answer.spans], [s.score for s in alone.spans], atol=1e-5)
        assert answer.unread == alone.unread


def test_a_closed_one_runs_no_more(tmp_path):
    model = EncoderModel("airlock-encoder", small_encoder(tmp_path))
    pieces = model.begin("so it is").more()
    model.close()
    with pytest.raises(RuntimeError, match="closed"):
        model.run(pieces)
