"""The detector service as a web app: the interfaces that it speaks, each with the models of one registry."""

from collections.abc import Iterable
from typing import Final

from fastapi import FastAPI, Response
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from detectors.serving import wire
from detectors.serving.api import fms, moderations, predict, screen
from detectors.serving.api.call import Call
from detectors.serving.api.endpoint import JSON, Endpoint, Entry, Handler, Said
from detectors.serving.api.health import health
from detectors.serving.api.keys import Keys
from detectors.serving.ports import Registry

MOST_BYTES: Final = 32 * 2**20
"""A body of this size has more text than a gateway ever sends at once."""

SECONDS: Final = wire.SECONDS

TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"
"""The classic format of Prometheus."""

_POST: Final = "POST"

_ROUTES: Final[tuple[tuple[str, Handler, Said], ...]] = (
    ("/api/v1/text/contents", fms.contents, fms.said),
    ("/api/v1/text/generation", fms.generation, fms.said),
    ("/api/v1/text/chat", fms.chat, fms.said),
    ("/api/v1/text/context/doc", fms.context_doc, fms.said),
    ("/v1/moderations", moderations.moderations, moderations.said),
    ("/predict", predict.predict, predict.said),
)


class Service:
    """An ASGI app. What gateways ask goes past the framework: for a short text that costs as much as all else here."""

    def __init__(self, framework: FastAPI, screening: Endpoint) -> None:
        self.framework = framework
        self._screening = screening

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["path"] == wire.PATH and scope["method"] == _POST:
            response = await self._screening(Request(scope, receive))
            await response(scope, receive, send)
        else:
            await self.framework(scope, receive, send)


def service(
    registry: Registry,
    keys: Iterable[str] = (),
    *,
    most_bytes: int = MOST_BYTES,
    seconds: float = SECONDS,
    has_metrics: bool = True,
) -> Service:
    """Make the app. Without `keys` anybody may call; with some, everything but `/health` needs one.

    `seconds` is what a call has that does not say otherwise. The registry is the caller's to close. With `has_metrics`
    there is `/metrics`, which is about this process alone.
    """
    entry = Entry(registry, Keys(keys), most_bytes, seconds)
    app = FastAPI(openapi_url=None)  # the interfaces have documents of their own, elsewhere
    screening = entry.endpoint(wire.PATH, screen.screen, screen.said)
    app.add_api_route(wire.PATH, screening, methods=[_POST], response_model=None)  # for any other method: 405
    for path, handler, said in _ROUTES:
        app.add_api_route(path, entry.endpoint(path, handler, said), methods=[_POST], response_model=None)

    async def measured(_: Call) -> bytes:
        from detectors.serving.api.metrics import metrics  # only whoever is watched needs the library

        return metrics(registry, entry.calls)

    if has_metrics:
        app.add_api_route("/metrics", entry.endpoint("/metrics", measured, screen.said, TEXT), response_model=None)

    @app.get("/health")
    async def healthy() -> Response:
        status, document = health(registry)
        return Response(document, status, media_type=JSON)

    return Service(app, screening)
