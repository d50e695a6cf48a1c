import json
from typing import Any

import pytest

from gateway.dialects.anthropic.messages import AnthropicMessages
from gateway.dialects.anthropic.request import read_request
from gateway.dialects.message import Inbound, Request
from gateway.dialects.places import ALL
from gateway.dialects.slot import Kind
from gateway.errors import BadRequest

USER = {"role": "user", "content": "hi"}
SEAL = "EqoBCkgIARABGAIiQL2UoU0b1OHYi" * 4
CIPHER = "EmwKAhgBEgy3va3pzix/LafPsn4aDFIT2Xlxh0L5L8rLVyIwxtE3rAFBa8cr3qpP=="
KEY = "AKIAQYLPMN5HHHFPZAM2"


def request(**more: Any) -> Request:
    body = {"model": "claude-sonnet-4-5", "max_tokens": 9, "messages": [USER], **more}
    return read_request(Inbound(json.dumps(body).encode()))


def found(read: Request) -> list[tuple[str, str]]:
    return [(slot.place, slot.text) for slot in read.content.slots if slot.text != "hi"]


def of_block(role: str = "user", **block: Any) -> tuple[list[tuple[str, str]], list[str]]:
    read = request(messages=[{"role": role, "content": [block]}])
    return found(read), [f"{part.reason} {part.place}" for part in read.content.unwalked]


def text(value: str) -> dict[str, str]:
    return {"type": "text", "text": value}


