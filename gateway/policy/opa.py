"""The OPA engine: decisions by an OPA server, through opa-python-client.

Each answer carries OPA's provenance, so each decision states the revision that really decided, whatever the server has
been given since it started. `airlock policy build -o` writes the bundle's digest as its revision.
"""

import asyncio
from collections.abc import Mapping
from json import JSONDecodeError
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
from opa_client.opa_async import AsyncOpaClient

from detectors.breaker import Breaker
from gateway.policy.decision import Decision
from gateway.policy.engine import UNAVAILABLE, Fault, Unavailable, answer, parse_decision

PACKAGE, RULE = "airlock.main", "decision"
TIMEOUT_S = 0.1
UNVERSIONED = "unversioned"

_PORTS = {"http": 80, "https": 443}
_SERVER_FAULTS = {Fault.TIMEOUT, Fault.UNREACHABLE, Fault.REFUSED}


class OpaEngine:
    """Decides by asking an OPA server. One engine an event loop; it connects at the first question.

    Args:
        url: The server's root, `http(s)://host[:port]`.
        timeout_s: The longest a decision may take, seconds.
        expected: The digest that the operator configured; `detail` tells when the server serves another one.
        breaker: When to leave a failing server alone.

    Raises:
        ValueError: The URL is not one that the client can address.
    """

    name = "opa"

    def __init__(
        self, url: str, *, timeout_s: float = TIMEOUT_S, expected: str = "", breaker: Breaker | None = None
    ) -> None:
        self.bundle = ""
        self._expected = expected
        self._timeout_s = timeout_s
        self._breaker = breaker or Breaker()
        # Retries would cost 0.9 s with OPA down, and repeat evaluation errors, which OPA reports as a 500.
        self._client = AsyncOpaClient(**_address(url), retries=0, timeout=timeout_s)
        self._connected = False
        self._closed = False

    @property
    def detail(self) -> str:
        """What an operator should know about the bundle being served; empty when all is as configured."""
        if self.bundle == UNVERSIONED:
            return "OPA serves a bundle without a revision; `airlock policy build -o` writes one with it"
        if self.bundle and self._expected and self.bundle != self._expected:
            return f"OPA serves the bundle {self.bundle}, configured is {self._expected}"
        return ""

    async def decide(self, document: bytes) -> Decision:
        """See `Engine.decide`; `Decision.bundle` is what OPA says it decided with."""
        return await answer(self._evaluate, document, self)

    async def healthy(self) -> bool:
        """See `Engine.healthy`: OPA is healthy when it decides on an empty document, which also tells the revision."""
        decision = await answer(lambda _: self._ask({}), b"", self)
        return decision.code != UNAVAILABLE

    async def close(self) -> None:
        """See `Engine.close`."""
        self._closed = True
        await self._client.close_connection()

    async def _evaluate(self, document: bytes) -> Decision:
        try:
            value = orjson.loads(document)
        except orjson.JSONDecodeError as exc:
            raise Unavailable(Fault.INPUT) from exc
        if not self._breaker.admits():
            raise Unavailable(Fault.CIRCUIT_OPEN)
        return await self._ask(value)

    async def _ask(self, value: Any) -> Decision:
        try:
            reply = await self._query(value)
        except Unavailable as exc:
            if exc.fault in _SERVER_FAULTS:
                self._breaker.fail()
            raise
        self._breaker.succeed()
        self.bundle = _revision(reply)
        if "result" not in reply:
            raise Unavailable(Fault.UNDEFINED)
        return parse_decision(reply["result"], bundle=self.bundle, engine=self.name)

    async def _query(self, value: Any) -> Mapping[str, Any]:
        """Put one question to the server; every foreign exception ends here."""
        if self._closed:
            raise Unavailable(Fault.CLOSED)
        try:
            async with asyncio.timeout(self._timeout_s):
                reply = await self._post(value)
        except TimeoutError as exc:
            raise Unavailable(Fault.TIMEOUT) from exc
        except (aiohttp.ContentTypeError, aiohttp.ClientPayloadError, JSONDecodeError, UnicodeDecodeError) as exc:
            raise Unavailable(Fault.MALFORMED) from exc
        except aiohttp.ClientResponseError as exc:
            raise Unavailable(Fault.REFUSED) from exc
        except (aiohttp.ClientError, OSError) as exc:
            raise Unavailable(Fault.UNREACHABLE) from exc
        if not isinstance(reply, dict):
            raise Unavailable(Fault.MALFORMED)
        return reply

    async def _post(self, value: Any) -> Any:
        if not self._connected:
            await self._client.__aenter__()
            self._connected = True
        try:
            return await self._client.query_rule(value, PACKAGE, RULE, {"provenance": "true"})
        except aiohttp.ServerDisconnectedError:
            # The server closed an idle connection just as it was used again; a new one is worth one attempt.
            return await self._client.query_rule(value, PACKAGE, RULE, {"provenance": "true"})


def _address(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise ValueError("the OPA server's url must be http(s)://host[:port]")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return {"host": host, "port": parts.port or _PORTS[parts.scheme], "ssl": parts.scheme == "https"}


def _revision(reply: Mapping[str, Any]) -> str:
    """Give the revision of the one bundle, or all of them by name."""
    provenance = reply.get("provenance")
    bundles = provenance.get("bundles") if isinstance(provenance, dict) else None
    found = bundles.items() if isinstance(bundles, dict) else ()
    revisions = {str(name): str(entry.get("revision") or "") for name, entry in found if isinstance(entry, dict)}
    if len(revisions) == 1:
        return next(iter(revisions.values())) or UNVERSIONED
    return ",".join(f"{name}={revision}" for name, revision in sorted(revisions.items())) or UNVERSIONED
