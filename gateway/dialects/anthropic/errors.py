"""Anthropic's error envelope: what the gateway itself answers, and what a provider says in it.

Format: https://docs.anthropic.com/en/api/errors.
"""

from typing import Any, Final

import orjson

from gateway.dialects import places
from gateway.dialects.members import Member, walk_object, walk_text
from gateway.dialects.message import Reply
from gateway.dialects.places import Places
from gateway.dialects.reading import reply_object, walk_reply
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk
from gateway.errors import AirlockError

_TYPES: Final = {
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}


def error_body(error: AirlockError) -> bytes:
    """Give an error in the vendor's envelope; our own code stands where the SDK looks for the cause."""
    return orjson.dumps(error_document(error))


def error_document(error: AirlockError) -> dict[str, Any]:
    """Give the envelope as a document: it is a whole body, and the data of a stream's last event."""
    kind = _TYPES.get(error.status) or ("invalid_request_error" if error.status < 500 else "api_error")
    details = {"error_code": error.code} | ({"param": error.param} if error.param else {})
    return {"type": "error", "error": {"type": kind, "message": error.message, "details": details}}


def read_error(raw: bytes) -> Reply:
    """Read the body of a provider's error. Its text may quote the prompt, so it is screened and restored as well.

    Raises:
        UpstreamInvalid: it is no JSON object; what it says can't be passed on.
    """
    document = reply_object(raw)
    walk = walk_reply(document, ENVELOPE, places.ERROR)
    return Reply(raw=raw, document=document, content=walk.content())


def _walk_error(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk_object(walk, value, path, places.ERROR, _ERROR)


_ERROR: Final[dict[str, Member]] = {"type": Walk.label, "message": walk_text, "details": Walk.options}
ENVELOPE: Final[dict[str, Member]] = {"type": Walk.label, "request_id": Walk.label, "error": _walk_error}
"""The members of the envelope, in a body and in an event alike."""
