import json
from collections.abc import Callable
from typing import Any

import pytest

from gateway.dialects.embedded import MAX_LEAVES
from gateway.dialects.places import OTHER, ROLE
from gateway.dialects.slot import Kind
from gateway.dialects.walk import MAX_PARTS, Walk
from gateway.errors import BadRequest, UpstreamInvalid

USER = ROLE["user"]
AWS = "AKIAIOSFODNN7EXAMPLE"


def prose(text: str, **more: bool) -> list[tuple[Kind, str, str, str]]:
    walk = Walk("q", **more)
    walk.prose(text, ("a",), USER)
    return [(slot.kind, slot.place, slot.lead, slot.text) for slot in walk.slots]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("hello", [(Kind.TEXT, "user.text", "", "hello")]),
        ("", []),
        ("{}", []),
        ('{"body":"Contact:\\nann@x.org"}', [(Kind.ARGUMENTS, "user.text", '"body": "', "Contact:\nann@x.org")]),
        ('[{"to": ["ann\\u0040x.org"]}]', [(Kind.ARGUMENTS, "user.text", '"to": "', "ann@x.org")]),
        ('{"ann@x.org": "", "n": 4155550132}', [
            (Kind.KEY, "user.key", "", "ann@x.org"), (Kind.ARGUMENTS, "user.text", '"n": "', "4155550132"),
        ]),
        (json.dumps({"b": "QUJD" * 300}), [(Kind.ARGUMENTS, "user.text", '"b": "', "QUJD" * 300)]),
        ('{"in": "{\\"to\\": \\"a\\\\u0040b.org\\"}"}', [
            (Kind.ARGUMENTS, "user.text", '"in": "', '{"to": "a\\u0040b.org"}'),
        ]),
        ('{"a": 1, "a": 2}', [(Kind.TEXT, "user.text", "", '{"a": 1, "a": 2}')]),
    ],
    ids=[
        "words", "nothing", "empty document", "an escaped line break", "an escaped sign", "keys and numbers", "base64",
        "a document in a document", "two readings",
    ],
)  # fmt: skip
def test_what_is_said_is_read_as_text_or_as_the_document_that_it_is(
    text: str, slots: list[tuple[Kind, str, str, str]]
) -> None:
    assert prose(text) == slots


def test_a_walk_that_reads_no_documents_takes_them_as_text() -> None:
    assert prose('{"a": "b"}', reads_texts=False) == [(Kind.TEXT, "user.text", "", '{"a": "b"}')]


@pytest.mark.parametrize(
    ("way", "value", "slots"),
    [
        (Walk.label, "call_1", []),
        (Walk.label, AWS, [(Kind.LABEL, "other.id", AWS)]),
        (Walk.label, "two words", [(Kind.TEXT, "other.text", "two words")]),
        (Walk.label, 4111111111111111, [(Kind.KEY, "other.key", "4111111111111111")]),
        (Walk.options, {"type": "auto", "name": AWS}, [(Kind.LABEL, "other.id", AWS)]),
        (Walk.options, 4111111111111111, [(Kind.LABEL, "other.id", "4111111111111111")]),
        (Walk.options, {AWS: "two words"}, [(Kind.KEY, "other.key", AWS), (Kind.TEXT, "other.text", "two words")]),
        (Walk.free, {"078-05-1121": 12345678}, [
            (Kind.KEY, "other.key", "078-05-1121"), (Kind.KEY, "other.key", "12345678"),
        ]),
        (Walk.free, [{"078-05-1121": 1}] * 9, [(Kind.KEY, "other.key", "078-05-1121")]),
        (Walk.arguments, json.dumps({AWS: 4111111111111111}), [
            (Kind.KEY, "other.key", AWS), (Kind.KEY, "other.key", "4111111111111111"),
        ]),
    ],
    ids=[
        "short name", "long name", "words for a name", "number for a name", "names in settings", "number in settings",
        "keys of settings", "keys and numbers", "one key in many objects", "arguments",
    ],
)  # fmt: skip
def test_names_keys_and_numbers_are_no_blind_spot(
    way: Callable[..., None], value: Any, slots: list[tuple[Kind, str, str]]
) -> None:
    walk = Walk("q")
    way(walk, value, ("a",), OTHER)
    assert [(slot.kind, slot.place, slot.text) for slot in walk.slots] == slots


@pytest.mark.parametrize(
    ("way", "value"),
    [(Walk.free, ["a"] * (MAX_PARTS + 1)), (Walk.options, ["a b"] * (MAX_PARTS + 1))],
    ids=["free", "options"],
)
def test_a_document_with_too_many_parts_is_refused_by_its_own_error(way: Callable[..., None], value: Any) -> None:
    with pytest.raises(UpstreamInvalid, match="more than 20000 parts"):
        way(Walk("r"), value, (), OTHER)
    with pytest.raises(BadRequest, match="too many"):
        way(Walk("q", lambda: BadRequest("too many")), value, (), OTHER)


def test_too_many_parts_are_counted_over_the_whole_walk() -> None:
    walk = Walk("r")
    walk.free(["a"] * MAX_PARTS, (), OTHER)
    with pytest.raises(UpstreamInvalid):
        walk.prose("one more", (), OTHER)
    for _ in range(MAX_PARTS):
        walk.skip("other.text", "unknown_part")
    with pytest.raises(UpstreamInvalid):
        walk.skip("other.text", "unknown_part")


def test_documents_in_texts_never_use_the_parts_up() -> None:
    text = json.dumps(["a"] * (MAX_LEAVES - 1))
    walk = Walk("q")
    for _ in range(9):
        walk.prose(text, (), USER)
    assert [slot.kind for slot in walk.slots].count(Kind.TEXT) == 7
    assert walk.slots[-1].text == text


def test_a_value_is_told_by_the_names_of_its_members() -> None:
    walk = Walk("q")
    value = {
        "login": {"password": ["hunter2"]},
        "port": 5432,
        "phone": 4155550132,
        "note": '{"to": "ann@x.org"}',
        "": "",
    }
    walk.data({"a b": value, "blob": "QUJD" * 300}, ("args",), ROLE["assistant"])
    assert [(slot.kind, slot.lead, slot.text) for slot in walk.slots] == [
        (Kind.KEY, "", "a b"),
        (Kind.TEXT, '"password": "', "hunter2"),
        (Kind.KEY, "", "4155550132"),
        (Kind.ARGUMENTS, '"to": "', "ann@x.org"),
    ]
    assert [part.reason for part in walk.unwalked] == ["modality.blob"]


def test_the_numbers_of_a_value_for_a_model_may_be_replaced() -> None:
    walk = Walk("q")
    walk.data({"phone": [4155550132], "n": 12}, ("response",), ROLE["tool"], loose=True)
    assert [(slot.kind, slot.place, slot.path, slot.lead, slot.text) for slot in walk.slots] == [
        (Kind.TEXT, "tool.text", ("response", "phone", 0), '"phone": "', "4155550132")
    ]
