"""An agent with the MCP SDK's own client, and a server made with the same SDK, with the gateway in between."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from mcp import types
from mcp.shared.exceptions import MCPError

from gateway.policy.bundle import shipped
from tests.gateways import Gateway, running
from tests.tool_servers import ToolServer, tool_client, tool_server

pytestmark = pytest.mark.integration

ANN = "ann.lee@example.com"


@pytest.fixture(scope="module")
def server() -> Iterator[ToolServer]:
    with tool_server() as started:
        yield started


@pytest.fixture(scope="module")
def gateway(server: ToolServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    data = orjson.loads((shipped() / "data.json").read_bytes())
    schema = {"type": "object", "properties": {"to": {"type": "string", "pattern": r"@example\.com$"}}}
    data["use_cases"]["mailer"] = {
        "models": ["*"],
        "tools": {"allow": ["send_mail", "own/look_up"], "schemas": {"send_mail": schema}},
    }
    (folder / "policy-data.json").write_bytes(orjson.dumps(data))
    url = f"{server.base_url}/mcp"
    servers = [
        {"name": "own", "url": url, "hosting": "self", "headers": {"x-team": "blue"}},
        {"name": "cloud", "url": url, "hosting": "cloud"},
        {"name": "gone", "url": "http://127.0.0.1:9/mcp"},
    ]
    with running(folder, "http://127.0.0.1:9", policy={"data": "policy-data.json"}, mcp_servers=servers) as started:
        yield started


def connect(
    gateway: Gateway, name: str = "own", use_case: str = "default", mode: str = "legacy", **options: Any
) -> Any:
    return tool_client(f"{gateway.base_url}/mcp/{name}", gateway.key(use_case), mode, **options)


async def refused(connecting: Any, tool: str, arguments: Any, **options: Any) -> types.ErrorData:
    """Give the error that a call ends with, or that the session does not begin with."""
    told: list[types.ErrorData] = []

    def note(error: BaseException) -> bool:
        told.extend([error.error] if isinstance(error, MCPError) else ())
        return isinstance(error, MCPError)

    with pytest.RaisesGroup(pytest.RaisesExc(MCPError, check=note), flatten_subgroups=True, allow_unwrapped=True):
        async with connecting as client:
            await client.call_tool(tool, arguments, **options)
    return told[0]


def text_of(result: Any) -> str:
    return "".join(block.text for block in result.content)


modes = pytest.mark.parametrize("mode", ["legacy", "auto"])


@modes
async def test_tools_are_listed_and_called(gateway: Gateway, server: ToolServer, mode: str) -> None:
    async with connect(gateway, mode=mode) as client:
        names = [tool.name for tool in (await client.list_tools()).tools]
        result = await client.call_tool("send_mail", {"to": ANN, "text": "Hello."})
    assert "send_mail" in names
    assert text_of(result) == f"Sent to {ANN}."
    assert server.sent[-1] == {"to": ANN, "text": "Hello."}
    assert server.headers[-1]["x-team"] == "blue"
    assert not any("ak_" in value for headers in server.headers for value in headers.values())


@modes
async def test_somebody_elses_server_gets_pseudonyms_and_the_client_real_values(
    gateway: Gateway, server: ToolServer, mode: str
) -> None:
    async with connect(gateway, "cloud", mode=mode) as client:
        result = await client.call_tool("send_mail", {"to": ANN, "text": f"I am {ANN}."})
    assert server.sent[-1]["to"].startswith("<EMAIL_ADDRESS_")
    assert ANN not in str(server.sent[-1])
    assert text_of(result) == f"Sent to {ANN}."


async def test_a_pseudonym_holds_over_a_session(gateway: Gateway, server: ToolServer) -> None:
    async with connect(gateway, "cloud") as client:
        for _ in range(2):
            await client.call_tool("send_mail", {"to": ANN})
    assert server.sent[-1]["to"] == server.sent[-2]["to"]


@modes
async def test_personal_data_of_the_server_comes_to_the_client(gateway: Gateway, mode: str) -> None:
    async with connect(gateway, mode=mode) as client:
        found = await client.call_tool("look_up", {"name": "Carol"})
        note = await client.read_resource("notes://today")
        prompt = await client.get_prompt("greet", {"name": "Erin"})
    assert found.structured_content == {"name": "Carol", "mail": "carol@example.com"}
    assert note.contents[0].text == "Call erin@example.com."
    assert prompt.messages[0].content.text == "Greet Erin."


BLOCKED = {
    "a secret in a result": ("own", "default", "give_key", {}, "secret.detected"),
    "a secret in an argument": ("own", "default", "send_mail", {"to": "AKIAQYLPMN5HHHFPZAM2"}, "secret.detected"),
    "a tool that is not listed": ("own", "mailer", "give_key", {}, "tool.not_allowed"),
    "a tool that is listed for another server": ("cloud", "mailer", "look_up", {"name": "x"}, "tool.not_allowed"),
    "arguments that don't fit": ("own", "mailer", "send_mail", {"to": "ann@rival.example"}, "tool.arguments_invalid"),
    "an unknown use case": ("own", "nobody", "send_mail", {"to": ANN}, "subject.unknown_use_case"),
}


@modes
@pytest.mark.parametrize(("name", "use_case", "tool", "arguments", "code"), BLOCKED.values(), ids=BLOCKED)
async def test_what_policy_refuses_is_the_clients_own_error(
    gateway: Gateway, server: ToolServer, name: str, use_case: str, tool: str, arguments: Any, code: str, mode: str
) -> None:
    before = list(server.sent)
    error = await refused(connect(gateway, name, use_case, mode=mode), tool, arguments)
    assert error.data["code"] == code
    assert "AKIA" not in str(error)
    assert server.sent == before


@modes
async def test_what_policy_allows_passes(gateway: Gateway, server: ToolServer, mode: str) -> None:
    async with connect(gateway, use_case="mailer", mode=mode) as client:
        assert text_of(await client.call_tool("send_mail", {"to": ANN})) == f"Sent to {ANN}."
        assert (await client.call_tool("look_up", {"name": "x"})).structured_content


@modes
async def test_of_a_servers_tools_a_client_sees_those_that_it_may_use(gateway: Gateway, mode: str) -> None:
    async with connect(gateway, use_case="mailer", mode=mode) as client:
        assert [tool.name for tool in (await client.list_tools()).tools] == ["send_mail", "look_up"]


@modes
async def test_progress_comes_as_it_is_made(gateway: Gateway, mode: str) -> None:
    told: list[tuple[float, str | None]] = []

    async def progress(done: float, total: float | None, message: str | None) -> None:
        told.append((done, message))

    async with connect(gateway, mode=mode) as client:
        result = await client.call_tool("count", {"to": 3}, progress_callback=progress)
    assert text_of(result) == "done"
    assert told == [(1, "step 1"), (2, "step 2"), (3, "step 3")]


@modes
async def test_a_message_that_may_not_pass_ends_the_answer(gateway: Gateway, mode: str) -> None:
    told: list[Any] = []

    async def progress(*said: Any) -> None:
        told.append(said)

    error = await refused(connect(gateway, mode=mode), "leak_on_the_way", {}, progress_callback=progress)
    assert error.data["code"] == "secret.detected"
    assert told == []


@pytest.mark.filterwarnings("ignore::mcp.shared.exceptions.MCPDeprecationWarning")
async def test_a_server_asks_the_clients_model_and_hears_its_answer(gateway: Gateway) -> None:
    async def model(_: Any, params: types.CreateMessageRequestParams) -> types.CreateMessageResult:
        asked = params.messages[0].content
        return types.CreateMessageResult(
            role="assistant", content=types.TextContent(type="text", text=f"heard {asked.text}"), model="m"
        )

    async with connect(gateway, sampling_callback=model) as client:
        result = await client.call_tool("ask_model", {})
    assert text_of(result) == "The model says: heard Who is dave@example.com?"


async def test_a_session_ends_with_a_word_to_the_server(gateway: Gateway, server: ToolServer) -> None:
    async with connect(gateway) as client:
        await client.list_tools()
    assert server.methods[-1] == "DELETE"


async def test_a_server_that_is_gone_is_told(gateway: Gateway) -> None:
    error = await refused(connect(gateway, "gone"), "send_mail", {"to": ANN})
    assert error.data["code"] == "upstream.unreachable"


async def test_a_server_that_nobody_named_is_told(gateway: Gateway) -> None:
    error = await refused(connect(gateway, "other"), "send_mail", {"to": ANN})
    assert error.data["code"] == "unknown_url"


async def test_the_sdk_comes_back_for_the_rest_of_an_answer(gateway: Gateway, server: ToolServer) -> None:
    async with connect(gateway) as client:
        result = await client.call_tool("hang_up", {})
    assert text_of(result) == "said after all"
    assert any("last-event-id" in headers for headers in server.headers)
