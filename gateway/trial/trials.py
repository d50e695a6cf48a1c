"""Take what was given through the first door, and a reply through the second, as a gateway would."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import orjson

from detectors.finding import Finding, Screening
from gateway.dialects.catalog import ENDPOINTS
from gateway.dialects.message import Inbound, Request
from gateway.errors import AirlockError, BodyTooLarge
from gateway.pipeline.context import Call
from gateway.pipeline.documents import Documents
from gateway.pipeline.first_door import Entry, FirstDoor
from gateway.pipeline.inspect import Verdict, seen
from gateway.pipeline.judging import Judge, refusal_of
from gateway.pipeline.pictures import Pictures
from gateway.pipeline.ways import Ways
from gateway.policy.decision import Reason
from gateway.policy.engine import Engine
from gateway.principal import Principal
from gateway.pseudonyms.restore import Restorer
from gateway.settings import Settings
from gateway.trial.findings import Findings, kinds
from gateway.trial.given import Given, text_in
from gateway.trial.outcomes import KEEP, Outcome, outcomes
from gateway.trial.parts import parts
from gateway.trial.told import Back, Decided, Judgement, Looked, Trial, Unseen, Why
from gateway.trial.way import route_of

ID: Final = "try"
"""Names the caller and the call: pseudonyms that hold for one request are the same each time, so a reply can follow."""

_CHAT: Final = next(row.dialect for row in ENDPOINTS if row.path == "/v1/chat/completions")
"""What a trial is written in; what becomes of a text does not depend on it."""


@dataclass(frozen=True, slots=True)
class Source:
    """The configuration that is tried: its file, "" for what is shipped, and what to know about it."""

    settings: Settings | None
    file: str = ""
    notes: tuple[str, ...] = ()
    body_bytes: int = field(default=10 * 2**20)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose policy it is, the model that is asked for ("": one of the configuration's), and a reply of one's own."""

    tenant: str = "default"
    use_case: str = "default"
    model: str = ""
    reply: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Trials:
    """Tries one thing after the other. Nothing is sent, recorded or kept."""

    source: Source
    engine: Engine
    documents: Documents
    pictures: Pictures
    door: FirstDoor
    judge: Judge
    use_cases: tuple[str, ...] = ()

    async def run(self, given: Given, asked: Asked) -> Trial:
        """Try something. Raises `AirlockError` where a gateway could not even read the call."""
        model, route = route_of(self.source.settings, asked.model)
        body = orjson.dumps({"model": model, "messages": [{"role": "user", "content": given.content}]})
        if len(body) > self.source.body_bytes:
            raise BodyTooLarge(f"The call would be longer than {self.source.body_bytes:,} bytes, which limits it.")
        call = Call(_CHAT, [], ID, principal=Principal(ID, asked.tenant, asked.use_case), inbound=Inbound(body))
        request = call.dialect.read_request(call.inbound)
        request = await self.pictures.read(await self.documents.read(request))
        screening = await self.door.screen(call, request)
        entry = await Ways(self.door, call, request, screening, route).first()
        told = await self._told(given, asked, request, screening, entry)
        return told if entry.refused else replace(told, back=await self._back(call, entry, told, asked.reply))

    async def _told(self, given: Given, asked: Asked, request: Request, screening: Screening, entry: Entry) -> Trial:
        by_label = await outcomes(self.engine, entry.verdict.document)
        found = Findings(request.content.slots, _by_slot(screening.findings), entry.masked, by_label).all()
        left = content_of(entry.outbound.body) if entry.outbound else None
        seen_of, places = seen(request.content, screening)
        new = entry.masked.replacements
        return Trial(
            configuration=self.source.file,
            notes=self.source.notes,
            tenant=asked.tenant,
            use_case=asked.use_case,
            model=request.model,
            upstream=entry.candidate.target.name,
            kind=given.kind.value,
            decision=_decided(entry.verdict, entry.refused),
            types=kinds(found, Restorer(entry.masked.tokens)),
            judgements=_judgements(entry.verdict.document, by_label),
            unscanned=tuple(Unseen(places.get(one.slot, ""), one.reason) for one in seen_of.coverage.unscanned),
            detectors=tuple(
                Looked(one.detector, one.version, one.status, one.reason) for one in seen_of.coverage.reports
            ),
            text=text_in(given.content),
            leaves=None if left is None else text_in(left),
            changed=left is not None and left != given.content,
            read=len(request.content.slots),
            parts=parts(request.content.slots, found, new, leaves=left is not None),
            back=None,
        )

    async def _back(self, call: Call, entry: Entry, told: Trial, own: str | None) -> Back | None:
        """Lead a reply back; the text that left stands for a model's, which policy then has no reason to judge."""
        said = told.leaves if own is None else own
        if not said:
            return None
        reply = call.dialect.read_reply(_reply(told.model, said))
        verdict = None if own is None else await self.judge.judge(entry, reply)
        error = refusal_of(verdict.decisions) if verdict else None
        restorer = Restorer(entry.masked.tokens)
        body = call.dialect.rewrite_reply(reply, restorer.slots(reply.content.slots))
        returns = None if error else str(orjson.loads(body)["choices"][0]["message"]["content"])
        tally = restorer.tally
        decided = _decided(verdict, error) if verdict else None
        return Back(own is not None, said, returns, tally.restored, tally.unresolved, decided)


def content_of(body: bytes) -> Any:
    """Give the content of the last message in a call."""
    return orjson.loads(body)["messages"][-1]["content"]


def _reply(model: str, said: str) -> bytes:
    message = {"role": "assistant", "content": said}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return orjson.dumps({"id": ID, "object": "chat.completion", "created": 0, "model": model, "choices": [choice]})


def _decided(verdict: Verdict, error: AirlockError | None) -> Decided:
    decision = verdict.decision
    return Decided(
        error is None,
        error.code if error else decision.code,
        error.message if error else "",
        tuple(map(_why, decision.reasons)),
        tuple(map(_why, decision.shadow_reasons)),
        decision.bundle,
        decision.engine,
    )


def _why(reason: Reason) -> Why:
    return Why(reason.code, str(reason.action), reason.source, reason.message)


def _by_slot(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    told: dict[str, list[Finding]] = {}
    for one in findings:
        if not one.is_judgement:
            told.setdefault(one.slot, []).append(one)
    return told


def _judgements(document: bytes, by_label: dict[str, Outcome]) -> tuple[Judgement, ...]:
    """Give the best score of each judgement in each kind of place, the strongest first."""
    told = [
        Judgement(label, place, score, outcome.becomes, outcome.counts_from)
        for one in orjson.loads(document)["detections"]
        if (label := one["label"]).islower()
        for place, score in one["slots"].items()
        for outcome in (by_label.get(label, Outcome(KEEP)),)
    ]
    return tuple(sorted(told, key=lambda one: (-one.score, one.label, one.place)))
