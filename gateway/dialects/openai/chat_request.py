"""Chat Completions: read a request.

Only what the gateway relies on is checked; the rest is the provider's to judge.
"""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects import conversation, places
from gateway.dialects.members import Member, walk_members, walk_name, walk_object, walk_text
from gateway.dialects.message import Inbound, Request
from gateway.dialects.openai.chat_calls import tool_results
from gateway.dialects.openai.chat_parts import MODALITY, walk_call, walk_content, walk_tool_calls
from gateway.dialects.openai.chat_tools import tool_names, walk_definitions, walk_format
from gateway.dialects.places import Places
from gateway.dialects.reading import (
    check_messages,
    check_model,
    check_objects,
    check_stream,
    count_or_zero,
    estimated_tokens,
    refuse,
    request_object,
    walk_request,
)
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk


def read_request(inbound: Inbound) -> Request:
    """Read a Chat Completions request. A model that the endpoint's path names counts, whatever the body says.

    Raises:
        BadRequest: it is no strict JSON, lacks what the gateway relies on, or has too many parts to screen.
    """
    document = request_object(inbound.body)
    model = inbound.params.get("model") or check_model(document)
    check(document)
    walk = walk_request(document, _REQUEST)
    content = walk.content()
    options = document.get("stream_options")
    return Request(
        raw=inbound.body,
        document=document,
        content=content,
        model=model,
        stream=document.get("stream") is True,
        choices=document.get("n") or 1,
        tools=tool_names(document),
        tokens_estimated=estimated_tokens(walk),
        modalities=_modalities(document),
        usage_asked=options is not None and options.get("include_usage") is True,
        json_reply=_asks_json(document),
        tool_results=tool_results(document["messages"]),
        max_output=max_output(document),
        inbound=inbound,
        conversation=conversation.of_metadata(document.get("metadata")),
    )


def check(document: dict[str, Any]) -> None:
    """Check what the gateway relies on, but for the model.

    Raises:
        BadRequest: with the name of the offending parameter.
    """
    check_stream(document)
    check_choices(document)
    for name in ("tools", "functions"):
        if document.get(name) is not None:
            check_objects(document[name], name)
    _check_messages(document.get("messages"))


def check_choices(document: Mapping[str, Any]) -> None:
    """Check how many answers are asked for, and how a stream of them is wanted. Raises as `check` does."""
    if not isinstance(document.get("stream_options"), dict | None):
        refuse("stream_options", "an object")
    choices = document.get("n")
    if choices is not None and (type(choices) is not int or choices < 1):
        refuse("n", "a positive integer")


def max_output(document: Mapping[str, Any]) -> int | None:
    """Give the most tokens that all answers together may have; of two limits the larger one, None if there is none."""
    limits = [count_or_zero(document.get(name)) for name in ("max_completion_tokens", "max_tokens")]
    return count_or_zero(max(limits) * (document.get("n") or 1)) or None


def _asks_json(document: dict[str, Any]) -> bool:
    wanted = document.get("response_format")
    return isinstance(wanted, dict) and wanted.get("type") in ("json_object", "json_schema")


def _check_messages(messages: Any) -> None:
    check_messages(messages)
    for index, message in enumerate(messages):
        content = message.get("content")
        if isinstance(content, str):
            if len(message) == _BARE:
                continue
        elif isinstance(content, list):
            check_objects(content, f"messages[{index}].content")
        elif content is not None:
            refuse(f"messages[{index}].content", "a string or an array of objects")
        if message.get("tool_calls") is not None:
            check_objects(message["tool_calls"], f"messages[{index}].tool_calls")


def _modalities(document: dict[str, Any]) -> tuple[str, ...]:
    names = {"text"}
    asked = document.get("modalities")
    if isinstance(asked, list) and "audio" in asked:
        names.add("audio")
    for message in document["messages"]:
        content = message.get("content")
        if isinstance(content, list):
            names.update(MODALITY[part["type"]] for part in content if part.get("type") in _TYPES)
    return tuple(sorted(names))


def _messages(walk: Walk, value: list[dict[str, Any]], path: Path, _places: Places) -> None:
    for index, message in enumerate(value):
        role, content = message["role"], message.get("content")
        where = places.of_role(role)
        if len(message) == _BARE and isinstance(content, str) and role in places.ROLE:
            walk.prose(content, (*path, index, "content"), where)
        else:
            walk_members(walk, message, (*path, index), where, _MESSAGE)


def _metadata(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk.free(value, path, places.METADATA)


def _prediction(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk_object(walk, value, path, places.ROLE["assistant"], _PREDICTION)


def _choice(walk: Walk, value: Any, path: Path, where: Places) -> None:
    walk.options(value, path, where)


_BARE: Final = 2
"""Members of a message that has a role and a text and nothing else: that is what histories are made of."""

_TYPES: Final = tuple(MODALITY)
_MESSAGE: Final[dict[str, Member]] = {
    "role": Walk.label,
    "content": walk_content,
    "name": walk_name,
    "refusal": walk_text,
    "tool_calls": walk_tool_calls,
    "function_call": walk_call,
    "tool_call_id": Walk.label,
    "audio": Walk.options,
    "reasoning_content": walk_text,
    "reasoning": walk_text,
    "cache_control": Walk.options,
}
_PREDICTION: Final[dict[str, Member]] = {"type": Walk.label, "content": walk_content}
_SETTINGS: Final = (
    "model", "stream", "stream_options", "n", "temperature", "top_p", "max_tokens", "max_completion_tokens",
    "frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "top_logprobs", "seed", "store", "service_tier",
    "reasoning_effort", "verbosity", "modalities", "audio", "parallel_tool_calls", "tool_choice", "function_call",
    "prompt_cache_retention", "web_search_options",
)  # fmt: skip
_REQUEST: Final[dict[str, Member]] = {
    **dict.fromkeys(_SETTINGS, _choice),
    **dict.fromkeys(("metadata", "user", "safety_identifier", "prompt_cache_key"), _metadata),
    **dict.fromkeys(("tools", "functions"), walk_definitions),
    "response_format": walk_format,
    "prediction": _prediction,
    "messages": _messages,
}
