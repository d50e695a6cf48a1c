"""The process that reads texts for meaning for several gateway processes, told by its keeper what to read with."""

import json
import os
import signal
import socket
import sys
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from detectors.catalog import EncoderOptions, encoder_detector
from detectors.errors import WeightsUnusable
from gateway.workers.role import UNABLE, hear, when_abandoned
from gateway.workers.screen_route import ScreenRoute


def told(options: EncoderOptions, place: Path) -> str:
    """Write what the process is told: how its encoder runs, and where its socket is."""
    return json.dumps({"weights": str(options.weights), "threads": options.threads, "socket": str(place)})


def main() -> None:
    """Serve on the socket until a signal comes or the keeper has gone."""
    values = json.loads(hear())
    when_abandoned(lambda: os.kill(os.getpid(), signal.SIGTERM))
    # The workers remember what was found in a text; to do so here as well would take the room twice.
    options = EncoderOptions(Path(values["weights"]), values["threads"], cache_bytes=0)
    try:
        app = service_of(options)
    except WeightsUnusable as exc:
        sys.stderr.write(f"airlock: detectors: {exc}\n")
        sys.exit(UNABLE)
    config = uvicorn.Config(app, lifespan="off", log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    uvicorn.Server(config).run([own_socket(Path(values["socket"]))])


def service_of(options: EncoderOptions) -> ASGIApp:
    """Load the encoder and give the service in front of it.

    Raises:
        WeightsUnusable: its files are missing, or not what they should be.
    """
    return ScreenRoute(encoder_detector(options))


def own_socket(place: Path) -> socket.socket:
    """Listen on a Unix socket that nobody but this user may use, from the first moment on."""
    place.unlink(missing_ok=True)
    bound = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        bound.bind(str(place))
    finally:
        os.umask(before)
    return bound


if __name__ == "__main__":
    main()
