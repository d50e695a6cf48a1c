"""`airlock serve`: the gateway in front of real upstreams."""

from pathlib import Path
from typing import Annotated

import typer

from gateway.settings import Settings, load


def serve(
    config: Annotated[Path | None, typer.Option("--config", "-c", help="The configuration file.")] = None,
    port: Annotated[int | None, typer.Option(help="Listen here instead of where the file says.")] = None,
) -> None:
    """Start the gateway. Ctrl-C or SIGTERM stops it: calls under way are finished and all records are written."""
    settings = load(config)
    if port is not None:
        settings = settings.model_copy(update={"listen": settings.listen.model_copy(update={"port": port})})
    run(settings)


def run(settings: Settings) -> None:
    """Serve until a signal comes; returns after the drain."""
    # Start-up takes a second because of this: other subcommands should not wait for it.
    from gateway.app import create_app
    from gateway.server import Server

    listen = settings.listen
    typer.echo(f"Airlock starts on http://{listen.host}:{listen.port}/v1")
    app = create_app(settings)
    drain_s = settings.limits.drain_s
    Server(app, app.framework, host=listen.host, port=listen.port, drain_s=drain_s, alone=True).run()
    typer.echo("Airlock has stopped; all records are written.")
