"""What all interfaces share: keys, a limit on the body, and faults said in the interface's own shape."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from math import ceil
from typing import Any, Final, TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from detectors.serving.api.call import Call, CallerGone
from detectors.serving.api.faults import BadRequest, Fault, TooLarge, Unavailable
from detectors.serving.api.keys import Keys
from detectors.serving.ports import Registry

logger = logging.getLogger(__name__)

M = TypeVar("M", bound=BaseModel)

JSON: Final = "application/json"
_ODD_TAG: Final = "Input should have another type"

CLOSED_REQUEST: Final = 499
"""Nobody reads it: the caller has gone."""

Said = Callable[[Fault], tuple[int, Any]]
"""Gives the status and the JSON document in which an interface says what is wrong."""

Handler = Callable[[Call], Awaitable[bytes]]
"""Answers a call with the body of a reply. May raise `Fault`."""

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What every call passes. `most_bytes` is for a body; `seconds` is what a call has that does not say otherwise.

    `calls` counts them by path and status.
    """

    registry: Registry
    keys: Keys
    most_bytes: int
    seconds: float
    calls: Counter[tuple[str, int]] = field(default_factory=Counter)

    def endpoint(self, path: str, handler: Handler, said: Said, media: str = JSON) -> Endpoint:
        """Make a handler of one interface an endpoint."""

        async def handle(request: Request) -> Response:
            response = await self._response(request, handler, said, media)
            self.calls[path, response.status_code] += 1
            return response

        return handle

    async def _response(self, request: Request, handler: Handler, said: Said, media: str) -> Response:
        try:
            return Response(await self._answer(handler, request), media_type=media)
        except (CallerGone, ClientDisconnect):
            return Response(status_code=CLOSED_REQUEST)
        except Fault as fault:
            return _told(fault, said)
        except Exception as exc:  # noqa: BLE001 - its message may hold a text, so only its type is told
            logger.error("A call raised %s.", type(exc).__name__)  # noqa: TRY400
            return _told(Unavailable(), said)

    async def _answer(self, handler: Handler, request: Request) -> bytes:
        holder = self.keys.holder(request.headers.get("authorization", ""))
        body = await _body(request, self.most_bytes)
        return await handler(Call(body, request.headers, holder, self.seconds, self.registry, request.receive))


def parsed(model: type[M], body: bytes) -> M:
    """Read a body. Raises `BadRequest`, which names the first member that is wrong and not what it holds."""
    try:
        return model.model_validate_json(body)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_context=False, include_input=False)[0]
        numbers = takewhile(lambda step: isinstance(step, int), first["loc"][1:])
        said = _ODD_TAG if first["type"] == "union_tag_invalid" else first["msg"]  # the one message that quotes
        raise BadRequest(said, ".".join(map(str, (*first["loc"][:1], *numbers)))) from None


def _told(fault: Fault, said: Said) -> Response:
    status, document = said(fault)
    headers: Mapping[str, str] = {} if fault.retry_after is None else {"retry-after": str(ceil(fault.retry_after))}
    return Response(orjson.dumps(document), status, headers, JSON)


async def _body(request: Request, limit: int) -> bytes:
    if request.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
        raise BadRequest("Compressed bodies are not read.")
    stated = request.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > limit:
        raise TooLarge(limit)
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise TooLarge(limit)
        parts.append(part)
    return b"".join(parts)
