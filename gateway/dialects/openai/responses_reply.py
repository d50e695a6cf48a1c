"""Responses: read a whole reply."""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.members import Member, walk_time
from gateway.dialects.message import Reply, Usage
from gateway.dialects.openai.errors import walk_error
from gateway.dialects.openai.responses_calls import parts, tool_calls
from gateway.dialects.openai.responses_items import walk_items, walk_tools
from gateway.dialects.openai.responses_request import SHARED
from gateway.dialects.places import Places
from gateway.dialects.reading import count_or_zero, name_or_none, reply_object, walk_reply
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid


def read_reply(raw: bytes) -> Reply:
    """Read the body of a successful, not streamed reply.

    Raises:
        UpstreamInvalid: it is no strict JSON, or has no list of output items.
    """
    document = reply_object(raw)
    output = document.get("output")
    if not (isinstance(output, list) and all(isinstance(item, dict) for item in output)):
        raise UpstreamInvalid("The provider's reply has no list of output items.")
    walk = walk_reply(document, RESPONSE)
    return Reply(
        raw=raw,
        document=document,
        content=walk.content(),
        model=name_or_none(document.get("model")),
        finish_reasons=(finish_reason(document),),
        usage=read_usage(document.get("usage")),
        calls=tool_calls(output),
        id=name_or_none(document.get("id")) or "",
        parts=parts(output),
    )


def finish_reason(document: Mapping[str, Any]) -> str | None:
    """Give why a response ended: its status, or the reason for being incomplete."""
    details = document.get("incomplete_details")
    reason = name_or_none(details.get("reason")) if isinstance(details, dict) else None
    return reason or name_or_none(document.get("status"))


def read_usage(value: Any) -> Usage | None:
    """Read the token counts; None when there are none. A count that is no whole number is taken as 0."""
    if not isinstance(value, Mapping):
        return None
    details = value.get("input_tokens_details")
    cached = details if isinstance(details, Mapping) else {}
    return Usage(
        count_or_zero(value.get("input_tokens")),
        count_or_zero(value.get("output_tokens")),
        count_or_zero(value.get("total_tokens")),
        count_or_zero(cached.get("cached_tokens")),
        count_or_zero(cached.get("cache_write_tokens")),
    )


def _output(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    if isinstance(value, list):
        walk_items(walk, value, path, places.ROLE["assistant"])
    else:
        walk.free(value, path, places.ROLE["assistant"])


_SETTINGS: Final = (
    "id", "object", "status", "incomplete_details", "usage", "tool_usage", "input_transformations",
    "prompt_cache_diagnostics", "billing", "frequency_penalty", "presence_penalty",
)  # fmt: skip
RESPONSE: Final[dict[str, Member]] = {
    **SHARED,
    **dict.fromkeys(_SETTINGS, Walk.options),
    **dict.fromkeys(("created_at", "completed_at"), walk_time),
    "error": walk_error,
    "output": _output,
    "output_text": lambda walk, value, path, _places: walk.free(value, path, places.ROLE["assistant"]),
    "tools": walk_tools,
}
"""How to walk a response."""
