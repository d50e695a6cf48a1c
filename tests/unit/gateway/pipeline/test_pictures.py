"""What pictures say is screened with the rest, and what must be replaced is black in every dialect's own place."""

import base64
import json
from collections.abc import Sequence
from typing import Any

import pytest

from detectors.pictures.reading import Box, PictureText
from gateway.dialects.anthropic.messages import AnthropicMessages
from gateway.dialects.dialect import Dialect
from gateway.dialects.gemini.generate import GeminiGenerate
from gateway.dialects.message import Inbound
from gateway.dialects.openai.chat import OpenAIChat
from gateway.dialects.openai.images import EDITS
from gateway.dialects.openai.responses import OpenAIResponses
from gateway.errors import PolicyBlocked
from gateway.pipeline.pictures import MAX_PICTURES, Pictures

PICTURE = b"\x89PNG and more"
BOXES = ((0, 0, 9, 9), (0, 10, 9, 19))
TEXT = PictureText(("Dear Ann,", "bye"), BOXES, "modality.image.read")


def packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


class Reader:
    """Reads every picture alike; `black` is what it makes of each."""

    def __init__(self, text: PictureText = TEXT, black: bytes | None = b"black") -> None:
        self._text = text
        self._black = black
        self.asked: list[Sequence[Box]] = []

    async def read(self, data: bytes, tenant: str = "") -> PictureText:
        assert data == PICTURE
        return self._text

    async def black_out(self, data: bytes, boxes: Sequence[Box], tenant: str = "") -> bytes | None:
        assert data == PICTURE
        self.asked.append(boxes)
        return self._black


def url(data: bytes) -> str:
    return f"data:image/png;base64,{packed(data)}"


def chat(data: bytes, address: str = "") -> Any:
    content = [{"type": "image_url", "image_url": {"url": address or url(data), "detail": "low"}}]
    return {"model": "m", "messages": [{"role": "user", "content": content}]}


def responses(data: bytes) -> Any:
    content = [{"type": "input_image", "image_url": url(data)}]
    return {"model": "m", "input": [{"role": "user", "content": content}]}


