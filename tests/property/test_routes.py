"""A route of an alias, whatever the weights and the draw: everybody once, fallbacks last and in order."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.dialects.openai.api import OPENAI
from gateway.upstream.router import Alias, Router, Weighted
from gateway.upstream.target import Candidate, Target

TARGET = Target("t", OPENAI, "https://x", "p", "r", "cloud", (), {})
WEIGHTS = st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=8)
CHANCE = st.floats(0, 1, exclude_max=True)


@given(WEIGHTS, st.integers(0, 5), st.data())
def test_everybody_has_a_turn_and_fallbacks_come_last(
    weights: list[float], fallbacks: int, data: st.DataObject
) -> None:
    names = [f"c{number}" for number in range(len(weights))]
    last = [f"f{number}" for number in range(fallbacks)]
    alias = Alias(
        tuple(Weighted(Candidate(TARGET, name), weight) for name, weight in zip(names, weights, strict=True)),
        tuple(Candidate(TARGET, name) for name in last),
    )
    router = Router([TARGET], {"alias": alias}, lambda: data.draw(CHANCE))
    route = [candidate.model for candidate in router.route("alias", OPENAI)]
    assert sorted(route[: len(names)]) == names
    assert route[len(names) :] == last
