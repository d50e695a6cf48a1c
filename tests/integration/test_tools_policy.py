"""An agent behind the gateway, with OpenAI's own SDK: which tools it may offer, call and hear from."""

import json
from collections.abc import Iterator
from typing import Any

import openai
import orjson
import pytest

from audit.reading import Listed
from gateway.policy.bundle import load, shipped
from gateway.policy.wasm import WasmEngine
from tests.gateways import Gateway, running
from tests.integration.test_gateway_records import both, eventually
from tests.scripted import DONE, STREAM_HEAD, Scripted, Step, event, response, scripted

pytestmark = pytest.mark.integration

MAIL = {
    "type": "object",
    "required": ["to"],
    "properties": {"to": {"type": "string", "pattern": r"@example\.com$"}, "text": {"type": "string"}},
    "additionalProperties": False,
}
RULES = {"allow": ["send_mail", "search*"], "deny": ["search_all"], "schemas": {"send_mail": MAIL}}
ASK = [{"role": "user", "content": "Mail ann.lee@example.com, please."}]


def tool(name: str) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "parameters": {"type": "object"}}}


def offer(*names: str, **more: Any) -> dict[str, Any]:
    return {"model": "m", "messages": ASK, "tools": [tool(name) for name in names], **more}


def with_results(*names: str) -> dict[str, Any]:
    calls = [{"id": f"call_{n}", "type": "function", "function": {"name": n, "arguments": "{}"}} for n in names]
    results = [{"role": "tool", "tool_call_id": f"call_{name}", "content": "sent"} for name in names]
    return {"model": "m", "messages": [*ASK, {"role": "assistant", "tool_calls": calls}, *results]}


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    data = orjson.loads((shipped() / "data.json").read_bytes())
    data["use_cases"]["agent"] = {"models": ["*"], "tools": RULES}
    data["use_cases"]["watched_agent"] = {"models": ["*"], "stream": "observe", "tools": RULES}
    data["use_cases"]["patient_agent"] = {"models": ["*"], "stream": "hold", "tools": RULES}
    (folder / "policy-data.json").write_bytes(orjson.dumps(data))
    with running(folder, upstream.base_url, policy={"data": "policy-data.json"}) as started:
        yield started


def plays(upstream: Scripted, *calls: tuple[str, str], stream: bool, text: str = "", pause: Step = b"") -> None:
    """Have the model answer with a text and, after a pause, these calls."""
    listed = [
        {"index": i, "id": f"c{i}", "type": "function", "function": {"name": name, "arguments": arguments}}
        for i, (name, arguments) in enumerate(calls)
    ]
    if stream:
        said = [*(event({"content": f"{word} "}) for word in text.split()), pause]
        upstream.play(STREAM_HEAD, *said, *(event({"tool_calls": [c]}) for c in listed), event({}, "tool_calls"), DONE)
        return
    message = {"role": "assistant", "content": text or None, "tool_calls": listed}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    upstream.play(response({"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}))


def got(gateway: Gateway, body: dict[str, Any], *, stream: bool, use_case: str = "agent") -> list[tuple[str, str]]:
    """Give the calls that the app gets to execute."""
    completions = gateway.sdk(use_case).chat.completions
    if not stream:
        message = completions.create(**body).choices[0].message
        return [(call.function.name, call.function.arguments) for call in message.tool_calls or ()]
    names: dict[int, list[str]] = {}
    for chunk in completions.create(**body, stream=True):
        for call in chunk.choices[0].delta.tool_calls or ():
            names.setdefault(call.index, ["", ""])
            names[call.index][0] += call.function.name or ""
            names[call.index][1] += call.function.arguments or ""
    return [(name, arguments) for name, arguments in names.values()]


streams = pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])

REFUSED = {
    "a tool that is not listed": (offer("send_mail", "pay"), "tool.not_allowed"),
    "a denied tool": (offer("search_all"), "tool.not_allowed"),
    "a tool without a proper name": (offer("search the web"), "tool.not_allowed"),
    "a result of a tool that is not listed": (with_results("send_mail", "pay"), "tool.not_allowed"),
    "a result of nobody knows what": (
        {"model": "m", "messages": [*ASK, {"role": "tool", "tool_call_id": "x", "content": "sent"}]},
        "tool.not_allowed",
    ),
}


@streams
@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED)
def test_a_request_about_other_tools_never_leaves(
    gateway: Gateway, upstream: Scripted, body: dict[str, Any], code: str, stream: bool
) -> None:
    before = len(upstream.bodies)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        gateway.sdk("agent").chat.completions.create(**body, stream=stream)
    assert caught.value.code == code
    assert len(upstream.bodies) == before


