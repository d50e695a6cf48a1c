"""The canned model in each vendor's list of models: the one entry."""

from datetime import UTC, datetime
from typing import Any

from gateway.demo.wording import CREATED, MODEL

_TITLE = "A canned model"


def openai() -> dict[str, Any]:
    """Give OpenAI's list."""
    model = {"id": MODEL, "object": "model", "created": CREATED, "owned_by": "airlock-demo"}
    return {"object": "list", "data": [model]}


def anthropic() -> dict[str, Any]:
    """Give Anthropic's list."""
    created = f"{datetime.fromtimestamp(CREATED, UTC):%FT%TZ}"
    model = {"type": "model", "id": MODEL, "display_name": _TITLE, "created_at": created}
    return {"data": [model], "has_more": False, "first_id": MODEL, "last_id": MODEL}


def gemini() -> dict[str, Any]:
    """Give Gemini's list."""
    methods = ["generateContent", "countTokens"]
    model = {"name": f"models/{MODEL}", "displayName": _TITLE, "supportedGenerationMethods": methods}
    return {"models": [model]}
