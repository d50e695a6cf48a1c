"""Which members of a request become arguments of a library of providers."""

import orjson
import pytest

from gateway.dialects.library import LIBRARY, library_call
from gateway.errors import BadRequest

MESSAGES = [{"role": "user", "content": "hi"}]
TAKEN = {
    "openai.chat": (
        {"model": "m", "messages": MESSAGES, "store": False, "metadata": {"a": "b"}, "tools": [{"type": "function"}]},
        {"model": "m", "messages": MESSAGES, "store": False, "tools": [{"type": "function"}]},
    ),
    "openai.responses": (
        {"model": "m", "input": "hi", "tools": [{"type": "custom", "name": "t"}], "store": False},
        {"model": "m", "input": "hi", "tools": [{"type": "custom", "name": "t"}], "store": False},
    ),
    "anthropic.messages": (
        {"model": "m", "messages": MESSAGES, "max_tokens": 5, "metadata": {"user_id": "u"}, "tools": [{"name": "t"}]},
        {"model": "m", "messages": MESSAGES, "max_tokens": 5, "tools": [{"name": "t"}]},
    ),
    "gemini.generate": (
        {"contents": [], "generation_config": {"topK": 1}, "tools": [{"functionDeclarations": []}]},
        {"contents": [], "config": {"topK": 1}, "tools": [{"functionDeclarations": []}]},
    ),
    "openai.embeddings": ({"model": "m", "input": ["a"]}, {"model": "m", "input": ["a"]}),
}


@pytest.mark.parametrize("dialect", LIBRARY)
def test_known_members_become_arguments(dialect: str) -> None:
    asked, arguments = TAKEN[dialect]
    assert library_call(dialect).arguments(orjson.dumps(asked)) == arguments


@pytest.mark.parametrize("dialect", LIBRARY)
@pytest.mark.parametrize("member", ["api_base", "api_key", "callbacks", "mock_response", "extra_headers", "timeout"])
def test_what_the_library_means_by_a_name_is_not_the_callers_to_say(dialect: str, member: str) -> None:
    with pytest.raises(BadRequest) as caught:
        library_call(dialect).arguments(orjson.dumps({**TAKEN[dialect][0], member: "x"}))
    assert caught.value.code == "unsupported_parameter"


FOREIGN_TOOLS = {
    "openai.chat": {"type": "mcp", "server_url": "https://x"},
    "openai.responses": {"type": "file_search"},
    "anthropic.messages": {"type": "web_search_20250305", "name": "web_search"},
    "gemini.generate": {"googleSearch": {}},
    "openai.embeddings": {"type": "function"},
}


@pytest.mark.parametrize("dialect", LIBRARY)
@pytest.mark.parametrize("others", [False, True], ids=["alone", "beside its own"])
def test_tools_are_the_callers_own_functions(dialect: str, others: bool) -> None:
    own = TAKEN[dialect][0].get("tools", []) if others else []
    with pytest.raises(BadRequest):
        library_call(dialect).arguments(orjson.dumps({**TAKEN[dialect][0], "tools": [*own, FOREIGN_TOOLS[dialect]]}))


@pytest.mark.parametrize("tool", ["function", None, 1, []])
def test_a_tool_that_is_no_object_is_refused(tool: object) -> None:
    with pytest.raises(BadRequest):
        library_call("openai.chat").arguments(orjson.dumps({"messages": [], "tools": [tool]}))


def test_an_endpoint_that_the_library_lacks_is_told() -> None:
    with pytest.raises(BadRequest):
        library_call("openai.moderations")


@pytest.mark.parametrize("tools", [5, "all", {"type": "function"}])
def test_tools_that_are_no_list_are_refused(tools: object) -> None:
    with pytest.raises(BadRequest):
        library_call("openai.chat").arguments(orjson.dumps({"messages": [], "tools": tools}))
