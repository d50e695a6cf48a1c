"""What `airlock pseudonyms try` says to people. Legible at 80 columns."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gateway.trial import words
from gateway.trial.told import Back, Decided, Example, Kind, Mark, Part, Trial

SHOWN: Final = 5
"""Examples of a type, and parts of a file, that are printed; `--json` has all."""

_STYLES: Final = {"block": "bold red", "review": "bold red", "flag": "yellow", "below": "dim", "keep": "dim"}
_NUMBERS: Final = frozenset({"Found", "Score", "Counts from"})
_CONTROLS: Final = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | {0x7F: 0x2421}
"""Pictures of control signs: what a text holds must not steer the terminal."""


def show(trial: Trial) -> None:
    """Print the decision, what was found by type, what would leave, and the way back.

    Texts are printed to the letter: it is the terminal that breaks their lines, so they can be copied.
    """
    console = Console(highlight=False)
    console.print(Text(words.heading(trial), style="dim"))
    for note in (*trial.notes, *((f"Configuration: {trial.configuration}",) if trial.configuration else ())):
        console.print(Text(note, style="dim"))
    _decision(console, trial.decision, "It may leave", "It may not leave")
    if hint := words.hint(trial):
        console.print(hint)
    for gap in words.unread(trial):
        console.print(Text.assemble(("Not read: ", "yellow"), gap))
    _types(console, trial.types)
    _judgements(console, trial)
    _text(console, trial)
    if trial.back:
        _back(console, trial.back)


def _decision(console: Console, decided: Decided, yes: str, no: str) -> None:
    told = f"{yes}." if decided.allowed else f"{no}: {decided.code}"
    console.print(Text(told, style="bold green" if decided.allowed else "bold red"))
    for lines, style in ((words.stops, ""), (words.flags, "yellow"), (words.records, "dim")):
        for line in lines(decided):
            console.print(Text(f"  {line}", style=style))


def _types(console: Console, kinds: Sequence[Kind]) -> None:
    if not kinds:
        console.print("\nNo values were found.")
        return
    table = _table("Type", "Found", "Strategy", "Way back", "Score", "Counts from")
    for kind in kinds:
        style = _STYLES.get(kind.becomes, "")
        told = (kind.label, f"{kind.count:,}", words.becomes(kind.becomes), words.way_back(kind), f"{kind.score:,}")
        table.add_row(*(Text(word, style=style) for word in (*told, words.least(kind))))
    console.print()
    console.print(table)
    console.print(Text("Scores are parts per million.", style="dim"))
    for kind in kinds:
        _examples(console, kind)


def _examples(console: Console, kind: Kind) -> None:
    console.print()
    console.print(Text(kind.label, style="bold"))
    for one in kind.examples[:SHOWN]:
        console.print(_example(one), soft_wrap=True)
    if (more := len(kind.examples) - SHOWN) > 0:
        console.print(Text(f"  and {more} more", style="dim"))


def _example(one: Example) -> Text:
    value = Text(f"  {_plain(one.value)}", style="cyan")
    if one.replacement is None:
        return value
    return Text.assemble(
        value, " -> ", (_plain(one.replacement), "magenta"), " -> ", (_plain(one.restored or ""), "cyan")
    )


def _judgements(console: Console, trial: Trial) -> None:
    if not trial.judgements:
        return
    table = _table("Judgement", "In", "What follows", "Score", "Counts from")
    for one in trial.judgements:
        told = (one.label, one.place, words.becomes(one.becomes), f"{one.score:,}", words.least(one))
        table.add_row(*(Text(word, style=_STYLES.get(one.becomes, "")) for word in told))
    console.print()
    console.print(table)


def _text(console: Console, trial: Trial) -> None:
    console.print(Text("\nWhat leaves", style="bold"))
    whole = trial.parts[0] if len(trial.parts) == 1 and trial.parts[0].text == trial.text else None
    if trial.leaves is None:
        console.print(words.nothing_left(trial))
    else:
        console.print(_left(whole) if whole else Text(_plain(trial.leaves)), soft_wrap=True)
    if whole is None:
        _parts(console, trial)


def _parts(console: Console, trial: Trial) -> None:
    console.print(Text(f"\nParts that were read: {trial.read}; with findings: {len(trial.parts)}", style="bold"))
    for part in trial.parts[:SHOWN]:
        console.print(Text(f"  {_plain(part.where)}", style="dim"))
        console.print(Text.assemble("    ", _marked(part)))
        if part.leaves is not None and part.leaves != part.text:
            console.print(Text.assemble("    ", _left(part)))
    if (more := len(trial.parts) - SHOWN) > 0:
        console.print(Text(f"  and {more} more", style="dim"))


def _back(console: Console, back: Back) -> None:
    console.print(Text("\nThe way back", style="bold"))
    if back.decision and not back.decision.allowed:
        _decision(console, back.decision, "", "Policy would stop this reply")
        return
    console.print(Text(words.way_back_told(back), style="dim"))
    console.print(Text(_plain(back.returns or "")), soft_wrap=True)


def _left(part: Part) -> Text:
    """Give what leaves of a part, with what was put in."""
    pieces, position = Text(), 0
    for mark in _replaced(part):
        pieces.append(_plain(part.text[position : mark.start]))
        pieces.append(_plain(mark.replacement or ""), "magenta")
        position = mark.end
    return pieces.append(_plain(part.text[position:]))


def _marked(part: Part) -> Text:
    text = Text(_plain(part.text))
    for mark in part.marks:
        text.stylize("cyan" if mark.replacement is not None else "dim", mark.start, mark.end)
    return text


def _replaced(part: Part) -> list[Mark]:
    return [mark for mark in part.marks if mark.replacement is not None]


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(Text(head, style="bold"), overflow="fold", justify="right" if head in _NUMBERS else "left")
    return table


def _plain(text: str) -> str:
    return text.translate(_CONTROLS)
