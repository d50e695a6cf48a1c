"""The process that reads texts for meaning for several gateway processes, told by its keeper what to read with."""

import json
import os
import signal
import socket
import sys
from math import inf
from pathlib import Path
from typing import Final

import uvicorn

from detectors.catalog import EncoderOptions
from detectors.encoder.files import read_encoder
from detectors.encoder.model import load_encoder
from detectors.errors import WeightsUnusable
from detectors.serving.api.app import service
from detectors.serving.batcher import Batcher
from detectors.serving.encoder_model import EncoderModel
from detectors.serving.limits import BatchLimits
from detectors.serving.one_model import NAME, OneModel
from gateway.workers.role import UNABLE, hear, when_abandoned

_PATIENT: Final = BatchLimits(queue_seconds=inf)
"""A call may wait for its time, as at an encoder in the gateway's own process: what is turned away here is blocked."""


def told(options: EncoderOptions, place: Path) -> str:
    """Write what the process is told: how its encoder runs, and where its socket is."""
    return json.dumps({"weights": str(options.weights), "threads": options.threads, "socket": str(place)})


def main() -> None:
    """Serve on the socket until a signal comes or the keeper has gone."""
    values = json.loads(hear())
    when_abandoned(lambda: os.kill(os.getpid(), signal.SIGTERM))
    options = EncoderOptions(Path(values["weights"]), values["threads"])
    try:
        registry = OneModel(reader_of(options))
    except WeightsUnusable as exc:
        sys.stderr.write(f"airlock: detectors: {exc}\n")
        sys.exit(UNABLE)
    app = service(registry)
    config = uvicorn.Config(app, lifespan="off", log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    try:
        uvicorn.Server(config).run([own_socket(Path(values["socket"]))])
    finally:
        registry.close()


def reader_of(options: EncoderOptions) -> Batcher:
    """Load the encoder, to read with it what concurrent calls bring.

    Raises:
        WeightsUnusable: its files are missing, or not what they should be.
    """
    encoder = load_encoder(read_encoder(options.weights), options.threads)
    return Batcher(EncoderModel(NAME, encoder), _PATIENT)


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
