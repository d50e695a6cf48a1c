"""Show a sample call: what the app sent, what the model saw, what the app got back, side by side at 80 columns."""

import shutil
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from gateway.demo.client import Told
from gateway.demo.way import Way

_TO_TRY = """{"model":"canned-1","messages":[{"role":"user",
        "content":"I am ann.lee@example.com"}]}"""
_PSEUDONYM = r"<[A-Z_]+_[a-z0-9]+>"
_COLOURS = {"allow": "green", "block": "red"}


def opening(console: Console, count: int, left_out: int) -> None:
    """Say what is coming: how many calls, and how many are left out because nothing here could judge them."""
    console.print(f"[bold]Airlock[/bold]: a real gateway before a canned model. {count} calls, as apps make them.\n")
    if left_out:
        console.print(
            f"The encoder is not loaded, so nobody judges toxicity, bias or injections:\n{left_out} calls that show it"
            " are left out.\n",
            style="yellow",
        )


def sample(
    console: Console, title: str, way: Way, sent: dict[str, Any], seen: dict[str, Any] | None, told: Told
) -> None:
    """Print one call. `sent` is the body that the app sent, `seen` the one that reached the model, None if none did."""
    columns = Table(expand=True, show_lines=False, pad_edge=False, box=None, padding=(0, 1))
    for heading, colour in (("the app sent", "cyan"), ("the model saw", "magenta"), ("the app got back", "cyan")):
        columns.add_column(Text(heading, style=f"bold {colour}"), ratio=1, overflow="fold")
    model = Text(way.said(seen)) if seen else Text("nothing: the call never left", style="dim")
    model.highlight_regex(_PSEUDONYM, "bold magenta")
    columns.add_row(Text(way.said(sent)), model, Text(told.text))
    console.print(Panel(columns, title=title, title_align="left", subtitle_align="left"))
    colour = _COLOURS.get(told.decision, "yellow")
    console.print(
        Text.assemble(
            "  decision ", (told.decision, f"bold {colour}"), f" ({told.reason})  HTTP {told.status}\n",
            "  receipt  ", (told.receipt, "bold"),
        )
    )  # fmt: skip


def farewell(console: Console, base_url: str, key: str, config: str) -> None:
    """Print how to go on: the base URLs, a key, a line to try, the records, and how to stop."""
    command = _own_command()
    console.rule("Now you")
    console.print(
        f"  Base URL   {base_url}/v1  (OpenAI's SDKs)\n"
        f"             {base_url}     (Anthropic's and Google's SDKs)\n"
        f"  API key    {key}\n\n"
        f"  KEY={key}\n"
        f"  curl -i {base_url}/v1/chat/completions \\\n"
        '    -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\\n'
        f"    -d '{_TO_TRY}'\n\n"
        "  The records of these calls (from another terminal):\n"
        f"    {command} audit list -c {config}\n"
        f"    {command} audit verify -c {config}\n",
        highlight=False,
        soft_wrap=True,
    )
    console.print("  Press [bold]Ctrl-C[/bold] to stop; the demo's records are then deleted.", highlight=False)


def _own_command() -> str:
    """Give what to type for this program: its name if that finds it, else its path as it was called."""
    called = sys.argv[0]
    found = shutil.which("airlock")
    return "airlock" if found and Path(found).samefile(called) else called
