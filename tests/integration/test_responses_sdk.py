"""OpenAI's Responses with its own SDK: chains of calls whose history only the provider has."""

import json
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import psycopg
import pytest

from gateway.demo.background import Background
from tests.gateways import Gateway, running
from tests.parts import require_postgres
from tests.responses_model import MODEL, ResponsesModel

pytestmark = pytest.mark.integration

MAIL = "ann.lee@example.com"
OTHER = "bob.ray@example.com"
STORY = "a long story " * 40
TOOL: Any = {
    "type": "function",
    "name": "send_mail",
    "parameters": {"type": "object", "properties": {"to": {"type": "string"}}},
    "strict": False,
}


@pytest.fixture(scope="module")
def model() -> Iterator[ResponsesModel]:
    model = ResponsesModel()
    with Background(model.app, model.app) as server:
        model.base_url = server.base_url
        yield model


@pytest.fixture(scope="module")
def gate(model: ResponsesModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("responses"), model.base_url) as started:
        yield started


def assert_masked(model: ResponsesModel) -> None:
    assert "example.com" not in json.dumps(model.seen)


def test_a_reply_is_the_model_s_own(gate: Gateway, model: ResponsesModel) -> None:
    got = gate.sdk().responses.create(model=MODEL, input=f"I am {MAIL}", instructions="Be kind.")
    assert got.output_text == f"You said: I am {MAIL}"
    assert_masked(model)


def test_the_stream_helper_puts_together_what_was_said(gate: Gateway, model: ResponsesModel) -> None:
    with gate.sdk().responses.stream(model=MODEL, input=f"I am {MAIL}") as stream:
        deltas = [event.delta for event in stream if event.type == "response.output_text.delta"]
        final = stream.get_final_response()
    assert "".join(deltas) == final.output_text == f"You said: I am {MAIL}"
    assert_masked(model)


def test_a_tool_call_comes_whole(gate: Gateway, model: ResponsesModel) -> None:
    with gate.sdk().responses.stream(model=MODEL, input=f"Mail {MAIL}", tools=[TOOL]) as stream:
        final = stream.until_done().get_final_response()
    call: Any = final.output[0]
    assert (call.name, json.loads(call.arguments)) == ("send_mail", {"to": f"You said: Mail {MAIL}"})
    assert_masked(model)
    result: Any = {"type": "function_call_output", "call_id": call.call_id, "output": f"sent to {OTHER}"}
    after = gate.sdk().responses.create(model=MODEL, previous_response_id=final.id, input=[result])
    assert after.output_text == f"You said: Mail {MAIL} / sent to {OTHER}"
    assert_masked(model)


@pytest.mark.parametrize("stream", [False, True])
def test_a_chain_restores_what_was_said_before_it(gate: Gateway, model: ResponsesModel, stream: bool) -> None:
    sdk = gate.sdk()
    told, earlier = [], None
    for text in (f"I am {MAIL}", f"Bob is {OTHER}", f"and I am {MAIL}"):
        options: Any = {"previous_response_id": earlier} if earlier else {}
        if stream:
            with sdk.responses.stream(model=MODEL, input=text, **options) as events:
                got: Any = events.until_done().get_final_response()
        else:
            got = sdk.responses.create(model=MODEL, input=text, **options)
        told.append(text)
        earlier = got.id
        assert got.output_text == "You said: " + " / ".join(told)
    assert_masked(model)
    first, last = model.seen[-3]["input"], model.seen[-1]["input"]
    assert first.split()[-1] == last.split()[-1]


def test_an_id_that_nobody_made_is_told_as_the_api_does(gate: Gateway) -> None:
    with pytest.raises(openai.BadRequestError) as raised:
        gate.sdk().responses.create(model=MODEL, input="hi", previous_response_id="resp_unknown")
    assert raised.value.code == "previous_response_not_found"
    assert raised.value.param == "previous_response_id"
    with pytest.raises(openai.NotFoundError):
        gate.sdk().responses.create(model=MODEL, input="hi", conversation="conv_unknown")


