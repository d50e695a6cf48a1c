"""What `airlock pseudonyms try` does: reads a text, tries it, shows it; or serves the page."""

import asyncio
import signal
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import orjson
import typer

from detectors.errors import WeightsUnusable
from gateway.commands import pseudonyms_text
from gateway.commands.pseudonyms_page import page_app
from gateway.commands.pseudonyms_trial import Trial, opened
from gateway.demo.background import Background, PortTaken
from gateway.errors import AirlockError

REFUSED = 1
UNABLE = 2
_HOST = "127.0.0.1"


def show(file: Path | None, tenant: str, use_case: str, *, as_json: bool) -> None:
    """Print what becomes of a text.

    Raises:
        typer.Exit: With `REFUSED` or `UNABLE`.
    """
    text = _read(file)
    try:
        trial = asyncio.run(_try(text, tenant, use_case))
    except (WeightsUnusable, AirlockError) as exc:
        raise _unable(str(exc)) from exc
    if as_json:
        typer.echo(orjson.dumps(asdict(trial), option=orjson.OPT_INDENT_2))
    else:
        pseudonyms_text.show(trial)
    if trial.refused:
        raise typer.Exit(REFUSED)


def serve(tenant: str, use_case: str, port: int) -> None:
    """Serve the page on loopback until it is stopped.

    Raises:
        typer.Exit: With `UNABLE`.
    """
    app = page_app(tenant, use_case)
    try:
        with Background(app, app, port, _HOST) as served:
            typer.echo(f"Open {served.base_url}/ in a browser on this machine. Ctrl-C stops it.")
            _wait()
    except PortTaken as exc:
        raise _unable(f"{exc}; choose another with --port") from exc


def _wait() -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()


async def _try(text: str, tenant: str, use_case: str) -> Trial:
    async with opened(tenant, use_case) as trials:
        return await trials.run(text)


def _read(file: Path | None) -> str:
    try:
        raw = sys.stdin.buffer.read() if file is None or str(file) == "-" else file.read_bytes()
        return raw.decode()
    except OSError as exc:
        raise _unable(f"{file} can't be read: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        raise _unable("the text is not UTF-8") from exc


def _unable(message: str) -> typer.Exit:
    typer.secho(f"airlock: {message}", fg=typer.colors.RED, err=True)
    return typer.Exit(UNABLE)
