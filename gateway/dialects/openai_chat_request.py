"""Chat Completions: read a request.

Only what the gateway relies on is checked; the rest is the provider's to judge.
"""

from typing import Any, Final, NoReturn

from gateway.dialects import places
from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.message import Request
from gateway.dialects.openai_chat_parts import (
    MODALITY,
    Member,
    walk_call,
    walk_content,
    walk_members,
    walk_name,
    walk_text,
    walk_tool_calls,
)
from gateway.dialects.openai_chat_tools import tool_names, walk_definitions, walk_format
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import MAX_PARTS, Walk
from gateway.errors import BadRequest

CHARACTERS_PER_TOKEN: Final = 4
"""A rule of thumb for English text, https://platform.openai.com/tokenizer; good enough for limits, not for bills."""


def read_request(raw: bytes) -> Request:
    """Read the body of a Chat Completions request.

    Raises:
        BadRequest: it is no strict JSON, lacks what the gateway relies on, or has too many parts to screen.
    """
    document = _parse(raw)
    check(document)
    walk = Walk("q", _too_many_parts)
    walk_members(walk, document, (), places.OTHER, _REQUEST)
    content = walk.content()
    options = document.get("stream_options")
    return Request(
        raw=raw,
        document=document,
        content=content,
        model=document["model"],
        stream=document.get("stream") is True,
        choices=document.get("n") or 1,
        tools=tool_names(document),
        tokens_estimated=_tokens(walk),
        modalities=_modalities(document),
        usage_asked=options is not None and options.get("include_usage") is True,
        json_reply=_asks_json(document),
    )


def check(document: Any) -> None:
    """Check what the gateway relies on.

    Raises:
        BadRequest: with the name of the offending parameter.
    """
    if not isinstance(document, dict):
        _refuse(None, "a JSON object")
    if not isinstance(document.get("model"), str) or not document["model"]:
        _refuse("model", "a non-empty string")
    if not isinstance(document.get("stream"), bool | None):
        _refuse("stream", "a boolean")
    if not isinstance(document.get("stream_options"), dict | None):
        _refuse("stream_options", "an object")
    choices = document.get("n")
    if choices is not None and (type(choices) is not int or choices < 1):
        _refuse("n", "a positive integer")
    for name in ("tools", "functions"):
        if document.get(name) is not None:
            _check_objects(document[name], name)
    _check_messages(document.get("messages"))


def _tokens(walk: Walk) -> int:
    characters = walk.embedded + sum(len(slot.text) for slot in walk.slots if slot.inner is None)
    return -(-characters // CHARACTERS_PER_TOKEN)


def _asks_json(document: dict[str, Any]) -> bool:
    wanted = document.get("response_format")
    return isinstance(wanted, dict) and wanted.get("type") in ("json_object", "json_schema")


def _parse(raw: bytes) -> Any:
    try:
        return parse(raw)
    except MalformedJson as exc:
        raise BadRequest(f"The body could not be read: {exc}.", code="malformed_json") from exc


def _check_messages(messages: Any) -> None:
    if messages == []:
        _refuse("messages", "a non-empty array of objects")
    _check_objects(messages, "messages")
    for index, message in enumerate(messages):
        if not isinstance(message.get("role"), str):
            _refuse(f"messages[{index}].role", "a string")
        content = message.get("content")
        if isinstance(content, list):
            _check_objects(content, f"messages[{index}].content")
        elif not (content is None or isinstance(content, str)):
            _refuse(f"messages[{index}].content", "a string or an array of objects")
        if message.get("tool_calls") is not None:
            _check_objects(message["tool_calls"], f"messages[{index}].tool_calls")


def _check_objects(values: Any, param: str) -> None:
    if not isinstance(values, list):
        _refuse(param, "an array of objects")
    for index, value in enumerate(values):
        if not isinstance(value, dict):
            _refuse(f"{param}[{index}]", "an object")


def _refuse(param: str | None, expected: str) -> NoReturn:
    name = f"'{param}'" if param else "the body"
    raise BadRequest(f"Invalid type for {name}: expected {expected}.", code="invalid_type", param=param)


def _too_many_parts() -> BadRequest:
    return BadRequest(f"The request has more than {MAX_PARTS} parts to screen.", code="too_many_parts")


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
        walk_members(walk, message, (*path, index), places.of_role(message["role"]), _MESSAGE)


def _metadata(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk.free(value, path, places.METADATA)


def _choice(walk: Walk, value: Any, path: Path, where: Places) -> None:
    walk.options(value, path, where)


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
_SETTINGS: Final = (
    "model", "stream", "stream_options", "n", "temperature", "top_p", "max_tokens", "max_completion_tokens",
    "frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "top_logprobs", "seed", "store", "service_tier",
    "reasoning_effort", "verbosity", "modalities", "audio", "parallel_tool_calls", "tool_choice", "function_call",
    "prompt_cache_retention",
)  # fmt: skip
_REQUEST: Final[dict[str, Member]] = {
    **dict.fromkeys(_SETTINGS, _choice),
    **dict.fromkeys(("metadata", "user", "safety_identifier", "prompt_cache_key"), _metadata),
    **dict.fromkeys(("tools", "functions"), walk_definitions),
    "response_format": walk_format,
    "messages": _messages,
}
