"""What a decision comes to: pass, refuse, mask, stream."""

from collections.abc import Mapping
from typing import Any

import pytest

from gateway.errors import AirlockError, CheckUnavailable, PolicyBlocked
from gateway.pipeline.obligations import (
    Masking,
    StreamMode,
    argument_schemas,
    flagged,
    masking,
    refusal,
    reply_refusal,
    stream_mode,
)
from gateway.policy.decision import Action, Decision, Reason
from gateway.principal import Principal
from gateway.pseudonyms.strategy import Strategy

ANN = Principal("k1", "acme", "support")


def decided(action: Action, *obligations: Mapping[str, Any], code: str = "") -> Decision:
    reasons = (Reason(code, action, "rule", "Because."),) if code else ()
    return Decision(action, reasons, obligations, (), "sha256:0", "embedded")


REFUSALS: dict[str, tuple[Decision, type[AirlockError] | None, str]] = {
    "allowed": (decided(Action.ALLOW), None, ""),
    "allowed with known duties": (decided(Action.ALLOW, {"type": "stream", "mode": "hold"}), None, ""),
    "blocked": (decided(Action.BLOCK, code="secret.detected"), PolicyBlocked, "secret.detected"),
    "blocked without a reason": (decided(Action.BLOCK), PolicyBlocked, "block"),
    "no engine": (decided(Action.BLOCK, code="policy.unavailable"), CheckUnavailable, "policy.unavailable"),
    "no detector": (decided(Action.BLOCK, code="detector.unavailable"), CheckUnavailable, "detector.unavailable"),
    "to be reviewed": (decided(Action.REVIEW, code="risk.high"), PolicyBlocked, "risk.high"),
    "allowed and flagged": (decided(Action.ALLOW, {"type": "flag", "labels": {"insult": 500_000}}), None, ""),
    "documents to keep": (decided(Action.ALLOW, {"type": "keep_documents"}), None, ""),
    "arguments to check": (decided(Action.ALLOW, {"type": "check_arguments", "schemas": {"a": {}}}), None, ""),
    "arguments to check by no schema": (
        decided(Action.ALLOW, {"type": "check_arguments", "schemas": {"a": {"type": "text"}}}),
        CheckUnavailable,
        "obligation.unsupported",
    ),
    "arguments to check by nothing": (
        decided(Action.ALLOW, {"type": "check_arguments"}),
        CheckUnavailable,
        "obligation.unsupported",
    ),
    "a duty that we can't do": (decided(Action.ALLOW, {"type": "notify"}), CheckUnavailable, "obligation.unsupported"),
}


@pytest.mark.parametrize(("decision", "kind", "code"), REFUSALS.values(), ids=REFUSALS)
def test_what_is_refused(decision: Decision, kind: type[AirlockError] | None, code: str) -> None:
    error = refusal(decision)
    assert (type(error) if error else None) is kind
    assert not error or error.code == code


SCOPES = {
    "request": "request:c1",
    "conversation": "use_case:support",
    "use_case": "use_case:support",
    "tenant": "tenant",
    "a word of tomorrow": "request:c1",
}


@pytest.mark.parametrize(("scope", "expected"), SCOPES.items(), ids=SCOPES)
def test_an_unknown_scope_is_the_narrowest(scope: str, expected: str) -> None:
    decision = decided(Action.ALLOW, {"type": "pseudonymise", "labels": {"PERSON": 1}, "scope": scope})
    assert masking([decision], ANN, "c1") == Masking({"PERSON": 1}, expected)


def test_a_conversation_with_a_name_is_a_scope_of_its_own() -> None:
    decision = decided(Action.ALLOW, {"type": "pseudonymise", "labels": {"PERSON": 1}, "scope": "conversation"})
    asked = [masking([decision], ANN, "c1", session) for session in ("s1", "s2")]
    assert {one.scope for one in asked if one} == {"conversation:support:s1", "conversation:support:s2"}


