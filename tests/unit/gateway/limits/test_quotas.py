"""Which limits apply to whom, and which counters they share."""

import pytest

from gateway.limits.claim import DAY, MINUTE, Measure
from gateway.limits.quotas import Quotas, Rule
from gateway.principal import Principal

ANN = Principal("ak_1", "acme", "chat-eu")
BOB = Principal("ak_2", "acme", "chat-us")
EVE = Principal("ak_3", "rival", "chat-eu")
ONE = {(Measure.REQUESTS, MINUTE): 1}

SHARED = {  # per: who shares a counter with Ann
    "key": [ANN],
    "use_case": [ANN],
    "tenant": [ANN, BOB],
}


@pytest.mark.parametrize(("per", "sharing"), SHARED.items(), ids=SHARED)
def test_who_shares_a_counter(per: str, sharing: list[Principal]) -> None:
    quotas = Quotas([Rule("q", per, ONE)])  # type: ignore[arg-type]
    (ann,) = quotas.of(ANN)
    assert [who for who in (ANN, BOB, EVE) if quotas.of(who)[0].key == ann.key] == sharing


MATCHES = {
    "everybody": ({}, [ANN, BOB, EVE]),
    "a tenant": ({"tenant": "acme"}, [ANN, BOB]),
    "use cases": ({"use_case": "*-eu"}, [ANN, EVE]),
    "a key": ({"key_id": "ak_2"}, [BOB]),
    "all at once": ({"tenant": "acme", "use_case": "*-eu"}, [ANN]),
    "case counts": ({"tenant": "ACME"}, []),
}


@pytest.mark.parametrize(("match", "matching"), MATCHES.values(), ids=MATCHES)
def test_whom_a_rule_matches(match: dict, matching: list[Principal]) -> None:
    quotas = Quotas([Rule("q", "key", ONE, **match)])
    assert [who for who in (ANN, BOB, EVE) if quotas.of(who)] == matching


def test_every_rule_that_matches_must_hold() -> None:
    rules = [Rule("a", "key", ONE), Rule("b", "tenant", {(Measure.TOKENS, DAY): 5, (Measure.COST, DAY): 7})]
    bounds = Quotas(rules).of(ANN)
    assert [(bound.quota, bound.measure, bound.limit) for bound in bounds] == [
        ("a", "requests", 1),
        ("b", "tokens", 5),
        ("b", "cost", 7),
    ]
    assert len({bound.key for bound in bounds}) == 3


def test_names_can_not_forge_another_callers_counter() -> None:
    quotas = Quotas([Rule("q", "use_case", ONE)])
    strange = [Principal("k", "a}:q:use_case:b", "c"), Principal("k", "a", "b}:c"), Principal("k", "a:b", "c")]
    keys = [quotas.of(who)[0].key for who in [*strange, Principal("k", "a", "b:c"), Principal("k", "a", "b")]]
    assert len(set(keys)) == len(keys)
    assert all(key.count("}") == 1 for key in keys)


def test_without_rules_nobody_is_limited() -> None:
    assert Quotas([]).of(ANN) == ()
