"""Anthropic's token counts, from the example of https://docs.anthropic.com/en/api/messages-count-tokens."""

import json
from collections.abc import Sequence

from tests.vendors.anthropic_api import AnthropicVendor
from tests.vendors.anthropic_messages import asked


class AnthropicCountTokens(AnthropicVendor):
    name = "anthropic.count_tokens"
    path = "/v1/messages/count_tokens"
    upstream_path = "/v1/messages/count_tokens"
    streams = False
    speaks = False

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        body = asked(text, tools=tools)
        del body["max_tokens"]
        return json.dumps(body).encode()

    def reply(self, text: str) -> bytes:
        return json.dumps({"input_tokens": 2095}).encode()

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["messages"][-1]["content"])

    def said(self, body: bytes) -> str:
        return str(json.loads(body)["input_tokens"])


VENDOR = AnthropicCountTokens()
