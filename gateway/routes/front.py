"""The front door: model calls go straight to their endpoint, everything else through the framework.

A framework's stack of middlewares costs a call about as much as screening it does, and none of it is needed there.
"""

from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send


class Front:
    """An ASGI app. `calls` are plain ASGI endpoints by exact path, for POST; they may be filled in at start-up."""

    def __init__(self, framework: Starlette, calls: Mapping[str, ASGIApp]) -> None:
        self.framework = framework
        self._calls = calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        endpoint: ASGIApp = self.framework
        if scope["type"] == "http" and scope["method"] == "POST":
            endpoint = self._calls.get(scope["path"], self.framework)
        await endpoint(scope, receive, send)
