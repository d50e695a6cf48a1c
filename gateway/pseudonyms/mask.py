"""Replace personal values, by tokens that can be put back or by what policy says for their kind."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from detectors.finding import Finding
from gateway.dialects.slot import Kind, Slot
from gateway.errors import InternalFault
from gateway.pseudonyms.canonical import canonical
from gateway.pseudonyms.issue import TokenIssuer
from gateway.pseudonyms.one_way import OneWay, left_blank
from gateway.pseudonyms.order import by_age
from gateway.pseudonyms.spans import Span, resolve
from gateway.pseudonyms.strategy import Strategy
from gateway.pseudonyms.token import MIN_SECRET_BYTES, TokenMaker

NO_STRATEGIES: Final[Mapping[str, Strategy]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TokenMap:
    """The tokens issued for one call: one to one with the exact surfaces that they replaced."""

    surfaces: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.surfaces)


@dataclass(frozen=True, slots=True)
class Masked:
    """What masking did.

    `replacements` holds the new text of each slot that changed; `tokens` what can be put back; `counts` how many spans
    were replaced, by label; `unmaskable` how many findings stand in places that can't be rewritten, by label: policy
    decides on these. `scope` is that of the tokens, "" if none was asked for.
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
        strategies: Mapping[str, Strategy] = NO_STRATEGIES,
    ) -> Masked:
        """Replace what was found in these slots, by tokens where `strategies` has nothing else for a label.

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
        where = scope.encode() if isinstance(scope, str) else scope
        tokens = TokenIssuer(TokenMaker(self._secret, where), slots, known.surfaces.items())
        return _Masking(slots, tokens, OneWay(self._secret, where), strategies).run(by_slot)


_NEVER: Final = 1_000_001
"""Above the highest score: for a label that is not to be masked."""


class _Masking:
    """The masking of one call."""

    def __init__(
        self, slots: Sequence[Slot], tokens: TokenIssuer, one_way: OneWay, strategies: Mapping[str, Strategy]
    ) -> None:
        self._slots = slots
        self._tokens = tokens
        self._one_way = one_way
        self._strategies = strategies
        self._counts: Counter[str] = Counter()
        self._unmaskable: Counter[str] = Counter()

    def run(self, by_slot: dict[str, list[Finding]]) -> Masked:
        replacements = {}
        for slot in by_age(self._slots):
            found = by_slot.pop(slot.id, None)
            if found is None:
                continue
            found = _in_text(slot, found)
            if slot.kind is Kind.KEY:
                self._unmaskable.update(finding.label for finding in found)
            elif found and slot.is_rewritable:
                replacements[slot.id] = self._replace(slot.text, resolve(found))
        if by_slot:
            raise InternalFault("A finding names a slot that was not screened.")
        return Masked(replacements, TokenMap(self._tokens.surfaces), self._counts, self._unmaskable)

    def _replace(self, text: str, spans: list[Span]) -> str:
        self._tokens.expect(text, spans)
        pieces: list[str] = []
        position = 0
        for span in spans:
            pieces += text[position : span.start], self._instead(span.label, text[span.start : span.end])
            position = span.end
            self._counts[span.label] += 1
        pieces.append(text[position:])
        new = "".join(pieces)
        return left_blank(spans[0].label) if text.strip() and not new.strip() else new

    def _instead(self, label: str, surface: str) -> str:
        strategy = self._strategies.get(label, Strategy.PSEUDONYM)
        if strategy is Strategy.PSEUDONYM:
            return self._tokens.token(label, surface)
        return self._one_way.write(strategy, label, canonical(label, surface), surface)


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
