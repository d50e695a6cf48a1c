import json
from typing import Any

import pytest

from gateway.dialects.event import Signal
from gateway.dialects.message import Inbound, Request, Usage
from gateway.dialects.openai.images import EDITS, GENERATIONS, VARIATIONS, ImageDialect
from gateway.errors import BadRequest, PolicyBlocked, UpstreamInvalid

PIXEL = "data:image/png;base64,iVBORw0KGgo="
IMAGE = "modality.image"
USAGE = {"total_tokens": 100, "input_tokens": 50, "output_tokens": 50, "input_tokens_details": {"text_tokens": 10}}


def asked(dialect: ImageDialect = GENERATIONS, **body: Any) -> Request:
    return dialect.read_request(Inbound(json.dumps(body).encode()))


def found(request: Request) -> tuple[list[tuple[str, str]], list[str]]:
    slots = [(slot.place, slot.text) for slot in request.content.slots]
    return slots, [part.reason for part in request.content.unwalked]


REQUESTS: dict[str, tuple[dict[str, Any], list[tuple[str, str]], list[str]]] = {
    "a prompt": ({"model": "m", "prompt": "Ann with a cat"}, [("user.text", "Ann with a cat")], []),
    "a person": ({"prompt": "", "user": "Ann", "safety_identifier": "Bob"}, [
        ("metadata.text", "Ann"), ("metadata.text", "Bob"),
    ], []),
    "settings": ({"prompt": "", "n": 2, "size": "auto", "style": "vivid", "output_compression": 90}, [], []),
    "what is new": ({"prompt": "", "svg": {"note": "for Ann"}}, [("other.text", "for Ann")], []),
    "pictures": ({"prompt": "", "images": [{"image_url": PIXEL}, {"file_id": "file-1"}, "https://x.org/Ann"]}, [
        ("user.text", "https://x.org/Ann"),
    ], [IMAGE, IMAGE, IMAGE]),
    "a mask": ({"prompt": "", "mask": {"image_url": "https://x.org/Ann"}}, [
        ("user.text", "https://x.org/Ann"),
    ], [IMAGE]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "slots", "reasons"), REQUESTS.values(), ids=REQUESTS)
def test_everything_a_request_says_is_a_slot(
    body: dict[str, Any], slots: list[tuple[str, str]], reasons: list[str]
) -> None:
    assert found(asked(**body)) == (slots, reasons)


def test_the_model_that_is_taken_where_none_is_named_is_named_in_what_leaves() -> None:
    request = asked(prompt="x", n=3)
    assert (request.model, request.choices, request.modalities) == ("dall-e-2", 3, ("image", "text"))
    out = GENERATIONS.rewrite_request(request, {})
    assert (out.path, out.body) == ("/images/generations", b'{"model":"dall-e-2","prompt": "x", "n": 3}')


BOUNDARY = "b0"
KIND = f"multipart/form-data; boundary={BOUNDARY}"


def form(**fields: str) -> bytes:
    texts = [
        f'--b0\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()
    ]
    picture = (
        b'--b0\r\nContent-Disposition: form-data; name="image"; filename="Ann.png"\r\nContent-Type: image/png\r\n\r\n'
    )
    return "".join(texts).encode() + picture + b"\x89PNG\r\n\x1a\n\xff\r\n--b0--\r\n"


