"""Forward a call to a provider: one connection pool for all, time-outs for each phase, foreign errors translated."""

import ssl
from collections.abc import AsyncIterator, Mapping
from functools import lru_cache
from math import inf

import aiohttp

from gateway.errors import UpstreamFault, UpstreamInvalid, UpstreamTimeout, UpstreamUnreachable
from gateway.upstream.closing import Closing
from gateway.upstream.ports import Dispatch
from gateway.upstream.target import Candidate, Target
from gateway.upstream.time_limit import TimeLimit

# A provider that closes an idle connection while we reuse it looks dead; most close after 5 seconds or later.
_KEEPALIVE_S = 4.0
_READ_BYTES = 2**16


class HttpAnswer(Closing):
    """A provider's answer whose status line has arrived; the body is still on its way.

    Use as an async context manager: leaving it closes the connection unless the body was read to its end.
    """

    def __init__(self, response: aiohttp.ClientResponse, idle_s: float) -> None:
        self._response = response
        self._idle_s = None if idle_s == inf else idle_s
        self.status = response.status
        self.headers: Mapping[str, str] = response.headers

    def close(self) -> None:
        """Close the connection if the body is not at its end. Synchronous, so that it runs in a cancelled call, too."""
        self._response.close()

    @property
    def is_event_stream(self) -> bool:
        """Whether the body is announced as server-sent events."""
        return self._response.content_type == "text/event-stream"

    async def chunks(self) -> AsyncIterator[bytes]:
        """Give the body as it arrives, in pieces of no particular size.

        Raises:
            UpstreamTimeout: Nothing came for `idle_s`.
            UpstreamUnreachable: The connection broke before the body's end.
        """
        while chunk := await self._next():
            yield chunk

    async def body(self, limit: int) -> bytes:
        """Read the whole body.

        Raises:
            UpstreamInvalid: It is longer than `limit` bytes.
            UpstreamFault: As for `chunks`.
        """
        announced = self._response.content_length
        if announced is not None and announced > limit:
            raise UpstreamInvalid("The upstream's reply is longer than this gateway reads.", code="upstream.too_large")
        parts, size = [], 0
        while chunk := await self._next():
            size += len(chunk)
            if size > limit:
                raise UpstreamInvalid(
                    "The upstream's reply is longer than this gateway reads.", code="upstream.too_large"
                )
            parts.append(chunk)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    async def _next(self) -> bytes:
        """Give what has arrived, or wait for it; b"" at the end. A time limit is set only where one waits."""
        content = self._response.content
        try:
            if content.at_eof():
                return b""
            if chunk := content.read_nowait():
                return chunk
            with TimeLimit(self._idle_s):
                return await content.readany()
        except (TimeoutError, aiohttp.ClientError, OSError) as exc:
            raise translate(exc) from exc


class UpstreamClient:
    """The pool of connections to all providers. Make it inside the running event loop and close it at the end."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEPALIVE_S, ssl=tls or True),
            timeout=aiohttp.ClientTimeout(total=None),
            cookie_jar=aiohttp.DummyCookieJar(),
            read_bufsize=_READ_BYTES,
            # The status line of an answer is part of what a hostile upstream controls; keep it short.
            max_line_size=16_384,
        )

    async def close(self) -> None:
        """Close every connection."""
        await self._session.close()

    async def send(self, candidate: Candidate, dispatch: Dispatch) -> HttpAnswer:
        """See `gateway.upstream.ports.Client.send`. The target's headers, with its credential, go over the call's."""
        outbound = dispatch.outbound
        headers = {**dispatch.headers, "content-type": outbound.content_type}
        url = candidate.url(outbound.path)
        return await self._request(outbound.method, url, candidate.target, headers, outbound.body or None)

    async def fetch(self, target: Target, path: str) -> HttpAnswer:
        """Get a resource of the target, with its credential. Raises as `send` does."""
        headers = target.api.default_headers if target.api else {}
        return await self._request("GET", Candidate(target, "").url(path), target, headers, None)

    async def _request(
        self, method: str, url: str, target: Target, headers: Mapping[str, str], body: bytes | None
    ) -> HttpAnswer:
        timeouts = target.timeouts
        try:
            with TimeLimit(timeouts.first_byte_s):
                response = await self._session.request(
                    method,
                    url,
                    data=body,
                    headers={**headers, **target.headers},
                    timeout=_to_connect(timeouts.connect_s),
                    allow_redirects=False,
                )
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as exc:
            raise translate(exc) from exc
        return HttpAnswer(response, timeouts.idle_s)


@lru_cache(256)
def _to_connect(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=seconds)


def translate(exc: Exception) -> UpstreamFault:
    """Turn an error of the HTTP client into ours. The text of the original may hold the URL and is left behind."""
    if isinstance(exc, aiohttp.ConnectionTimeoutError):
        return UpstreamUnreachable("The upstream took no connection in time.")
    if isinstance(exc, TimeoutError):
        return UpstreamTimeout("The upstream did not answer in time.")
    if isinstance(exc, aiohttp.ClientResponseError | aiohttp.ClientPayloadError | aiohttp.InvalidURL | ValueError):
        return UpstreamInvalid("The upstream's answer is not valid HTTP or was cut off.")
    return UpstreamUnreachable("The upstream can't be reached or closed the connection.")
