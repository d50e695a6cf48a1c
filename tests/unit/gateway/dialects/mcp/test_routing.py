"""The headers that say again what a request is about: as the MCP SDK's own server reads them."""

from typing import Any

import pytest
from mcp.shared.inbound import decode_header_value

from gateway.dialects.mcp.dialect import MCP
from gateway.dialects.mcp.routing import routing_headers
from gateway.dialects.message import Inbound

NAMES = ["mail", "ann lee", " mail", "größe", "=?base64?bWFpbA==?=", "a\r\nx-evil: 1"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["tools/call", "prompts/get"])
def test_a_name_is_read_as_it_was_meant(method: str, name: str) -> None:
    headers = routing_headers({"method": method, "params": {"name": name}})
    assert headers["mcp-method"] == method
    assert decode_header_value(headers["mcp-name"]) == name
    assert "\n" not in headers["mcp-name"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"method": "resources/read", "params": {"uri": "a:b"}}, {"mcp-method": "resources/read", "mcp-name": "a:b"}),
        ({"method": "tools/list"}, {"mcp-method": "tools/list"}),
        ({"method": "tools/call", "params": {"name": 7}}, {"mcp-method": "tools/call"}),
        ({"result": {}}, {}),
        ({}, {}),
    ],
)
def test_only_what_has_a_name_is_named(document: dict[str, Any], expected: dict[str, str]) -> None:
    assert routing_headers(document) == expected


def test_the_header_says_what_the_body_says_as_it_leaves() -> None:
    raw = b'{"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": {"uri": "file:///ann@x.org"}}'
    request = MCP.read_request(Inbound(raw, {"server": "files"}))
    outbound = MCP.rewrite_request(request, {"q0": "file:///<EMAIL_ADDRESS_bcdef>"})
    assert b"file:///<EMAIL_ADDRESS_bcdef>" in outbound.body
    assert outbound.headers["mcp-name"] == "file:///<EMAIL_ADDRESS_bcdef>"
