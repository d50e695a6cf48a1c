"""OpenAI's smaller endpoints with the unmodified SDK, in front of an upstream that answers as scripted."""

import base64
import json
import struct
from collections.abc import Iterator
from typing import Any

import openai
import pytest

from tests.gateways import Gateway, running
from tests.scripted import DONE, STREAM_HEAD, Script, Scripted, response, scripted
from tests.vendors.events import event

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("small"), upstream.base_url) as started:
        yield started


class TestEmbeddings:
    def test_texts_are_masked_and_vectors_come_back_as_they_are(self, gateway: Gateway, upstream: Scripted) -> None:
        numbers = [0.5, -0.25, 1.0, 0.0] * 16
        packed = base64.b64encode(struct.pack("<64f", *numbers)).decode()
        data = [{"object": "embedding", "index": 0, "embedding": packed}]
        usage = {"prompt_tokens": 5, "total_tokens": 5}
        upstream.play(response({"object": "list", "data": data, "model": "m", "usage": usage}))
        got = gateway.sdk().embeddings.create(model="m", input=["I am ann.lee@example.com", "hello"])
        assert got.data[0].embedding == numbers
        sent = json.loads(upstream.bodies[-1])
        assert "ann.lee" not in str(sent)
        assert sent["input"][1] == "hello"

    def test_tokens_are_blocked_until_a_use_case_accepts_them(self, gateway: Gateway, upstream: Scripted) -> None:
        before = len(upstream.bodies)
        with pytest.raises(openai.PermissionDeniedError) as caught:
            gateway.sdk().embeddings.create(model="m", input=[[1, 2, 3]])
        assert caught.value.code == "coverage.unscanned"
        assert len(upstream.bodies) == before


def choice(text: str, reason: str | None = None) -> dict[str, Any]:
    choices = [{"text": text, "index": 0, "logprobs": None, "finish_reason": reason}]
    return {"id": "cmpl-1", "object": "text_completion", "created": 1, "model": "m", "choices": choices}


class TestCompletions:
    def test_plain(self, gateway: Gateway, upstream: Scripted) -> None:
        upstream.answer(lambda body: [response(choice(json.loads(body)["prompt"], "length"))])
        got = gateway.sdk().completions.create(model="m", prompt="Write to ann.lee@example.com", echo=True)
        assert got.choices[0].text == "Write to ann.lee@example.com"
        assert b"ann.lee" not in upstream.bodies[-1]

    def test_streamed(self, gateway: Gateway, upstream: Scripted) -> None:
        def in_pieces(body: bytes) -> Script:
            yield STREAM_HEAD
            for sign in json.loads(body)["prompt"]:
                yield event(choice(sign))
            yield event(choice("", "stop")) + DONE

        upstream.answer(in_pieces)
        stream = gateway.sdk().completions.create(model="m", prompt="Write to ann.lee@example.com", stream=True)
        events = list(stream)
        assert "".join(event.choices[0].text for event in events) == "Write to ann.lee@example.com"
        assert events[-1].choices[0].finish_reason == "stop"
        assert b"ann.lee" not in upstream.bodies[-1]

    def test_a_reply_that_policy_stops_ends_as_content_filter(self, gateway: Gateway, upstream: Scripted) -> None:
        said = [*(f"word {number} " for number in range(400)), "AKIAQYLPMN5HHHFPZAM2 "]
        *words, last = [event(choice(word)) for word in said[:-1]] + [event(choice(said[-1], "stop"))]
        upstream.play(STREAM_HEAD, *words, upstream.heard, last)
        events = list(upstream.hears(gateway.sdk().completions.create(model="m", prompt="hello", stream=True)))
        assert events[-1].choices[0].finish_reason == "content_filter"
        assert "AKIA" not in str(events)
