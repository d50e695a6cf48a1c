"""`airlock serve`: the gateway in front of real upstreams."""

from pathlib import Path
from typing import Annotated

import typer

from gateway.settings import Settings, load


def serve(
    config: Annotated[Path | None, typer.Option("--config", "-c", help="The configuration file.")] = None,
    port: Annotated[int | None, typer.Option(help="Listen here instead of where the file says.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Gateway processes, which share the port.")] = 1,
) -> None:
    """Start the gateway. Ctrl-C or SIGTERM stops it: calls under way are finished and all records are written."""
    settings = load(config)
    if port is not None:
        settings = settings.model_copy(update={"listen": settings.listen.model_copy(update={"port": port})})
    if workers == 1:
        run(settings)
    else:
        run_together(settings, workers)
    typer.echo("Airlock has stopped; all records are written.")


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


def run_together(settings: Settings, workers: int) -> None:
    """Serve with several processes until a signal comes; returns after the drain.

    Raises:
        typer.Exit: one of them can't start, which it has said itself.
    """
    from gateway.workers.keeper import CanNotStart
    from gateway.workers.role import UNABLE
    from gateway.workers.together import serve_together

    try:
        serve_together(settings, workers, lambda url: typer.echo(f"Airlock starts on {url}/v1, {workers} workers"))
    except CanNotStart as exc:
        raise typer.Exit(UNABLE) from exc
