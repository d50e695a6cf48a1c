"""Tables and source code of no particular meaning, block by block."""

from random import Random
from typing import Final

from detectors.training.made.grammar import Grammar

_GRAMMAR: Final = Grammar("things", "records")


def table_blocks(rng: Random) -> list[str]:
    """Return the rows of a table with a head: bars, commas, tabs, HTML or JSON."""
    columns = rng.sample(sorted(_COLUMNS), rng.randint(2, 6))
    rows = [[_GRAMMAR.say(rng, _COLUMNS[column]) for column in columns] for _ in range(rng.randint(3, 14))]
    style = rng.choice(("bars", "bars", "bars", "markdown", "csv", "semicolons", "tabs", "html", "json"))
    if style == "json":
        return ["[", *(_json_row(columns, row) for row in rows), "]"]
    if style == "html":
        return ["<table>", *(_html_row(row) for row in (columns, *rows)), "</table>"]
    if style in {"bars", "markdown"}:
        shown = [f"| {' | '.join(row)} |" for row in (columns, *rows)]
        return [shown[0], "|" + "---|" * len(columns), *shown[1:]] if style == "markdown" else shown
    sign = {"csv": ",", "semicolons": ";", "tabs": "\t"}[style]
    return [sign.join(row) for row in (columns, *rows)]


def code_blocks(rng: Random) -> list[str]:
    """Return an answer about some code: talk, lines of code, perhaps an error."""
    body = [_GRAMMAR.one(rng, "code_line") for _ in range(rng.randint(2, 8))]
    code = [_GRAMMAR.one(rng, "code_head"), *body]
    talk = [_GRAMMAR.one(rng, "code_talk") for _ in range(rng.randint(1, 3))]
    error = _GRAMMAR.one(rng, "code_error").split("\n") if rng.random() < 0.5 else []
    fenced = ["```", *code, "```"] if rng.random() < 0.6 else code
    parts = [talk[:1], fenced, talk[1:], error]
    if rng.random() < 0.3:
        rng.shuffle(parts)
    return [block for part in parts for block in part]


def _json_row(columns: list[str], row: list[str]) -> str:
    return "  {" + ", ".join(f'"{column}": "{value}"' for column, value in zip(columns, row, strict=True)) + "},"


def _html_row(row: list[str]) -> str:
    return "<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>"


_COLUMNS: Final = {
    "Year": "{year}",
    "Name": "{first} {last}",
    "City": "{city}",
    "Date": "{daynumber} {month} {year}",
    "Score": "{small}-{small}",
    "Points": "{big}",
    "Rank": "{small}",
    "Result": "{W|L|D|Won|Lost|-} {small}:{small}",
    "Club": "{city} {United|Rovers|City|Wanderers|1899}",
    "Price": "{big}.{small}0",
    "Department": "{Sales|IT|Finance|Legal|Design|Support}",
    "Status": "{open|closed|pending|done|ignored|void}",
    "Company": "{company}",
    "Title": '"{Long|Blue|Last|Wild|Little} {Night|River|Garden|Road|Letter}"',
    "Notes": "{|late entry|retired|first round|see note {small}|new record|{first}'s team}",
    "Job": "{job}",
    "Growth": "{+|-}{small}.{small} %",
    "Opponent": "{at |vs. |}{city}",
    "Time": "{small}:{big}.{big}",
    "Attendance": "{big},{big}{small}",
    "Quantity": "{small}",
    "Category": "{tools|fruit|toys|books|garden|sport}",
}
"""Names of columns with a pattern for their values."""
