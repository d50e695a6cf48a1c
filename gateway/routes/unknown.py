"""Every path that no dialect reads, below the prefixes that vendors' clients use: the API's passthrough takes it."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.dialects.catalog import api_of

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


class Unknown:
    """An ASGI app in front of one for each API, by the API's name."""

    def __init__(self, calls: Mapping[str, ASGIApp]) -> None:
        self._calls = calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request in the way of the API whose client made it."""
        headers = {name.decode("latin-1") for name, _ in scope["headers"]}
        await self._calls[api_of(scope["path"], headers).name](scope, receive, send)
