"""MCP over streamable HTTP, byte by byte: statuses, errors, events, records, and pages that may not call."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.gateways import Gateway, running
from tests.integration.test_gateway_records import both, eventually
from tests.scripted import PATIENCE_S, STREAM_HEAD, Scripted, response, scripted

pytestmark = pytest.mark.integration

SECRET = "AKIAQYLPMN5HHHFPZAM2"
CALL = {"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "mail", "arguments": {"to": "ann@x.org"}}}
RESULT = {"jsonrpc": "2.0", "id": 7, "result": {"content": [{"type": "text", "text": "Sent."}], "isError": False}}
ACCEPT = {"accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def server() -> Iterator[Scripted]:
    with scripted() as started:
        yield started


@pytest.fixture(scope="module")
def gateway(server: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    (folder / "server-key").write_text("the-servers-own-key")
    servers = [{"name": "own", "url": f"{server.base_url}/mcp", "hosting": "self", "api_key": {"file": "server-key"}}]
    pages = ["https://app.example.com"]
    limits = {"heartbeat_s": 0.1}
    with running(folder, "http://127.0.0.1:9", mcp_servers=servers, mcp_origins=pages, limits=limits) as started:
        yield started


@pytest.fixture
def client(gateway: Gateway) -> Iterator[httpx.Client]:
    with gateway.http() as http:
        http.headers.update(ACCEPT)
        yield http


def event(message: Any, **fields: str) -> bytes:
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "\n".join([*lines, f"data: {json.dumps(message)}", "", ""]).encode()


def test_a_message_and_its_answer_are_kept_byte_for_byte(client: httpx.Client, server: Scripted) -> None:
    sent = json.dumps(CALL, indent=1).encode()
    server.play(response(json.dumps(RESULT, indent=3).encode()))
    told = client.post(
        "/mcp/own", content=sent, headers={"mcp-session-id": "S-1", "mcp-protocol-version": "2025-06-18"}
    )
    assert (told.status_code, told.content) == (200, json.dumps(RESULT, indent=3).encode())
    assert told.headers["x-airlock-decision"] == "allow"
    assert server.bodies[-1] == sent
    seen = server.headers[-1]
    assert (seen["mcp-session-id"], seen["mcp-protocol-version"]) == ("S-1", "2025-06-18")
    assert seen["authorization"] == "Bearer the-servers-own-key"
    assert seen["accept"] == ACCEPT["accept"]


def test_the_servers_session_is_told_to_the_client(client: httpx.Client, server: Scripted) -> None:
    server.play(response(RESULT, mcp_session_id="0f3A-9"))
    assert client.post("/mcp/own", json=CALL).headers["mcp-session-id"] == "0f3A-9"


def test_a_notification_is_accepted_without_a_body(client: httpx.Client, server: Scripted) -> None:
    server.play(response(b"", "202 Accepted"))
    told = client.post("/mcp/own", json={"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (told.status_code, told.content) == (202, b"")


def test_events_keep_their_marks_and_nothing_else(client: httpx.Client, server: Scripted) -> None:
    progress = {"jsonrpc": "2.0", "method": "notifications/progress", "params": {"progressToken": 1, "progress": 0.5}}
    server.play(
        STREAM_HEAD,
        b"id: e1\nretry: 50\ndata: \n\n",
        b": " + SECRET.encode() + b"\n\n",
        event(progress, id="e2", event="message"),
        event(RESULT, id="e3", event="message", more=SECRET),
    )
    told = client.post("/mcp/own", json=CALL)
    assert told.headers["content-type"].startswith("text/event-stream")
    assert told.text == (
        "id: e1\nretry: 50\ndata: \n\n"
        f"event: message\nid: e2\ndata: {json.dumps(progress)}\n\n"
        f"event: message\nid: e3\ndata: {json.dumps(RESULT)}\n\n"
    )


def test_each_event_leaves_before_the_next_one_comes(client: httpx.Client, server: Scripted) -> None:
    progress = {"jsonrpc": "2.0", "method": "notifications/progress", "params": {"progressToken": 1, "progress": 1}}
    server.play(STREAM_HEAD, event(progress), server.heard, event(RESULT))
    with client.stream("POST", "/mcp/own", json=CALL) as told:
        pieces = list(server.hears((piece for piece in told.iter_text() if piece), 2))
    assert "progress" in pieces[0]
    assert "Sent" not in pieces[0]
    assert any(piece == ":\n\n" for piece in pieces)  # the client is told that the line is alive
    assert "Sent" in pieces[-1]


def test_a_client_can_listen(client: httpx.Client, server: Scripted) -> None:
    changed = {"jsonrpc": "2.0", "method": "notifications/tools/list_changed"}
    leak = {"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": SECRET}}
    late = {"jsonrpc": "2.0", "id": 9, "result": {"content": [{"type": "text", "text": SECRET}]}}
    server.play(STREAM_HEAD, event(changed, id="1"), event(leak, id="2"), event(late, id="3"), event(changed, id="4"))
    told = client.get("/mcp/own", headers={"mcp-session-id": "S-1", "last-event-id": "0"})
    blocks = told.text.strip().split("\n\n")
    events = [block.split("\n") for block in blocks if block != ":"]  # a slow machine tells that the line is alive
    assert [[line for line in lines if line.startswith("id")] for lines in events] == [
        ["id: 1"], ["id: 2"], ["id: 3"], ["id: 4"],
    ]  # fmt: skip
    assert events[1][-1].strip() == "data:"
    refused = json.loads(events[2][-1].removeprefix("data: "))
    assert (refused["id"], refused["error"]["data"]["code"]) == (9, "secret.detected")
    assert SECRET not in told.text
    assert server.headers[-1]["last-event-id"] == "0"


def test_a_session_is_ended(client: httpx.Client, server: Scripted) -> None:
    server.play(response(b"", "200 OK"))
    assert client.delete("/mcp/own", headers={"mcp-session-id": "S-1"}).status_code == 200


@pytest.mark.parametrize("status", ["404 Not Found", "405 Method Not Allowed", "400 Bad Request"])
def test_a_servers_status_reaches_the_client(client: httpx.Client, server: Scripted, status: str) -> None:
    server.play(response(b"Session " + SECRET.encode(), status, kind="text/plain"))
    told = client.get("/mcp/own", headers={"mcp-session-id": "S-1"})
    assert told.status_code == int(status[:3])
    assert told.json()["error"]["message"]
    assert SECRET not in told.text


BAD: dict[str, tuple[bytes, int, int | None]] = {
    "no JSON": (b"{", -32700, None),
    "a key given twice": (b'{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', -32700, None),
    "a list": (json.dumps([CALL]).encode(), -32600, None),
    "another version": (b'{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600, 1),
    "no method": (b'{"jsonrpc":"2.0","id":1}', -32600, None),
    "params that are a list": (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}', -32600, 1),
    "an id that is none": (b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32600, None),
}


@pytest.mark.parametrize(("body", "code", "request_id"), BAD.values(), ids=BAD)
def test_what_is_no_message_is_told_as_such(
    client: httpx.Client, server: Scripted, body: bytes, code: int, request_id: int | None
) -> None:
    before = len(server.bodies)
    told = client.post("/mcp/own", content=body, headers={"content-type": "application/json"})
    assert told.status_code == 400
    assert (told.json()["error"]["code"], told.json()["id"]) == (code, request_id)
    assert len(server.bodies) == before


def test_a_refusal_answers_the_request(client: httpx.Client, server: Scripted) -> None:
    before = len(server.bodies)
    told = client.post("/mcp/own", json={**CALL, "id": "q", "params": {"name": "mail", "arguments": {"key": SECRET}}})
    assert (told.status_code, told.json()["id"]) == (403, "q")
    assert told.json()["error"]["data"] == {"code": "secret.detected", "type": "policy_violation"}
    assert len(server.bodies) == before


ORIGINS = {
    None: 200,
    "http://localhost:3000": 200,
    "https://app.example.com": 200,
    "https://evil.example": 403,
    "https://app.example.com.evil.example": 403,
    "null": 403,
}


@pytest.mark.parametrize(("origin", "status"), ORIGINS.items())
def test_only_pages_that_may_call_are_heard(
    client: httpx.Client, server: Scripted, origin: str | None, status: int
) -> None:
    server.play(response(RESULT))
    told = client.post("/mcp/own", json=CALL, headers={"origin": origin} if origin else {})
    assert told.status_code == status


def test_nobody_calls_without_a_key(gateway: Gateway) -> None:
    told = httpx.post(f"{gateway.base_url}/mcp/own", json=CALL, trust_env=False)
    assert (told.status_code, told.json()["error"]["data"]["code"]) == (401, "missing_api_key")
    assert httpx.put(f"{gateway.base_url}/mcp/own", json=CALL, trust_env=False).status_code == 405


FAULTS: dict[str, tuple[Any, ...]] = {
    "no JSON": (STREAM_HEAD, b"data: {\n\n"),
    "no message": (STREAM_HEAD, b"data: {}\n\n"),
    "the end before the answer": (STREAM_HEAD, event({"jsonrpc": "2.0", "method": "notifications/tools/list_changed"})),
}


@pytest.mark.parametrize("script", FAULTS.values(), ids=FAULTS)
def test_a_stream_that_fails_ends_with_an_error_that_answers(
    client: httpx.Client, server: Scripted, script: tuple[Any, ...]
) -> None:
    server.play(*script)
    last = client.post("/mcp/own", json=CALL).text.strip().split("\n\n")[-1]
    told = json.loads(last.split("data: ")[1])
    assert (told["id"], told["error"]["data"]["type"]) == (7, "upstream_error")


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_the_records_say_what_happened(client: httpx.Client, gateway: Gateway, server: Scripted, stream: bool) -> None:
    server.play(*([STREAM_HEAD, event(RESULT)] if stream else [response(RESULT)]))
    receipt = client.post("/mcp/own", json=CALL).headers["x-airlock-receipt"]
    opened, closed = eventually(lambda: both(gateway, receipt))
    asked = json.loads(opened.body["policy"]["input"])
    assert (asked["request"]["dialect"], asked["request"]["model"], asked["upstream"]["hosting"]) == (
        "mcp",
        "own",
        "self",
    )
    assert asked["request"]["tools"] == ["mail"]
    stages = [json.loads(stage["input"]) for record in (opened, closed) for stage in record.body["stages"]]
    assert [(one["stage"], one["tools"]) for one in stages] == [
        ("tool_call", [{"name": "mail", "arguments": "unchecked"}]),
        ("tool_result", [{"name": "mail", "arguments": "none"}]),
    ]
    assert (closed.body["decision"], closed.body["status"]) == ("allow", 200)
    assert "ann@x.org" not in str((opened.body, closed.body))


def test_a_client_that_leaves_ends_the_servers_answer(client: httpx.Client, gateway: Gateway, server: Scripted) -> None:
    progress = event(
        {"jsonrpc": "2.0", "method": "notifications/progress", "params": {"progressToken": 1, "progress": 1}}
    )
    server.play(STREAM_HEAD, *([progress, 0.05] * 100))
    with client.stream("POST", "/mcp/own", json=CALL) as told:
        receipt = told.headers["x-airlock-receipt"]
        next(told.iter_bytes())
    _, closed = eventually(lambda: both(gateway, receipt))
    assert closed.body["error"] == "cancelled"
    assert server.hung_up.wait(PATIENCE_S)
