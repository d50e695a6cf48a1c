"""A quota in every caller's own words: each vendor's SDK raises what it raises for its vendor's own limits."""

from pathlib import Path
from typing import Any

import anthropic
import pytest
from google import genai
from google.genai.errors import ClientError

from tests.gateways import running
from tests.scripted import response, scripted

pytestmark = pytest.mark.integration

QUOTAS = [{"name": "team", "per": "tenant", "requests_per_minute": 1}]


def upstreams(base_url: str, api: str) -> list[dict[str, Any]]:
    return [{"name": "canned", "base_url": base_url, "api": api}]


def test_anthropics_sdk(tmp_path: Path) -> None:
    answer = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-haiku-4-5",
        "content": [{"type": "text", "text": "hi"}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 3, "output_tokens": 2},
    }
    asked = {"model": "claude-haiku-4-5", "max_tokens": 10, "messages": [{"role": "user", "content": "hello"}]}
    with scripted() as upstream:
        upstream.play(response(answer))
        sections = {"quotas": QUOTAS, "upstreams": upstreams(upstream.base_url, "anthropic")}
        with running(tmp_path, upstream.base_url, **sections) as gateway:
            options = {"base_url": gateway.base_url, "api_key": gateway.key(), "max_retries": 0}
            with anthropic.Anthropic(**options) as client:
                first = client.messages.with_raw_response.create(**asked)
                with pytest.raises(anthropic.RateLimitError) as caught:
                    client.messages.create(**asked)
    assert first.headers["anthropic-ratelimit-requests-remaining"] == "0"
    assert caught.value.body["error"]["type"] == "rate_limit_error"
    assert "The quota `team` allows 1 request a minute" in caught.value.message
    assert int(caught.value.response.headers["retry-after"]) > 50


def test_googles_sdk(tmp_path: Path) -> None:
    content = {"role": "model", "parts": [{"text": "hi"}]}
    answer = {
        "candidates": [{"content": content, "finishReason": "STOP", "index": 0}],
        "modelVersion": "gemini-2.5-flash",
    }
    with scripted() as upstream:
        upstream.play(response(answer))
        sections = {"quotas": QUOTAS, "upstreams": upstreams(upstream.base_url, "gemini")}
        with running(tmp_path, upstream.base_url, **sections) as gateway:
            options = genai.types.HttpOptions(base_url=gateway.base_url)
            client = genai.Client(api_key=gateway.key(), http_options=options)
            assert client.models.generate_content(model="gemini-2.5-flash", contents="hello").text == "hi"
            with pytest.raises(ClientError) as caught:
                client.models.generate_content(model="gemini-2.5-flash", contents="hello")
            client.close()
    assert (caught.value.code, caught.value.status) == (429, "RESOURCE_EXHAUSTED")
    assert "The quota `team` allows 1 request a minute" in caught.value.message
