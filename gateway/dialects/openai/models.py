"""OpenAI's list of models, https://platform.openai.com/docs/api-reference/models."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.dialects.models import Model, ModelFormat, count, name


def _read(entry: Mapping[str, Any]) -> Model:
    return Model(name(entry.get("id")), count(entry.get("created")), name(entry.get("owned_by")))


def _one(model: Model) -> dict[str, Any]:
    return {"id": model.id, "object": "model", "created": model.created, "owned_by": model.owner or "unknown"}


def _page(models: Sequence[Model], _query: Mapping[str, str]) -> dict[str, Any]:
    return {"object": "list", "data": list(map(_one, models))}


MODELS: Final = ModelFormat("/models", "data", _read, _page, _one)
