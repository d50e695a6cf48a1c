"""An app with the unmodified Anthropic SDK: what it gets through the gateway is what the model would have said."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import anthropic
import pytest
from anthropic.types import Message

from audit.reading import show_record
from tests.gateways import Gateway, running
from tests.message_streams import MESSAGE, START, STOP, begin, call, delta, end, finish, give, say, think, told
from tests.scripted import PATIENCE_S, STREAM_HEAD, Script, Scripted, response, scripted

pytestmark = pytest.mark.integration

MODEL = "claude-example-1"
ADDRESS = "ann.lee@example.com"
SECRET = "AKIAQYLPMN5HHHFPZAM2"
SEAL = "EqoBCkgIARABGAIiQL2UoU0b1OHYi+yCHpBY7U6FQW8/FcoLewocJQPa2HnmLM+NECy50y44F/kD4SULFXi57buI9fAvyBwtyjlOiO0SDE3="
HIDDEN = "EmwKAhgBEgy3va3pzix/LafPsn4aDFIT2Xlxh0L5L8rLVyIwxtE3rAFBa8cr3qpPkNRj2YfWXGmKDxH4mPnZ5sQ7vB9URj2pLmN3kF8="
TOKEN = re.compile(r"<EMAIL_ADDRESS_[a-z0-9]+>")
TOOL: dict[str, Any] = {
    "name": "send_mail",
    "description": f"Send a mail for {ADDRESS}.",
    "input_schema": {"type": "object", "properties": {"to": {"type": "string"}, "text": {"type": "string"}}},
}


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    known = {"name": "claude", "api": "anthropic", "base_url": upstream.base_url, "retries": {"attempts": 1}}
    with running(tmp_path_factory.mktemp("anthropic"), upstream.base_url, upstreams=[known]) as started:
        yield started


@pytest.fixture(scope="module")
def sdk(gateway: Gateway) -> Iterator[anthropic.Anthropic]:
    with anthropic.Anthropic(base_url=gateway.base_url, api_key=gateway.key(), timeout=20, max_retries=0) as client:
        yield client


def ask(*turns: Any, **more: Any) -> dict[str, Any]:
    """Give a request; turns are the user's and the model's, one after the other."""
    messages = [
        {"role": "assistant" if number % 2 else "user", "content": content} for number, content in enumerate(turns)
    ]
    return {"model": MODEL, "max_tokens": 1024, "messages": messages, **more}


def whole(*content: dict[str, Any], reason: str = "end_turn", **more: Any) -> bytes:
    """Write a whole reply."""
    usage = {"input_tokens": 3, "cache_read_input_tokens": 20, "cache_creation_input_tokens": 2, "output_tokens": 15}
    return response({**MESSAGE, "content": content, "stop_reason": reason, "usage": usage, **more})


def text(value: str) -> dict[str, str]:
    return {"type": "text", "text": value}


def streamed(*events: bytes, reason: str = "end_turn") -> Script:
    """Write a stream, from its head to its end."""
    return [STREAM_HEAD, START, *events, finish(reason), STOP]


def in_pieces(value: str, size: int = 5) -> Sequence[str]:
    return [value[at : at + size] for at in range(0, len(value), size)]


def seen(upstream: Scripted, back: int = 1) -> Any:
    return json.loads(upstream.bodies[-back])


def last_words(body: bytes) -> str:
    return str(json.loads(body)["messages"][-1]["content"])


class TestTheReplyIsTheModelsOwn:
    WORDS = f'Mail "{ADDRESS}"\nfrom +44 20 7946 0958, größer, 你好 🦀'

    def test_plain(self, sdk: anthropic.Anthropic, upstream: Scripted) -> None:
        upstream.answer(lambda body: [whole(text(last_words(body)))])
        got = sdk.messages.create(**ask(self.WORDS, system=f"You help {ADDRESS}."))
        assert got.content[0].text == self.WORDS
        assert (got.stop_reason, got.usage.output_tokens) == ("end_turn", 15)
        assert ADDRESS not in str(seen(upstream))
        assert TOKEN.search(seen(upstream)["system"])
        assert upstream.headers[-1]["anthropic-version"] == sdk.default_headers["anthropic-version"]
        assert not {"x-api-key", "authorization"} & set(upstream.headers[-1])

    def test_streamed(self, sdk: anthropic.Anthropic, upstream: Scripted) -> None:
        upstream.answer(
            lambda body: streamed(begin(text=""), told("ping"), *map(say, in_pieces(last_words(body))), end())
        )
        with sdk.messages.stream(**ask(self.WORDS)) as stream:
            said = "".join(stream.text_stream)
            final = stream.get_final_message()
        assert said == final.content[0].text == self.WORDS
        assert (final.id, final.stop_reason, final.usage.output_tokens) == ("msg_1", "end_turn", 15)
        assert ADDRESS not in str(seen(upstream))

    def test_with_features(self, sdk: anthropic.Anthropic, upstream: Scripted) -> None:
        upstream.play(whole(text("ok"), container=None, future={"depth": [1, None]}))
        body = ask("hello", extra_body={"future": [1]}, extra_query={"beta": "true"})
        got = sdk.beta.messages.create(**body, betas=["mcp-client-2025-11-20"])
        assert got.to_dict()["future"] == {"depth": [1, None]}
        assert seen(upstream)["future"] == [1]
        assert upstream.paths[-1] == "/v1/messages?beta=true"
        assert upstream.headers[-1]["anthropic-beta"] == "mcp-client-2025-11-20"

    async def test_with_the_asynchronous_client(self, gateway: Gateway, upstream: Scripted) -> None:
        upstream.answer(lambda body: streamed(begin(text=""), *map(say, in_pieces(last_words(body))), end()))
        async with (
            anthropic.AsyncAnthropic(base_url=gateway.base_url, api_key=gateway.key(), max_retries=0) as client,
            client.messages.stream(**ask(self.WORDS)) as stream,
        ):
            assert await stream.get_final_text() == self.WORDS


def calls_tool(body: bytes) -> Script:
    token = TOKEN.findall(body.decode())[-1]
    arguments = json.dumps({"to": token, "text": f'To "{token}"'})
    words = [begin(text=""), say("I mail "), say(token[:7]), say(token[7:]), end()]
    called = [call(1, "send_mail"), *(give(piece, 1) for piece in in_pieces(arguments)), end(1)]
    return streamed(*words, *called, reason="tool_use")


def test_a_tool_is_called_with_real_values_and_its_result_is_masked(
    sdk: anthropic.Anthropic, upstream: Scripted
) -> None:
    upstream.answer(calls_tool)
    with sdk.messages.stream(**ask(f"Mail {ADDRESS}", tools=[TOOL])) as stream:
        first = stream.get_final_message()
    assert first.stop_reason == "tool_use"
    assert first.content[1].input == {"to": ADDRESS, "text": f'To "{ADDRESS}"'}

    upstream.answer(lambda body: [whole(text(f"Sent to {TOKEN.findall(body.decode())[-1]}."))])
    result = {"type": "tool_result", "tool_use_id": first.content[1].id, "content": json.dumps({"sent": ADDRESS})}
    second = sdk.messages.create(**ask(f"Mail {ADDRESS}", first.content, [result], tools=[TOOL]))

    assert second.content[0].text == f"Sent to {ADDRESS}."
    history = seen(upstream)
    token = TOKEN.search(str(history))[0]
    assert ADDRESS not in str(history)
    assert history["messages"][1]["content"][1]["input"] == {"to": token, "text": f'To "{token}"'}
    assert json.loads(history["messages"][2]["content"][0]["content"]) == {"sent": token}
    assert history["messages"][0] == seen(upstream, back=2)["messages"][0]


def thinks(body: bytes) -> Script:
    token = TOKEN.search(body.decode())[0]
    thought = map(think, in_pieces(f"They mean {token}, I think."))
    sealed = [delta(0, "signature_delta", signature=SEAL), end(), begin(1, "redacted_thinking", data=HIDDEN), end(1)]
    words = [begin(2, text=""), *(say(piece, 2) for piece in in_pieces(f"Hello {token}")), end(2)]
    return streamed(begin(kind="thinking", thinking="", signature=""), *thought, *sealed, *words)


def test_thinking_comes_back_to_the_model_byte_for_byte(sdk: anthropic.Anthropic, upstream: Scripted) -> None:
    thinking = {"type": "enabled", "budget_tokens": 1024}
    upstream.answer(thinks)
    with sdk.messages.stream(**ask(f"I am {ADDRESS}", thinking=thinking)) as stream:
        first = stream.get_final_message()
    token = TOKEN.search(str(seen(upstream)))[0]
    assert first.content[2].text == f"Hello {ADDRESS}"
    assert (first.content[0].thinking, first.content[0].signature) == (f"They mean {token}, I think.", SEAL)

    upstream.answer(lambda body: [whole(*json.loads(body)["messages"][1]["content"])])
    second = sdk.messages.create(**ask(f"I am {ADDRESS}", first.content, "Again.", thinking=thinking))
    replayed = seen(upstream)["messages"]
    assert replayed[0] == seen(upstream, back=2)["messages"][0]
    assert replayed[1]["content"] == [
        {"type": "thinking", "thinking": f"They mean {token}, I think.", "signature": SEAL},
        {"type": "redacted_thinking", "data": HIDDEN},
        {"type": "text", "text": f"Hello {token}"},
    ]
    assert [block.to_dict() for block in second.content] == [block.to_dict() for block in first.content]


def test_what_a_model_made_up_in_thinking_is_on_record_and_not_rewritten(
    gateway: Gateway, sdk: anthropic.Anthropic, upstream: Scripted
) -> None:
    thought = {"type": "thinking", "thinking": "Perhaps bob.ray@example.org?", "signature": SEAL}
    upstream.play(whole(text("ok")))
    raw = sdk.messages.with_raw_response.create(**ask("Who?", [thought, text("bob.ray@example.org?")], "Yes."))
    opened = show_record(gateway.settings.store.url, raw.headers["x-airlock-receipt"])[0].body
    detections = json.loads(opened["policy"]["input"])["detections"]
    places = {place for one in detections if one["label"] == "EMAIL_ADDRESS" for place in one["slots"]}
    assert places == {"assistant.sealed", "assistant.text"}
    assert opened["pseudonyms"] == {"EMAIL_ADDRESS": 1}
    assert seen(upstream)["messages"][1]["content"][0] == thought


def test_what_would_be_sent_is_counted(sdk: anthropic.Anthropic, upstream: Scripted) -> None:
    upstream.answer(lambda body: [response({"input_tokens": len(last_words(body))})])
    counted = sdk.messages.count_tokens(model=MODEL, messages=ask(f"I am {ADDRESS}")["messages"], tools=[TOOL])
    token = TOKEN.fullmatch(last_words(upstream.bodies[-1]).removeprefix("I am "))[0]
    assert counted.input_tokens == len(f"I am {token}")
    assert (upstream.paths[-1], ADDRESS in str(seen(upstream))) == ("/v1/messages/count_tokens", False)


BLOCKED: dict[str, tuple[Any, str]] = {
    "a secret": ([text(f"Is {SECRET} active?")], "secret.detected"),
    "a secret in thinking": (
        [{"type": "thinking", "thinking": f"Use {SECRET}.", "signature": SEAL}],
        "secret.detected",
    ),
    "a secret for a signature": (
        [{"type": "thinking", "thinking": "Hm.", "signature": SECRET}],
        "secret.detected",
    ),
    "a secret in a tool's input": (
        [{"type": "tool_use", "id": "t", "name": "f", "input": {"key": SECRET}}],
        "secret.detected",
    ),
    "a picture": (
        [{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}}],
        "coverage.unscanned",
    ),
    "an unknown block": ([{"type": "hologram", "words": "hi"}], "coverage.unscanned"),
    "personal data in a key": (
        [{"type": "tool_use", "id": "t", "name": "f", "input": {ADDRESS: 1}}],
        "pseudonyms.unmaskable",
    ),
}


WAYS: dict[str, Callable[[anthropic.Anthropic, Any], Any]] = {
    "create": lambda sdk, body: sdk.messages.create(**body),
    "stream": lambda sdk, body: sdk.messages.create(**body, stream=True),
    "count_tokens": lambda sdk, body: sdk.messages.count_tokens(model=MODEL, messages=body["messages"]),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(("content", "code"), BLOCKED.values(), ids=BLOCKED)
def test_a_blocked_prompt_is_the_sdks_own_error(
    sdk: anthropic.Anthropic,
    upstream: Scripted,
    content: Any,
    code: str,
    way: Callable[[anthropic.Anthropic, Any], Any],
) -> None:
    before = len(upstream.bodies)
    with pytest.raises(anthropic.PermissionDeniedError) as caught:
        way(sdk, ask("hi", content, "and?"))
    assert (caught.value.type, caught.value.error_code) == ("permission_error", code)
    assert SECRET not in str(caught.value)
    assert len(upstream.bodies) == before


def test_a_blocked_reply_is_the_sdks_own_error(sdk: anthropic.Anthropic, upstream: Scripted) -> None:
    upstream.play(whole(text(f"Use {SECRET}")))
    with pytest.raises(anthropic.PermissionDeniedError) as caught:
        sdk.messages.create(**ask("hello"))
    assert (caught.value.error_code, SECRET in str(caught.value.body)) == ("secret.detected", False)


STOPPED: dict[str, list[bytes]] = {
    "in text": [say(f" Use {SECRET} now. "), *(say("More words. ") for _ in range(30)), end()],
    "in thinking": [end(), begin(1, "thinking", thinking=""), think(f"Use {SECRET} now. ", 1), end(1)],
    "in a tool call": [end(), call(1), give(json.dumps({"to": SECRET}), 1), end(1)],
    "in a citation": [delta(0, "citations_delta", citation={"type": "char_location", "cited_text": SECRET}), end()],
}


@pytest.mark.parametrize("events", STOPPED.values(), ids=STOPPED)
def test_a_reply_that_is_blocked_in_the_middle_ends_as_a_refusal(
    sdk: anthropic.Anthropic, upstream: Scripted, events: list[bytes]
) -> None:
    opening = "".join(f"word{number} " for number in range(60))
    upstream.play(
        STREAM_HEAD, START, begin(text=""), *map(say, in_pieces(opening)), upstream.heard, *events, finish(), STOP
    )
    with sdk.messages.stream(**ask("hello")) as stream:
        list(upstream.hears(stream, 10))
        final = stream.get_final_message()
    assert (final.stop_reason, final.stop_details.type) == ("refusal", "refusal")
    assert final.stop_details.explanation == "A secret was found (SECRET_AWS_ACCESS_KEY_ID)."
    assert final.stop_details.error_code == "secret.detected"
    assert opening.startswith(final.content[0].text.strip())
    assert SECRET not in str(final.to_dict())
    assert "tool_use" not in {block.type for block in final.content}


def test_an_overloaded_provider_is_told_as_such(sdk: anthropic.Anthropic, upstream: Scripted) -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
    upstream.play(response(error, "529 Overloaded", retry_after="7", request_id="req_1"))
    with pytest.raises(anthropic.OverloadedError) as caught:
        sdk.messages.create(**ask("hello"))
    assert (caught.value.type, caught.value.request_id) == ("overloaded_error", "req_1")
    assert caught.value.response.headers["retry-after"] == "7"


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ([told("error", error={"type": "overloaded_error", "message": "Overloaded"})], "overloaded_error"),
        ([], "api_error"),
        ([b"data: {not json\n\n"], "api_error"),
    ],
    ids=["told", "cut off", "garbage"],
)
def test_a_stream_that_breaks_is_never_a_short_success(
    sdk: anthropic.Anthropic, upstream: Scripted, ending: list[bytes], kind: str
) -> None:
    upstream.play(STREAM_HEAD, START, begin(text=""), *(say("some words ") for _ in range(30)), upstream.heard, *ending)
    with pytest.raises(anthropic.APIStatusError) as caught, sdk.messages.stream(**ask("hello")) as stream:
        list(upstream.hears(stream.text_stream))
    assert caught.value.type == kind


def test_a_client_that_goes_closes_the_call_to_the_provider(sdk: anthropic.Anthropic, upstream: Scripted) -> None:
    upstream.play(STREAM_HEAD, START, begin(text=""), *[say("word " * 20), 0.02] * 400)
    with sdk.messages.stream(**ask("hello")) as stream:
        next(iter(stream.text_stream))
    assert upstream.hung_up.wait(PATIENCE_S)


def test_other_methods_and_keys_are_refused_in_the_vendors_envelope(gateway: Gateway, sdk: anthropic.Anthropic) -> None:
    with pytest.raises(anthropic.APIStatusError) as caught:
        sdk.get("/v1/messages", cast_to=Message)
    assert (caught.value.status_code, caught.value.type) == (403, "permission_error")
    with (
        anthropic.Anthropic(base_url=gateway.base_url, api_key="ak_none", max_retries=0) as stranger,
        pytest.raises(anthropic.AuthenticationError) as refused,
    ):
        stranger.messages.create(**ask("hello"))
    assert refused.value.type == "authentication_error"
