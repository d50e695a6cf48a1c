"""Tools have stages of their own: what is on offer, what a model wants called, what tools gave back.

Each is decided on only where there are tools, and with what was found in the places that it is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from detectors.finding import Coverage, Screening
from gateway.dialects.message import Reply, Request, ToolCall
from gateway.dialects.places import ROLE, TOOLS, Places
from gateway.dialects.slot import Content
from gateway.pipeline.inspect import Inspector, Subject, Verdict, named, seen
from gateway.policy.arguments import ArgumentSchema, unchecked
from gateway.policy.document import Arguments, Stage, ToolUse
from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer


def _all(*owners: Places) -> frozenset[str]:
    return frozenset(place for owner in owners for place in (owner.text, owner.arguments, owner.key, owner.id))


_ABOUT: Final[Mapping[Stage, frozenset[str]]] = {
    Stage.TOOL_DEFINITION: _all(TOOLS),
    Stage.TOOL_RESULT: _all(ROLE["tool"], ROLE["function"]),
    Stage.TOOL_CALL: frozenset({ROLE["assistant"].arguments, ROLE["assistant"].key}),
}


@dataclass(frozen=True, slots=True)
class ArgumentChecks:
    """Says how the arguments of calls stand to the schemas that policy named.

    `tokens` are the call's own: what is checked is what the client will execute, with the real values in it.
    """

    schemas: Mapping[str, ArgumentSchema]
    tokens: TokenMap

    def uses(self, calls: Sequence[ToolCall], names: Sequence[str]) -> list[ToolUse]:
        """Give what policy may know of these calls, under these names."""
        restorer = Restorer(self.tokens)  # its own, since these are not the values that are put back
        return [ToolUse(name, self._state(call, restorer)) for call, name in zip(calls, names, strict=True)]

    def _state(self, call: ToolCall, restorer: Restorer) -> Arguments:
        schema = self.schemas.get(call.name)
        return schema.state(restorer.embedded(call.arguments)) if schema else unchecked(call.arguments)


class _Asked(NamedTuple):
    """The tools that a document is about."""

    offers: tuple[str, ...]
    results: tuple[str, ...]
    calls: tuple[ToolCall, ...]


@dataclass(frozen=True, slots=True)
class ToolStages:
    """Asks policy about tools, at both doors."""

    inspector: Inspector

    async def of_request(
        self, subject: Subject, request: Request, screening: Screening, checks: ArgumentChecks
    ) -> tuple[Verdict, ...]:
        """Decide on the tools that a request offers, on the results that are new in it and on its own calls.

        `checks` are for the calls, whose tools are not on offer but used.
        """
        offers = () if request.calls else request.tools
        asked = _Asked(offers, request.tool_results, request.calls)
        return await self._each(subject, asked, request.content, screening, checks)

    async def of_reply(
        self, subject: Subject, reply: Reply, screening: Screening, checks: ArgumentChecks
    ) -> tuple[Verdict, ...]:
        """Decide on the tools that a reply defines, on the results that it brings and on the calls that it asks for."""
        asked = _Asked(reply.offers, reply.results, reply.calls)
        return await self._each(subject, asked, reply.content, screening, checks)

    async def _each(
        self, subject: Subject, asked: _Asked, content: Content, screening: Screening, checks: ArgumentChecks
    ) -> tuple[Verdict, ...]:
        if not (asked.offers or asked.results or asked.calls):
            return ()
        whole, places = seen(content, screening)
        called = named(tuple(call.name for call in asked.calls), content, screening)
        uses = (
            (Stage.TOOL_DEFINITION, [ToolUse(name) for name in named(asked.offers, content, screening)]),
            (Stage.TOOL_RESULT, [ToolUse(name) for name in named(asked.results, content, screening)]),
            (Stage.TOOL_CALL, checks.uses(asked.calls, called)),
        )
        return tuple([await self.decide(stage, subject, used, whole, places) for stage, used in uses if used])

    async def decide(
        self, stage: Stage, subject: Subject, uses: Sequence[ToolUse], screening: Screening, places: Mapping[str, str]
    ) -> Verdict:
        """Decide on these tools; of what was found, only what is in the places of this stage counts."""
        inside = {slot: place for slot, place in places.items() if place in _ABOUT[stage]}
        findings = [finding for finding in screening.findings if finding.slot in inside]
        unscanned = tuple(part for part in screening.coverage.unscanned if part.slot in inside)
        narrowed = Screening(findings, Coverage(screening.coverage.reports, unscanned))
        return await self.inspector.decide(stage, subject, narrowed, inside, tuple(uses))
