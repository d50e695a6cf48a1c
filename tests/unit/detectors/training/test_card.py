"""The model card says what the files beside it say: every number, in its column, with its command."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from detectors.catalog import shipped_weights
from detectors.encoder.files import MODEL
from detectors.encoder.format import ENTITIES, LABELS
from detectors.training.card.folder import CARD, FIGURES, CardIncomplete, read_inputs
from detectors.training.card.measured import NOT_MEASURED
from detectors.training.card.render import RACED, model_card, write_card
from detectors.training.card.speed import LENGTHS, speed
from detectors.training.licences import TRAINED_ON
from detectors.training.provenance import PROVENANCE
from tests.unit.detectors.training.made_up_weights import MEASURED, SETS, make_weights, numbers, written

NAMES = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)")
"""What holds digits and is no figure: code and links."""
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)

Row = dict[str, str]


@pytest.fixture
def raced(tmp_path: Path) -> Path:
    return tmp_path / "raced.json"


@pytest.fixture
def folder(tmp_path: Path, raced: Path) -> Path:
    make_weights(tmp_path / "weights", raced)
    return tmp_path / "weights"


@pytest.fixture
def card(folder: Path, raced: Path) -> str:
    return write_card(folder, raced).read_text()


def document(file: Path) -> Any:
    return json.loads(file.read_text())


def changed(file: Path, **members: Any) -> None:
    written(file, document(file) | members)


def body(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


def rows(card: str, *starts: str) -> list[list[str]]:
    """Return the rows of all tables whose head starts like this."""
    head = "| " + " | ".join(starts)
    return [row for table in TABLE.findall(card) if table.startswith(head) for row in body(table)]


def allowed(folder: Path, raced: Path) -> set[str]:
    """Return every number of the inputs, as a card may write it, and the few that are worked out from them."""
    training = document(folder / PROVENANCE)
    of_round = sum(one["per_round"] for one in training["sets"] + training["made"])
    sizes = [file.stat().st_size / 2**20 for file in folder.iterdir()]
    files = (document(file) for file in (*folder.glob("*.json"), raced))
    values = [*numbers(list(files)), *sizes, of_round, training["run"]["rows"] / of_round, *LENGTHS]
    forms = [f"{value * scale:,.{digits}f}" for value in values for scale in (1, 100) for digits in range(4)]
    return {form for number in forms for form in (number, number.replace(",", ""))}


def test_every_number_in_a_table_comes_from_the_files(card: str, folder: Path, raced: Path) -> None:
    known, seen = allowed(folder, raced), 0
    for table in TABLE.findall(card):
        for found in NUMBER.findall(NAMES.sub("", "\n".join(" ".join(row) for row in body(table)))):
            assert found in known, table
            seen += 1
    assert seen > 400


def test_a_table_with_numbers_names_its_command_right_below(card: str) -> None:
    commands = []
    for table in TABLE.finditer(card):
        if NUMBER.search(NAMES.sub("", "".join(table[0].splitlines()[2:]))):
            below = card[table.end() :].lstrip("\n").splitlines()[0]
            assert re.fullmatch(r"From: `[^`]+`", below), table[0]
            commands.append(below)
    assert sum(one.endswith(f" {file}`") for one in commands for file in MEASURED) == len(MEASURED)


def test_figures_of_labels_stand_in_their_columns(card: str, folder: Path) -> None:
    shown = rows(card, "label", "rows")
    whole = [one for one in document(folder / FIGURES) if "label" in one and "group" not in one]
    assert len(shown) == len(whole) == 3
    for row, one in zip(shown[:2], whole, strict=False):
        (low, high), (least, most) = (one["interval"][name] for name in ("accuracy", "auc"))
        assert row == [
            *(f"`{one['label']}`", f"{one['n']:,}", f"{one['positives']:,}", f"{one['threshold']:.3f}"),
            *(f"{100 * one['accuracy']:.1f}", f"{100 * low:.1f} to {100 * high:.1f}"),
            *(f"{100 * one[name]:.1f}" for name in ("accuracy_positive", "accuracy_negative", "precision")),
            *(f"{one['auc']:.3f}", f"{least:.3f} to {most:.3f}", f"{100 * one['recall_at_fpr_1']:.1f}"),
        ]
    assert shown[2][5:7] == ["-", "-"]
    assert shown[2][8:] == ["-", "-", "-", "-"]


def test_figures_of_spans_stand_in_their_columns(card: str, folder: Path) -> None:
    spans = [one for one in document(folder / FIGURES) if "entity" in one]
    for row, one in zip(rows(card, "entity", "annotated"), spans, strict=True):
        low, high = one["interval"]["f2"]
        shares = [f"{100 * one[name]:.1f}" for name in ("precision", "recall", "f1", "f2")]
        counts = [f"`{one['entity']}`", f"{one['n']:,}", f"{one['found']:,}"]
        assert row == [*counts, *shares, f"{100 * low:.1f} to {100 * high:.1f}"]


def test_every_threshold_has_its_rule_and_what_came_of_it(card: str, folder: Path) -> None:
    chosen = document(folder / "thresholds.json")
    assert [row[0].strip("`") for row in rows(card, "label", "rule")] == list(LABELS)
    assert [row[0].strip("`") for row in rows(card, "entity", "rule")] == list(ENTITIES)
    toxic, sexual = (
        next(row for row in rows(card, "label", "rule") if row[0] == f"`{name}`") for name in ("toxic", "sexual")
    )
    entry = chosen["labels"]["toxic"]
    how = entry["provenance"]
    everyday, hard, other = (f"{100 * one['fpr']:.2f} % of" for one in how["limits"])
    assert toxic[1] == "A"
    assert "- A: greatest aim." in card
    assert "- B: too few." in card
    assert all(
        said in toxic[2] for said in (f"{everyday} everyday prompts", f"{hard} prompts worded", f"{other} elsewhere")
    )
    assert toxic[3:6] == [f"{entry[name]:.3f}" for name in ("threshold", "temperature", "bias")]
    counts = [f"{how['n']:,}", f"{how['positives']:,}"]
    assert toxic[6:] == [*counts, f"{100 * how['recall']:.1f}", f"{100 * how['fpr']:.2f}"]
    assert (sexual[1], sexual[2], sexual[-2:]) == ("B", "-", ["-", "-"])


def test_sets_come_with_licence_and_share_alike_ones_are_named(card: str, folder: Path) -> None:
    sets = {row[0].strip("`"): row for row in rows(card, "set", "what", "licence", "rows")}
    assert tuple(sets) == SETS
    for one in document(folder / PROVENANCE)["sets"]:
        licence = TRAINED_ON[one["file"].partition("/")[2]]
        row = sets[one["file"]]
        assert licence.link in row[1]
        assert all(name in row[2] for name in (*licence.terms, *licence.parts))
        assert row[3:] == [f"{one['rows']:,}", f"{one['per_round']:,}"]
        assert (f"(`{one['file']}`): " in card) == licence.is_share_alike
    assert "Posts of a white-supremacist forum (`toxicity/stormfront_vicomtech`): all of it, [CC-BY-SA-3.0-ES]" in card
    assert "BIPIA, train parts (`injection/bipia_train`): text that it holds, [CC-BY-SA-4.0]" in card


def test_times_are_told_with_their_machine_and_what_was_missed(card: str, raced: Path) -> None:
    one = document(raced)
    for row, tokens in zip(rows(card, "tokens"), LENGTHS, strict=True):
        times = [f"{one[f'{tokens}_tokens_{name}_ms']:.2f}" for name in ("p50", "p95")]
        assert row == [str(tokens), *times, f"{one[f'{tokens}_tokens_calls_a_second']:,.0f}"]
    assert f"Loading takes {one['load_s']:.2f} s" in card
    assert "2 cores (x86_64), 2026-01-02. Promised and missed: `load_s`." in card
    held = one | {"held": {"load_s": True}}
    assert "Promised and missed" not in speed(held)


def test_nothing_of_the_template_is_left_open(card: str) -> None:
    assert "${" not in card
    assert not any("None" in table for table in TABLE.findall(card))


def test_figures_of_other_weights_are_not_believed(folder: Path, raced: Path) -> None:
    changed(raced, version="another")
    written(folder / FIGURES, [one | {"model": "another"} for one in document(folder / FIGURES)])
    card = model_card(read_inputs(folder, raced))
    assert NOT_MEASURED in card
    assert "were not raced yet" in card
    assert rows(card, "label", "rows") == rows(card, "tokens") == []


def test_without_figures_it_says_so(folder: Path, raced: Path) -> None:
    (folder / FIGURES).unlink()
    raced.unlink()
    assert NOT_MEASURED in model_card(read_inputs(folder, raced))


def test_a_run_of_other_weights_is_refused(folder: Path, raced: Path) -> None:
    changed(folder / PROVENANCE, weights="of another model")
    with pytest.raises(CardIncomplete, match=r"training\.json is of other weights"):
        write_card(folder, raced)
    (folder / PROVENANCE).unlink()
    with pytest.raises(CardIncomplete, match=r"training\.json is missing"):
        write_card(folder, raced)


def test_a_set_without_a_licence_has_no_card(folder: Path, raced: Path) -> None:
    changed(folder / PROVENANCE, sets=[{"file": "somebody/elses", "per_round": 1, "rows": 1}])
    with pytest.raises(KeyError, match="elses"):
        write_card(folder, raced)


def test_the_card_in_the_tree_is_what_its_files_say() -> None:
    weights = shipped_weights()
    if not (weights / MODEL).is_file():
        pytest.skip("No encoder in detectors/weights: `make train` makes one.")
    renew = "the card is not that of the files beside it: run `python -m detectors.training card`"
    assert (weights / CARD).read_text() == model_card(read_inputs(weights, RACED)), renew
