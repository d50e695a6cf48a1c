"""Responses: make the tool calls of a streamed reply known, each once, however often the stream tells of them."""

from typing import Any

from gateway.dialects.event import Delta
from gateway.dialects.openai.responses_calls import WANTED, call_arguments, call_name
from gateway.dialects.openai.responses_growing import WRITTEN
from gateway.dialects.openai.responses_items import item_type
from gateway.dialects.openai.responses_texts import Growing, Texts
from gateway.dialects.places import ROLE
from gateway.dialects.slot import Kind, Path
from gateway.errors import UpstreamInvalid

Names = tuple[tuple[str, str], ...]
"""Slots of calls and their tools' names, as `StreamEvent.tools` has them."""

Told = tuple[Names, tuple[Delta, ...]]
"""What makes calls known: their names, and what they want."""


class StreamedCalls:
    """The tool calls of one stream.

    `is_rest`: the stream begins in the middle, so a text may be told whole of which only the end came in pieces.
    """

    __slots__ = ("_held", "_is_rest", "_named", "_texts", "_wanted")

    def __init__(self, texts: Texts, *, is_rest: bool) -> None:
        self._texts = texts
        self._is_rest = is_rest
        self._held: set[str] = set()
        self._named: set[str] = set()
        self._wanted: set[str] = set()

    def tell(self, document: dict[str, Any], item: dict[str, Any], number: str, path: Path, *, is_end: bool) -> Told:
        """Make a call known: by its name, and by what it wants once that is there, each once."""
        growing = WRITTEN.get(item_type(item))
        slot = f"{number}.{growing.done if growing else 'call'}"
        tools = self.name(slot, call_name(item))
        if is_end and growing:
            return tools, self.arguments(slot, growing, document, item.get(growing.done), (*path, growing.done))
        if not is_end or slot in self._wanted:
            return tools, ()
        self._wanted.add(slot)
        wants = call_arguments(item)
        return tools, (Delta(slot, 0, Kind.ARGUMENTS, ROLE["assistant"].arguments, wants, (), whole=True),)

    def tell_at_end(self, document: dict[str, Any], output: Any) -> Told:
        """Make the calls known that the end of the response tells, and nothing before it did."""
        tools: Names = ()
        deltas: tuple[Delta, ...] = ()
        for number, item in enumerate(output if isinstance(output, list) else ()):
            if isinstance(item, dict) and item_type(item) in WANTED:
                path = ("response", "output", number)
                more_tools, more_deltas = self.tell(document, item, str(number), path, is_end=True)
                tools, deltas = tools + more_tools, deltas + more_deltas
        return tools, deltas

    def arguments(
        self, slot: str, growing: Growing, document: dict[str, Any], value: Any, path: Path
    ) -> tuple[Delta, ...]:
        """Take the arguments of a call that did not come in pieces; those that did must be the same now.

        Raises:
            UpstreamInvalid: they are not, so nobody knows what a client would do.
        """
        if not (growing.whole and isinstance(value, str) and value):
            return ()
        if slot in self._texts:
            if not (self._is_rest or self._texts[slot].is_all(value)):
                raise UpstreamInvalid("The provider's stream tells the arguments of a tool call in two ways.")
            return ()
        delta = self._texts.add(slot, growing, document, value, path)
        return (delta,) if delta else ()

    def name(self, slot: str, name: str) -> Names:
        """Tell the name of the tool that a call is for, once."""
        if slot in self._named:
            return ()
        self._named.add(slot)
        return ((slot, name),)

    def held_by(self, item: str, *, begins: bool) -> tuple[str, ...]:
        """Note and tell that what belongs to this item of the output must wait for its end."""
        if begins:
            self._held.add(item)
        return (item,) if item in self._held else ()
