"""Responses: the state that OpenAI keeps, and how its API says that there is none by an id."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from gateway.dialects.message import Kept
from gateway.dialects.openai.responses_items import item_type
from gateway.errors import BadRequest, UnknownState

MAX_KEPT: Final = 1_000
"""Most stored items that a request refers to: each is looked up."""


def continues(document: Mapping[str, Any], items: Iterable[dict[str, Any]]) -> tuple[Kept, ...]:
    """Give the state that a request builds on: a response before it, its conversation, single items.

    Raises:
        BadRequest: there are more than `MAX_KEPT`.
    """
    found: list[Kept] = []
    if earlier := document.get("previous_response_id"):
        found.append(_previous(earlier))
    conversation = document.get("conversation")
    conversation = conversation["id"] if isinstance(conversation, dict) else conversation
    if conversation:
        found.append(_conversation(conversation))
    named = {item["id"]: item_type(item) for item in items if isinstance(item.get("id"), str)}
    found += [_ITEMS[kind](name) for name, kind in named.items() if kind in _ITEMS]
    if len(found) > MAX_KEPT:
        raise BadRequest(f"The request refers to more than {MAX_KEPT} stored items.", code="too_many_parts")
    return tuple(found)


def response(name: str) -> Kept:
    """Give a response that a call is about."""
    return Kept(name, UnknownState("Response not found."))


# The API repeats the id in its words; these don't, since an id that is none of ours may be anything.
def _previous(name: str) -> Kept:
    message = "Previous response not found."
    missing = UnknownState(message, status=400, code="previous_response_not_found", param="previous_response_id")
    return Kept(name, missing)


def _conversation(name: str) -> Kept:
    message = "Conversation not found. It must have been made through this gateway."
    return Kept(name, UnknownState(message, param="conversation"), grows=True)


def _item(name: str) -> Kept:
    message = "Item not found. Items are kept with the stored responses that they belong to."
    return Kept(name, UnknownState(message, param="input"))


def _compaction(name: str) -> Kept:
    """Give what a shortened history stands for: it brings its own words, so the call may go on without ours."""
    return Kept(name, None)


_ITEMS: Final = {"item_reference": _item, "compaction": _compaction}
