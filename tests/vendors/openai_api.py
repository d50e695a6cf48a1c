"""What OpenAI's endpoints share: the way to its upstream, and its errors."""

import json

from tests.vendors.vendor import Refusal, Vendor

_TYPES = {401: "invalid_request_error", 429: "requests", 500: "server_error", 503: "server_error"}


class OpenAIVendor(Vendor):
    api = "openai"
    base = "/v1"
    credential = "authorization"

    def error(self, status: int) -> bytes:
        code = {429: "rate_limit_exceeded"}.get(status)
        error = {"message": "The server had an error.", "type": _TYPES[status], "param": None, "code": code}
        return json.dumps({"error": error}).encode()

    def refusal(self, body: bytes) -> Refusal:
        error = json.loads(body)["error"]
        assert set(error) == {"message", "type", "param", "code"}
        return Refusal(error["code"] or "", error["message"])
