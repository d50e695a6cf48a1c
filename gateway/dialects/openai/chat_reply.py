"""Chat Completions: read a whole reply."""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.logprobs import walk_logprobs
from gateway.dialects.members import Member, walk_members, walk_text, walk_time
from gateway.dialects.message import Reply, Usage
from gateway.dialects.openai.chat_calls import calls_of
from gateway.dialects.openai.chat_parts import walk_audio, walk_call, walk_content, walk_tool_calls
from gateway.dialects.places import Places
from gateway.dialects.reading import count_or_zero, name_or_none, reply_object, walk_reply
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid

MAX_CHOICES: Final = 128
"""Most choices of a reply, https://platform.openai.com/docs/api-reference/chat/create (n)."""


def read_reply(raw: bytes) -> Reply:
    """Read the body of a successful, not streamed reply.

    Raises:
        UpstreamInvalid: it is no strict JSON, has no list of choices with a message each, or too much in it.
    """
    document = reply_object(raw)
    choices = document.get("choices")
    if not (isinstance(choices, list) and all(_is_choice(choice) for choice in choices)):
        raise UpstreamInvalid("The provider's reply has no list of choices with messages.")
    if len(choices) > MAX_CHOICES:
        raise UpstreamInvalid(f"The provider's reply has more than {MAX_CHOICES} choices.")
    walk = walk_reply(document, _REPLY)
    return Reply(
        raw=raw,
        document=document,
        content=walk.content(),
        model=name_or_none(document.get("model")),
        finish_reasons=tuple(name_or_none(choice.get("finish_reason")) for choice in choices),
        usage=read_usage(document.get("usage")),
        calls=tuple(call for choice in choices for call in calls_of(choice["message"])),
    )


def read_usage(value: Any) -> Usage | None:
    """Read the token counts; None when there are none. A count that is no whole number is taken as 0.

    None is more than `reading.MAX_COUNT`.
    """
    if not isinstance(value, Mapping):
        return None
    details = value.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, Mapping) else value.get("prompt_cache_hit_tokens")
    prompt, completion = count_or_zero(value.get("prompt_tokens")), count_or_zero(value.get("completion_tokens"))
    total = count_or_zero(value.get("total_tokens"))
    return Usage(prompt, completion, total, cache_read=count_or_zero(cached))


def _is_choice(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("message"), dict)


def _choices(walk: Walk, value: list[dict[str, Any]], path: Path, _places: Places) -> None:
    for index, choice in enumerate(value):
        walk_members(walk, choice, (*path, index), places.ROLE["assistant"], _CHOICE)


def _message(walk: Walk, value: dict[str, Any], path: Path, where: Places) -> None:
    walk_members(walk, value, path, where, _MESSAGE)


_MESSAGE: Final[dict[str, Member]] = {
    "role": Walk.label,
    "content": walk_content,
    "refusal": walk_text,
    "tool_calls": walk_tool_calls,
    "function_call": walk_call,
    "audio": walk_audio,
    "reasoning_content": walk_text,
    "reasoning": walk_text,
}
CHOICE: Final[dict[str, Member]] = {
    "finish_reason": Walk.label,
    "logprobs": walk_logprobs,
    "content_filter_results": Walk.options,
}
"""The members around what a choice says, in a reply and in a stream's chunk alike."""

_CHOICE: Final[dict[str, Member]] = {**CHOICE, "index": Walk.options, "message": _message}
ENVELOPE: Final[dict[str, Member]] = {
    **dict.fromkeys(("id", "object", "model", "system_fingerprint", "service_tier", "provider"), Walk.label),
    **dict.fromkeys(("usage", "prompt_filter_results"), Walk.options),
    "created": walk_time,
}
"""The members around the choices, in a reply and in a stream's chunk alike."""

_REPLY: Final[dict[str, Member]] = {**ENVELOPE, "choices": _choices}
