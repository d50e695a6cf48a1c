"""The records of a call: `request.opened` before anything leaves, `request.closed` when it is over.

Between them stands a `request.rerouted` for each further provider, before the call goes on to it, and a
`request.passed_over` for each that policy refused. All hold the policy input that was decided on, so that the decision
can be made again, and commitments to what was said, never the words themselves.
"""

import hmac
import logging
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from audit.commitment import commit
from audit.errors import AuditError, RecordRefused
from audit.record import REQUEST_CLOSED, REQUEST_OPENED, REQUEST_PASSED_OVER, REQUEST_REROUTED, Record, new_id, now_ms
from gateway.errors import CheckUnavailable
from gateway.pipeline.accounts import Accounts
from gateway.pipeline.answers import Answers
from gateway.pipeline.context import Call
from gateway.pipeline.first_door import Entry
from gateway.pipeline.inspect import Subject, Verdict
from gateway.pipeline.ports import Recorder
from gateway.pseudonyms.restore import Tally
from gateway.upstream.target import NAME

_log = logging.getLogger(__name__)
_ANSWERS = Answers()
_CHOICES = 128
_NOT_KEPT = "The reply's record could not be kept."
_NO_RECORD = "The record of this call could not be made durable, so nothing was sent."


class Book:
    """Writes the records of calls. Closing a call settles what it used, whichever way it ends.

    Args:
        recorder: The log.
        accounts: Where calls are settled.
        commitment_key: From it come the nonces of commitments: without it, a guess at a text can't be tested.
    """

    def __init__(self, recorder: Recorder, accounts: Accounts, commitment_key: bytes) -> None:
        self._recorder = recorder
        self.accounts = accounts
        self._key = commitment_key

    def commitment(self, call: Call, what: str, digest: bytes) -> str:
        """Commit to content by the SHA-256 of its bytes; give the commitment in hexadecimal.

        The nonce is derived from the key, the call and the content's name, so it need not be stored; handing it to an
        auditor opens this one commitment and no other.
        """
        nonce = hmac.digest(self._key, f"{call.id}/{what}".encode(), "sha256")
        return commit(digest, nonce).digest.hex()

    async def open(self, call: Call, entry: Entry, passed_over: Sequence[Entry] = ()) -> None:
        """Make the opened record durable, and in the same commit those of who was passed over until then.

        Raises:
            CheckUnavailable: It could not be; then nothing may leave.
        """
        opened = self._opened(call, entry, entry.details)
        await self._append(call, opened, *self._passed_over(call, passed_over))

    async def reroute(self, call: Call, entry: Entry, cause: str, passed_over: Sequence[Entry] = ()) -> None:
        """Make the record of going on to another provider durable, as `open` does; `cause` is what the last one did."""
        body = {**_decided_on(entry), **entry.details, "attempts": call.attempts, "cause": cause}
        rerouted = self._record(call, new_id(), REQUEST_REROUTED, now_ms(), body, call.id)
        await self._append(call, *self._passed_over(call, passed_over), rerouted)

    async def refuse(self, call: Call, entry: Entry, passed_over: Sequence[Entry] = ()) -> None:
        """Make all records of a call that the first door stopped durable, in one commit. Raises as `open` does."""
        passed = self._passed_over(call, passed_over)
        await self._append(call, self._opened(call, entry, {}), *passed, self._closed(call))

    def pass_over(self, call: Call, entries: Sequence[Entry]) -> None:
        """Write down who was passed over, when no other way was left; soon durable. Raises as `close` does."""
        try:
            for record in self._passed_over(call, entries):
                self._recorder.enqueue(record)
        except AuditError as exc:
            raise CheckUnavailable(_NOT_KEPT, code="record.unavailable") from exc

    def close(self, call: Call) -> None:
        """Write the closed record with the next group commit.

        Raises:
            CheckUnavailable: The store has been away for so long that it can't even be kept in memory.
        """
        try:
            self._enqueue(call)
        except AuditError as exc:
            raise CheckUnavailable(_NOT_KEPT, code="record.unavailable") from exc

    def _enqueue(self, call: Call) -> None:
        try:
            self._recorder.enqueue(self._closed(call))
        except RecordRefused:
            # What a reply said of itself made the record too long or inexact; that the call ended is written anyway.
            call.closing = {"error": "record.refused"}
            self._recorder.enqueue(self._closed(call))

    def close_anyway(self, call: Call) -> None:
        """Write the closed record of a call that has its answer already, or failed; if that can't be, say so."""
        try:
            self.close(call)
        except CheckUnavailable:
            _log.error("call %s: its closed record could not be kept", call.id)

    async def _append(self, call: Call, *records: Record) -> None:
        try:
            await self._recorder.append(*records)
        except AuditError as exc:
            raise CheckUnavailable(_NO_RECORD, code="record.unavailable") from exc
        call.recorded = True

    def _opened(self, call: Call, entry: Entry, details: Mapping[str, Any]) -> Record:
        decision, reason = call.verdict
        body = {
            **_decided_on(entry),
            "decision": decision,
            "reason": reason,
            "stream": entry.subject.request.stream,
            "prompt": self.commitment(call, "prompt", sha256(call.inbound.body).digest()),
            **details,
            **call.opening,
        }
        return self._record(call, call.id, REQUEST_OPENED, call.started_ms, body, None)

    def _passed_over(self, call: Call, entries: Sequence[Entry]) -> list[Record]:
        return [
            self._record(call, new_id(), REQUEST_PASSED_OVER, now_ms(), _decided_on(entry) | entry.details, call.id)
            for entry in entries
        ]

    def _closed(self, call: Call) -> Record:
        now = now_ms()
        decision, reason = call.verdict
        body: dict[str, Any] = {
            "level": "application",
            "decision": decision,
            "reason": reason,
            "milliseconds": now - call.started_ms,
            **({"error": call.error.code, "status": call.error.status} if call.error else {}),
            **self.accounts.settle(call),
            **call.closing,
        }
        return self._record(call, new_id(), REQUEST_CLOSED, now, body, call.id)

    def _record(
        self, call: Call, record_id: str, kind: str, t_ms: int, body: Mapping[str, Any], opened: str | None
    ) -> Record:
        return Record(
            id=record_id,
            type=kind,
            tenant=call.principal.tenant,
            use_case=call.principal.use_case,
            t_ms=t_ms,
            body=body,
            opened_ref=opened,
        )


