"""`airlock detectors` on models of a `detectors.yaml`: real files, real weights, the command as people use it."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from gateway.commands.detectors import app
from tests.unit.detectors.serving.small_models import write_text_classifier, write_token_classifier

pytestmark = pytest.mark.integration

SAID = (
    ("you are nasty", 1, "a"),
    ("all is so so", 0, "a"),
    ("it is nasty and it goes on", 1, "b"),
    ("the word is the secret of all rules", 0, "b"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("configured")
    write_text_classifier(folder / "comments")
    write_token_classifier(folder / "names")
    text = {"kind": "text-classification"}
    models = {
        "comments": {
            "kind": "text-classification",
            "source": "comments",
            "labels": {"toxic": "insult"},
            "thresholds": 0.6,
        },
        "names": {"kind": "token-classification", "source": "names", "labels": {"PER": "PERSON", "LOC": "LOCATION"}},
        "missing": text | {"source": "nowhere"},
        "pictures": {"kind": "image-classification", "source": "nowhere"},
    }
    (folder / "detectors.yaml").write_text(yaml.safe_dump({"models": models}, sort_keys=False))
    rows = [{"text": text, "labels": {"insult": mark}, "meta": {"who": who}} for text, mark, who in SAID]
    (folder / "said.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    spans = [
        {"text": "so ann lee goes on to paris", "spans": [[3, 10, "PER"], [22, 27, "GPE"]]},
        {"text": "so it goes on", "spans": []},
    ]
    (folder / "spans.jsonl").write_text("".join(json.dumps(row) + "\n" for row in spans))
    return folder


def run(folder: Path, monkeypatch, *arguments: str):
    monkeypatch.chdir(folder)
    return CliRunner().invoke(app, [*arguments, "--detectors-config", "detectors.yaml"])


def test_labels_of_a_configured_model_are_measured(folder, monkeypatch):
    arguments = ("evaluate", "said.jsonl", "--model", "comments", "--by", "meta.who", "--json", "out.json")
    done = run(folder, monkeypatch, *arguments)
    assert done.exit_code == 0, done.output
    reports = json.loads((folder / "out.json").read_text())
    assert [(one["label"], one["n"], one["threshold"], one["f1"]) for one in reports] == [
        ("insult", 4, 0.6, 1.0),
        ("insult", 2, 0.6, 1.0),
        ("insult", 2, 0.6, 1.0),
    ]
    assert reports[0]["model"].startswith("comments:")


def test_spans_of_a_configured_model_are_measured(folder, monkeypatch):
    done = run(folder, monkeypatch, "evaluate", "spans.jsonl", "--model", "names", "--json", "-")
    assert done.exit_code == 0, done.output
    reports = json.loads(done.stdout[done.stdout.index("[") :])
    assert {one["entity"]: one["f2"] for one in reports} == {"PER": 1, "GPE": 1, "ALL": 1, "ANY": 1}


def test_labels_are_listed_with_their_thresholds(folder, monkeypatch):
    lines = run(folder, monkeypatch, "labels", "--model", "comments").output.splitlines()
    assert ["insult", "comments", "0.60"] in [line.split() for line in lines]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "--model: name one of comments, names, missing, pictures"),
        (("--model", "nobody"), "--model: nobody is not in detectors.yaml"),
        (("--model", "pictures"), "pictures reads pictures"),
        (("--model", "missing"), "missing: "),
    ],
)
def test_a_model_that_can_not_be_measured_is_a_sentence(folder, monkeypatch, arguments, told):
    done = run(folder, monkeypatch, "labels", *arguments)
    assert done.exit_code == 2
    assert told in done.output


def test_a_model_needs_a_configuration(monkeypatch, folder):
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(app, ["labels", "--model", "comments"])
    assert done.exit_code == 2
    assert "--model is a model of --detectors-config FILE" in done.output
