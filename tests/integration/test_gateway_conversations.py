"""Pseudonyms that hold in one conversation, wherever the wire has its name."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.policy.bundle import shipped
from tests.gateways import Gateway, running
from tests.scripted import Scripted, response, scripted

pytestmark = pytest.mark.integration

TEXT = "Write to ann@x.org."
CHAT = {"model": "m", "messages": [{"role": "user", "content": TEXT}]}
RESPONSES = {"model": "m", "input": TEXT, "store": False}
MESSAGES = {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": TEXT}]}
GEMINI = {"contents": [{"role": "user", "parts": [{"text": TEXT}]}]}
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "chat": ("/v1/chat/completions", CHAT),
    "responses": ("/v1/responses", RESPONSES),
    "messages": ("/v1/messages", MESSAGES),
    "gemini": ("/v1beta/models/m:generateContent", GEMINI),
}
NAMES: dict[str, tuple[str, str | None]] = {
    "chat, metadata": ("chat", "metadata.conversation_id"),
    "responses, metadata": ("responses", "metadata.conversation_id"),
    "messages, metadata": ("messages", "metadata.conversation_id"),
    "messages, the user": ("messages", "metadata.user_id"),
    "gemini, labels": ("gemini", "labels.conversation_id"),
    **{f"{way}, header": (way, None) for way in WAYS},
}


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        # What comes back is of no interest here: any refusal will do.
        started.play(response(b'{"error": {"message": "no"}}', status="400 Bad Request"))
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    with started(folder, upstream) as running_:
        yield running_


def started(folder: Path, upstream: Scripted) -> Any:
    data = json.loads((shipped() / "data.json").read_text())
    data["use_cases"]["default"]["pseudonym_scope"] = "conversation"
    (folder / "data.json").write_text(json.dumps(data))
    apis = {"openai": f"{upstream.base_url}/v1", "anthropic": upstream.base_url, "gemini": upstream.base_url}
    upstreams = [{"name": api, "api": api, "base_url": url} for api, url in apis.items()]
    sections: dict[str, Any] = {"upstreams": upstreams, "policy": {"data": "data.json"}}
    return running(folder, upstream.base_url, detectors={"encoder": "off"}, **sections)


def sent(gateway: Gateway, upstream: Scripted, way: str, where: str | None, name: str) -> str:
    """Make a call in the conversation of this name, and give the body that reached the provider, without the name."""
    path, body = WAYS[way]
    headers = {} if where else {"x-airlock-conversation": name}
    if where and name:
        member, _, key = where.partition(".")
        body = {**body, member: {key: name}}
    with gateway.http() as client:
        assert client.post(path, json=body, headers=headers).status_code == 400
    assert "x-airlock-conversation" not in upstream.headers[-1]
    return json.dumps({key: value for key, value in json.loads(upstream.bodies[-1]).items() if key in body})


@pytest.mark.parametrize(("way", "where"), NAMES.values(), ids=NAMES)
def test_a_value_has_one_pseudonym_in_a_conversation_and_others_elsewhere(
    way: str, where: str | None, gateway: Gateway, upstream: Scripted
) -> None:
    bodies = [sent(gateway, upstream, way, where, name) for name in ("a", "a", "b", "", "")]
    tokens = [body.partition("<EMAIL_ADDRESS_")[2].partition(">")[0] for body in bodies]
    assert all(tokens)
    assert tokens[0] == tokens[1]
    assert tokens[3] == tokens[4]
    assert len(set(tokens)) == 3


def test_the_header_counts_before_the_name_in_the_body(gateway: Gateway, upstream: Scripted) -> None:
    by_header = sent(gateway, upstream, "chat", None, "a")
    with gateway.http() as client:
        body = {**CHAT, "metadata": {"conversation_id": "b"}}
        client.post("/v1/chat/completions", json=body, headers={"x-airlock-conversation": "a"})
    token = by_header.partition("<")[2].partition(">")[0]
    assert token
    assert token.encode() in upstream.bodies[-1]


@pytest.mark.parametrize("value", [None, 7, [], {"conversation_id": 7}, {"conversation_id": ["a"]}, "a"], ids=str)
def test_what_is_no_name_is_none(value: Any, gateway: Gateway, upstream: Scripted) -> None:
    unnamed = sent(gateway, upstream, "chat", None, "")
    with gateway.http() as client:
        client.post("/v1/chat/completions", json={**CHAT, "metadata": value})
    assert unnamed.partition("<")[2].partition(">")[0].encode() in upstream.bodies[-1]
