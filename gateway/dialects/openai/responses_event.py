"""Responses: read one event of a streamed reply.

Format: https://platform.openai.com/docs/api-reference/responses-streaming.
"""

from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.members import Member, walk_members
from gateway.dialects.openai.responses_calls import WANTED
from gateway.dialects.openai.responses_growing import COMMAND, CONTENT, GROWING, ITEM, growing_of
from gateway.dialects.openai.responses_items import item_type
from gateway.dialects.openai.responses_reply import finish_reason, read_usage
from gateway.dialects.openai.responses_streamed_calls import StreamedCalls
from gateway.dialects.openai.responses_texts import EventWalk, Growing, Texts, slot_of
from gateway.dialects.openai.responses_told import DONE, ERROR, LIFECYCLE, OTHER, PIECE, WHOLE
from gateway.dialects.places import Places
from gateway.dialects.reading import name_or_none
from gateway.dialects.rewrite import value_at
from gateway.dialects.slot import Kind, Slot
from gateway.dialects.sse import ServerEvent
from gateway.dialects.walk import Walk

_ASSISTANT = places.ROLE["assistant"]
_MAX_LABELS: Final = 1_024
_PARTS: Final = {
    "response.output_item": ("item", ITEM),
    "response.content_part": ("part", CONTENT),
    "response.reasoning_summary_part": ("part", (*ITEM, "summary", "summary_index")),
}
"""What is told whole when it begins and when it ends: the member that holds it, and where it stands in the output."""

_PRINTED: Final = "response.shell_call_output_content"
_SIGNALS: Final = {
    "completed": Signal.DONE,
    "incomplete": Signal.DONE,
    "cancelled": Signal.DONE,
    "failed": Signal.ERROR,
}
_STATES: Final = frozenset({*_SIGNALS, "created", "in_progress", "queued"})


