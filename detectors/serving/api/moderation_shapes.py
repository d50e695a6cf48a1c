"""The requests of OpenAI's `/v1/moderations`: https://platform.openai.com/docs/api-reference/moderations.

A picture must be in the request, as a data URL. What is at an address is never fetched: a caller could reach whatever
the service can reach, and what was looked at need not be what others are shown later.
"""

import binascii
import re
from base64 import b64decode
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import BaseModel, Discriminator, Field, Tag

from detectors.serving.api.faults import BadRequest

MOST_PICTURE_BYTES: Final = 20_000_000
"""As at OpenAI."""

_DATA: Final = re.compile(r"data:[^,]{0,200};base64,", re.IGNORECASE)


class TextPart(BaseModel):
    """A text among the parts of one input."""

    type: Literal["text"]
    text: str


class ImageUrl(BaseModel):
    """Where a picture is."""

    url: str


class ImagePart(BaseModel):
    """A picture among the parts of one input."""

    type: Literal["image_url"]
    image_url: ImageUrl


def _form(value: Any) -> str:
    """Say which way the input is written."""
    if isinstance(value, list):
        return "texts" if value and isinstance(value[0], str) else "parts"
    return "text"


Texts = Annotated[list[str], Field(min_length=1)]
Parts = Annotated[list[Annotated[TextPart | ImagePart, Field(discriminator="type")]], Field(min_length=1)]


class Input(NamedTuple):
    """What one result is for."""

    texts: list[str]
    pictures: list[bytes]


class Moderation(BaseModel):
    """The request. A list of strings gets a result each, a string or a list of parts gets one."""

    input: Annotated[
        Annotated[str, Tag("text")] | Annotated[Texts, Tag("texts")] | Annotated[Parts, Tag("parts")],
        Discriminator(_form),
    ]
    model: str | None = None

    def inputs(self) -> list[Input]:
        """Give each input, its pictures decoded from base64.

        Raises:
            BadRequest: a picture is not in the request, or too large.
        """
        if isinstance(self.input, str):
            return [Input([self.input], [])]
        texts = [part for part in self.input if isinstance(part, str)]
        if texts:
            return [Input([text], []) for text in texts]
        said = [part.text for part in self.input if isinstance(part, TextPart)]
        urls = [(place, part.image_url.url) for place, part in enumerate(self.input) if isinstance(part, ImagePart)]
        return [Input(said, [_picture(url, f"input.{place}.image_url.url") for place, url in urls])]


def _picture(url: str, where: str) -> bytes:
    head = _DATA.match(url)
    if head is None:
        raise BadRequest("a picture must be a data URL in base64; what is at an address is not fetched", where)
    try:
        content = b64decode(url[head.end() :], validate=True)
    except (binascii.Error, ValueError):
        raise BadRequest("the data is not base64", where) from None
    if len(content) > MOST_PICTURE_BYTES:
        raise BadRequest(f"a picture may have {MOST_PICTURE_BYTES:,} bytes", where)
    return content
