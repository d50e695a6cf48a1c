"""The embedded engine: the compiled policy runs inside this process, in about 0.04 ms, with limits."""

import threading
from pathlib import Path
from typing import Any

import orjson

from gateway.policy.bundle import Bundle
from gateway.policy.decision import Decision
from gateway.policy.engine import Fault, Unavailable, answer, parse_decision
from gateway.policy.instance import Instance, Limits
from gateway.policy.memo import Memo, overlook
from gateway.policy.program import compile_program


class WasmEngine:
    """Decides on the event loop itself: evaluating is quicker than a hop to a thread.

    Threads may share an engine; a lock lets them in one by one. A decision may be the very object that an earlier equal
    call got, so nobody may change one. Making an engine compiles the bundle and loads its data.

    Args:
        bundle: What decides.
        cache: A folder for compiled modules that only this user may touch; None compiles each time.
        limits: What one decision may take.
        remember: Whether equal documents may share a decision (see `gateway.policy.memo`).

    Raises:
        ModuleUnusable: The bundle's module can't run here; the message says why.
    """

    name = "embedded"
    detail = ""

    def __init__(
        self, bundle: Bundle, *, cache: Path | None = None, limits: Limits | None = None, remember: bool = True
    ) -> None:
        self.bundle = bundle.digest
        self._data = bundle.data
        self._limits = limits or Limits()
        self._program = compile_program(bundle.module, cache)
        self._instance: Instance | None = Instance(self._program, self._data, self._limits)
        self._memo = Memo(enabled=remember and overlook(bundle.reads))
        self._lock = threading.Lock()
        self._closed = False

    async def decide(self, document: bytes) -> Decision:
        """See `Engine.decide`."""
        return await answer(self._evaluate, document, self)

    async def healthy(self) -> bool:
        """See `Engine.healthy`: an open engine needs nothing else."""
        return not self._closed

    async def close(self) -> None:
        """See `Engine.close`."""
        with self._lock:
            self._closed = True
            self._instance = None
            self._memo.clear()

    async def _evaluate(self, document: bytes) -> Decision:
        with self._lock:
            key = self._memo.key(document)
            known = self._memo.get(key) if key is not None else None
            if known is not None:
                return known
            decision = parse_decision(self._run(document), bundle=self.bundle, engine=self.name)
            if key is not None:
                self._memo.put(key, decision)
            return decision

    def _run(self, document: bytes) -> Any:
        if self._closed:
            raise Unavailable(Fault.CLOSED)
        # Taken out first: after a trap it stays out and the next call makes a fresh one.
        instance, self._instance = self._instance, None
        instance = instance or Instance(self._program, self._data, self._limits)
        results = _parse(instance.evaluate(document))
        self._instance = instance
        if not results:
            raise Unavailable(Fault.UNDEFINED)
        return results[0].get("result")


def _parse(text: bytes) -> list[dict[str, Any]]:
    try:
        results: list[dict[str, Any]] = orjson.loads(text)
    except orjson.JSONDecodeError as exc:
        raise Unavailable(Fault.MALFORMED) from exc
    return results
