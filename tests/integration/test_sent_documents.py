"""PDFs with the SDKs of OpenAI and Anthropic: what is personal in them never reaches the provider, and comes back."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anthropic
import openai
import pytest

import policies
from audit.reading import show_record
from tests.gateways import Gateway, both_vendors, running
from tests.message_streams import MESSAGE
from tests.pdfs import bomb, pdf, scan, with_attachment
from tests.pictures import drawn
from tests.scripted import Script, Scripted, reply, response, scripted

pytestmark = pytest.mark.integration

MAIL, PHONE = "ann.lee@example.com", "+44 20 7946 0958"
LETTER = f"Dear team,\nwrite to {MAIL}, phone {PHONE}."
TOKEN = re.compile(r"<[A-Z_]+_[a-z0-9]+>")


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    known = both_vendors(upstream.base_url)
    folder = tmp_path_factory.mktemp("documents")
    data = json.loads((Path(policies.__file__).parent / "data.json").read_text())
    data["use_cases"]["letters"] = data["use_cases"]["default"] | {"documents": "block"}
    data["use_cases"]["scans"] = data["use_cases"]["default"] | {"allow_unscanned": ["modality.image.read"]}
    (folder / "data.json").write_text(json.dumps(data))
    more: Any = {"policy": {"data": "data.json"}, "detectors": {"encoder": False}}
    with running(folder, upstream.base_url, upstreams=known, **more) as started:
        yield started


@pytest.fixture(scope="module")
def claude(gateway: Gateway) -> Iterator[anthropic.Anthropic]:
    with anthropic.Anthropic(base_url=gateway.base_url, api_key=gateway.key(), timeout=60, max_retries=0) as client:
        yield client


def told(body: bytes) -> str:
    return "In it: " + ", ".join(dict.fromkeys(TOKEN.findall(body.decode())))


def openai_answer(body: bytes) -> Script:
    return [response(reply(told(body)))]


def claude_answer(body: bytes) -> Script:
    return [response({**MESSAGE, "content": [{"type": "text", "text": told(body)}], "stop_reason": "end_turn"})]


def packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


def file_part(data: bytes) -> dict[str, Any]:
    file = {"filename": "letter.pdf", "file_data": f"data:application/pdf;base64,{packed(data)}"}
    return {"type": "file", "file": file}


def ask_openai(gateway: Gateway, data: bytes, use_case: str = "default") -> str:
    content: Any = [{"type": "text", "text": "What does it say?"}, file_part(data)]
    got = (
        gateway.sdk(use_case)
        .with_options(max_retries=0, timeout=90)
        .chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": content}])
    )
    return got.choices[0].message.content or ""


def is_sent(body: bytes, data: bytes) -> bool:
    return packed(data)[:200] in body.decode()


def test_with_openai(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(openai_answer)
    got = ask_openai(gateway, pdf(LETTER, "A page of its own"))
    sent = upstream.bodies[-1]
    assert MAIL in got
    assert PHONE in got
    assert not any(value in sent for value in (MAIL.encode(), b"7946", b"%PDF", b"JVBERi"))
    assert b"A page of its own" in sent


def test_with_anthropic(claude: anthropic.Anthropic, upstream: Scripted) -> None:
    upstream.answer(claude_answer)
    source = {"type": "base64", "media_type": "application/pdf", "data": packed(pdf(LETTER))}
    content: Any = [{"type": "document", "source": source, "citations": {"enabled": True}}]
    got = claude.messages.create(model="claude-1", max_tokens=64, messages=[{"role": "user", "content": content}])
    assert MAIL in got.content[0].text
    assert PHONE in got.content[0].text
    assert b"ann.lee" not in upstream.bodies[-1]
    assert b"JVBERi" not in upstream.bodies[-1]


def test_a_clean_one_leaves_as_it_came(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(openai_answer)
    data = pdf("Three primary colours.")
    ask_openai(gateway, data)
    assert is_sent(upstream.bodies[-1], data)


def test_a_note_beside_a_page_counts(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(openai_answer)
    assert MAIL in ask_openai(gateway, pdf("Hi", beside=(f"ask {MAIL}", "value", "https://example.org", "Hi", "Flo")))
    assert b"ann.lee" not in upstream.bodies[-1]


def test_of_a_scan_with_something_personal_only_the_text_leaves(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(openai_answer)
    data = scan(drawn("Invoice for the garden table", f"Write to {MAIL}"), (600, 300))
    assert MAIL in ask_openai(gateway, data, "scans")
    sent = upstream.bodies[-1]
    assert b"Invoice for the garden table" in sent
    assert not any(value in sent for value in (MAIL.encode(), b"%PDF", b"JVBERi"))


def test_a_use_case_that_keeps_documents_sends_none_with_something_personal(
    gateway: Gateway, upstream: Scripted
) -> None:
    upstream.answer(openai_answer)
    clean = pdf("Three primary colours.")
    ask_openai(gateway, clean, "letters")
    assert is_sent(upstream.bodies[-1], clean)
    before = len(upstream.bodies)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        ask_openai(gateway, pdf(LETTER), "letters")
    assert caught.value.code == "personal.document"
    assert len(upstream.bodies) == before


def test_the_record_counts_the_documents_that_were_replaced(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(openai_answer)
    content = [file_part(pdf(LETTER, LETTER)), file_part(pdf("Hi")), file_part(pdf(MAIL))]
    body = {"model": "gpt-4o", "messages": [{"role": "user", "content": content}]}
    with gateway.http() as client:
        receipt = client.post("/v1/chat/completions", json=body).headers["x-airlock-receipt"]
    [opened] = [one for one in show_record(gateway.settings.store.url, receipt) if one.id == receipt]
    assert opened.body["files"] == {"documents": 2}
    assert opened.body["pseudonyms"] == {"EMAIL_ADDRESS": 3, "PHONE_NUMBER": 2}


REFUSED = {
    "a secret": (pdf("aws_access_key_id = AKIAQYLPMN5HHHFPZAM2"), "secret.detected"),
    "a picture": (pdf("Hi", picture=True), "coverage.unscanned"),
    "a scan": (scan(drawn("Hi"), (600, 300)), "coverage.unscanned"),
    "a locked one": (pdf("Hi", password="secret"), "coverage.unscanned"),
    "an attachment": (with_attachment(pdf("Hi")), "coverage.unscanned"),
    "a broken one": (b"%PDF-1.7 and no more", "coverage.unscanned"),
    "a bomb": (bomb(1500), "coverage.unscanned"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_was_not_read_is_not_clean(gateway: Gateway, upstream: Scripted, name: str) -> None:
    data, code = REFUSED[name]
    before = len(upstream.bodies)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        ask_openai(gateway, data)
    assert caught.value.code == code
    assert len(upstream.bodies) == before