class EventReader:
    """Reads the events of one stream. `texts` are those that grow over them.

    `is_rest`: the stream begins in the middle, so a text may be told whole of which only the end came in pieces.
    """

    def __init__(self, *, is_rest: bool = False) -> None:
        self.texts = Texts()
        self._calls = StreamedCalls(self.texts, is_rest=is_rest)
        self._labels: set[tuple[str, str]] = set()

    def read(self, source: ServerEvent, document: dict[str, Any]) -> StreamEvent:
        """Read the document of one event.

        Raises:
            UpstreamInvalid: it has another shape than an event of its type.
        """
        kind = document.get("type")
        kind = kind if isinstance(kind, str) else ""
        name, _, step = kind.rpartition(".")
        if isinstance(document.get("response"), dict):
            return self._lifecycle(source, document, kind)
        if kind == "error" or document.get("error"):
            return self._event(source, document, Walk("x"), ERROR, places.ERROR, signal=Signal.ERROR)
        if step == "delta":
            return self._delta(source, document, name)
        if step == "done" and name in GROWING:
            return self._done(source, document, GROWING[name])
        if name in _PARTS:
            return self._part(source, document, name, is_end=step == "done")
        return self._event(source, document, Walk("x"), OTHER)

    def _lifecycle(self, source: ServerEvent, document: dict[str, Any], kind: str) -> StreamEvent:
        response = document["response"]
        state = kind.rpartition(".")[2]
        if state not in _STATES:
            state = name_or_none(response.get("status")) or ""
        is_end = state in _SIGNALS
        tools, deltas = self._calls.tell_at_end(document, response.get("output")) if is_end else ((), ())
        walk = EventWalk(self.texts, ("response", "output"), "")
        end = (0, finish_reason(response) or state)
        return self._event(
            source,
            document,
            walk,
            LIFECYCLE,
            places.OTHER,
            signal=_SIGNALS.get(state, Signal.NONE),
            finished=(end,) if is_end else (),
            tools=tools,
            deltas=deltas,
            usage=read_usage(response.get("usage")),
        )

    def _delta(self, source: ServerEvent, document: dict[str, Any], name: str) -> StreamEvent:
        value = document.get("delta")
        if name == _PRINTED and isinstance(value, dict):
            return self._printed(source, document, value)
        if not isinstance(value, str) or name == "response.audio":
            return self._event(source, document, Walk("x"), OTHER)
        growing = growing_of(name)
        slot = slot_of(growing.steps, document)
        goes_on = growing.whole and slot in self.texts and document.keys() <= PIECE.keys()
        delta = self.texts.add(slot, growing, document, value, ("delta",))
        held = self._calls.held_by(slot.partition(".")[0], begins=growing.whole)
        tools = self._calls.name(slot, "shell") if growing is COMMAND else ()
        deltas = (delta,) if delta else ()
        return self._event(source, document, Walk("x"), PIECE, bare=goes_on, deltas=deltas, held=held, tools=tools)

    def _printed(self, source: ServerEvent, document: dict[str, Any], value: dict[str, Any]) -> StreamEvent:
        """Read what a shell has printed: two texts that grow side by side."""
        walk = Walk("x")
        deltas = []
        for stream, piece in value.items():
            growing = Growing((*ITEM, "output", "command_index", stream), "")
            if stream in ("stdout", "stderr") and isinstance(piece, str):
                slot = slot_of(growing.steps, document)
                deltas.append(self.texts.add(slot, growing, document, piece, ("delta", stream)))
            else:
                walk.free({stream: piece}, ("delta",), places.ROLE["tool"])
        return self._event(source, document, walk, PIECE, deltas=tuple(filter(None, deltas)))

    def _done(self, source: ServerEvent, document: dict[str, Any], growing: Growing) -> StreamEvent:
        slot = slot_of(growing.steps, document)
        held = self._calls.held_by(slot.partition(".")[0], begins=growing.whole)
        deltas = self._calls.arguments(slot, growing, document, document.get(growing.done), (growing.done,))
        walk = EventWalk(self.texts, (growing.done,), slot)
        ends = () if growing.whole else (slot,)
        return self._event(source, document, walk, DONE, ends=ends, held=held, deltas=deltas)

    def _part(self, source: ServerEvent, document: dict[str, Any], name: str, *, is_end: bool) -> StreamEvent:
        member, steps = _PARTS[name]
        slot = slot_of(steps, document)
        ends = (slot,) if is_end else ()
        item = document.get("item")
        if isinstance(item, dict) and item_type(item) in WANTED:
            return self._call(source, document, item, slot, ends)
        walk = EventWalk(self.texts, (member,), slot)
        held = self._calls.held_by(slot.partition(".")[0], begins=False)
        return self._event(source, document, walk, WHOLE, ends=ends, held=held)

    def _call(
        self, source: ServerEvent, document: dict[str, Any], item: dict[str, Any], number: str, ends: tuple[str, ...]
    ) -> StreamEvent:
        """Read a tool call that begins or ends."""
        held = self._calls.held_by(number, begins=True)
        tools, deltas = self._calls.tell(document, item, number, ("item",), is_end=bool(ends))
        walk = EventWalk(self.texts, ("item",), number)
        return self._event(source, document, walk, WHOLE, ends=ends, held=held, tools=tools, deltas=deltas)

    def _event(
        self,
        source: ServerEvent,
        document: dict[str, Any],
        walk: Walk,
        known: dict[str, Member],
        where: Places = _ASSISTANT,
        *,
        bare: bool = False,
        **more: Any,
    ) -> StreamEvent:
        walk_members(walk, document, (), where, known)
        extras = tuple(slot for slot in walk.slots if self._is_news(slot))
        inner = dict.fromkeys(slot.path for slot in extras if slot.kind is Kind.ARGUMENTS)
        return StreamEvent(
            source,
            choices=(0,),
            extras=extras,
            unwalked=tuple(walk.unwalked),
            documents=tuple((path, value_at(document, path)) for path in inner),
            repeats=tuple(walk.repeats) if isinstance(walk, EventWalk) else (),
            bare=bare and all(slot.kind is Kind.LABEL for slot in extras),
            envelope=document,
            **more,
        )

    def _is_news(self, slot: Slot) -> bool:
        """Tell whether a slot must be screened: not a name that an earlier event had, since events leave in order."""
        if slot.kind is not Kind.LABEL:
            return True
        label = (slot.place, slot.text)
        if label in self._labels:
            return False
        if len(self._labels) < _MAX_LABELS:
            self._labels.add(label)
        return True
