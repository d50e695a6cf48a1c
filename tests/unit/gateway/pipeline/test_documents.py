"""What documents say is screened with the rest, and takes their place in every dialect's own words."""

import base64
import json
from typing import Any

import pytest

from detectors.documents.reading import DocumentText
from gateway.dialects.anthropic.messages import AnthropicMessages
from gateway.dialects.dialect import Dialect
from gateway.dialects.files.document_text import NOTICE
from gateway.dialects.gemini.generate import GeminiGenerate
from gateway.dialects.message import Inbound
from gateway.dialects.openai.chat import OpenAIChat
from gateway.dialects.openai.responses import OpenAIResponses
from gateway.pipeline.documents import MAX_DOCUMENTS, Documents

DATA = base64.b64encode(b"%PDF-1.7").decode()
URL = f"data:application/pdf;base64,{DATA}"
SAID = f"{NOTICE}\n\nDear <P>,\n\nBye"


class Reader:
    """Reads every document alike."""

    def __init__(self, *unread: str) -> None:
        self._unread = unread

    async def read(self, data: bytes, tenant: str = "") -> DocumentText:
        assert data == b"%PDF-1.7"
        return DocumentText(("Dear Ann,", "", "Bye"), self._unread)


def gemini(blob: dict[str, Any]) -> tuple[Dialect, Inbound]:
    body = {"contents": [{"parts": [{"text": "Hi"}, {"inlineData": blob}]}]}
    params = {"version": "v1beta", "collection": "models", "model": "m", "method": "generateContent"}
    return GeminiGenerate(), Inbound(json.dumps(body).encode(), params=params)


def chat(*parts: dict[str, Any], dialect: Dialect | None = None, **more: Any) -> tuple[Dialect, Inbound]:
    body = {"model": "m", "messages": [{"role": "user", "content": [*parts]}], **more}
    return dialect or OpenAIChat(), Inbound(json.dumps(body).encode())


def responses(part: dict[str, Any]) -> tuple[Dialect, Inbound]:
    body = {"model": "m", "input": [{"role": "user", "content": [part]}]}
    return OpenAIResponses(), Inbound(json.dumps(body).encode())


FILE = {"type": "file", "file": {"filename": "Ann.pdf", "file_data": URL}}
SOURCE = {"type": "base64", "media_type": "application/pdf", "data": DATA}
BLOCK = {"type": "document", "title": "A letter", "source": SOURCE}
DIALECTS: dict[str, tuple[tuple[Dialect, Inbound], tuple[Any, ...], Any]] = {
    "OpenAI's chat": (chat(FILE), ("messages", 0, "content", 0), {"type": "text", "text": SAID}),
    "OpenAI's responses": (
        responses({"type": "input_file", "filename": "Ann.pdf", "file_data": URL}),
        ("input", 0, "content", 0),
        {"type": "input_text", "text": SAID},
    ),
    "Anthropic": (
        chat(BLOCK, dialect=AnthropicMessages(), max_tokens=9),
        ("messages", 0, "content", 0),
        {**BLOCK, "source": {"type": "text", "media_type": "text/plain", "data": SAID}},
    ),
    "Gemini": (
        gemini({"mimeType": "application/pdf", "data": DATA, "displayName": "Ann.pdf"}),
        ("contents", 0, "parts", 1),
        {"text": SAID},
    ),
}


@pytest.mark.parametrize(("call", "path", "expected"), DIALECTS.values(), ids=DIALECTS)
async def test_its_text_takes_the_place_of_a_document(
    call: tuple[Dialect, Inbound], path: tuple[Any, ...], expected: Any
) -> None:
    dialect, inbound = call
    request = await Documents(Reader()).read(dialect.read_request(inbound))
    assert request.content.unwalked == ()
    replacements = {slot.id: slot.text.replace("Ann", "<P>") for slot in request.content.slots if slot.is_rewritable}
    sent: Any = json.loads(dialect.rewrite_request(request, {k: v for k, v in replacements.items() if "<P>" in v}).body)
    for step in path:
        sent = sent[step]
    assert sent == expected


@pytest.mark.parametrize(("call", "path", "expected"), DIALECTS.values(), ids=DIALECTS)
async def test_with_nothing_to_replace_a_document_leaves_as_it_came(
    call: tuple[Dialect, Inbound], path: tuple[Any, ...], expected: Any
) -> None:
    dialect, inbound = call
    request = await Documents(Reader()).read(dialect.read_request(inbound))
    assert dialect.rewrite_request(request, {}).body == inbound.body


async def test_what_was_not_read_of_it_stays_unscanned() -> None:
    dialect, inbound = chat(FILE)
    request = await Documents(Reader("modality.image")).read(dialect.read_request(inbound))
    assert [(part.place, part.reason) for part in request.content.unwalked] == [("user.text", "modality.image")]
    ids = [slot.id for slot in request.content.slots] + [part.id for part in request.content.unwalked]
    assert len(set(ids)) == len(ids)


async def test_only_so_many_are_read() -> None:
    dialect, inbound = chat(*[FILE] * (MAX_DOCUMENTS + 2))
    request = await Documents(Reader()).read(dialect.read_request(inbound))
    assert [part.reason for part in request.content.unwalked] == ["modality.file"] * 2


async def test_a_request_without_documents_is_the_very_same() -> None:
    dialect, inbound = chat({"type": "text", "text": "Hi"})
    request = dialect.read_request(inbound)
    assert await Documents(Reader()).read(request) is request
