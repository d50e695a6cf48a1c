"""Cells of a table: read with the name of their column, written so that the table stays one."""

import csv
import io
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gateway.dialects.files import table
from tests.pace import within

PEOPLE = 'First name,mail,"age"\r\n"Lee, Ann",ann@example.org,41\r\n\r\nBo "the" x\r\n'


def written(rows: list[list[str]], **style: object) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", **style).writerows(rows)
    return out.getvalue()


def test_cells_are_told_by_their_column() -> None:
    found = table.leaves('First name,mail,age\n"Lee, ""Ann""",ann@example.org,41\n')
    assert found is not None
    assert [(leaf.path, leaf.text) for leaf in found] == [
        ((0, 0), "First name"),
        ((0, 1), "mail"),
        ((0, 2), "age"),
        ((1, 0, "First_name"), 'Lee, "Ann"'),
        ((1, 1, "mail"), "ann@example.org"),
    ]


NONE = {"one column": "mail\nann@example.org\n", "a stray quote": PEOPLE, "a quote without end": 'a,"b\n', "": ""}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_is_no_table_is_none(text: str) -> None:
    assert table.leaves(text) is None


def test_a_large_table_is_read_as_a_text() -> None:
    assert table.leaves("a,b\n" * (table.MAX_CELLS // 2)) is not None
    assert table.leaves("a,b\n" * (table.MAX_CELLS // 2 + 1)) is None
    assert table.leaves("1,2\n" * table.MAX_CELLS) == []


def test_of_a_large_table_no_more_is_read_than_tells_that_it_is_one() -> None:
    assert table.leaves("a,b\n" * table.MAX_CELLS + 'a,b" and no table\n') is None
    assert table.leaves("a,b\n" * 10 + 'a,b" and no table\n') is None
    begun = time.process_time()
    assert table.leaves("Ann,b\n" * 2_000_000) is None
    assert time.process_time() - begun < within(1)


VALUES = st.text(st.sampled_from('ab,;\t|"\n\r <>_9'), max_size=8)
ROWS = st.lists(st.lists(VALUES, min_size=2, max_size=4), min_size=1, max_size=5)


@example(rows=[["", ""]], new=";;", style=csv.QUOTE_ALL)
@example(rows=[["", ""]], new=";;", style=csv.QUOTE_MINIMAL)
@example(rows=[["", ""], ["a", "\r9"]], new="", style=csv.QUOTE_MINIMAL)
@given(rows=ROWS, new=VALUES, style=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_other_cells_stay_as_they_are(rows: list[list[str]], new: str, style: int) -> None:
    rows[0] = [f"c{number}" for number, _ in enumerate(rows[0])]  # the first line tells the delimiter
    text = written(rows, quoting=style)
    found = table.cells(text)
    if found is None:
        return  # a line feed of its own inside a cell without quotes
    place = max((cell.row, cell.column) for cell in found)
    got = table.rewrite(text, {place: new})
    before, after = list(csv.reader(io.StringIO(text, newline=""))), list(csv.reader(io.StringIO(got, newline="")))
    changed = {(cell.row, cell.column): cell.text for cell in table.cells(got) or []}
    assert changed == {(cell.row, cell.column): cell.text for cell in found} | {place: new}
    assert [len(row) for row in before] == [len(row) for row in after]


def test_widths_tell_a_lost_column() -> None:
    assert table.widths("a,b\n1,2\n") != table.widths("a,b\n12\n")
    assert table.widths("a,b\n1,2\n") == table.widths('a,b\n"1,1",2\n')