@pytest.mark.parametrize("stream", [False, True])
def test_single_items_can_be_referred_to(gate: Gateway, model: ResponsesModel, stream: bool) -> None:
    sdk = gate.sdk()
    if stream:
        with sdk.responses.stream(model=MODEL, input=f"I am {MAIL}") as events:
            got: Any = events.until_done().get_final_response()
    else:
        got = sdk.responses.create(model=MODEL, input=f"I am {MAIL}")
    reference: Any = {"type": "item_reference", "id": got.output[0].id}
    token = model.seen[-1]["input"].split()[-1]
    answer = sdk.responses.create(model=MODEL, input=[reference, {"role": "user", "content": f"who is {token}?"}])
    assert answer.output_text == f"You said: None / who is {MAIL}?"
    with pytest.raises(openai.NotFoundError):
        sdk.responses.create(model=MODEL, input=[{"type": "item_reference", "id": "msg_of_nobody"}])


def test_a_tool_s_result_is_known_by_its_name_in_the_next_call(model: ResponsesModel, tmp_path: Path) -> None:
    data = json.loads(Path("policies/data.json").read_text())
    data["use_cases"]["default"]["tools"] = {"allow": ["send_mail"]}
    (tmp_path / "data.json").write_text(json.dumps(data))
    with running(tmp_path, model.base_url, policy={"data": "data.json"}) as gateway:
        sdk = gateway.sdk()
        with sdk.responses.stream(model=MODEL, input=f"Mail {MAIL}", tools=[TOOL]) as stream:
            got: Any = stream.until_done().get_final_response()
        result: Any = {"type": "function_call_output", "call_id": got.output[0].call_id, "output": "sent"}
        after = sdk.responses.create(model=MODEL, previous_response_id=got.id, input=[result])
        assert after.output_text == f"You said: Mail {MAIL} / sent"
        result["call_id"] = "call_of_nobody"
        with pytest.raises(openai.PermissionDeniedError):
            sdk.responses.create(model=MODEL, previous_response_id=got.id, input=[result])


def test_tokens_are_counted_of_what_would_leave(gate: Gateway, model: ResponsesModel) -> None:
    assert gate.sdk().responses.input_tokens.count(model=MODEL, input=f"I am {MAIL}").input_tokens == 11
    assert_masked(model)


def test_a_shortened_history_is_restored_though_nobody_can_read_it(gate: Gateway, model: ResponsesModel) -> None:
    sdk = gate.sdk()
    (item,) = sdk.responses.compact(model=MODEL, input=f"I am {MAIL}").output
    items: Any = [item.model_dump(exclude_none=True), {"role": "user", "content": "who am I?"}]
    assert sdk.responses.create(model=MODEL, input=items).output_text == f"You said: I am {MAIL} / who am I?"
    assert_masked(model)
    items[0]["id"] = "cmp_of_nobody"
    assert "<EMAIL_ADDRESS_" in sdk.responses.create(model=MODEL, input=items).output_text


def test_what_was_not_stored_can_not_be_gone_on_from(gate: Gateway) -> None:
    got = gate.sdk().responses.create(model=MODEL, input="hi", store=False)
    with pytest.raises(openai.BadRequestError):
        gate.sdk().responses.create(model=MODEL, input="hi", previous_response_id=got.id)


def test_another_tenant_can_neither_go_on_nor_read(model: ResponsesModel, tmp_path: Path) -> None:
    data = json.loads(Path("policies/data.json").read_text())
    data["tenants"]["rival"] = {"use_cases": ["*"]}
    (tmp_path / "data.json").write_text(json.dumps(data))
    with running(tmp_path, model.base_url, policy={"data": "data.json"}) as gateway:
        mine, theirs = gateway.sdk(), gateway.sdk(key=gateway.key(tenant="rival"))
        got = mine.responses.create(model=MODEL, input=f"I am {MAIL}")
        assert theirs.responses.create(model=MODEL, input="hello").output_text == "You said: hello"
        seen = len(model.seen)
        with pytest.raises(openai.BadRequestError):
            theirs.responses.create(model=MODEL, input="who am I?", previous_response_id=got.id)
        for look in (theirs.responses.retrieve, theirs.responses.delete, theirs.responses.cancel):
            with pytest.raises(openai.NotFoundError):
                look(got.id)
        assert len(model.seen) == seen
        assert mine.responses.retrieve(got.id).output_text == got.output_text


