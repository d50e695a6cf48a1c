"""An app with the unmodified Google Gen AI SDK: what it gets through the gateway is what the model would have said."""

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from google import genai
from google.genai import errors, types

from audit.reading import Listed, show_record
from tests.gateways import Gateway, running
from tests.scripted import PATIENCE_S, STREAM_HEAD, Script, Scripted, response, scripted

pytestmark = pytest.mark.integration

MODEL = "gemini-2.5-flash"
ADDRESS = "ann.lee@example.com"
TOKEN = re.compile(r"<EMAIL_ADDRESS_[a-z0-9]+>")
SECRET = "AKIAQYLPMN5HHHFPZAM2"
LONG = " ".join(f"word{number}" for number in range(60)) + " "
ENVELOPE = {"modelVersion": MODEL, "responseId": "mAitaLmkHPPlz7IP"}
USAGE = {"promptTokenCount": 8, "candidatesTokenCount": 4, "thoughtsTokenCount": 5, "totalTokenCount": 17}


def answer(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    candidate = {"content": {"parts": list(parts), "role": "model"}, "index": 0, **more}
    return {"candidates": [candidate], "usageMetadata": USAGE, **ENVELOPE}


def events(*documents: dict[str, Any]) -> list[bytes]:
    return [b"data: " + json.dumps(document).encode() + b"\r\n\r\n" for document in documents]


def whole(*parts: dict[str, Any]) -> Script:
    return [response(answer(*parts, finishReason="STOP"))]


def streamed(*chunks: Sequence[dict[str, Any]]) -> list[bytes]:
    last = answer({"text": "", "thoughtSignature": "Ct8BAdHt"}, finishReason="STOP")
    return [STREAM_HEAD, *events(*(answer(*parts) for parts in chunks), last)]


def text(words: str) -> dict[str, Any]:
    return {"text": words}


def token(body: bytes) -> str:
    found = TOKEN.search(body.decode())
    assert found
    return found[0]


@dataclass(slots=True)
class App:
    """The SDK's client, and both sides of what it talks through."""

    gateway: Gateway
    upstream: Scripted
    clients: list[genai.Client] = field(default_factory=list)

    def sdk(self, use_case: str = "default") -> genai.Client:
        options = {"base_url": self.gateway.base_url, "timeout": 20_000}
        self.clients.append(genai.Client(api_key=self.gateway.key(use_case), http_options=options))
        return self.clients[-1]

    def in_turn(self, *scripts: Callable[[bytes], Script]) -> None:
        """Answer each request by the next script."""
        waiting = iter(scripts)
        self.upstream.answer(lambda body: next(waiting)(body))

    def closed(self, got: Any) -> Listed:
        """Give the closed record of the call that a reply or a chunk came from."""
        receipt = got.sdk_http_response.headers["x-airlock-receipt"]
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            *_, last = show_record(self.gateway.settings.store.url, receipt)
            if last.type == "request.closed":
                return last
            time.sleep(0.01)
        raise AssertionError("the call was never closed")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Gateway, Scripted]]:
    folder = tmp_path_factory.mktemp("gemini")
    (folder / "operators-key").write_text("the-operators-own-key")
    with scripted() as upstream:
        google = {
            "name": "google",
            "api": "gemini",
            "base_url": upstream.base_url,
            "api_key": {"file": "operators-key"},
            "provider": "google",
        }
        models = {"quick": {"candidates": [{"upstream": "google", "model": MODEL}]}}
        with running(folder, upstream.base_url, upstreams=[google], models=models) as gateway:
            yield gateway, upstream


@pytest.fixture
def app(place: tuple[Gateway, Scripted]) -> Iterator[App]:
    app = App(*place)
    yield app
    for client in app.clients:
        client.close()


def test_plain(app: App) -> None:
    app.upstream.answer(lambda body: whole(text(f"I wrote to {token(body)}.")))
    got = app.sdk().models.generate_content(
        model=MODEL,
        contents=f"Write to {ADDRESS}",
        config=types.GenerateContentConfig(system_instruction=f"You help {ADDRESS}.", max_output_tokens=800),
    )
    assert got.text == f"I wrote to {ADDRESS}."
    assert got.usage_metadata
    assert got.usage_metadata.thoughts_token_count == 5
    assert app.upstream.paths[-1] == f"/v1/models/{MODEL}:generateContent"
    assert app.upstream.headers[-1]["x-goog-api-key"] == "the-operators-own-key"
    sent = json.loads(app.upstream.bodies[-1])
    assert ADDRESS not in str(sent)
    assert sent["contents"][0]["parts"][0]["text"] == f"Write to {token(app.upstream.bodies[-1])}"
    assert app.closed(got).body["usage"]["output"] == 9


