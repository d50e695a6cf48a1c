"""A real MCP server for tests, made with the MCP SDK, and what it has seen."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import anyio
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.streamable_http import EventCallback, EventMessage, EventStore
from mcp.types import JSONRPCMessage, SamplingMessage, TextContent
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.demo.background import Background


class KeptEvents(EventStore):
    """Keeps what was sent, so that a client can come back for it."""

    def __init__(self) -> None:
        self._events: list[tuple[str, str, JSONRPCMessage | None]] = []

    async def store_event(self, stream_id: str, message: JSONRPCMessage | None) -> str:
        self._events.append((str(len(self._events)), stream_id, message))
        return self._events[-1][0]

    async def replay_events_after(self, last_event_id: str, send_callback: EventCallback) -> str | None:
        found = next((stream for event, stream, _ in self._events if event == last_event_id), None)
        for event, stream, message in self._events[int(last_event_id) + 1 :]:
            if stream == found and message is not None:
                await send_callback(EventMessage(message, event))
        return found


@dataclass(slots=True)
class ToolServer:
    """The server. `sent` is what its tools were called with, `headers` those of each request, by lower-case name."""

    base_url: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)


def _tools(server: MCPServer, seen: ToolServer) -> None:
    @server.tool(description="Send a mail.")
    def send_mail(to: str, text: str = "") -> str:
        seen.sent.append({"to": to, "text": text})
        return f"Sent to {to}."

    @server.tool(description="Look somebody up.")
    def look_up(name: str) -> dict[str, str]:
        return {"name": name, "mail": "carol@example.com"}

    @server.tool(description="Give a key.")
    def give_key() -> str:
        return "It is AKIAQYLPMN5HHHFPZAM2."


def _talking_tools(server: MCPServer) -> None:
    @server.tool(description="Count slowly.")
    async def count(to: int, ctx: Context) -> str:
        for number in range(to):
            await ctx.report_progress(number + 1, to, f"step {number + 1}")
        return "done"

    @server.tool(description="Say the key on the way.")
    async def leak_on_the_way(ctx: Context) -> str:
        await ctx.report_progress(1, 2, "AKIAQYLPMN5HHHFPZAM2")
        return "done"

    @server.tool(description="Close the stream, and answer all the same.")
    async def hang_up(ctx: Context) -> str:
        await ctx.close_sse_stream()
        await anyio.sleep(0.1)
        return "said after all"

    @server.tool(description="Ask a model.")
    async def ask_model(ctx: Context) -> str:
        said = await ctx.session.create_message(
            [SamplingMessage(role="user", content=TextContent(type="text", text="Who is dave@example.com?"))],
            max_tokens=10,
        )
        return f"The model says: {said.content.text if isinstance(said.content, TextContent) else said.content}"


def _other_things(server: MCPServer) -> None:
    @server.resource("notes://today")
    def today() -> str:
        return "Call erin@example.com."

    @server.prompt()
    def greet(name: str) -> str:
        return f"Greet {name}."


class _Watched:
    """The server's app, with an ear at its door."""

    def __init__(self, app: ASGIApp, seen: ToolServer) -> None:
        self._app = app
        self._seen = seen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._seen.methods.append(scope["method"])
            self._seen.headers.append({name.decode(): value.decode() for name, value in scope["headers"]})
        await self._app(scope, receive, send)


@contextmanager
def tool_server(**options: Any) -> Iterator[ToolServer]:
    """Run the server on a socket of its own."""
    seen = ToolServer()
    server = MCPServer("tools", instructions="Write to frank@example.com for help.")
    _tools(server, seen)
    _talking_tools(server)
    _other_things(server)
    app = server.streamable_http_app(event_store=KeptEvents(), retry_interval=50, **options)
    with Background(_Watched(app, seen), app, drain_s=1) as running:
        seen.base_url = running.base_url
        yield seen


@asynccontextmanager
async def tool_client(url: str, key: str, mode: str = "legacy", **options: Any) -> AsyncIterator[Client]:
    """Give the SDK's own client, with only its URL and its key changed."""
    headers = {"authorization": f"Bearer {key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=20, trust_env=False) as http,
        Client(streamable_http_client(url, http_client=http), mode=mode, **options) as client,
    ):
        yield client
