"""What Anthropic's endpoints share: the way to its upstream, and its errors."""

import json
from typing import Any

from tests.vendors.vendor import Refusal, Vendor

_TYPES = {
    401: "authentication_error",
    429: "rate_limit_error",
    500: "api_error",
    503: "api_error",
    529: "overloaded_error",
}


class AnthropicVendor(Vendor):
    api = "anthropic"
    credential = "x-api-key"

    def headers(self, key: str) -> dict[str, str]:
        return {"x-api-key": key, "anthropic-version": "2023-06-01", "content-type": "application/json"}

    def error(self, status: int) -> bytes:
        return json.dumps(error(_TYPES.get(status, "api_error"), "The server had an error.")).encode()

    def refusal(self, body: bytes) -> Refusal:
        document = json.loads(body)
        assert document["type"] == "error"
        assert document["error"].keys() >= {"type", "message"}
        return Refusal(document["error"].get("details", {}).get("error_code", ""), document["error"]["message"])


def error(kind: str, message: str) -> dict[str, Any]:
    """Write an error as Anthropic does, in a body or in an event."""
    return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_011CSHoEeqs5C35K2UUqR7Fy"}
