"""What `airlock pseudonyms try` says to people. Legible at 80 columns."""

import re

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gateway.commands.pseudonyms_trial import Trial


def show(trial: Trial) -> None:
    """Print the text, what leaves and what comes back side by side, then each value that was replaced."""
    console = Console(highlight=False)
    values = [one.value for one in trial.replaced]
    columns = Table(expand=True, pad_edge=False, box=None, padding=(0, 1))
    for heading in ("the text", "what leaves", "what comes back"):
        columns.add_column(Text(heading, style="bold"), ratio=1, overflow="fold")
    leaves = "nothing" if trial.leaves is None else trial.leaves
    columns.add_row(
        _marked(trial.text, values, "bold cyan"),
        _marked(leaves, [one.token for one in trial.replaced], "bold magenta"),
        _marked(trial.returns or "", values, "bold cyan"),
    )
    console.print(columns)
    console.print()
    if trial.refused:
        console.print(Text.assemble("Policy does not let it leave: ", (trial.refused, "bold red")))
    elif not trial.replaced:
        console.print("Nothing was found that policy wants replaced.")
    else:
        console.print(_types(trial))
    for gap in trial.unscanned:
        console.print(Text.assemble(("Not looked at: ", "yellow"), gap))
    if trial.returns is not None and trial.returns != trial.text:
        console.print(Text("What comes back differs from the text.", style="bold red"))


def _types(trial: Trial) -> Table:
    table = Table("Type", "Value", "In its place", box=None, pad_edge=False)
    for one in sorted(trial.replaced, key=lambda one: one.type):
        table.add_row(Text(one.type), Text(one.value), Text(one.token))
    return table


def _marked(text: str, parts: list[str], style: str) -> Text:
    shown = Text(text)
    for part in parts:
        shown.highlight_regex(re.escape(part), style)
    return shown
