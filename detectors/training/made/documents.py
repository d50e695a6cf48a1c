"""Documents that a model is asked to work on: e-mails, news, abstracts, pages, tables, code, tool results."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from detectors.training.made.grammar import Grammar
from detectors.training.made.records import code_blocks, table_blocks

_GRAMMAR: Final = Grammar("things", "documents")
_PIECE: Final = re.compile(r"[A-Za-z]{1,9}|[0-9]{1,3}|[^\sA-Za-z0-9]")

WINDOW_PIECES: Final = 225
"""Word pieces, roughly counted, that fit in one window of the model with room to spare."""


@dataclass(frozen=True)
class Document:
    """Blocks (sentences, lines, rows) in order, and what stands between them."""

    kind: str
    blocks: tuple[str, ...]
    joiner: str

    def text(self) -> str:
        """Return the whole document."""
        return self.joiner.join(self.blocks)

    def with_block(self, block: str, place: int) -> "Document":
        """Return the document with one more block before the one at `place`."""
        return Document(self.kind, (*self.blocks[:place], block, *self.blocks[place:]), self.joiner)

    def around(self, place: int, room: int) -> "Document":
        """Return as many blocks around the one at `place` as fit in `room` pieces, and that one in any case."""
        first = last = place
        room -= pieces(self.blocks[place])
        while room > 0 and (first > 0 or last + 1 < len(self.blocks)):
            forward = last + 1 < len(self.blocks) and (first == 0 or last - place <= place - first)
            first, last = (first, last + 1) if forward else (first - 1, last)
            room -= pieces(self.blocks[last if forward else first])
        shrunk = (first + 1, last) if room < 0 and first < place else (first, max(place, last - (room < 0)))
        return Document(self.kind, self.blocks[shrunk[0] : shrunk[1] + 1], self.joiner)


def pieces(text: str) -> int:
    """Count word pieces as a tokeniser would, roughly: up to nine letters, three digits, one sign."""
    return len(_PIECE.findall(text))


def prose(text: str, kind: str) -> Document:
    """Return somebody's text as a document of sentences."""
    parts = (part.strip() for part in re.split(r"(?<=[.!?]) |(?<=[.!?][\"']) |\n", text))
    return Document(kind, tuple(part for part in parts if part), " ")


def lines(text: str, kind: str) -> Document:
    """Return somebody's text as a document of lines."""
    return Document(kind, tuple(part for part in text.split("\n") if part.strip()), "\n")


def document(rng: Random, kind: str | None = None) -> Document:
    """Return a document of 3 to 14 blocks, of that kind or any."""
    return _KINDS[kind or rng.choice(_OFTEN)](rng)


def request(rng: Random) -> str:
    """Return what a user may ask about a document."""
    return _GRAMMAR.one(rng, "request")


def role(rng: Random) -> str:
    """Return what stands at the head of a prompt that brings a document along."""
    return _GRAMMAR.one(rng, "assistant_role")


def _written(kind: str, joiners: tuple[str, ...], foot: bool = False) -> Callable[[Random], Document]:
    def write(rng: Random) -> Document:
        patterns = _GRAMMAR.tables[f"{kind}_line"]
        body = [_GRAMMAR.say(rng, line) for line in rng.sample(patterns, rng.randint(2, min(12, len(patterns))))]
        head = [_GRAMMAR.one(rng, f"{kind}_head")] if rng.random() < 0.8 else []
        tail = [_GRAMMAR.one(rng, f"{kind}_foot")] if foot and rng.random() < 0.8 else []
        return Document(kind, (*head, *body, *tail), rng.choice(joiners))

    return write


def _table(rng: Random) -> Document:
    return Document("table", tuple(table_blocks(rng)), "\n")


def _code(rng: Random) -> Document:
    return Document("code", tuple(code_blocks(rng)), "\n")


_KINDS: Final[dict[str, Callable[[Random], Document]]] = {
    "mail": _written("mail", ("\n", " ", " ", "\n\n"), foot=True),
    "news": _written("news", (" ", " ", "\n", "\n\n")),
    "abstract": _written("abstract", (" ",)),
    "page": _written("page", ("\n", "\n\n", " ")),
    "review": _written("review", ("\n", "\n- ")),
    "minutes": _written("minutes", ("\n", "\n- ", " ")),
    "tool": _written("tool", ("\n",)),
    "table": _table,
    "code": _code,
}
_OFTEN: Final = (*_KINDS, "mail", "news", "table")
"""Kinds as often as they are chosen."""
