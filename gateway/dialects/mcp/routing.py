"""MCP: the headers that say again what a request is about, since the version 2026-07-28.

They are written from the message as it leaves: what a client put there is not screened, and may not fit any more.
"""

import base64
import re
from collections.abc import Mapping
from typing import Any, Final

_NAMED: Final = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}
_PLAIN: Final = re.compile(r"[!-~]([ -~]*[!-~])?")
_WRAPPED: Final = re.compile(r"=\?base64\?.*\?=")


def routing_headers(document: Mapping[str, Any]) -> dict[str, str]:
    """Give the headers of a message, none for what is no request or notification."""
    method = document.get("method")
    if not isinstance(method, str):
        return {}
    params = document.get("params") or {}
    name = params.get(_NAMED.get(method, ""))
    named = {"mcp-name": _written(name)} if isinstance(name, str) else {}
    return {"mcp-method": _written(method), **named}


def _written(value: str) -> str:
    """Write a value for a header: as it is, or in base64 where a header could not hold it."""
    if _PLAIN.fullmatch(value) and not _WRAPPED.fullmatch(value):
        return value
    return f"=?base64?{base64.b64encode(value.encode()).decode()}?="
