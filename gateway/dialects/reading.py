"""Read the bodies of requests and replies: strict JSON objects, and the few values that the gateway relies on."""

import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.leaves import is_identifier
from gateway.dialects.members import Members, walk_members
from gateway.dialects.message import Usage
from gateway.dialects.places import OTHER, Places
from gateway.dialects.walk import MAX_PARTS, Walk
from gateway.errors import BadRequest, UpstreamInvalid

CHARACTERS_PER_TOKEN: Final = 4
"""A rule of thumb for English text, https://platform.openai.com/tokenizer; good enough for limits, not for bills."""

MAX_COUNT: Final = 2**53 - 1
"""Largest count that every JSON reader keeps exactly, https://www.rfc-editor.org/rfc/rfc8259#section-6."""


def request_object(raw: bytes) -> dict[str, Any]:
    """Read the body of a request.

    Raises:
        BadRequest: it is no strict JSON, or no object.
    """
    try:
        document = parse(raw)
    except MalformedJson as exc:
        raise BadRequest(f"The body could not be read: {exc}.", code="malformed_json") from exc
    if not isinstance(document, dict):
        refuse(None, "a JSON object")
    return document


def reply_object(raw: bytes) -> dict[str, Any]:
    """Read the body of a reply.

    Raises:
        UpstreamInvalid: it is no strict JSON, or no object.
    """
    try:
        document = parse(raw)
    except MalformedJson as exc:
        raise UpstreamInvalid(f"The provider's reply could not be read: {exc}.") from exc
    if not isinstance(document, dict):
        raise UpstreamInvalid("The provider's reply is no JSON object.")
    return document


def refuse(param: str | None, expected: str) -> NoReturn:
    """Refuse a request for a member of the wrong type; `param` is a name of the API, never the caller's own."""
    name = f"'{param}'" if param else "the body"
    raise BadRequest(f"Invalid type for {name}: expected {expected}.", code="invalid_type", param=param)


def check_objects(values: Any, param: str) -> None:
    """Check that a member is a list of objects.

    Raises:
        BadRequest: with the name of the offending parameter.
    """
    if not isinstance(values, list):
        refuse(param, "an array of objects")
    for index, value in enumerate(values):
        if not isinstance(value, dict):
            refuse(f"{param}[{index}]", "an object")


def check_messages(messages: Any) -> None:
    """Check that the messages of a chat are a list of objects, at least one, and that each has a role.

    Raises:
        BadRequest: with the name of the offending parameter.
    """
    if messages == []:
        refuse("messages", "a non-empty array of objects")
    check_objects(messages, "messages")
    for index, message in enumerate(messages):
        if not isinstance(message.get("role"), str):
            refuse(f"messages[{index}].role", "a string")


def check_model(document: Mapping[str, Any]) -> str:
    """Give the model that a request names in its body.

    Raises:
        BadRequest: it names none.
    """
    model = document.get("model")
    if not isinstance(model, str) or not model:
        refuse("model", "a non-empty string")
    return model


def check_stream(document: Mapping[str, Any]) -> bool:
    """Tell whether a request asks for a stream.

    Raises:
        BadRequest: the member is neither a boolean nor null.
    """
    stream = document.get("stream")
    if not isinstance(stream, bool | None):
        refuse("stream", "a boolean")
    return stream is True


def too_many_parts() -> BadRequest:
    """Make the fault of a request with more than `MAX_PARTS` parts."""
    return BadRequest(f"The request has more than {MAX_PARTS} parts to screen.", code="too_many_parts")


def walk_request(document: dict[str, Any], known: Members) -> Walk:
    """Walk a request's document by a table.

    Raises:
        BadRequest: it has more than `MAX_PARTS` parts to screen.
    """
    walk = Walk("q", too_many_parts, reads_files=True)
    walk_members(walk, document, (), OTHER, known)
    return walk


def walk_reply(document: dict[str, Any], known: Members, where: Places = OTHER) -> Walk:
    """Walk a reply's document by a table. Raises `UpstreamInvalid` if it has more than `MAX_PARTS` parts to screen."""
    walk = Walk("r")
    walk_members(walk, document, (), where, known)
    return walk


def estimated_tokens(walk: Walk) -> int:
    """Estimate the tokens of all that was walked: its characters over four, rounded up, and what came as tokens."""
    characters = walk.embedded + sum([len(slot.text) for slot in walk.slots if slot.inner is None])
    return -(-characters // CHARACTERS_PER_TOKEN) + walk.tokens


def no_usage(_document: Mapping[str, Any]) -> Usage | None:
    """Read no usage."""
    return None


def written(value: Any) -> str:
    """Write down what came as a value and counts as a document: arguments that a provider did not quote."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))  # unlike faster writers it knows all numbers


def name_or_none(value: Any) -> str | None:
    """Give a name that machines gave, None for anything else: it goes into records, where no free text may be."""
    return value if isinstance(value, str) and is_identifier(value) else None


def count_or_zero(value: Any) -> int:
    """Give a count, at most `MAX_COUNT`; 0 for anything that is none."""
    return min(value, MAX_COUNT) if type(value) is int and value >= 0 else 0
