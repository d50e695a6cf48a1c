from pathlib import Path

import numpy as np

from detectors.encoder.format import OVERLAP, TAGS, WINDOW
from detectors.training.base import read_tokenizer
from detectors.training.example import Example
from detectors.training.tokens import NO_TAG, windows_of
from tests.unit.detectors.training.small_model import make_base


def tags_of(folder: Path, example: Example) -> list[str]:
    [[window]] = windows_of(read_tokenizer(make_base(folder)), [example])
    return ["-" if tag == NO_TAG else TAGS[tag] for tag in window.tags]


def test_every_piece_of_a_name_bears_its_tag(tmp_path: Path) -> None:
    text = "write to Annly Lee in Bonn"  # ann ##ly
    example = Example(text, {}, "s", ((9, 18, "PERSON"), (22, 26, "LOCATION")), frozenset({"PERSON", "LOCATION"}))
    assert tags_of(tmp_path, example) == [
        *("-", "O", "O", "B-PERSON", "I-PERSON", "I-PERSON", "O", "B-LOCATION", "-"),
    ]


def test_offsets_count_code_points_whatever_stands_before(tmp_path: Path) -> None:
    example = Example("🙂 é ann", {}, "s", ((4, 7, "PERSON"),), frozenset({"PERSON"}))
    assert tags_of(tmp_path, example) == ["-", "O", "O", "B-PERSON", "-"]


def test_a_text_without_annotation_has_no_tags(tmp_path: Path) -> None:
    assert set(tags_of(tmp_path, Example("write to ann", {"toxic": 0.0}, "s"))) == {"-"}


def test_spans_are_found_behind_what_normalising_took_away(tmp_path: Path) -> None:
    example = Example("w\u200brite to \uff21nn", {}, "s", ((10, 13, "PERSON"),), frozenset({"PERSON"}))
    assert tags_of(tmp_path, example) == ["-", "O", "O", "B-PERSON", "-"]


def test_tokens_know_how_they_were_written(tmp_path: Path) -> None:
    [[window]] = windows_of(read_tokenizer(make_base(tmp_path)), [Example("Ann ANN ann kInd", {}, "s")])
    assert window.casing.tolist() == [0, 1, 2, 0, 3, 0]


def test_long_texts_are_read_in_windows_that_overlap(tmp_path: Path) -> None:
    count = 600
    [windows] = windows_of(read_tokenizer(make_base(tmp_path)), [Example("kind " * count, {"toxic": 0.0}, "s")])
    assert len(windows) == 3
    assert sum(len(window.ids) - 2 for window in windows) >= count + 2 * OVERLAP
    assert max(len(window.ids) for window in windows) <= WINDOW
    assert all(len(window.ids) == len(window.casing) == len(window.tags) for window in windows)


def test_an_empty_text_is_one_window_of_special_tokens(tmp_path: Path) -> None:
    [[window]] = windows_of(read_tokenizer(make_base(tmp_path)), [Example("", {"toxic": 0.0}, "s")])
    assert len(window.ids) == 2
    assert np.all(window.casing == 0)
