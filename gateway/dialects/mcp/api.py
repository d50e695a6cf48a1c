"""What all servers of the Model Context Protocol share over HTTP: headers, and how errors are told."""

import re
from typing import Any, Final

import orjson

from gateway.dialects.api import Api
from gateway.errors import AirlockError, BadRequest, CheckUnavailable, PolicyBlocked, Unauthenticated

_PARSE_ERROR: Final = -32700
_INVALID_REQUEST: Final = -32600
_INTERNAL_ERROR: Final = -32603
_CODES: Final[tuple[tuple[type[AirlockError], int], ...]] = (
    (BadRequest, _INVALID_REQUEST),
    (Unauthenticated, -32010),
    (PolicyBlocked, -32011),
    (CheckUnavailable, -32012),
)
"""Ours are in the range that JSON-RPC leaves to implementations, away from those that SDKs use among themselves."""

SESSION: Final = b"mcp-session-id"
_TOKEN: Final = re.compile(rb"[!-~]{1,256}")
_VERSION: Final = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MEDIA: Final = re.compile(rb"[a-z0-9*+./;=,\- ]{1,128}", re.IGNORECASE)


def rpc_error(error: AirlockError, request_id: Any = None) -> dict[str, Any]:
    """Give an error as the response to a request, https://www.jsonrpc.org/specification#error_object."""
    code = next((code for kind, code in _CODES if isinstance(error, kind)), _INTERNAL_ERROR)
    if error.code == "malformed_json":
        code = _PARSE_ERROR
    told = {"code": code, "message": error.message, "data": {"code": error.code, "type": error.kind}}
    return {"jsonrpc": "2.0", "id": request_id, "error": told}


def error_body(error: AirlockError) -> bytes:
    """Give an error that answers no particular request."""
    return orjson.dumps(rpc_error(error))


MCP_API: Final = Api(
    name="mcp",
    credential="authorization",
    credential_prefix="Bearer ",
    request_headers={
        b"accept": _MEDIA,
        SESSION: _TOKEN,
        b"mcp-protocol-version": _VERSION,
        b"last-event-id": _TOKEN,
    },
    reply_headers=frozenset({SESSION.decode(), "mcp-protocol-version"}),
    error_body=error_body,
)
