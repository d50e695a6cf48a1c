"""Anthropic Messages: read a whole reply."""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.anthropic.blocks import walk_content
from gateway.dialects.anthropic.model_name import walk_model
from gateway.dialects.anthropic.opaque import walk_seal
from gateway.dialects.anthropic.tools import CALLS
from gateway.dialects.members import Member, object_of, walk_text
from gateway.dialects.message import UNNAMED, Reply, ToolCall, Usage
from gateway.dialects.places import Places
from gateway.dialects.reading import count_or_zero, name_or_none, reply_object, walk_reply, written
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid

_CACHED: Final = ("cache_read_input_tokens", "cache_creation_input_tokens")


def read_reply(raw: bytes) -> Reply:
    """Read the body of a successful, not streamed reply.

    Raises:
        UpstreamInvalid: it is no strict JSON, has no list of content blocks, or too much in it.
    """
    document = reply_object(raw)
    content = document.get("content")
    if not (isinstance(content, list) and all(isinstance(block, dict) for block in content)):
        raise UpstreamInvalid("The provider's reply has no list of content blocks.")
    walk = walk_reply(document, MESSAGE)
    return Reply(
        raw=raw,
        document=document,
        content=walk.content(),
        model=name_or_none(document.get("model")),
        finish_reasons=(name_or_none(document.get("stop_reason")),),
        usage=read_usage(document.get("usage")),
        calls=tuple(_call(block) for block in content if block.get("type") in CALLS),
        id=name_or_none(document.get("id")) or "",
    )


def read_usage(value: Any) -> Usage | None:
    """Read the token counts, None when there are none. The vendor counts input from and into a cache separately."""
    if not isinstance(value, Mapping):
        return None
    read, write = (count_or_zero(value.get(name)) for name in _CACHED)
    prompt = count_or_zero(value.get("input_tokens")) + read + write
    completion = count_or_zero(value.get("output_tokens"))
    return Usage(prompt, completion, prompt + completion, read, write)


def _call(block: Mapping[str, Any]) -> ToolCall:
    return ToolCall(name_or_none(block.get("name")) or UNNAMED, written(block.get("input")))


def _content(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk_content(walk, value, path, places.ROLE["assistant"])


def _stop_sequence(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk the caller's own words at which the model stopped."""
    walk_text(walk, value, path, places.ROLE["assistant"])


_DETAILS: Final[dict[str, Member]] = {
    **dict.fromkeys(("type", "category"), Walk.label),
    "recommended_model": walk_model,
    "explanation": walk_text,
    "fallback_credit_token": walk_seal,
}
END: Final[dict[str, Member]] = {
    "stop_reason": Walk.label,
    "stop_sequence": _stop_sequence,
    "stop_details": object_of(_DETAILS),
    "container": Walk.options,
}
"""What a message says at its end, in a reply and in the last events of a stream alike."""

MESSAGE: Final[dict[str, Member]] = {
    **dict.fromkeys(("id", "type", "role"), Walk.label),
    **dict.fromkeys(("usage", "context_management", "diagnostics", "input_transformations"), Walk.options),
    "model": walk_model,
    **END,
    "content": _content,
}
"""The members of a reply, and of the message with which a stream starts."""
