"""Requests as clients of the Gemini API send them."""

import json
from typing import Any

from gateway.dialects.message import Inbound


def inbound(
    body: Any, method: str = "generateContent", model: str = "gemini-2.5-flash", **more: dict[str, str]
) -> Inbound:
    """Make a call of a method of a model."""
    params = {"version": "v1beta", "collection": "models", "model": model, "method": method, **more.pop("params", {})}
    return Inbound(json.dumps(body).encode(), params, **more)


def said(*parts: Any, role: str | None = None) -> dict[str, Any]:
    """Make a content."""
    return {"parts": list(parts), **({"role": role} if role else {})}