class TestAForm:
    def read(self, dialect: ImageDialect = EDITS, **fields: str) -> Request:
        return dialect.read_request(Inbound(form(**fields), content_type=KIND))

    def test_its_texts_are_slots_and_its_files_unread(self) -> None:
        request = self.read(prompt="Ann with a cat", user="Bob", size="auto", note="for Eve", model="m", n="2")
        assert found(request) == (
            [
                ("user.text", "Ann with a cat"),
                ("metadata.text", "Bob"),
                ("other.text", "for Eve"),
                ("user.text", "Ann.png"),
            ],
            [IMAGE],
        )
        assert (request.model, request.choices, request.stream) == ("m", 2, False)
        assert self.read(stream="true").stream

    def test_only_what_changes_changes(self) -> None:
        request = self.read(prompt="I am Ann", model="m")
        replaced = {slot.id: slot.text.replace("Ann", "<P>") for slot in request.content.slots}
        out = EDITS.rewrite_request(request, replaced)
        assert out.body == form(prompt="I am <P>", model="m").replace(b"Ann.png", b"<P>.png")
        assert (out.path, out.content_type) == ("/images/edits", KIND)
        same = EDITS.rewrite_request(request, {})
        assert same.body == request.raw

    def test_a_document_in_a_text_stays_one(self) -> None:
        request = self.read(prompt='{"who": "Ann"}', model="m")
        (slot,) = (slot for slot in request.content.slots if slot.text == "Ann")
        assert EDITS.rewrite_request(request, {slot.id: '<"P>'}).body == form(prompt='{"who": "<\\"P>"}', model="m")

    def test_another_model_and_none(self) -> None:
        request = self.read(prompt="x", model="m")
        assert EDITS.rewrite_request(request, {}, model="other").body == form(prompt="x", model="other")
        request = self.read(VARIATIONS, n="1")
        assert VARIATIONS.rewrite_request(request, {}).body == form(model="dall-e-2", n="1")

    def test_a_text_that_would_end_a_field_is_refused(self) -> None:
        request = self.read(prompt="x", model="m")
        (slot, *_) = request.content.slots
        with pytest.raises(BadRequest):
            EDITS.rewrite_request(request, {slot.id: "a\r\n--b0--"})

    def test_a_broken_form_is_refused(self) -> None:
        with pytest.raises(BadRequest) as caught:
            EDITS.read_request(Inbound(form(prompt="x"), content_type=KIND + "1"))
        assert caught.value.code == "malformed_form"


def test_words_of_a_reply_are_slots_and_its_pictures_are_unread() -> None:
    data = [
        {"b64_json": "iVBORw0KGgo=", "revised_prompt": "Ann, smiling"},
        {"url": "https://x.org/1.png"},
        {"b64_json": None},
    ]
    raw = json.dumps({"created": 1713833628, "data": data, "usage": USAGE, "size": "auto"}).encode()
    reply = GENERATIONS.read_reply(raw)
    assert [(slot.place, slot.text) for slot in reply.content.slots] == [
        ("assistant.text", "Ann, smiling"),
        ("assistant.text", "https://x.org/1.png"),
    ]
    assert [part.reason for part in reply.content.unwalked] == [IMAGE, IMAGE]
    assert reply.usage == Usage(50, 50, 100)


@pytest.mark.parametrize("raw", [b"{}", b'{"data": {}}', b"[]"], ids=repr)
def test_a_reply_that_cannot_be_understood_cannot_be_passed_on(raw: bytes) -> None:
    with pytest.raises(UpstreamInvalid):
        GENERATIONS.read_reply(raw)


def event(kind: str, **more: Any) -> bytes:
    document = {"type": kind, "b64_json": "iVBORw0KGgo=", "created_at": 1620000000, "size": "auto", **more}
    return f"event: {kind}\ndata: {json.dumps(document)}\n\n".encode()


class TestAStream:
    def test_pictures_are_unread_and_the_last_one_ends_it(self) -> None:
        stream = GENERATIONS.stream(asked(prompt="x", stream=True))
        raw = event("image_generation.partial_image", partial_image_index=0)
        (part,) = stream.feed(raw)
        assert [slot.text for slot in part.extras] == ["image_generation.partial_image"]
        assert [one.reason for one in part.unwalked] == [IMAGE]
        assert stream.render(part, {}) == raw
        assert not stream.complete
        (last,) = stream.feed(event("image_generation.completed", usage=USAGE))
        assert last.usage == Usage(50, 50, 100)
        assert stream.complete

    def test_a_large_picture_is_one_event(self) -> None:
        stream = GENERATIONS.stream(asked(prompt="x", stream=True))
        assert len(list(stream.feed(event("image_edit.completed", b64_json="A" * 4_000_000)))) == 1

    def test_errors(self) -> None:
        stream = GENERATIONS.stream(asked(prompt="x", stream=True))
        (told,) = stream.feed(b'event: error\ndata: {"type": "error", "error": {"message": "for Ann"}}\n\n')
        assert (told.signal, [slot.text for slot in told.extras]) == (Signal.ERROR, ["for Ann"])
        assert b'"code":"coverage.unscanned"' in stream.stopped([0], PolicyBlocked("No.", code="coverage.unscanned"))

    def test_what_is_no_event_of_pictures_is_refused(self) -> None:
        with pytest.raises(UpstreamInvalid):
            list(GENERATIONS.stream(asked(prompt="x", stream=True)).feed(b"data: hello\n\n"))
