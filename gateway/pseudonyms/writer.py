"""Write what stands for one value, by the strategy of its label."""

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.pseudonyms.canonical import canonical
from gateway.pseudonyms.issue import TokenIssuer
from gateway.pseudonyms.one_way import OneWay
from gateway.pseudonyms.strategy import Strategy
from gateway.pseudonyms.surrogates.issue import SurrogateIssuer


@dataclass(frozen=True, slots=True)
class Writer:
    """What a call's values become. A label without a strategy, and a value without a surrogate, gets a token."""

    tokens: TokenIssuer
    surrogates: SurrogateIssuer
    one_way: OneWay
    strategies: Mapping[str, Strategy]

    @property
    def makes_surrogates(self) -> bool:
        """Whether any label is asked to have surrogates."""
        return Strategy.SURROGATE in self.strategies.values()

    def surrogate(self, label: str, surface: str) -> str | None:
        """Give a value's surrogate; None if its label has none, or none could be made."""
        is_asked = self.strategies.get(label) is Strategy.SURROGATE
        return self.surrogates.surrogate(label, surface) if is_asked else None

    def other(self, label: str, surface: str) -> str:
        """Give what stands for a value that has no surrogate, or in a place where it could not be found again.

        Raises:
            InternalFault: no token could be found for it.
        """
        strategy = self.strategies.get(label, Strategy.PSEUDONYM)
        if strategy is Strategy.PSEUDONYM or strategy is Strategy.SURROGATE:
            return self.tokens.token(label, surface)
        return self.one_way.write(strategy, label, canonical(label, surface), surface)
