"""The data format as it is read: partial labels stay partial, and a fault is named by its place only."""

import json
from pathlib import Path

import pytest

from detectors.evaluation.errors import BadOption, BadRow
from detectors.evaluation.rows import groups, read_ids, read_rows


def written(folder: Path, *rows: object) -> Path:
    file = folder / "rows.jsonl"
    file.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows))
    return file


def test_a_row_holds_what_its_line_says_and_no_more(tmp_path):
    line = {
        "id": "a-1",
        "text": "Ann Lee",
        "labels": {"hate": 0, "toxic": 0.5, "insult": True, "threat": None},
        "spans": [[0, 7, "PERSON"]],
        "source": "made",
        "split": "test",
        "meta": {"target": "none", "length": 7, "votes": [1, 2]},
    }
    (row,) = read_rows(written(tmp_path, line))
    assert row.labels == {"hate": False, "toxic": True, "insult": True}
    assert row.spans == ((0, 7, "PERSON"),)
    facts = {"source": "made", "split": "test", "meta.target": "none", "meta.length": 7, "meta.votes": "[1,2]"}
    assert row.facts == facts


def test_absent_spans_are_unknown_and_no_spans_are_none(tmp_path):
    rows = read_rows(written(tmp_path, {"text": "a"}, "\n", {"text": "b", "spans": []}))
    assert [(row.id, row.spans) for row in rows] == [("1", None), ("3", ())]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("hush-hush\n", "not JSON"),
        ("[1]\n", "not a JSON object"),
        ({"labels": {"hush-hush": 1}}, "`text` should be a string"),
        ({"text": 5}, "`text` should be a string"),
        ({"text": "hush-hush", "labels": {"hate": "hush-hush"}}, "`labels` should be an object"),
        ({"text": "hush-hush", "labels": {"hate": 2}}, "`labels` should be an object"),
        ({"text": "hush-hush", "labels": ["hate"]}, "`labels` should be an object"),
        ({"text": "hush-hush", "spans": [[0, 10, "ID"]]}, "`spans` should be a list"),
        ({"text": "hush-hush", "spans": [[3, 3, "ID"]]}, "`spans` should be a list"),
        ({"text": "hush-hush", "spans": [[True, 3, "ID"]]}, "`spans` should be a list"),
        ({"text": "hush-hush", "spans": [[0, 3]]}, "`spans` should be a list"),
        ({"text": "hush-hush", "spans": {"0": 3}}, "`spans` should be a list"),
    ],
)
def test_a_fault_names_file_and_line_and_never_the_text(tmp_path, line, what):
    file = written(tmp_path, {"text": "fine"}, line)
    with pytest.raises(BadRow) as fault:
        read_rows(file, limit=1)
    assert f"{file}, line 2: {what}" in str(fault.value)
    assert "hush" not in str(fault.value)


def test_a_limit_draws_the_same_rows_each_time_from_the_whole_file(tmp_path):
    file = written(tmp_path, *({"id": str(number), "text": "x"} for number in range(1000)))
    drawn = [int(row.id) for row in read_rows(file, limit=50)]
    assert drawn == [int(row.id) for row in read_rows(file, limit=50)]
    assert drawn == sorted(set(drawn))
    assert len(drawn) == 50
    assert max(drawn) > 800
    assert len(read_rows(file, limit=5000)) == 1000


def test_rows_are_left_out_by_id(tmp_path):
    file = written(tmp_path, {"id": "a", "text": "x"}, {"id": "b", "text": "y"}, {"id": "c", "text": "z"})
    ids = tmp_path / "ids.json"
    ids.write_text('{"rows": ["a"], "others": ["c", "q"]}')
    assert [row.id for row in read_rows(file, skip=read_ids(ids))] == ["b"]
    ids.write_text('["b"]')
    assert [row.id for row in read_rows(file, skip=read_ids(ids))] == ["a", "c"]


@pytest.mark.parametrize("text", ["no", "3", '{"a": 1}', "[1]"])
def test_other_files_of_ids_are_refused(tmp_path, text):
    (tmp_path / "ids.json").write_text(text)
    with pytest.raises(BadOption):
        read_ids(tmp_path / "ids.json")


def test_groups_are_by_value_and_hold_no_row_without_one(tmp_path):
    rows = read_rows(
        written(tmp_path, *({"text": "x", "meta": meta} for meta in ({"k": "b"}, {}, {"k": "a"}, {"k": "b"})))
    )
    assert list(groups(rows, "meta.k").items()) == [("a", [2]), ("b", [0, 3])]
    assert groups(rows, "meta.other") == {}
