"""Tools have stages of their own: what is on offer, what a model wants called, what tools gave back.

Each is decided on only where there are tools, and with what was found in the places that it is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from detectors.finding import Coverage, Screening
from gateway.dialects.message import Request, ToolCall
from gateway.dialects.places import ROLE, TOOLS, Places
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
class ToolStages:
    """Asks policy about tools, at both doors."""

    inspector: Inspector

    async def of_request(self, subject: Subject, request: Request, screening: Screening) -> tuple[Verdict, ...]:
        """Decide on the tools that a request offers, and on the results that are new in it."""
        results = named(request.tool_results, request.content, screening)
        asked = ((Stage.TOOL_DEFINITION, subject.request.tools), (Stage.TOOL_RESULT, results))
        stages = [(stage, names) for stage, names in asked if names]
        if not stages:
            return ()
        screening, places = seen(request.content, screening)
        return tuple(
            [
                await self.decide(stage, subject, [ToolUse(name) for name in names], screening, places)
                for stage, names in stages
            ]
        )

    async def decide(
        self, stage: Stage, subject: Subject, uses: Sequence[ToolUse], screening: Screening, places: Mapping[str, str]
    ) -> Verdict:
        """Decide on these tools; of what was found, only what is in the places of this stage counts."""
        inside = {slot: place for slot, place in places.items() if place in _ABOUT[stage]}
        findings = [finding for finding in screening.findings if finding.slot in inside]
        unscanned = tuple(part for part in screening.coverage.unscanned if part.slot in inside)
        narrowed = Screening(findings, Coverage(screening.coverage.reports, unscanned))
        return await self.inspector.decide(stage, subject, narrowed, inside, tuple(uses))


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
