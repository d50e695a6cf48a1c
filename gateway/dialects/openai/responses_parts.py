"""Responses: walk the content of one item, in a request or in a reply.

Format: https://platform.openai.com/docs/api-reference/responses (content parts, annotations).
"""

import re
from typing import Any, Final

from gateway.dialects.files.walking import Medium
from gateway.dialects.logprobs import walk_logprobs
from gateway.dialects.members import (
    Member,
    objects_of,
    pass_data,
    walk_address,
    walk_object,
    walk_text,
    walk_typed,
)
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_MEDIA: Final = {
    **dict.fromkeys(
        ("input_image", "computer_screenshot", "output_image"), Medium("image", ("image_url",), others=(("file_id",),))
    ),
    **dict.fromkeys(("input_audio", "output_audio"), Medium("audio")),
    "input_file": Medium(
        "file",
        ("file_data",),
        ("filename",),
        others=(("file_id",), ("file_url",)),
        as_text=lambda text: {"type": "input_text", "text": text},
    ),
}

MODALITY: Final = {kind: medium.modality for kind, medium in _MEDIA.items()}
"""Content parts that are no text, by type, and what they are."""

STATE: Final = "provider.state"
"""Why a part can't be read: the provider keeps it, and the call names it by its id alone."""

_SEALED = re.compile(r"[A-Za-z0-9+/_=-]{64,}", re.ASCII)


def walk_content(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk what an item says: a string, or a list of parts."""
    if isinstance(value, str):
        walk.prose(value, path, places)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            walk_part(walk, part, (*path, index), places)
    else:
        walk_part(walk, value, path, places)


def walk_part(walk: Walk, part: Any, path: Path, places: Places) -> None:
    """Walk one part."""
    walk_typed(walk, part, path, places, _PARTS, _MEDIA)


def walk_sealed(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk what the provider sealed for itself, such as reasoning; anything that doesn't look sealed is text.

    It must go back byte for byte, and only the provider can open it: coverage says so, and policy decides.
    """
    if isinstance(value, str) and _SEALED.fullmatch(value):
        walk.skip(places.text, "encrypted")
    else:
        walk_text(walk, value, path, places)


def walk_arguments(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk the arguments of a call: the JSON document in a string, or an object."""
    walk.arguments(value, path, places)


def _audio(walk: Walk, value: Any, path: Path, places: Places) -> None:
    walk_object(walk, value, path, places, _SOUND)


_SOUND: Final[dict[str, Member]] = {"data": pass_data, "format": Walk.label}
_ANNOTATION: Final[dict[str, Member]] = {
    **dict.fromkeys(("type", "file_id", "container_id"), Walk.label),
    **dict.fromkeys(("index", "start_index", "end_index"), Walk.options),
    **dict.fromkeys(("filename", "title", "url"), walk_text),
}
_SHARED: Final[dict[str, Member]] = {"type": Walk.label, "prompt_cache_breakpoint": Walk.options}
_TEXT: Final[dict[str, Member]] = {
    **_SHARED,
    "text": walk_text,
    "annotations": objects_of(_ANNOTATION),
    "logprobs": walk_logprobs,
}
_MEDIUM: Final[dict[str, Member]] = {
    **_SHARED,
    **dict.fromkeys(("image_url", "file_url"), walk_address),
    **dict.fromkeys(("file_data", "data"), pass_data),
    **dict.fromkeys(("detail", "file_id"), Walk.label),
    **dict.fromkeys(("filename", "transcript"), walk_text),
    "input_audio": _audio,
}
_PARTS: Final[dict[str, dict[str, Member]]] = {
    **dict.fromkeys(("input_text", "output_text", "text", "summary_text", "reasoning_text"), _TEXT),
    **dict.fromkeys(MODALITY, _MEDIUM),
    "refusal": {**_SHARED, "refusal": walk_text},
}


def walk_annotation(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk one annotation of a text: a source and its title."""
    walk_object(walk, value, path, places, _ANNOTATION)
