"""The replicas that speak HTTP: the interfaces of `serving/api`, with models that other replicas hold."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI
from ray import serve
from ray.serve.handle import DeploymentHandle

from detectors.serving.api.app import service
from detectors.serving.ray.asking import Replicas
from detectors.serving.ray.directory import Directory
from detectors.serving.ray.settings import read_keys


@serve.ingress()
class Ingress:
    """A deployment of Ray Serve. `names` are models of texts, `image_names` of pictures, the default ones first."""

    def __init__(
        self, readers: "DeploymentHandle", names: Sequence[str], image_names: Sequence[str], keys_file: Path | None
    ) -> None:
        """Read the keys, here and not where the application is built: so Ray's store has none of them.

        Raises:
            ConfigurationUnusable: the keys can't be read.
        """
        self._keys = read_keys(keys_file)
        self._directory = Directory(names, image_names, Replicas(readers))

    def __serve_build_asgi_app__(self) -> FastAPI:
        """Give the app; Ray asks for it when this is made."""
        return service(self._directory, self._keys, has_metrics=False).framework

    async def check_health(self) -> None:
        """See who is there to read. Never raises: an ingress is well while nobody is, and `/health` says so."""
        await self._directory.greet()
