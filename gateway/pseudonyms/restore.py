"""Put the personal values back where a model wrote their tokens."""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Final, Self

import orjson

from gateway.dialects import embedded
from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.index import LEFT, LEFT_IN_JSON, RIGHT, RIGHT_IN_JSON, Hit, TokenIndex
from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.token import ALPHABET, MAX_TYPE_LENGTH

_LOOKS_ISSUED = re.compile(rf"<[A-Z][A-Z0-9_]{{0,{MAX_TYPE_LENGTH}}}_[{ALPHABET}]{{5,7}}>")
_LONGEST_LOOK: Final = 64


@dataclass(slots=True)
class Tally:
    """How many tokens of a call were put back, and how many look like tokens but were never issued in it."""

    restored: int = 0
    unresolved: int = 0


class Restorer:
    """Restores the texts of one call. Only tokens of its map are restored: anybody else's stay as they are."""

    __slots__ = ("_index", "_surfaces", "tally")

    def __init__(self, tokens: TokenMap) -> None:
        self._surfaces = tokens.surfaces
        self._index = TokenIndex(tokens.surfaces)
        self.tally = Tally()

    def uncounted(self) -> Self:
        """Give one that restores the same and leaves the tally alone: for what is told a second time."""
        twin = copy(self)
        twin.tally = Tally()
        return twin

    def text(self, text: str) -> str:
        """Restore a whole text; the same string comes back when there is nothing to restore."""
        self.count(text)
        return self.replace(text, self._index.hits(text)) if "_" in text else text

    def escaped(self, text: str) -> str:
        """Restore a text that is the source of a JSON document: the values are escaped for a place in a string."""
        self.count(text)
        return self.replace(text, map(_escaped, self._index.hits(text, left=LEFT_IN_JSON, right=RIGHT_IN_JSON)))

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
        return StreamRestorer(self, self._index, escaped=escaped)

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

    def count(self, text: str) -> None:
        """Count what looks like a token and isn't one of this call's."""
        if "<" in text:
            unknown = sum(look not in self._surfaces for look in _LOOKS_ISSUED.findall(text))
            self.tally.unresolved += unknown


class StreamRestorer:
    """Restores one text that comes in pieces.

    All it gives, put together, is `Restorer.text` of all it was fed, or `Restorer.escaped` if it is to be `escaped`.
    """

    __slots__ = ("_before", "_escaped", "_held", "_index", "_left", "_loose", "_restorer", "_right")

    def __init__(self, restorer: Restorer, index: TokenIndex, *, escaped: bool = False) -> None:
        self._restorer = restorer
        self._index = index
        self._escaped = escaped
        self._left = LEFT_IN_JSON if escaped else LEFT
        self._right = RIGHT_IN_JSON if escaped else RIGHT
        self._held = ""
        self._before = ""
        self._loose = ""

    def feed(self, text: str) -> str:
        """Take the next piece and give what is settled.

        Held back is only a tail that more text may make an issued token; it is never longer than the longest one.
        """
        self._count(text)
        text = self._held + text
        if not self._index.longest or not text:
            return text
        settled = self._index.open_from(text, self._before, self._left, self._right)
        self._held = text[settled:]
        return self._settle(text, settled)

    def finish(self) -> str:
        """Give what was held back: the text is complete."""
        text, self._held = self._held, ""
        return self._settle(text, len(text))

    def _settle(self, text: str, end: int) -> str:
        hits = self._hits(text, end) if "_" in text else ()
        before = text[end - 1] if end else self._before
        restored = self._restorer.replace(text, hits)
        self._before = before
        return restored[: len(restored) - (len(text) - end)]

    def _hits(self, text: str, end: int) -> Iterator[Hit]:
        hits = self._index.hits(text, self._before, self._left, self._right)
        found = (hit for hit in hits if hit.start < end)
        return map(_escaped, found) if self._escaped else found

    def _count(self, text: str) -> None:
        if not self._loose and "<" not in text:
            return
        text = self._loose + text
        self._restorer.count(text)
        start = text.rfind("<")
        is_open = ">" not in text[start:] and len(text) - start <= _LONGEST_LOOK
        self._loose = text[start:] if is_open else ""


def _escaped(hit: Hit) -> Hit:
    return hit._replace(surface=orjson.dumps(hit.surface)[1:-1].decode())
