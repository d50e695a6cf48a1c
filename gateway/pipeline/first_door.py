"""The first door: screen a request, decide on it for one target, mask it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from detectors.finding import Screening
from gateway.dialects.message import Outbound, Request
from gateway.errors import AirlockError, PolicyBlocked
from gateway.pipeline.context import Call
from gateway.pipeline.inspect import Inspector, Subject, Verdict, subject_of
from gateway.pipeline.masking import Pseudonyms, unmaskable
from gateway.pipeline.obligations import StreamMode, argument_schemas, refusal, stream_mode
from gateway.pipeline.pictures import Pictures
from gateway.pipeline.sent_files import counted, unsendable
from gateway.pipeline.tools import ArgumentChecks, ToolStages
from gateway.policy.document import Stage
from gateway.pseudonyms.mask import Masked, TokenMap
from gateway.upstream.target import Candidate


@dataclass(frozen=True, slots=True)
class Entry:
    """What the first door said of a request that would go to this candidate.

    `refused` is why it may not, None if it may. Only then `outbound` is what leaves. `files` counts those in which
    something is replaced, by what becomes of them.
    """

    candidate: Candidate
    subject: Subject
    verdict: Verdict
    masked: Masked
    refused: AirlockError | None
    outbound: Outbound | None
    files: Mapping[str, int] = field(default_factory=dict)

    @property
    def mode(self) -> StreamMode:
        """How a streamed reply is to be released."""
        return stream_mode(self.verdict.decision)

    @property
    def checks(self) -> ArgumentChecks:
        """How the arguments of the tool calls in the reply are to be checked."""
        return ArgumentChecks(argument_schemas(self.verdict.decision), self.masked.tokens)

    @property
    def details(self) -> dict[str, Any]:
        """What a record says of the way that the call takes."""
        files = {"files": dict(self.files)} if self.files else {}
        return {"upstream": self.candidate.target.name, "pseudonyms": dict(self.masked.counts), **files}


@dataclass(frozen=True, slots=True)
class FirstDoor:
    """Asks the detectors once a call, and policy once for each candidate that the call may go to."""

    inspector: Inspector
    tools: ToolStages
    pseudonyms: Pseudonyms
    pictures: Pictures

    async def screen(self, call: Call, request: Request) -> Screening:
        """Have all of a request screened: what is found does not depend on where it would go."""
        return await self.inspector.screen(request.content, call.principal)

    async def decide(self, call: Call, request: Request, screening: Screening, candidate: Candidate) -> Entry:
        """Ask policy whether this request may go to this candidate, and mask it as policy says."""
        subject = subject_of(call.principal, call.dialect.name, request, screening, candidate)
        verdict = await self.inspector.content(Stage.REQUEST, subject, request.content, screening)
        refused = refusal(verdict.decision)
        if refused is None and request.has_tools:
            checks = ArgumentChecks(argument_schemas(verdict.decision), TokenMap())
            stages = await self.tools.of_request(subject, request, screening, checks)
            verdict = replace(verdict, stages=stages)
            refused = next(filter(None, map(refusal, verdict.decisions)), None)
        masked = self.pseudonyms.mask(call, request, verdict)
        new = masked.replacements
        refused = refused or unmaskable(masked) or unsendable(request, new, verdict.decisions)
        outbound = None
        if refused is None:
            try:
                outbound = await self._outbound(call, request, masked, candidate)
            except PolicyBlocked as exc:
                refused = exc
        return Entry(candidate, subject, verdict, masked, refused, outbound, counted(request, new))

    async def _outbound(self, call: Call, request: Request, masked: Masked, candidate: Candidate) -> Outbound:
        ready = await self.pictures.blacken(request, masked.replacements, call.principal.tenant)
        return call.dialect.rewrite_request(ready, masked.replacements, model=candidate.model)
