"""OpenAI's error envelope, for what the gateway itself answers."""

import orjson

from gateway.errors import AirlockError


def error_body(error: AirlockError) -> bytes:
    """Give an error in the vendor's envelope, https://platform.openai.com/docs/guides/error-codes."""
    fields = {"message": error.message, "type": error.kind, "param": error.param, "code": error.code}
    return orjson.dumps({"error": fields})
