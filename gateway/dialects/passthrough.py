"""An endpoint that no dialect knows: nothing of it counts as looked at, and yet all that can be read is screened.

Strings of JSON are walked, so that secrets are found and personal data is masked. The path and the query can't be
rewritten, nor can a body that is no JSON, in which only secrets are looked for. That the endpoint is unknown is told as
an unread part, for policy to judge, on the way back as well.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

from gateway.dialects import places
from gateway.dialects.api import Api
from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.leaves import IDENTIFIER
from gateway.dialects.lone_events import LoneEvents
from gateway.dialects.message import Inbound, Outbound, Reply, Request
from gateway.dialects.passthrough_path import Where, where
from gateway.dialects.reading import estimated_tokens
from gateway.dialects.reading import too_many_parts as too_many_asked
from gateway.dialects.rewrite import changed_strings
from gateway.dialects.splice import set_member, splice
from gateway.dialects.sse import ServerEvent
from gateway.dialects.walk import UNKNOWN_ENDPOINT, Walk
from gateway.errors import BadRequest

_IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""Methods that may be sent again, https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods."""

_MEDIA_TYPE: Final = re.compile(
    r"[\w.+-]{1,60}/[\w.+-]{1,60}(?:; ?[\w-]{1,20}=(?:[\w'()+,./:=?-]{1,80}|\"[\w .-]{1,80}\")){0,4}", re.ASCII
)
_LONGEST: Final = 1_000_000
"""Characters of a body that is no JSON in which secrets are looked for; it counts as unread all the same."""


@dataclass(frozen=True, slots=True)
class Passthrough:
    """Every endpoint of an API that has no dialect. Has no state: one instance serves all calls.

    `prefix` is what a path loses on its way to an upstream; its group `model`, if it has one, names the model. The
    query loses the members `left_out`.
    """

    name: str
    api: Api
    prefix: re.Pattern[str] = field(default=re.compile(""), repr=False)
    left_out: frozenset[str] = frozenset()

    def read_request(self, inbound: Inbound) -> Request:
        """Read what can be read.

        Raises:
            BadRequest: the path could lead elsewhere, or the body says that it is JSON and is not.
        """
        walk = Walk("q", too_many_asked)
        walk.skip(places.OTHER.text, UNKNOWN_ENDPOINT)
        _walk_way(walk, inbound, where(inbound, self.prefix, self.left_out))
        document = _asked(walk, inbound)
        members = document if isinstance(document, dict) else {}
        return Request(
            raw=inbound.body,
            document={"": document},
            content=walk.content(),
            model=self._model(inbound, members),
            stream=members.get("stream") is True,
            tokens_estimated=estimated_tokens(walk),
            inbound=inbound,
            is_unknown=True,
        )

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call to forward, see `Dialect.rewrite_request`. A model is only changed where the body names one."""
        inbound = request.inbound or Inbound(request.raw)
        document = request.document[""]
        raw = splice(request.raw, changed_strings(document, request.content, replacements))
        named = document.get("model") if isinstance(document, dict) else None
        if model and isinstance(document, dict) and (named or request.model) and named != model:
            raw = set_member(raw, "model", model)
        path = where(inbound, self.prefix, self.left_out).path
        repeatable = inbound.method in _IDEMPOTENT
        return Outbound(path, raw, inbound.method, inbound.content_type, is_repeatable=repeatable)

    def read_reply(self, raw: bytes) -> Reply:
        """Read what can be read of a reply of any kind. Raises `UpstreamInvalid` for too many parts."""
        walk = Walk("r")
        walk.skip(places.OTHER.text, UNKNOWN_ENDPOINT)
        try:
            document = parse(raw) if raw else None
        except MalformedJson:
            document = None
            walk.fixed(_text(raw), (), places.OTHER)
        walk.free(document, (), places.OTHER)
        return Reply(raw=raw, document={"": document}, content=walk.content(), is_unknown=True)

    def read_error(self, raw: bytes) -> Reply:
        """Read a provider's error in the same way."""
        return self.read_reply(raw)

    def rewrite_reply(self, reply: Reply, replacements: Mapping[str, str]) -> bytes:
        """Give the body to answer with, see `Dialect.rewrite_reply`."""
        return splice(reply.raw, changed_strings(reply.document[""], reply.content, replacements))

    def stream(self, request: Request) -> LoneEvents:  # noqa: ARG002 - an unknown request tells nothing
        """Start reading a streamed reply."""
        return LoneEvents(self.api, _walk_event)

    def _model(self, inbound: Inbound, members: Mapping[str, Any]) -> str:
        start = self.prefix.match(inbound.path)
        in_path = start.groupdict().get("model") if start else None
        model = unquote(in_path) if in_path else members.get("model")
        return model if isinstance(model, str) else ""


def _walk_way(walk: Walk, inbound: Inbound, way: Where) -> None:
    """Walk the path, the query and the media type, none of which can be rewritten."""
    if not _MEDIA_TYPE.fullmatch(inbound.content_type):
        raise BadRequest("The content type of the body can't be read.", code="invalid_content_type")
    for text in (*way.segments, *(part for pair in way.pairs for part in pair)):
        if IDENTIFIER.fullmatch(text):
            walk.label(text, (), places.OTHER)
        else:
            walk.key(text, (), places.OTHER)
    walk.fixed(inbound.content_type.partition(";")[2].strip(), (), places.OTHER)


def _asked(walk: Walk, inbound: Inbound) -> Any:
    """Walk the body; give the document if it is one."""
    if not inbound.body:
        return None
    try:
        document = parse(inbound.body)
    except MalformedJson as exc:
        if inbound.content_type.partition(";")[0].endswith("json"):
            raise BadRequest(f"The body could not be read: {exc}.", code="malformed_json") from exc
        walk.fixed(_text(inbound.body), (), places.OTHER)
        return None
    walk.free(document, (), places.OTHER)
    return document


def _walk_event(walk: Walk, source: ServerEvent, document: Any) -> None:
    walk.skip(places.OTHER.text, UNKNOWN_ENDPOINT)
    if IDENTIFIER.fullmatch(name := source.name.decode("latin-1")):  # any other name stays here
        walk.label(name, (), places.OTHER)
    if document is None:
        walk.fixed(_text(source.data or b""), (), places.OTHER)
    walk.free(document, (), places.OTHER)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")[:_LONGEST]
