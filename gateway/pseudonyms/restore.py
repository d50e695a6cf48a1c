"""Put the personal values back where a model wrote their tokens."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Self

from gateway.dialects import embedded
from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.index import CONTEXT, Hit, TokenIndex
from gateway.pseudonyms.lookalikes import Lookalikes
from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.surrogates.restore import LayeredSurrogates
from gateway.pseudonyms.tail import Tail


@dataclass(slots=True)
class Tally:
    """How many tokens of a call were put back, and how many look like tokens but were never issued in it."""

    restored: int = 0
    unresolved: int = 0


class Restorer:
    """Restores the texts of one call. Only tokens of its map are restored: anybody else's stay as they are."""

    __slots__ = ("_tail", "index", "lookalikes", "surrogates", "tally")

    def __init__(self, tokens: TokenMap) -> None:
        self.index = TokenIndex(tokens.surfaces)
        self._tail: Tail | None = None
        self.lookalikes = Lookalikes(tokens.surfaces)
        self.surrogates = LayeredSurrogates({**tokens.parts, **tokens.surrogates})
        self.tally = Tally()

    @property
    def tail(self) -> Tail:
        """What finds the tails of growing texts."""
        if self._tail is None:  # a whole reply needs none
            self._tail = Tail(self.index)
        return self._tail

    def uncounted(self) -> Self:
        """Give one that restores the same and leaves the tally alone: for what is told a second time."""
        twin = copy(self)
        twin.tally = Tally()
        return twin

    def text(self, text: str) -> str:
        """Restore a whole text; the same string comes back when there is nothing to restore."""
        self.tally.unresolved += self.lookalikes.count(text)
        text = self.counted(self.surrogates.text(text))
        return self.replace(text, self.index.hits(text))

    def escaped(self, text: str) -> str:
        """Restore a text that is the source of a JSON document: the values are escaped for a place in a string."""
        self.tally.unresolved += self.lookalikes.count(text)
        text = self.counted(self.surrogates.text(text, in_json=True))
        return self.replace(text, self.index.hits(text, in_json=True))

    def embedded(self, text: str) -> str:
        """Restore the strings of a JSON document that is itself a string, each by itself."""
        return embedded.restore(text, self.text, self.escaped)

    def slots(self, slots: Iterable[Slot]) -> dict[str, str]:
        """Restore the slots of a whole reply: new texts by slot id, for those that change."""
        changed = {}
        for slot in slots:
            if not slot.is_rewritable:
                continue
            whole = slot.kind is Kind.ARGUMENTS and slot.inner is None
            new = self.escaped(slot.text) if whole else self.text(slot.text)
            if new != slot.text:
                changed[slot.id] = new
        return changed

    def stream(self, *, escaped: bool = False) -> "StreamRestorer":
        """Start on one growing text; `escaped`: it is the source of a JSON document, as for `escaped`."""
        return StreamRestorer(self, escaped=escaped)

    def counted(self, restored: tuple[str, int]) -> str:
        """Count what was put back of surrogates, and give the text."""
        self.tally.restored += restored[1]
        return restored[0]

    def replace(self, text: str, hits: Iterable[Hit]) -> str:
        """Replace these stretches of a text and count them."""
        pieces: list[str] = []
        position = 0
        for start, end, surface in hits:
            pieces += text[position:start], surface
            position = end
        if not pieces:
            return text
        self.tally.restored += len(pieces) // 2
        pieces.append(text[position:])
        return "".join(pieces)


class StreamRestorer:
    """Restores one text that comes in pieces.

    All it gives, put together, is `Restorer.text` of all it was fed, or `Restorer.escaped` if it is to be `escaped`.
    """

    __slots__ = ("_before", "_escaped", "_held", "_looks", "_restorer", "_surrogates")

    def __init__(self, restorer: Restorer, *, escaped: bool = False) -> None:
        self._restorer = restorer
        self._escaped = escaped
        self._looks = restorer.lookalikes.growing()
        self._surrogates = restorer.surrogates.stream(in_json=escaped)
        self._before = ""
        self._held = ""

    def feed(self, text: str) -> str:
        """Take the next piece and give what is settled.

        Held back is only a tail that more text may make an issued token; its length is bounded by the longest one's.
        """
        self._restorer.tally.unresolved += self._looks.feed(text)
        if self._surrogates:
            text = self._restorer.counted(self._surrogates.feed(text))
        return self._feed(text)

    def _feed(self, text: str) -> str:
        text = self._held + text
        if not self._restorer.index.longest or not text:
            return text
        begin = len(self._before)
        text = self._before + text
        return self._settle(text, begin, self._restorer.tail.begin(text, begin))

    def finish(self) -> str:
        """Give what was held back: the text is complete."""
        self._restorer.tally.unresolved += self._looks.finish()
        last = self._feed(self._restorer.counted(self._surrogates.finish())) if self._surrogates else ""
        text = self._before + self._held
        return last + self._settle(text, len(self._before), len(text))

    def _settle(self, text: str, begin: int, end: int) -> str:
        hits = self._restorer.index.hits(text, begin, in_json=self._escaped)
        settled = [hit for hit in hits if hit.start < end]
        end = max(end, settled[-1].end) if settled else end
        self._before, self._held = text[max(0, end - CONTEXT) : end], text[end:]
        return self._restorer.replace(text[:end], settled)[begin:]
