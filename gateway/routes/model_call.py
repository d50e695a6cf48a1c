"""The endpoint of every model call: read, let the exchange tell its story, answer in the caller's dialect."""

import asyncio
from contextlib import aclosing
from typing import Final, Protocol
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from gateway.auth import Authenticator
from gateway.dialects.dialect import Dialect
from gateway.dialects.message import JSON, Inbound
from gateway.errors import AirlockError
from gateway.pipeline.context import Call
from gateway.pipeline.faults import internal
from gateway.pipeline.outcome import Headers, Outcome, Streamed, Whole
from gateway.routes.body import ClientGone, read_body
from gateway.routes.disconnect import UntilDisconnect
from gateway.routes.heart import Heart

_JSON = (b"content-type", b"application/json")
Pairs = tuple[tuple[str, str], ...]
"""The names and values of a query, in its order."""


CONVERSATION: Final = b"x-airlock-conversation"
"""The header by which an app names its conversation, for pseudonyms that hold in it alone. It goes no further."""


class Story(Protocol):
    """What becomes of one call."""

    async def run(self, call: Call) -> Outcome:
        """Bring a call to its outcome. Raises `AirlockError`; `call` knows the decision and the receipt."""
        ...


class ModelCall:
    """An ASGI app for one dialect. It is plain ASGI, without a framework's request objects, because every call pays."""

    def __init__(self, dialect: Dialect, auth: Authenticator, story: Story, body_bytes: int) -> None:
        self._dialect = dialect
        self._auth = auth
        self._story = story
        self._body_bytes = body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        call = Call(self._dialect, scope["headers"])
        try:
            self.check(scope)
            # A key is taken out of the query at once: from here on nobody could tell it from what may be written down.
            key, pairs = _query(scope, self._dialect.api.key_parameter)
            call.principal = await self._auth.principal(scope["headers"], key)
            call.inbound = self.inbound(scope, pairs, await read_body(scope, receive, self._body_bytes))
            async with UntilDisconnect(receive):
                await _answer(send, await self._run(call), call)
        except (ClientGone, asyncio.CancelledError):
            # Nobody is left to answer, or the drain's time is up: the record is complete, there is nothing to log.
            return
        except AirlockError as error:
            await _answer(send, self.refusal(call, error), call)

    def check(self, scope: Scope) -> None:
        """Check what can be checked before the body is read. Raises `AirlockError`."""

    def inbound(self, scope: Scope, pairs: Pairs, body: bytes) -> Inbound:
        """Gather what came."""
        kind = header(scope, b"content-type") or JSON
        path = scope["raw_path"].decode("latin-1")
        session = header(scope, CONVERSATION)
        return Inbound(body, scope.get("path_params") or {}, dict(pairs), kind, scope["method"], path, pairs, session)

    async def _run(self, call: Call) -> Outcome:
        try:
            return await self._story.run(call)
        except AirlockError as error:
            return self.refusal(call, error)
        except Exception as exc:  # noqa: BLE001 - the last line of defence: no traceback may reach a client
            return self.refusal(call, internal(call.id, exc))

    def refusal(self, call: Call, error: AirlockError) -> Whole:
        """Tell an error in the caller's dialect."""
        call.error = error
        headers: Headers = [_JSON, *((name.encode(), value.encode()) for name, value in error.advice.items())]
        return Whole(error.status, headers, self._dialect.api.error_body(error))


def header(scope: Scope, name: bytes) -> str:
    """Give the first header of a name, "" if there is none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _query(scope: Scope, key_parameter: str) -> tuple[str, Pairs]:
    """Give the key in the query and the other pairs."""
    raw = scope["query_string"]
    if not raw:
        return "", ()
    pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True)
    keys = [value for name, value in pairs if key_parameter and name == key_parameter]
    return keys[-1] if keys else "", tuple(pair for pair in pairs if not keys or pair[0] != key_parameter)


async def _answer(send: Send, outcome: Outcome, call: Call) -> None:
    headers = _headers(outcome, call)
    if isinstance(outcome, Streamed):
        await _answer_stream(send, outcome, headers)
        return
    headers.append((b"content-length", str(len(outcome.body)).encode()))
    await send({"type": "http.response.start", "status": outcome.status, "headers": headers})
    await send({"type": "http.response.body", "body": outcome.body})


def _headers(outcome: Outcome, call: Call) -> Headers:
    """Give all headers. What the caller's own quota allows replaces what the upstream allows the gateway."""
    if not call.quota_headers:
        return outcome.headers + call.verdict_headers()
    kept = [header for header in outcome.headers if b"ratelimit" not in header[0]]
    return kept + call.quota_headers + call.verdict_headers()


async def _answer_stream(send: Send, outcome: Streamed, headers: Headers) -> None:
    async with aclosing(outcome.chunks) as chunks:
        await send({"type": "http.response.start", "status": outcome.status, "headers": headers})
        with Heart(send, outcome.heartbeat, outcome.heartbeat_s, lambda: chunks.has_ended) as heart:
            async for chunk in chunks:
                await heart.send(chunk)
        await send({"type": "http.response.body", "body": b""})
