"""`/mcp/{server}`: a server of tools behind the gateway, over streamable HTTP.

https://modelcontextprotocol.io/specification/2025-06-18/basic/transports
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

import orjson
from starlette.types import Scope

from gateway.dialects.mcp.api import SESSION, rpc_error
from gateway.dialects.mcp.reading import request_id
from gateway.dialects.message import Inbound
from gateway.errors import AirlockError, UnknownPath
from gateway.pipeline.context import Call
from gateway.pipeline.outcome import Whole
from gateway.routes.model_call import ModelCall, Pairs, header

METHODS: Final = ("POST", "GET", "DELETE")
PATH: Final = "/mcp/{server}"

_LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}


class ForeignOrigin(AirlockError):
    """A web page calls that nobody has allowed to: it may have led its reader's browser here."""

    status, kind, code = 403, "invalid_request_error", "origin_not_allowed"


class McpCall(ModelCall):
    """The endpoint of the servers with these names, for every method. `origins` are web pages that may call it."""

    names: Collection[str] = ()
    origins: Collection[str] = ()

    def serving(self, names: Collection[str], origins: Collection[str]) -> "McpCall":
        """Give it the servers that there are and the pages that may call it."""
        self.names, self.origins = names, origins
        return self

    def check(self, scope: Scope) -> None:
        """Check what can be checked before the body is read.

        Raises:
            ForeignOrigin: a browser says that a page calls which may not.
            UnknownPath: there is no such server.
        """
        origin = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"), "")
        if origin and origin not in self.origins and urlsplit(origin).hostname not in _LOOPBACK:
            raise ForeignOrigin("This page's origin may not use the gateway's MCP servers.")
        if scope["path_params"]["server"] not in self.names:
            raise UnknownPath("This gateway has no MCP server of this name.")

    def inbound(self, scope: Scope, pairs: Pairs, body: bytes) -> Inbound:
        """Gather what came, with its session."""
        inbound = super().inbound(scope, pairs, body)
        return replace(inbound, session=inbound.session or header(scope, SESSION))

    def refusal(self, call: Call, error: AirlockError) -> Whole:
        """Tell an error as the response to the request, if it had an id."""
        told = super().refusal(call, error)
        return replace(told, body=orjson.dumps(rpc_error(error, request_id(call.inbound.body))))
