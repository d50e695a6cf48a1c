"""Responses: how to walk the members of a streamed event, by what the event tells."""

from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.logprobs import walk_logprobs
from gateway.dialects.members import Member, pass_data, walk_input, walk_members, walk_text
from gateway.dialects.openai.errors import walk_error
from gateway.dialects.openai.responses_items import walk_item
from gateway.dialects.openai.responses_parts import walk_annotation, walk_arguments, walk_part
from gateway.dialects.openai.responses_reply import RESPONSE
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk


def _skip(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Pass over what was taken as a piece of a text."""
    if not isinstance(value, str | dict):
        walk.free(value, path, where)


def _picture(walk: Walk, value: Any, path: Path, where: Places) -> None:
    walk.skip(where.text, "modality.image")
    pass_data(walk, value, path, where)


def _sound(walk: Walk, value: Any, path: Path, where: Places) -> None:
    if isinstance(value, str):
        walk.skip(where.text, "modality.audio")
    else:
        walk.free(value, path, where)


def _response(walk: Walk, value: Any, path: Path, where: Places) -> None:
    walk_members(walk, value, path, where, RESPONSE)


def _printed(walk: Walk, value: Any, path: Path, _where: Places) -> None:
    walk.free(value, path, places.ROLE["tool"])


_SETTINGS: Final[dict[str, Member]] = {
    **dict.fromkeys(("type", "item_id", "obfuscation", "status", "stream_id"), Walk.label),
    **dict.fromkeys(
        ("sequence_number", "output_index", "content_index", "summary_index", "command_index", "annotation_index"),
        Walk.options,
    ),
    "logprobs": walk_logprobs,
}
PIECE: Final[dict[str, Member]] = {**_SETTINGS, "delta": _skip}
"""Of an event that tells more of a growing text."""

DONE: Final[dict[str, Member]] = {
    **_SETTINGS,
    **dict.fromkeys(("text", "refusal", "transcript"), walk_text),
    **dict.fromkeys(("input", "code", "command"), walk_input),
    "arguments": walk_arguments,
}
"""Of an event that tells all of a text that grew."""

WHOLE: Final[dict[str, Member]] = {**_SETTINGS, "item": walk_item, "part": walk_part}
"""Of an event that tells an item of the output, or a part of one."""

OTHER: Final[dict[str, Member]] = {
    **_SETTINGS,
    **dict.fromkeys(("partial_image_index", "background", "output_format", "quality", "size"), Walk.options),
    "annotation": walk_annotation,
    "partial_image_b64": _picture,
    "delta": _sound,
    "output": _printed,
}
"""Of an event that tells anything else."""

LIFECYCLE: Final[dict[str, Member]] = {**_SETTINGS, "response": _response}
"""Of an event that tells the response itself."""

ERROR: Final[dict[str, Member]] = {
    **_SETTINGS,
    **dict.fromkeys(("code", "param"), Walk.label),
    "message": walk_text,
    "error": walk_error,
}
"""Of an event that tells a fault."""