BLOCKS: dict[str, tuple[dict[str, Any], list[tuple[str, str]], list[str]]] = {
    "text": (text("a"), [("user.text", "a")], []),
    "text with citations": (
        {**text("a"), "citations": [{"type": "char_location", "cited_text": "b", "document_title": "c"}]},
        [("user.text", "a"), ("user.text", "b"), ("user.text", "c")],
        [],
    ),
    "text that is a document": (text('{"to": "b"}'), [("user.text", "b")], []),
    "image by data": (
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}},
        [],
        ["modality.image user.text"],
    ),
    "image by address": (
        {"type": "image", "source": {"type": "url", "url": "https://a.b/ann"}},
        [("user.text", "https://a.b/ann")],
        ["modality.image user.text"],
    ),
    "document of text": (
        {"type": "document", "title": "t", "context": "c", "source": {"type": "text", "data": "d" * 2000}},
        [("user.text", "t"), ("user.text", "c"), ("user.text", "d" * 2000)],
        [],
    ),
    "document of blocks": (
        {"type": "document", "source": {"type": "content", "content": [text("a"), {"type": "image", "source": {}}]}},
        [("user.text", "a")],
        ["modality.image user.text"],
    ),
    "document of one string": (
        {"type": "document", "source": {"type": "content", "content": "a"}},
        [("user.text", "a")],
        [],
    ),
    "document of bytes": (
        {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0="}},
        [],
        ["modality.file user.text"],
    ),
    "document by id": (
        {"type": "document", "source": {"type": "file", "file_id": "file_1"}},
        [],
        ["modality.file user.text"],
    ),
    "document of an unknown source": (
        {"type": "document", "source": {"type": "new", "words": "a"}},
        [("user.text", "a")],
        ["modality.file user.text"],
    ),
    "upload": ({"type": "container_upload", "file_id": "file_1"}, [], ["modality.file user.text"]),
    "search result": (
        {"type": "search_result", "source": "s", "title": "t", "content": [text("a")], "citations": {"enabled": True}},
        [("user.text", "s"), ("user.text", "t"), ("user.text", "a")],
        [],
    ),
    "thinking": (
        {"type": "thinking", "thinking": "a", "signature": SEAL},
        [("user.sealed", "a")],
        [],
    ),
    "thinking with a text for a signature": (
        {"type": "thinking", "thinking": "", "signature": f"{KEY} is mine"},
        [("user.text", f"{KEY} is mine")],
        [],
    ),
    "thinking with a key for a signature": (
        {"type": "thinking", "thinking": "", "signature": KEY},
        [("user.id", KEY)],
        [],
    ),
    "redacted thinking": ({"type": "redacted_thinking", "data": CIPHER}, [], ["encrypted user.text"]),
    "redacted thinking that is none": (
        {"type": "redacted_thinking", "data": "call ann"},
        [("user.text", "call ann")],
        [],
    ),
    "tool call": (
        {"type": "tool_use", "id": "toolu_1", "name": "send", "input": {"to": ["a"], "my note": {"n": 12345678}}},
        [("user.arguments", "a"), ("user.key", "my note"), ("user.key", "12345678")],
        [],
    ),
    "tool result": (
        {"type": "tool_result", "tool_use_id": "toolu_1", "content": '{"to": "a"}'},
        [("tool.text", "a")],
        [],
    ),
    "tool result of blocks": (
        {"type": "tool_result", "tool_use_id": "toolu_1", "content": [
            text("a"), {"type": "image", "source": {}}, {"type": "tool_reference", "tool_name": "b"},
            {"type": "browser_state", "tabs": [{"title": "c"}]},
        ]},
        [("tool.text", "a"), ("tool.text", "c")],
        ["modality.image tool.text"],
    ),
    "MCP result": (
        {"type": "mcp_tool_result", "tool_use_id": "m_1", "is_error": False, "content": [text("a")]},
        [("tool.text", "a")],
        [],
    ),
    "search": (
        {"type": "web_search_tool_result", "tool_use_id": "s_1", "content": [
            {"type": "web_search_result", "url": "u", "title": "t", "page_age": "p", "encrypted_content": CIPHER},
        ]},
        [("tool.text", "u"), ("tool.text", "t"), ("tool.text", "p")],
        ["encrypted tool.text"],
    ),
    "failed search": (
        {"type": "web_search_tool_result", "tool_use_id": "s_1", "content": {
            "type": "web_search_tool_result_error", "error_code": "max_uses_exceeded",
        }},
        [],
        [],
    ),
    "fetched page": (
        {"type": "web_fetch_tool_result", "tool_use_id": "s_1", "content": {
            "type": "web_fetch_result", "url": "u", "content": {
                "type": "document", "title": "t", "source": {"type": "text", "media_type": "text/plain", "data": "d"},
            },
        }},
        [("tool.text", "u"), ("tool.text", "t"), ("tool.text", "d")],
        [],
    ),
    "executed code": (
        {"type": "bash_code_execution_tool_result", "tool_use_id": "s_1", "content": {
            "type": "bash_code_execution_result", "stdout": "o", "stderr": "e", "return_code": 0,
            "content": [{"type": "bash_code_execution_output", "file_id": "file_1"}],
        }},
        [("tool.text", "o"), ("tool.text", "e")],
        [],
    ),
    "seen file": (
        {"type": "text_editor_code_execution_tool_result", "tool_use_id": "s_1", "content": {
            "type": "text_editor_code_execution_view_result", "file_type": "text", "content": "c", "num_lines": 1,
        }},
        [("tool.text", "c")],
        [],
    ),
    "changed file": (
        {"type": "text_editor_code_execution_tool_result", "tool_use_id": "s_1", "content": {
            "type": "text_editor_code_execution_str_replace_result", "lines": ["-a", "+b"],
        }},
        [("tool.text", "-a"), ("tool.text", "+b")],
        [],
    ),
    "hidden output": (
        {"type": "code_execution_tool_result", "tool_use_id": "s_1", "content": {
            "type": "encrypted_code_execution_result", "encrypted_stdout": CIPHER, "stderr": "e", "content": [],
        }},
        [("tool.text", "e")],
        ["encrypted tool.text"],
    ),
    "found tools": (
        {"type": "tool_search_tool_result", "tool_use_id": "s_1", "content": {
            "type": "tool_search_tool_search_result", "tool_references": [{"type": "tool_reference", "tool_name": KEY}],
        }},
        [("tool.id", KEY)],
        [],
    ),
    "compaction": (
        {"type": "compaction", "content": "a", "encrypted_content": CIPHER, "signature": SEAL},
        [("user.sealed", "a")],
        ["encrypted user.text"],
    ),
    "added tool": (
        {"type": "tool_addition", "tool": {"type": "tool_definition", "definition": {"name": "x", "description": "a"}}},
        [("tools.definition", "a")],
        [],
    ),
    "listing": (
        {"type": "mcp_tool_listing", "mcp_server_name": "crm", "tools": [{"name": "x", "description": "a"}]},
        [("tools.definition", "a")],
        [],
    ),
    "fallback": ({"type": "fallback", "from": {"model": "a"}, "to": {"model": "b"}}, [], []),
    "unknown": (
        {"type": "hologram", "words": ["a"]},
        [("user.text", "hologram"), ("user.text", "a")],
        ["unknown_part user.text"],
    ),
    "without a type": ({"words": "a"}, [("user.text", "a")], ["unknown_part user.text"]),
    "with an unknown member": ({**text("a"), "mood": "b"}, [("user.text", "a"), ("user.text", "b")], []),
}  # fmt: skip


