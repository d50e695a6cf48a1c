"""Gemini's list of models, https://ai.google.dev/api/models."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.dialects.models import Model, ModelFormat, count, known, name, names, size, title

_MOST: Final = 1000
_DEFAULT: Final = 50
_PREFIX: Final = "models/"


def _read(entry: Mapping[str, Any]) -> Model:
    return Model(
        id=name(entry.get("name")).removeprefix(_PREFIX),
        title=title(entry.get("displayName")),
        input_tokens=count(entry.get("inputTokenLimit")),
        output_tokens=count(entry.get("outputTokenLimit")),
        methods=names(entry.get("supportedGenerationMethods")),
    )


def _one(model: Model) -> dict[str, Any]:
    return {
        "name": _PREFIX + model.id,
        "displayName": model.title or model.id,
        **known(
            (
                ("inputTokenLimit", model.input_tokens),
                ("outputTokenLimit", model.output_tokens),
                ("supportedGenerationMethods", model.methods),
            )
        ),
    }


def _page(models: Sequence[Model], query: Mapping[str, str]) -> dict[str, Any]:
    """Give one page; its token is how many models come before the next one."""
    token = query.get("pageToken", "")
    start = int(token) if token.isdecimal() and len(token) < 6 else 0
    end = start + size(query, "pageSize", _DEFAULT, _MOST)
    more = {"nextPageToken": str(end)} if end < len(models) else {}
    return {"models": list(map(_one, models[start:end])), **more}


MODELS: Final = ModelFormat(f"/v1beta/models?pageSize={_MOST}", "models", _read, _page, _one)