def test_an_alias_leads_to_the_model(app: App) -> None:
    app.upstream.answer(lambda _: whole(text("Yes.")))
    assert app.sdk().models.generate_content(model="quick", contents="Quick?").text == "Yes."
    assert app.upstream.paths[-1] == f"/v1/models/{MODEL}:generateContent"


def pieces(body: bytes) -> list[bytes]:
    name = token(body)
    thought = [{"text": f"I should write to {name[:9]}", "thought": True}], [{"text": name[9:], "thought": True}]
    return streamed(*thought, [text("To "), text(name[:3])], [text(name[3:])], [text(", as "), text("you asked.")])


def test_streamed_in_pieces_that_cut_a_pseudonym(app: App) -> None:
    app.upstream.answer(pieces)
    config = types.GenerateContentConfig(thinking_config=types.ThinkingConfig(include_thoughts=True))
    stream = app.sdk().models.generate_content_stream(model=MODEL, contents=f"Write to {ADDRESS}", config=config)
    chunks = list(stream)
    parts = [part for chunk in chunks for part in chunk.candidates[0].content.parts]
    assert "".join(part.text for part in parts if part.thought) == f"I should write to {ADDRESS}"
    assert "".join(part.text for part in parts if not part.thought) == f"To {ADDRESS}, as you asked."
    assert chunks[-1].candidates[0].finish_reason is types.FinishReason.STOP
    assert chunks[-1].candidates[0].content.parts[0].thought_signature == b"\n\xdf\x01\x01\xd1\xed"
    assert app.upstream.paths[-1] == f"/v1/models/{MODEL}:streamGenerateContent?alt=sse"


@pytest.mark.filterwarnings("ignore:Inheritance class AiohttpClientSession:DeprecationWarning")
async def test_the_asynchronous_client(app: App) -> None:
    app.upstream.answer(pieces)
    client = app.sdk().aio
    stream = await client.models.generate_content_stream(model=MODEL, contents=f"Write to {ADDRESS}")
    assert "".join([chunk.text or "" async for chunk in stream]) == f"To {ADDRESS}, as you asked."
    await client.aclose()


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_a_chat_sends_its_history_masked_and_keeps_it_restored(app: App, stream: bool) -> None:
    def greet(body: bytes) -> Script:
        words = f"Hello {token(body)}."
        return streamed([text(words[:12])], [text(words[12:])]) if stream else whole(text(words))

    app.in_turn(greet, greet)
    chat = app.sdk().chats.create(model=MODEL)

    def say(words: str) -> str:
        if stream:
            return "".join(chunk.text or "" for chunk in chat.send_message_stream(words))
        return chat.send_message(words).text or ""

    assert say(f"I am {ADDRESS}") == f"Hello {ADDRESS}."
    assert say("Who am I?") == f"Hello {ADDRESS}."
    contents = json.loads(app.upstream.bodies[-1])["contents"]
    assert [content["role"] for content in contents if content["role"] == "user"] == ["user", "user"]
    assert len(contents) >= 3
    assert ADDRESS not in str(contents)
    assert len(set(TOKEN.findall(str(contents)))) == 1


CALL = {
    "functionCall": {"id": "c1", "name": "find_mail", "args": {"to": "", "tags": ["a"]}},
    "thoughtSignature": "Ct8B",
}


