"""What `airlock pseudonyms try` does: reads a text, tries it, shows it; or serves the page."""

import asyncio
import signal
import sys
import threading
from pathlib import Path

import typer

from gateway.commands import pseudonyms_text
from gateway.demo.background import Background, NotStarted, PortTaken
from gateway.errors import AirlockError
from gateway.trial.given import Given, read
from gateway.trial.opening import opened, read_source
from gateway.trial.page import page_app
from gateway.trial.told import Trial, written
from gateway.trial.trials import Asked, Source

REFUSED = 1
UNABLE = 2
_HOST = "127.0.0.1"


def show(file: Path | None, config: Path | None, asked: Asked, *, as_json: bool) -> None:
    """Print what becomes of a text or a file.

    Raises:
        typer.Exit: With `REFUSED` or `UNABLE`.
        SettingsError, BundleUnusable, ModuleUnusable: The configuration can't be used.
    """
    source = read_source(config)
    try:
        given = read(_bytes(file), file.name if file else "")
        trial = asyncio.run(_try(source, given, asked))
    except AirlockError as exc:
        raise _unable(str(exc)) from exc
    if as_json:
        typer.echo(written(trial))
    else:
        pseudonyms_text.show(trial)
    if not is_through(trial):
        raise typer.Exit(REFUSED)


def is_through(trial: Trial) -> bool:
    """Tell whether policy lets the text leave and, where a reply was given, the reply come back."""
    back = trial.back.decision if trial.back else None
    return trial.decision.allowed and (back is None or back.allowed)


def serve(config: Path | None, asked: Asked, port: int) -> None:
    """Serve the page on loopback until it is stopped.

    Raises:
        typer.Exit: With `UNABLE`.
        SettingsError, BundleUnusable, ModuleUnusable: The configuration can't be used.
    """
    app = page_app(read_source(config), asked)
    try:
        with Background(app, app, port, _HOST) as served:
            typer.echo(f"Open {served.base_url}/ in a browser on this machine. Ctrl-C stops it.")
            _wait()
    except PortTaken as exc:
        raise _unable(f"{exc}; choose another with --port") from exc
    except NotStarted as exc:
        raise exc.__cause__ or exc from None


def reply_of(told: str | None) -> str | None:
    """Give a reply as it was typed, or what the file of that name holds.

    Raises:
        typer.Exit: With `UNABLE`.
    """
    try:
        file = Path(told) if told else None
        return told if file is None or not file.is_file() else _bytes(file).decode()
    except UnicodeDecodeError as exc:
        raise _unable("the reply is not UTF-8") from exc
    except (OSError, ValueError):  # too long for a name, or with a NUL in it
        return told


def _wait() -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()


async def _try(source: Source, given: Given, asked: Asked) -> Trial:
    async with opened(source, asked.tenant) as trials:
        return await trials.run(given, asked)


def _bytes(file: Path | None) -> bytes:
    try:
        return sys.stdin.buffer.read() if file is None or str(file) == "-" else file.read_bytes()
    except OSError as exc:
        raise _unable(f"{file} can't be read: {exc.strerror}") from exc


def _unable(message: str) -> typer.Exit:
    typer.secho(f"airlock: {message}", fg=typer.colors.RED, err=True)
    return typer.Exit(UNABLE)
