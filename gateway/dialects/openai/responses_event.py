"""Responses: read one event of a streamed reply.

Format: https://platform.openai.com/docs/api-reference/responses-streaming.
"""

from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.event import Delta, Signal, StreamEvent
from gateway.dialects.members import Member, walk_members
from gateway.dialects.openai.responses_calls import WANTED, call_arguments, call_name
from gateway.dialects.openai.responses_items import item_type
from gateway.dialects.openai.responses_reply import finish_reason, read_usage
from gateway.dialects.openai.responses_texts import EventWalk, Growing, Texts, slot_of
from gateway.dialects.openai.responses_told import DONE, ERROR, LIFECYCLE, OTHER, PIECE, WHOLE
from gateway.dialects.places import Places
from gateway.dialects.reading import name_or_none
from gateway.dialects.rewrite import value_at
from gateway.dialects.slot import Kind, Path, Slot
from gateway.dialects.sse import ServerEvent
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid

_ASSISTANT = places.ROLE["assistant"]
_MAX_LABELS: Final = 1_024
_ITEM: Final = ("output_index",)
_CONTENT: Final = ("output_index", "content", "content_index")
_ARGUMENTS: Final = Growing((*_ITEM, "arguments"), "arguments", Kind.ARGUMENTS, is_argument=True, whole=True)
_INPUT: Final = Growing((*_ITEM, "input"), "input", is_argument=True, whole=True)
_CODE: Final = Growing((*_ITEM, "code"), "code", is_argument=True)
_COMMAND: Final = Growing((*_ITEM, "action", "commands", "command_index"), "command", is_argument=True, whole=True)
GROWING: Final = {
    "response.output_text": Growing((*_CONTENT, "text"), "text"),
    "response.refusal": Growing((*_CONTENT, "refusal"), "refusal"),
    "response.reasoning_text": Growing((*_CONTENT, "text"), "text"),
    "response.reasoning_summary_text": Growing((*_ITEM, "summary", "summary_index", "text"), "text"),
    "response.function_call_arguments": _ARGUMENTS,
    "response.mcp_call_arguments": _ARGUMENTS,
    "response.mcp_call.arguments": _ARGUMENTS,
    "response.custom_tool_call_input": _INPUT,
    "response.code_interpreter_call_code": _CODE,
    "response.code_interpreter_call.code": _CODE,
    "response.shell_call_command": _COMMAND,
    "response.audio.transcript": Growing(("audio", "transcript"), "transcript"),
}
"""The texts that come in pieces, by the name before `.delta` and `.done`."""

_WRITTEN: Final = {
    "function_call": _ARGUMENTS,
    "mcp_call": _ARGUMENTS,
    "mcp_approval_request": _ARGUMENTS,
    "custom_tool_call": _INPUT,
}
"""The calls whose wishes are a text, by the type of their item."""