@pytest.mark.parametrize(("block", "slots", "unwalked"), BLOCKS.values(), ids=BLOCKS)
def test_every_string_of_a_block_is_a_slot_or_named_as_unread(
    block: dict[str, Any], slots: list[tuple[str, str]], unwalked: list[str]
) -> None:
    assert of_block(**block) == (slots, unwalked)


TOP: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "system as a string": ({"system": "s"}, [("system.text", "s")]),
    "system as blocks": ({"system": [text("s")]}, [("system.text", "s")]),
    "a system turn": ({"messages": [{"role": "system", "content": "s"}]}, [("system.text", "s")]),
    "an unknown role": ({"messages": [{"role": "robot", "content": "s"}]}, [("other.text", "s")]),
    "metadata": ({"metadata": {"user_id": "Ann"}}, [("metadata.text", "Ann")]),
    "stop sequences": ({"stop_sequences": ["Ann:"]}, [("other.text", "Ann:")]),
    "a tool": (
        {"tools": [{"name": "f", "description": "a", "input_schema": {"type": "object", "properties": {
            "to": {"type": "string", "description": "b", "enum": ["c"]},
        }}, "input_examples": [{"to": "d"}]}]},
        [("tools.definition", value) for value in "abcd"],
    ),
    "a tool of the vendor's": (
        {"tools": [{"type": "web_search_2", "name": "web_search", "allowed_domains": ["a.org"]}]},
        [("tools.definition", "a.org")],
    ),
    "a format": (
        {"output_config": {"format": {"type": "json_schema", "schema": {"type": "object", "title": "t"}}}},
        [("tools.definition", "t")],
    ),
    "a server": (
        {"mcp_servers": [{"type": "url", "name": "crm", "url": "https://a.b", "authorization_token": KEY}]},
        [("other.text", "https://a.b"), ("other.id", KEY)],
    ),
    "a token that is a text": (
        {"mcp_servers": [{"type": "url", "name": "crm", "authorization_token": "Bearer x y"}]},
        [("other.text", "Bearer x y")],
    ),
    "instructions": (
        {"context_management": {"edits": [{"type": "compact_1", "instructions": "Keep Ann."}]}},
        [("other.text", "Keep Ann.")],
    ),
    "an unknown member": ({"future": {"depth": ["Ann"]}}, [("other.text", "Ann")]),
    "another vendor's model": ({"model": "claude-" + KEY}, [("other.id", "claude-" + KEY)]),
    "a number for a model": ({"model": "claude-4-55-12345678"}, [("other.id", "claude-4-55-12345678")]),
    "the vendor's model": ({"model": "claude-opus-4-1-20250805"}, []),
}  # fmt: skip


@pytest.mark.parametrize(("more", "slots"), TOP.values(), ids=TOP)
def test_every_string_around_the_messages_is_a_slot(more: dict[str, Any], slots: list[tuple[str, str]]) -> None:
    assert found(request(**more)) == slots


def test_a_tools_input_is_screened_with_the_names_of_its_members() -> None:
    call = {"type": "tool_use", "id": "t", "name": "f", "input": {"password": "hunter2"}}
    slot = request(messages=[{"role": "assistant", "content": [call]}]).content.slots[-1]
    assert (slot.kind, slot.lead, slot.screened) == (Kind.TEXT, '"password": "', '"password": "hunter2"')


def test_sealed_text_is_never_rewritten() -> None:
    block = {"type": "thinking", "thinking": r"mail ann\u0040example.org", "signature": SEAL}
    read = request(messages=[{"role": "assistant", "content": [block]}])
    sealed = [slot for slot in read.content.slots if slot.kind is Kind.SEALED]
    assert [slot.text for slot in sealed] == [r"mail ann\u0040example.org"]
    for slot in sealed:
        with pytest.raises(KeyError):
            AnthropicMessages().rewrite_request(read, {slot.id: "x"})


def test_places_come_from_the_closed_list() -> None:
    for block, _, _ in BLOCKS.values():
        read = request(messages=[{"role": "assistant", "content": [block]}])
        assert {slot.place for slot in read.content.slots} | {part.place for part in read.content.unwalked} <= ALL


