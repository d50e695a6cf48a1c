"""Images with OpenAI's own SDK: prompts are masked wherever they stand, pictures pass only where a use case says so."""

import json
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest

import policies
from tests.gateways import Gateway, running
from tests.scripted import STREAM_HEAD, Scripted, response, scripted
from tests.vendors.events import event

pytestmark = pytest.mark.integration

PIXELS = b"\x89PNG\r\n\x1a\n\x00\xff--\r\n"
PICTURE = "iVBORw0KGgo="
REPLY = {"created": 1, "data": [{"b64_json": PICTURE}]}


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("images")
    data = json.loads((Path(policies.__file__).parent / "data.json").read_text())
    data["use_cases"]["pictures"] = data["use_cases"]["default"] | {"allow_unscanned": ["modality.image"]}
    (folder / "data.json").write_text(json.dumps(data))
    with running(folder, upstream.base_url, policy={"data": "data.json"}) as started:
        yield started


def test_generate(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(
        lambda body: [
            response({**REPLY, "data": [{"b64_json": PICTURE, "revised_prompt": json.loads(body)["prompt"]}]})
        ]
    )
    got = gateway.sdk("pictures").images.generate(model="gpt-image-1", prompt="A card for ann.lee@example.com", n=1)
    assert got.data[0].b64_json == PICTURE
    assert got.data[0].revised_prompt == "A card for ann.lee@example.com"
    assert b"ann.lee" not in upstream.bodies[-1]


def test_generate_as_a_stream(gateway: Gateway, upstream: Scripted) -> None:
    more = {"b64_json": PICTURE, "created_at": 1}
    upstream.play(
        STREAM_HEAD,
        *(
            event({"type": f"image_generation.{kind}", **more}, f"image_generation.{kind}")
            for kind in ("partial_image", "completed")
        ),
    )
    stream = gateway.sdk("pictures").images.generate(
        model="gpt-image-1", prompt="A card", stream=True, partial_images=1
    )
    assert [one.type for one in stream] == ["image_generation.partial_image", "image_generation.completed"]


def test_edit_with_files(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(response(REPLY))
    got = gateway.sdk("pictures").images.edit(
        model="gpt-image-1",
        image=[("for ann.lee@example.com (1).png", PIXELS, "image/png"), ("b.png", PIXELS, "image/png")],
        mask=("mask.png", PIXELS, "image/png"),
        prompt="Größe: a card for ann.lee@example.com",
        user="ann.lee@example.com",
    )
    assert got.data[0].b64_json == PICTURE
    sent = upstream.bodies[-1]
    assert b"ann.lee" not in sent
    assert "Größe: a card for <EMAIL_ADDRESS_".encode() in sent
    assert sent.count(PIXELS) == 3
    assert upstream.headers[-1]["content-type"].startswith("multipart/form-data; boundary=")


def test_variation(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(response(REPLY))
    with pytest.warns(DeprecationWarning, match="deprecated"):  # the SDK's own, and the endpoint is there all the same
        gateway.sdk("pictures").images.create_variation(image=("a.png", PIXELS, "image/png"), n=1)
    assert PIXELS in upstream.bodies[-1]
    assert b'name="model"\r\n\r\ndall-e-2\r\n' in upstream.bodies[-1]


def test_a_secret_in_a_form_never_leaves(gateway: Gateway, upstream: Scripted) -> None:
    before = len(upstream.bodies)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        gateway.sdk("pictures").images.edit(image=("a.png", PIXELS), prompt="Write AKIAQYLPMN5HHHFPZAM2 on it")
    assert caught.value.code == "secret.detected"
    assert len(upstream.bodies) == before


def test_pictures_are_blocked_both_ways_until_a_use_case_accepts_them(gateway: Gateway, upstream: Scripted) -> None:
    before = len(upstream.bodies)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        gateway.sdk().images.edit(image=("a.png", PIXELS), prompt="A card")
    assert caught.value.code == "coverage.unscanned"
    assert len(upstream.bodies) == before
    upstream.play(response(REPLY))
    with pytest.raises(openai.PermissionDeniedError) as caught:
        gateway.sdk().images.generate(prompt="A card")
    assert caught.value.code == "coverage.unscanned"
    assert PICTURE not in caught.value.response.text
