import json
from typing import Any

import pytest

from gateway.dialects.message import Inbound, Request, Usage
from gateway.dialects.openai.embeddings import EMBEDDINGS
from gateway.errors import BadRequest

VECTOR = "AACAPwAAAEA" * 8


def request(asked: Any, **more: Any) -> Request:
    return EMBEDDINGS.read_request(Inbound(json.dumps({"model": "m", "input": asked, **more}).encode()))


INPUTS: dict[str, tuple[Any, list[tuple[str, str]], list[str]]] = {
    "a string": ("I am Ann", [("user.text", "I am Ann")], []),
    "strings": (["Ann", "", "Bob"], [("user.text", "Ann"), ("user.text", "Bob")], []),
    "a document": (json.dumps({"to": "Ann"}), [("user.text", "Ann")], []),
    "tokens": ([1, 2, 12345678], [], ["modality.tokens"]),
    "lists of tokens": ([[1], [2, 3]], [], ["modality.tokens", "modality.tokens"]),
    "texts and tokens": (["Ann", [1]], [("user.text", "Ann")], ["modality.tokens"]),
    "no list of tokens": ([True, "Ann"], [("user.text", "Ann")], ["unknown_part"]),
    "a part of some other kind": ([{"text": "Ann"}], [("user.text", "Ann")], ["unknown_part"]),
}


@pytest.mark.parametrize(("asked", "slots", "reasons"), INPUTS.values(), ids=INPUTS)
def test_every_text_is_a_slot_and_what_is_no_text_is_told(
    asked: Any, slots: list[tuple[str, str]], reasons: list[str]
) -> None:
    content = request(asked).content
    assert [(slot.place, slot.text) for slot in content.slots] == slots
    assert [part.reason for part in content.unwalked] == reasons


def test_tokens_count_as_such() -> None:
    assert request([[1, 2, 3], "eight ch"]).tokens_estimated == 3 + 2


def test_other_members_are_screened() -> None:
    content = request("", user="Ann Lee", input_type="search for Ann").content
    assert [(slot.place, slot.text) for slot in content.slots] == [
        ("metadata.text", "Ann Lee"),
        ("other.text", "search for Ann"),
    ]


@pytest.mark.parametrize("body", [{}, {"input": None}, {"input": []}, {"input": 4}, {"input": {"a": "b"}}], ids=str)
def test_what_the_gateway_relies_on_is_checked(body: dict[str, Any]) -> None:
    with pytest.raises(BadRequest) as caught:
        EMBEDDINGS.read_request(Inbound(json.dumps({"model": "m", **body}).encode()))
    assert caught.value.param == "input"


VECTORS: dict[str, tuple[Any, list[str]]] = {
    "floats": ([0.1, -2.5e-05, 3, 0], []),
    "base64": (VECTOR, []),
    "text in place of a vector": ("to Ann", ["to Ann"]),
    "a key in place of a vector": ("AKIAIOSFODNN7EXAMPLE", ["AKIAIOSFODNN7EXAMPLE"]),
    "text among the floats": ([0.1, "Ann"], ["Ann"]),
    "a number that is a telephone's": ([0.1, 4915112345678], ["4915112345678"]),
    "the same below zero": ([-4915112345678, 0.1], ["-4915112345678"]),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("vector", "texts"), VECTORS.values(), ids=VECTORS)
def test_only_vectors_pass_unread(vector: Any, texts: list[str]) -> None:
    data = [{"object": "embedding", "index": 0, "embedding": vector}]
    usage = {"prompt_tokens": 4, "total_tokens": 4}
    reply = EMBEDDINGS.read_reply(json.dumps({"object": "list", "data": data, "model": "m", "usage": usage}).encode())
    assert [slot.text for slot in reply.content.slots] == texts
    assert (reply.model, reply.usage) == ("m", Usage(4, 0, 4))
