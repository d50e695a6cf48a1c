"""Calls over a limit, counted: a record each would let a flood of cheap calls fill the log."""

import asyncio
import logging
from collections import Counter
from typing import Self

from audit.errors import AuditError
from audit.record import Record, new_id, now_ms
from gateway.pipeline.ports import Recorder
from gateway.principal import Principal

LIMIT_REFUSED = "limit.refused"
_EVERY_S = 60.0
_CALLERS = 10_000
_log = logging.getLogger(__name__)


class Refusals:
    """Writes one record a minute for each caller and reason: how many calls were refused since the last one.

    A context manager, inside a running event loop; leaving it writes what is left.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._counts: Counter[tuple[Principal, str]] = Counter()
        self._since_ms = now_ms()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._keep_writing())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: object) -> None:
        self._task.cancel()
        self.write()

    def count(self, principal: Principal, code: str) -> None:
        """Note that a call was refused before it was looked at."""
        self._counts[principal, code] += 1
        if len(self._counts) >= _CALLERS:
            self.write()

    def write(self) -> None:
        """Write what was counted since the last time."""
        counts, self._counts = self._counts, Counter()
        since_ms, self._since_ms = self._since_ms, now_ms()
        try:
            for (principal, code), calls in counts.items():
                self._recorder.enqueue(self._record(principal, code, calls, since_ms))
        except AuditError:
            _log.error("the count of refused calls could not be kept")

    async def _keep_writing(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_S)
            self.write()

    def _record(self, principal: Principal, code: str, calls: int, since_ms: int) -> Record:
        body = {
            "level": "application",
            "decision": "block",
            "reason": code,
            "key_id": principal.key_id,
            "calls": calls,
            "since_ms": since_ms,
        }
        return Record(new_id(), LIMIT_REFUSED, principal.tenant, principal.use_case, self._since_ms, body)
