"""What every dialect that is made of tables does, whatever its tables hold."""

import json
from typing import Any

import pytest

from gateway.dialects.json_dialect import JsonDialect
from gateway.dialects.members import walk_text
from gateway.dialects.message import Inbound
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.errors import read_error
from gateway.dialects.walk import Walk
from gateway.errors import BadRequest, UpstreamInvalid

TABLES: dict[str, Any] = {
    "name": "toy",
    "api": OPENAI,
    "asks": {"model": Walk.options, "text": walk_text},
    "answers": {"said": walk_text},
    "read_errors": read_error,
}
TOY = JsonDialect(path="/toy", **TABLES)
BY_PATH = JsonDialect(path="/models/{model}:toy", **TABLES)
RAW = b'{ "model":"m", "n":1.0, "text" : "I am \\u0041nn", "more":{"x":"Bob"} }'


def test_what_needs_no_change_leaves_as_the_same_bytes() -> None:
    request = TOY.read_request(Inbound(RAW))
    assert TOY.rewrite_request(request, {}).body is RAW
    assert [slot.text for slot in request.content.slots] == ["I am Ann", "Bob"]


def test_new_texts_and_another_model_change_just_these_literals() -> None:
    out = TOY.rewrite_request(TOY.read_request(Inbound(RAW)), {"q0": "I am <P>"}, model="other")
    assert out.path == "/toy"
    assert out.body == RAW.replace(b'"I am \\u0041nn"', b'"I am <P>"').replace(b'"m"', b'"other"')


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        (b'{"text":"x"}', b'{"model":"of the path","text":"x"}'),
        (b"{ }", b'{"model":"of the path" }'),
        (b'{"text":"x","model": "a"}', b'{"text":"x","model": "of the path"}'),
    ],
    ids=["none", "an empty body", "another"],
)
def test_a_model_named_in_the_path_stands_in_the_body_that_leaves(body: bytes, sent: bytes) -> None:
    request = TOY.read_request(Inbound(body, {"model": "of the path"}))
    assert request.model == "of the path"
    assert TOY.rewrite_request(request, {}).body == sent


@pytest.mark.parametrize(
    ("model", "path"),
    [("m-1", "/models/m-1:toy"), ("a/../b?c#d", "/models/a%2F..%2Fb%3Fc%23d:toy"), ("t@1:2", "/models/t@1:2:toy")],
)
def test_an_upstream_that_wants_the_model_in_the_path_gets_it_there(model: str, path: str) -> None:
    out = BY_PATH.rewrite_request(BY_PATH.read_request(Inbound(b'{"text":"x"}', {"model": "m"})), {}, model=model)
    assert (out.path, out.body) == (path, b'{"text":"x"}')


@pytest.mark.parametrize(
    "body", [b"[]", b"{", b'{"text":"x"}', b'{"model":"m","stream":true}', b'{"model":"m","stream":1}'], ids=str
)
def test_a_body_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        TOY.read_request(Inbound(body))


def test_a_reply_is_restored_where_it_speaks() -> None:
    raw = b'{"said": "to <P>", "n":1.0}'
    assert TOY.rewrite_reply(TOY.read_reply(raw), {"r0": "to Ann"}) == b'{"said": "to Ann", "n":1.0}'
    with pytest.raises(UpstreamInvalid):
        TOY.read_reply(b"<html>")


def test_an_error_is_the_apis() -> None:
    raw = json.dumps({"error": {"message": "No <P>", "type": "invalid_request_error"}}).encode()
    assert [(slot.place, slot.text) for slot in TOY.read_error(raw).content.slots] == [("error.text", "No <P>")]
