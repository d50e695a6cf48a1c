"""Definitions of tools and new results of tools: walked, and known by name."""

from typing import Any

from gateway.dialects.gemini.generate import GeminiGenerate
from tests.unit.gateway.dialects.gemini.requests import inbound, said

GENERATE = GeminiGenerate()
ANN = "ann.lee@example.org"
HI = said({"text": "Hi"})

TOOLS = [
    {
        "functionDeclarations": [
            {
                "name": "mail",
                "description": f"Mail {ANN}",
                "parameters": {"properties": {"to": {"description": "whom"}}},
            },
            {"name": "a name that is none", "parametersJsonSchema": {"examples": [ANN]}},
        ]
    },
    {"google_search": {}, "codeExecution": {}},
    {
        "mcpServers": [
            {"name": "m", "streamableHttpTransport": {"url": "https://x.org", "headers": {"Authorization": "t"}}}
        ]
    },
]


def test_tools_are_walked_and_named() -> None:
    request = GENERATE.read_request(inbound({"contents": [HI], "tools": TOOLS}))
    assert request.tools == ("mail", "unnamed", "googleSearch", "codeExecution", "mcpServers")
    texts = [slot.text for slot in request.content.slots if slot.place == "tools.definition"]
    assert texts == [f"Mail {ANN}", "whom", "a name that is none", ANN, "m", "https://x.org", "t"]
    assert {slot.lead for slot in request.content.slots} == {"", '"name": "', '"url": "', '"Authorization": "'}


def test_a_lone_tool_is_a_tool() -> None:
    tools = {"function_declarations": {"name": "mail", "description": ANN}}
    request = GENERATE.read_request(inbound({"contents": [HI], "tools": tools}))
    assert request.tools == ("mail",)
    assert [slot.text for slot in request.content.slots] == ["Hi", ANN]


def test_results_behind_the_models_last_turn_are_new() -> None:
    def result(name: Any) -> dict[str, Any]:
        return {"functionResponse": {"name": name, "response": {}}}

    contents = [
        said(result("old")),
        said({"text": "a"}, role="model"),
        said(result("new"), result(7)),
        HI,
        said(result("b")),
    ]
    assert GENERATE.read_request(inbound({"contents": contents})).tool_results == ("new", "unnamed", "b")
    assert GENERATE.read_request(inbound({"contents": contents[:2]})).tool_results == ()
