"""The story of a text that is to be judged and goes nowhere: screen, decide, record, answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from detectors.finding import Coverage, Screening, Status
from gateway.dialects.judgement import Judgement, Judging
from gateway.dialects.message import Request
from gateway.dialects.slot import Content
from gateway.errors import AirlockError, InternalFault, UnknownModel
from gateway.pipeline.admission import Admission
from gateway.pipeline.context import Call
from gateway.pipeline.first_door import Entry
from gateway.pipeline.inspect import Inspector, Verdict, subject_of
from gateway.pipeline.obligations import flagged, masking, refusal
from gateway.pipeline.outcome import Outcome, Whole
from gateway.pipeline.records import Book, decided
from gateway.policy.decision import Action
from gateway.policy.document import Stage
from gateway.pseudonyms.mask import Masked, TokenMap
from gateway.upstream.target import NAME, Candidate, Target

_HERE: Final = Target("airlock", None, "", provider="airlock", region="local", hosting="self", models=(), headers={})
"""Who answers, as policy and records are told: the gateway itself."""

_JSON: Final = (b"content-type", b"application/json")
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Moderation:
    """Answers in a dialect of its own. `labels` gives what each detector can find now, by its name.

    Policy is asked twice: whether this caller may ask at all, with nothing found, which can refuse the call; and what
    it makes of the text, which is part of the answer and of the record.
    """

    dialect: Judging
    inspector: Inspector
    admission: Admission
    book: Book
    labels: Callable[[], Mapping[str, frozenset[str]]]

    async def run(self, call: Call) -> Outcome:
        """Bring a call to its outcome.

        Raises:
            AirlockError: The call is refused, or can't be put on record.
        """
        request = self.dialect.read_request(call.inbound)
        if not NAME.fullmatch(request.model):
            raise UnknownModel("The model's name is none.", param="model")
        await self.admission.admit(call, request, (Candidate(_HERE, request.model),))
        try:
            return await self._admitted(call, request)
        finally:
            if not call.recorded:  # else its closed record does
                self.book.accounts.settle(call)

    async def _admitted(self, call: Call, request: Request) -> Outcome:
        screening = await self.inspector.screen(request.content, call.principal)
        nothing = Screening((), Coverage(screening.coverage.reports))
        asked = await self._entry(call, replace(request, content=Content(())), nothing)
        if error := refusal(asked.verdict.decision):
            call.note(asked.verdict.decision)
            call.error = error
            await self.book.refuse(call, asked)
            raise error
        entry = await self._entry(call, request, screening)
        call.note(entry.verdict.decision)
        await self.book.open(call, entry)
        return self._answer(call, request, entry.verdict)

    async def _entry(self, call: Call, request: Request, screening: Screening) -> Entry:
        candidate = Candidate(_HERE, request.model)
        subject = subject_of(call.principal, self.dialect.name, request, screening, candidate)
        verdict = await self.inspector.content(Stage.REQUEST, subject, request.content, screening)
        return Entry(candidate, subject, verdict, Masked({}, TokenMap(), {}, {}), None, None)

    def _answer(self, call: Call, request: Request, verdict: Verdict) -> Outcome:
        try:
            body = self.dialect.answer(request, self._judgement(call, verdict))
            call.closing |= {"status": _OK, **decided(verdict)}
            self.book.close(call)
        except BaseException as exc:
            call.closing["error"] = exc.code if isinstance(exc, AirlockError) else InternalFault.code
            self.book.close_anyway(call)
            raise
        return Whole(_OK, [_JSON], body)

    def _judgement(self, call: Call, verdict: Verdict) -> Judgement:
        screening, decision = verdict.screening, verdict.decision
        asked = masking((decision,), call.principal, call.id)
        reports = screening.coverage.reports
        labels = self.labels()
        active = (labels.get(report.detector, frozenset()) for report in reports if report.status is Status.OK)
        return Judgement(
            id=call.id,
            findings=screening.findings,
            unscanned=screening.coverage.unscanned,
            labels=frozenset().union(*active),
            thresholds={**(asked.labels if asked else {}), **flagged(decision)},
            stopped="" if decision.action is Action.ALLOW else decision.code,
        )
