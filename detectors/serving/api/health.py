"""`/health`: whether the models can do their work."""

import orjson

from detectors.serving.api.readers import readers_of
from detectors.serving.ports import Registry


def health(registry: Registry) -> tuple[int, bytes]:
    """Give a status, 200 if every model takes something, else 503, and what there is."""
    readers = readers_of(registry)
    models = {name: {"version": one.model.version, "ready": one.is_open} for name, one in readers.items()}
    is_well = bool(models) and all(model["ready"] for model in models.values())
    document = {"status": "ok" if is_well else "unavailable", "models": models}
    return 200 if is_well else 503, orjson.dumps(document)
