"""Count what looks like a token and is none of this call's: somebody else's, or one that a model made up or spoilt."""

import re
from collections.abc import Collection
from typing import Final

from gateway.pseudonyms.forms import ENCODED, FILLING, SUFFIX, UNDERSCORES, any_of, compiled
from gateway.pseudonyms.frame import Body, frame_of
from gateway.pseudonyms.token import MAX_TYPE_LENGTH, SUFFIX_LENGTH, VARIANT_LENGTH

_REACH: Final = 2 * MAX_TYPE_LENGTH
_BEHIND: Final = 16
"""Characters behind a suffix that tell what it belongs to."""
_KEPT: Final = _REACH + 24 + _BEHIND
_MARKS: Final = re.compile(r"[_%;\\\uff3f]")
_LENGTHS: Final = (SUFFIX_LENGTH, SUFFIX_LENGTH + VARIANT_LENGTH)
_TYPE: Final = compiled(
    rf"(?:(?<![0-9A-Za-z])|(?<=3c))(?P<type>[A-Z][0-9A-Z]*(?:{any_of(UNDERSCORES)}[0-9A-Z]+)*)(?P<joint>{any_of(UNDERSCORES)})\Z"
)


class Lookalikes:
    """Knows the tokens of one call by their letters and digits in lower case.

    A look-alike has the form of a token between brackets. A bare one counts if its type is one of this call's and its
    suffix no word; so does one whose case is bent.
    """

    __slots__ = ("_known", "_tokens")

    def __init__(self, tokens: Collection[str]) -> None:
        self._tokens = tokens
        self._known: tuple[frozenset[str], frozenset[str]] | None = None

    def count(self, text: str) -> int:
        """Count those of a whole text."""
        return self.growing().finish(text) if _MARKS.search(text) else 0

    def growing(self) -> "GrowingCount":
        """Start on a text that comes in pieces."""
        return GrowingCount(self)

    def is_one(self, text: str, place: int, suffix: str) -> bool:
        """Tell whether this suffix, which stands at `place`, makes a look-alike of what is around it."""
        if len(suffix) not in _LENGTHS:
            return False
        found = _TYPE.search(text, max(0, place - _REACH), place)
        frame = found and frame_of(text, Body(found.start(), place + len(suffix), found["joint"]))
        if not found or not frame or text[frame.start : frame.end] in self._tokens:
            return False
        types, bodies = self._types_and_bodies()
        head = FILLING.sub("", ENCODED.sub("", found["type"]))
        if head.lower() + suffix.lower() in bodies:
            return False
        as_issued = head == head.upper() and suffix == suffix.lower()
        is_ours = head.lower() in types
        if frame.is_whole:
            return as_issued or is_ours
        return as_issued and is_ours and any(character.isdigit() for character in suffix)

    def _types_and_bodies(self) -> tuple[frozenset[str], frozenset[str]]:
        """Work out what the call's tokens are made of: only when a text holds what might be none of them."""
        if self._known is None:
            split = [token[1:-1].rpartition("_") for token in self._tokens]
            types = frozenset(head.replace("_", "").lower() for head, _, _ in split)
            self._known = types, frozenset(head.replace("_", "").lower() + suffix.lower() for head, _, suffix in split)
        return self._known


class GrowingCount:
    """Counts those of one text, each once, however it is cut."""

    __slots__ = ("_begin", "_kept", "_looks")

    def __init__(self, looks: Lookalikes) -> None:
        self._looks = looks
        self._kept = ""
        self._begin = 0

    def feed(self, text: str) -> int:
        """Take the next piece and give how many more there are."""
        return self._count(text, _BEHIND)

    def finish(self, text: str = "") -> int:
        """Take the last piece and give how many more there are."""
        return self._count(text, 0)

    def _count(self, text: str, behind: int) -> int:
        text = self._kept + text
        limit = max(self._begin, len(text) - behind)
        found = 0
        if _MARKS.search(text):
            for match in SUFFIX.finditer(text, self._begin):
                if match.end() > limit:
                    limit = match.start()
                    break
                found += text[match.start() - 1] not in " -*`~+" and self._looks.is_one(text, match.start(), match[1])
        cut = max(0, limit - _KEPT)
        self._kept, self._begin = text[cut:], limit - cut
        return found
