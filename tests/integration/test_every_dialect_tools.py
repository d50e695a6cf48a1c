"""Every dialect with tools, plain and streamed: the tools that a use case allows, and how they may be called."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from audit.reading import Listed
from tests.vendors.stage import Stage, stage
from tests.vendors.vendor import Call, Vendor
from tests.vendors.ways import TOOL, call_answer, ways

pytestmark = pytest.mark.integration

OTHER = "look_up"
SHORT = {"type": "object", "properties": {"days": {"type": "integer", "maximum": 3}}, "required": ["days"]}


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    cases = {"others": {"allow": [OTHER]}, "checked": {"allow": [TOOL], "schemas": {TOOL: SHORT}}}
    folder = tmp_path_factory.mktemp("tools")
    with stage(folder, use_cases={name: {"models": ["*"], "tools": rules} for name, rules in cases.items()}) as set_up:
        yield set_up


def stages(record: Listed) -> list[tuple[str, list[tuple[str, str]], str]]:
    """Give what was decided on tools: the stage, the tools with the state of their arguments, the action."""
    inputs = [(json.loads(one["input"]), one["answer"]["action"]) for one in record.body.get("stages", ())]
    return [(one["stage"], [(use["name"], use["arguments"]) for use in one["tools"]], action) for one, action in inputs]


@ways("forwarded", "tools")
def test_a_tool_that_may_not_be_offered(staged: Stage, vendor: Vendor, stream: bool) -> None:
    before = len(staged.upstream.bodies)
    told = staged.ask(vendor, "What is the weather?", stream=stream, tools=[OTHER, TOOL], use_case="others")

    assert len(staged.upstream.bodies) == before
    assert told.status == 403
    assert told.headers["x-airlock-reason"] == "tool.not_allowed"
    assert vendor.refusal(told.body).code in {"tool.not_allowed", ""}
    assert stages(told.opened) == [("tool_definition", [(OTHER, "none"), (TOOL, "none")], "block")]


@ways("forwarded", "tools")
def test_a_call_of_a_tool_that_nobody_may_use(staged: Stage, vendor: Vendor, stream: bool) -> None:
    staged.upstream.play(*call_answer(vendor, stream, {"days": 2}))
    told = staged.ask(vendor, "What is the weather?", stream=stream, tools=[OTHER], use_case="others")

    assert told.status == 403
    assert told.headers["x-airlock-reason"] == "tool.not_allowed"
    assert TOOL.encode() not in told.body
    assert stages(told.closed) == [("tool_call", [(TOOL, "unchecked")], "block")]


ARGUMENTS: dict[str, tuple[dict[str, Any], str]] = {
    "fit": ({"days": 2}, "valid"),
    "don't fit": ({"days": 7}, "invalid"),
}


@ways("forwarded", "tools")
@pytest.mark.parametrize(("arguments", "state"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_arguments_are_compared_with_the_schema(
    staged: Stage, vendor: Vendor, stream: bool, arguments: dict[str, Any], state: str
) -> None:
    staged.upstream.play(*call_answer(vendor, stream, arguments))
    told = staged.ask(vendor, "What is the weather?", stream=stream, tools=[TOOL], use_case="checked")

    action = "allow" if state == "valid" else "block"
    assert stages(told.closed) == [("tool_call", [(TOOL, state)], action)]
    if state == "valid":
        calls = vendor.calls_in_stream(told.body) if stream else vendor.calls(told.body)
        assert (told.status, calls) == (200, [Call(TOOL, arguments)])
    else:
        assert (told.status, told.headers["x-airlock-reason"]) == (403, "tool.arguments_invalid")
        assert TOOL.encode() not in told.body