def call_of(body: bytes) -> dict[str, Any]:
    return {**CALL, "functionCall": {**CALL["functionCall"], "args": {"to": token(body), "tags": ["a"]}}}


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_a_function_that_the_app_calls_itself(app: App, stream: bool) -> None:
    app.upstream.answer(lambda body: streamed([call_of(body)]) if stream else whole(call_of(body)))
    tool = types.Tool(
        function_declarations=[
            types.FunctionDeclaration(
                name="find_mail",
                description=f"Find mail, such as that of {ADDRESS}",
                parameters_json_schema={"type": "object", "properties": {"to": {"type": "string"}}},
            )
        ]
    )
    asked = types.Content(role="user", parts=[types.Part(text=f"Mail of {ADDRESS}?")])
    models, config = app.sdk().models, types.GenerateContentConfig(tools=[tool])
    if stream:
        first, *_ = models.generate_content_stream(model=MODEL, contents=[asked], config=config)
    else:
        first = models.generate_content(model=MODEL, contents=[asked], config=config)
    call = first.function_calls[0]
    assert (call.name, call.args) == ("find_mail", {"to": ADDRESS, "tags": ["a"]})
    assert ADDRESS.encode() not in app.upstream.bodies[-1]

    app.upstream.answer(lambda body: whole(text(f"{token(body)} wrote.")))
    result = types.Part.from_function_response(name="find_mail", response={"from": [ADDRESS], "count": 1})
    history = [asked, first.candidates[0].content, types.Content(role="user", parts=[result])]
    assert models.generate_content(model=MODEL, contents=history, config=config).text == f"{ADDRESS} wrote."
    sent = json.loads(app.upstream.bodies[-1])["contents"]
    assert ADDRESS not in str(sent)
    assert sent[1]["parts"][0]["thoughtSignature"] == "Ct8B"
    assert sent[2]["parts"][0]["functionResponse"]["response"]["from"] == [token(app.upstream.bodies[-1])]


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_a_function_that_the_sdk_calls_by_itself(app: App, stream: bool) -> None:
    called: list[str] = []

    def find_mail(to: str) -> dict[str, str]:
        """Find the mail of somebody."""
        called.append(to)
        return {"found": f"a letter to {to}"}

    def call(body: bytes) -> Script:
        part = {"functionCall": {"name": "find_mail", "args": {"to": token(body)}}}
        return streamed([part]) if stream else whole(part)

    def tell(body: bytes) -> Script:
        part = text(f"There is a letter to {token(body)}.")
        return streamed([part]) if stream else whole(part)

    app.in_turn(call, tell)
    models, config = app.sdk().models, types.GenerateContentConfig(tools=[find_mail])
    asked: dict[str, Any] = {"model": MODEL, "contents": f"Mail of {ADDRESS}?", "config": config}
    if stream:
        said = "".join(chunk.text or "" for chunk in models.generate_content_stream(**asked))
    else:
        said = models.generate_content(**asked).text or ""
    assert called == [ADDRESS]
    assert said == f"There is a letter to {ADDRESS}."
    assert ADDRESS.encode() not in app.upstream.bodies[-1]


def test_embeddings(app: App) -> None:
    vectors = [{"values": [0.25, -1, 0]}, {"values": [1e-7, 0.5, 2]}]
    app.upstream.play(response({"embeddings": vectors}))
    got = app.sdk().models.embed_content(model="gemini-embedding-001", contents=[f"I am {ADDRESS}", "Red"])
    assert [vector.values for vector in got.embeddings] == [vector["values"] for vector in vectors]
    assert app.upstream.paths[-1] == "/v1/models/gemini-embedding-001:batchEmbedContents"
    assert ADDRESS.encode() not in app.upstream.bodies[-1]


def test_an_alias_is_written_into_the_requests_of_a_batch(app: App) -> None:
    app.upstream.play(response({"embeddings": [{"values": [0.25]}]}))
    app.sdk().models.embed_content(model="quick", contents="Red")
    assert json.loads(app.upstream.bodies[-1])["requests"][0]["model"] == f"models/{MODEL}"


def test_the_count_of_tokens(app: App) -> None:
    app.upstream.play(response({"totalTokens": 7}))
    assert app.sdk().models.count_tokens(model=MODEL, contents=f"I am {ADDRESS}").total_tokens == 7
    assert ADDRESS.encode() not in app.upstream.bodies[-1]


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_a_blocked_prompt_is_the_sdks_own_error_and_never_leaves(app: App, stream: bool) -> None:
    before = len(app.upstream.bodies)
    models = app.sdk().models
    asked: dict[str, Any] = {"model": MODEL, "contents": f"Is {SECRET} active?"}
    with pytest.raises(errors.ClientError) as caught:
        list(models.generate_content_stream(**asked)) if stream else models.generate_content(**asked)
    assert (caught.value.code, caught.value.status) == (403, "PERMISSION_DENIED")
    assert caught.value.details["error"]["details"][0]["reason"] == "secret.detected"
    assert SECRET not in str(caught.value)
    assert len(app.upstream.bodies) == before


