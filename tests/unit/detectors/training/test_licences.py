import os
from pathlib import Path

import pytest

from detectors.training.licences import MADE_WITH, MEASURED_ON, TERMS, TRAINED_ON
from detectors.training.sources import SOURCES

KNOWN = {**TRAINED_ON, **MADE_WITH, **MEASURED_ON}


def test_every_set_that_is_trained_on_has_a_licence_and_no_other_is_listed() -> None:
    assert TRAINED_ON.keys() == {source.name for source in SOURCES}


def test_nothing_that_is_measured_on_is_trained_on() -> None:
    assert not MEASURED_ON.keys() & (TRAINED_ON.keys() | MADE_WITH.keys())


@pytest.mark.parametrize("name", KNOWN)
def test_terms_have_a_text_and_the_source_an_address(name: str) -> None:
    licence = KNOWN[name]
    assert licence.terms
    assert {*licence.terms, *licence.parts} <= TERMS.keys()
    assert licence.link == f"https://github.com/{licence.repo}/tree/{licence.commit}"
    assert licence.repo.count("/") == 1


def test_share_alike_sets_are_known_as_such() -> None:
    assert {name for name, licence in TRAINED_ON.items() if licence.is_share_alike} == {
        "jigsaw_binary",
        "jigsaw_multilabel",
        "stormfront_vicomtech",
        "holisticbias_neutral",
        "bipia_train",
        "uner_ewt",
        "crossner",
    }


def test_every_set_in_the_folder_of_data_that_is_measured_on_is_listed() -> None:
    folder = Path(os.environ.get("AIRLOCK_DATA", ""), "eval")
    if not folder.is_dir():
        pytest.skip("Name the folder of the data sets in AIRLOCK_DATA to look through those to measure on.")
    assert {file.stem for file in folder.glob("*/*.jsonl")} <= MEASURED_ON.keys()
