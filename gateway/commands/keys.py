"""`airlock keys`: make, list and revoke API keys.

Exit codes: 0 done, 2 it could not be done; the sentence on stderr says why.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from audit import key_register
from audit.errors import AuditError
from audit.key_register import RegisteredKey
from audit.record import now_ms
from gateway.commands.audit_text import moment
from gateway.secret_source import SettingsError
from gateway.settings import load

UNABLE = 2
_SPAN = re.compile(r"(\d{1,5})([hd])")
_UNITS_MS = {"h": 3_600_000, "d": 86_400_000}

app = typer.Typer(help="Make, list and revoke the keys that apps call with.", no_args_is_help=True)

Config = Annotated[Path | None, typer.Option("--config", "-c", help="The gateway's configuration file.")]
Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]


@app.command()
def create(
    config: Config = None,
    tenant: Annotated[str, typer.Option(help="Whose key it is.")] = "default",
    use_case: Annotated[str, typer.Option(help="What it is used for; policies go by it.")] = "default",
    role: Annotated[list[str] | None, typer.Option(help="A role; may be given several times.")] = None,
    label: Annotated[str, typer.Option(help="A word for your list. It stays out of the log.")] = "",
    expires: Annotated[str | None, typer.Option(help="90d, 12h, or a date such as 2027-01-31, UTC.")] = None,
    as_json: Json = False,
) -> None:
    """Make a key and print its secret: the only time that it is shown."""
    with _sentences():
        secret, key = key_register.create(
            load(config).store.url,
            tenant=tenant,
            use_case=use_case,
            roles=role or (),
            label=label,
            expires_ms=_expiry(expires),
        )
    if as_json:
        typer.echo(orjson.dumps({"secret": secret, **asdict(key)}))
        return
    typer.echo(f"Key {key.handle} for {key.tenant} / {key.use_case}. Its secret is shown this once:", err=True)
    typer.echo(secret)


@app.command("list")
def list_keys(config: Config = None, as_json: Json = False) -> None:
    """List all keys, newest first. Secrets are not kept."""
    with _sentences():
        keys = key_register.list_keys(load(config).store.url)
    if as_json:
        typer.echo(orjson.dumps([asdict(key) for key in keys], option=orjson.OPT_INDENT_2))
        return
    table = Table("Handle", "Tenant / use case", "Roles", "Label", "State", box=None, pad_edge=False)
    for key in keys:
        whose = f"{key.tenant} / {key.use_case}"
        table.add_row(key.handle, escape(whose), escape(", ".join(key.roles)), escape(key.label), _state(key))
    Console(highlight=False).print(table if keys else "No keys.")


@app.command()
def revoke(handle: Annotated[str, typer.Argument(help="The key's handle.")], config: Config = None) -> None:
    """Revoke a key for good. Every gateway refuses it within two seconds."""
    with _sentences():
        done = key_register.revoke(load(config).store.url, handle)
    typer.echo(f"Key {handle} {'is revoked' if done else 'was revoked before'}.")


def _state(key: RegisteredKey) -> str:
    if key.revoked_ms is not None:
        return f"[red]revoked[/] {moment(key.revoked_ms)[:10]}"
    if key.expires_ms is None:
        return "[green]valid[/]"
    if key.expires_ms <= now_ms():
        return f"[red]expired[/] {moment(key.expires_ms)[:10]}"
    return f"[green]valid[/] to {moment(key.expires_ms)[:10]}"


def _expiry(text: str | None) -> int | None:
    if text is None:
        return None
    if span := _SPAN.fullmatch(text):
        return now_ms() + int(span[1]) * _UNITS_MS[span[2]]
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        _end("--expires is a span such as 90d or 12h, or a date such as 2027-01-31")
    return int((day if day.tzinfo else day.replace(tzinfo=UTC)).timestamp() * 1000)


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn every error that an operator can meet into one sentence and exit code 2."""
    try:
        yield
    except (AuditError, SettingsError) as exc:
        _end(str(exc))


def _end(message: str) -> NoReturn:
    typer.secho(f"airlock: {message}", fg=typer.colors.RED, err=True)
    raise typer.Exit(UNABLE)
