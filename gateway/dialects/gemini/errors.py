"""Gemini's error envelope: what the gateway itself answers, and what a provider says in it.

Format: https://cloud.google.com/apis/design/errors.
"""

from typing import Any, Final

import orjson

from gateway.dialects import places
from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.members import Member, walk_members, walk_object, walk_objects, walk_text
from gateway.dialects.message import Reply
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk
from gateway.errors import AirlockError, UpstreamInvalid

_STATUS: Final = {
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
"""The names of google.rpc.Code by HTTP status."""

_INFO: Final = "type.googleapis.com/google.rpc.ErrorInfo"


def error_body(error: AirlockError) -> bytes:
    """Give an error in the vendor's envelope; the gateway's own code is the reason among the details.

    `error` is the first member: clients of a stream tell it from an answer by that.
    """
    info: dict[str, Any] = {"@type": _INFO, "reason": error.code, "domain": "airlock"}
    if error.param:
        info["metadata"] = {"param": error.param}
    status = _STATUS.get(error.status) or ("INVALID_ARGUMENT" if error.status < 500 else "UNKNOWN")
    told = {"code": error.status, "message": error.message, "status": status, "details": [info]}
    return orjson.dumps({"error": told})


def read_error(raw: bytes) -> Reply:
    """Read the body of a provider's error, which is a list of one where a stream was asked for as a list.

    Its text may quote the prompt, so it is screened and restored like a reply.

    Raises:
        UpstreamInvalid: it is no JSON object; what it says can't be passed on.
    """
    try:
        document = parse(raw)
    except MalformedJson as exc:
        raise UpstreamInvalid(f"The provider's reply could not be read: {exc}.") from exc
    walk = Walk("r")
    if isinstance(document, dict):
        walk_members(walk, document, (), places.ERROR, _ENVELOPE)
    elif isinstance(document, list) and all(isinstance(one, dict) for one in document):
        walk_objects(walk, document, (), places.ERROR, _ENVELOPE)
    else:
        raise UpstreamInvalid("The provider's error is no JSON object.")
    return Reply(raw=raw, document=document, content=walk.content())


def walk_error(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk the inside of the envelope: codes are names, the message and the details are text."""
    walk_object(walk, value, path, places.ERROR, _ERROR)


_ERROR: Final[dict[str, Member]] = {
    **dict.fromkeys(("code", "status"), Walk.options),
    "message": walk_text,
    "details": Walk.options,
}
_ENVELOPE: Final[dict[str, Member]] = {"error": walk_error}
