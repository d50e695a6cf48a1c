"""Anthropic Messages: read one event of a streamed reply.

Format: https://docs.anthropic.com/en/docs/build-with-claude/streaming. A growing text is named by its block:
`0.<index>.text`, `.thinking`, `.content` or `.input`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from gateway.dialects import places
from gateway.dialects.anthropic.blocks import BLOCKS, walk_block
from gateway.dialects.anthropic.errors import ENVELOPE
from gateway.dialects.anthropic.pieces import DELTAS, GROWING, INPUT, PIECES, STARTS, TYPE
from gateway.dialects.anthropic.reply import END, MESSAGE
from gateway.dialects.anthropic.tools import CALLS
from gateway.dialects.event import Delta, Signal, StreamEvent
from gateway.dialects.members import Members, object_of, walk_members
from gateway.dialects.message import Usage
from gateway.dialects.places import Places
from gateway.dialects.reading import name_or_none
from gateway.dialects.slot import Path
from gateway.dialects.sse import ServerEvent
from gateway.dialects.walk import UNKNOWN_PART, Walk
from gateway.errors import UpstreamInvalid

MAX_BLOCKS: Final = 1024
"""Most content blocks of a stream: each costs memory until its end."""

_ASSISTANT: Final = places.ROLE["assistant"]


def _pass(_walk: Walk, _value: Any, _path: Path, _places: Places) -> None:
    """Pass over what was walked in its own way."""


_MESSAGE_START: Final[Members] = {**TYPE, "message": object_of(MESSAGE)}
_MESSAGE_DELTA: Final[Members] = {**MESSAGE, "delta": object_of(END)}
_STOP: Final[Members] = {**TYPE, "index": Walk.options}
_START: Final[Members] = {**_STOP, "content_block": _pass}
_DELTA: Final[Members] = {**_STOP, "delta": _pass}


@dataclass(slots=True)
class Block:
    """A content block that was started: its type, and whether a piece of its input has come."""

    kind: str
    has_input: bool = False


class EventReader:
    """Reads one event. `blocks` are those that were started, by index: it is kept up to date."""

    __slots__ = ("_blocks", "_deltas", "_ends", "_finished", "_held", "_is_bare", "_tools", "_walk")

    def __init__(self, blocks: dict[int, Block]) -> None:
        self._blocks = blocks
        self._walk = Walk("x", reads_texts=False)  # a text of an event is restored as plain text
        self._deltas: list[Delta] = []
        self._ends: tuple[str, ...] = ()
        self._finished: tuple[tuple[int, str], ...] = ()
        self._held: tuple[str, ...] = ()
        self._tools: tuple[tuple[str, str], ...] = ()
        self._is_bare = False

    def read(self, source: ServerEvent, document: dict[str, Any], kind: str, usage: Usage | None) -> StreamEvent:
        """Read an event's document of this type; the `usage` goes with the event.

        Raises:
            UpstreamInvalid: it has another shape than its type says, or speaks of a block that was not started.
        """
        known = self._EVENTS.get(kind)
        if known is None:
            self._walk.skip(_ASSISTANT.text, UNKNOWN_PART)
            self._walk.free(document, (), places.OTHER)
        else:
            known(self, document)
        is_bare = self._is_bare and bool(self._deltas) and not (self._walk.unwalked or self._walk.slots)
        return StreamEvent(
            source,
            _SIGNALS.get(kind, Signal.NONE),
            (0,),
            tuple(self._deltas),
            tuple(self._walk.slots),
            tuple(self._walk.unwalked),
            finished=self._finished,
            ends=self._ends,
            usage=usage,
            held=self._held,
            bare=is_bare,
            tools=self._tools,
            envelope={"type": kind, "index": document.get("index")},
        )

    def _message_start(self, document: dict[str, Any]) -> None:
        self._members(document, _MESSAGE_START)

    def _block_start(self, document: dict[str, Any]) -> None:
        index, block = _index(document), document.get("content_block")
        if not isinstance(block, dict) or index in self._blocks:
            raise UpstreamInvalid("An event of the provider's stream starts no new block.")
        if len(self._blocks) >= MAX_BLOCKS:
            raise UpstreamInvalid(f"The provider's stream has more than {MAX_BLOCKS} blocks.")
        kind = block.get("type")
        kind = kind if isinstance(kind, str) and kind in BLOCKS else UNKNOWN_PART
        self._blocks[index] = Block(kind)
        self._hold(index)
        self._call(index, block)
        pieces = STARTS.get(kind, ())
        self._grow(block, index, ("content_block",), pieces)
        rest = {key: value for key, value in block.items() if not (key in pieces and isinstance(value, str))}
        walk_block(self._walk, rest, ("content_block",), _ASSISTANT)
        self._members(document, _START)

    def _block_delta(self, document: dict[str, Any]) -> None:
        index, delta = self._started(document), document.get("delta")
        block = self._blocks[index]
        if not isinstance(delta, dict):
            raise UpstreamInvalid("An event of the provider's stream has no delta.")
        kind = str(delta.get("type"))
        pieces = PIECES.get(kind, ())
        self._hold(index)
        self._grow(delta, index, ("delta",), pieces)
        rest = {key: value for key, value in delta.items() if not (key in pieces and isinstance(value, str))}
        if kind not in DELTAS:
            self._walk.skip(_ASSISTANT.text, UNKNOWN_PART)
        walk_members(self._walk, rest, ("delta",), _ASSISTANT, DELTAS.get(kind, TYPE))
        self._members(document, _DELTA)
        is_known = document.keys() <= _DELTA.keys() and rest.keys() <= TYPE.keys()
        self._is_bare = kind == "input_json_delta" and block.has_input and is_known  # all goes with the first piece
        block.has_input |= kind == "input_json_delta"

    def _block_stop(self, document: dict[str, Any]) -> None:
        self._ends = (f"0.{self._started(document)}",)
        self._members(document, _STOP)

    def _message_delta(self, document: dict[str, Any]) -> None:
        delta = document.get("delta")
        reason = delta.get("stop_reason") if isinstance(delta, dict) else None
        if reason is not None:
            self._finished = ((0, name_or_none(reason) or "unknown"),)
            self._ends = ("0",)
        self._members(document, _MESSAGE_DELTA)

    def _other(self, document: dict[str, Any]) -> None:
        self._members(document, TYPE)

    def _error(self, document: dict[str, Any]) -> None:
        walk_members(self._walk, document, (), places.ERROR, ENVELOPE)

    def _members(self, document: dict[str, Any], known: Members) -> None:
        walk_members(self._walk, document, (), places.OTHER, known)

    def _started(self, document: Mapping[str, Any]) -> int:
        index = _index(document)
        if index not in self._blocks:
            raise UpstreamInvalid("An event of the provider's stream speaks of a block that was not started.")
        return index

    def _hold(self, index: int) -> None:
        """Hold a tool call until it is complete: whoever carries it out must not see half of it."""
        if self._blocks[index].kind in CALLS:
            self._held = (f"0.{index}",)

    def _call(self, index: int, block: Mapping[str, Any]) -> None:
        """Note the tool that a block calls. Its arguments come in pieces, since in pieces they are looked at."""
        if self._blocks[index].kind in CALLS:
            if block.get("input"):
                raise UpstreamInvalid("An event of the provider's stream starts a tool call with its arguments.")
            self._tools = ((f"0.{index}.{GROWING[INPUT][0]}", str(block.get("name"))),)

    def _grow(self, holder: Mapping[str, Any], index: int, path: Path, pieces: tuple[str, ...]) -> None:
        for member in pieces:
            text = holder.get(member)
            if not isinstance(text, str) or not (text or member == INPUT):
                continue
            name, kind, place = GROWING[member]
            slot = f"0.{index}.{name}"
            self._deltas.append(Delta(slot, 0, kind, place, text, (*path, member), whole=member == INPUT))
            if member == INPUT:
                self._held = (f"0.{index}",)

    _EVENTS: ClassVar[Mapping[str, Callable[["EventReader", dict[str, Any]], None]]] = {
        "message_start": _message_start,
        "content_block_start": _block_start,
        "content_block_delta": _block_delta,
        "content_block_stop": _block_stop,
        "message_delta": _message_delta,
        "message_stop": _other,
        "ping": _other,
        "error": _error,
    }


def _index(document: Mapping[str, Any]) -> int:
    index = document.get("index")
    if type(index) is not int or index < 0:
        raise UpstreamInvalid("An event of the provider's stream has no proper index.")
    return index


_SIGNALS: Final = {"message_stop": Signal.DONE, "ping": Signal.QUIET, "error": Signal.ERROR}
