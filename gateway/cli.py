"""The command `airlock`. Each subcommand lives in its own file under `commands/`; heavy imports wait until it runs."""

import sys
from importlib import metadata
from typing import Annotated

import typer

from audit.errors import AuditError
from gateway.commands import audit, demo, detectors, init, keys, policy, pseudonyms, serve, vault
from gateway.policy.archive import BundleUnusable
from gateway.policy.program import ModuleUnusable
from gateway.secret_source import SettingsError

app = typer.Typer(
    name="airlock",
    invoke_without_command=True,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", help="Say which version this is, and stop.")] = False,
) -> None:
    """Stand between your apps and their models: two doors for every call, and a provable record."""
    if version:
        typer.echo(f"airlock {metadata.version('airlock-gateway')}")
        raise typer.Exit


app.command("demo")(demo.demo)
app.command("init")(init.init)
app.command("serve")(serve.serve)
app.add_typer(keys.app, name="keys")
app.add_typer(policy.app, name="policy")
app.add_typer(audit.app, name="audit")
app.add_typer(detectors.app, name="detectors")
app.add_typer(pseudonyms.app, name="pseudonyms")
app.add_typer(vault.app, name="vault")


def main() -> None:
    """Run the command line. What an operator can mend is one sentence on stderr and exit code 2."""
    try:
        app()
    except (SettingsError, AuditError, BundleUnusable, ModuleUnusable) as exc:
        typer.secho(f"airlock: {exc}", fg=typer.colors.RED, err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
