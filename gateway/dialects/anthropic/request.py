"""Anthropic Messages: read a request.

Only what the gateway relies on is checked; the rest is the provider's to judge.
"""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects import conversation, places
from gateway.dialects.anthropic.blocks import walk_content
from gateway.dialects.anthropic.model_name import walk_model
from gateway.dialects.anthropic.opaque import walk_seal
from gateway.dialects.anthropic.tools import new_results, tool_names, walk_tool, walk_tools
from gateway.dialects.members import Member, objects_of, walk_members, walk_text
from gateway.dialects.message import Inbound, Kept, Request
from gateway.dialects.places import Places
from gateway.dialects.reading import (
    check_messages,
    check_model,
    check_objects,
    check_stream,
    estimated_tokens,
    refuse,
    request_object,
    walk_request,
)
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk
from gateway.errors import UnknownState

_MODALITY: Final = "modality."
_READ_AS_BYTES: Final = ("modality.blob", "modality.tokens")


def read_request(inbound: Inbound) -> Request:
    """Read the body of a Messages request.

    Raises:
        BadRequest: it is no strict JSON, lacks what the gateway relies on, or has too many parts to screen.
    """
    document = request_object(inbound.body)
    check(document)
    walk = walk_request(document, REQUEST)
    thread = document.get("thread") or {}
    return Request(
        raw=inbound.body,
        document=document,
        content=walk.content(),
        model=document["model"],
        stream=document.get("stream") is True,
        tools=tool_names(document),
        tokens_estimated=estimated_tokens(walk),
        modalities=modalities(walk),
        json_reply=_asks_json(document),
        tool_results=new_results(document),
        max_output=document.get("max_tokens"),
        continues=_continues(thread),
        is_kept=bool(thread),
        inbound=inbound,
        conversation=_conversation(document.get("metadata")),
    )


def _continues(thread: Mapping[str, Any]) -> tuple[Kept, ...]:
    earlier = thread.get("previous_message_id")
    missing = UnknownState("The previous message was not found.", param="thread.previous_message_id")
    return (Kept(str(earlier), missing),) if earlier else ()


def check(document: Mapping[str, Any]) -> None:
    """Check what the gateway relies on.

    Raises:
        BadRequest: with the name of the offending parameter.
    """
    check_model(document)
    check_stream(document)
    if type(document.get("max_tokens", 0)) is not int or document.get("max_tokens", 0) < 0:
        refuse("max_tokens", "an integer")
    if not isinstance(document.get("thread"), dict | None):
        refuse("thread", "an object")
    if document.get("tools") is not None:
        check_objects(document["tools"], "tools")
    if not isinstance(document.get("system"), str | None):
        check_objects(document["system"], "system")
    _check_messages(document.get("messages"))


def modalities(walk: Walk) -> tuple[str, ...]:
    """Name the kinds of content, by the parts that could not be read as text."""
    media = {part.reason for part in walk.unwalked if part.reason.startswith(_MODALITY)}.difference(_READ_AS_BYTES)
    return tuple(sorted({"text", *(reason.removeprefix(_MODALITY) for reason in media)}))


def _conversation(metadata: Any) -> str:
    # The API itself has a name for the user alone, which is as near to a conversation as it comes.
    return conversation.of_metadata(metadata) or conversation.of_metadata(metadata, "user_id")


def _asks_json(document: Mapping[str, Any]) -> bool:
    config = document.get("output_config")
    wanted = config.get("format") if isinstance(config, dict) else document.get("output_format")
    return isinstance(wanted, dict) and wanted.get("type") == "json_schema"


def _check_messages(messages: Any) -> None:
    check_messages(messages)
    for index, message in enumerate(messages):
        if not isinstance(message.get("content"), str | None):
            check_objects(message["content"], f"messages[{index}].content")


def _messages(walk: Walk, value: list[dict[str, Any]], path: Path, _places: Places) -> None:
    for index, message in enumerate(value):
        walk_members(walk, message, (*path, index), places.of_role(message["role"]), _MESSAGE)


def _system(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk_content(walk, value, path, places.ROLE["system"])


def _metadata(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk.free(value, path, places.METADATA)


def _credit(walk: Walk, value: Any, path: Path, where: Places) -> None:
    (walk_seal if isinstance(value, str) else Walk.options)(walk, value, path, where)


_MESSAGE: Final[dict[str, Member]] = {
    "role": Walk.label,
    "content": walk_content,
    "clear_at": Walk.label,
    "output_config": Walk.options,
}
_SERVER: Final[dict[str, Member]] = {
    **dict.fromkeys(("type", "name"), Walk.label),
    "url": walk_text,
    # A credential that the provider needs as it is; what looks like a known kind of secret blocks the call.
    "authorization_token": Walk.label,
    "tool_configuration": Walk.options,
}
_SETTINGS: Final = (
    "max_tokens", "stream", "temperature", "top_p", "top_k", "service_tier", "thinking", "tool_choice",
    "cache_control", "container", "context_management", "compaction", "diagnostics", "fallbacks", "inference_geo",
    "speed", "thread", "billing_policy",
)  # fmt: skip
REQUEST: Final[dict[str, Member]] = {
    **dict.fromkeys(_SETTINGS, Walk.options),
    "model": walk_model,
    **dict.fromkeys(("output_config", "output_format"), walk_tool),
    "fallback_credit_token": _credit,
    "stop_sequences": Walk.free,
    "metadata": _metadata,
    "system": _system,
    "messages": _messages,
    "tools": walk_tools,
    "mcp_servers": objects_of(_SERVER),
}
"""How to walk a request's members; what is not named here is screened as free text."""
