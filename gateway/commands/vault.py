"""`airlock vault`: look at the keys of kept conversation state, renew them, erase somebody from it.

Exit codes: 0 done, 2 it could not be done; the sentence on stderr says why. Gateways may go on meanwhile.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from audit import schema
from audit.errors import AuditError
from audit.vault import Vault
from audit.vault_erasure import VaultErasure
from audit.vault_keys import VaultKeys
from audit.vault_link import VaultLink
from gateway.commands.audit_text import moment
from gateway.pipeline.memory import Memory
from gateway.settings import Settings, load
from gateway.vault.key_ring import KeyRing
from gateway.vault.sealing import VaultUnusable
from gateway.vault.strongbox import Strongbox
from gateway.vault.upkeep import Upkeep

UNABLE = 2
_LIMIT_S = 60.0
_T = TypeVar("_T")

app = typer.Typer(help="The encrypted state of conversations that providers keep.", no_args_is_help=True)

Config = Annotated[Path | None, typer.Option("--config", "-c", help="The gateway's configuration file.")]


@app.command()
def status(config: Config = None) -> None:
    """List the keys of all tenants: how many there are, since when, and under which master key."""
    keys = _run(load(config), lambda _, keys: keys.all())
    table = Table("Tenant", "Purpose", "Master key", "Keys", "Newest", box=None, pad_edge=False)
    made: dict[tuple[str, str, str], list[int]] = {}
    for key in keys:
        made.setdefault((key.tenant, key.purpose, key.master), []).append(key.created_ms)
    for whose, moments in sorted(made.items()):
        table.add_row(*whose, str(len(moments)), moment(max(moments)))
    Console(highlight=False, markup=False).print(table if keys else "The vault has no keys yet.")


@app.command()
def rotate(
    config: Config = None,
    only_master: Annotated[
        bool, typer.Option("--only-master", help="Wrap the keys under the current master key; seal nothing anew.")
    ] = False,
) -> None:
    """Put all keys under the current master key, and seal everything with new ones. The old keys are deleted."""
    done = _run(load(config), lambda upkeep, _: upkeep.rotate(renew=not only_master))
    typer.echo(
        f"Keys: {done.rewrapped} wrapped under the current master key, {done.made} made, {done.dropped} deleted. "
        f"States: {done.resealed} sealed anew."
    )


@app.command()
def erase(
    tenant: Annotated[str, typer.Option(help="Whose state it is.")],
    config: Config = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="Delete all of the tenant's state, and the keys with it.")
    ] = False,
) -> None:
    """Erase values, one a line on standard input, from all state of a tenant; that it happened goes into the log.

    Case, spacing and the grouping of numbers make no difference; each form of a name is a value of its own.
    """
    settings = load(config)
    if everything:
        count = _run(settings, lambda upkeep, _: upkeep.shred(tenant))
        typer.echo(f"States of {tenant} deleted: {count}. So are the keys that opened them.")
        return
    values = {line.strip() for line in sys.stdin if line.strip()}
    if not values:
        _end("name the values to erase on standard input, one a line; a command line would keep them in its history")
    count = _run(settings, lambda upkeep, _: upkeep.erase(tenant, values, _without))
    typer.echo(f"Values erased for {tenant}: {len(values)}. States changed: {count}.")


def _without(packed: bytes, is_gone: Callable[[str], bool]) -> tuple[bytes, set[str]]:
    left = Memory.unpack(packed).without(is_gone)
    return left.pack(), set(left.tokens.values())


def _run(settings: Settings, work: Callable[[Upkeep, VaultKeys], Awaitable[_T]]) -> _T:
    async def run() -> _T:
        async with _opened(settings) as (upkeep, keys):
            return await work(upkeep, keys)

    try:
        return asyncio.run(run())
    except (AuditError, VaultUnusable) as exc:
        _end(str(exc))


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[tuple[Upkeep, VaultKeys]]:
    schema.upgrade(settings.store.url)
    link = VaultLink(settings.store.url, limit_s=_LIMIT_S)
    try:
        vault, keys, masters = Vault(link), VaultKeys(link), settings.vault.masters(settings.master_secret())
        box = Strongbox(vault, KeyRing(keys, masters))
        yield Upkeep(vault, keys, masters, box, VaultErasure(link)), keys
    finally:
        await link.close()


def _end(message: str) -> NoReturn:
    typer.secho(f"airlock: {message}", fg=typer.colors.RED, err=True)
    raise typer.Exit(UNABLE)