@streams
def test_results_of_listed_tools_reach_the_model(gateway: Gateway, upstream: Scripted, stream: bool) -> None:
    plays(upstream, ("search", "{}"), stream=stream)
    assert got(gateway, with_results("send_mail", "search.web"), stream=stream) == [("search", "{}")]


PASSES = {
    "a listed tool": ("search.web", '{"for": "shoes"}'),
    "arguments that fit": ("send_mail", '{"to": "bob@example.com"}'),
    "no arguments at all": ("search", ""),
    "no JSON where no schema counts": ("search", "shoes"),
}


@streams
@pytest.mark.parametrize("call", PASSES.values(), ids=PASSES)
def test_a_call_that_is_allowed_passes(
    gateway: Gateway, upstream: Scripted, call: tuple[str, str], stream: bool
) -> None:
    plays(upstream, call, stream=stream)
    assert got(gateway, offer("send_mail", "search"), stream=stream) == [call]


@streams
def test_arguments_are_checked_with_the_real_values_in_them(gateway: Gateway, upstream: Scripted, stream: bool) -> None:
    plays(upstream, ("search", "{}"), stream=stream)
    got(gateway, offer("send_mail", "search"), stream=stream)
    token = json.loads(upstream.bodies[-1])["messages"][0]["content"].split()[1].rstrip(",")
    assert token.startswith("<EMAIL")
    plays(upstream, ("send_mail", json.dumps({"to": token})), stream=stream)
    assert got(gateway, offer("send_mail", "search"), stream=stream) == [("send_mail", '{"to": "ann.lee@example.com"}')]


BLOCKED = {
    "a tool that nobody offered": ("pay", "{}", "tool.not_allowed"),
    "a denied tool": ("search_all", "{}", "tool.not_allowed"),
    "a name that is none": ("rm -rf", "{}", "tool.not_allowed"),
    "arguments that don't fit": ("send_mail", '{"to": "ann@rival.example"}', "tool.arguments_invalid"),
    "arguments with more than the schema has": (
        "send_mail",
        '{"to": "bob@example.com", "bcc": "x@rival.example"}',
        "tool.arguments_invalid",
    ),
    "arguments that are missing": ("send_mail", "", "tool.arguments_invalid"),
    "arguments that are no JSON": ("send_mail", '{"to": "bob@example.com"', "tool.arguments_invalid"),
    "a key given twice": ("send_mail", '{"to": "x", "to": "bob@example.com"}', "tool.arguments_invalid"),
}


@pytest.mark.parametrize(("name", "arguments", "code"), BLOCKED.values(), ids=BLOCKED)
class TestACallThatIsNotAllowed:
    def test_is_refused_in_a_whole_reply(
        self, gateway: Gateway, upstream: Scripted, name: str, arguments: str, code: str
    ) -> None:
        plays(upstream, ("search", "{}"), (name, arguments), stream=False, text="I will.")
        with pytest.raises(openai.PermissionDeniedError) as caught:
            got(gateway, offer("send_mail", "search"), stream=False)
        assert caught.value.code == code

    def test_is_refused_where_a_stream_has_said_nothing_else(
        self, gateway: Gateway, upstream: Scripted, name: str, arguments: str, code: str
    ) -> None:
        plays(upstream, (name, arguments), stream=True)
        with pytest.raises(openai.PermissionDeniedError) as caught:
            got(gateway, offer("send_mail", "search"), stream=True)
        assert caught.value.code == code

    @pytest.mark.parametrize("use_case", ["agent", "watched_agent"])
    def test_ends_a_stream_that_has_begun(
        self, gateway: Gateway, upstream: Scripted, name: str, arguments: str, code: str, use_case: str
    ) -> None:
        plays(upstream, (name, arguments), stream=True, text="I will send it at once. " * 20, pause=upstream.heard)
        stream = gateway.sdk(use_case).chat.completions.create(**offer("send_mail", "search"), stream=True)
        choices = [chunk.choices[0] for chunk in upstream.hears(stream, 10)]
        assert "".join(choice.delta.content or "" for choice in choices).startswith("I will send it")
        assert not any(choice.delta.tool_calls for choice in choices)
        assert choices[-1].finish_reason == "content_filter"

    def test_is_refused_by_who_waits_for_the_whole_stream(
        self, gateway: Gateway, upstream: Scripted, name: str, arguments: str, code: str
    ) -> None:
        plays(upstream, (name, arguments), stream=True, text="I will.")
        with pytest.raises(openai.PermissionDeniedError) as caught:
            got(gateway, offer("send_mail", "search"), stream=True, use_case="patient_agent")
        assert caught.value.code == code


