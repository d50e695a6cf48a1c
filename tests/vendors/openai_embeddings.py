"""OpenAI's Embeddings, from the example of https://platform.openai.com/docs/api-reference/embeddings."""

import json
from collections.abc import Sequence

from tests.vendors.openai_api import OpenAIVendor

_VECTOR = [0.0023064255, -0.009327292, 0.0, -0.0028842222]


class Embeddings(OpenAIVendor):
    name = "openai.embeddings"
    path = "/v1/embeddings"
    upstream_path = "/embeddings"
    streams = False
    speaks = False
    usage = (8, 0)

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        return json.dumps({"input": text, "model": "text-embedding-ada-002", "encoding_format": "float"}).encode()

    def reply(self, text: str) -> bytes:
        data = [{"object": "embedding", "embedding": _VECTOR, "index": 0}]
        usage = {"prompt_tokens": 8, "total_tokens": 8}
        return json.dumps({"object": "list", "data": data, "model": "text-embedding-ada-002", "usage": usage}).encode()

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["input"])

    def said(self, body: bytes) -> str:
        return str(json.loads(body)["data"][0]["embedding"])


VENDOR = Embeddings()
