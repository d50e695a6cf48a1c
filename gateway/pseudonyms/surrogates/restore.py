"""Put real values back where a model wrote their surrogates."""

from collections.abc import Mapping
from typing import Final

import orjson

from gateway.pseudonyms.surrogates.ages import LOOK_BACK
from gateway.pseudonyms.surrogates.index import SurrogateIndex

_CONTEXT: Final = max(6, LOOK_BACK)
"""Characters before a piece that say whether a word begins with it, the longest escape, and whether it is an age."""


class SurrogateRestorer:
    """Restores whole texts, and starts on growing ones. `in_json`: they are sources of JSON documents."""

    __slots__ = ("_in_json", "index")

    def __init__(self, surfaces: Mapping[str, str], *, in_json: bool = False) -> None:
        self.index = SurrogateIndex(surfaces, in_json=in_json)
        self._in_json = in_json

    def text(self, text: str, begin: int = 0, end: int | None = None) -> tuple[str, int]:
        """Give the stretch of a text with its surrogates replaced, and how many there were."""
        end = len(text) if end is None else end
        pieces: list[str] = []
        position = begin
        for hit in self.index.hits(text, begin):
            if hit.start >= end:
                break
            pieces += text[position : hit.start], self._written(hit.surface)
            position = hit.end
        pieces.append(text[position:end])
        return "".join(pieces), len(pieces) // 2

    def stream(self) -> "GrowingSurrogates":
        """Start on one growing text."""
        return GrowingSurrogates(self)

    def _written(self, surface: str) -> str:
        return orjson.dumps(surface)[1:-1].decode() if self._in_json else surface


class GrowingSurrogates:
    """Restores one text that comes in pieces: all that it gives, put together, is the whole text restored."""

    __slots__ = ("_before", "_held", "_restorer")

    def __init__(self, restorer: SurrogateRestorer) -> None:
        self._restorer = restorer
        self._before = self._held = ""

    def feed(self, piece: str) -> tuple[str, int]:
        """Take a piece; give what is settled, and how many values were put back in it."""
        begin, text = len(self._before), self._before + self._held + piece
        return self._settle(text, begin, self._restorer.index.open_from(text, begin))

    def finish(self) -> tuple[str, int]:
        """Give what was held back, in the same way: the text is complete."""
        text = self._before + self._held
        return self._settle(text, len(self._before), len(text))

    def _settle(self, text: str, begin: int, end: int) -> tuple[str, int]:
        self._before, self._held = text[max(0, end - _CONTEXT) : end], text[end:]
        return self._restorer.text(text, begin, end)


class LayeredSurrogates:
    """The surrogates of one call, beneath the tokens: in prose and in the source of JSON documents."""

    __slots__ = ("_restorers", "_surfaces")

    def __init__(self, surfaces: Mapping[str, str]) -> None:
        self._surfaces = surfaces
        self._restorers: dict[bool, SurrogateRestorer] = {}

    def text(self, text: str, *, in_json: bool = False) -> tuple[str, int]:
        """Give a text with the values put back, and how many there were."""
        return self._restorer(in_json).text(text) if self._surfaces else (text, 0)

    def stream(self, *, in_json: bool) -> GrowingSurrogates | None:
        """Start on one growing text; None where there are no surrogates."""
        return self._restorer(in_json).stream() if self._surfaces else None

    def _restorer(self, in_json: bool) -> SurrogateRestorer:
        if in_json not in self._restorers:
            self._restorers[in_json] = SurrogateRestorer(self._surfaces, in_json=in_json)
        return self._restorers[in_json]
