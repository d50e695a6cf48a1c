"""Which models there are, asked by each vendor's own SDK: the same gateway tells each in its own way."""

from collections.abc import Iterator
from dataclasses import dataclass

import anthropic
import httpx
import openai
import pytest
from anthropic import Anthropic
from google import genai
from openai import AzureOpenAI

from tests.gateways import Gateway, running
from tests.scripted import Scripted, response, scripted

pytestmark = pytest.mark.integration

OPENAI_LIST = {
    "object": "list",
    "data": [
        {"id": "gpt-4o", "object": "model", "created": 1686935002, "owned_by": "openai", "note": "for Ann"},
        {"id": "meta/llama-3", "object": "model", "created": 1686935003, "owned_by": "meta"},
        {"id": "words for a name", "object": "model"},
    ],
}
ANTHROPIC_LIST = {
    "data": [
        {"type": "model", "id": f"claude-{n}", "display_name": f"Claude {n}", "created_at": "2025-02-19T00:00:00Z"}
        for n in range(1, 4)
    ],
    "has_more": False,
    "first_id": "claude-1",
    "last_id": "claude-3",
}
GEMINI_LIST = {
    "models": [
        {"name": f"models/gemini-{n}", "displayName": f"Gemini {n}", "inputTokenLimit": 1000, "description": "for Ann"}
        for n in range(1, 4)
    ]
}


@dataclass(frozen=True, slots=True)
class Stage:
    gateway: Gateway
    openai: Scripted
    anthropic: Scripted
    gemini: Scripted


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with scripted() as first, scripted() as second, scripted() as third:
        upstreams = [
            {"name": "one", "base_url": f"{first.base_url}/v1", "models": ["gpt-*", "meta/*"]},
            {"name": "two", "base_url": second.base_url, "api": "anthropic", "models": ["claude-*"]},
            {"name": "three", "base_url": third.base_url, "api": "gemini", "models": ["gemini-*"]},
        ]
        aliases = {"fast": {"candidates": [{"upstream": "one", "model": "gpt-4o"}]}}
        folder = tmp_path_factory.mktemp("models")
        with running(folder, first.base_url, upstreams=upstreams, models=aliases) as gateway:
            yield Stage(gateway, first, second, third)


@pytest.fixture(autouse=True)
def _lists(stage: Stage) -> None:
    stage.openai.play(response(OPENAI_LIST))
    stage.anthropic.play(response(ANTHROPIC_LIST))
    stage.gemini.play(response(GEMINI_LIST))


@pytest.fixture
def claude(stage: Stage) -> Iterator[Anthropic]:
    with Anthropic(base_url=stage.gateway.base_url, api_key=stage.gateway.key(), timeout=20) as client:
        yield client


def test_openais_sdk(stage: Stage) -> None:
    sdk = stage.gateway.sdk()
    assert [(model.id, model.owned_by) for model in sdk.models.list()] == [
        ("fast", "unknown"),
        ("gpt-4o", "openai"),
        ("meta/llama-3", "meta"),
    ]
    assert sdk.models.retrieve("gpt-4o").created == 1686935002
    assert sdk.models.retrieve("meta/llama-3").owned_by == "meta"
    with pytest.raises(openai.NotFoundError) as caught:
        sdk.models.retrieve("claude-1")
    assert caught.value.code == "model_not_found"


def test_azures_sdk(stage: Stage) -> None:
    with AzureOpenAI(azure_endpoint=stage.gateway.base_url, api_key=stage.gateway.key(), api_version="1") as sdk:
        assert "gpt-4o" in [model.id for model in sdk.models.list()]


def test_anthropics_sdk(stage: Stage, claude: Anthropic) -> None:
    found = list(claude.models.list(limit=2))
    assert [(model.id, model.display_name, model.created_at.year) for model in found] == [
        ("claude-1", "Claude 1", 2025),
        ("claude-2", "Claude 2", 2025),
        ("claude-3", "Claude 3", 2025),
    ]
    assert stage.anthropic.paths[-1] == "/v1/models?limit=1000"
    assert stage.anthropic.headers[-1]["anthropic-version"] == "2023-06-01"
    assert claude.models.retrieve("claude-2").type == "model"
    with pytest.raises(anthropic.NotFoundError) as caught:
        claude.models.retrieve("gpt-4o")
    assert caught.value.body["type"] == "error"


def test_googles_sdk(stage: Stage) -> None:
    options = genai.types.HttpOptions(base_url=stage.gateway.base_url, timeout=20_000)
    with genai.Client(api_key=stage.gateway.key(), http_options=options) as client:
        found = list(client.models.list(config={"page_size": 2}))
        assert [(model.name, model.display_name, model.input_token_limit) for model in found] == [
            ("models/gemini-1", "Gemini 1", 1000),
            ("models/gemini-2", "Gemini 2", 1000),
            ("models/gemini-3", "Gemini 3", 1000),
        ]
        assert stage.gemini.paths[-1] == "/v1beta/models?pageSize=1000"
        assert client.models.get(model="gemini-2").display_name == "Gemini 2"
        with pytest.raises(genai.errors.ClientError) as caught:
            client.models.get(model="gpt-4o")
        assert caught.value.code == 404


def test_an_error_is_told_in_the_callers_way(stage: Stage) -> None:
    for headers, member in (({}, "param"), ({"anthropic-version": "2023-06-01"}, "type")):
        told = httpx.get(f"{stage.gateway.base_url}/v1/models", headers=headers, trust_env=False)
        assert told.status_code == 401
        assert member in told.json()["error"]
        assert ("type" in told.json()) is bool(headers)


def test_nothing_else_that_an_upstream_says_reaches_the_client(stage: Stage) -> None:
    with stage.gateway.http() as client:
        assert "Ann" not in client.get("/v1/models").text


def test_an_upstream_that_is_away_is_told_only_if_nothing_else_is_known(stage: Stage, claude: Anthropic) -> None:
    stage.openai.play(response({}, "500 Internal Server Error"))
    stage.anthropic.play(response({}, "500 Internal Server Error"))
    assert [model.id for model in stage.gateway.sdk().models.list()] == ["fast"]
    with pytest.raises(anthropic.InternalServerError):
        claude.with_options(max_retries=0).models.list()
