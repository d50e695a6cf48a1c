"""Providers through the optional library: apps of one dialect, providers of another, on real sockets."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import anthropic
import httpx
import openai
import pytest
from google import genai
from google.genai import types

from audit.reading import show_record
from tests.gateways import Gateway, running
from tests.scripted import DONE, STREAM_HEAD, Scripted, event, reply, response, scripted

pytestmark = [
    pytest.mark.integration,
    pytest.mark.filterwarnings("ignore"),  # the library's, about its own types
    # Looked for and not imported: how it is imported is the gateway's to say.
    pytest.mark.skipif(find_spec("litellm") is None, reason="pip install 'airlock-gateway[providers]'"),
]

KEY = "sk-operators-own-1"
TEXT = "I am ann.lee@example.com"
MESSAGES = [{"role": "user", "content": TEXT}]


def claude(text: str, stream: bool) -> tuple[bytes, ...]:
    """Answer as Anthropic's API does."""
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x", "stop_sequence": None}
    if not stream:
        whole = {**message, "content": [{"type": "text", "text": text}], "stop_reason": "end_turn"}
        return (response({**whole, "usage": {"input_tokens": 11, "output_tokens": 5}}),)
    half = len(text) // 2
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": {**message, "content": [], "stop_reason": None,
                                              "usage": {"input_tokens": 11, "output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": part}}
          for part in (text[:half], text[half:])),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None},
         "usage": {"output_tokens": 5}},
        {"type": "message_stop"},
    ]  # fmt: skip
    return (STREAM_HEAD, *(f"event: {told['type']}\ndata: {json.dumps(told)}\n\n".encode() for told in events))


def echo(body: bytes) -> tuple[bytes, ...]:
    asked = json.loads(body)
    content = asked["messages"][-1]["content"]
    said = content if isinstance(content, str) else content[-1]["text"]
    return claude(f"You said: {said}", asked.get("stream", False))


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("providers")
    (folder / "key").write_text(KEY)
    common = {"kind": "litellm", "api_key": {"file": "key"}, "retries": {"attempts": 1}, "breaker": {"failures": 1000}}
    claude_like = {"name": "claude", "base_url": upstream.base_url, "models": ["anthropic/*"], "region": "eu", **common}
    open_like = {"name": "vllm", "base_url": f"{upstream.base_url}/v1", "models": ["hosted_vllm/*"], **common}
    patience = {"first_byte_s": 0.6, "idle_s": 0.6}
    aliases = {
        "smart": [{"upstream": "claude", "model": "anthropic/claude-x"}],
        "open": [{"upstream": "vllm", "model": "hosted_vllm/llama"}],
    }
    upstreams = [{**claude_like, "timeouts": patience}, {**open_like, "timeouts": patience}]
    with running(folder, upstream.base_url, upstreams=upstreams, models=aliases) as started:
        yield started


def post(gateway: Gateway, **more: Any) -> httpx.Response:
    with gateway.http() as client:
        return client.post("/v1/chat/completions", json={"model": "smart", "messages": MESSAGES, **more})


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


def compatible(body: bytes) -> tuple[bytes, ...]:
    """Answer as an OpenAI-compatible server does, with the words that it was told."""
    asked = json.loads(body)
    content = asked["messages"][-1]["content"]
    said = "You said: " + (content if isinstance(content, str) else content[-1]["text"])
    usage = {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16}
    if not asked.get("stream"):
        return (response({**reply(said), "usage": usage}),)
    half = len(said) // 2
    last = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": usage}
    words = [event({"role": "assistant", "content": said[:half]}), event({"content": said[half:]}), event({}, "stop")]
    return (STREAM_HEAD, *words, f"data: {json.dumps(last)}\n\n".encode(), DONE)


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


