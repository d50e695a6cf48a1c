"""Replace personal values by tokens, so that they can be put back."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from detectors.finding import Finding
from gateway.dialects.slot import Kind, Slot
from gateway.errors import InternalFault
from gateway.pseudonyms.canonical import canonical
from gateway.pseudonyms.spans import resolve
from gateway.pseudonyms.token import ALPHABET, MIN_SECRET_BYTES, SUFFIX_LENGTH, TokenMaker, type_name

MAX_ATTEMPTS: Final = 64
"""Candidates tried for one value. Chance needs two; more means a text that was made to use them up."""

_STEM = re.compile(f"_([{ALPHABET}]{{{SUFFIX_LENGTH}}})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class TokenMap:
    """The tokens issued for one call: one to one with the exact surfaces that they replaced."""

    surfaces: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.surfaces)


@dataclass(frozen=True, slots=True)
class Masked:
    """What masking did.

    `replacements` holds the new text of each slot that changed; `counts` how many spans were replaced, by label;
    `unmaskable` how many findings stand in places that can't be rewritten, by label: policy decides on these. `scope`
    is that of the tokens, "" if none was asked for.
    """

    replacements: Mapping[str, str] = field(repr=False)
    tokens: TokenMap
    counts: Mapping[str, int]
    unmaskable: Mapping[str, int]
    scope: str = ""


class Pseudonymiser:
    """Masks with one tenant's key (see `token.derive_key`). Has no state of any call."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) < MIN_SECRET_BYTES:
            raise ValueError(f"the key for pseudonyms needs {MIN_SECRET_BYTES} bytes or more")
        self._secret = secret

    def mask(
        self,
        slots: Sequence[Slot],
        findings: Iterable[Finding],
        labels: Mapping[str, int],
        scope: bytes | str,
        known: TokenMap | None = None,
    ) -> Masked:
        """Replace what was found in these slots.

        Only findings whose label is in `labels` with at least that score (parts per million) are replaced. All of a
        call's slots must be given, also those without findings: no token is issued that one of them holds already,
        unless it is SEALED. Offsets count in `Slot.screened`. What is found in a LABEL or in SEALED text stays as it is
        and is not counted.

        Raises:
            InternalFault: a finding lies in no slot or outside its text, or no token could be found for a value.
        """
        by_slot: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.score_ppm >= labels.get(finding.label, _NEVER):
                by_slot.setdefault(finding.slot, []).append(finding)
        known = known or TokenMap()
        if not by_slot:
            return Masked({}, known, {}, {})
        maker = TokenMaker(self._secret, scope.encode() if isinstance(scope, str) else scope)
        return _Masking(maker, slots, known).run(by_slot)


_NEVER: Final = 1_000_001
"""Above the highest score: for a label that is not to be masked."""


class _Masking:
    """The masking of one call."""

    def __init__(self, maker: TokenMaker, slots: Sequence[Slot], known: TokenMap) -> None:
        self._maker = maker
        self._slots = slots
        # In sealed text the model has copied our tokens: nobody restored them, so they still mean what they meant.
        open_to_change = (slot for slot in slots if slot.kind is not Kind.SEALED)
        self._taken = {stem.lower() for slot in open_to_change for stem in _STEM.findall(slot.text)}
        self._tokens: dict[tuple[str, str], str] = {}
        self._surfaces = dict(known.surfaces)
        self._known = {(_type_of(token), surface): token for token, surface in known.surfaces.items()}
        self._counts: Counter[str] = Counter()
        self._unmaskable: Counter[str] = Counter()

    def run(self, by_slot: dict[str, list[Finding]]) -> Masked:
        replacements = {}
        for slot in self._slots:
            found = by_slot.pop(slot.id, None)
            if found is None:
                continue
            found = _in_text(slot, found)
            if slot.kind is Kind.KEY:
                self._unmaskable.update(finding.label for finding in found)
            elif found and slot.is_rewritable:
                replacements[slot.id] = self._replace(slot.text, found)
        if by_slot:
            raise InternalFault("A finding names a slot that was not screened.")
        return Masked(replacements, TokenMap(self._surfaces), self._counts, self._unmaskable)

    def _replace(self, text: str, found: list[Finding]) -> str:
        pieces: list[str] = []
        position = 0
        for span in resolve(found):
            pieces += text[position : span.start], self._token(span.label, text[span.start : span.end])
            position = span.end
            self._counts[span.label] += 1
        pieces.append(text[position:])
        return "".join(pieces)

    def _token(self, label: str, surface: str) -> str:
        token = self._tokens.get((label, surface))
        if token is None:
            token = self._known.get((type_name(label), surface)) or self._issue(label, surface)
            self._tokens[label, surface] = token
            self._surfaces[token] = surface
        return token

    def _issue(self, label: str, surface: str) -> str:
        form = canonical(label, surface)
        for attempt in range(MAX_ATTEMPTS):
            token = self._maker.candidate(label, form, surface, attempt)
            stem = token[token.rindex("_") + 1 :][:SUFFIX_LENGTH]
            if token not in self._surfaces and stem not in self._taken:
                return token
        raise InternalFault("No pseudonym could be found that the text does not hold already.")


def _in_text(slot: Slot, found: list[Finding]) -> list[Finding]:
    """Give the findings in offsets of the slot's text; what lies in the signs around it is none of the text."""
    lead, length = len(slot.lead), len(slot.text)
    for finding in found:
        if not 0 <= finding.start < finding.end <= lead + length + (lead > 0):
            raise InternalFault(f"A finding of {finding.detector} lies outside of its text.")
    if not lead:
        return found
    return [
        replace(finding, start=max(finding.start - lead, 0), end=min(finding.end - lead, length))
        for finding in found
        if finding.end > lead and finding.start < lead + length
    ]


def _type_of(token: str) -> str:
    return token[1:].rpartition("_")[0]
