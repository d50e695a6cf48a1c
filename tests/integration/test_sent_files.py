"""Files with the SDKs of OpenAI and Anthropic: what is personal in them never reaches the provider, and comes back."""

import base64
import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import anthropic
import openai
import pytest

from tests.gateways import Gateway, both_vendors, running
from tests.message_streams import MESSAGE
from tests.scripted import Script, Scripted, reply, response, scripted

pytestmark = pytest.mark.integration

MAIL, PHONE = "ann.lee@example.com", "+44 20 7946 0958"
LETTER = f"Dear team,\r\nwrite to {MAIL}, phone {PHONE}.\r\n"
PEOPLE = f'name,mail,phone,notes\nAnn,{MAIL},{PHONE},"likes ""tea"", and cake"\n'
RECORD = json.dumps({"mail": MAIL, "phones": [PHONE], "number": 442079460958, "kept": 1.0})
BASE64 = re.compile(r'"(?:data:[^",]*,)?([A-Za-z0-9+/]{16,}={0,2})"')
TOKEN = re.compile(r"<[A-Z_]+_[a-z0-9]+>")


def packed(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def files_in(body: bytes) -> list[str]:
    read = [base64.b64decode(data) for data in BASE64.findall(body.decode())]
    return [data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-8") for data in read]


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    known = both_vendors(upstream.base_url)
    folder = tmp_path_factory.mktemp("files")
    with running(folder, upstream.base_url, upstreams=known, detectors={"encoder": False}) as started:
        yield started


@pytest.fixture(scope="module")
def claude(gateway: Gateway) -> Iterator[anthropic.Anthropic]:
    with anthropic.Anthropic(base_url=gateway.base_url, api_key=gateway.key(), timeout=20, max_retries=0) as client:
        yield client


def told(body: bytes) -> str:
    """Say what a model would repeat of the pseudonyms in the files that it got."""
    return "In it: " + ", ".join(dict.fromkeys(TOKEN.findall("".join(files_in(body)))))


def openai_answer(body: bytes) -> Script:
    return [response(reply(told(body)))]


def claude_answer(body: bytes) -> Script:
    content = [{"type": "text", "text": told(body)}]
    return [response({**MESSAGE, "content": content, "stop_reason": "end_turn"})]


def ask_openai(gateway: Gateway, name: str, data: str) -> str:
    part: Any = {"type": "file", "file": {"filename": name, "file_data": data}}
    content = [{"type": "text", "text": "What does it say?"}, part]
    got = gateway.sdk().chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": content}])
    return got.choices[0].message.content or ""


FILES = {
    "a letter": ("letter.txt", f"data:text/plain;base64,{packed(LETTER)}"),
    "a table": ("people.csv", f"data:text/csv;base64,{packed(PEOPLE)}"),
    "JSON": ("record.json", f"data:application/json;base64,{packed(RECORD)}"),
    "code": ("send.py", f"data:text/x-python;base64,{packed(f'send({MAIL!r}, phone={PHONE!r})')}"),
    "notes without a type": ("notes.md", packed(LETTER)),
    "UTF-16": ("letter.txt", packed("\ufeff".encode("utf-16-le") + LETTER.encode("utf-16-le"))),
}


@pytest.mark.parametrize("name", FILES)
def test_a_text_file_with_openai(gateway: Gateway, upstream: Scripted, name: str) -> None:
    upstream.answer(openai_answer)
    got = ask_openai(gateway, *FILES[name])
    assert MAIL in got
    assert PHONE in got
    (sent,) = files_in(upstream.bodies[-1])
    assert not any(value in sent for value in (MAIL, "7946 0958", "442079460958"))


def test_a_table_is_still_one(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(openai_answer)
    ask_openai(gateway, *FILES["a table"])
    rows = list(csv.reader(io.StringIO(files_in(upstream.bodies[-1])[0])))
    assert rows[0] == ["name", "mail", "phone", "notes"]
    assert [len(row) for row in rows] == [4, 4]
    assert rows[1][3] == 'likes "tea", and cake'


def test_json_is_still_json(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(openai_answer)
    ask_openai(gateway, *FILES["JSON"])
    sent = json.loads(files_in(upstream.bodies[-1])[0])
    assert TOKEN.fullmatch(sent["mail"])
    assert sent["kept"] == 1.0


def test_a_clean_file_leaves_as_it_came(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(openai_answer)
    data = f"data:text/plain;base64,{packed('Three primary colours.')}"
    ask_openai(gateway, "colours.txt", data)
    assert data.encode() in upstream.bodies[-1]


def test_a_text_file_with_anthropic(claude: anthropic.Anthropic, upstream: Scripted) -> None:
    upstream.answer(claude_answer)
    source = {"type": "base64", "media_type": "text/csv", "data": packed(PEOPLE)}
    content: Any = [{"type": "document", "source": source}, {"type": "text", "text": "What does it say?"}]
    got = claude.messages.create(model="claude-1", max_tokens=64, messages=[{"role": "user", "content": content}])
    assert MAIL in got.content[0].text
    assert PHONE in got.content[0].text
    assert not any(value in files_in(upstream.bodies[-1])[0] for value in (MAIL, PHONE))


def test_a_secret_in_a_file_never_leaves(gateway: Gateway, upstream: Scripted) -> None:
    before = len(upstream.bodies)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        ask_openai(gateway, "aws.ini", packed("aws_access_key_id = AKIAQYLPMN5HHHFPZAM2"))
    assert caught.value.code == "secret.detected"
    assert len(upstream.bodies) == before


UNREAD = {
    "an unknown encoding": ("letter.txt", packed("Grüße".encode("latin-1"))),
    "an office document": ("letter.docx", packed(b"PK\x03\x04\x14\x00")),
    "a document that says it is a text": ("letter.txt", packed(b"%PDF-1.7\n")),
    "no base64": ("letter.txt", "not base64!"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_was_not_read_is_not_clean(gateway: Gateway, upstream: Scripted, name: str) -> None:
    before = len(upstream.bodies)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        ask_openai(gateway, *UNREAD[name])
    assert caught.value.code == "coverage.unscanned"
    assert len(upstream.bodies) == before


def test_a_file_that_would_lose_its_format_is_refused(gateway: Gateway, upstream: Scripted) -> None:
    before = len(upstream.bodies)
    rows = [{"n": number, "phone": 442079460958} for number in range(6_000)]
    with pytest.raises(openai.PermissionDeniedError) as caught:
        ask_openai(gateway, "phones.json", packed(json.dumps({"phones": rows})))
    assert caught.value.code == "pseudonyms.unmaskable"
    assert len(upstream.bodies) == before
