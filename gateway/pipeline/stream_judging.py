"""Judge a streamed reply window by window: screen what the guard hands out, decide on it, and let it go."""

from collections.abc import Sequence
from dataclasses import replace

from detectors.finding import Coverage, Finding, Passage, Screening, Unscanned
from gateway.dialects.leaves import is_long_name
from gateway.dialects.message import ToolCall
from gateway.dialects.places import ROLE
from gateway.pipeline.context import Call
from gateway.pipeline.first_door import Entry
from gateway.pipeline.inspect import WITHHELD, Verdict
from gateway.pipeline.judging import Judge
from gateway.pipeline.obligations import reply_refusal
from gateway.policy.document import Stage, ToolUse
from gateway.stream.guard import StreamGuard

_IDS = ROLE["assistant"].id


class StreamJudge:
    """Asks the detectors and policy about one stream.

    `verdict` is policy's last word, on the reply and on the tool calls in it; None before the first.
    """

    def __init__(self, call: Call, entry: Entry, guard: StreamGuard, judge: Judge) -> None:
        self.verdict: Verdict | None = None
        self._call = call
        self._subject = entry.subject
        self._mode = entry.mode
        self._checks = entry.checks
        self._guard = guard
        self._inspector = judge.inspector
        self._tools = judge.tools
        self._coverage = Coverage(())
        self._places: dict[str, str] = {}
        self._unwalked = 0
        self._uses: list[ToolUse] = []
        self._stages: tuple[Verdict, ...] = ()

    @property
    def is_behind(self) -> bool:
        """Whether policy has yet to hear of something that needs no screening: the reply itself, or an unread part."""
        return self.verdict is None or len(self._guard.unwalked) > self._unwalked

    async def judge(self, passages: Sequence[Passage]) -> None:
        """Screen these passages, which the guard handed out, decide on what is new, and tell the guard to let them go.

        Raises:
            AirlockError: a check could not be made, or policy said no.
        """
        screening = await self._inspector.screener.screen(passages, self._subject.principal.tenant)
        news = self._guard.fresh(passages, screening.findings)
        await self._decide(passages, screening, news)
        if calls := self._guard.calls(passages):
            await self._decide_on_calls(calls, news)
        self._guard.cleared(passages, screening.findings)

    async def _decide(self, passages: Sequence[Passage], screening: Screening, news: Sequence[Finding]) -> None:
        """Ask policy at the first window and whenever there is news; without any, its last word holds."""
        reports, unscanned = screening.coverage.reports, self._untold(screening.coverage.unscanned)
        unwalked = self._guard.unwalked[self._unwalked :]
        self._note_places(passages, news)
        if self.verdict is not None and not (news or unwalked or unscanned or reports != self._coverage.reports):
            return
        self._unwalked += len(unwalked)
        self._places |= {part.id: part.place for part in unwalked}
        self._places |= {part.slot: self._guard.place(part.slot) for part in unscanned}
        parts = (*self._coverage.unscanned, *unscanned, *(Unscanned(part.id, part.reason) for part in unwalked))
        self._coverage = Coverage(reports, parts)
        seen = Screening(self._found(news), self._coverage)
        verdict = await self._inspector.decide(Stage.RESPONSE, self._subject, seen, self._places)
        self.verdict = replace(verdict, stages=self._stages)
        self._call.note(self.verdict.decision)
        if error := reply_refusal(self.verdict.decision, self._mode):
            raise error

    async def _decide_on_calls(self, calls: Sequence[ToolCall], news: Sequence[Finding]) -> None:
        """Ask policy about the tool calls that are complete, with those before them."""
        # Which text a finding was in is no longer known here: if it was in any name, no long one is told.
        hides = any(self._places.get(one.slot) == _IDS for one in self._found(news) if not one.is_judgement)
        names = [WITHHELD if hides and is_long_name(call.name) else call.name for call in calls]
        self._uses += self._checks.uses(calls, names)
        seen = Screening(self._found(news), self._coverage)
        stage = await self._tools.decide(Stage.TOOL_CALL, self._subject, self._uses, seen, self._places)
        self._stages = (stage,)
        self.verdict = self.verdict and replace(self.verdict, stages=self._stages)
        self._call.note(stage.decision)
        if error := reply_refusal(stage.decision, self._mode):
            raise error

    def _found(self, news: Sequence[Finding]) -> list[Finding]:
        return [*self._guard.findings, *news]

    def _untold(self, unscanned: Sequence[Unscanned]) -> list[Unscanned]:
        """Give the parts that policy has not heard of: each reason counts once in a place, not once a window."""
        if not unscanned:
            return []
        new: dict[tuple[str, str], Unscanned] = {}
        for part in unscanned:
            new.setdefault((self._guard.place(part.slot), part.reason), part)
        told = {(self._places.get(part.slot), part.reason) for part in self._coverage.unscanned}
        return [part for told_as, part in new.items() if told_as not in told]

    def _note_places(self, passages: Sequence[Passage], news: Sequence[Finding]) -> None:
        # A stream has as many passages as windows, but few places: these stand for themselves.
        places = {self._guard.place(passage.slot) for passage in passages}
        self._places |= {place: place for place in places}
        self._places |= {finding.slot: self._guard.place(finding.slot) for finding in news}