def test_a_prompt_that_the_provider_refuses(app: App) -> None:
    app.upstream.play(response({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, **ENVELOPE}))
    got = app.sdk().models.generate_content(model=MODEL, contents="Hello")
    assert got.prompt_feedback.block_reason is types.BlockedReason.PROHIBITED_CONTENT
    refused = {"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": {"promptTokenCount": 8}, **ENVELOPE}
    app.upstream.play(STREAM_HEAD, *events(refused))
    chunks = list(app.sdk().models.generate_content_stream(model=MODEL, contents="Hello"))
    assert [chunk.prompt_feedback.block_reason for chunk in chunks] == [types.BlockedReason.SAFETY]


def test_a_policy_stop_in_the_middle_is_a_finish_reason(app: App) -> None:
    words = [text(f"{word} ") for word in [*LONG.split(), SECRET, *LONG.split()]]
    head, *rest = streamed(*([word] for word in words))
    app.upstream.play(head, *rest[:60], app.upstream.heard, *rest[60:])
    stream = app.sdk().models.generate_content_stream(model=MODEL, contents="What is the key?")
    chunks = list(app.upstream.hears(stream, 20))
    said = "".join(chunk.text or "" for chunk in chunks)
    assert len(said) > 100
    assert LONG.startswith(said.strip())
    last = chunks[-1]
    assert last.candidates[0].finish_reason is types.FinishReason.PROHIBITED_CONTENT
    assert (last.model_version, last.response_id) == (MODEL, ENVELOPE["responseId"])
    assert app.closed(last).body["error"] == "secret.detected"


FAULTS: dict[str, tuple[Sequence[bytes | float], int, str]] = {
    "an error of the provider": (
        events({"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}),
        503,
        "UNAVAILABLE",
    ),
    "a cut": ((), 502, "UNAVAILABLE"),
    "garbage": ([b"data: {not json\r\n\r\n"], 502, "UNAVAILABLE"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_middle_is_an_error(app: App, fault: tuple[Sequence[bytes | float], int, str]) -> None:
    steps, code, status = fault
    app.upstream.play(*streamed(*([text(f"{word} ")] for word in LONG.split()))[:-1], app.upstream.heard, *steps)
    stream = app.sdk().models.generate_content_stream(model=MODEL, contents="Go on.")
    said = []
    with pytest.raises(errors.ServerError) as caught:
        said += app.upstream.hears(stream)
    assert said
    assert (caught.value.code, caught.value.status) == (code, status)


def test_an_error_of_the_provider_before_the_stream(app: App) -> None:
    error = {"error": {"code": 429, "message": "Quota exceeded.", "status": "RESOURCE_EXHAUSTED"}}
    app.upstream.play(response(error, "429 Too Many Requests"))
    with pytest.raises(errors.ClientError) as caught:
        list(app.sdk().models.generate_content_stream(model=MODEL, contents="Go on."))
    assert (caught.value.code, caught.value.message) == (429, "Quota exceeded.")


def test_a_client_that_leaves_ends_the_call(app: App) -> None:
    head, *rest = streamed(*([text(f"{word} ")] for word in LONG.split()))
    app.upstream.play(head, *rest[:50], *(step for one in rest[50:] * 20 for step in (0.05, one)))
    stream = app.sdk().models.generate_content_stream(model=MODEL, contents="Go on.")
    first = next(stream)
    assert first.text
    stream.close()
    app.clients[-1].close()
    assert app.upstream.hung_up.wait(PATIENCE_S)
    assert app.closed(first).body["error"] == "cancelled"


def test_a_comment_in_a_stream_would_be_a_broken_answer_to_the_sdk_so_none_leaves(app: App) -> None:
    head, *rest = streamed([text("Red, ")], [text("blue.")])
    app.upstream.play(head, b": still here\n\n", *rest)
    options = {"base_url": app.upstream.base_url, "timeout": 20_000}
    with genai.Client(api_key="any", http_options=options) as direct, pytest.raises(errors.UnknownApiResponseError):
        list(direct.models.generate_content_stream(model=MODEL, contents="Colours?"))
    chunks = app.sdk().models.generate_content_stream(model=MODEL, contents="Colours?")
    assert "".join(chunk.text or "" for chunk in chunks) == "Red, blue."
