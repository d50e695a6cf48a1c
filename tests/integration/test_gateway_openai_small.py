"""OpenAI's smaller endpoints with the unmodified SDK, in front of an upstream that answers as scripted."""

import base64
import json
import struct
from collections.abc import Iterator

import openai
import pytest

from tests.gateways import Gateway, running
from tests.scripted import Scripted, response, scripted

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
