"""One address of a detector service: its connections, how it fares, and what its answers are worth."""

import asyncio
import logging
from collections.abc import Sequence
from time import monotonic
from types import SimpleNamespace
from typing import Any, Final

import aiohttp

from detectors.breaker import Breaker
from detectors.errors import Unavailable
from detectors.serving.belief import believed
from detectors.serving.hedging import Elsewhere
from detectors.serving.options import UNIX, ServiceOptions
from detectors.serving.wire import PATH, ScreenReply, WireError

logger = logging.getLogger(__name__)

KEPT_S: Final = 60.0
"""How long an idle connection is kept. One that the service has closed by then is noticed, and replaced."""

MOST_BYTES: Final = 64 * 2**20
"""The longest answer that is read."""

LONGEST_REST_S: Final = 5.0

_OK: Final = 200
_SERVERS_FAULT: Final = 500
_REASONS: Final = {
    401: "refused",
    403: "refused",
    404: "no_model",
    413: "too_long",
    429: "busy",
    503: "not_ready",
    504: "timeout",
}
_EVERYWHERE: Final = {"too_long", "timeout"}
"""What the texts are to blame for: no other address would do better."""

_WELL: Final = {"", "busy", *_EVERYWHERE}
"""What says nothing against an address."""


class Address:
    """Make it inside the running event loop, and `close` it at the end.

    `version` and `labels` are those of its last answer, "" and none before the first. `fault` is the code of why the
    last question got no answer, "" if it did. `under_way` counts the questions that it has now.
    """

    def __init__(self, url: str, options: ServiceOptions) -> None:
        self.version = ""
        self.labels: frozenset[str] = frozenset()
        self.fault = ""
        self.under_way = 0
        self.breaker = Breaker(failures=options.failures, pause_s=options.pause_s)
        self._url = url
        self._target = ("http://service" if url.startswith(UNIX) else url.rstrip("/")) + PATH
        self._session = _session(url, options)
        self._rests_until = 0.0

    @property
    def rests(self) -> bool:
        """Whether it has asked to be left alone for now."""
        return monotonic() < self._rests_until

    async def ask(self, body: bytes, texts: Sequence[str], deadline: float) -> ScreenReply:
        """Send a question about these texts; `deadline` is by the loop's clock.

        Raises:
            Elsewhere: it gave no answer, or none that can be believed; another address may.
            Unavailable: the answer would be the same elsewhere, or the time is over.
        """
        self.under_way += 1
        try:
            reply = await self._reply(body, texts, deadline)
        except Unavailable as fault:
            self._note(fault.reason)
            raise
        finally:
            self.under_way -= 1
        self.version, self.labels = reply.version, frozenset(reply.labels)
        self._note("")
        return reply

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def _reply(self, body: bytes, texts: Sequence[str], deadline: float) -> ScreenReply:
        try:
            async with asyncio.timeout_at(deadline):
                status, raw, retry_after = await self._answered(body)
            if status == _OK:
                return believed(raw, texts)
        except aiohttp.ConnectionTimeoutError as exc:
            raise Elsewhere("unreachable") from exc
        except TimeoutError as exc:
            raise Unavailable("unanswered") from exc
        except (WireError, aiohttp.ClientResponseError, aiohttp.ClientPayloadError) as exc:
            raise Elsewhere("malformed") from exc
        except (aiohttp.ClientError, OSError) as exc:
            raise Elsewhere("unreachable") from exc
        reason = _REASONS.get(status, "raised" if status >= _SERVERS_FAULT else "malformed")
        if retry_after.isdecimal():
            self._rests_until = monotonic() + min(int(retry_after), LONGEST_REST_S)
        raise Unavailable(reason) if reason in _EVERYWHERE else Elsewhere(reason)

    async def _answered(self, body: bytes) -> tuple[int, bytes, str]:
        """Ask; once more if the connection was an old one, which the service closed just then."""
        connection = SimpleNamespace(is_old=False)
        try:
            return await self._exchange(body, connection)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            if not connection.is_old:
                raise
        return await self._exchange(body, SimpleNamespace())

    async def _exchange(self, body: bytes, connection: SimpleNamespace) -> tuple[int, bytes, str]:
        asked = self._session.post(self._target, data=body, allow_redirects=False, trace_request_ctx=connection)
        async with asked as response:
            parts, size = [], 0
            async for part in response.content.iter_any():
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES:
                    raise WireError("the answer is too long")
            return response.status, b"".join(parts), response.headers.get("retry-after", "")

    def _note(self, reason: str) -> None:
        """Keep how a question ended; tell the operator when that changes for the better or the worse."""
        if reason in _WELL:
            self.breaker.succeed()
        else:
            self.breaker.fail()
        if (reason in _WELL) != (self.fault in _WELL):
            how = "answers again" if reason in _WELL else f"gives no answer ({reason})"
            logger.warning("The detector service at %s %s.", self._url, how)
        self.fault = reason


def _session(url: str, options: ServiceOptions) -> aiohttp.ClientSession:
    noting = aiohttp.TraceConfig()
    noting.on_connection_reuseconn.append(_note_old)
    connector: aiohttp.BaseConnector = (
        aiohttp.UnixConnector(url.removeprefix(UNIX), limit=0, keepalive_timeout=KEPT_S)
        if url.startswith(UNIX)
        else aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_S)
    )
    return aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=options.connect_s),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"content-type": "application/json", **options.headers},
        trace_configs=[noting],
    )


async def _note_old(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: Any) -> None:
    context.trace_request_ctx.is_old = True
