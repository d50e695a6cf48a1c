"""A registry of fixed models, and a detector service over it, on a real socket."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from detectors.serving.api.app import service
from detectors.serving.batcher import Batcher
from detectors.serving.limits import BatchLimits
from detectors.serving.ports import ImageModel, TextModel
from tests.background_server import serving


class Fixed:
    """See `ports.Registry`."""

    def __init__(
        self, *models: TextModel, images: Sequence[ImageModel] = (), limits: BatchLimits | None = None
    ) -> None:
        self.batchers = {model.name: Batcher(model, limits) for model in models}
        self.image_batchers = {model.name: Batcher(model, limits) for model in images}

    @property
    def names(self) -> Sequence[str]:
        return [*self.batchers]

    @property
    def image_names(self) -> Sequence[str]:
        return [*self.image_batchers]

    def get(self, name: str) -> Batcher | None:
        return self.batchers.get(name or next(iter(self.batchers), ""))

    def images(self, name: str) -> Batcher | None:
        return self.image_batchers.get(name or next(iter(self.image_batchers), ""))

    def close(self) -> None:
        for batcher in (*self.batchers.values(), *self.image_batchers.values()):
            batcher.close()


@contextmanager
def detector_service(registry: Fixed, socket_path: Path | None = None, **options: Any) -> Iterator[httpx.Client]:
    """Serve a registry, and give a client of the service. The registry is closed at last."""
    with serving(service(registry, **options), socket_path) as served, client(served.url) as http:
        try:
            yield http
        finally:
            registry.close()


def client(url: str) -> httpx.Client:
    """Give a plain client of `http://127.0.0.1:PORT` or `unix:PATH`."""
    if url.startswith("unix:"):
        transport = httpx.HTTPTransport(uds=url.removeprefix("unix:"))
        return httpx.Client(base_url="http://service", transport=transport, timeout=120)
    return httpx.Client(base_url=url, timeout=120, trust_env=False)
