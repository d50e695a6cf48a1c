"""`/health`: whether the models can do their work."""

import orjson

from detectors.serving.ports import Registry


def health(registry: Registry) -> tuple[int, bytes]:
    """Give a status, 200 if every model takes texts, else 503, and what there is."""
    readers = [(name, registry.get(name)) for name in registry.names]
    models = {name: {"version": one.model.version, "ready": one.is_open} for name, one in readers if one is not None}
    is_well = bool(models) and all(model["ready"] for model in models.values())
    document = {"status": "ok" if is_well else "unavailable", "models": models}
    return 200 if is_well else 503, orjson.dumps(document)
