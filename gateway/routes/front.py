"""The front door: model calls go straight to their endpoint, everything else through the framework.

A framework's stack of middlewares costs a call about as much as screening it does, and none of it is needed there.
"""

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.routes.table import Table


class Front:
    """An ASGI app. `calls` are plain ASGI endpoints by method and path; they may be filled in at start-up."""

    def __init__(self, framework: Starlette, calls: Table) -> None:
        self.framework = framework
        self._calls = calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        endpoint: ASGIApp = self.framework
        if scope["type"] == "http":
            found = self._calls.find(scope["method"], scope["path"])
            if found is not None:
                endpoint, scope["path_params"] = found
        await endpoint(scope, receive, send)
