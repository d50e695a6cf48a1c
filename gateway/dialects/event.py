"""What every dialect makes of one event of a streamed reply."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from gateway.dialects.message import ToolCall, Usage
from gateway.dialects.slot import Kind, Path, Slot, Unwalked
from gateway.dialects.sse import ServerEvent


class Signal(StrEnum):
    """What an event means for the stream as a whole."""

    NONE = "none"  # an ordinary event
    QUIET = "quiet"  # nothing for the client's program in it: a comment that keeps the connection alive
    DROP = "drop"  # asked for by the gateway, not by the client
    DONE = "done"  # the provider says that the stream is complete
    ERROR = "error"  # the provider says that it failed


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a text that grows over many events.

    `slot` names the growing text, `choice` the answer that it belongs to; `path` leads to the piece in this event, ()
    for arguments that are told there as an object, not as a text.
    `whole`: the text means something only when complete (a tool call's arguments), so it leaves in one piece.
    """

    slot: str
    choice: int
    kind: Kind
    place: str
    text: str = field(repr=False)
    path: Path
    whole: bool = False


class Repeat(NamedTuple):
    """A text of an event that says again, whole, what the pieces of a growing text said before.

    It needs no screening of its own, since the pieces leave first, and it is restored as they were.
    """

    path: Path
    slot: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One event, read.

    `choices` are the answers that it speaks of; `extras` texts that stand in this event alone, and `documents` the
    strings among them that are JSON documents, by path; `repeats` say again what grew before. `finished` are pairs of a
    choice that ends here and why. `ends` names what is complete with this event: a slot, or all slots whose names begin
    with it and a dot. `held` names what must be complete before the event may leave, since it belongs to a tool call.
    `bare`: it holds nothing but pieces of `whole` texts, so it may be left out once they have gone with their first
    piece. `tools` are pairs of a tool call's slot and a piece of its tool's name, as it was told: they make a call
    known that has no arguments. Like the pieces of `whole` texts they stand in events that are `held`. `calls` are
    tool calls that stand complete in this event alone, with their arguments among its extras. `envelope` is the
    dialect's own: the members that each event of the stream repeats, one object while they are equal, or whatever else
    it needs to render the event.
    """

    source: ServerEvent
    signal: Signal = Signal.NONE
    choices: tuple[int, ...] = ()
    deltas: tuple[Delta, ...] = ()
    extras: tuple[Slot, ...] = ()
    unwalked: tuple[Unwalked, ...] = ()
    documents: tuple[tuple[Path, str], ...] = field(default=(), repr=False)
    repeats: tuple[Repeat, ...] = field(default=(), repr=False)
    finished: tuple[tuple[int, str], ...] = ()
    ends: tuple[str, ...] = ()
    usage: Usage | None = None
    held: tuple[str, ...] = ()
    bare: bool = False
    tools: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    calls: tuple[ToolCall, ...] = ()
    envelope: Mapping[str, Any] | None = field(default=None, repr=False)


def is_in(slot: str, groups: Collection[str]) -> bool:
    """Tell whether a slot is one of these, or below one of them: `0.content` is in `0`."""
    while slot not in groups:
        slot, dot, _ = slot.rpartition(".")
        if not dot:
            return False
    return True
