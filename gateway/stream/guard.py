"""The guard of one streamed reply: bytes in, passages to screen out, and only what is cleared goes on.

    guard.feed(chunk)                          # whatever came from the provider, cut anywhere
    passages = guard.to_screen()               # may be empty
    new = guard.fresh(passages, findings)      # what policy has to decide on,
    calls = guard.calls(passages)              # and the tool calls that are complete
    guard.cleared(passages, findings)          # once the detectors answered and policy allowed
    out = guard.take()                         # what may leave now
    guard.finish()                             # the provider closed: to_screen, cleared, take once more

No clock, no socket, no task: whoever drives it may wait between any two calls, and feed on while passages are screened.
Screening sees the model's own text; the personal values are put back only as an event leaves.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from detectors.finding import Finding, Passage
from gateway.dialects.dialect import DialectStream
from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.message import ToolCall, Usage
from gateway.dialects.slot import Unwalked
from gateway.errors import AirlockError, PolicyBlocked, UpstreamFault, UpstreamInvalid
from gateway.stream.ends import Ends
from gateway.stream.limits import Limits, Mode
from gateway.stream.outbox import Outbox
from gateway.stream.ports import Restorer
from gateway.stream.queue import LEAST, EventQueue, Pending
from gateway.stream.restore import RestoringWriter
from gateway.stream.screening import Screening
from gateway.stream.whole import WholeTexts

_OVERFLOW: Final = "stream.overflow"
_CUT_OFF: Final = "The provider closed the stream before the reply was complete."
_ENDED_BY_ERROR: Final = "The provider ended the stream with an error."


class StreamGuard:
    """Guards one stream.

    In the modes `window` and `hold` no character leaves before every passage that covers it is cleared; in `observe`
    text leaves at once and is screened all the same. A tool call always waits till it is complete and cleared.

    `fault` is why the stream ended badly, None while it has not: what is cleared still leaves, then the client is told.
    `closed` says that all bytes are given and all text is screened. `allow_unwalked` lets parts through that can't be
    screened; without it they end the stream. `json_text` says that answers are JSON documents. What the provider told,
    whatever left: `reader`, `usage`, `finish_reasons` by choice, `characters`, `unwalked` parts, each kind once.
    """

    def __init__(
        self,
        stream: DialectStream,
        restorer: Restorer,
        mode: Mode | str,
        limits: Limits | None = None,
        *,
        allow_unwalked: bool = False,
        json_text: bool = False,
    ) -> None:
        self._stream = self.reader = stream
        self._mode = Mode(mode)
        self._limits = limits or Limits()
        self._allow_unwalked = allow_unwalked
        self._queue = EventQueue()
        self._writer = RestoringWriter(stream, restorer, json_text=json_text)
        self._screening = Screening(self._limits)
        self._wholes = WholeTexts()
        self._out = Outbox()
        self._untold: AirlockError | None = None
        self._seen: dict[int, None] = {}
        self._left: set[int] = set()
        self._ends = Ends()
        self._has_begun = self._mode is Mode.OBSERVE
        self._has_ended = False
        self._has_told_end = False
        self._is_clear = False
        self.closed = False
        self.fault: AirlockError | None = None
        self.usage: Usage | None = None
        self.finish_reasons: dict[int, str] = {}
        self.characters = 0
        self.unwalked: list[Unwalked] = []

    @property
    def model(self) -> str | None:
        """The provider's name for the model, None until it was told."""
        return self._stream.model

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found in cleared text, each once, in offsets of the whole text of its slot."""
        return self._screening.findings

    def place(self, slot: str) -> str:
        """Name the place (see `dialects/places.py`) of a passage that is out, or of a `fresh` or cleared finding."""
        return self._screening.place(slot)

    def feed(self, chunk: bytes) -> None:
        """Take in bytes from the provider. After the end of the stream, whatever ended it, they are ignored."""
        if not self._has_ended:
            self._read(self._stream.feed(chunk))

    def finish(self) -> None:
        """Note that the provider closed the stream: what is left is to be screened, then it leaves.

        A stream that was cut off gets a `fault`, and the client an error instead of a false success.
        """
        if not self._has_ended:
            self._read(self._stream.finish())
        if not self._has_ended:
            self._end(None if self._stream.complete else UpstreamFault(_CUT_OFF, code="upstream.cut_off"))

    def to_screen(self) -> list[Passage]:
        """Give the passages that are new to screen, each with the context of what came before and comes after it.

        They may be screened in any order or together; each must be given back to `cleared` before its text can leave.
        """
        if self.closed or (self._mode is Mode.HOLD and not self._has_ended):
            return []
        try:
            return self._screening.passages(force=self._mode is Mode.OBSERVE)
        except OverflowError as exc:
            self._abort(PolicyBlocked(f"The reply can't be screened: {exc}.", code=_OVERFLOW))
            return []

    def fresh(self, passages: Iterable[Passage], findings: Iterable[Finding]) -> list[Finding]:
        """Give what is news in these findings, before their passages are cleared: it will be added to `findings`.

        A finding is news once: when its text is to be released and can't go on in what has not arrived. Until then
        `cleared` holds back its text, and a later window shows it whole. Slot and offsets are those of the whole text.

        Raises:
            ValueError: a passage is not out for screening, or a finding is in none of them.
        """
        return [] if self.closed else self._screening.fresh(passages, findings)

    def calls(self, passages: Iterable[Passage]) -> list[ToolCall]:
        """Give the complete tool calls that these passages are of, before they are cleared; each call has one at least.

        Raises:
            ValueError: a passage is not out for screening.
        """
        return [] if self.closed else [whole.tool_call for whole in self._screening.wholes(passages)]

    def cleared(self, passages: Sequence[Passage], findings: Iterable[Finding] = ()) -> None:
        """Let these passages go, with their findings: the detectors answered and policy allowed.

        Raises:
            ValueError: a passage is not out for screening, or a finding is in none of them.
        """
        if not self.closed:
            self._screening.clear(passages, findings)
            # Its id alone is no reason to begin: until there is text, a refusal can still be an HTTP error.
            self._has_begun |= not passages or bool(self.unwalked) or self._screening.has_cleared_text

    def take(self) -> bytes:
        """Give the bytes that may leave now, b"" if none. The first ones are given with the first cleared text."""
        self._advance()
        return self._out.take() if self._has_begun or self.closed else b""

    def stop(self, error: AirlockError) -> bytes:
        """End the stream since policy said so: give what was cleared, then the dialect's own end for that."""
        self._advance()
        unfinished = [choice for choice in self._seen if choice not in self._left]
        return self._shut(error, self._stream.stopped(unfinished, error))

    def fail(self, error: AirlockError) -> bytes:
        """End the stream since something broke: give what was cleared, then the dialect's own error."""
        self._advance()
        return self._shut(error, self._stream.failed(error))

    def _read(self, events: Iterator[StreamEvent]) -> None:
        try:
            for event in events:
                self._take_in(event)
                if self._has_ended:
                    return
        except UpstreamInvalid as exc:
            self._end(exc)

    def _take_in(self, event: StreamEvent) -> None:
        self.usage = event.usage or self.usage
        if event.signal is Signal.QUIET or event.signal is Signal.DROP:
            if event.signal is Signal.QUIET and self._has_begun:  # before, there is no connection to keep alive
                self._out.add(self._stream.render(event, {}))
            return
        self._ends.check(event)
        if event.unwalked:
            self._note_unwalked(event.unwalked)
        if not self._has_ended:
            self._enqueue(event)
        if event.ends and not self._has_ended:
            self._complete(event)
        if event.signal is Signal.DONE:
            self._end(None)
        elif event.signal is Signal.ERROR:
            self._end(UpstreamFault(_ENDED_BY_ERROR, code="upstream.error"), is_told=True)

    def _enqueue(self, event: StreamEvent) -> None:
        pending = Pending(event)
        goes_on = self._wholes.knows(event)
        for delta in event.deltas:
            self.characters += len(delta.text)
            if not delta.whole:
                window = self._screening.add(delta)
                pending.needs.append((window, window.arrived))
        if event.held or event.tools or event.calls or len(pending.needs) < len(event.deltas):
            self._note_calls(pending)
        self._seen.update(dict.fromkeys(event.choices))
        self._screening.add_extras(event.extras, pending)
        if not goes_on:
            self._queue.add(pending)
        elif pending.wholes:
            self._wholes.keep(pending.wholes[0], max(len(event.source.raw), LEAST))
        if self._queue.held + self._wholes.kept + self._out.held > self._limits.held:
            self._abort(PolicyBlocked("More of the reply would have to be held than is allowed.", code=_OVERFLOW))
        elif any(whole.length > self._limits.whole for whole in pending.wholes):
            self._abort(PolicyBlocked("A tool call is longer than what can be held.", code=_OVERFLOW))

    def _note_calls(self, pending: Pending) -> None:
        pending.wholes = self._wholes.add(pending.event)
        self._screening.add_calls(pending.wholes)

    def _complete(self, event: StreamEvent) -> None:
        self.finish_reasons.update(event.finished)
        groups = self._ends.add(event.ends)
        self._screening.close(groups)
        self._screen_wholes(groups)

    def _screen_wholes(self, groups: Collection[str] | None) -> None:
        for whole in self._wholes.complete(groups):
            self._note_unwalked(self._screening.add_whole(whole))

    def _note_unwalked(self, unwalked: Sequence[Unwalked]) -> None:
        for part in unwalked:
            if all((part.place, part.reason) != (known.place, known.reason) for known in self.unwalked):
                self.unwalked.append(replace(part, id=f"u{len(self.unwalked)}"))
        if unwalked and not self._allow_unwalked and self._mode is not Mode.OBSERVE:
            self._abort(PolicyBlocked("The reply holds a part that can't be screened.", code="coverage.unscanned"))

    def _end(self, fault: AirlockError | None, *, is_told: bool = False) -> None:
        """Take nothing more in. A tool call that a fault cut off is never sent: a client might execute half of it."""
        if self._has_ended:
            return
        self._has_ended = True
        self.fault = fault
        self._screening.close(None)
        if fault is None:
            self._screen_wholes(None)
        elif not is_told:
            self._untold = fault

    def _abort(self, fault: AirlockError) -> None:
        """End at once: what is cleared may leave, what waits is dropped."""
        self._out.add(self.fail(fault))

    def _shut(self, fault: AirlockError, last_words: bytes) -> bytes:
        """Close with these last words, unless the client was told of the end already."""
        if self.closed:
            return b""
        self._out.add(b"" if self._has_told_end else last_words)
        self._has_ended = self._has_told_end = self.closed = True
        self.fault = self.fault or fault
        self._queue.clear()
        self._wholes.clear()
        return self._out.take()

    def _advance(self) -> None:
        if self.closed:
            return
        self._is_clear = self._has_ended and self._screening.is_settled
        for pending in self._queue.pop_ready(self._may_leave):
            self._write(pending)
        if self._has_ended and not self._queue:
            if not self._has_told_end:
                self._out.add(self._writer.flush())
                self._out.add(self._stream.failed(self._untold) if self._untold else b"")
                self._has_told_end = self._has_begun = True
            self.closed = self._screening.is_settled

    def _may_leave(self, pending: Pending) -> bool:
        if not self._has_ended and not self._ends.cover(pending.event):
            return False
        if self._mode is Mode.OBSERVE:
            return not any(whole.waiting for whole in pending.wholes)
        return self._is_clear if self._mode is Mode.HOLD else pending.is_cleared()

    def _write(self, pending: Pending) -> None:
        event = pending.event
        if self.fault is not None and not self._ends.cover(event):
            return
        if event.signal is not Signal.NONE:
            self._out.add(self._writer.flush())
        self._out.add(self._writer.write(event, self._wholes.texts))
        for whole in pending.wholes:
            self._wholes.let_go(whole)
        self._left.update(choice for choice, _ in event.finished)
