"""Issue the surrogates of one call: one to one with what they stand for, and none that the call's texts hold."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.canonical import canonical
from gateway.pseudonyms.surrogates.draw import Draw
from gateway.pseudonyms.surrogates.makers import made
from gateway.pseudonyms.surrogates.people import Part, made_up, parts
from gateway.pseudonyms.token import type_name

MAX_ATTEMPTS: Final = 64
"""Candidates tried for one value before it gets a token instead."""

_PERSON: Final = "PERSON"
_REGROUPED: Final = frozenset({"PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE"})
"""Kinds that models like to write without their spaces, above all for a tool."""

_SEPARATORS: Final = re.compile(r"[\s.()/-]+")


class SurrogateIssuer:
    """Gives each value its surrogate. `known` are those of calls that this one goes on from: their values keep them.

    `surfaces` are these and the new ones, with what each stands for; `parts` what else may be put back: single words of
    names, numbers without their spaces.
    """

    __slots__ = ("_issued", "_key", "_known", "_owners", "_scope", "_slots", "_texts", "parts", "surfaces")

    def __init__(self, key: bytes, scope: bytes, slots: Iterable[Slot], known: Mapping[str, str]) -> None:
        self._key = key
        self._scope = scope
        self._slots = slots
        self._texts: str | None = None
        self._issued: dict[tuple[str, str], str | None] = {}
        self._known = {surface: surrogate for surrogate, surface in known.items()}
        self._owners = {surrogate.casefold(): surface.casefold() for surrogate, surface in known.items()}
        self.surfaces = dict(known)
        self.parts: dict[str, str] = {}

    def surrogate(self, label: str, surface: str) -> str | None:
        """Give the surrogate of a value, None if none could be made."""
        kind = type_name(label)
        if (kind, surface) not in self._issued:
            value = self._known.get(surface) or (
                self._person(surface) if kind == _PERSON else self._value(kind, surface)
            )
            self._issued[kind, surface] = value
            if value:
                self._take(self.surfaces, value, surface)
        return self._issued[kind, surface]

    def all(self) -> dict[str, str]:
        """Give all that may be put back."""
        return {**self.parts, **self.surfaces}

    def _value(self, kind: str, surface: str) -> str | None:
        form = canonical(kind, surface)
        host = self._draw("HOST", form.rpartition("@")[2] if "@" in form else form, 0)
        for attempt in range(MAX_ATTEMPTS):
            value = made(kind, surface, self._draw(kind, form, attempt), host)
            if value is None:
                return None
            together = dict(_written_together(kind, value, surface))
            if self._is_free(value, surface) and all(self._is_free(*pair) for pair in together.items()):
                for short, long in together.items():
                    self._take(self.parts, short, long)
                return value
        return None

    def _person(self, surface: str) -> str | None:
        found = parts(surface)
        if not found:
            return None
        pieces, position = list[str](), 0
        for part in found:
            word = self._word(part)
            if word is None:
                return None
            pieces += surface[position : part.start], word
            position = part.end
        value = "".join([*pieces, surface[position:]])
        return value if self._is_free(value, surface) else None

    def _word(self, part: Part) -> str | None:
        key = ("", part.word)
        if key not in self._issued:
            candidates = (
                made_up(part, self._draw("WORD", part.word.casefold(), attempt)) for attempt in range(MAX_ATTEMPTS)
            )
            word = next((word for word in candidates if self._is_free(word, part.word)), None)
            self._issued[key] = word
            if word:
                self._take(self.parts, word, part.word)
        return self._issued[key]

    def _draw(self, kind: str, form: str, attempt: int) -> Draw:
        parts = (kind.encode(), form.encode("utf-8", "surrogatepass"), str(attempt).encode())
        return Draw(self._key, self._scope, *parts)

    def _is_free(self, surrogate: str, surface: str) -> bool:
        folded = surrogate.casefold()
        owner = self._owners.get(folded)
        if owner is not None and owner != surface.casefold():
            return False
        known = self.surfaces.get(surrogate) or self.parts.get(surrogate) or surface
        return known == surface and folded not in self._all_texts()

    def _all_texts(self) -> str:
        if self._texts is None:  # most calls have no surrogates and don't pay for this
            self._texts = "\n".join(slot.text for slot in self._slots if slot.kind is not Kind.SEALED).casefold()
        return self._texts

    def _take(self, where: dict[str, str], surrogate: str, surface: str) -> None:
        self._owners.setdefault(surrogate.casefold(), surface.casefold())
        where[surrogate] = surface


def _written_together(kind: str, value: str, surface: str) -> Iterator[tuple[str, str]]:
    if kind in _REGROUPED:
        short = _SEPARATORS.sub("", value)
        if short != value:
            yield short, _SEPARATORS.sub("", surface)
