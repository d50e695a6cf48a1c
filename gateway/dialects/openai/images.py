"""Images: a prompt in, pictures out, as whole replies or as a stream of ever better pictures.

Formats: https://platform.openai.com/docs/api-reference/images. Edits and variations come as forms, edits also as JSON.
The text in pictures that come is read; what a picture that is made shows nobody looks at, so policy decides on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.files.encoded import decoded
from gateway.dialects.files.walking import Medium, picture_of, walk_medium
from gateway.dialects.form_request import FormReader
from gateway.dialects.json_dialect import JsonDialect
from gateway.dialects.lone_events import LoneEvents
from gateway.dialects.members import Member, pass_data, walk_address, walk_members, walk_text, walk_time
from gateway.dialects.message import Inbound, Outbound, Request, Usage
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.errors import read_error, walk_error
from gateway.dialects.places import Places
from gateway.dialects.reading import count_or_zero
from gateway.dialects.slot import Path
from gateway.dialects.sse import ServerEvent
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid

DEFAULT_MODEL: Final = "dall-e-2"
"""What the API takes where no model is named. It is named in what leaves: policy decided on it."""

_USER: Final = places.ROLE["user"]
_ASSISTANT: Final = places.ROLE["assistant"]
_UNREAD: Final = "modality.image"
_LONGEST_EVENT: Final = 24 * 2**20
_FORM: Final = "multipart/form-data"
_ENDS: Final = ("image_generation.completed", "image_edit.completed")


def _prompt(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk_text(walk, value, path, _USER)


def _person(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk.free(value, path, places.METADATA)


def _pictures_in(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk one picture or a list of them: an address, its data, or the id of a file."""
    for index, picture in enumerate(value) if isinstance(value, list) else ((None, value),):
        here = path if index is None else (*path, index)
        _note_picture(walk, picture, here)
        if isinstance(picture, dict):
            walk_members(walk, picture, here, _USER, _REFERENCE)
        else:
            walk_address(walk, picture, here, _USER)


def _note_picture(walk: Walk, picture: Any, path: Path) -> None:
    named = [name for name in _REFERENCE if picture.get(name)] if isinstance(picture, dict) else []
    if len(named) == 1:
        return walk_medium(walk, picture, path, _USER, Medium("image", (named[0],)))
    encoded = decoded(picture) if isinstance(picture, str) and picture[:5].lower() == "data:" else None
    return walk.skip(_USER.text, _UNREAD, picture_of(encoded, "", "", path) if encoded else None)


def _pictures_out(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    if not isinstance(value, list):
        return walk.free(value, path, _ASSISTANT)
    for index, picture in enumerate(value):
        _picture(walk, picture, (*path, index))
    return None


def _picture(walk: Walk, picture: Any, path: Path) -> None:
    if not isinstance(picture, dict):
        return walk.free(picture, path, _ASSISTANT)
    if picture.get("b64_json") or picture.get("url"):
        walk.skip(_ASSISTANT.text, _UNREAD)
    return walk_members(walk, picture, path, _ASSISTANT, _PICTURE)


def _usage(document: Mapping[str, Any]) -> Usage | None:
    told = document.get("usage")
    if not isinstance(told, Mapping):
        return None
    return Usage(*(count_or_zero(told.get(name)) for name in ("input_tokens", "output_tokens", "total_tokens")))


def _check_reply(document: Mapping[str, Any]) -> None:
    if not isinstance(document.get("data"), list):
        raise UpstreamInvalid("The provider's reply has no list of images.")


def _complete(request: Request) -> Request:
    return replace(request, choices=count_or_zero(request.document.get("n")) or 1)


def _walk_event(walk: Walk, _source: ServerEvent, document: Any) -> None:
    if not isinstance(document, dict):
        raise UpstreamInvalid("An event of the provider's stream is no JSON object.")
    if document.get("b64_json"):
        walk.skip(_ASSISTANT.text, _UNREAD)
    walk_members(walk, document, (), _ASSISTANT, _EVENT)


def _streams(_request: Request) -> LoneEvents:
    return LoneEvents(OPENAI, _walk_event, _usage, _ENDS, _LONGEST_EVENT)


_SETTINGS: Final = (
    "model", "n", "size", "quality", "style", "background", "moderation", "output_format", "output_compression",
    "response_format", "partial_images", "stream", "input_fidelity",
)  # fmt: skip
_ASKS: Final[dict[str, Member]] = {
    **dict.fromkeys(_SETTINGS, Walk.options),
    **dict.fromkeys(("image", "images", "mask"), _pictures_in),
    **dict.fromkeys(("user", "safety_identifier"), _person),
    "prompt": _prompt,
}
_REFERENCE: Final[dict[str, Member]] = {
    "image_url": walk_address,
    "url": walk_address,
    "file_id": Walk.label,
    "b64_json": pass_data,
}
_PICTURE: Final[dict[str, Member]] = {"b64_json": pass_data, "url": walk_address, "revised_prompt": walk_text}
_TOLD: Final = (
    "background",
    "output_format",
    "quality",
    "size",
    "usage",
    "type",
    "partial_image_index",
    "sequence_number",
)
_FACTS: Final[dict[str, Member]] = {
    **dict.fromkeys(_TOLD, Walk.options),
    **dict.fromkeys(("created", "created_at"), walk_time),
}
_ANSWERS: Final[dict[str, Member]] = {**_FACTS, "data": _pictures_out}
_EVENT: Final[dict[str, Member]] = {**_FACTS, **_PICTURE, "error": walk_error}
_FIELDS: Final = FormReader(_ASKS, "image", DEFAULT_MODEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageDialect(JsonDialect):
    """An endpoint of images: a JSON dialect whose request may be a form instead."""

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request of either kind. Raises `BadRequest`."""
        if _is_form(inbound):
            return _FIELDS.read(inbound)
        return JsonDialect.read_request(self, inbound)

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call to forward, see `Dialect.rewrite_request`."""
        if request.inbound and _is_form(request.inbound):
            return _FIELDS.rewrite(request, self.path, replacements, model)
        return JsonDialect.rewrite_request(self, request, replacements, model=model)


def _is_form(inbound: Inbound) -> bool:
    return inbound.content_type.strip().lower().startswith(_FORM)


def _endpoint(name: str) -> ImageDialect:
    return ImageDialect(
        name=f"openai.images.{name}",
        api=OPENAI,
        path=f"/images/{name}",
        asks=_ASKS,
        answers=_ANSWERS,
        check_reply=_check_reply,
        usage=_usage,
        complete=_complete,
        default_model=DEFAULT_MODEL,
        modalities=lambda _document: ("image", "text"),
        read_errors=read_error,
        streams=_streams,
    )


GENERATIONS: Final = _endpoint("generations")
EDITS: Final = _endpoint("edits")
VARIATIONS: Final = _endpoint("variations")
