"""Which upstreams can serve a model, and in which order they are asked."""

from collections import Counter
from random import Random

import pytest

from gateway.dialects.api import Api
from gateway.dialects.openai.api import OPENAI
from gateway.errors import UnknownModel
from gateway.upstream.router import Alias, Router, Weighted
from gateway.upstream.target import Candidate, Target

OTHER = Api("other", "x-key", "", {}, frozenset(), OPENAI.error_body)


def target(name: str, *models: str, api: Api | None = OPENAI, has_list: bool = True) -> Target:
    headers = {"authorization": "Bearer sk-secret"}
    return Target(
        name, api, "https://x", "p", "r", "cloud", models, headers, options={"key": "sk-secret"}, has_list=has_list
    )


ROUTER = Router([target("exact", "gpt-4o"), target("patterns", "gpt-*", "o[13]*"), target("rest", "org/*")])
ROUTES = {
    "gpt-4o": "exact",
    "gpt-4o-mini": "patterns",
    "o3-mini": "patterns",
    "org/model:7b": "rest",
    "org/gemini@20250101": "rest",
}
NOBODYS = ["GPT-4o", "claude", "", "org/with space", "org/ann@example.com", "org/" + "x" * 300, "org/line\nbreak"]


@pytest.mark.parametrize(("model", "name"), ROUTES.items(), ids=ROUTES)
def test_the_first_match_in_order_serves(model: str, name: str) -> None:
    (candidate,) = ROUTER.route(model, OPENAI)
    assert (candidate.target.name, candidate.model) == (name, model)


@pytest.mark.parametrize("model", NOBODYS)
def test_what_nobody_serves_or_is_no_name_is_refused_without_repeating_it(model: str) -> None:
    with pytest.raises(UnknownModel) as caught:
        ROUTER.route(model, OPENAI)
    assert not model or model not in caught.value.message


def test_a_targets_credentials_are_not_in_its_repr() -> None:
    assert "sk-secret" not in repr(target("a", "*"))
    assert "sk-secret" not in repr(Router([target("a", "*")]).route("m", OPENAI))


EAST, WEST, OWN = target("east"), target("west"), target("own", "*")
FAST = Alias((Weighted(Candidate(EAST, "m-east"), 3), Weighted(Candidate(WEST, "m-west"), 1)), (Candidate(OWN, "m"),))


def names(router: Router, model: str = "fast") -> list[str]:
    return [candidate.model for candidate in router.route(model, OPENAI)]


def test_an_alias_leads_to_all_its_candidates_and_then_to_its_fallbacks() -> None:
    low, high = [0.0, 0.9], [0.9, 0.0]
    assert names(Router([EAST, WEST, OWN], {"fast": FAST}, iter(high).__next__)) == ["m-east", "m-west", "m"]
    assert names(Router([EAST, WEST, OWN], {"fast": FAST}, iter(low).__next__)) == ["m-west", "m-east", "m"]


def test_candidates_come_first_as_often_as_their_weights_say() -> None:
    router = Router([EAST, WEST, OWN], {"fast": FAST}, Random(7).random)
    first = Counter(names(router)[0] for _ in range(4_000))
    assert 2_880 < first["m-east"] < 3_120
    assert first["m-east"] + first["m-west"] == 4_000


def test_an_alias_goes_before_the_patterns_of_an_upstream() -> None:
    router = Router([OWN], {"gpt": Alias((Weighted(Candidate(OWN, "gpt-4o")),))})
    assert (names(router, "gpt"), names(router, "gpt-4o")) == (["gpt-4o"], ["gpt-4o"])


def test_only_candidates_that_speak_the_callers_api_count() -> None:
    deaf, any_api = target("deaf", api=OTHER), target("any", api=None)
    alias = Alias((Weighted(Candidate(deaf, "deaf")), Weighted(Candidate(EAST, "m"))), (Candidate(any_api, "any"),))
    router = Router([deaf, EAST, any_api], {"mixed": alias, "deaf": Alias((Weighted(Candidate(deaf, "deaf")),))})
    assert names(router, "mixed") == ["m", "any"]
    with pytest.raises(UnknownModel):
        router.route("deaf", OPENAI)


def test_a_model_that_is_served_in_another_api_is_refused_for_this_one() -> None:
    with pytest.raises(UnknownModel, match="that speaks this API"):
        Router([target("other", "m", api=OTHER)]).route("m", OPENAI)


def test_aliases_and_models_that_no_upstream_lists_are_offered() -> None:
    unlisted = target("library", "gpt-4o", "bedrock/*", "fast", has_list=False)
    router = Router([OWN, unlisted], {"fast": FAST})
    assert router.offered(OPENAI) == ["fast", "gpt-4o"]
    assert router.offered(OTHER) == []


def test_who_holds_the_state_of_a_call_is_the_only_one_to_ask() -> None:
    both = Router([target("one", "m"), target("two", "m")])
    assert [candidate.target.name for candidate in both.route("m", OPENAI, "two")] == ["two"]
    weighted = tuple(Weighted(Candidate(one, "m")) for one in both.targets)
    aliased = Router(both.targets, {"fast": Alias(weighted)}, Random(1).random)
    assert [candidate.target.name for candidate in aliased.route("fast", OPENAI, "two")] == ["two"]
    with pytest.raises(UnknownModel):
        both.route("m", OPENAI, "gone")
