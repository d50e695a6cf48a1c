"""OpenAI's legacy Completions, from the examples of https://platform.openai.com/docs/api-reference/completions."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tests.vendors.events import documents, event
from tests.vendors.openai_api import OpenAIVendor
from tests.vendors.vendor import Ended

_ENVELOPE = {
    "id": "cmpl-7iA7iJjj8V2zOkCGvWF2hAkWALjZm",
    "object": "text_completion",
    "created": 1690759702,
    "model": "gpt-3.5-turbo-instruct",
    "system_fingerprint": "fp_44709d6fcb",
}
_USAGE = {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}
_DONE = b"data: [DONE]\n\n"


class Completions(OpenAIVendor):
    name = "openai.completions"
    path = "/v1/completions"
    upstream_path = "/completions"
    usage = (5, 7)

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        body = {"model": "gpt-3.5-turbo-instruct", "prompt": text, "max_tokens": 7, "temperature": 0}
        return json.dumps({**body, "stream": True} if stream else body).encode()

    def reply(self, text: str) -> bytes:
        return json.dumps({**_ENVELOPE, "choices": [_choice(text, "length")], "usage": _USAGE}).encode()

    def stream(self, pieces: Sequence[str]) -> list[bytes]:
        said = [event({**_ENVELOPE, "choices": [_choice(piece)]}) for piece in pieces]
        end = event({**_ENVELOPE, "choices": [_choice("", "stop")]})
        return [*said, end, event({**_ENVELOPE, "choices": [], "usage": _USAGE}), _DONE]

    def stream_error(self) -> bytes:
        message = "The server had an error while processing your request. Sorry about that!"
        return event({"error": {"message": message, "type": "server_error", "param": None, "code": None}})

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["prompt"])

    def said(self, body: bytes) -> str:
        return str(json.loads(body)["choices"][0]["text"])

    def said_in_stream(self, raw: bytes) -> str:
        return "".join(choice["text"] for choice in _choices(raw))

    def ended(self, raw: bytes) -> Ended:
        if any("error" in document for document in documents(raw)):
            return Ended.FAILED
        if not raw.endswith(_DONE):
            return Ended.CUT
        reasons = {choice["finish_reason"] for choice in _choices(raw)}
        return Ended.STOPPED if "content_filter" in reasons else Ended.COMPLETE


def _choice(text: str, reason: str | None = None) -> dict[str, Any]:
    return {"text": text, "index": 0, "logprobs": None, "finish_reason": reason}


def _choices(raw: bytes) -> Iterator[dict[str, Any]]:
    for document in documents(raw):
        yield from document.get("choices", ())


VENDOR = Completions()