def test_a_fault_is_told_in_an_anthropic_apps_dialect(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(response({"error": {"message": f"no, {KEY}", "type": "x"}}, "400 Bad Request"))
    with anthropic_sdk(gateway) as client, pytest.raises(anthropic.BadRequestError) as caught:
        client.messages.create(model="hosted_vllm/llama", max_tokens=50, messages=MESSAGES)
    assert caught.value.body["type"] == "error"
    assert KEY not in str(caught.value)


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


ERROR = {"type": "error", "error": {"type": "invalid_request_error", "message": f"max_tokens with {KEY} is too large"}}
FAULTS: dict[str, tuple[tuple[Any, ...], int, str]] = {
    "the request is bad": ((response(ERROR, "400 Bad Request"),), 400, "status_400"),
    "too many requests": ((response(ERROR, "429 Too Many Requests", retry_after="7"),), 429, "rate_limit_exceeded"),
    "our key is refused": ((response(ERROR, "401 Unauthorized"),), 502, "upstream.refused"),
    "it fails": ((response(ERROR, "500 Internal Server Error"),), 500, "status_500"),
    "it says nothing": ((2.0,), 504, "upstream.timeout"),
    "it is a web page": ((response(b"<html>busy</html>", kind="text/html"),), 502, "upstream.failed"),
    "it closes without a word": ((), 500, "status_500"),
    "it leaks a secret": (claude("Use AKIAQYLPMN5HHHFPZAM2", stream=False), 403, "secret.detected"),
}


@pytest.mark.parametrize(("script", "status", "code"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_in_the_apps_dialect_without_a_secret(
    gateway: Gateway,
    upstream: Scripted,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    script: tuple[Any, ...],
    status: int,
    code: str,
) -> None:
    upstream.play(*script)
    told = post(gateway)
    assert (told.status_code, told.json()["error"]["code"]) == (status, code)
    printed = capfd.readouterr()
    for place in (told.text, caplog.text, printed.out, printed.err):
        assert not [word for word in (KEY, "ann.lee", "Traceback", upstream.base_url) if word in place]


def test_what_a_provider_objects_to_is_told(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(*FAULTS["the request is bad"][0])
    assert "is too large" in post(gateway).json()["error"]["message"]


def test_advice_to_wait_passes(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(*FAULTS["too many requests"][0])
    assert post(gateway).headers["retry-after"] == "7"


def test_a_stream_that_stalls_ends_with_an_error(gateway: Gateway, upstream: Scripted) -> None:
    head, *events = claude("word " * 60, stream=True)
    upstream.play(head, *events[:3], *events[2:3] * 3, 3.0)
    stream = gateway.sdk().chat.completions.create(model="smart", messages=MESSAGES, stream=True)
    with pytest.raises(openai.APIError) as caught:
        list(stream)
    assert caught.value.body["code"] == "upstream.timeout"


OURS = {
    "another address": {"api_base": "http://127.0.0.1:1/steal"},
    "another address by its older name": {"base_url": "http://127.0.0.1:1/steal"},
    "another key": {"api_key": "sk-mine"},
    "a made-up answer": {"mock_response": "fine"},
    "headers": {"extra_headers": {"x-evil": "1"}},
    "a body": {"extra_body": {"api_base": "http://127.0.0.1:1"}},
    "other models": {"fallbacks": ["openai/gpt-4o"]},
    "a provider": {"custom_llm_provider": "openai"},
    "a tool that somebody else runs": {"tools": [{"type": "mcp", "server_url": "http://127.0.0.1:1"}]},
}


@pytest.mark.parametrize("more", OURS.values(), ids=OURS)
def test_no_argument_of_the_library_comes_from_a_caller(
    gateway: Gateway, upstream: Scripted, more: dict[str, Any]
) -> None:
    upstream.answer(echo)
    before = len(upstream.bodies)
    told = post(gateway, **more)
    assert (told.status_code, told.json()["error"]["code"]) == (400, "unsupported_parameter")
    assert len(upstream.bodies) == before


def test_a_client_that_leaves_ends_the_providers_stream(gateway: Gateway, upstream: Scripted) -> None:
    head, *events = claude("word " * 100, stream=True)
    slowly = [step for _ in range(60) for step in (0.05, events[2])]
    upstream.play(head, *events[:3], *slowly)
    body = {"model": "smart", "stream": True, "messages": MESSAGES}
    with gateway.http() as client, client.stream("POST", "/v1/chat/completions", json=body) as told:
        next(told.iter_bytes())
    assert upstream.hung_up.wait(3)


def test_its_record_is_as_any_others_and_knows_no_secret(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(echo)
    receipt = post(gateway).headers["x-airlock-receipt"]
    opened = show_record(gateway.settings.store.url, receipt)[0].body
    assert (opened["upstream"], opened["model"]["routed"]) == ("claude", "anthropic/claude-x")
    assert json.loads(opened["policy"]["input"])["upstream"]["region"] == "eu"
    stored = b"".join(path.read_bytes() for path in Path(gateway.settings.store.url[10:]).parent.glob("airlock.db*"))
    assert KEY.encode() not in stored
    assert KEY not in repr(gateway.settings)
