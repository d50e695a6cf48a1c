r"""A small grammar of phrases: tables of alternatives that refer to one another, said by chance.

A file holds `[name]` headings, each followed by its alternatives, one a line; `;;` starts a comment and `\n` is a line
break. In an alternative, `{name}` is another table, `{a|b|}` a choice on the spot, `{name#1}` a choice that stays the
same in one saying, `{^...}` starts with a capital and `{_...}` without, and `a(n)` becomes `a` or `an`. Other braces
are left alone, as is a name after a `$`.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

_HOLE: Final = re.compile(r"(?<!\$)\{([\^_]?)((?:[a-z][a-z0-9_]*)(?:#\d)?|[^{}]*\|[^{}]*)\}")
_ARTICLE: Final = re.compile(r"\b([Aa])\(n\)( \W*)(\w?)")
_HEADING: Final = re.compile(r"\[([a-z][a-z0-9_]*)\]")
_FOLDER: Final = Path(__file__).parent / "grammars"

Tables = Mapping[str, Sequence[str]]


def read_tables(*names: str) -> dict[str, list[str]]:
    """Return the tables of the files `grammars/NAME.txt`; a table that occurs twice is one too many (ValueError)."""
    tables: dict[str, list[str]] = {}
    for name in names:
        for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith(";;") or not line.strip():
                continue
            if heading := _HEADING.fullmatch(line):
                if heading[1] in tables:
                    raise ValueError(f"{name}.txt: table {heading[1]} occurs twice")
                current = tables.setdefault(heading[1], [])
            else:
                current.append(line.replace("\\n", "\n"))
    return tables


class Grammar:
    """Says sentences of some tables. Unknown names raise KeyError."""

    def __init__(self, *names: str) -> None:
        self.tables: Tables = read_tables(*names)

    def say(self, rng: Random, pattern: str) -> str:
        """Return `pattern` with every hole filled."""
        return _ARTICLE.sub(_article, self._say(rng, pattern, {}))

    def one(self, rng: Random, table: str) -> str:
        """Return one alternative of a table, said."""
        return self.say(rng, rng.choice(self.tables[table]))

    def _say(self, rng: Random, pattern: str, kept: dict[str, str]) -> str:
        while hole := _HOLE.search(pattern):
            said = self._fill(rng, hole[2], kept)
            if hole[1]:
                said = self._say(rng, said, kept)
                said = (said[:1].upper() if hole[1] == "^" else said[:1].lower()) + said[1:]
            pattern = pattern[: hole.start()] + said + pattern[hole.end() :]
        return pattern

    def _fill(self, rng: Random, hole: str, kept: dict[str, str]) -> str:
        if "|" in hole:
            return rng.choice(hole.split("|"))
        table, _, key = hole.partition("#")
        if not key:
            return rng.choice(self.tables[table])
        if hole not in kept:
            kept[hole] = self._say(rng, rng.choice(self.tables[table]), kept)
        return kept[hole]


def _article(match: re.Match[str]) -> str:
    return match[1] + ("n" if match[3].lower() in {"a", "e", "i", "o", "u"} else "") + match[2] + match[3]
