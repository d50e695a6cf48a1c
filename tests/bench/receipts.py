"""What Airlock's log says of a call, asked as any app can ask: by its receipt."""

import http.client
import time

import orjson

from tests.bench.fault import BenchError
from tests.bench.server import Server, call

# A record is durable before its call leaves, and gets its place in the log with the next checkpoint, within a second.
_PLACED_S = 10.0
_POLL_S = 0.1


def detectors_of(server: Server, record: str) -> dict[str, str]:
    """Give the detectors that did their work on a call's prompt, by the record of it: names to versions.

    Raises:
        BenchError: There is no receipt for this record, or it does not say who looked.
    """
    try:
        stages = orjson.loads(_receipt(server, record))["record"]["body"]["policy"]["input"]
        reports = orjson.loads(stages)["coverage"]["reports"]
        return {report["detector"]: report["version"] for report in reports if report["status"] == "ok"}
    except (ValueError, KeyError, TypeError) as exc:
        raise BenchError(f"{server.name} has a record that does not say which detectors looked.") from exc


def _receipt(server: Server, record: str) -> bytes:
    end = time.monotonic() + _PLACED_S
    while True:
        try:
            reply = call(server, "GET", f"/airlock/receipts/{record}")
        except (OSError, http.client.HTTPException) as exc:
            raise BenchError(f"{server.name} gave no receipt ({type(exc).__name__}).") from exc
        if reply.status == http.HTTPStatus.OK:
            return reply.body
        if time.monotonic() > end:
            raise BenchError(f"{server.name} gave no receipt but status {reply.status}.")
        time.sleep(_POLL_S)
