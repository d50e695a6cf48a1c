"""An app with the unmodified OpenAI SDK: what it gets through the gateway is what the model would have said to it."""

from typing import Any

import openai
import pytest

from gateway.demo import canned_chat as model
from gateway.demo.canned import CannedModel
from gateway.demo.wording import MODEL
from tests.gateways import Gateway

pytestmark = pytest.mark.integration

PERSONAL = "Write to ann.lee@example.com, IBAN DE89 3704 0044 0532 0130 00, phone +44 20 7946 0958."
VALUES = ("ann.lee@example.com", "DE89 3704 0044 0532 0130 00", "+44 20 7946 0958")
TOOL = {
    "type": "function",
    "function": {
        "name": "send_mail",
        "description": "Send an e-mail to ann.lee@example.com.",
        "parameters": {"type": "object", "properties": {"to": {"type": "string"}, "text": {"type": "string"}}},
    },
}


def ask(text: str, **more: Any) -> dict[str, Any]:
    return {"model": MODEL, "messages": [{"role": "user", "content": text}], **more}


CALLS = {
    "plain": ask(PERSONAL),
    "clean": ask("Name three primary colours."),
    "no text at all": ask(""),
    "quotes, newlines and other scripts": ask('She said "mail ann.lee@example.com"\n\tand left. Grüße, 你好 🦀'),
    "escapes of a log": ask(r'log: {"to": "ann.lee\u0040example.com", "n": "Mail\nann.lee@example.com\nnow"} :end'),
    "what is encoded": ask("<mailto:ann.lee%40example.com> or <p>ann.lee&#64;example.com</p>"),
    "several choices": ask(PERSONAL, n=3),
    "tool call": ask('Mail "ann.lee@example.com"\nnow', tools=[TOOL]),
    "tool calls in several choices": ask(PERSONAL, tools=[TOOL], n=2),
    "content parts": {
        "model": MODEL,
        "messages": [
            {
                "role": "user",
                "content": [{"type": "text", "text": "From ann.lee@example.com:"}, {"type": "text", "text": PERSONAL}],
            }
        ],
    },
    "a history with tool results": {
        "model": MODEL,
        "tools": [TOOL],
        "messages": [
            {"role": "system", "content": "You help ann.lee@example.com."},
            {"role": "user", "content": PERSONAL},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {
                        "id": "call_1",
                        "type": "function",
                        "function": {"name": "send_mail", "arguments": '{"to": "ann.lee\\u0040example.com"}'},
                    }
                ],
            },
            {"role": "tool", "tool_call_id": "call_1", "content": '{"sent": "ann.lee@example.com"}'},
        ],
    },
}


@pytest.mark.parametrize("body", CALLS.values(), ids=CALLS)
class TestTheReplyIsTheModelsOwn:
    def test_plain(self, gateway: Gateway, canned: CannedModel, body: dict[str, Any]) -> None:
        got = gateway.sdk().chat.completions.create(**body)
        expected = model.completion(body)
        assert [c.message.content for c in got.choices] == [c["message"]["content"] for c in expected["choices"]]
        assert [tool_calls(c.message) for c in got.choices] == [
            expected_calls(c["message"]) for c in expected["choices"]
        ]
        assert [c.finish_reason for c in got.choices] == [c["finish_reason"] for c in expected["choices"]]
        assert_masked(canned)

    def test_streamed(self, gateway: Gateway, canned: CannedModel, body: dict[str, Any]) -> None:
        with gateway.sdk().chat.completions.stream(**body) as stream:
            got = stream.until_done().get_final_completion()
        expected = model.completion(body)
        assert [c.message.content or "" for c in got.choices] == [
            c["message"]["content"] or "" for c in expected["choices"]
        ]
        assert [tool_calls(c.message) for c in got.choices] == [
            expected_calls(c["message"]) for c in expected["choices"]
        ]
        assert [c.finish_reason for c in got.choices] == [c["finish_reason"] for c in expected["choices"]]
        assert_masked(canned)


def tool_calls(message: Any) -> list[tuple[str, str, str]]:
    return [(c.id, c.function.name, c.function.arguments) for c in message.tool_calls or ()]


def expected_calls(message: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(c["id"], c["function"]["name"], c["function"]["arguments"]) for c in message.get("tool_calls", ())]


def assert_masked(canned: CannedModel) -> None:
    seen = str(canned.seen[-1])
    assert not [value for value in VALUES if value in seen]
    assert "ann.lee" not in seen


def test_the_same_person_has_the_same_pseudonym_in_every_turn(gateway: Gateway, canned: CannedModel) -> None:
    sdk = gateway.sdk()
    seen = []
    for text in ("I am ann.lee@example.com", "ann.lee@example.com again"):
        sdk.chat.completions.create(**ask(text))
        seen.append(next(w for w in canned.seen[-1]["messages"][-1]["content"].split() if w.startswith("<")))
    assert seen[0] == seen[1]


def test_fields_that_the_gateway_never_heard_of_reach_the_model(gateway: Gateway, canned: CannedModel) -> None:
    gateway.sdk().chat.completions.create(**ask("hello"), extra_body={"top_k": 40, "future": {"depth": [1, None, "x"]}})
    assert canned.seen[-1]["top_k"] == 40
    assert canned.seen[-1]["future"] == {"depth": [1, None, "x"]}


def test_the_stream_has_a_usage_event_only_if_the_app_asked_for_it(gateway: Gateway, canned: CannedModel) -> None:
    sdk = gateway.sdk()
    silent = list(sdk.chat.completions.create(**ask("hello", stream=True)))
    asked = list(sdk.chat.completions.create(**ask("hello", stream=True, stream_options={"include_usage": True})))
    assert all(chunk.choices for chunk in silent)
    assert asked[-1].usage is not None
    assert asked[-1].usage.total_tokens > 0
    assert canned.seen[-2]["stream_options"]["include_usage"] is True


def test_models_are_listed(gateway: Gateway) -> None:
    assert [m.id for m in gateway.sdk().models.list()] == [MODEL]


def test_the_reply_says_what_was_decided_and_where_the_proof_is(gateway: Gateway) -> None:
    raw = gateway.sdk().chat.completions.with_raw_response.create(**ask(PERSONAL))
    assert raw.headers["x-airlock-decision"] == "allow"
    assert raw.headers["x-airlock-reason"] == "personal.detected"
    assert len(raw.headers["x-airlock-receipt"]) == 36


BLOCKED = {
    "a secret": ("default", "Is AKIAQYLPMN5HHHFPZAM2 still active?", "secret.detected"),
    "a card number where the use case forbids it": ("payments", "Charge 4111 1111 1111 1111", "card.detected"),
    "an unknown use case": ("nobody", "hello", "subject.unknown_use_case"),
}


@pytest.mark.parametrize(("use_case", "text", "code"), BLOCKED.values(), ids=BLOCKED)
@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_a_blocked_call_is_the_sdks_own_error_and_never_leaves(
    gateway: Gateway, canned: CannedModel, use_case: str, text: str, code: str, stream: bool
) -> None:
    before = list(canned.seen)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        gateway.sdk(use_case).chat.completions.create(**ask(text, stream=stream))
    assert caught.value.code == code
    assert caught.value.response.headers["x-airlock-decision"] == "block"
    assert caught.value.response.headers["x-airlock-receipt"]
    assert text not in caught.value.response.text
    assert canned.seen == before
