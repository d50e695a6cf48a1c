"""Data formats: JSON, YAML, CSV, SQL, XML, TOML, key=value, Markdown tables, and code with literals."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.entities.maker import Maker, Persona
from detectors.training.made.entities.pieces import Piece, each, example
from detectors.training.made.entities.template import value
from detectors.training.made.entities.word_lists import sections

SOURCE: Final = "made/entities/structures"
KEYS: Final = sections("keys")
"""Keys by the kind of their value."""

Fields = list[tuple[str, list[Piece]]]
Form = Callable[[Maker, list[Fields]], list[Piece]]


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Make one to four records of the same fields in one of the formats."""
    maker = Maker(rng)
    for _ in range(count):
        form = maker.choice(FORMS)
        yield example(form(maker, _records(maker)), f"{SOURCE}/{form.__name__}")


def _records(maker: Maker) -> list[Fields]:
    kinds = maker.rng.sample(tuple(KEYS), maker.rng.randint(2, 7))
    keys = [maker.choice(KEYS[kind]) for kind in kinds]
    records = []
    for _ in range(maker.choice((1, 1, 2, 3, 4))):
        personas: dict[str, Persona] = {}
        records.append([(key, value(kind, "a", maker, personas)) for key, kind in zip(keys, kinds, strict=True)])
    return records


def _laid_out(rows: list[list[list[Piece]]], between: str, end: str) -> list[Piece]:
    pieces: list[Piece] = []
    for row in rows:
        for number, cell in enumerate(row):
            pieces += [*([Piece(between)] if number else []), *cell]
        pieces.append(Piece(end))
    return pieces


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def as_json(maker: Maker, records: list[Fields]) -> list[Piece]:
    """Write an object or an array of objects."""
    gap, colon = maker.choice((("\n  ", ": "), (" ", ": "), ("", ":")))
    rows = [
        [[Piece(f'{gap}"{key}"{colon}"'), *each(cell, _string), Piece('"')] for key, cell in row] for row in records
    ]
    objects = [_laid_out([row], ",", gap.rstrip(" ")) for row in rows]
    bodies: list[Piece] = []
    for number, body in enumerate(objects):
        bodies += [Piece(", {" if number else "{"), *body, Piece("}")]
    return bodies if len(records) == 1 else [Piece("["), *bodies, Piece("]")]


def as_yaml(maker: Maker, records: list[Fields]) -> list[Piece]:
    """Write a list of mappings, its strings quoted."""
    rows = [
        [
            [Piece(f'{"- " if not number else "  "}{key}: "'), *each(cell, _string), Piece('"')]
            for number, (key, cell) in enumerate(row)
        ]
        for row in records
    ]
    return [Piece(maker.choice(("---\n", "", "# export\n"))), *_laid_out(rows, "\n", "\n")]


def as_csv(maker: Maker, records: list[Fields]) -> list[Piece]:
    """Write a header and rows, with a comma, a semicolon or a tab; cells are quoted where they must be."""
    sign = maker.choice((",", ",", ";", "\t"))
    rows = [[_cell(cell) for _, cell in row] for row in records]
    header = sign.join(key for key, _ in records[0]) + "\n" if maker.chance(0.85) else ""
    return [Piece(header), *_laid_out(rows, sign, "\n")]


def _cell(cell: list[Piece]) -> list[Piece]:
    if not any(special in piece.text for piece in cell for special in ',;\t"\n'):
        return cell
    return [Piece('"'), *each(cell, lambda text: text.replace('"', '""')), Piece('"')]


