"""`airlock serve --workers N`: gateway processes on one port, and one that reads texts for meaning for all of them."""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from audit import schema
from audit.checkpoint import load_signer
from detectors.catalog import EncoderOptions
from gateway.detector_settings import LONGEST_PATH, Service
from gateway.secret_source import SettingsError
from gateway.settings import Listen, Settings
from gateway.workers.detector_process import told
from gateway.workers.role import Role
from gateway.workers.supervisor import Supervisor

_BACKLOG: Final = 2048
_LOOK_S: Final = 0.05
_SOCKET: Final = "detectors.{}.sock"


def serve_together(settings: Settings, workers: int, started: Callable[[str], None]) -> None:
    """Serve with so many workers until a signal comes; returns after the drain. `started` gets the address.

    Raises:
        SettingsError: the processes could not share what they must share, or can't listen.
        AuditError: the store can't be used.
        CanNotStart: a process can't work with the settings, which it has said.
    """
    check(settings)
    schema.upgrade(settings.store.url)  # once, before all of them would
    place = _socket_place(settings)
    shared, reader = shared_reading(settings, place)
    with listening(settings.listen) as port:
        address = f"http://{settings.listen.host}:{port.getsockname()[1]}"
        roles = [_worker(number, shared, port.fileno()) for number in range(1, workers + 1)]
        started(address)
        try:
            asyncio.run(Supervisor(reader, roles, settings.limits.drain_s, _answering(place)).run())
        finally:
            place.unlink(missing_ok=True)


def check(settings: Settings) -> None:
    """Refuse what no worker could work with, once for all, and what each would do for itself.

    Raises:
        SettingsError: quotas are counted in memory, or the master secret can't be used.
        AuditError: the signing key can't be used.
    """
    settings.master_secret()
    load_signer(settings.store.signing_key, settings.store.origin)
    if not hasattr(socket, "AF_UNIX"):
        raise SettingsError("--workers needs a system with Unix sockets")
    if settings.quotas and settings.redis is None:
        raise SettingsError("--workers: each process would count the quotas for itself; name a `redis` that they share")


def _worker(number: int, settings: Settings, port: int) -> Role:
    return Role(f"Worker {number}", "gateway.workers.worker", settings.model_dump_json(), (str(port),), (port,))


def shared_reading(settings: Settings, place: Path) -> tuple[Settings, Role | None]:
    """Give the settings of the workers, and the process that reads for them; None if nobody does, or a service.

    Raises:
        SettingsError: the path of the socket is too long for the system, or the service's key can't be read.
    """
    options = next(iter(settings.detectors.by_meaning()), None)
    if not isinstance(options, EncoderOptions):
        return settings, None
    if len(os.fsencode(place)) > LONGEST_PATH:
        raise SettingsError(f"--workers: the path of {place} is longer than a socket's may be ({LONGEST_PATH} bytes)")
    service = Service(url=(f"unix:{place}",))
    # Whatever else is looked for stays: a worker without the operator's own recognisers would call texts clean.
    detectors = settings.detectors.model_copy(update={"weights": None, "threads": None, "service": service})
    reader = Role("The detector process", "gateway.workers.detector_process", told(options, place))
    return settings.model_copy(update={"detectors": detectors}), reader


def listening(listen: Listen) -> socket.socket:
    """Listen for all workers; what none of them has taken yet waits for any.

    Raises:
        SettingsError: it is not possible there.
    """
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    try:
        return socket.create_server((listen.host, listen.port), family=family, backlog=_BACKLOG)
    except OSError as exc:
        raise SettingsError(f"listen: {listen.host}:{listen.port} can't be listened on ({exc.strerror})") from exc


def _socket_place(settings: Settings) -> Path:
    """Give the place of the detector process's socket, beside the signing key, and tidy up after who was killed."""
    folder = settings.store.signing_key.parent
    for left in folder.glob(_SOCKET.format("*")):
        if not _lives(left.suffixes[0].removeprefix(".")):
            left.unlink(missing_ok=True)
    return folder / _SOCKET.format(os.getpid())


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _answering(place: Path) -> Callable[[], Awaitable[None]]:
    async def ready() -> None:
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_unix_connection(place)
                writer.close()
                return
            await asyncio.sleep(_LOOK_S)

    return ready