def claude(data: bytes) -> Any:
    block = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": packed(data)}}
    return {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": [block]}]}


def claude_result(data: bytes) -> Any:
    body = claude(data)
    content = [{"type": "tool_result", "tool_use_id": "t", "content": body["messages"][0]["content"]}]
    return {**body, "messages": [{"role": "user", "content": content}]}


def gemini(data: bytes) -> Any:
    return {"contents": [{"parts": [{"inlineData": {"mimeType": "image/png", "data": packed(data)}}]}]}


def chat_file(data: bytes) -> Any:
    file = {"filename": "scan.png", "file_data": url(data)}
    return {"model": "m", "messages": [{"role": "user", "content": [{"type": "file", "file": file}]}]}


def responses_file(data: bytes) -> Any:
    content = [{"type": "input_file", "filename": "scan.png", "file_data": url(data)}]
    return {"model": "m", "input": [{"role": "user", "content": content}]}


def claude_document(data: bytes) -> Any:
    block = {"type": "document", "source": {"type": "base64", "media_type": "image/png", "data": packed(data)}}
    return {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": [block]}]}


def gemini_unnamed(data: bytes) -> Any:
    blob = {"mimeType": "application/octet-stream", "data": packed(data)}
    return {"contents": [{"parts": [{"inlineData": blob}]}]}


def edits(data: bytes) -> Any:
    return {"model": "m", "prompt": "Paint", "images": [{"image_url": url(data)}]}


def edits_plain(data: bytes) -> Any:
    return {"model": "m", "prompt": "Paint", "image": url(data)}


DIALECTS: dict[str, tuple[Dialect, Any]] = {
    "OpenAI's chat": (OpenAIChat(), chat),
    "OpenAI's responses": (OpenAIResponses(), responses),
    "Anthropic": (AnthropicMessages(), claude),
    "Anthropic, in a tool's result": (AnthropicMessages(), claude_result),
    "Gemini": (GeminiGenerate(), gemini),
    "OpenAI's chat, as a file": (OpenAIChat(), chat_file),
    "OpenAI's responses, as a file": (OpenAIResponses(), responses_file),
    "Anthropic, as a document": (AnthropicMessages(), claude_document),
    "Gemini, without a type": (GeminiGenerate(), gemini_unnamed),
    "OpenAI's edits of images": (EDITS, edits),
    "OpenAI's edits of images, an address alone": (EDITS, edits_plain),
}


def inbound(body: Any) -> Inbound:
    params = {"version": "v1beta", "collection": "models", "model": "m", "method": "generateContent"}
    return Inbound(json.dumps(body).encode(), params=params)


@pytest.mark.parametrize(("dialect", "body"), DIALECTS.values(), ids=DIALECTS)
async def test_changed_lines_are_black(dialect: Dialect, body: Any) -> None:
    reader = Reader()
    pictures = Pictures(reader)
    request = await pictures.read(dialect.read_request(inbound(body(PICTURE))))
    [slot] = [slot for slot in request.content.slots if slot.file]
    assert slot.text == "Dear Ann,\nbye"
    assert [part.reason for part in request.content.unwalked] == ["modality.image.read"]
    new = {slot.id: "Dear <P>,\nbye"}
    sent = dialect.rewrite_request(await pictures.blacken(request, new), new)
    assert json.loads(sent.body) == body(b"black")
    assert reader.asked == [[BOXES[0]]]


@pytest.mark.parametrize(("dialect", "body"), DIALECTS.values(), ids=DIALECTS)
async def test_with_nothing_to_replace_a_picture_leaves_as_it_came(dialect: Dialect, body: Any) -> None:
    pictures = Pictures(Reader())
    came = inbound(body(PICTURE))
    request = await pictures.read(dialect.read_request(came))
    assert await pictures.blacken(request, {}) is request
    assert dialect.rewrite_request(request, {}).body == came.body


def form(data: bytes) -> Inbound:
    parts = (
        b'name="prompt"\r\n\r\nPaint',
        b'name="image[]"; filename="scan.png"\r\nContent-Type: image/png\r\n\r\n' + data,
        b'name="model"\r\n\r\nm',
    )
    body = b"".join(b"--xx\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--xx--\r\n"
    return Inbound(body, content_type="multipart/form-data; boundary=xx")


async def test_changed_lines_are_black_in_a_form() -> None:
    black = bytes(range(256))
    pictures = Pictures(Reader(black=black))
    came = form(PICTURE)
    request = await pictures.read(EDITS.read_request(came))
    assert EDITS.rewrite_request(request, {}).body == came.body
    [slot] = [slot for slot in request.content.slots if slot.file]
    new = {slot.id: "Dear <P>,\nbye"}
    assert EDITS.rewrite_request(await pictures.blacken(request, new), new).body == form(black).body


async def test_in_a_form_only_what_is_a_picture_is_read() -> None:
    request = EDITS.read_request(form(b"no picture"))
    assert await Pictures(Reader()).read(request) is request
    assert [part.reason for part in request.content.unwalked] == ["modality.image"]


async def test_one_that_can_not_be_blackened_does_not_leave() -> None:
    pictures = Pictures(Reader(black=None))
    request = await pictures.read(OpenAIChat().read_request(inbound(chat(PICTURE))))
    [slot] = request.content.slots
    with pytest.raises(PolicyBlocked) as caught:
        await pictures.blacken(request, {slot.id: "Dear <P>,\nbye"})
    assert caught.value.code == "pseudonyms.unmaskable"


async def test_one_without_text_stays_unseen() -> None:
    request = await Pictures(Reader(PictureText())).read(OpenAIChat().read_request(inbound(chat(PICTURE))))
    assert request.content.slots == ()
    assert [part.reason for part in request.content.unwalked] == ["modality.image"]


@pytest.mark.parametrize("address", ["https://example.org/cat.png", "data:image/png,abc", url(b"no picture")])
async def test_what_is_no_inline_picture_is_not_read(address: str) -> None:
    reader = Reader()
    request = OpenAIChat().read_request(inbound(chat(b"", address)))
    assert await Pictures(reader).read(request) is request
    assert [part.reason for part in request.content.unwalked] == ["modality.image"]


async def test_only_so_many_are_read() -> None:
    body = chat(PICTURE)
    body["messages"][0]["content"] *= MAX_PICTURES + 2
    request = await Pictures(Reader()).read(OpenAIChat().read_request(inbound(body)))
    reasons = [part.reason for part in request.content.unwalked]
    assert sorted(reasons) == ["modality.image"] * 2 + ["modality.image.read"] * MAX_PICTURES
    ids = [one.id for one in (*request.content.slots, *request.content.unwalked)]
    assert len(set(ids)) == len(ids)