CALL = {"type": "tool_use", "id": "t1", "name": "send", "input": {}}
RESULT = {"type": "tool_result", "tool_use_id": "t1", "content": "ok"}


@pytest.mark.parametrize(
    ("messages", "names"),
    [
        ([USER], ()),
        ([{"role": "assistant", "content": [CALL]}, {"role": "user", "content": [RESULT, text("and?")]}], ("send",)),
        (
            [
                {"role": "assistant", "content": [CALL]},
                {"role": "user", "content": [RESULT]},
                {"role": "assistant", "content": "done"},
                USER,
            ],
            (),
        ),
        ([{"role": "user", "content": [{**RESULT, "tool_use_id": "t2"}]}], ("unnamed",)),
        (
            [{"role": "assistant", "content": [{**CALL, "name": "by Ann"}]}, {"role": "user", "content": [RESULT]}],
            ("unnamed",),
        ),
        ([{"role": "user", "content": [{**RESULT, "tool_use_id": ["t1"]}]}], ("unnamed",)),
    ],
    ids=["none", "new", "old", "of no call", "of no name", "of no id"],
)
def test_results_that_are_new_to_the_model_are_named_by_their_calls(
    messages: list[dict[str, Any]], names: tuple[str, ...]
) -> None:
    assert request(messages=messages).tool_results == names


def test_tools_are_named_wherever_they_are_offered() -> None:
    added = {"type": "tool_addition", "tool": {"type": "tool_definition", "definition": {"name": "late"}}}
    named = {"type": "tool_addition", "tool": {"type": "tool_reference", "name": "again"}}
    read = request(
        tools=[{"name": "send"}, {"type": "browser_toolset_1"}, {"name": "by Ann"}, {}],
        messages=[USER, {"role": "system", "content": [added, named]}],
    )
    assert read.tools == ("send", "browser_toolset_1", "unnamed", "unnamed", "late", "again")


def test_what_policy_and_limits_want_to_know_of_a_request() -> None:
    read = request(
        stream=True,
        output_config={"format": {"type": "json_schema", "schema": {}}},
        thread={"type": "continue", "previous_message_id": "msg_1"},
        messages=[{"role": "user", "content": [{"type": "image", "source": {}}, text("x" * 40)]}],
    )
    assert (read.model, read.stream, read.choices, read.max_output) == ("claude-sonnet-4-5", True, 1, 9)
    assert (read.modalities, read.json_reply, read.tokens_estimated) == (("image", "text"), True, 10)
    assert ([kept.id for kept in read.continues], read.is_kept) == (["msg_1"], True)


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"model": ""}, "model"),
        ({"stream": "yes"}, "stream"),
        ({"max_tokens": "9"}, "max_tokens"),
        ({"max_tokens": True}, "max_tokens"),
        ({"max_tokens": -1}, "max_tokens"),
        ({"tools": [1]}, "tools[0]"),
        ({"thread": "msg_1"}, "thread"),
        ({"system": [1]}, "system[0]"),
        ({"system": 1}, "system"),
        ({"messages": []}, "messages"),
        ({"messages": "hi"}, "messages"),
        ({"messages": [{"content": "hi"}]}, "messages[0].role"),
        ({"messages": [{"role": "user", "content": 1}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": ["hi"]}]}, "messages[0].content[0]"),
    ],
    ids=str,
)
def test_what_the_gateway_relies_on_is_checked(more: dict[str, Any], param: str) -> None:
    with pytest.raises(BadRequest) as caught:
        request(**more)
    assert caught.value.param == param


@pytest.mark.parametrize(
    ("query", "path"), [({}, "/v1/messages"), ({"beta": "true", "x": "y"}, "/v1/messages?beta=true")], ids=["", "beta"]
)
def test_the_call_leaves_for_the_same_path(query: dict[str, str], path: str) -> None:
    raw = b'{"model":"a","max_tokens":9, "messages":[{"role":"user","content":"hi"}]}'
    read = read_request(Inbound(raw, query=query))
    same = AnthropicMessages().rewrite_request(read, {})
    other = AnthropicMessages().rewrite_request(read, {}, model="b")
    assert (same.path, same.body) == (path, raw)
    assert other.body == raw.replace(b'"a"', b'"b"')
