import json
from typing import Any

import pytest

from gateway.dialects.message import Inbound, Request
from gateway.dialects.openai.responses import OpenAIResponses
from gateway.dialects.openai.responses_request import read_request
from gateway.dialects.places import ALL
from gateway.errors import BadRequest

SEALED = "gAAAAABo" + "x9Z-_" * 20
PNG = "data:image/png;base64,iVBORw0KGgo="


def request(**more: Any) -> Request:
    return read_request(Inbound(json.dumps({"model": "m", "input": "hi", **more}).encode()))


def walked(*items: dict[str, Any]) -> tuple[list[tuple[str, str]], list[str]]:
    content = request(input=list(items)).content
    assert {slot.place for slot in content.slots} <= ALL
    return [(slot.place, slot.text) for slot in content.slots], [part.reason for part in content.unwalked]


ITEMS: list[tuple[dict[str, Any], list[tuple[str, str]], list[str]]] = [
    ({"role": "user", "content": "a"}, [("user.text", "a")], []),
    ({"role": "system", "content": [{"type": "input_text", "text": "a"}]}, [("system.text", "a")], []),
    ({"role": "assistant", "content": [
        {"type": "output_text", "text": "a", "annotations": [{"type": "url_citation", "title": "t", "url": "u"}]},
        {"type": "refusal", "refusal": "no"},
    ]}, [("assistant.text", "a"), ("assistant.text", "t"), ("assistant.text", "u"), ("assistant.text", "no")], []),
    ({"role": "user", "content": [
        {"type": "input_image", "image_url": PNG}, {"type": "input_file", "filename": "f", "file_data": "AA=="},
        {"type": "input_audio", "input_audio": {"data": "AA==", "format": "wav"}}, {"type": "smell", "note": "n"},
    ]}, [("user.text", "f"), ("user.text", "smell"), ("user.text", "n")], [
        "modality.image", "modality.file", "modality.audio", "unknown_part",
    ]),
    ({"type": "function_call", "call_id": "c", "name": "f", "arguments": '{"a":"\\u0041"}'}, [
        ("assistant.arguments", "A"),
    ], []),
    ({"type": "function_call_output", "call_id": "c", "output": '{"a":"b"}'}, [("tool.text", "b")], []),
    ({"type": "function_call_output", "call_id": "c", "output": [
        {"type": "input_text", "text": "b"}, {"type": "input_image", "image_url": PNG},
    ]}, [("tool.text", "b")], ["modality.image"]),
    ({"type": "custom_tool_call", "call_id": "c", "name": "f", "input": "x"}, [("assistant.arguments", "x")], []),
    ({"type": "custom_tool_call_output", "call_id": "c", "output": "y"}, [("tool.text", "y")], []),
    ({"type": "reasoning", "summary": [{"type": "summary_text", "text": "s"}], "encrypted_content": SEALED}, [
        ("assistant.text", "s"),
    ], ["encrypted"]),
    ({"type": "reasoning", "summary": [], "encrypted_content": "Ann Lee in the open"}, [
        ("assistant.text", "Ann Lee in the open"),
    ], []),
    ({"type": "compaction", "encrypted_content": SEALED}, [], ["encrypted"]),
    ({"type": "item_reference", "id": "msg_1"}, [], []),
    ({"id": "msg_1"}, [], []),
    ({"type": "computer_call", "call_id": "c", "action": {"type": "type", "text": "a b"}}, [
        ("assistant.arguments", "a b"),
    ], []),
    ({"type": "computer_call_output", "call_id": "c", "output": {"type": "computer_screenshot", "image_url": PNG}}, [],
     ["modality.image"]),
    ({"type": "web_search_call", "action": {"type": "search", "query": "q"}}, [("assistant.arguments", "q")], []),
    ({"type": "file_search_call", "queries": ["q"], "results": [{"filename": "f", "text": "t"}]}, [
        ("assistant.arguments", "q"), ("tool.text", "f"), ("tool.text", "t"),
    ], []),
    ({"type": "code_interpreter_call", "code": "c", "outputs": [
        {"type": "logs", "logs": "l"}, {"type": "image", "url": "u"},
    ]}, [("assistant.arguments", "c"), ("tool.text", "l"), ("tool.text", "u")], ["modality.image"]),
    ({"type": "shell_call", "action": {"commands": ["ls"]}}, [("assistant.arguments", "ls")], []),
    ({"type": "shell_call_output", "output": [{"stdout": "o", "stderr": "e"}]}, [
        ("tool.text", "o"), ("tool.text", "e"),
    ], []),
    ({"type": "apply_patch_call", "operation": {"type": "create_file", "path": "p", "diff": "d"}}, [
        ("assistant.arguments", "p"), ("assistant.arguments", "d"),
    ], []),
    ({"type": "apply_patch_call_output", "output": "o"}, [("tool.text", "o")], []),
    ({"type": "mcp_call", "name": "f", "arguments": '{"a":"b"}', "output": "o", "error": {"message": "e"}}, [
        ("assistant.arguments", "b"), ("tool.text", "o"), ("tool.text", "e"),
    ], []),
    ({"type": "mcp_list_tools", "tools": [{"name": "f", "description": "d", "input_schema": {}}]}, [
        ("tools.definition", "d"),
    ], []),
    ({"type": "mcp_approval_response", "approve": True, "reason": "r"}, [("user.text", "r")], []),
    ({"type": "image_generation_call", "result": "AAAA", "revised_prompt": "p"}, [("assistant.text", "p")], [
        "modality.image",
    ]),
    ({"type": "hologram", "beam": "b"}, [("other.text", "hologram"), ("other.text", "b")], ["unknown_part"]),
]  # fmt: skip


