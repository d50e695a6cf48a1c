"""Other spellings of a text with entities, whose spans stay exact: case, punctuation, slips, layout, company.

Everything works on any `Example` whose spans don't overlap, those of public sets included.
"""

import json
import random
import re
from collections.abc import Callable, Sequence
from typing import Final

from detectors.training.example import Example
from detectors.training.made.entities.pieces import Piece, each, outside, rebuilt, split

Noise = Callable[[random.Random, Example], Example]

SHARE: Final = 0.3
"""Texts changed where nobody says otherwise."""


def lower(_: random.Random, given: Example) -> Example:
    """Give everything in small letters."""
    return rebuilt(given, each(split(given), str.lower))


def upper(_: random.Random, given: Example) -> Example:
    """Give everything in capitals."""
    return rebuilt(given, each(split(given), str.upper))


def lower_some(rng: random.Random, given: Example) -> Example:
    """Give some names of people and places in small letters, as fast typists have them."""
    pieces = [piece if rng.random() < 0.4 else Piece(piece.text.lower(), piece.entity) for piece in split(given)]
    return rebuilt(given, pieces)


def shout_names(_: random.Random, given: Example) -> Example:
    """Give names of people in capitals, as forms and tickets print them."""
    pieces = [Piece(piece.text.upper(), "PERSON") if piece.entity == "PERSON" else piece for piece in split(given)]
    return rebuilt(given, pieces)


def title_case(_: random.Random, given: Example) -> Example:
    """Give every word with a capital, as in headlines: capitals alone say nothing then."""
    return rebuilt(given, outside(split(given), lambda text: re.sub(r"\b[a-z]", lambda at: at[0].upper(), text)))


def unpunctuated(_: random.Random, given: Example) -> Example:
    """Give no commas, stops or quotes around the entities."""
    return rebuilt(given, outside(split(given), lambda text: _MARKS.sub("", text)))


def slips(rng: random.Random, given: Example) -> Example:
    """Give letters swapped, dropped or doubled in every eighth word around the entities."""
    return rebuilt(
        given, outside(split(given), lambda text: re.sub(r"[A-Za-z]{4,}", lambda at: _slip(rng, at[0]), text))
    )


def _slip(rng: random.Random, word: str) -> str:
    if rng.random() > 1 / 8:
        return word
    at = rng.randrange(1, len(word) - 1)
    ways = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    )
    return rng.choice(ways)


def spaced(rng: random.Random, given: Example) -> Example:
    """Give blanks around the entities doubled, made tabs or line breaks."""
    gap = rng.choice(("  ", "\n", "\t", " \n ", "   "))
    return rebuilt(
        given, outside(split(given), lambda text: re.sub(r" ", lambda _: gap if rng.random() < 0.2 else " ", text))
    )


def quoted(rng: random.Random, given: Example) -> Example:
    """Give the text in a frame: a quotation, a list item, a heading, a turn of a chat, an emphasis."""
    before, after = rng.choice(_FRAMES)
    return rebuilt(given, [Piece(before), *split(given), Piece(after)])


def as_json(rng: random.Random, given: Example) -> Example:
    """Give the text as a JSON string in an object, escaped."""
    ascii_only = rng.random() < 0.2
    inner = each(split(given), lambda text: json.dumps(text, ensure_ascii=ascii_only)[1:-1])
    key = rng.choice(("text", "message", "content", "body", "note", "input", "comment", "description"))
    before, after = rng.choice((('{{"{}": "', '"}'), ('{{"id": 7, "{}": "', '", "ok": true}'), ('[{{"{}":"', '"}]')))
    return rebuilt(given, [Piece(before.format(key)), *inner, Piece(after)])


def as_cell(rng: random.Random, given: Example) -> Example:
    """Give the text as a quoted cell of CSV."""
    inner = each(split(given), lambda text: text.replace('"', '""'))
    before, after = rng.choice(
        (('id,note\n17,"', '"\n'), ('a,b,c\n1,"', '",x\n'), ('"', '"'), ('date;"text"\n0;"', '"\n'))
    )
    return rebuilt(given, [Piece(before), *inner, Piece(after)])


def joined(rng: random.Random, texts: Sequence[Example]) -> Example:
    """Give several texts as one. Its entities are those that all of them are annotated for; labels are left out."""
    between = rng.choice((" ", " ", "\n", "\n\n", " - ", "; "))
    pieces: list[Piece] = []
    for text in texts:
        pieces += [*([Piece(between)] if pieces else []), *split(text)]
    annotated = frozenset.intersection(*(text.annotated for text in texts))
    known = [piece if piece.entity in annotated else Piece(piece.text) for piece in pieces]
    return rebuilt(Example("", {}, texts[0].source, (), annotated), known)


_MARKS: Final = re.compile(r"[\"\u201c\u201d()]|[.,;:!?]+(?=[\"\u201d)\s]|$)")

NOISES: Final[tuple[tuple[Noise, float], ...]] = (
    (lower, 3.0),
    (upper, 0.7),
    (lower_some, 1.0),
    (shout_names, 0.6),
    (title_case, 0.6),
    (unpunctuated, 1.2),
    (slips, 1.2),
    (spaced, 0.8),
    (quoted, 1.0),
    (as_json, 0.6),
    (as_cell, 0.3),
)


def noisy(rng: random.Random, given: Example, share: float = SHARE) -> Example:
    """Give the text as it is, or, in this share of cases, with one kind of noise, sometimes with two."""
    if rng.random() >= share:
        return given
    kinds = [noise for noise, _ in NOISES]
    for noise in rng.choices(kinds, [weight for _, weight in NOISES], k=rng.choice((1, 1, 1, 2))):
        given = noise(rng, given)
    return given


_FRAMES: Final = (
    ('"', '"'),
    ("> ", ""),
    ("- ", ""),
    ("* ", ""),
    ("1. ", ""),
    ("# ", ""),
    ("User: ", ""),
    ("Human: ", "\n\nAssistant:"),
    ("Translate into German: ", ""),
    ("Summarise:\n", ""),
    ("<p>", "</p>"),
    ("**", "**"),
    ("'", "'"),
    ("(", ")"),
    ("Fwd: ", ""),
    ("NOTE: ", ""),
    ("[", "]"),
    ("Please rewrite this politely:\n\n", ""),
    ("What does this mean? ", ""),
    ("```\n", "\n```"),
)
