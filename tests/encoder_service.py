"""A detector service in a process of its own, that can be killed: `python -m tests.encoder_service FOLDER URL`."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from detectors.encoder.detector import PPM
from detectors.encoder.files import read_encoder
from detectors.encoder.format import ENTITIES, LABELS
from detectors.encoder.model import load_encoder
from detectors.encoder.reading import Reading
from detectors.encoder.runs import read_texts
from detectors.serving.wire import ScreenReading, ScreenReply, ScreenSpan, decode_request, encode_reply


@contextmanager
def encoder_service(weights: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Serve an encoder at `http://127.0.0.1:PORT` or `unix:PATH`; it is killed at the end."""
    with subprocess.Popen([sys.executable, "-m", "tests.encoder_service", str(weights), url]) as process:
        try:
            yield process
        finally:
            process.kill()


def app(weights: Path) -> Any:
    encoder = load_encoder(read_encoder(weights), threads=1)

    async def serve(scope: dict[str, Any], receive: Any, send: Any) -> None:
        body = b""
        while (event := await receive()).get("more_body"):
            body += event["body"]
        request = decode_request(body + event["body"])
        readings = tuple(map(written, read_texts(encoder, request.texts)))
        reply = ScreenReply(encoder.version, (*LABELS, *ENTITIES), readings)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": encode_reply(reply)})

    return serve


def written(reading: Reading) -> ScreenReading:
    spans = tuple(ScreenSpan(span.start, span.end, span.label, round(span.score * PPM)) for span in reading.spans)
    return ScreenReading(spans, None if reading.is_read else "language")


def main(weights: str, url: str) -> None:
    scheme, _, place = url.partition(":")
    Path(place).unlink(missing_ok=True)
    where = {"uds": place} if scheme == "unix" else {"host": "127.0.0.1", "port": int(url.rpartition(":")[2])}
    uvicorn.run(app(Path(weights)), lifespan="off", log_level="error", **where)


def until(holds: Any, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


if __name__ == "__main__":
    main(*sys.argv[1:])