def test_without_a_word_on_tools_all_pass(gateway: Gateway, upstream: Scripted) -> None:
    plays(upstream, ("pay", "no JSON"), stream=False)
    assert got(gateway, offer("pay"), stream=False, use_case="default") == [("pay", "no JSON")]


def record(gateway: Gateway, body: dict[str, Any], use_case: str = "agent") -> tuple[Listed, Listed]:
    with gateway.http(gateway.key(use_case)) as client:
        receipt = client.post("/v1/chat/completions", json=body).headers["x-airlock-receipt"]
    opened, closed = eventually(lambda: both(gateway, receipt))
    return opened, closed


@streams
async def test_the_records_hold_each_decision_and_it_can_be_made_again(
    gateway: Gateway, upstream: Scripted, stream: bool
) -> None:
    plays(upstream, ("search", "{}"), ("send_mail", '{"to": "x"}'), stream=stream)
    body = {**with_results("search"), "tools": [tool("send_mail"), tool("search")], "stream": stream}
    opened, closed = record(gateway, body)
    decided = [*opened.body["stages"], *closed.body["stages"]]
    inputs = [orjson.loads(stage["input"]) for stage in decided]
    assert [(one["stage"], [tuple(use.values()) for use in one["tools"]]) for one in inputs] == [
        ("tool_definition", [("send_mail", "none"), ("search", "none")]),
        ("tool_result", [("search", "none")]),
        ("tool_call", [("search", "unchecked"), ("send_mail", "invalid")]),
    ]
    assert [stage["answer"]["action"] for stage in decided] == ["allow", "allow", "block"]
    assert (closed.body["decision"], closed.body["reason"]) == ("block", "tool.arguments_invalid")
    engine = WasmEngine(load(data=gateway.settings.policy.data))
    for stage in decided:
        again = await engine.decide(stage["input"].encode())
        assert (again.bundle, str(again.action)) == (stage["bundle"], stage["answer"]["action"])


def test_what_was_found_elsewhere_is_no_concern_of_a_tool_stage(gateway: Gateway, upstream: Scripted) -> None:
    plays(upstream, ("search", '{"for": "bob@example.com"}'), stream=False, text="Ask carol@example.com.")
    opened, closed = record(gateway, {**offer("search"), "stream": False})
    definition, call = (orjson.loads(one.body["stages"][0]["input"]) for one in (opened, closed))
    assert definition["detections"] == []
    assert {place for found in call["detections"] for place in found["slots"]} == {"assistant.arguments"}
    assert call["coverage"]["scanned"] == ["assistant.arguments"]


def test_a_call_without_tools_has_no_such_stage(gateway: Gateway, upstream: Scripted) -> None:
    plays(upstream, stream=False, text="Hello.")
    opened, closed = record(gateway, {"model": "m", "messages": ASK})
    assert "stages" not in opened.body
    assert "stages" not in closed.body


def test_a_name_in_which_something_was_found_is_in_no_record(gateway: Gateway, upstream: Scripted) -> None:
    name = "DE89370400440532013000"
    for stream in (False, True):
        plays(upstream, (name, "{}"), stream=stream)
        record(gateway, {**offer(name), "stream": stream}, "default")
        receipts = [one.body for one in record(gateway, {**with_results(name), "stream": stream}, "default")]
        assert name not in str(receipts)
        assert "withheld" in receipts[0]["stages"][0]["input"]
        assert "withheld" in receipts[1]["stages"][0]["input"]