_PARTS: Final = {
    "response.output_item": ("item", _ITEM),
    "response.content_part": ("part", _CONTENT),
    "response.reasoning_summary_part": ("part", (*_ITEM, "summary", "summary_index")),
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
        self._is_rest = is_rest
        self.texts = Texts()
        self._held: set[str] = set()
        self._named: set[str] = set()
        self._wanted: set[str] = set()
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
        tools, deltas = self._late_calls(document, response.get("output")) if is_end else ((), ())
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
        growing = GROWING.get(name) or Growing((*_ITEM, name.replace(".", "_")), "")
        slot = slot_of(growing.steps, document)
        goes_on = growing.whole and slot in self.texts and document.keys() <= PIECE.keys()
        delta = self._grow(slot, growing, document, value, ("delta",))
        held = self._held_by(slot.partition(".")[0], begins=growing.whole)
        tools = self._name(slot, "shell") if growing is _COMMAND else ()
        deltas = (delta,) if delta else ()
        return self._event(source, document, Walk("x"), PIECE, bare=goes_on, deltas=deltas, held=held, tools=tools)

    def _printed(self, source: ServerEvent, document: dict[str, Any], value: dict[str, Any]) -> StreamEvent:
        """Read what a shell has printed: two texts that grow side by side."""
        walk = Walk("x")
        deltas = []
        for stream, piece in value.items():
            growing = Growing((*_ITEM, "output", "command_index", stream), "")
            if stream in ("stdout", "stderr") and isinstance(piece, str):
                slot = slot_of(growing.steps, document)
                deltas.append(self._grow(slot, growing, document, piece, ("delta", stream)))
            else:
                walk.free({stream: piece}, ("delta",), places.ROLE["tool"])
        return self._event(source, document, walk, PIECE, deltas=tuple(filter(None, deltas)))

    def _grow(self, slot: str, growing: Growing, document: dict[str, Any], piece: str, path: Path) -> Delta | None:
        if not piece:
            return None
        self.texts.add(slot, growing, document, piece)
        place = _ASSISTANT.arguments if growing.is_argument else _ASSISTANT.text
        return Delta(slot, 0, growing.kind, place, piece, path, growing.whole)

    def _done(self, source: ServerEvent, document: dict[str, Any], growing: Growing) -> StreamEvent:
        slot = slot_of(growing.steps, document)
        held = self._held_by(slot.partition(".")[0], begins=growing.whole)
        deltas = self._told_late(slot, growing, document, document.get(growing.done), (growing.done,))
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
        held = self._held_by(slot.partition(".")[0], begins=False)
        return self._event(source, document, walk, WHOLE, ends=ends, held=held)

    def _call(
        self, source: ServerEvent, document: dict[str, Any], item: dict[str, Any], number: str, ends: tuple[str, ...]
    ) -> StreamEvent:
        """Read a tool call that begins or ends."""
        held = self._held_by(number, begins=True)
        tools, deltas = self._known_call(document, item, number, ("item",), is_end=bool(ends))
        walk = EventWalk(self.texts, ("item",), number)
        return self._event(source, document, walk, WHOLE, ends=ends, held=held, tools=tools, deltas=deltas)

    def _known_call(
        self, document: dict[str, Any], item: dict[str, Any], number: str, path: Path, *, is_end: bool
    ) -> tuple[tuple[tuple[str, str], ...], tuple[Delta, ...]]:
        """Make a call known: by its name, and by what it wants once that is there, each once."""
        growing = _WRITTEN.get(item_type(item))
        slot = f"{number}.{growing.done if growing else 'call'}"
        tools = self._name(slot, call_name(item))
        if is_end and growing:
            return tools, self._told_late(slot, growing, document, item.get(growing.done), (*path, growing.done))
        if not is_end or slot in self._wanted:
            return tools, ()
        self._wanted.add(slot)
        wants = call_arguments(item)
        return tools, (Delta(slot, 0, Kind.ARGUMENTS, _ASSISTANT.arguments, wants, (), whole=True),)

    def _late_calls(
        self, document: dict[str, Any], output: Any
    ) -> tuple[tuple[tuple[str, str], ...], tuple[Delta, ...]]:
        """Make the calls known that the end of the response tells, and nothing before it did."""
        tools: tuple[tuple[str, str], ...] = ()
        deltas: tuple[Delta, ...] = ()
        for number, item in enumerate(output if isinstance(output, list) else ()):
            if isinstance(item, dict) and item_type(item) in WANTED:
                path = ("response", "output", number)
                more_tools, more_deltas = self._known_call(document, item, str(number), path, is_end=True)
                tools, deltas = tools + more_tools, deltas + more_deltas
        return tools, deltas

    def _told_late(
        self, slot: str, growing: Growing, document: dict[str, Any], value: Any, path: Path
    ) -> tuple[Delta, ...]:
        """Take the arguments of a call that did not come in pieces; those that did must be the same now.

        Raises:
            UpstreamInvalid: they are not, so nobody knows what a client would do.
        """
        if not (growing.whole and isinstance(value, str) and value):
            return ()
        if slot in self.texts:
            if not (self._is_rest or self.texts[slot].is_all(value)):
                raise UpstreamInvalid("The provider's stream tells the arguments of a tool call in two ways.")
            return ()
        delta = self._grow(slot, growing, document, value, path)
        return (delta,) if delta else ()

    def _name(self, slot: str, name: str) -> tuple[tuple[str, str], ...]:
        """Tell the name of the tool that a call is for, once."""
        if slot in self._named:
            return ()
        self._named.add(slot)
        return ((slot, name),)

    def _held_by(self, item: str, *, begins: bool) -> tuple[str, ...]:
        """Note and tell that what belongs to this item of the output must wait for its end."""
        if begins:
            self._held.add(item)
        return (item,) if item in self._held else ()

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