def test_several_duties_to_mask_are_laid_together() -> None:
    first = {"type": "pseudonymise", "labels": {"PERSON": 500, "EMAIL_ADDRESS": 100}, "scope": "tenant"}
    second = {"type": "pseudonymise", "labels": {"PERSON": 300}, "scope": "tenant"}
    together = Masking({"PERSON": 300, "EMAIL_ADDRESS": 100}, "tenant")
    assert masking([decided(Action.ALLOW, first, second)], ANN, "c1") == together
    assert masking([decided(Action.ALLOW, first), decided(Action.ALLOW, second)], ANN, "c1") == together


def test_of_two_strategies_for_a_label_the_one_that_leaves_less_counts() -> None:
    duties = [
        {"type": "pseudonymise", "labels": {"PERSON": 1}, "scope": "tenant", "strategies": {"PERSON": name}}
        for name in ("hash", "drop", "pseudonym")
    ]
    asked = masking([decided(Action.ALLOW, *duties)], ANN, "c1")
    assert asked == Masking({"PERSON": 1}, "tenant", {"PERSON": Strategy.DROP})


@pytest.mark.parametrize(
    "named", [{"PERSON": "masc"}, {"PERSON": "block"}, {"PERSON": ["hash"]}, "hash", None], ids=str
)
def test_a_strategy_that_we_do_not_have_is_refused(named: Any) -> None:
    error = refusal(decided(Action.ALLOW, {"type": "pseudonymise", "labels": {"PERSON": 1}, "strategies": named}))
    assert error
    assert error.code == "obligation.unsupported"


def test_without_a_word_on_streams_the_reply_is_held() -> None:
    assert stream_mode(decided(Action.ALLOW)) == "hold"
    assert stream_mode(decided(Action.ALLOW, {"type": "stream", "mode": "window"})) == "window"


AT_THE_SECOND_DOOR: dict[str, tuple[Decision, StreamMode, str]] = {
    "allowed": (decided(Action.ALLOW), "window", ""),
    "the mode in force": (decided(Action.ALLOW, {"type": "stream", "mode": "window"}), "window", ""),
    "a laxer mode": (decided(Action.ALLOW, {"type": "stream", "mode": "observe"}), "hold", ""),
    "a stricter mode": (decided(Action.ALLOW, {"type": "stream", "mode": "hold"}), "window", "obligation.unsupported"),
    "an unknown mode": (decided(Action.ALLOW, {"type": "stream", "mode": "x"}), "hold", "obligation.unsupported"),
    "to mask a reply": (decided(Action.ALLOW, {"type": "pseudonymise"}), "hold", "obligation.unsupported"),
    "blocked": (decided(Action.BLOCK, code="secret.detected"), "window", "secret.detected"),
}


@pytest.mark.parametrize(("decision", "mode", "code"), AT_THE_SECOND_DOOR.values(), ids=AT_THE_SECOND_DOOR)
def test_what_the_second_door_can_not_keep_is_refused(decision: Decision, mode: StreamMode, code: str) -> None:
    error = reply_refusal(decision, mode)
    assert (error.code if error else "") == code


def test_schemas_of_several_duties_are_laid_together() -> None:
    duties = [
        {"type": "check_arguments", "schemas": {name: {"type": kind}}}
        for name, kind in (("a", "object"), ("b", "array"))
    ]
    schemas = argument_schemas(decided(Action.ALLOW, *duties))
    assert {name: schema.state("[]") for name, schema in schemas.items()} == {"a": "invalid", "b": "valid"}


def test_labels_that_count_are_told_with_their_thresholds_and_are_no_reason_to_stop_a_reply() -> None:
    told = decided(Action.ALLOW, {"type": "flag", "labels": {"insult": 500_000}})
    assert flagged(told) == {"insult": 500_000}
    assert reply_refusal(told, "window") is None
    assert masking((told,), ANN, "c1") is None
