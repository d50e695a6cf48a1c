"""What a client and a server of tools say to each other: every text in its place, every tool by its name."""

import json
from typing import Any

import pytest

from gateway.dialects.mcp.dialect import MCP
from gateway.dialects.mcp.reading import ServerMessages, request_id
from gateway.dialects.message import Inbound, ToolCall
from gateway.errors import PolicyBlocked, UpstreamInvalid

KEY = "AKIAQYLPMN5HHHFPZAM2"
SERVER = {"server": "files"}


def sent(**message: Any) -> Any:
    raw = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return MCP.read_request(Inbound(raw, SERVER))


def answered(tool: str = "", **message: Any) -> Any:
    return ServerMessages(tool, 1).read(json.dumps({"jsonrpc": "2.0", **message}).encode())


def found(read: Any) -> list[tuple[str, str]]:
    slots = [(slot.place, slot.text) for slot in read.content.slots]
    return slots + [(part.place, part.reason) for part in read.content.unwalked]


REQUESTS: dict[str, tuple[str, dict[str, Any], list[tuple[str, str]]]] = {
    "a call": ("tools/call", {"name": "mail", "arguments": {"to": "Ann"}}, [("assistant.arguments", "Ann")]),
    "a call under a long name": ("tools/call", {"name": KEY}, [("assistant.id", KEY)]),
    "a prompt": ("prompts/get", {"name": "greet", "arguments": {"who": "Ann"}}, [("user.arguments", "Ann")]),
    "a resource": ("resources/read", {"uri": "file:///Ann"}, [("user.text", "file:///Ann")]),
    "a completion": (
        "completion/complete",
        {"ref": {"type": "ref/prompt", "name": "greet"}, "argument": {"name": "who", "value": "An"}},
        [("user.text", "ref/prompt"), ("user.text", "greet"), ("user.arguments", "who"), ("user.arguments", "An")],
    ),
    "a page": ("tools/list", {"cursor": "0f9d2c3a-1111-4e5f-9a9a-123456789012"},
               [("other.id", "0f9d2c3a-1111-4e5f-9a9a-123456789012")]),
    "its progress": ("prompts/get", {"_meta": {"progressToken": "t-1", "note": "Ann"}}, [("metadata.text", "Ann")]),
    "an end": ("notifications/cancelled", {"requestId": 3, "reason": "Ann left"}, [("other.text", "Ann left")]),
    "something new": ("tasks/new", {"for": ["Ann"]}, [("other.text", "Ann")]),
}  # fmt: skip


@pytest.mark.parametrize(("method", "params", "expected"), REQUESTS.values(), ids=REQUESTS)
def test_what_a_client_says(method: str, params: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert found(sent(id=1, method=method, params=params)) == expected


ANSWERS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a text": ({"content": [{"type": "text", "text": "Ann"}]}, [("tool.text", "Ann")]),
    "data": ({"structuredContent": {"who": "Ann", "n": 1}}, [("tool.text", "Ann")]),
    "an image": (
        {"content": [{"type": "image", "data": "aGk=", "mimeType": "image/png"}]},
        [("tool.text", "modality.image")],
    ),
    "a sound": ({"content": [{"type": "audio", "data": "aGk="}]}, [("tool.text", "modality.audio")]),
    "a link": ({"content": [{"type": "resource_link", "uri": "a:b", "name": "Ann"}]},
               [("tool.text", "a:b"), ("tool.text", "Ann")]),
    "a resource inside": ({"content": [{"type": "resource", "resource": {"uri": "a:b", "text": "Ann"}}]},
                          [("tool.text", "a:b"), ("tool.text", "Ann")]),
    "a resource": ({"contents": [{"uri": "a:b", "text": "Ann"}]}, [("tool.text", "a:b"), ("tool.text", "Ann")]),
    "a file": ({"contents": [{"uri": "a:b", "blob": "aGk="}]}, [("tool.text", "a:b"), ("tool.text", "modality.file")]),
    "a block of tomorrow": (
        {"content": [{"type": "smell", "of": "Ann"}]},
        [("tool.text", "smell"), ("tool.text", "Ann"), ("tool.text", "unknown_part")],
    ),
    "a prompt": ({"messages": [{"role": "user", "content": {"type": "text", "text": "Ann"}}]}, [("user.text", "Ann")]),
    "instructions": ({"instructions": "Ask Ann."}, [("system.text", "Ask Ann.")]),
    "a tool": (
        {"tools": [{"name": "mail", "description": "For Ann", "inputSchema": {"title": "To Ann"}}]},
        [("tools.definition", "For Ann"), ("tools.definition", "To Ann")],
    ),
    "something new": ({"future": {"for": "Ann"}}, [("other.text", "Ann")]),
}  # fmt: skip


