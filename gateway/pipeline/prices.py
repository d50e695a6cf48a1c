"""What tokens cost: by the operator's own prices, else by the list that comes with `genai-prices`.

The list is the one in the installed package. It is never fetched, so a price changes with the package alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_CEILING, Decimal
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final, NamedTuple

import genai_prices
from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import ModelInfo, TieredPrices

from gateway.dialects.message import Usage
from gateway.upstream.target import Candidate

OWN: Final = "configuration"
LISTED: Final = f"genai-prices {genai_prices.__version__}"
_MODELS_KEPT = 4096
_MOST = 2**53 - 1  # what a record can hold


class Cost(NamedTuple):
    """Millionths of a dollar, rounded up, and whose price that is."""

    micros: int
    source: str


@dataclass(frozen=True, slots=True)
class Rates:
    """USD per million tokens, which is millionths of a dollar per token. None: not known.

    Input from a cache, or written to one, costs what other input does where it has no price of its own. `request` is
    what some vendors take for each request besides, in USD per thousand.
    """

    input: Decimal | None
    output: Decimal | None
    cache_read: Decimal | None = None
    cache_write: Decimal | None = None
    request: Decimal | None = None

    def micros(self, usage: Usage) -> int | None:
        """Give the cost of a usage, None if there is no price for a part of it."""
        read = min(usage.cache_read, usage.prompt_tokens)
        written = min(usage.cache_write, usage.prompt_tokens - read)
        total = (self.request or Decimal(0)) * 1000
        for count, rate in (
            (usage.prompt_tokens - read - written, self.input),
            (read, self.input if self.cache_read is None else self.cache_read),
            (written, self.input if self.cache_write is None else self.cache_write),
            (usage.completion_tokens, self.output),
        ):
            if count and rate is None:
                return None
            total += count * (rate or 0)
        return min(int(total.to_integral_value(ROUND_CEILING)), _MOST)


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """The operator's own price of some models (shell patterns) at some upstreams."""

    models: tuple[str, ...]
    upstreams: tuple[str, ...]
    rates: Rates

    def applies(self, upstream: str, model: str) -> bool:
        """Tell whether this is the price of a model there."""
        return any(fnmatchcase(model, pattern) for pattern in self.models) and any(
            fnmatchcase(upstream, pattern) for pattern in self.upstreams
        )


class Prices:
    """All prices. The first of the operator's own that applies counts, then the list's.

    The list is asked for a vendor by the upstream's `provider`, or by its address where that says nothing. A model
    that runs on the operator's own machines has no vendor, so only the operator can know what it costs.
    """

    def __init__(self, own: Iterable[OwnPrice] = ()) -> None:
        self._own = tuple(own)
        self._found = lru_cache(_MODELS_KEPT)(self._find)

    def cost(self, asked_of: Candidate, served: str | None, usage: Usage) -> Cost | None:
        """Give what a call costs, with the model that answered if the provider said so; None: nobody knows."""
        target, model = asked_of.target, asked_of.model
        names = (model,) if served is None or served == model else (model, served)
        for name in names:
            if (rates := self._own_rates(target.name, name)) is not None:
                return _cost(rates.micros(usage), OWN)
        if target.hosting == "self":
            return None
        for name in reversed(names):  # what answered says more exactly what is billed
            if (listed := self._found(target.provider, target.base_url, name)) is not None:
                rates = listed if isinstance(listed, Rates) else _listed_rates(listed, usage.prompt_tokens)
                return _cost(rates.micros(usage), LISTED)
        return None

    def _own_rates(self, upstream: str, model: str) -> Rates | None:
        return next((price.rates for price in self._own if price.applies(upstream, model)), None)

    def _find(self, provider: str, base_url: str, model: str) -> Rates | ModelInfo | None:
        """Give a model's rates, or the model itself if they depend on the time or on the length of the prompt."""
        known = get_snapshot()
        for vendor, address in ((provider, None), (None, base_url)):
            try:
                found = known.find_provider_model(model, None, vendor, address)[1]
            except LookupError:
                continue
            return found if _depends(found) else _listed_rates(found, 0)
        return None


def _cost(micros: int | None, source: str) -> Cost | None:
    return None if micros is None else Cost(micros, source)


def _depends(model: ModelInfo) -> bool:
    prices = model.prices
    return isinstance(prices, list) or any(isinstance(price, TieredPrices) for price in vars(prices).values())


def _listed_rates(model: ModelInfo, prompt_tokens: int) -> Rates:
    price = model.get_prices(datetime.now(UTC))
    return Rates(
        _rate(price.input_mtok, prompt_tokens),
        _rate(price.output_mtok, prompt_tokens),
        _rate(price.cache_read_mtok, prompt_tokens),
        _rate(price.cache_write_mtok, prompt_tokens),
        _rate(price.requests_kcount, prompt_tokens),
    )


def _rate(price: Decimal | TieredPrices | None, prompt_tokens: int) -> Decimal | None:
    """Pick the tier: all tokens cost what those of the highest tier that the prompt reaches do."""
    if not isinstance(price, TieredPrices):
        return price
    reached = [tier.price for tier in price.tiers if prompt_tokens > tier.start]
    return reached[-1] if reached else price.base
