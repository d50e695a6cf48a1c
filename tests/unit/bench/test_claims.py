import pytest

from tests.bench.claims import CLAIMS, LEVEL, Claim, judge
from tests.bench.load import Sample
from tests.bench.options import ENCODED, SERVERS
from tests.bench.prompts import PROMPTS
from tests.bench.rounds import Row, Turn, summarise


def rows(own: float, peer: str, rate: float, clients: int, prompt: str = "plain", server: str = "airlock") -> list[Row]:
    rates = {server: own, peer: rate}
    return summarise((Turn(name, prompt, clients), Sample(1, value, 1, 1, 0)) for name, value in rates.items())


@pytest.mark.parametrize(
    ("airlock", "held"),
    [(799.0, False), (800.0, True), (1_200.0, True)],
    ids=["just under", "exactly", "well over"],
)
def test_a_claim_holds_from_its_factor_on(airlock: float, held: bool):
    (verdict,) = judge(rows(airlock, "litellm", 100, 32), [Claim("airlock", "plain", "litellm", 32, 8.0)])
    assert (verdict.held, verdict.measured) == (held, airlock / 100)


def test_a_claim_whose_peer_did_not_run_has_no_verdict():
    assert judge(rows(800, "forwarder", 100, 32)) == []


@pytest.mark.parametrize(
    ("server", "prompt", "factors"),
    [
        ("airlock", "plain", [8.0]),
        ("airlock", "fresh", []),
        ("airlock", "stream", []),
        (ENCODED, "plain", []),
        (ENCODED, "fresh", [4.0]),
    ],
)
def test_a_claim_is_about_one_server_and_one_prompt(server: str, prompt: str, factors: list[float]):
    verdicts = judge(rows(800, "litellm", 100, 32, prompt, server))
    assert [verdict.claim.factor for verdict in verdicts] == factors


def test_the_promises_are_eight_and_with_the_encoder_four_times_litellm_and_level_with_portkey():
    promised = {(claim.server, claim.peer, claim.clients): claim.factor for claim in CLAIMS}
    assert promised == {
        ("airlock", "litellm", 1): 8.0,
        ("airlock", "litellm", 32): 8.0,
        ("airlock", "portkey", 32): LEVEL,
        (ENCODED, "litellm", 1): 4.0,
        (ENCODED, "litellm", 32): 4.0,
    }


def test_what_a_claim_names_is_there_to_run():
    assert {claim.peer for claim in CLAIMS} <= set(SERVERS)
    assert {claim.prompt for claim in CLAIMS} <= set(PROMPTS)
