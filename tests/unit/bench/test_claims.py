import pytest

from tests.bench.claims import CLAIMS, LEVEL, Claim, judge
from tests.bench.load import Sample
from tests.bench.rounds import Row, Turn, summarise


def rows(airlock: float, peer: str, rate: float, clients: int, prompt: str = "plain") -> list[Row]:
    rates = {"airlock": airlock, peer: rate}
    return summarise((Turn(name, prompt, clients), Sample(1, value, 1, 1, 0)) for name, value in rates.items())


@pytest.mark.parametrize(
    ("airlock", "held"),
    [(799.0, False), (800.0, True), (1_200.0, True)],
    ids=["just under", "exactly", "well over"],
)
def test_a_claim_holds_from_its_factor_on(airlock: float, held: bool):
    (verdict,) = judge(rows(airlock, "litellm", 100, 32), [Claim("litellm", 32, 8.0)])
    assert (verdict.held, verdict.measured) == (held, airlock / 100)


def test_a_claim_whose_peer_did_not_run_has_no_verdict():
    assert judge(rows(800, "forwarder", 100, 32)) == []


def test_claims_are_about_the_plain_prompt():
    assert judge(rows(800, "litellm", 100, 32, prompt="stream")) == []


def test_the_promises_are_eight_times_litellm_and_level_with_portkey():
    promised = {(claim.peer, claim.clients): claim.factor for claim in CLAIMS}
    assert promised == {("litellm", 1): 8.0, ("litellm", 32): 8.0, ("portkey", 32): LEVEL}
