"""The canned model in OpenAI's Embeddings: the same vector for the same text, and no meaning in it."""

import base64
import hashlib
import struct
from math import sqrt
from typing import Any, Final

from gateway.demo.wording import MODEL, tokens

_DIMENSIONS: Final = 8
_MOST: Final = 4096


def embeddings(request: dict[str, Any]) -> dict[str, Any]:
    """Give the reply body: one vector of length 1 for each input, as numbers or in base64."""
    inputs, size = _inputs(request["input"]), min(request.get("dimensions") or _DIMENSIONS, _MOST)
    packed = request.get("encoding_format") == "base64"
    data = [
        {"object": "embedding", "index": i, "embedding": _packed(vector) if packed else vector}
        for i, vector in enumerate(_vector(one, size) for one in inputs)
    ]
    read = sum(tokens(one) for one in inputs)
    usage = {"prompt_tokens": read, "total_tokens": read}
    return {"object": "list", "data": data, "model": MODEL, "usage": usage}


def _inputs(given: Any) -> list[str]:
    """Give the texts; a list of tokens counts as the text of their numbers."""
    if isinstance(given, str):
        return [given]
    if given and isinstance(given[0], int):
        return [" ".join(map(str, given))]
    return [one if isinstance(one, str) else " ".join(map(str, one)) for one in given]


def _vector(text: str, size: int) -> list[float]:
    raw = hashlib.shake_256(text.encode()).digest(size)
    numbers = [byte - 127.5 for byte in raw]
    length = sqrt(sum(number * number for number in numbers))
    return [number / length for number in numbers]


def _packed(vector: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