def as_sql(maker: Maker, records: list[Fields]) -> list[Piece]:
    """Write INSERT, UPDATE or SELECT with literals."""
    rows = [
        [[Piece("'"), *each(cell, lambda text: text.replace("'", "''")), Piece("'")] for _, cell in row]
        for row in records
    ]
    table, keys = (
        maker.choice(("users", "customers", "staff", "orders", "aims", "crm.contacts")),
        [key for key, _ in records[0]],
    )
    if maker.chance(0.6):
        start = f"INSERT INTO {table} ({', '.join(keys)}) VALUES ("  # noqa: S608 - a text to train on, never a query
        pieces: list[Piece] = []
        for row in rows:
            pieces += [Piece(start), *_laid_out([row], ", ", ");\n")]
        return pieces
    pairs = [[Piece(f"{key} = "), *cell] for key, cell in zip(keys, rows[0], strict=True)]
    start, between, end = maker.choice(
        (("SELECT * FROM {} WHERE ", " AND ", ";"), ("UPDATE {} SET ", ", ", " WHERE id = 7;"))
    )
    return [Piece(start.format(table)), *_laid_out([pairs], between, end)]


def as_xml(maker: Maker, records: list[Fields]) -> list[Piece]:
    """Write elements, or rows of an HTML table."""
    rows = [[[Piece(f"<{key}>"), *each(cell, _markup), Piece(f"</{key}>")] for key, cell in row] for row in records]
    outer = maker.choice(("record", "person", "customer", "row"))
    return [Piece(f"<{outer}>\n"), *_laid_out(rows, "\n", "\n"), Piece(f"</{outer}>")]


def _markup(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def as_pairs(maker: Maker, records: list[Fields]) -> list[Piece]:
    """Write key=value, as settings, TOML, query strings and environments have it."""
    before, equals, after, between = maker.choice(
        (
            ("", "=", "", "\n"),
            ("", ' = "', '"', "\n"),
            ("", "=", "", "&"),
            ("export ", '="', '"', "\n"),
            ("", "=", "", " "),
            ("", ": ", "", ", "),
        )
    )
    rows = [[[Piece(f"{before}{key}{equals}"), *cell, Piece(after)] for key, cell in row] for row in records]
    return _laid_out(rows, between, "\n")


def as_markdown(_: Maker, records: list[Fields]) -> list[Piece]:
    """Write a table of Markdown."""
    keys = [key for key, _ in records[0]]
    header = f"| {' | '.join(keys)} |\n|{'---|' * len(keys)}\n"
    rows = [[[Piece("" if number else "| "), *cell] for number, (_, cell) in enumerate(row)] for row in records]
    return [Piece(header), *_laid_out(rows, " | ", " |\n")]


def as_code(maker: Maker, records: list[Fields]) -> list[Piece]:
    """Write literals in a program of one of several languages."""
    before, after, between, start, end = maker.choice(_CALLS)
    rows = [
        [[Piece(before.format(key=key)), *each(cell, _string), Piece(after)] for key, cell in row] for row in records
    ]
    pieces: list[Piece] = []
    for row in rows:
        pieces += [Piece(start), *_laid_out([row], between, end)]
    return pieces


_CALLS: Final = (
    ('{key}="', '"', ", ", "user = User(", ")\n"),
    ('"{key}": "', '"', ", ", "row = {", "}\n"),
    ("{key}: '", "'", ", ", "const user = { ", " };\n"),
    ('.{key}("', '")', "", "Person.builder()", ".build();\n"),
    ('String {key} = "', '";', "\n", "", "\n"),
    ('{key} = "', '"', "\n", "# test data\n", "\n"),
    ('assert user.{key} == "', '"', "\n", "def test_user():\n", "\n"),
    ('{key} := "', '"', "\n", "", "\n"),
    ("--{key} '", "'", " ", "./add-user ", "\n"),
    ('logger.info("{key}: ', '")', "\n", "", "\n"),
    ('-d {key}="', '"', " ", "curl -X POST https://localhost/api ", "\n"),
)
FORMS: Final[tuple[Form, ...]] = (
    as_json,
    as_json,
    as_yaml,
    as_csv,
    as_csv,
    as_sql,
    as_xml,
    as_pairs,
    as_markdown,
    as_code,
    as_code,
)
