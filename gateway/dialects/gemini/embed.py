"""Gemini's embeddings: contents in, vectors out, one by one or in a batch.

Format: https://ai.google.dev/api/embeddings.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gateway.dialects.gemini.parts import modalities_of, walk_content
from gateway.dialects.gemini.reply import read_usage
from gateway.dialects.gemini.request import check_contents
from gateway.dialects.gemini.spelling import both
from gateway.dialects.gemini.tools import listed
from gateway.dialects.gemini.whole import GeminiWhole
from gateway.dialects.members import object_of, objects_of, walk_text
from gateway.dialects.reading import check_objects
from gateway.dialects.slot import Path
from gateway.dialects.vector import walk_vector
from gateway.dialects.walk import Walk


def _check(document: dict[str, Any]) -> None:
    if "requests" not in document:
        return check_contents(document.get("content"), "content")
    check_objects(document["requests"], "requests")
    for index, request in enumerate(document["requests"]):
        check_contents(request.get("content"), f"requests[{index}].content")
    return None


def _named(document: Mapping[str, Any]) -> Iterator[Path]:
    if "model" in document:
        yield ("model",)
    for index, request in enumerate(document.get("requests") or ()):
        if "model" in request:
            yield ("requests", index, "model")


def _modalities(document: Mapping[str, Any]) -> tuple[str, ...]:
    requests = document.get("requests") or [document]
    contents = [content for request in requests for content in listed(request.get("content"))]
    return tuple(sorted({"text"}.union(*map(modalities_of, contents))))


_ONE: Final = both(
    {
        **dict.fromkeys(("model", "taskType", "outputDimensionality", "embedContentConfig"), Walk.options),
        "title": walk_text,
        "content": walk_content,
    }
)
_VECTOR: Final = {"values": walk_vector, "shape": Walk.options}

EMBED: Final = GeminiWhole(
    name="gemini.embed",
    asks={**_ONE, "requests": objects_of(_ONE)},
    answers=both({"embedding": object_of(_VECTOR), "embeddings": objects_of(_VECTOR), "usageMetadata": Walk.options}),
    check=_check,
    named=_named,
    modalities=_modalities,
    usage=read_usage,
)
