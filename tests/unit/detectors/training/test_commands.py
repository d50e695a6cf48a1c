from pathlib import Path

import pytest
from typer.testing import CliRunner

from detectors.training.__main__ import app
from detectors.training.card.folder import CARD
from detectors.training.provenance import PROVENANCE
from tests.unit.detectors.training.made_up_weights import make_weights

WIDE = {"COLUMNS": "400"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_weights(tmp_path / "weights", tmp_path / "raced.json")
    return tmp_path / "weights"


def test_a_card_needs_nothing_but_the_folder(folder: Path) -> None:
    done = CliRunner().invoke(app, ["card", "--to", str(folder)], env={"AIRLOCK_DATA": None})
    assert done.exit_code == 0, done.output
    assert done.output.strip() == str(folder / CARD)
    assert (folder / CARD).read_text().startswith("# Model card")


def test_a_folder_that_nobody_knows_the_run_of_is_told_what_to_do(folder: Path) -> None:
    (folder / PROVENANCE).unlink()
    done = CliRunner().invoke(app, ["card", "--to", str(folder)], env=WIDE)
    assert done.exit_code == 2
    assert "card --data DATA --run RUN" in done.output
    assert not (folder / CARD).exists()


def test_a_run_is_written_down_with_its_data_or_not_at_all(folder: Path) -> None:
    options = ["card", "--to", str(folder), "--run", str(folder)]
    done = CliRunner().invoke(app, options, env={"AIRLOCK_DATA": None, **WIDE})
    assert done.exit_code == 2
    assert "--run needs --data" in done.output
