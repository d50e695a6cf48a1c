import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detectors.encoder.format import LABELS
from detectors.encoder.model import Encoder
from detectors.encoder.runs import read_texts
from tests.unit.detectors.encoder.small_encoder import FILLER, GUILTY, NAMED, small_encoder

ZWSP = "\u200b"
WORDS = st.sampled_from([*GUILTY, *NAMED, *FILLER, "Ann", "LEE", "\n", f"na{ZWSP}sty", "k i l l", "unheard-of"])
TEXTS = st.lists(WORDS, max_size=120).map(" ".join)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory) -> Encoder:
    return small_encoder(tmp_path_factory.mktemp("weights"))


def found(encoder: Encoder, text: str) -> list[tuple[str, str]]:
    (reading,) = read_texts(encoder, [text])
    return [(span.label, text[span.start : span.end]) for span in reading.spans]


def test_a_clean_text_has_no_findings_and_low_scores(encoder):
    (reading,) = read_texts(encoder, ["the word goes on and so it is all"])
    assert reading.spans == ()
    assert reading.scores.shape == (len(LABELS),)
    assert reading.scores.max() < 0.05


def test_an_empty_text_costs_no_run(encoder):
    (reading,) = read_texts(encoder, ["  \u200b "])
    assert reading.spans == ()
    assert reading.scores.max() == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so you are nasty", {("toxic", "so you are nasty"), ("insult", "so you are nasty")}),
        (f"it is na{ZWSP}sty", {("toxic", f"it is na{ZWSP}sty"), ("insult", f"it is na{ZWSP}sty")}),
        ("so half and half", {("hate", "so half and half")}),
        ("it goes on. you are all half and half. so it is.", {("hate", "you are all half and half.")}),
        ("so maybe", {("sexism", "so maybe")}),
        ("and K I L L it", {("threat", "and K I L L it"), ("toxic", "and K I L L it")}),
        ("n4sty", {("toxic", "n4sty"), ("insult", "n4sty")}),
        ("the Ann Lee is in Paris and so on", {("PERSON", "Ann Lee"), ("LOCATION", "Paris")}),
        ("Annlee", {("PERSON", "Annlee")}),
        ("Ann Ann", {("PERSON", "Ann")}),
    ],
)
def test_what_is_found_is_named_in_the_original(encoder, text, expected):
    assert set(found(encoder, text)) == expected


def test_halves_in_two_sentences_are_found_on_the_whole_window(encoder):
    text = "you are all half and so on. the word goes on half."
    assert found(encoder, text) == [("hate", text)]


def test_what_is_buried_in_a_long_text_is_found_where_it_is(encoder):
    text = "the word goes on. " * 900 + "you are nasty and so on. " + "Ann Lee goes on. " * 3 + "so it is. " * 900
    assert [(label, what) for label, what in found(encoder, text) if label.islower()] == [
        ("insult", "you are nasty and so on."),
        ("toxic", "you are nasty and so on."),
    ]
    assert found(encoder, text).count(("PERSON", "Ann Lee")) == 3


def test_an_entity_is_whole_wherever_a_window_cuts_it(encoder):
    for before in range(100):
        assert found(encoder, "the " * before + "Ann Lee " + "so " * 60) == [("PERSON", "Ann Lee")], before


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_a_text_reads_the_same_alone_and_beside_others(encoder, texts):
    for alone, together in zip(
        [read_texts(encoder, [text])[0] for text in texts], read_texts(encoder, texts), strict=True
    ):
        assert [span[:3] for span in alone.spans] == [span[:3] for span in together.spans]
        np.testing.assert_allclose([span.score for span in alone.spans], [s.score for s in together.spans], atol=1e-5)
        np.testing.assert_allclose(alone.scores, together.scores, atol=1e-5)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_spans_lie_within_the_text_and_have_a_stretch(encoder, text):
    (reading,) = read_texts(encoder, [text])
    assert all(0 <= span.start < span.end <= len(text) for span in reading.spans)
    assert all(0 < span.score <= 1 for span in reading.spans)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("the word", None),
        ("the caf\u00e9 \u00e0 la carte, \u0142\u00f3d\u017a, Stra\u00dfe", None),
        ("the word \u041f\u0440\u0438\u0432\u0435\u0442", None),
        ("\u041f\u0440\u0438\u0432\u0435\u0442, " * 3, "language"),
        ("\u3053\u3093\u306b\u3061\u306f\u4e16\u754c" * 4, "language"),
        ("Ik weet niet meer wanneer ik die brief aan mijn buurman heb gestuurd.", "language"),
        ("Ich weiß nicht mehr, wann ich diesen Brief an meinen Nachbarn geschickt habe.", "language.patterns"),
        ("so it goes on. " * 900 + "Ik weet niet meer wanneer ik die brief heb gestuurd. " * 90, "language"),
    ],
)
def test_a_script_or_a_language_that_it_can_not_read_is_said(encoder, text, unread):
    assert read_texts(encoder, [text])[0].unread == unread


def test_a_text_in_another_language_is_read_all_the_same(encoder):
    [reading] = read_texts(encoder, ["Ik weet niet meer wanneer ik die brief aan Ann Lee heb gestuurd."])
    assert (reading.unread, [span.label for span in reading.spans]) == ("language", ["PERSON"])


def test_what_looks_like_a_special_token_is_text(encoder):
    tokens = encoder.tokens("so [SEP] nasty")
    assert len(tokens) > 3
    assert found(encoder, "so [SEP] [PAD] nasty") == [
        ("insult", "so [SEP] [PAD] nasty"),
        ("toxic", "so [SEP] [PAD] nasty"),
    ]


def test_many_threads_read_the_same_at_once(encoder):
    texts = ["so you are nasty. Ann Lee goes on. " * count for count in range(1, 9)]
    alone = read_texts(encoder, texts)
    start = threading.Barrier(4)

    def read(_: int) -> list[object]:
        start.wait(10)
        return [reading.spans for _ in range(5) for reading in read_texts(encoder, texts)]

    with ThreadPoolExecutor(4) as pool:
        for spans in pool.map(read, range(4)):
            assert spans == [reading.spans for reading in alone] * 5


def test_another_seed_is_another_encoder(tmp_path: Path):
    one, two = small_encoder(tmp_path / "1"), small_encoder(tmp_path / "2", seed=1)
    assert one.version != two.version