@pytest.mark.parametrize(("result", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_what_a_server_answers(result: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert found(answered(id=1, result=result)) == expected


ASKED: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a log": ({"method": "notifications/message", "params": {"level": "info", "data": {"a": "Ann"}}},
              [("tool.text", "Ann")]),
    "progress": ({"method": "notifications/progress", "params": {"progressToken": 1, "progress": 1, "message": "Ann"}},
                 [("tool.text", "Ann")]),
    "a form": ({"id": 2, "method": "elicitation/create", "params": {"message": "Ann?", "requestedSchema": {}}},
               [("tool.text", "Ann?")]),
    "a model": (
        {"id": 2, "method": "sampling/createMessage", "params": {
            "messages": [{"role": "assistant", "content": {"type": "tool_use", "name": "f", "input": {"a": "Ann"}}}],
            "systemPrompt": "Be brief.", "maxTokens": 9}},
        [("assistant.arguments", "Ann"), ("system.text", "Be brief.")],
    ),
    "an error": ({"id": 1, "error": {"code": -1, "message": "Ann", "data": {"why": "Bob"}}},
                 [("error.text", "Ann"), ("error.text", "Bob")]),
}  # fmt: skip


@pytest.mark.parametrize(("message", "expected"), ASKED.values(), ids=ASKED)
def test_what_a_server_says_by_itself(message: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert found(answered(**message)) == expected


def test_what_a_client_answers_a_server() -> None:
    form = sent(id=2, result={"action": "accept", "content": {"mail": "Ann", "type": "home"}})
    assert found(form) == [("user.text", "Ann"), ("user.text", "home")]
    model = sent(id=2, result={"role": "assistant", "content": {"type": "text", "text": "Ann"}, "model": "m"})
    assert found(model) == [("assistant.text", "Ann")]
    assert not model.stream


def test_tools_are_known_by_name() -> None:
    request = sent(id=1, method="tools/call", params={"name": "mail", "arguments": {"n": 2**70}})
    assert (request.model, request.tools, request.stream) == ("files", ("mail",), True)
    assert request.calls == (ToolCall("mail", f'{{"n":{2**70}}}'),)
    assert sent(id=1, method="tools/call", params={"name": "ann lee"}).tools == ("unnamed",)
    assert answered("mail", id=1, result={"content": []}).results == ("mail",)
    assert answered("", id=1, result={"content": []}).results == ("unnamed",)
    assert answered("mail", method="notifications/progress", params={}).results == ()
    assert answered(id=1, result={"tools": [{"name": "a"}, {"name": "b c"}, 7]}).offers == ("a", "unnamed", "unnamed")


def test_tools_are_taken_out_of_a_list_and_nothing_else_changes() -> None:
    raw = (
        b'{"jsonrpc": "2.0", "id": 1, "result": {"tools": [ {"name": "a"},  {"name": "b"} , {"name": "c"}], "x": 1.50}}'
    )
    messages = ServerMessages()
    reply = messages.read(raw)
    assert messages.without(reply, [0, 2]) == (
        b'{"jsonrpc": "2.0", "id": 1, "result": {"tools": [{"name": "b"}], "x": 1.50}}'
    )
    assert b'"tools": []' in messages.without(reply, [0, 1, 2])


def test_only_an_answer_is_refused_with_an_answer() -> None:
    messages, error = ServerMessages("mail", 5), PolicyBlocked("No.", code="secret.detected")
    assert json.loads(messages.refusal(answered(id=9, result={}), error))["id"] == 9
    assert messages.refusal(answered(method="notifications/message"), error) == b""
    assert json.loads(messages.failure(error))["id"] == 5
    assert ServerMessages().failure(error) == b""


@pytest.mark.parametrize("raw", [b"{", b"[]", b"{}", b'{"jsonrpc": "1.0"}'])
def test_what_is_no_message_of_a_server(raw: bytes) -> None:
    with pytest.raises(UpstreamInvalid):
        ServerMessages().read(raw)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(b"{", None), (b"[]", None), (b'{"id": 1}', None), (b'{"id": true, "method": "a"}', None),
     (b'{"id": 1, "method": 2}', 1), (b'{"id": "x", "method": "a"}', "x")],
)  # fmt: skip
def test_the_id_of_a_request_is_given_as_far_as_it_can_be_read(raw: bytes, expected: Any) -> None:
    assert request_id(raw) == expected


def test_nothing_needs_no_reading() -> None:
    for method in ("GET", "DELETE"):
        request = MCP.read_request(Inbound(b"", SERVER, method=method))
        assert (found(request), MCP.rewrite_request(request, {}).method) == ([], method)
    assert found(ServerMessages().read(b"")) == []
