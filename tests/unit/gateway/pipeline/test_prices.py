"""What tokens cost: equal to the list's own arithmetic, own prices first, and never by asking anybody."""

import socket
from decimal import ROUND_CEILING, Decimal

import pytest
from genai_prices import Usage as ListedUsage
from genai_prices import data_snapshot, update_prices
from genai_prices.data_snapshot import get_snapshot

from gateway.dialects.message import Usage
from gateway.dialects.openai.api import OPENAI
from gateway.pipeline.prices import LISTED, OWN, OwnPrice, Prices, Rates, _listed_rates
from gateway.upstream.target import Candidate, Target


def candidate(
    model: str, provider: str = "openai", base_url: str = "https://host/v1", hosting: str = "cloud", name: str = "up"
) -> Candidate:
    return Candidate(Target(name, OPENAI, base_url, provider, "unknown", hosting, ("*",), {}), model)


USAGE = Usage(1000, 500, 1500)
CACHED = Usage(1000, 500, 1500, cache_read=400, cache_write=100)

COSTS = {  # who was asked, who answered, usage: millionths of a dollar, None if nobody knows
    "plain": (candidate("gpt-4o-mini"), None, USAGE, 450),
    "cached input is cheaper": (candidate("gpt-4o-mini"), None, Usage(1000, 500, 1500, cache_read=400), 420),
    "the model that answered": (candidate("fast"), "gpt-4o-mini-2024-07-18", USAGE, 450),
    "an answer of a name nobody knows": (candidate("gpt-4o-mini"), "mystery", USAGE, 450),
    "a model nobody knows": (candidate("mystery"), None, USAGE, None),
    "a provider by its address": (candidate("gpt-4o-mini", "unknown", "https://api.openai.com/v1"), None, USAGE, 450),
    "a provider nobody knows": (candidate("gpt-4o-mini", "unknown"), None, USAGE, None),
    "a vendor's model at home": (candidate("gpt-4o-mini", hosting="self"), None, USAGE, None),
    "another vendor, written to the cache": (candidate("claude-haiku-4-5", "anthropic"), None, CACHED, 3165),
    "rounded up": (candidate("gpt-4o-mini"), None, Usage(1, 0, 1), 1),
    "nothing": (candidate("gpt-4o-mini"), None, Usage(), 0),
}


@pytest.mark.parametrize(("asked_of", "served", "usage", "micros"), COSTS.values(), ids=COSTS)
def test_what_a_call_costs(asked_of: Candidate, served: str | None, usage: Usage, micros: int | None) -> None:
    cost = Prices().cost(asked_of, served, usage)
    assert cost == (None if micros is None else (micros, LISTED))


@pytest.mark.parametrize("counts", [(1000, 500, 0, 0), (300_000, 500, 1000, 0), (90_000, 0, 40_000, 30_000)])
def test_it_is_what_the_list_computes_for_every_model_it_knows(counts: tuple[int, int, int, int]) -> None:
    asked, answered, read, written = counts
    usage = Usage(asked, answered, asked + answered, read, written)
    listed = ListedUsage(input_tokens=asked, output_tokens=answered, cache_read_tokens=read, cache_write_tokens=written)
    compared = 0
    for provider in get_snapshot().providers:
        for model in provider.models:
            ours = _listed_rates(model, asked).micros(usage)
            if ours is None:
                continue
            compared += 1
            theirs = model.calc_price(listed, provider).total_price * 1_000_000
            assert ours == int(theirs.to_integral_value(ROUND_CEILING)), f"{provider.id}/{model.id}"
    assert compared > 1000


def test_own_prices_come_first_and_only_where_they_apply() -> None:
    own = OwnPrice(("llama*", "gpt-4o-mini"), ("home",), Rates(Decimal(1), Decimal("2.5"), cache_read=Decimal(0)))
    prices = Prices([own])
    assert prices.cost(candidate("llama3", name="home", hosting="self"), None, USAGE) == (2250, OWN)
    assert prices.cost(candidate("gpt-4o-mini", name="home"), None, CACHED) == (1850, OWN)
    assert prices.cost(candidate("alias", name="home"), "llama3", USAGE) == (2250, OWN)
    assert prices.cost(candidate("gpt-4o-mini", name="away"), None, USAGE) == (450, LISTED)
    assert prices.cost(candidate("llama3", name="away"), None, USAGE) is None


def test_the_list_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the list of prices must not be fetched")

    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.setattr(update_prices.UpdatePrices, "start", never)
    assert Prices().cost(candidate("gpt-4o"), None, USAGE) is not None
    assert data_snapshot._custom_snapshot is None
    assert not get_snapshot().from_auto_update


def test_a_price_changes_what_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    prices = Prices()
    prices.cost(candidate("gpt-4o"), None, USAGE)
    monkeypatch.setattr("gateway.pipeline.prices.get_snapshot", None)  # not asked again
    assert prices.cost(candidate("gpt-4o"), None, USAGE) is not None
