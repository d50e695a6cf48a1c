"""The detector service as a web app: the interfaces that it speaks, each with the models of one registry."""

from collections.abc import Iterable
from typing import Final

from fastapi import FastAPI, Response

from detectors.serving import wire
from detectors.serving.api import fms, moderations, predict, screen
from detectors.serving.api.call import Call
from detectors.serving.api.endpoint import JSON, Entry, Handler, Said
from detectors.serving.api.health import health
from detectors.serving.api.keys import Keys
from detectors.serving.ports import Registry

MOST_BYTES: Final = 32 * 2**20
"""A body of this size has more text than a gateway ever sends at once."""

SECONDS: Final = wire.SECONDS

TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"
"""The classic format of Prometheus."""

_ROUTES: Final[tuple[tuple[str, Handler, Said], ...]] = (
    (wire.PATH, screen.screen, screen.said),
    ("/api/v1/text/contents", fms.contents, fms.said),
    ("/api/v1/text/generation", fms.generation, fms.said),
    ("/api/v1/text/chat", fms.chat, fms.said),
    ("/api/v1/text/context/doc", fms.context_doc, fms.said),
    ("/v1/moderations", moderations.moderations, moderations.said),
    ("/predict", predict.predict, predict.said),
)


def service(
    registry: Registry,
    keys: Iterable[str] = (),
    *,
    most_bytes: int = MOST_BYTES,
    seconds: float = SECONDS,
    has_metrics: bool = True,
) -> FastAPI:
    """Make the app. Without `keys` anybody may call; with some, everything but `/health` needs one.

    `seconds` is what a call has that does not say otherwise. The registry is the caller's to close. With `has_metrics`
    there is `/metrics`, which is about this process alone.
    """
    entry = Entry(registry, Keys(keys), most_bytes, seconds)
    app = FastAPI(openapi_url=None)  # the interfaces have documents of their own, elsewhere
    for path, handler, said in _ROUTES:
        app.add_api_route(path, entry.endpoint(path, handler, said), methods=["POST"], response_model=None)

    async def measured(_: Call) -> bytes:
        from detectors.serving.api.metrics import metrics  # only whoever is watched needs the library

        return metrics(registry, entry.calls)

    if has_metrics:
        app.add_api_route("/metrics", entry.endpoint("/metrics", measured, screen.said, TEXT), response_model=None)

    @app.get("/health")
    async def healthy() -> Response:
        status, document = health(registry)
        return Response(document, status, media_type=JSON)

    return app
