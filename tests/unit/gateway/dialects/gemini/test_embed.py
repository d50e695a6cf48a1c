"""Embeddings, one by one and in a batch."""

import json
from typing import Any

import pytest

from gateway.dialects.gemini.embed import EMBED
from gateway.dialects.message import Usage
from gateway.errors import BadRequest, UpstreamInvalid
from tests.unit.gateway.dialects.gemini.requests import inbound, said

ANN = "ann.lee@example.org"
ONE = {
    "content": said({"text": ANN}),
    "taskType": "RETRIEVAL_DOCUMENT",
    "title": f"On {ANN}",
    "outputDimensionality": 768,
}
IMAGE = {"content": said({"inline_data": {"mime_type": "image/png", "data": "QUJD"}}), "task_type": "CLUSTERING"}

ASKED: dict[str, tuple[Any, list[str], list[str], tuple[str, ...]]] = {
    "one": (ONE, [ANN, f"On {ANN}"], [], ("text",)),
    "a batch": ({"requests": [ONE, IMAGE]}, [ANN, f"On {ANN}"], ["modality.image"], ("image", "text")),
}


@pytest.mark.parametrize(("body", "texts", "reasons", "modalities"), ASKED.values(), ids=ASKED)
def test_a_request_is_walked(body: Any, texts: list[str], reasons: list[str], modalities: tuple[str, ...]) -> None:
    request = EMBED.read_request(inbound(body, "embedContent"))
    assert [slot.text for slot in request.content.slots] == texts
    assert [part.reason for part in request.content.unwalked] == reasons
    assert (request.modalities, request.stream) == (modalities, False)


REFUSED: dict[str, tuple[Any, str]] = {
    "nothing": ({}, "content"),
    "a text": ({"content": ANN}, "content[0]"),
    "requests that are none": ({"requests": {}}, "requests"),
    "a request that is none": ({"requests": [7]}, "requests[0]"),
    "a request without content": ({"requests": [ONE, {}]}, "requests[1].content"),
}


@pytest.mark.parametrize(("body", "param"), REFUSED.values(), ids=REFUSED)
def test_what_the_gateway_can_not_rely_on_is_refused(body: Any, param: str) -> None:
    with pytest.raises(BadRequest) as caught:
        EMBED.read_request(inbound(body, "embedContent"))
    assert caught.value.param == param


VECTOR = [0.5, -1, 0, 1e-9]


def test_vectors_are_passed_over() -> None:
    reply = EMBED.read_reply(json.dumps({"embeddings": [{"values": VECTOR}], "embedding": {"values": VECTOR}}).encode())
    assert reply.content.slots == reply.content.unwalked == ()
    assert reply.usage is None


HIDDEN: dict[str, tuple[list[Any], str]] = {
    "a text": ([0.5, ANN], ANN),
    "a telephone number": ([0.5, 4155550132], "4155550132"),
    "the same with a sign": ([0.5, -4155550132.0], "-4155550132"),
    "a list in it": ([0.5, [ANN]], ANN),
}


@pytest.mark.parametrize(("values", "text"), HIDDEN.values(), ids=HIDDEN)
def test_what_is_no_vector_is_not(values: list[Any], text: str) -> None:
    reply = EMBED.read_reply(json.dumps({"embedding": {"values": values}}).encode())
    assert [slot.text for slot in reply.content.slots] == [text]


def test_a_reply_may_tell_its_usage_and_must_be_an_object() -> None:
    assert EMBED.read_reply(b'{"usageMetadata": {"promptTokenCount": 4}}').usage == Usage(prompt_tokens=4)
    with pytest.raises(UpstreamInvalid):
        EMBED.read_reply(b"[]")
