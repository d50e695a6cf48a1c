"""Responses: the state that OpenAI keeps, and how its API says that there is none by an id."""

from collections.abc import Iterable, Mapping
from typing import Any

from gateway.dialects.message import Kept
from gateway.dialects.openai.responses_items import item_type
from gateway.errors import UnknownState


def continues(document: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> tuple[Kept, ...]:
    """Give the state that a request builds on: a response before it, its conversation, single items."""
    found: list[Kept] = []
    if earlier := document.get("previous_response_id"):
        found.append(_previous(earlier))
    conversation = document.get("conversation")
    conversation = conversation["id"] if isinstance(conversation, dict) else conversation
    if conversation:
        found.append(_conversation(conversation))
    names = dict.fromkeys(item.get("id") for item in items if item_type(dict(item)) == "item_reference")
    return (*found, *(_item(name) for name in names if isinstance(name, str)))


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
