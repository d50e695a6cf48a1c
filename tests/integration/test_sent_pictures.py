"""Pictures with the SDKs of OpenAI and Anthropic: what is personal in their text never reaches the provider legibly."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anthropic
import openai
import pytest

import policies
from detectors.pictures.ocr import read_picture
from tests.gateways import Gateway, both_vendors, running
from tests.message_streams import MESSAGE
from tests.pictures import drawn
from tests.scripted import Scripted, reply, response, scripted

pytestmark = pytest.mark.integration

REST = "Invoice for the garden table"
PERSONAL = ("Write to ann.lee@example.com", "Phone +44 20 7946 0958")
FORMS = {"PNG": "image/png", "JPEG": "image/jpeg"}


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    known = both_vendors(upstream.base_url)
    folder = tmp_path_factory.mktemp("pictures")
    data = json.loads((Path(policies.__file__).parent / "data.json").read_text())
    for name, reason in (("read", "modality.image.read"), ("any", "modality.image")):
        data["use_cases"][name] = data["use_cases"]["default"] | {"allow_unscanned": [reason]}
    (folder / "data.json").write_text(json.dumps(data))
    more: Any = {"policy": {"data": "data.json"}, "detectors": {"encoder": False}}
    with running(folder, upstream.base_url, upstreams=known, **more) as started:
        yield started


def packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


def ask_openai(gateway: Gateway, data: bytes, use_case: str, form: str = "PNG") -> None:
    image = {"url": f"data:{FORMS[form]};base64,{packed(data)}"}
    content: Any = [{"type": "text", "text": "What does it say?"}, {"type": "image_url", "image_url": image}]
    client = gateway.sdk(use_case).with_options(max_retries=0, timeout=90)
    client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": content}])


def sent_to_openai(upstream: Scripted) -> bytes:
    address = json.loads(upstream.bodies[-1])["messages"][0]["content"][1]["image_url"]["url"]
    return base64.b64decode(address.partition(",")[2])


def is_blackened(data: bytes) -> bool:
    """Tell whether a picture still says the rest and nothing else."""
    return read_picture(data).lines == (REST,)


@pytest.mark.parametrize("form", FORMS)
def test_with_openai(gateway: Gateway, upstream: Scripted, form: str) -> None:
    upstream.answer(lambda _: [response(reply("A table."))])
    ask_openai(gateway, drawn(REST, *PERSONAL, form=form), "read", form)
    assert is_blackened(sent_to_openai(upstream))


@pytest.mark.parametrize("form", FORMS)
def test_with_anthropic(gateway: Gateway, upstream: Scripted, form: str) -> None:
    answer = {**MESSAGE, "content": [{"type": "text", "text": "A table."}], "stop_reason": "end_turn"}
    upstream.answer(lambda _: [response(answer)])
    source = {"type": "base64", "media_type": FORMS[form], "data": packed(drawn(*PERSONAL, REST, form=form))}
    content: Any = [{"type": "image", "source": source}]
    key = gateway.key("read")
    with anthropic.Anthropic(base_url=gateway.base_url, api_key=key, timeout=90, max_retries=0) as client:
        client.messages.create(model="claude-1", max_tokens=64, messages=[{"role": "user", "content": content}])
    sent = json.loads(upstream.bodies[-1])["messages"][0]["content"][0]["source"]
    assert sent["media_type"] == FORMS[form]
    assert is_blackened(base64.b64decode(sent["data"]))


def test_a_clean_one_leaves_as_it_came(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(lambda _: [response(reply("A table."))])
    data = drawn(REST)
    ask_openai(gateway, data, "read")
    assert sent_to_openai(upstream) == data


def test_who_accepts_pictures_unseen_gets_their_text_masked_all_the_same(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(lambda _: [response(reply("A table."))])
    ask_openai(gateway, drawn(REST, *PERSONAL, form="JPEG", comment=b"by Ann Lee"), "any", "JPEG")
    sent = sent_to_openai(upstream)
    assert is_blackened(sent)
    assert b"Ann Lee" not in sent


REFUSED: dict[str, tuple[bytes, str, str]] = {
    "by default": (drawn(REST), "default", "coverage.unscanned"),
    "with a secret": (drawn("key AKIAQYLPMN5HHHFPZAM2"), "any", "secret.detected"),
    "no text": (drawn(), "read", "coverage.unscanned"),
    "garbage": (b"\x89PNG\r\n\x1a\n" + b"garbage" * 99, "read", "coverage.unscanned"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_was_not_read_is_not_clean(gateway: Gateway, upstream: Scripted, name: str) -> None:
    data, use_case, code = REFUSED[name]
    before = len(upstream.bodies)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        ask_openai(gateway, data, use_case)
    assert caught.value.code == code
    assert len(upstream.bodies) == before
