"""Words from the folder of data: what is read, what is left, and what becomes of it."""

import json
import random
from pathlib import Path

import pytest

from detectors.training.made.bias import voted_stereotypes
from detectors.training.made.toxicity import listed_slurs


def votes(identity: str, attribute: str, known: int, unknown: int) -> dict[str, object]:
    return {"identity": identity, "attribute": attribute, "votes_stereo_non_unsure": [known, unknown, 0]}


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    written(
        tmp_path / "resources/seegull_pairs.jsonl",
        [
            votes("Atlantean", "grumpy", 3, 0),
            votes("Atlantean", "generous", 0, 3),
            votes("Atlantean", "doubtful", 1, 2),
            votes("Atlantean", "terrorist", 3, 0),
            votes("Lemurian", "lazy", 2, 1),
        ],
    )
    slur = {"categories": ["racial / ethnic slurs"], "severity": 2.5}
    mild = {"categories": ["racial / ethnic slurs"], "severity": 1.0}
    other = {"categories": ["political"], "severity": 2.5}
    written(
        tmp_path / "resources/profanity_en.jsonl",
        [{"text": "zarky", **slur}, {"text": "zar ky", **slur}, {"text": "mildo", **mild}, {"text": "lefto", **other}],
    )
    return tmp_path


def test_only_adjectives_that_voters_agree_on_are_kept(data: Path) -> None:
    read = voted_stereotypes.read(data / voted_stereotypes.FILE)
    assert read["Atlantean"].known == ["grumpy"]
    assert read["Atlantean"].unknown == ["generous"]
    assert read["Lemurian"].known == ["lazy"]


def test_what_voters_know_is_a_stereotype_and_what_none_knows_is_not(data: Path) -> None:
    made = list(voted_stereotypes.examples(random.Random(1), 300, data))
    assert {example.labels["stereotype"] for example in made} == {0.0, 1.0}
    for example in made:
        word = "grumpy" if example.labels["stereotype"] else "generous"
        assert word in example.text.lower()
        assert example.labels["nationality"] == example.labels["stereotype"]


def test_a_listed_slur_has_its_plural_and_its_axis(data: Path) -> None:
    (slur,) = listed_slurs.read(data / listed_slurs.FILE)
    assert (slur.one, slur.many, slur.axes) == ("zarky", "zarkies", ("race",))
    made = list(listed_slurs.examples(random.Random(1), 200, data))
    assert {example.labels["hate"] for example in made} == {0.0, 1.0}
    assert all(example.labels.get("race") == example.labels["hate"] for example in made)


def test_a_folder_without_the_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="seegull"):
        list(voted_stereotypes.examples(random.Random(1), 1, tmp_path))
