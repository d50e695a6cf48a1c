"""A request that is a form: its texts are slots, its files are parts that are read if they are pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.files.kinds import FileKind, kind_of
from gateway.dialects.leaves import is_telling
from gateway.dialects.members import Members
from gateway.dialects.message import Inbound, Outbound, Request
from gateway.dialects.multipart import Field, Form, parse
from gateway.dialects.reading import estimated_tokens
from gateway.dialects.reading import too_many_parts as too_many_asked
from gateway.dialects.rewrite import changed_strings
from gateway.dialects.slot import Path, Picture
from gateway.dialects.splice import patch
from gateway.dialects.walk import Walk
from gateway.errors import BadRequest

_FIELDS: Final = "fields"
_DATA: Final = "data"
_TRUE: Final = "true"

_BYTES: Final = "latin-1"
"""Has a sign for each byte: so is a file's data written where texts are changed."""


@dataclass(frozen=True, slots=True)
class FormReader:
    """Reads and rewrites forms. `asks` says how to walk fields by name, others are free text; files are a `medium`."""

    asks: Members
    medium: str
    default_model: str

    def read(self, inbound: Inbound) -> Request:
        """Read a form.

        Raises:
            BadRequest: it could be read in more than one way.
        """
        form = parse(inbound.body, inbound.content_type)
        walk = Walk("q", too_many_asked)
        for index, one in enumerate(form.fields):
            path: Path = (_FIELDS, index)
            if is_telling(one.name):
                walk.key(one.name, path, places.OTHER)
            if one.text is None:
                data = inbound.body[slice(*one.span)]
                walk.skip(places.ROLE["user"].text, f"modality.{self.medium}", _picture(one, data, (*path, _DATA)))
                walk.text(one.filename or "", (*path, "filename"), places.ROLE["user"].text)
            else:
                self.asks.get(one.name, Walk.free)(walk, one.text, (*path, "text"), places.OTHER)
        fields = [{"name": one.name, "text": one.text, "filename": one.filename} for one in form.fields]
        return Request(
            raw=inbound.body,
            document={_FIELDS: fields},
            content=walk.content(),
            model=inbound.params.get("model") or form.text("model") or self.default_model,
            stream=_is_true(form.text("stream")),
            choices=_count(form.text("n")),
            tokens_estimated=estimated_tokens(walk),
            modalities=tuple(sorted({"text", self.medium})),
            inbound=inbound,
        )

    def rewrite(self, request: Request, path: str, replacements: Mapping[str, str], model: str | None) -> Outbound:
        """Give the call to forward: new texts in their place, the model as a first field if there is none."""
        inbound = request.inbound or Inbound(request.raw)
        form = parse(request.raw, inbound.content_type)
        changed: dict[Path, str] = changed_strings(request.document, request.content, replacements)
        wanted = model or request.model
        named = next((index for index, one in enumerate(form.fields) if one.name == "model"), None)
        front = form.part("model", wanted) if named is None else b""
        if named is not None and form.fields[named].text != wanted:
            changed[_FIELDS, named, "text"] = wanted
        edits = [(*_span(form, at), text.encode(_codec(at))) for at, text in changed.items()]
        if any(form.boundary in new for _, _, new in edits):
            raise BadRequest("The form's boundary stands in a text of it.", code="malformed_form")
        return Outbound(path, front + patch(request.raw, edits), content_type=inbound.content_type)


def _span(form: Form, path: Path) -> tuple[int, int]:
    _, index, what = path
    one = form.fields[int(index)]
    return one.filename_span if what == "filename" else one.span


def _codec(path: Path) -> str:
    return _BYTES if path[-1] == _DATA else "utf-8"


def _picture(one: Field, data: bytes, path: Path) -> Picture | None:
    is_picture = kind_of(data, one.media_type, one.filename or "") is FileKind.IMAGE
    return Picture(data, path, lambda new: new.decode(_BYTES)) if is_picture else None


def _is_true(text: Any) -> bool:
    return isinstance(text, str) and text.strip().lower() == _TRUE


def _count(text: Any) -> int:
    return int(text) if isinstance(text, str) and text.isdecimal() and 0 < len(text) < 6 and int(text) else 1
