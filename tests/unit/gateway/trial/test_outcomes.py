"""What the shipped policy makes of each label, asked of its own engine."""

from dataclasses import replace

import pytest

from detectors.finding import Coverage, DetectorReport, Finding, Screening, Status
from gateway.policy.bundle import load
from gateway.policy.document import PolicyInput, RequestFacts, Stage, encode
from gateway.policy.wasm import WasmEngine
from gateway.principal import Principal
from gateway.trial.outcomes import BELOW, BLOCK, KEEP, RECORD, Outcome, outcomes
from tests.gateways import CACHE

FOUND: dict[str, tuple[int, str, Outcome]] = {
    "PERSON": (900_000, "user.text", Outcome("pseudonym", 375_000)),
    "USERNAME": (300_000, "user.text", Outcome(BELOW, 375_000)),
    "STAFF": (400_000, "user.text", Outcome("pseudonym", 400_000)),
    "DATE_TIME": (1_000_000, "user.text", Outcome(KEEP)),
    "AGE": (1_000_000, "user.text", Outcome(KEEP)),
    "SECRET_TOKEN": (400_000, "user.text", Outcome(BLOCK)),
    "SECRET_DOUBTFUL": (300_000, "user.text", Outcome(BELOW)),
    "EMAIL_ADDRESS": (900_000, "user.key", Outcome(BLOCK, 400_000)),
    "gender": (900_000, "user.text", Outcome(KEEP)),
}
PLACES = {"q0": "user.text", "q1": "user.key"}


def document(found: dict[str, tuple[int, str]]) -> bytes:
    slots = {place: slot for slot, place in PLACES.items()}
    findings = tuple(Finding("d", "1", label, slots[place], 0, 1, score) for label, (score, place) in found.items())
    facts = PolicyInput(
        stage=Stage.REQUEST,
        time_ms=0,
        subject=Principal("k", "default", "default"),
        request=RequestFacts("openai.chat", "any"),
        screening=Screening(findings, Coverage((DetectorReport("d", "1", Status.OK),))),
        places=PLACES,
    )
    return encode(facts)


async def told(facts: bytes) -> dict[str, Outcome]:
    engine = WasmEngine(load(), cache=CACHE)
    try:
        return await outcomes(engine, facts)
    finally:
        await engine.close()


async def test_each_label_is_told_for_itself_whatever_else_was_found() -> None:
    everything = await told(document({label: (score, place) for label, (score, place, _) in FOUND.items()}))
    assert everything == {label: outcome for label, (_, _, outcome) in FOUND.items()}


@pytest.mark.parametrize(("score", "becomes"), [(950_000, RECORD), (100_000, BELOW)])
async def test_a_judgement_counts_from_what_the_use_cases_profile_says(score: int, becomes: str) -> None:
    outcome = (await told(document({"toxic": (score, "user.text")})))["toxic"]
    assert outcome.becomes == becomes
    assert 100_000 < outcome.counts_from < 950_000


async def test_an_injection_in_what_a_user_says_stops_the_call_of_customers() -> None:
    assert (await told(document({"injection": (990_000, "user.text")})))["injection"].becomes == BLOCK


async def test_what_stops_the_call_anyway_is_not_laid_at_a_labels_door() -> None:
    facts = document({"PERSON": (900_000, "user.text")}).replace(b'"use_case":"default"', b'"use_case":"nobody"')
    assert (await told(facts))["PERSON"] == replace(FOUND["PERSON"][2])
