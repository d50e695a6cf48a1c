"""Issue the tokens of one call: one to one with the surfaces that they stand for."""

from collections.abc import Iterable
from typing import Final

from gateway.dialects.slot import Kind, Slot
from gateway.errors import InternalFault
from gateway.pseudonyms.aliases import Aliases
from gateway.pseudonyms.canonical import canonical
from gateway.pseudonyms.reading import stems
from gateway.pseudonyms.spans import Span
from gateway.pseudonyms.token import TokenMaker, parts_of, plain, type_name

MAX_ATTEMPTS: Final = 64
"""Candidates tried for one value. Chance needs two; more means a text that was made to use them up."""

_PERSON: Final = "PERSON"


class TokenIssuer:
    """Gives each value its token. No token is issued that one of the call's texts holds already.

    `known` are the tokens of calls that this one goes on from, in the order in which they were issued: their values
    keep them. `surfaces` are these and the new ones, with what each stands for.
    """

    __slots__ = ("_aliases", "_issued", "_known", "_maker", "_taken", "surfaces")

    def __init__(self, maker: TokenMaker, slots: Iterable[Slot], known: Iterable[tuple[str, str]]) -> None:
        self._maker = maker
        # In sealed text the model has copied our tokens: nobody restored them, so they still mean what they meant.
        sealed = Kind.SEALED
        self._taken = stems([slot.text for slot in slots if slot.kind is not sealed])
        self._issued: dict[tuple[str, str], str] = {}
        self._aliases = Aliases()
        self.surfaces = dict(known)
        self._known: dict[tuple[str, str], str] = {}
        for token, surface in self.surfaces.items():
            kind, stem = parts_of(token)
            self._known[kind, surface] = token
            if kind == _PERSON:
                self._aliases.add(surface, stem)

    def expect(self, text: str, spans: Iterable[Span]) -> None:
        """Take in the names of a text before its tokens are asked for."""
        for start, end, label in spans:
            if type_name(label) == _PERSON:
                self._aliases.expect([text[start:end]])

    def token(self, label: str, surface: str) -> str:
        """Give the token of a value.

        Raises:
            InternalFault: none could be found that the texts don't hold.
        """
        token = self._issued.get((label, surface))
        if token is None:
            kind = type_name(label)
            issue = self._name if kind == _PERSON else self._own
            token = self._known.get((kind, surface)) or issue(label, surface)
            self._issued[label, surface] = token
            self.surfaces[token] = surface
        return token

    def _name(self, label: str, surface: str) -> str:
        stem = self._aliases.stem(surface)
        token = (stem and stem not in self._taken and self._alias(label, stem, surface)) or self._own(label, surface)
        self._aliases.add(surface, parts_of(token)[1])
        return token

    def _alias(self, label: str, stem: str, surface: str) -> str | None:
        candidates = (self._maker.alias(label, stem, surface, attempt) for attempt in range(MAX_ATTEMPTS))
        return next((token for token in candidates if token not in self.surfaces), None)

    def _own(self, label: str, surface: str) -> str:
        form = canonical(label, surface)
        for attempt in range(MAX_ATTEMPTS):
            stem = self._maker.stem(label, form, attempt)
            if stem in self._taken:
                continue
            is_plain = surface == form
            token = plain(label, stem) if is_plain else self._maker.alias(label, stem, surface, attempt)
            if token not in self.surfaces:
                return token
        raise InternalFault("No pseudonym could be found that the text does not hold already.")
