"""OpenAI's error envelope: what the gateway itself answers, and what a provider says in it."""

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


def error_body(error: AirlockError) -> bytes:
    """Give an error in the vendor's envelope, https://platform.openai.com/docs/guides/error-codes."""
    fields = {"message": error.message, "type": error.kind, "param": error.param, "code": error.code}
    return orjson.dumps({"error": fields})


def read_error(raw: bytes) -> Reply:
    """Read the body of a provider's error. Its text may quote the prompt, so it is screened and restored as well.

    Raises:
        UpstreamInvalid: it is no JSON object; what it says can't be passed on.
    """
    document = reply_object(raw)
    walk = walk_reply(document, {"error": walk_error, "type": Walk.label, "code": Walk.label}, places.ERROR)
    return Reply(raw=raw, document=document, content=walk.content())


def walk_error(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk the envelope of an error: codes are names, the message is text."""
    walk_object(walk, value, path, places.ERROR, _ERROR)


_ERROR: Final[dict[str, Member]] = {"message": walk_text, **dict.fromkeys(("type", "code", "param"), Walk.label)}
