"""Real passages as documents, read from the data folder: book passages and the clean contexts of training rows."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

from detectors.training.made.documents import Document, lines, prose

_BOOKS: Final = "ip/public_domain_books.jsonl"
_CONTEXTS: Final = "injection/bipia_train.jsonl"


class Corpus:
    """Documents of a data folder; without one there are none."""

    def __init__(self, data: Path | None) -> None:
        self._kinds: dict[str, list[Document]] = {}
        if data is not None:
            for found in (*_books(data / _BOOKS), *_contexts(data / _CONTEXTS)):
                self._kinds.setdefault(found.kind, []).append(found)

    def document(self, rng: Random, kind: str | None = None) -> Document | None:
        """Return a document of that kind, or of one chosen by chance; None where there is no such document."""
        if not self._kinds or kind not in {None, *self._kinds}:
            return None
        return rng.choice(self._kinds[kind or rng.choice(_OFTEN)])


_OFTEN: Final = ("book", "book", "table", "table", "code", "email")
"""Kinds as often as they are chosen; there are few contexts of code and e-mail."""


def _books(path: Path) -> Iterator[Document]:
    return (prose(row["text"], "book") for row in _rows(path))


def _contexts(path: Path) -> Iterator[Document]:
    for row in _rows(path):
        if row["split"] == "train" and row["labels"]["injection"] == 0:
            yield lines(row["text"], row["meta"]["task"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
