"""Screen and decide: the same two steps at both doors."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from detectors.finding import Coverage, Passage, Screening, Unscanned
from gateway.dialects.message import Request
from gateway.dialects.slot import Content
from gateway.pipeline.ports import Screener
from gateway.policy.decision import Decision
from gateway.policy.document import PolicyInput, RequestFacts, Stage, ToolUse, UpstreamFacts, encode
from gateway.policy.engine import Engine
from gateway.principal import Principal
from gateway.upstream.target import Candidate

WITHHELD: Final = "withheld"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who asks whom for what: the part of the policy input that both doors share."""

    principal: Principal
    request: RequestFacts
    upstream: UpstreamFacts


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a door found and what policy made of it. `decision` answers `document`, the policy input as JSON.

    `stages` are the verdicts on the tools that came up at this door.
    """

    document: bytes
    screening: Screening
    decision: Decision
    stages: "tuple[Verdict, ...]" = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The door's own decision and those on tools."""
        return (self.decision, *(verdict.decision for verdict in self.stages))


class Inspector:
    """The detectors and the policy engine, asked in this order."""

    def __init__(self, screener: Screener, engine: Engine) -> None:
        self.screener = screener
        self._engine = engine

    async def screen(self, content: Content, caller: Principal) -> Screening:
        """Screen all slots of a caller's document."""
        return await self.screener.screen([Passage(slot.id, slot.screened) for slot in content.slots], caller.tenant)

    async def content(self, stage: Stage, subject: Subject, content: Content, screening: Screening) -> Verdict:
        """Decide on a document of which this was found."""
        screening, places = seen(content, screening)
        return await self.decide(stage, subject, screening, places)

    async def decide(
        self,
        stage: Stage,
        subject: Subject,
        screening: Screening,
        places: Mapping[str, str],
        tools: tuple[ToolUse, ...] = (),
    ) -> Verdict:
        """Ask policy about what was found, and about these tools."""
        facts = PolicyInput(
            stage=stage,
            time_ms=time.time_ns() // 1_000_000,
            subject=subject.principal,
            request=subject.request,
            upstream=subject.upstream,
            screening=screening,
            places=places,
            tools=tools,
        )
        document = encode(facts)
        return Verdict(document, screening, await self._engine.decide(document))


def seen(content: Content, screening: Screening) -> tuple[Screening, dict[str, str]]:
    """Add the parts that no walker could read to what no detector has seen; give it with the places of all parts."""
    places = {slot.id: slot.place for slot in content.slots}
    if content.unwalked:
        places |= {part.id: part.place for part in content.unwalked}
        parts = (Unscanned(part.id, part.reason) for part in content.unwalked)
        coverage = screening.coverage
        screening = replace(screening, coverage=Coverage(coverage.reports, (*coverage.unscanned, *parts)))
    return screening, places


def named(names: tuple[str, ...], content: Content, screening: Screening) -> tuple[str, ...]:
    """Keep the names of tools in which something was found out of the policy input, and so out of the record.

    A judgement on a name (`threat`, of `kill_process`) finds nothing in it that would have to be kept out.
    """
    if not (names and screening.findings):
        return names
    found = {finding.slot for finding in screening.findings if not finding.is_judgement}
    texts = {slot.text for slot in content.slots if slot.id in found}
    return tuple(WITHHELD if name in texts else name for name in names)


def subject_of(
    principal: Principal, dialect: str, request: Request, screening: Screening, candidate: Candidate
) -> Subject:
    """Gather the facts of a request that policy may know."""
    facts = RequestFacts(
        dialect=dialect,
        model=request.model,
        stream=request.stream,
        tools=named(request.tools, request.content, screening),
        tokens_estimated=request.tokens_estimated,
        modalities=request.modalities,
    )
    target = candidate.target
    upstream = UpstreamFacts(target.provider, target.region, target.hosting, candidate.model)
    return Subject(principal, facts, upstream)
