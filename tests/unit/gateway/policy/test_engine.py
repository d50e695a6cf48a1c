"""How an engine's answer is read: strictly, and every failure is a block."""

import asyncio

import pytest

from gateway.policy.decision import Action
from gateway.policy.engine import Fault, Unavailable, answer, parse_decision, unavailable

REASON = {"code": "a.b", "action": "block", "source": "rules", "message": "Because."}
DECISION = {"action": "block", "reasons": [REASON], "obligations": [{"type": "mark"}], "shadow_reasons": []}


class Broken:
    name = "broken"
    bundle = "sha256:0"


def parse(value):
    return parse_decision(value, bundle="sha256:0", engine="test")


def test_a_whole_decision_is_read():
    decision = parse(DECISION)
    assert decision.action is Action.BLOCK
    assert decision.code == "a.b"
    assert decision.obligations == ({"type": "mark"},)
    assert (decision.bundle, decision.engine) == ("sha256:0", "test")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"action": "permit"}, id="unknown-action"),
        pytest.param({"action": None}, id="no-action"),
        pytest.param({"action": ["block"]}, id="list-of-actions"),
        pytest.param({"action": "allow"}, id="milder-than-its-reason"),
        pytest.param({"action": "review"}, id="review-despite-a-block"),
        pytest.param({"reasons": None}, id="no-reasons"),
        pytest.param({"reasons": {"a": REASON}}, id="reasons-by-name"),
        pytest.param({"reasons": ["because"]}, id="reason-is-text"),
        pytest.param({"reasons": [{**REASON, "code": ""}]}, id="empty-code"),
        pytest.param({"reasons": [{**REASON, "code": 7}]}, id="number-as-code"),
        pytest.param({"reasons": [{**REASON, "message": None}]}, id="no-message"),
        pytest.param({"reasons": [{**REASON, "more": 1}]}, id="reason-with-more"),
        pytest.param({"reasons": [{"code": "a", "action": "block"}]}, id="reason-with-less"),
        pytest.param({"obligations": ["mark"]}, id="obligation-is-text"),
        pytest.param({"obligations": [{"kind": "mark"}]}, id="obligation-without-type"),
        pytest.param({"obligations": [{"type": 1}]}, id="obligation-type-is-number"),
        pytest.param({"shadow_reasons": [{}]}, id="empty-shadow-reason"),
        pytest.param({"more": 1}, id="more-fields"),
    ],
)
def test_anything_else_is_malformed(change):
    with pytest.raises(Unavailable) as caught:
        parse({**DECISION, **change})
    assert caught.value.fault is Fault.MALFORMED


@pytest.mark.parametrize("value", [None, True, "allow", [], {}, {"action": "allow"}])
def test_a_value_that_is_no_decision_is_malformed(value):
    with pytest.raises(Unavailable):
        parse(value)


def test_the_strictest_reasons_come_first_and_the_order_of_sets_does_not_show():
    reasons = [{**REASON, "code": code, "action": action} for code, action in
               (("z", "block"), ("b", "allow"), ("a", "allow"), ("c", "review"), ("d", "block"))]  # fmt: skip
    obligations = [{"type": "b"}, {"type": "a", "n": 2}, {"type": "a", "n": 1}]
    one = parse({**DECISION, "reasons": reasons, "obligations": obligations})
    other = parse({**DECISION, "reasons": reasons[::-1], "obligations": obligations[::-1]})
    assert one == other
    assert [reason.code for reason in one.reasons] == ["d", "z", "c", "a", "b"]


@pytest.mark.parametrize("fault", list(Fault))
def test_each_fault_is_a_block_that_names_it(fault):
    decision = unavailable(fault, bundle="sha256:0", engine="test")
    assert (decision.action, decision.code) == (Action.BLOCK, "policy.unavailable")
    assert decision.reasons[0].source == fault.value
    assert decision.reasons[0].message.endswith(".")


async def test_an_unexpected_error_is_a_block_and_its_text_stays_out_of_the_log(caplog):
    async def evaluate(_):
        raise ZeroDivisionError("text of the prompt")

    decision = await answer(evaluate, b"{}", Broken())
    assert (decision.action, decision.reasons[0].source) == (Action.BLOCK, "internal")
    assert "ZeroDivisionError" in caplog.text
    assert "text of the prompt" not in caplog.text


async def test_a_cancellation_is_no_decision():
    async def evaluate(_):
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await answer(evaluate, b"{}", Broken())
