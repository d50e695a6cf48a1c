"""Read files in the data format: one JSON object a line, with a text and what is known about it."""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from detectors.evaluation.errors import BadOption, BadRow

SAMPLE_SEED: Final = 20_251
"""Seed of the rows that a limit draws, so that the same limit always means the same rows."""
POSITIVE: Final = 0.5
"""A label of at least this much is a positive: files state votes of annotators as fractions."""

GroupValue = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Row:
    """One text. A label that is absent from `labels` is unknown. `spans` is None where the row has no such member.

    `spans` are (start, end, type) in code points, end exclusive. `facts` are the members that rows can be grouped by,
    under names such as `meta.target` or `source`.
    """

    id: str
    text: str
    labels: Mapping[str, bool]
    spans: tuple[tuple[int, int, str], ...] | None
    facts: Mapping[str, GroupValue]


def read_rows(file: Path, limit: int | None = None, skip: Collection[str] = ()) -> list[Row]:
    """Read a file's rows in its order, without those whose id is in `skip`; at most `limit`, drawn by a fixed seed.

    Raises:
        BadRow: a line can't be read as a row. Every line is checked, whatever the limit.
        OSError: the file can't be read.
    """
    with file.open("rb") as lines:
        read = [_row(file, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    rows = [row for row in read if row.id not in skip]
    if limit is None or limit >= len(rows):
        return rows
    return [rows[index] for index in sorted(random.Random(SAMPLE_SEED).sample(range(len(rows)), limit))]  # noqa: S311


def read_ids(file: Path) -> frozenset[str]:
    """Read ids of rows to leave out: a JSON list of them, or an object whose members are such lists.

    Raises:
        BadOption: the file holds something else.
        OSError: it can't be read.
    """
    try:
        value = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as exc:
        raise BadOption(f"{file} is not JSON") from exc
    lists = value.values() if isinstance(value, dict) else (value,)
    if not all(isinstance(ids, list) and all(isinstance(one, str) for one in ids) for ids in lists):
        raise BadOption(f"{file} should hold a list of ids, or an object of such lists")
    return frozenset(one for ids in lists for one in ids)


def groups(rows: Sequence[Row], key: str) -> dict[GroupValue, list[int]]:
    """Give the positions of the rows by their value of `key`, sorted by value. Rows without one are in no group."""
    found: dict[GroupValue, list[int]] = {}
    for position, row in enumerate(rows):
        if key in row.facts:
            found.setdefault(row.facts[key], []).append(position)
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _row(file: Path, number: int, line: bytes) -> Row:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as exc:
        raise BadRow(file, number, "not JSON") from exc
    if not isinstance(value, dict):
        raise BadRow(file, number, "not a JSON object")
    try:
        text = _text(value.get("text"))
        labels, spans = _labels(value.get("labels")), _spans(value.get("spans"), len(text))
        return Row(str(value.get("id", number)), text, labels, spans, dict(_facts(value)))
    except ValueError as exc:
        raise BadRow(file, number, str(exc)) from None  # the cause may quote what stands there


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("`text` should be a string")  # noqa: TRY004 - the caller turns it into a BadRow
    return value


def _labels(value: object) -> dict[str, bool]:
    if value is None:
        return {}
    known = {name: mark for name, mark in value.items() if mark is not None} if isinstance(value, dict) else None
    if known is None or not all(isinstance(mark, int | float) and 0 <= mark <= 1 for mark in known.values()):
        raise ValueError("`labels` should be an object of numbers from 0 to 1")
    return {name: mark >= POSITIVE for name, mark in known.items()}


def _spans(value: object, size: int) -> tuple[tuple[int, int, str], ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(_is_span(span, size) for span in value):
        raise ValueError("`spans` should be a list of [start, end, type], in code points and inside the text")
    return tuple((start, end, kind) for start, end, kind in value)


def _is_span(value: object, size: int) -> bool:
    if not isinstance(value, list) or [type(part) for part in value] != [int, int, str]:
        return False
    start, end = int(value[0]), int(value[1])
    return 0 <= start < end <= size


def _facts(value: Mapping[str, Any]) -> Iterator[tuple[str, GroupValue]]:
    meta = value.get("meta")
    named = {f"meta.{name}": fact for name, fact in meta.items()} if isinstance(meta, dict) else {}
    for name, fact in {"source": value.get("source"), "split": value.get("split"), **named}.items():
        if isinstance(fact, GroupValue):
            yield name, fact
        elif fact is not None:
            yield name, orjson.dumps(fact, option=orjson.OPT_SORT_KEYS).decode()
