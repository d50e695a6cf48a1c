"""Responses: read a request. Only what the gateway relies on is checked; the rest is the provider's to judge."""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects import conversation, places
from gateway.dialects.leaves import is_telling
from gateway.dialects.members import Member, walk_object
from gateway.dialects.message import Inbound, Request
from gateway.dialects.openai.chat_tools import walk_definitions, walk_format
from gateway.dialects.openai.responses_calls import new_results, tool_names
from gateway.dialects.openai.responses_items import walk_items
from gateway.dialects.openai.responses_kept import continues
from gateway.dialects.openai.responses_parts import MODALITY, STATE, walk_content
from gateway.dialects.places import Places
from gateway.dialects.reading import (
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
    """Read the body of a request.

    Raises:
        BadRequest: it is no strict JSON, lacks what the gateway relies on, or has too many parts to screen.
    """
    document = request_object(inbound.body)
    model = inbound.params.get("model") or check_model(document)
    check(document)
    walk = walk_request(document, _REQUEST)
    given = document.get("input")
    items = given if isinstance(given, list) else []
    results = new_results(items)
    return Request(
        raw=inbound.body,
        document=document,
        content=walk.content(),
        model=model,
        stream=document.get("stream") is True,
        tools=tool_names(document.get("tools")),
        tokens_estimated=estimated_tokens(walk),
        modalities=_modalities(items),
        json_reply=_asks_json(document),
        tool_results=tuple(name for name, _ in results),
        result_ids=tuple(call_id for _, call_id in results),
        max_output=count_or_zero(document.get("max_output_tokens")) or None,
        continues=continues(document, items),
        is_kept=document.get("store") is not False,
        inbound=inbound,
        conversation=_conversation(document),
    )


def check(document: Mapping[str, Any]) -> None:
    """Check what the gateway relies on, but for the model.

    Raises:
        BadRequest: with the name of the offending parameter.
    """
    check_stream(document)
    given = document.get("input")
    if isinstance(given, list):
        check_objects(given, "input")
    elif not isinstance(given, str | None):
        refuse("input", "a string or an array of objects")
    if document.get("tools") is not None:
        check_objects(document["tools"], "tools")
    if not isinstance(document.get("store"), bool | None):
        refuse("store", "a boolean")
    if not isinstance(document.get("previous_response_id"), str | None):
        refuse("previous_response_id", "a string")
    _check_conversation(document.get("conversation"))


def walk_prompt(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk a reference to a prompt that the provider keeps: nobody here can read it, but its variables are text."""
    walk.skip(places.ROLE["system"].text, STATE)
    walk_object(walk, value, path, places.OTHER, _PROMPT)


def walk_metadata(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk what the caller says about the call and its user."""
    walk.free(value, path, places.METADATA)


def walk_instructions(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk what the model is told before the input; a reply may repeat it as a list of items."""
    if isinstance(value, list):
        walk_items(walk, value, path, where)
    else:
        walk_content(walk, value, path, places.ROLE["system"])


def _check_conversation(value: Any) -> None:
    if not (value is None or isinstance(value, str) or (isinstance(value, dict) and isinstance(value.get("id"), str))):
        refuse("conversation", "a string or an object with an id")


def _conversation(document: Mapping[str, Any]) -> str:
    kept = conversation.of_state(document.get("conversation"))
    return kept or conversation.of_metadata(document.get("metadata"))


def _asks_json(document: Mapping[str, Any]) -> bool:
    text = document.get("text")
    wanted = text.get("format") if isinstance(text, dict) else None
    return isinstance(wanted, dict) and wanted.get("type") in ("json_object", "json_schema")


def _modalities(items: list[dict[str, Any]]) -> tuple[str, ...]:
    names = {"text"}
    for item in items:
        for said in (item.get("content"), item.get("output")):
            parts = said if isinstance(said, list) else [said]
            names |= {MODALITY[part["type"]] for part in parts if isinstance(part, dict) and part.get("type") in _MEDIA}
    return tuple(sorted(names))


def _variables(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    where = places.ROLE["user"]
    if not isinstance(value, dict):
        return walk.free(value, path, where)
    for key, variable in value.items():
        if is_telling(key):
            walk.key(key, (*path, key), where)
        walk_content(walk, variable, (*path, key), where)
    return None


_MEDIA: Final = tuple(MODALITY)
_PROMPT: Final[dict[str, Member]] = {"id": Walk.label, "version": Walk.label, "variables": _variables}
_TEXT: Final[dict[str, Member]] = {"format": walk_format, "verbosity": Walk.label}
_SETTINGS: Final = (
    "model", "stream", "stream_options", "background", "store", "include", "previous_response_id", "conversation",
    "temperature", "top_p", "top_logprobs", "max_output_tokens", "max_tool_calls", "parallel_tool_calls", "tool_choice",
    "reasoning", "service_tier", "truncation", "prompt_cache_retention", "prompt_cache_options", "context_management",
    "moderation", "image", "access_programs",
)  # fmt: skip
SHARED: Final[dict[str, Member]] = {
    **dict.fromkeys(_SETTINGS, Walk.options),
    **dict.fromkeys(("metadata", "user", "safety_identifier", "prompt_cache_key"), walk_metadata),
    "instructions": walk_instructions,
    "prompt": walk_prompt,
    "text": lambda walk, value, path, where: walk_object(walk, value, path, where, _TEXT),
    "tools": walk_definitions,
}
"""The members that a reply repeats from its request."""

_REQUEST: Final[dict[str, Member]] = {**SHARED, "input": walk_items}
