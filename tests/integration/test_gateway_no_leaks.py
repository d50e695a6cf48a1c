"""Wherever a value stands, it leaves as a pseudonym or the call does not leave; and no reply lets a secret in."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from audit.reading import show_record
from tests.gateways import Gateway, running
from tests.scripted import DONE, STREAM_HEAD, Scripted, event, reply, response, scripted

pytestmark = pytest.mark.integration

MAIL, CARD, SECRET = "ann.lee@example.com", "4111111111111111", "AKIAQYLPMN5HHHFPZAM2"
Body = dict[str, Any]


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        started.play(response(reply("done")))
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("leaks"), upstream.base_url) as started:
        yield started


def chat(*messages: Body, **more: Any) -> Body:
    return {"model": "m", "messages": list(messages) or [{"role": "user", "content": "hi"}], **more}


def says(role: str, content: Any, **more: Any) -> Body:
    return {"role": role, "content": content, **more}


def calls(arguments: str, name: str = "look_up", call_id: str = "call_1") -> Body:
    function = {"name": name, "arguments": arguments}
    return says("assistant", None, tool_calls=[{"id": call_id, "type": "function", "function": function}])


def tool(description: str = "", schema: Any = None, name: str = "look_up") -> list[Body]:
    function = {"name": name, "description": description, "parameters": schema or {"type": "object"}}
    return [{"type": "function", "function": function}]


ANYTHING: dict[str, Callable[[str], Body]] = {
    "a user's words": lambda v: chat(says("user", f"It is {v}.")),
    "a system prompt": lambda v: chat(says("system", v), says("user", "hi")),
    "a developer's prompt": lambda v: chat(says("developer", v), says("user", "hi")),
    "the history": lambda v: chat(says("user", "hi"), says("assistant", f"You are {v}"), says("user", "hi")),
    "a refusal of the past": lambda v: chat(says("assistant", None, refusal=f"Not {v}"), says("user", "hi")),
    "a content part": lambda v: chat(says("user", [{"type": "text", "text": f"It is {v}."}])),
    "a part of an unknown type": lambda v: chat(says("user", [{"type": "hologram", "words": v}])),
    "a tool's result": lambda v: chat(says("tool", f"found {v}", tool_call_id="call_1")),
    "a tool's result as JSON": lambda v: chat(says("tool", json.dumps({"k": [v]}), tool_call_id="call_1")),
    "JSON with escaped line breaks": lambda v: chat(
        says("tool", json.dumps({"k": f"first:\n{v}\nlast\tof:\t{v}"}), tool_call_id="call_1")
    ),
    "broken JSON with escaped line breaks": lambda v: chat(says("user", f'{{"k": "first:\\n{v}\\nlast"')),
    "JSON within JSON": lambda v: chat(says("tool", json.dumps({"k": json.dumps({"v": v})}), tool_call_id="c")),
    "a tool call's arguments": lambda v: chat(calls(json.dumps({"to": v}))),
    "arguments, every letter escaped": lambda v: chat(calls('{"to":"' + "".join(f"\\u{ord(c):04x}" for c in v) + '"}')),
    "arguments that are no JSON": lambda v: chat(calls(f"to={v}")),
    "a key of arguments": lambda v: chat(calls(json.dumps({v: 1}))),
    "an old function call": lambda v: chat(
        says("assistant", None, function_call={"name": "f", "arguments": json.dumps({"to": v})})
    ),
    "a tool's description": lambda v: chat(tools=tool(f"Mails {v}")),
    "a schema's default": lambda v: chat(tools=tool(schema={"properties": {"to": {"default": v}}})),
    "a schema's property": lambda v: chat(tools=tool(schema={"properties": {v: {"type": "string"}}})),
    "metadata": lambda v: chat(metadata={"customer": v}),
    "a key of metadata": lambda v: chat(metadata={v: "x"}),
    "the user field": lambda v: chat(user=v),
    "a stop word": lambda v: chat(stop=[v]),
    "a prediction": lambda v: chat(prediction={"type": "content", "content": v}),
    "the reply's schema": lambda v: chat(
        response_format={"type": "json_schema", "json_schema": {"name": "x", "schema": {"description": v}}}
    ),
    "a field of tomorrow": lambda v: chat(future={"deep": [{"er": v}]}),
    "a key of tomorrow": lambda v: chat(future={v: True}),
}
IDS: dict[str, Callable[[str], Body]] = {
    "a tool's name": lambda v: chat(tools=tool(name=v)),
    "a called tool's name": lambda v: chat(calls("{}", name=v)),
    "a tool call's id": lambda v: chat(calls("{}", call_id=v)),
    "the id that a result answers": lambda v: chat(says("tool", "x", tool_call_id=v)),
    "an option": lambda v: chat(service_tier=v),
}
CASES = [
    pytest.param(build(value), value, id=f"{kind} in {where}")
    for places, values in ((ANYTHING, {"mail": MAIL, "card": CARD, "secret": SECRET}), (IDS, {"secret": SECRET}))
    for where, build in places.items()
    for kind, value in values.items()
]


@pytest.mark.parametrize(("body", "value"), CASES)
def test_a_value_leaves_masked_or_not_at_all(gateway: Gateway, upstream: Scripted, body: Body, value: str) -> None:
    upstream.play(response(reply("done")))
    before = len(upstream.bodies)
    with gateway.http() as client:
        told = client.post("/v1/chat/completions", json=body)
    sent = b"".join(upstream.bodies[before:])
    assert value.encode() not in sent
    assert value not in json.dumps(json.loads(sent or b"null"), ensure_ascii=False)
    assert (told.status_code, bool(sent)) in {(200, True), (403, False)}
    if value == SECRET:
        assert told.status_code == 403


def arguments_reply(arguments: str, **more: Any) -> Body:
    whole = reply("")
    whole["choices"][0]["message"] = {**calls(arguments), **more}
    return whole


REPLIES: dict[str, Body] = {
    "text": reply(f"Use {SECRET}."),
    "JSON text with escapes": reply(json.dumps({"k": f"key:\n{SECRET}"})),
    "arguments": arguments_reply(json.dumps({"k": SECRET})),
    "arguments' key": arguments_reply(json.dumps({SECRET: 1})),
    "a member of tomorrow": {**reply("hi"), "note": SECRET},
    "an id": {**reply("hi"), "id": SECRET},
}


@pytest.mark.parametrize("body", REPLIES.values(), ids=REPLIES)
def test_a_secret_in_a_reply_does_not_come_in(gateway: Gateway, upstream: Scripted, body: Body) -> None:
    upstream.play(response(body))
    with gateway.http() as client:
        told = client.post("/v1/chat/completions", json=chat())
    assert (told.status_code, told.json()["error"]["code"]) == (403, "secret.detected")
    assert SECRET not in told.text + str(told.headers)


def in_pieces(text: str, size: int) -> list[bytes]:
    return [event({"content": text[at : at + size]}) for at in range(0, len(text), size)]


ROLE, END = event({"role": "assistant", "content": ""}), event({}, "stop")
WORDS = "clean words " * 40
STREAMS: dict[str, list[bytes]] = {
    **{f"text in pieces of {size}": in_pieces(f"{WORDS}{SECRET} {WORDS}", size) for size in (1, 3, 7, 64, 2000)},
    "escaped text": in_pieces(WORDS + json.dumps({"k": f"key:\n{SECRET}\n"}) + WORDS, 5),
    "a chunk's id": [*in_pieces(WORDS, 9), event({"content": "x "}).replace(b'"c1"', f'"{SECRET}"'.encode())],
    "a comment": [*in_pieces(WORDS, 9), f": {SECRET}\n\n".encode()],
    "an event's name": [*in_pieces(WORDS, 9), f"event: {SECRET}\n".encode() + event({"content": "x "})],
    "a tool call": [
        event({"tool_calls": [{"index": 0, "id": "call_1", "function": {"name": "f", "arguments": ""}}]}),
        *(
            event({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
            for piece in ('{"k":"', SECRET[:9], SECRET[9:], '"}')
        ),
    ],
}


@pytest.mark.parametrize("events", STREAMS.values(), ids=STREAMS)
@pytest.mark.parametrize("pause", [0, 0.05], ids=["at once", "word by word"])
def test_a_secret_in_a_stream_does_not_come_in(
    gateway: Gateway, upstream: Scripted, events: list[bytes], pause: float
) -> None:
    half = len(events) // 2
    upstream.play(STREAM_HEAD, ROLE, *events[:half], pause, *events[half:], END, DONE)
    with gateway.http() as client:
        told = client.post("/v1/chat/completions", json=chat(stream=True))
    assert SECRET not in told.text
    assert SECRET[:9] not in told.text


def test_a_stream_is_decided_on_alike_however_it_is_cut(gateway: Gateway, upstream: Scripted) -> None:
    text = f"{WORDS}TOKEN=get_token(session1) and {WORDS}"
    told = set()
    for size in (1, 5, 40, len(text)):
        upstream.play(STREAM_HEAD, ROLE, *(s for piece in in_pieces(text, size) for s in (piece, 0.0)), END, DONE)
        with gateway.http() as client:
            lines = client.post("/v1/chat/completions", json=chat(stream=True)).text.splitlines()
        events = [json.loads(line[6:]) for line in lines if line.startswith("data: {")]
        told.add("".join(e["choices"][0]["delta"].get("content", "") for e in events if e.get("choices")))
    assert told == {text}


def test_a_json_reply_stays_json_when_values_come_back(gateway: Gateway, upstream: Scripted) -> None:
    person = 'ann.lee@example.com"'
    upstream.play(response(reply("ok")))
    with gateway.http() as client:
        client.post("/v1/chat/completions", json=chat(says("user", person)))
        token = json.loads(upstream.bodies[-1])["messages"][0]["content"].rstrip('"')
        said = json.dumps({"to": token, "note": "word " * 60})
        upstream.play(STREAM_HEAD, ROLE, *in_pieces(said, 7), END, DONE)
        body = chat(says("user", person), stream=True, response_format={"type": "json_object"})
        lines = client.post("/v1/chat/completions", json=body).text.splitlines()
    events = [json.loads(line[6:]) for line in lines if line.startswith("data: {")]
    text = "".join(e["choices"][0]["delta"].get("content", "") for e in events if e.get("choices"))
    assert json.loads(text)["to"] == "ann.lee@example.com"


def test_a_tools_name_with_a_finding_is_not_in_the_record(gateway: Gateway) -> None:
    with gateway.http() as client:
        told = client.post("/v1/chat/completions", json=chat(tools=[*tool(), *tool(name=SECRET)]))
    records = show_record(gateway.settings.store.url, told.headers["x-airlock-receipt"])
    opened = next(record for record in records if record.type == "request.opened")
    assert json.loads(opened.body["policy"]["input"])["request"]["tools"] == ["look_up", "withheld"]
    assert SECRET not in json.dumps([record.body for record in records])
