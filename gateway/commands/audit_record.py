"""`airlock audit show`: one record in full, with the decision spelt out. Legible at 80 columns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from audit.reading import Listed
from gateway.commands.audit_text import moment, word

_POLICY = "policy"


def details(found: Sequence[Listed]) -> None:
    """Print records in full, one block each."""
    console = Console(highlight=False)
    for record in found:
        title = f"{record.type}  {record.id}"
        table = Table(title=escape(title), title_justify="left", title_style="bold", show_header=False, box=None)
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in (*_frame(record), *_content(record.body)):
            table.add_row(escape(name), escape(value))
        console.print(table)
        console.print()


def _frame(record: Listed) -> Iterator[tuple[str, str]]:
    yield "time", moment(record.t_ms)
    yield "tenant", record.tenant
    yield "use case", record.use_case
    yield "index", "no number yet" if record.index is None else str(record.index)
    if record.opened_ref:
        yield "opened by", record.opened_ref


def _content(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        if name != _POLICY and value not in ({}, []):
            yield name.replace("_", " "), _plain(value)
    if isinstance(body.get(_POLICY), Mapping):
        yield from _decision(body[_POLICY])


def _plain(value: Any) -> str:
    """Give an object's members or a list's items on one line; anything else as it is."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {word(item)}" for name, item in value.items())
    return ", ".join(map(word, value)) if isinstance(value, list) else word(value)


def _decision(policy: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Spell out a decision: the reasons with their rules, what was found where, what was asked for, who decided."""
    answer = policy.get("answer", {})
    for kind in ("reasons", "shadow_reasons"):
        for reason in answer.get(kind, ()):
            name = "why" if kind == "reasons" else "shadow"
            yield name, f"{reason['message']} [{reason['code']}, {reason['action']}, by {reason['source']}]"
    document = orjson.loads(policy["input"]) if isinstance(policy.get("input"), str) else {}
    for found in document.get("detections", ()):
        yield "found", f"{found['count']} x {found['label']} in {', '.join(found['slots'])} (by {found['detector']})"
    for part in document.get("coverage", {}).get("unscanned", ()):
        yield "unscanned", f"{part['count']} x {part['reason']} in {part['slot']}"
    for obligation in answer.get("obligations", ()):
        rest = {name: value for name, value in obligation.items() if name != "type"}
        yield "obligation", f"{obligation['type']}: {_plain(rest)}"
    yield "decided by", f"{policy.get('engine')} engine, bundle {policy.get('bundle')}"
