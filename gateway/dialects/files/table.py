"""Tables as text (CSV, TSV): cells one by one, each with the name of its column, and new values in their place.

https://www.rfc-editor.org/rfc/rfc4180, with a tab, a semicolon or a bar for a comma as well.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from gateway.dialects.leaves import Leaf
from gateway.dialects.slot import Kind, Path

MAX_CELLS: Final = 5_000
"""Most cells that are read one by one; a larger table is read as a plain text."""

_DELIMITERS: Final = ",;\t|"
_FIRST_ROW: Final = re.compile(r'(?:"(?:[^"]++|"")*+"|[^"\r\n]++)*+')
_QUOTED: Final = re.compile(r'"(?:[^"]++|"")*+"')
_NAME: Final = re.compile(r"[A-Za-z][\w .-]{0,40}", re.ASCII)
_TELLING: Final = re.compile(r"[^\W\d_]|(?:\d\D*){6}")
"""A letter, or six digits: a cell without them, such as a count or a price, names nobody."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its row and column, its value, and where it stands with its quotes."""

    row: int
    column: int
    text: str = field(repr=False)
    span: tuple[int, int]


def cells(text: str) -> list[Cell] | None:
    """Find the cells of a table that has two columns or more; None if it has a quote where none belongs."""
    try:
        found = list(_each(text))
    except _NoTable:
        return None
    return found if any(cell.column for cell in found) else None


def leaves(text: str) -> list[Leaf] | None:
    """Give the cells that may say something of a person, with the path (row, column, the column's name).

    None for no table, or one with more than `MAX_CELLS` such cells.
    """
    names: dict[int, str] = {}
    telling: list[Cell] = []
    is_wide = False
    try:
        for cell in _each(text):
            is_wide = is_wide or cell.column > 0
            if cell.row == 0:
                names[cell.column] = _name(cell.text)
            if _TELLING.search(cell.text):
                telling.append(cell)
            if len(telling) > MAX_CELLS:  # without reading on: a table may be a hundred times as large
                return None
    except _NoTable:
        return None
    return [Leaf(_path(cell, names), cell.text, Kind.TEXT) for cell in telling] if is_wide else None


def rewrite(text: str, changed: Mapping[Path, str]) -> str:
    """Write new values into cells, by the paths of `leaves`; quotes are put where the new value needs them."""
    by_place = {path[:2]: new for path, new in changed.items()}
    pieces: list[str] = []
    position = 0
    for cell in cells(text) or []:
        new = by_place.get((cell.row, cell.column))
        if new is not None:
            start, end = cell.span
            pieces += text[position:start], _written(new, is_quoted=text[start:end].startswith('"'))
            position = end
    return "".join((*pieces, text[position:]))


class _NoTable(Exception):
    """There is a quote where none belongs."""


def _each(text: str) -> Iterator[Cell]:
    delimiter = _delimiter(text)
    row = column = position = 0
    while position < len(text):
        match = _cell(delimiter).match(text, position)
        if match is None:
            raise _NoTable
        quoted, plain, end = match.groups()
        value = plain if quoted is None else quoted.replace('""', '"')
        yield Cell(row, column, value, (position, match.start(3)))
        row, column = (row, column + 1) if end == delimiter else (row + 1, 0)
        position = match.end()


def _delimiter(text: str) -> str:
    """Tell which sign is most often in the first row, outside of quotes."""
    first = _FIRST_ROW.match(text)
    return max(_DELIMITERS, key=_QUOTED.sub("", first[0] if first else "").count)


def widths(text: str) -> list[int] | None:
    """Count the cells of each row; None for no table."""
    found = cells(text)
    return None if found is None else [cell.column for cell in found]


def _written(value: str, *, is_quoted: bool) -> str:
    # An empty value is quoted as well: without it, two ends of lines beside it may become one.
    # A delimiter of another kind is, too: in the first row it might be taken for the table's.
    if is_quoted or not value or any(sign in value for sign in (*_DELIMITERS, '"', "\n", "\r")):
        return '"' + value.replace('"', '""') + '"'
    return value


def _path(cell: Cell, names: Mapping[int, str]) -> Path:
    name = names.get(cell.column, "") if cell.row else ""
    return (cell.row, cell.column, name) if name else (cell.row, cell.column)


def _name(text: str) -> str:
    return text.strip().replace(" ", "_") if _NAME.fullmatch(text.strip()) else ""


@lru_cache(len(_DELIMITERS))
def _cell(delimiter: str) -> re.Pattern[str]:
    sign = re.escape(delimiter)
    return re.compile(rf'(?:"((?:[^"]++|"")*+)"|([^{sign}"\r\n]*+))({sign}|\r\n|\n|\r|\Z)')