def _decided_on(entry: Entry) -> dict[str, Any]:
    """Write down what the first door said of one candidate."""
    decision = entry.verdict.decision
    said = ("block", entry.refused.code) if entry.refused else (str(decision.action), decision.code)
    return {
        "level": "application",
        "decision": said[0],
        "reason": said[1],
        "model": _model(entry.subject),
        **decided(entry.verdict),
        **_allowed(entry.verdict),
    }


def _model(subject: Subject) -> dict[str, str]:
    routed = {"routed": subject.upstream.model} if subject.upstream.model != subject.request.model else {}
    return {"requested": subject.request.model, **routed, "provider": subject.upstream.provider}


def _allowed(verdict: Verdict) -> dict[str, Any]:
    """Write down how many findings the tenant's lists let go, by label; nothing where there were none."""
    allowed = verdict.screening.allowed
    return {"allowed": dict(sorted(allowed.items()))} if allowed else {}


def decided(verdict: Verdict) -> dict[str, Any]:
    """Write down a door's decision as `policy`, and those on the tools that came up there as `stages`."""
    stages = {"stages": [policy(stage) for stage in verdict.stages]} if verdict.stages else {}
    return {"policy": policy(verdict), **stages}


def policy(verdict: Verdict) -> dict[str, Any]:
    """Write down a decision with all that it takes to make it again: bundle, engine, input, answer.

    The input is kept as the very JSON text that was decided on.
    """
    decision = verdict.decision
    return {
        "engine": decision.engine,
        "bundle": decision.bundle,
        "input": verdict.document.decode(),
        "answer": _ANSWERS.written(decision),
    }


def told(model: str | None, finish: Sequence[str | None], tally: Tally) -> dict[str, Any]:
    """Write down what a reply said of itself, and what restoring did. Names that are no names are left out."""
    known = {
        "model_served": model if model and NAME.fullmatch(model) else None,
        "finish_reasons": [reason if reason and NAME.fullmatch(reason) else "none" for reason in finish[:_CHOICES]],
        "restored": tally.restored,
        "unresolved": tally.unresolved,
    }
    return {key: value for key, value in known.items() if value is not None}
