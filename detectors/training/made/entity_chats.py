"""Talks of several turns: chat rooms, support chats, interviews, subtitles, calls as a recogniser writes them."""

import random
import re
from collections.abc import Callable, Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.entities.maker import Maker, Persona
from detectors.training.made.entities.pieces import Piece, each, example, outside
from detectors.training.made.entities.template import fill, sentences, value

SOURCE: Final = "made/entities/chats"
TALK: Final = ("messages", "messages", "personal", "support", "social", "plain", "prompts")
DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
CASES: Final[tuple[Callable[[str], str], ...]] = (str, str, str.lower)

Speaker = tuple[str, str, str]
"""How a speaker is shown: what comes before, the kind of name ("" for a role), what comes after."""

SHOWN: Final[tuple[Speaker, ...]] = (
    ("", "first", ": "),
    ("", "full", ": "),
    ("", "handle", ": "),
    ("<", "handle", "> "),
    ("**", "first", "**: "),
    ("@", "handle", " "),
    ("", "last", ": "),
    ("[12:04] ", "first", ": "),
    ("- ", "first", " said: "),
    (">> ", "full", ": "),
)
ROLES: Final = (("Agent: ", "Customer: "), ("User: ", "Assistant: "), ("Q: ", "A: "), ("Human: ", "AI: "), ("- ", "- "))


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Make talks of two to six turns; every third one is spoken."""
    maker = Maker(rng)
    for _ in range(count):
        talk = _call(maker) if maker.chance(0.33) else _chat(maker)
        yield example(talk, SOURCE)


def _chat(maker: Maker) -> list[Piece]:
    personas: dict[str, Persona] = {}
    named, (before, kind, after) = maker.chance(0.65), maker.choice(SHOWN)
    roles, change = maker.choice(ROLES), maker.choice(CASES)
    pieces: list[Piece] = []
    for turn in range(maker.rng.randint(2, 6)):
        who = value(kind, "ab"[turn % 2], maker, personas) if named else [Piece("")]
        start, end = (before, after) if named else (roles[turn % 2], "")
        said = each(fill(maker.choice(sentences(maker.choice(TALK))), maker, personas), _one_line)
        pieces += [Piece("\n" * bool(turn) + start), *who, Piece(end), *each(said, change)]
    return pieces


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _call(maker: Maker) -> list[Piece]:
    personas: dict[str, Persona] = {}
    spell: Callable[[str], str] = _spelt if maker.chance(0.25) else str
    pieces: list[Piece] = []
    for _ in range(maker.rng.randint(1, 5)):
        said = fill(maker.choice(sentences("voice")), maker, personas)
        pieces += [*([Piece(maker.choice((" ", " ", "\n", " um ")))] if pieces else []), *said]
    quiet = outside(pieces, lambda text: re.sub(r"[,.;:!?]", "", text))
    spoken = [Piece(spell(piece.text), piece.entity) if piece.entity in _SPELT else piece for piece in quiet]
    return each(spoken, str.lower) if maker.chance(0.8) else spoken


_SPELT: Final = frozenset({"PHONE_NUMBER", "CREDIT_CARD", "US_SSN", "ID"})


def _spelt(number: str) -> str:
    """Write a number digit by digit: "four two"; letters stay."""
    spelt = (f" {DIGITS[int(sign)]} " if sign in "0123456789" else sign if sign.isalnum() else " " for sign in number)
    return " ".join("".join(spelt).split())
