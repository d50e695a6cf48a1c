"""`airlock detectors` as people use it, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.commands.detectors import app
from tests.unit.detectors.encoder.small_encoder import write_encoder

pytestmark = pytest.mark.integration

ROWS = (
    {"id": "1", "text": "Mail ann.lee@example.com", "spans": [[5, 24, "EMAIL"]], "meta": {"kind": "mail"}},
    {
        "id": "2",
        "text": "From 192.0.2.17 at noon",
        "spans": [[5, 15, "IP_ADDRESS"], [19, 23, "MOMENT"]],
        "meta": {"kind": "log"},
    },
    {"id": "3", "text": "Nothing to see", "spans": []},
    {"id": "4", "text": "No word on spans", "labels": {"weather": 1}},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return tmp_path


def airlock(*arguments: str, folder: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "gateway.cli", "detectors", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=280)
    assert done.returncode == code, done.stderr
    return done


def test_figures_are_shown_and_written(folder):
    arguments = ("evaluate", "rows.jsonl", "--detectors", "patterns", "--by", "meta.kind", "--json", "out.json")
    done = airlock(*arguments, folder=folder)
    assert "rows" in done.stderr  # the progress, which is no part of the output
    assert "Not judged, since no detector knows them: weather, MOMENT" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    reports = json.loads((folder / "out.json").read_text())
    total = {report["entity"]: report for report in reports if "group" not in report}
    assert list(total) == ["EMAIL", "IP_ADDRESS", "ALL", "ANY"]
    assert [total[entity]["f2"] for entity in ("EMAIL", "IP_ADDRESS", "ALL")] == [1, 1, 1]
    assert (total["ANY"]["n"], total["ANY"]["found"]) == (3, 2)
    mails = [r for r in reports if r.get("group") == {"key": "meta.kind", "value": "mail"}]
    assert [(r["entity"], r["n"]) for r in mails] == [("EMAIL", 1), ("IP_ADDRESS", 0), ("ALL", 1), ("ANY", 1)]
    assert mails[1]["recall"] is None


def test_json_can_be_the_output_and_names_files_as_seen_from_the_data(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    arguments = ("evaluate", "rows.jsonl", "--data", str(folder), "--detectors", "patterns", "--json", "-")
    assert json.loads(airlock(*arguments, folder=elsewhere).stdout)[0]["file"] == "rows.jsonl"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bad.jsonl",), "airlock: bad.jsonl, line 2: not JSON"),
        (("missing.jsonl",), "missing.jsonl can't be read or written: No such file or directory"),
        (("rows.jsonl", "--detectors", "luck"), "the detectors are encoder and patterns"),
        (("rows.jsonl", "--types", "A"), "A=B"),
    ],
)
def test_what_can_be_mended_is_one_sentence(folder, arguments, message, monkeypatch):
    monkeypatch.chdir(folder)
    Path("bad.jsonl").write_text('{"text": "fine"}\n{"text": "hush-hush}\n')
    done = CliRunner().invoke(app, ["evaluate", "--detectors", "patterns", *arguments])
    assert done.exit_code == 2
    assert message in done.output
    assert "hush" not in done.output


def test_labels_are_listed_with_their_thresholds(folder):
    lines = airlock("labels", "--detectors", "patterns", folder=folder).stdout.splitlines()
    assert ["EMAIL_ADDRESS", "patterns", "0.40"] in [line.split() for line in lines]


def test_labels_of_the_encoder_are_judged_grouped_and_drawn(folder, monkeypatch):
    monkeypatch.chdir(folder)
    write_encoder(Path("weights"))
    said = (("you are nasty", 1, "a"), ("all is so so", 0, "a"), ("kill it", 0, "b"), ("a nasty word", 1, "b"))
    rows = [{"text": text, "labels": {"insult": mark}, "meta": {"who": who}} for text, mark, who in said]
    Path("said.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    arguments = ["evaluate", "said.jsonl", "--weights", "weights", "--detectors", "encoder"]
    done = CliRunner().invoke(app, [*arguments, "--by", "meta.who", "--plots", "pictures", "--json", "out.json"])
    assert done.exit_code == 0, done.output
    reports = json.loads(Path("out.json").read_text())
    assert [(one["label"], one["n"], one["auc"], one.get("group")) for one in reports] == [
        ("insult", 4, 1.0, None),
        ("insult", 2, 1.0, {"key": "meta.who", "value": "a"}),
        ("insult", 2, 1.0, {"key": "meta.who", "value": "b"}),
    ]
    assert sorted(file.name for file in Path("pictures").iterdir()) == ["said-reliability.png", "said-roc.png"]
