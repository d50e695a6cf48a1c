"""Read the public sets: one example for each text, its labels merged, in three splits that share no text."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from detectors.training.example import Example
from detectors.training.rows import Labels
from detectors.training.sources import Source

DEV: Final = "dev"
TEST: Final = "test"
_SPACE: Final = re.compile(r"\s+")


class DataMissing(Exception):
    """A file that the table of sources names is not in the folder of data."""


@dataclass(frozen=True, slots=True)
class Splits:
    """Examples by split. A text is in one of them only; `dev` chooses thresholds, `test` is looked at last."""

    train: Sequence[Example]
    dev: Sequence[Example]
    test: Sequence[Example]


def read_sources(folder: Path, sources: Iterable[Source]) -> Splits:
    """Read every source below `folder`. Raises DataMissing.

    A text that several files hold is one example of the first file, with the labels of all (their mean where two
    disagree). One that is held out anywhere is held out everywhere.
    """
    held: dict[str, dict[str, Example]] = {"train": {}, DEV: {}, TEST: {}}
    for source in sources:
        for split, example in _examples(folder, source):
            of_split, key = held[split], key_of(example.text)
            of_split[key] = merged(of_split[key], example) if key in of_split else example
    out = held[DEV].keys() | held[TEST].keys()
    train = [example for key, example in held["train"].items() if key not in out]
    dev = [example for key, example in held[DEV].items() if key not in held[TEST]]
    return Splits(train, dev, list(held[TEST].values()))


def key_of(text: str) -> str:
    """Return what two texts share that are the same but for case and spacing."""
    return _SPACE.sub(" ", text).strip().casefold()


def merged(first: Example, second: Example) -> Example:
    """Return `first` with what `second` knows as well; labels that disagree become their mean."""
    labels = dict(second.labels) | dict(first.labels)
    for name in first.labels.keys() & second.labels.keys():
        labels[name] = (first.labels[name] + second.labels[name]) / 2
    if second.annotated and not first.annotated:
        return replace(second, labels=labels, source=first.source)
    return replace(first, labels=labels)


def _examples(folder: Path, source: Source) -> Iterator[tuple[str, Example]]:
    path = folder / f"{source.file}.jsonl"
    if not path.is_file():
        raise DataMissing(f"{source.file}.jsonl is not in the folder of data")
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            example = _example(row, source)
            if example is not None:
                yield _split(row["split"], source), example


def _split(split: str, source: Source) -> str:
    """Return where a row goes. A set without a dev split of its own gives its test split as dev."""
    if split in source.splits:
        return "train"
    return DEV if DEV in source.splits else split


def _example(row: Mapping[str, Any], source: Source) -> Example | None:
    if not row["text"].strip():
        return None
    if source.annotated:
        return _annotated(row, source)
    labels = source.read(row)
    if not labels:
        return None
    return Example(text=row["text"], labels=_doubted(labels, row, source), source=source.name)


def _annotated(row: Mapping[str, Any], source: Source) -> Example:
    """Kinds that we do not look for (MISC) are dropped: they were no name of ours, so such a token is `O`."""
    spans = tuple((start, end, kind) for start, end, kind in row["spans"] if kind in source.annotated)
    return Example(text=row["text"], labels={}, source=source.name, spans=spans, annotated=source.annotated)


def _doubted(labels: Labels, row: Mapping[str, Any], source: Source) -> Labels:
    """Held-out rows keep hard labels: what is measured on them is not to be softened."""
    if row["split"] not in source.splits or not source.doubt:
        return labels
    return {name: value * (1 - source.doubt) + source.doubt / 2 for name, value in labels.items()}
