"""What a medium is, and when it is a text after all."""

import base64

import pytest

from gateway.dialects.gemini.blobs import modality_of, text_inside

TEXT = "Mail ann.lee@example.org ÿ?>"


def packed(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


KINDS = {
    "image/png": "modality.image",
    "IMAGE/PNG": "modality.image",
    "audio/wav": "modality.audio",
    "video/mp4": "modality.video",
    "application/pdf": "modality.file",
    "text/plain": "modality.file",
    "": "modality.file",
}


@pytest.mark.parametrize(("mime", "reason"), KINDS.items(), ids=KINDS)
def test_a_type_says_what_a_medium_is(mime: str, reason: str) -> None:
    assert modality_of({"mimeType": mime}) == modality_of({"mime_type": mime}) == reason


@pytest.mark.parametrize("value", [None, "image/png", {"mimeType": 7}, {}])
def test_without_a_type_it_is_a_file(value: object) -> None:
    assert modality_of(value) == "modality.file"


READ = {
    "plain": ("text/plain", packed(TEXT)),
    "with parameters": ("text/csv; charset=utf-8", packed(TEXT)),
    "JSON": ("application/json", packed(TEXT)),
    "a kind of XML": ("application/atom+xml", packed(TEXT)),
    "for addresses, and without padding": ("text/plain", base64.urlsafe_b64encode(TEXT.encode()).decode().rstrip("=")),
    "in lines": ("Text/Markdown", packed(TEXT)[:20] + "\r\n" + packed(TEXT)[20:]),
}


@pytest.mark.parametrize(("mime", "data"), READ.values(), ids=READ)
def test_a_text_is_read(mime: str, data: str) -> None:
    for member in ("mimeType", "mime_type"):
        file = text_inside({member: mime, "data": data})
        assert file is not None
        assert file.text == TEXT


UNREAD = {
    "an image": {"mimeType": "image/png", "data": packed(TEXT)},
    "a document": {"mimeType": "application/pdf", "data": packed(TEXT)},
    "no base64": {"mimeType": "text/plain", "data": "a b!"},
    "no UTF-8": {"mimeType": "text/plain", "data": packed(b"\xff\xfe\x00")},
    "UTF-16 that reads as UTF-8": {"mimeType": "text/plain", "data": packed(TEXT[:20].encode("utf-16-le"))},
    "no data": {"mimeType": "text/plain"},
    "no type": {"data": packed(TEXT)},
}


@pytest.mark.parametrize("value", UNREAD.values(), ids=UNREAD)
def test_anything_else_is_not(value: dict[str, str]) -> None:
    assert text_inside(value) is None
