"""Anthropic's list of models, https://platform.claude.com/docs/en/api/models-list."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import dropwhile
from typing import Any, Final

from gateway.dialects.models import Model, ModelFormat, count, known, name, size, title

_MOST: Final = 1000
_DEFAULT: Final = 20


def _read(entry: Mapping[str, Any]) -> Model:
    return Model(
        id=name(entry.get("id")),
        created=_seconds(entry.get("created_at")),
        title=title(entry.get("display_name")),
        input_tokens=count(entry.get("max_input_tokens")),
        output_tokens=count(entry.get("max_tokens")),
    )


def _one(model: Model) -> dict[str, Any]:
    return {
        "type": "model",
        "id": model.id,
        "display_name": model.title or model.id,
        "created_at": datetime.fromtimestamp(model.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **known((("max_input_tokens", model.input_tokens), ("max_tokens", model.output_tokens))),
    }


def _page(models: Sequence[Model], query: Mapping[str, str]) -> dict[str, Any]:
    """Give the page after one model or before another, as the query asks; an unknown one ends the list."""
    limit = size(query, "limit", _DEFAULT, _MOST)
    if "after_id" in query:
        found = list(dropwhile(lambda model: model.id != query["after_id"], models))[1:]
        page = found[:limit]
    elif "before_id" in query:
        behind = list(dropwhile(lambda model: model.id != query["before_id"], reversed(models)))[1:]
        found = behind[::-1]
        page = found[-limit:]
    else:
        found, page = list(models), list(models[:limit])
    return {
        "data": list(map(_one, page)),
        "has_more": len(found) > len(page),
        "first_id": page[0].id if page else None,
        "last_id": page[-1].id if page else None,
    }


def _seconds(value: Any) -> int:
    try:
        return max(0, int(datetime.fromisoformat(value).timestamp()))
    except (TypeError, ValueError, OverflowError):
        return 0


MODELS: Final = ModelFormat(f"/v1/models?limit={_MOST}", "data", _read, _page, _one)
