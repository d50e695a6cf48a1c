"""OpenAI's Images, from the examples of https://platform.openai.com/docs/api-reference/images.

Here without pictures in the requests, which nobody reads yet: `tests/integration/test_gateway_images.py` has them.
"""

import json
from collections.abc import Sequence

from tests.vendors.openai_api import OpenAIVendor

_USAGE = {
    "total_tokens": 100,
    "input_tokens": 50,
    "output_tokens": 50,
    "input_tokens_details": {"text_tokens": 10, "image_tokens": 40},
}
_PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Generations(OpenAIVendor):
    name = "openai.images.generations"
    path = "/v1/images/generations"
    upstream_path = "/images/generations"
    streams = False  # a stream of pictures says nothing
    usage = (50, 50)
    unscanned = frozenset({"modality.image"})

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        return json.dumps({"model": "gpt-image-1.5", "prompt": text, "n": 1, "size": "1024x1024"}).encode()

    def reply(self, text: str) -> bytes:
        data = [{"b64_json": _PICTURE, "revised_prompt": text}]
        return json.dumps({"created": 1713833628, "data": data, "usage": _USAGE}).encode()

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["prompt"])

    def said(self, body: bytes) -> str:
        return str(json.loads(body)["data"][0]["revised_prompt"])


class Edits(OpenAIVendor):
    name = "openai.images.edits"
    path = "/v1/images/edits"
    upstream_path = "/images/edits"
    streams = False
    speaks = False
    usage = (50, 50)
    unscanned = frozenset({"modality.image"})

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        return json.dumps({"model": "gpt-image-1.5", "prompt": text}).encode()

    def reply(self, text: str) -> bytes:
        return json.dumps({"created": 1713833628, "data": [{"b64_json": _PICTURE}], "usage": _USAGE}).encode()

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["prompt"])

    def said(self, body: bytes) -> str:
        return str(json.loads(body)["data"][0]["b64_json"])


class Variations(OpenAIVendor):
    name = "openai.images.variations"
    path = "/v1/images/variations"
    upstream_path = "/images/variations"
    streams = False
    speaks = False
    prompted = False
    unscanned = frozenset({"modality.image"})

    def headers(self, key: str) -> dict[str, str]:
        return {**super().headers(key), "content-type": "multipart/form-data; boundary=b7"}

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        fields = {"model": "dall-e-2", "n": "1", "size": "1024x1024"}
        parts = (f'--b7\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items())
        return "".join((*parts, "--b7--\r\n")).encode()

    def reply(self, text: str) -> bytes:
        return json.dumps({"created": 1713833628, "data": [{"b64_json": _PICTURE}]}).encode()

    def seen(self, body: bytes) -> str:
        return ""

    def said(self, body: bytes) -> str:
        return str(json.loads(body)["data"][0]["b64_json"])


VENDORS = (Generations(), Edits(), Variations())
