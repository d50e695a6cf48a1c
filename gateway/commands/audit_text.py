"""What `airlock audit` and `airlock keys` say to people. Legible at 80 columns; coloured on a terminal only."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from audit.checkpoint import Checkpoint
from audit.reading import Listed
from audit.receipt import Receipt
from audit.verdict import Fault, Report

_ID_WIDTH = 36
_SHOWN = 50  # findings printed one by one; --json has more
_COLOURS = {"allow": "green", "block": "red", "review": "yellow"}


def records(found: Sequence[Listed], limit: int) -> None:
    """Print one record in two lines: what happened, and under which id."""
    console = Console(highlight=False)
    if not found:
        console.print("No records.")
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("Time (UTC)", no_wrap=True)
    table.add_column("What happened, and its id", no_wrap=True, min_width=_ID_WIDTH)
    table.add_column("Decision, reason and model", overflow="fold")
    for record in found:
        colour = _COLOURS.get(record.decision or "", "default")
        reason = word(record.body.get("reason"))
        decision = (
            f"[{colour}]{escape(record.decision or '-')}[/] {escape(reason if reason != record.decision else '')}"
        )
        what = f"{escape(record.type)} [dim]{escape(record.use_case)}[/]\n[dim]{escape(record.id)}[/]"
        table.add_row(moment(record.t_ms, "\n"), what, f"{decision}\n{escape(model(record))}".rstrip())
    console.print(table)
    if len(found) == limit:
        console.print(f"[dim]More: --before {found[-1].id}[/]")


def exported(file: Path, counts: dict[str, int], key: str) -> None:
    """Say what was exported and what the auditor needs beside it."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"Wrote {escape(str(file))}: {counts['leaves']} numbered records, {counts['checkpoints']} checkpoints, "
        f"{counts['unnumbered']} records without a number."
    )
    console.print("Give the auditor this public key by another way than the file:")
    console.print(escape(key))


def verdict(report: Report, *, has_prior: bool) -> None:
    """Print a verification's result."""
    console = Console(highlight=False)
    if report.ok:
        console.print(
            f"[green]OK[/]: {report.size} records, all under {report.checkpoints} signed checkpoints, nothing changed."
        )
    else:
        console.print(f"[red]{report.fault_count} faults[/] in {report.size} records; {report.signed} are proven.")
    _findings(console, report.faults, report.fault_count, "red")
    _findings(console, report.warnings, report.pending + report.unmatched + report.orphaned, "yellow")
    if not has_prior:
        console.print(
            "[dim]Without --prior this shows that the log agrees with its key, not that the key's holder "
            "never rewrote it. Keep a checkpoint from each visit.[/]"
        )


def proven(shown: Receipt, head: Checkpoint) -> None:
    """Say what a receipt proves."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"[green]OK[/]: record {escape(str(shown.record['id']))} is number {shown.index} of the {head.size} records "
        f"that {escape(head.origin)} signed for."
    )


def word(value: object) -> str:
    """Give a field as text: words as they are, anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def moment(t_ms: int | None, between: str = " ") -> str:
    """Give a time in UTC, or a dash."""
    if t_ms is None:
        return "-"
    try:
        return datetime.fromtimestamp(t_ms / 1000, UTC).strftime(f"%Y-%m-%d{between}%H:%M:%S")
    except (OverflowError, ValueError, OSError):
        return str(t_ms)


def model(record: Listed) -> str:
    """Give the model's name: a word, or the one that served out of an object."""
    value = record.body.get("model")
    if isinstance(value, dict):
        value = value.get("served") or value.get("requested")
    return word(value)


def _findings(console: Console, listed: Sequence[Fault], total: int, colour: str) -> None:
    if not listed:
        return
    table = Table("Kind", "Index", "Finding", box=None, pad_edge=False)
    for fault in listed[:_SHOWN]:
        place = "" if fault.number is None else str(fault.number)
        if fault.end is not None and fault.end != (fault.number or 0) + 1:
            place += f"-{fault.end - 1}"
        name = "" if fault.record_id is None else f"\n[dim]{escape(fault.as_json()['record_id'])}[/]"
        table.add_row(f"[{colour}]{fault.kind}[/]", place, escape(fault.message) + name)
    console.print(table)
    if total > _SHOWN:
        console.print(f"[dim]... {total} in all; --json lists up to 1,000[/]")
