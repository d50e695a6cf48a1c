"""Providers through the optional library: apps of one dialect, providers of another, on real sockets."""

import json
from collections.abc import Iterator
from typing import Any

import anthropic
import openai
import pytest
from google import genai
from google.genai import types

from tests.gateways import Gateway
from tests.providers import KEY, MARKS, MESSAGES, TEXT, asking_through_the_library, compatible, echo
from tests.scripted import Scripted, reply, response, scripted

pytestmark = MARKS


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with asking_through_the_library(tmp_path_factory.mktemp("providers"), upstream.base_url) as started:
        yield started


def test_an_openai_app_asks_a_provider_of_another_dialect(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(echo)
    told = gateway.sdk().chat.completions.create(model="smart", messages=MESSAGES, max_tokens=50)
    assert upstream.paths[-1] == "/v1/messages"
    assert upstream.headers[-1]["x-api-key"] == KEY
    assert b"ann.lee" not in upstream.bodies[-1]
    assert told.choices[0].message.content == f"You said: {TEXT}"
    assert (told.usage.prompt_tokens, told.usage.completion_tokens) == (11, 5)


def test_a_stream_is_translated_screened_and_restored(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(echo)
    stream = gateway.sdk().chat.completions.create(
        model="smart", messages=MESSAGES, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == f"You said: {TEXT}"
    assert [c.choices[0].finish_reason for c in chunks if c.choices and c.choices[0].finish_reason] == ["stop"]
    assert chunks[-1].usage.prompt_tokens == 11


def test_an_openai_compatible_provider(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(
        response({**reply("hello"), "usage": {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8}})
    )
    told = gateway.sdk().chat.completions.create(model="hosted_vllm/llama", messages=MESSAGES)
    assert (told.choices[0].message.content, told.usage.total_tokens) == ("hello", 8)
    assert json.loads(upstream.bodies[-1])["model"] == "llama"


def test_embeddings(gateway: Gateway, upstream: Scripted) -> None:
    data = [{"object": "embedding", "index": 0, "embedding": [0.5, -0.25]}]
    usage = {"prompt_tokens": 3, "total_tokens": 3}
    upstream.play(response({"object": "list", "data": data, "model": "e", "usage": usage}))
    told = gateway.sdk().embeddings.create(model="hosted_vllm/e", input=TEXT, encoding_format="float")
    assert told.data[0].embedding == [0.5, -0.25]
    assert b"ann.lee" not in upstream.bodies[-1]


def test_a_tool_call_is_translated(gateway: Gateway, upstream: Scripted) -> None:
    call = {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {"city": "Bern"}}
    upstream.play(
        response(
            {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x", "content": [call],
             "stop_reason": "tool_use", "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1}}
        )
    )  # fmt: skip
    parameters = {"type": "object", "properties": {"city": {"type": "string"}}}
    tools = [{"type": "function", "function": {"name": "weather", "parameters": parameters}}]
    told = gateway.sdk().chat.completions.create(model="smart", messages=MESSAGES, tools=tools)
    (made,) = told.choices[0].message.tool_calls
    assert (made.function.name, json.loads(made.function.arguments)) == ("weather", {"city": "Bern"})
    assert json.loads(upstream.bodies[-1])["tools"][0]["name"] == "weather"


def test_a_responses_app_asks_a_provider_of_another_dialect(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(echo)
    told = gateway.sdk().responses.create(model="smart", input=TEXT, instructions="Be brief.", store=False)
    assert told.output_text == f"You said: {TEXT}"
    assert (told.usage.input_tokens, told.usage.output_tokens, told.status) == (11, 5, "completed")
    assert b"Be brief." in upstream.bodies[-1]
    assert b"ann.lee" not in upstream.bodies[-1]


def test_a_responses_apps_stream_tells_its_text_alike_in_all_events(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(echo)
    told = list(gateway.sdk().responses.create(model="smart", input=TEXT, stream=True))
    deltas = "".join(event.delta for event in told if event.type == "response.output_text.delta")
    (done,) = [event.text for event in told if event.type == "response.output_text.done"]
    assert deltas == done == told[-1].response.output_text == f"You said: {TEXT}"
    assert told[-1].type == "response.completed"


def test_what_only_the_vendor_keeps_is_not_asked_of_another(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(echo)
    before = len(upstream.bodies)
    with pytest.raises(openai.BadRequestError):
        gateway.sdk().responses.create(model="smart", input=TEXT, previous_response_id="resp_1")
    assert len(upstream.bodies) == before


def anthropic_sdk(gateway: Gateway) -> anthropic.Anthropic:
    return anthropic.Anthropic(base_url=gateway.base_url, api_key=gateway.key(), timeout=20, max_retries=0)


def test_an_anthropic_app_asks_a_provider_of_another_dialect(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(compatible)
    with anthropic_sdk(gateway) as client:
        told = client.messages.create(model="hosted_vllm/llama", max_tokens=50, messages=MESSAGES)
    assert told.content[0].text == f"You said: {TEXT}"
    assert (told.usage.input_tokens, told.usage.output_tokens, told.stop_reason) == (11, 5, "end_turn")
    assert upstream.paths[-1] == "/v1/chat/completions"
    assert b"ann.lee" not in upstream.bodies[-1]


@pytest.mark.parametrize("model", ["hosted_vllm/llama", "smart"])
def test_an_anthropic_apps_stream_is_translated_screened_and_restored(
    gateway: Gateway, upstream: Scripted, model: str
) -> None:
    upstream.answer(echo if model == "smart" else compatible)
    with anthropic_sdk(gateway) as client, client.messages.stream(model=model, max_tokens=50, messages=MESSAGES) as got:
        assert "".join(got.text_stream) == f"You said: {TEXT}"
        assert got.get_final_message().stop_reason == "end_turn"
    assert b"ann.lee" not in upstream.bodies[-1]


GEMINI = [{"role": "user", "parts": [{"text": TEXT}]}]


@pytest.fixture
def gemini(gateway: Gateway) -> Iterator[genai.Client]:
    options = types.HttpOptions(base_url=gateway.base_url, timeout=20_000)
    with genai.Client(api_key=gateway.key(), http_options=options) as client:
        yield client


GEMINIS = pytest.mark.parametrize(("model", "answer"), [("open", compatible), ("smart", echo)], ids=["vllm", "claude"])


@GEMINIS
def test_a_gemini_app_asks_a_provider_of_another_dialect(
    gemini: genai.Client, upstream: Scripted, model: str, answer: Any
) -> None:
    upstream.answer(answer)
    brief = types.GenerateContentConfig(system_instruction="Be brief.", temperature=0.5)
    told = gemini.models.generate_content(model=model, contents=GEMINI, config=brief)
    assert (told.text, told.usage_metadata.prompt_token_count) == (f"You said: {TEXT}", 11)
    assert b"Be brief." in upstream.bodies[-1]
    assert json.loads(upstream.bodies[-1])["temperature"] == 0.5
    assert b"ann.lee" not in upstream.bodies[-1]


@GEMINIS
def test_a_gemini_apps_stream_is_translated_screened_and_restored(
    gemini: genai.Client, upstream: Scripted, model: str, answer: Any
) -> None:
    upstream.answer(answer)
    told = list(gemini.models.generate_content_stream(model=model, contents=GEMINI))
    assert "".join(chunk.text or "" for chunk in told) == f"You said: {TEXT}"
    assert b"ann.lee" not in upstream.bodies[-1]
