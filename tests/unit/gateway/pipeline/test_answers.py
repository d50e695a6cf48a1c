"""Policy's answers in records: written once, and never those of another decision."""

from dataclasses import replace

import orjson

from audit.canonical import Written, encode
from gateway.pipeline.answers import Answers
from gateway.policy.decision import Action, Decision, Reason

REASON = Reason("model.denied", Action.BLOCK, "airlock.models", "No.")
DECISION = Decision(Action.BLOCK, (REASON,), ({"type": "stream", "mode": "hold"},), (), "sha256:b", "embedded")


def test_an_answer_is_written_in_full() -> None:
    written = Answers().written(DECISION)

    assert isinstance(written, Written)
    assert orjson.loads(encode({"answer": written})) == {
        "answer": {
            "action": "block",
            "obligations": [{"mode": "hold", "type": "stream"}],
            "reasons": [{"action": "block", "code": "model.denied", "message": "No.", "source": "airlock.models"}],
            "shadow_reasons": [],
        }
    }


def test_the_same_decision_is_written_once_and_another_anew() -> None:
    answers = Answers()

    assert answers.written(DECISION) is answers.written(DECISION)
    assert answers.written(replace(DECISION, reasons=())) != answers.written(DECISION)


def test_thousands_of_decisions_are_told_apart() -> None:
    answers = Answers()
    for number in range(3000):  # each is gone when the next is made, so that their addresses may come again
        one = replace(DECISION, obligations=({"type": "x", "number": number},))
        written = answers.written(one)
        assert isinstance(written, Written)
        assert orjson.loads(written.text)["obligations"][0]["number"] == number


def test_what_can_not_be_said_exactly_is_left_to_the_record_to_refuse() -> None:
    inexact = replace(DECISION, obligations=({"type": "x", "share": 0.5},))

    assert Answers().written(inexact) == {
        "action": "block",
        "reasons": [{"code": "model.denied", "action": "block", "source": "airlock.models", "message": "No."}],
        "obligations": [{"type": "x", "share": 0.5}],
        "shadow_reasons": [],
    }
