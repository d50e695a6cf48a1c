"""Replace personal values, by tokens that can be put back or by what policy says for their kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

from detectors.finding import Finding
from gateway.dialects.slot import Slot
from gateway.pseudonyms.issue import TokenIssuer
from gateway.pseudonyms.one_way import OneWay
from gateway.pseudonyms.rewriting import Stretch, rewrite
from gateway.pseudonyms.strategy import Strategy
from gateway.pseudonyms.surrogates.issue import SurrogateIssuer
from gateway.pseudonyms.token import MIN_SECRET_BYTES, TokenMaker
from gateway.pseudonyms.writer import Writer

NO_STRATEGIES: Final[Mapping[str, Strategy]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TokenMap:
    """What was issued for one call: one to one with the exact surfaces that it replaced.

    `surfaces` are the tokens', `surrogates` those of made-up values; `parts` is what else of these may be put back,
    such as single words of a name.
    """

    surfaces: Mapping[str, str] = field(default_factory=dict, repr=False)
    surrogates: Mapping[str, str] = field(default_factory=dict, repr=False)
    parts: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, both: Mapping[str, str]) -> Self:
        """Tell tokens and surrogates apart, as they come from the vault."""
        tokens = {one: surface for one, surface in both.items() if one.startswith("<")}
        return cls(tokens, {one: surface for one, surface in both.items() if one not in tokens})

    @property
    def both(self) -> dict[str, str]:
        """Tokens and surrogates together; parts can be made again."""
        return {**self.surfaces, **self.surrogates}

    def __len__(self) -> int:
        return len(self.surfaces) + len(self.surrogates)


@dataclass(frozen=True, slots=True)
class Masked:
    """What masking did.

    `replacements` holds the new text of each slot that changed; `tokens` what can be put back; `counts` how many spans
    were replaced, by label; `unmaskable` how many findings stand in places that can't be rewritten, by label: policy
    decides on these. `scope` is that of the tokens, "" if none was asked for. `stretches` are what changed in the texts
    of `replacements`.
    """

    replacements: Mapping[str, str] = field(repr=False)
    tokens: TokenMap
    counts: Mapping[str, int]
    unmaskable: Mapping[str, int]
    scope: str = ""
    stretches: Mapping[str, tuple[Stretch, ...]] = field(default_factory=dict, repr=False)


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
        surrogates = SurrogateIssuer(self._secret, where, slots, known.surrogates)
        writer = Writer(tokens, surrogates, OneWay(self._secret, where), strategies)
        new = rewrite(slots, by_slot, writer)
        issued = TokenMap(tokens.surfaces, surrogates.surfaces, surrogates.parts)
        return Masked(new.texts, issued, new.counts, new.unmaskable, stretches=new.stretches)


_NEVER: Final = 1_000_001
"""Above the highest score: for a label that is not to be masked."""
