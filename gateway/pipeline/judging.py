"""Judge one whole reply: screen it, decide on it and on the tools in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from detectors.finding import Coverage, Screening
from gateway.dialects.message import Messages, Reply
from gateway.errors import AirlockError
from gateway.pipeline.first_door import Entry
from gateway.pipeline.inspect import Inspector, Verdict
from gateway.pipeline.obligations import reply_refusal
from gateway.pipeline.tools import ToolStages
from gateway.policy.decision import Action, Decision
from gateway.policy.document import Stage, ToolUse

MAX_OFFERS: Final = 1_000
"""Most tools of a server's list that are decided on one by one."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks the detectors and policy about replies that are there in one piece."""

    inspector: Inspector
    tools: ToolStages

    async def judge(self, entry: Entry, reply: Reply) -> Verdict:
        """Give what was found in a reply and what policy makes of it."""
        screening = await self.inspector.screen(reply.content, entry.subject.principal)
        verdict = await self.inspector.content(Stage.RESPONSE, entry.subject, reply.content, screening)
        if verdict.decision.action is not Action.ALLOW or not reply.has_tools:
            return verdict
        return replace(verdict, stages=await self.tools.of_reply(entry.subject, reply, screening, entry.checks))

    async def judge_message(self, entry: Entry, messages: Messages, reply: Reply) -> tuple[Reply, Verdict]:
        """Judge a server's message. Of a list of tools, those stay out that policy refuses: a client sees the others.

        What is left is judged again as it will leave, and the verdict is about that.
        """
        verdict = await self.judge(entry, reply)
        is_offer = bool(reply.offers) and refusal_of(verdict.decisions[:1]) is None
        if not is_offer or refusal_of(verdict.decisions) is None or len(reply.offers) > MAX_OFFERS:
            return reply, verdict
        seen = Screening((), Coverage(verdict.screening.coverage.reports))
        refused = [index for index, name in enumerate(reply.offers) if not await self._may_offer(entry, name, seen)]
        rest = messages.read(messages.without(reply, refused))
        return rest, await self.judge(entry, rest)

    async def _may_offer(self, entry: Entry, name: str, seen: Screening) -> bool:
        verdict = await self.tools.decide(Stage.TOOL_DEFINITION, entry.subject, [ToolUse(name)], seen, {})
        return refusal_of([verdict.decision]) is None


def refusal_of(decisions: Iterable[Decision]) -> AirlockError | None:
    """Give the first refusal that decisions on a whole reply come to, or None."""
    return next((error for one in decisions if (error := reply_refusal(one, "hold"))), None)
