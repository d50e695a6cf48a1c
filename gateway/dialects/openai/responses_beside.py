"""Responses: the endpoints that take such a request and give something else: a count of tokens, a shorter history."""

from dataclasses import replace
from typing import Final

from gateway.dialects.members import Member
from gateway.dialects.message import Inbound, Reply, Request, Usage
from gateway.dialects.openai.responses import OpenAIResponses
from gateway.dialects.openai.responses_request import read_request
from gateway.dialects.reading import count_or_zero, reply_object, walk_reply
from gateway.dialects.walk import Walk
from gateway.errors import BadRequest


class CountInputTokens(OpenAIResponses):
    """Counts what a request would cost to read. Nothing is kept of it."""

    path = "/responses/input_tokens"

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request's body. Raises `BadRequest`."""
        return replace(_unstreamed(inbound), is_kept=False, is_free=True)

    def read_reply(self, raw: bytes) -> Reply:
        """Read the count. Raises `UpstreamInvalid`."""
        document = reply_object(raw)
        walk = walk_reply(document, _COUNT)
        count = count_or_zero(document.get("input_tokens"))
        return Reply(raw=raw, document=document, content=walk.content(), usage=Usage(count, 0, count))


class CompactResponse(OpenAIResponses):
    """Makes a long history short: items that only the provider can read stand for what was said.

    The pseudonyms in them are kept under their ids, whatever else is stored: without them, nobody could put the values
    back.
    """

    path = "/responses/compact"

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request's body. Raises `BadRequest`."""
        return replace(_unstreamed(inbound), is_kept=True)


def _unstreamed(inbound: Inbound) -> Request:
    request = read_request(inbound)
    if request.stream:
        raise BadRequest("This endpoint does not stream.", code="unsupported_value", param="stream")
    return request


_COUNT: Final[dict[str, Member]] = {"object": Walk.label, "input_tokens": Walk.options}
