r"""Find issued tokens in a model's text, which may have bent them (see `forms.py`).

Reading is tolerant, the index exact: a token that differs in one letter or digit, or in its type, stands for nobody. A
token as it was issued counts wherever it stands. A bent one counts if that can be no accident: it has its brackets, in
some form; or it is written in the very letters of the token; or its suffix holds a digit, so that it is no word.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from gateway.pseudonyms.forms import ENCODED, FILLING, SUFFIX, head_pattern
from gateway.pseudonyms.frame import Body, Frame, frame_of
from gateway.pseudonyms.reading import read
from gateway.pseudonyms.surface import in_url, written

CONTEXT: Final = 200
"""Characters in front of a token that may have a say in it."""


class Hit(NamedTuple):
    """An issued token in a text: the stretch to replace, and what to write there."""

    start: int
    end: int
    surface: str


class _Entry(NamedTuple):
    """A token's type and suffix."""

    head: str
    suffix: str
    token: str

    @property
    def body(self) -> str:
        """Its letters and digits, in lower case: what is left of it at least when it is bent."""
        return self.head.replace("_", "").lower() + self.suffix.lower()


class TokenIndex:
    """The tokens of one call, ready to be looked up. `longest` bounds every form in characters, 0 without tokens.

    A chat has a token for each value of its history, and a reply holds a few of them: what only a bent one needs is
    worked out when there is one.
    """

    __slots__ = ("_bodies", "_by_suffix", "_surfaces", "longest")

    def __init__(self, surfaces: Mapping[str, str]) -> None:
        self._surfaces = surfaces
        self._by_suffix: dict[str, list[str]] = {}
        for token in surfaces:
            self._by_suffix.setdefault(token.rpartition("_")[2][:-1].lower(), []).append(token)
        self._bodies: Counter[str] | None = None
        self.longest = 2 * max(map(len, surfaces)) + 24 if surfaces else 0

    @property
    def bodies(self) -> Mapping[str, int]:
        """The letters and digits of all tokens, in lower case, and how many tokens have the same."""
        if self._bodies is None:
            self._bodies = Counter(_entry(token).body for token in self._surfaces)
        return self._bodies

    def hits(self, text: str, begin: int = 0, *, in_json: bool = False) -> Iterator[Hit]:
        """Give the issued tokens of a text that start at `begin` or later, from left to right.

        What is before `begin` is context. `in_json`: the text is the source of a JSON document; surfaces are escaped.
        """
        if not self._by_suffix:
            return
        reading = read(text)
        for match in SUFFIX.finditer(reading.text):
            run = match[1].lower()
            if run in self._by_suffix:
                tokens, plural = self._by_suffix[run], ""
            elif run[-1] == "s" and run[:-1] in self._by_suffix:
                tokens, plural = self._by_suffix[run[:-1]], match[1][-1]
            else:
                continue
            hit = self._hit(reading.text, match.start(1), plural, tokens, in_json)
            if hit is None:
                continue
            start, end = reading.original(hit.start, hit.end)
            if start >= begin and end - start <= self.longest:
                yield Hit(start, end, hit.surface)
                begin = end

    def _hit(self, text: str, place: int, plural: str, tokens: list[str], in_json: bool) -> Hit | None:
        entries = [_entry(token) for token in tokens]
        for entry in entries:
            end = place + len(entry.suffix)
            start = place - len(entry.head) - 2
            if start >= 0 and text[start : end + 1] == entry.token:
                return Hit(start, end + 1, written(self._surfaces[entry.token], "", in_json=in_json))
        for entry in sorted(entries, key=_longest_head_first):
            bends = self.bodies[entry.body] == 1  # else another token reads the same when it is bent
            if bends and (hit := self._bent(text, place, plural, entry, in_json)):
                return hit
        return None

    def _bent(self, text: str, place: int, plural: str, entry: _Entry, in_json: bool) -> Hit | None:
        found = head_pattern(entry.head).search(text, max(0, place - self.longest), place)
        if not found:
            return None
        body = Body(found.start(), place + len(entry.suffix) + len(plural), found["joint"])
        frame = frame_of(text, body)
        if frame is None or not (frame.is_whole or _is_certain(text, body, entry, frame, plural)):
            return None
        form = text[frame.start : frame.end]
        if "+" in body.joint and "%" not in form:
            return None
        surface = self._surfaces[entry.token] + plural
        if not frame.has_bracket and "%" not in form:
            surface = in_url(surface, text[max(0, frame.start - CONTEXT) : frame.start])
        surface = frame.lead + written(surface, form, in_json=in_json) + frame.trail
        return Hit(frame.start, frame.end, surface)


def _entry(token: str) -> _Entry:
    head, _, suffix = token[1:-1].rpartition("_")
    return _Entry(head, suffix, token)


def _longest_head_first(entry: _Entry) -> int:
    return -len(entry.head)


def _is_certain(text: str, body: Body, entry: _Entry, frame: Frame, plural: str) -> bool:
    """Tell whether a token without both of its brackets is one beyond doubt."""
    if any(character.isdigit() for character in entry.suffix):
        return True
    if not body.is_joined:
        return False
    letters = FILLING.sub("", ENCODED.sub("", text[body.start : body.end]))
    return frame.has_bracket or letters == entry.head.replace("_", "") + entry.suffix + plural
