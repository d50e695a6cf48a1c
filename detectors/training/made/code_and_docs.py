"""Code, logs, settings, tables and pages without a request: harmless text that looks unlike prose."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.documents import WINDOW_PIECES, document
from detectors.training.made.grammar import Grammar
from detectors.training.made.promptings import HARMLESS, distinct

_GRAMMAR: Final = Grammar("things", "files")


def examples(rng: Random, count: int, data: Path | None = None) -> Iterator[Example]:
    """Yield `count` texts; `data` is not needed."""
    del data
    return distinct(_file, rng, count)


def _file(rng: Random) -> Example:
    if rng.random() < 0.3:
        page = document(rng, rng.choice(("table", "code", "tool", "page")))
        return Example(page.around(0, WINDOW_PIECES).text(), HARMLESS, f"made/code_and_docs:{page.kind}")
    kind = rng.choice(_KINDS)
    patterns = _GRAMMAR.tables[f"{kind}_line"]
    size = rng.randint(2, min(9, len(patterns)))
    body = [_GRAMMAR.say(rng, pattern) for pattern in rng.sample(patterns, size)]
    head = [_GRAMMAR.one(rng, f"{kind}_head")] if rng.random() < 0.7 else []
    return Example("\n".join((*head, *body)), HARMLESS, f"made/code_and_docs:{kind}")


_KINDS: Final = ("python", "python", "script", "web", "sql", "shell", "settings", "log", "readme", "readme", "changes")