def test_a_policy_stop_is_an_incomplete_response(gate: Gateway, model: ResponsesModel) -> None:
    events = []
    with model.secret_at_the_end() as heard, gate.sdk().responses.stream(model=MODEL, input=STORY) as stream:
        for event in stream:
            events.append(event)
            heard.set()
    last: Any = events[-1]
    assert (last.type, last.response.status) == ("response.incomplete", "incomplete")
    assert last.response.incomplete_details.reason == "content_filter"
    assert "AKIA" not in str(events)


def test_a_stored_response_is_read_listed_cancelled_and_deleted(gate: Gateway, model: ResponsesModel) -> None:
    sdk = gate.sdk()
    got = sdk.responses.create(model=MODEL, input=f"I am {MAIL}", background=True)
    assert got.status == "queued"
    assert (
        sdk.responses.retrieve(got.id, include=["reasoning.encrypted_content"]).output_text == f"You said: I am {MAIL}"
    )
    assert model.seen[-1] == f"GET /v1/responses/{got.id}?include%5B%5D=reasoning.encrypted_content"
    items: Any = sdk.responses.input_items.list(got.id).data
    assert items[0].content == f"I am {MAIL}"
    assert sdk.responses.cancel(got.id).status == "cancelled"
    told = [
        event for event in sdk.responses.retrieve(got.id, stream=True) if event.type == "response.output_text.delta"
    ]
    assert "".join(event.delta for event in told) == f"You said: I am {MAIL}"
    sdk.responses.delete(got.id)
    with pytest.raises(openai.NotFoundError):
        sdk.responses.retrieve(got.id)
    assert_masked(model)


def test_a_chain_outlives_the_gateway(model: ResponsesModel, tmp_path: Path) -> None:
    with running(tmp_path, model.base_url) as gateway:
        key = gateway.key()
        got = gateway.sdk(key=key).responses.create(model=MODEL, input=f"I am {MAIL}")
    with running(tmp_path, model.base_url) as gateway:
        after = gateway.sdk(key=key).responses.create(model=MODEL, input="who?", previous_response_id=got.id)
    assert after.output_text == f"You said: I am {MAIL} / who?"


def test_two_gateways_share_one_store(model: ResponsesModel, tmp_path: Path, postgres: str) -> None:
    with (
        running(tmp_path, model.base_url, store={"url": postgres}) as one,
        running(tmp_path, model.base_url, store={"url": postgres}) as two,
    ):
        key = one.key()
        here, there = (gateway.sdk(key=key) for gateway in (one, two))
        got = here.responses.create(model=MODEL, input=f"I am {MAIL}")
        with there.responses.stream(model=MODEL, input="who?", previous_response_id=got.id) as stream:
            after = stream.until_done().get_final_response()
        assert after.output_text == f"You said: I am {MAIL} / who?"


@pytest.fixture
def postgres() -> Iterator[str]:
    root = require_postgres()
    admin, name = root.replace("+psycopg", ""), f"responses_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"{root.rpartition('/')[0]}/{name}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_without_the_vault_nothing_passes(model: ResponsesModel, tmp_path: Path) -> None:
    with running(tmp_path, model.base_url) as gateway:
        sdk = gateway.sdk()
        got = sdk.responses.create(model=MODEL, input=f"I am {MAIL}")
        break_vault(gateway)
        for stream in (False, True):
            with pytest.raises(openai.APIStatusError) as raised:
                sdk.with_options(max_retries=0).responses.create(
                    model=MODEL, input="who?", previous_response_id=got.id, stream=stream
                )
            assert (raised.value.status_code, raised.value.code) == (503, "vault.unavailable")
            with pytest.raises(openai.APIStatusError) as raised:
                sdk.with_options(max_retries=0).responses.create(model=MODEL, input="hi", stream=stream)
            assert (raised.value.status_code, raised.value.code) == (503, "vault.unavailable")
        assert sdk.responses.create(model=MODEL, input="hi", store=False).output_text == "You said: hi"


def break_vault(gateway: Gateway) -> None:
    with sqlite3.connect(gateway.settings.store.url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TABLE vault")