@pytest.mark.parametrize(("item", "slots", "reasons"), ITEMS, ids=[str(item[0])[:60] for item in ITEMS])
def test_every_text_of_an_item_is_a_slot(
    item: dict[str, Any], slots: list[tuple[str, str]], reasons: list[str]
) -> None:
    assert walked(item) == (slots, reasons)


@pytest.mark.parametrize(
    ("more", "slots"),
    [
        ({"instructions": "be kind"}, [("system.text", "be kind")]),
        ({"metadata": {"a": "b"}}, [("metadata.text", "b")]),
        ({"user": "ann"}, [("metadata.text", "ann")]),
        ({"safety_identifier": "ann"}, [("metadata.text", "ann")]),
        ({"prompt": {"id": "p", "variables": {"v": "x", "w": {"type": "input_text", "text": "y"}}}}, [
            ("user.text", "x"), ("user.text", "y"),
        ]),
        ({"text": {"format": {"type": "json_schema", "name": "n", "schema": {"description": "d"}}}}, [
            ("tools.definition", "d"),
        ]),
        ({"tools": [{"type": "mcp", "server_label": "s", "server_url": "u", "headers": {"X-Key": "k"},
                     "authorization": "t"}]}, [("tools.definition", text) for text in "sukt"]),
        ({"future": {"deep": ["x"]}}, [("other.text", "x")]),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_what_stands_around_the_input_is_screened(more: dict[str, Any], slots: list[tuple[str, str]]) -> None:
    assert [(s.place, s.text) for s in request(input=None, **more).content.slots] == slots


def test_a_request_tells_what_the_gateway_relies_on() -> None:
    read = request(
        stream=True,
        store=False,
        max_output_tokens=99,
        previous_response_id="resp_1",
        text={"format": {"type": "json_object"}},
        tools=[{"type": "function", "name": "f"}, {"type": "mcp", "server_label": "crm"}, {"type": "web_search"}],
        input=[{"role": "user", "content": [{"type": "input_image", "file_id": "f"}]}],
    )
    assert (read.stream, read.is_kept, read.max_output) == (True, False, 99)
    assert [kept.id for kept in read.continues] == ["resp_1"]
    assert (read.json_reply, read.tools, read.modalities) == (True, ("f", "crm", "web_search"), ("image", "text"))
    assert request().is_kept


@pytest.mark.parametrize("conversation", ["conv_1", {"id": "conv_1"}])
def test_a_conversation_is_what_a_call_continues(conversation: Any) -> None:
    assert [(kept.id, kept.grows) for kept in request(conversation=conversation).continues] == [("conv_1", True)]


def test_a_single_item_is_state_too() -> None:
    kept = request(previous_response_id="resp_1", input=[{"type": "item_reference", "id": "msg_1"}]).continues
    assert [(one.id, one.missing.status, one.missing.code) for one in kept] == [
        ("resp_1", 400, "previous_response_not_found"),
        ("msg_1", 404, "not_found"),
    ]


def test_a_request_can_not_make_the_gateway_look_up_without_end() -> None:
    with pytest.raises(BadRequest):
        request(input=[{"type": "item_reference", "id": f"msg_{number}"} for number in range(1001)])


def test_a_shortened_history_may_be_unknown() -> None:
    (kept,) = request(input=[{"type": "compaction", "id": "cmp_1", "encrypted_content": SEALED}]).continues
    assert (kept.id, kept.missing) == ("cmp_1", None)


def test_results_after_the_models_last_words_are_new_to_it() -> None:
    items: list[dict[str, Any]] = [
        {"type": "function_call", "call_id": "1", "name": "old", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "1", "output": ""},
        {"role": "assistant", "content": "so"},
        {"type": "function_call", "call_id": "2", "name": "look", "arguments": "{}"},
        {"type": "shell_call", "call_id": "3", "action": {}},
        {"type": "function_call_output", "call_id": "2", "output": ""},
        {"type": "shell_call_output", "call_id": "3", "output": []},
        {"type": "custom_tool_call_output", "call_id": "9", "output": ""},
    ]
    assert request(input=items).tool_results == ("look", "shell", "unnamed")
    assert request(input=items[:3]).tool_results == ()


@pytest.mark.parametrize(
    "more",
    [
        {"model": ""},
        {"model": None},
        {"input": 3},
        {"input": ["a"]},
        {"tools": {}},
        {"stream": "yes"},
        {"store": 1},
        {"previous_response_id": 7},
        {"conversation": {"name": "x"}},
    ],
    ids=str,
)
def test_what_the_gateway_relies_on_must_have_its_type(more: dict[str, Any]) -> None:
    with pytest.raises(BadRequest):
        request(**more)


def test_what_is_not_changed_leaves_byte_for_byte() -> None:
    raw = b'{ "model":"m", "input" : "a",\n "temperature":1.00, "future":{"x":1e3} }'
    read = read_request(Inbound(raw))
    dialect = OpenAIResponses()
    assert dialect.rewrite_request(read, {}).body is raw
    changed = dialect.rewrite_request(read, {"q0": "b"}, model="n")
    assert (changed.path, changed.body) == ("/responses", raw.replace(b'"a"', b'"b"').replace(b'"m"', b'"n"'))
