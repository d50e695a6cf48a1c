"""`airlock pseudonyms try`: what it says would leave is what a gateway sends, on the command line and on its page."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from starlette.responses import HTMLResponse
from starlette.routing import Route
from typer.testing import CliRunner, Result

from gateway.cli import app as command_line
from gateway.demo.background import Background
from gateway.policy.bundle import shipped
from gateway.trial.given import Given, read, said, text_in
from gateway.trial.opening import opened, read_source
from gateway.trial.page import MOST, page_app
from gateway.trial.told import Kind, Trial
from gateway.trial.trials import Asked, content_of
from tests.gateways import Gateway, running
from tests.integration.test_gateway_strategies import echo
from tests.parts import require_chromium
from tests.pdfs import pdf
from tests.scripted import Scripted, scripted

pytestmark = pytest.mark.integration

MAIL, CARD, PHONE, STAFF = "ann.lee@example.com", "4111 1111 1111 1111", "+44 20 7946 0958", "EMP-123456"
TEXT = f'Dear Ann, <b>{MAIL}</b> pays by "{CARD}".\nPhone {PHONE}, staff {STAFF}, see https://example.org, 8.8.4.4.\n'
PEOPLE = f'name,mail,notes\nAnn,{MAIL},"likes ""tea"", and cake"\nBob,bob@x.org,{CARD}\n'
RECORD = json.dumps({"mail": MAIL, "n": [1, {"phone": PHONE}]})
SECRET = "Is AKIAQYLPMN5HHHFPZAM2 active?"
OWN = (
    r"recognizers: [{name: Staff, supported_entity: STAFF, patterns: [{name: n, regex: '\bEMP-\d{6}\b', score: 0.9}]}]"
)

GIVEN: dict[str, Given] = {
    "a text": said(TEXT),
    "a text that is JSON": said(RECORD),
    "a clean text": said("Three primary colours."),
    "a table": read(PEOPLE.encode(), "people.csv"),
    "JSON": read(RECORD.encode(), "record.json"),
    "a PDF": read(pdf(f"Write to {MAIL}.", "Nothing here."), "letter.pdf"),
}


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        server.answer(lambda body: echo(repeated(body)))
        yield server


def repeated(body: bytes) -> bytes:
    """Make of a file what a model would repeat of it: its text."""
    return json.dumps({"messages": [{"content": text_in(content_of(body))}]}).encode()


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    data = json.loads((shipped() / "data.json").read_text())
    default = data["use_cases"]["default"]
    kinds = {"CREDIT_CARD": "mask", "IP_ADDRESS": "hash", "STAFF": "drop", "PHONE_NUMBER": "surrogate"}
    data["use_cases"]["mixed"] = {**default, "strategies": kinds, "also_personal": ["URL"]}
    data["use_cases"]["strict"] = {**default, "strategies": {"EMAIL_ADDRESS": "block"}}
    data["labels"]["personal"]["IP_ADDRESS"] = 700_000
    (folder / "data.json").write_text(json.dumps(data))
    (folder / "own.yaml").write_text(OWN)
    sections = {"policy": {"data": "data.json"}, "detectors": {"encoder": "off", "recognizers": "own.yaml"}}
    with running(folder, upstream.base_url, **sections) as started:
        yield started


def sent_and_got(gateway: Gateway, upstream: Scripted, given: Given, use_case: str) -> tuple[str | None, str]:
    asked: Any = {"model": "any", "messages": [{"role": "user", "content": given.content}]}
    with gateway.http(gateway.key(use_case)) as client:
        answer = client.post("/v1/chat/completions", json=asked)
    assert answer.status_code == 200
    return text_in(content_of(upstream.bodies[-1])), answer.json()["choices"][0]["message"]["content"]


async def test_what_leaves_and_comes_back_is_what_a_gateway_of_this_configuration_makes_of_it(
    gateway: Gateway, upstream: Scripted
) -> None:
    async with opened(read_source(gateway.config), "default") as trials:
        assert set(trials.use_cases) == {"default", "mixed", "payments", "strict"}
        for use_case in ("default", "mixed"):
            for name, given in GIVEN.items():
                told = await trials.run(given, Asked(use_case=use_case))
                assert told.decision.allowed, name
                shown = told.leaves, told.back.returns if told.back else None
                if given.kind != "pdf" or told.changed:
                    assert shown == sent_and_got(gateway, upstream, given, use_case), (name, use_case)


async def test_each_type_has_its_strategy_and_its_way_back(gateway: Gateway) -> None:
    async with opened(read_source(gateway.config), "default") as trials:
        mixed = by_label(await trials.run(said(TEXT), Asked(use_case="mixed")))
        plain = by_label(await trials.run(said(TEXT), Asked()))
        strict = await trials.run(said(TEXT), Asked(use_case="strict"))
        secret = await trials.run(said(SECRET), Asked())
    ways = {
        "EMAIL_ADDRESS": ("pseudonym", True), "CREDIT_CARD": ("mask", False), "PHONE_NUMBER": ("surrogate", True),
        "STAFF": ("drop", False), "URL": ("pseudonym", True), "IP_ADDRESS": ("below", False),
    }  # fmt: skip
    assert {label: (kind.becomes, kind.comes_back) for label, kind in mixed.items()} == ways
    assert mixed["CREDIT_CARD"].examples[0].replacement == "*" * len(CARD)
    assert mixed["IP_ADDRESS"].counts_from == 700_000
    assert plain["URL"].becomes == "keep"
    assert not strict.decision.allowed
    assert strict.decision.code == "personal.blocked"
    assert strict.leaves is strict.back is None
    assert by_label(strict)["EMAIL_ADDRESS"].becomes == "block"
    assert "block" in {kind.becomes for kind in secret.types if kind.label.startswith("SECRET_")}


async def test_a_reply_comes_back_as_an_app_would_get_it(gateway: Gateway) -> None:
    async with opened(read_source(gateway.config), "default") as trials:
        token = by_label(await trials.run(said(TEXT), Asked()))["EMAIL_ADDRESS"].examples[0].replacement or ""
        bent = f"{token.lower()}, {token.strip('<>')} and <PERSON_zzzzz>"
        told = (await trials.run(said(TEXT), Asked(reply=bent))).back
        leak = (await trials.run(said(TEXT), Asked(reply=SECRET))).back
    assert told
    assert (told.returns, told.restored, told.unresolved) == (f"{MAIL}, {MAIL} and <PERSON_zzzzz>", 2, 1)
    assert leak
    assert leak.decision
    assert (leak.returns, leak.decision.code) == (None, "secret.detected")


async def test_what_is_not_read_is_said_and_decided_on(gateway: Gateway) -> None:
    async with opened(read_source(gateway.config), "default") as trials:
        told = await trials.run(read(b"PK\x03\x04 a document", "letter.docx"), Asked())
    assert [part.reason for part in told.unscanned] == ["modality.file"]
    assert told.decision.code == "coverage.unscanned"


def by_label(trial: Trial) -> dict[str, Kind]:
    return {kind.label: kind for kind in trial.types}


def test_the_command_prints_one_document_for_scripts(gateway: Gateway, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    command = [sys.executable, "-m", "gateway.cli", "pseudonyms", "try", "-c", str(gateway.config), "--json"]
    done = subprocess.run([*command, str(tmp_path / "people.csv")], capture_output=True, timeout=120)
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert (told["kind"], told["text"], told["back"]["returns"]) == ("table", PEOPLE, PEOPLE)
    assert [part["where"] for part in told["parts"]] == [
        "row 2, column mail", "row 3, column mail", "row 3, column notes",
    ]  # fmt: skip


def invoked(gateway: Gateway, *arguments: str, given: str | bytes) -> Result:
    command = ["pseudonyms", "try", "-c", str(gateway.config), *arguments]
    return CliRunner().invoke(command_line, command, input=given, env={"COLUMNS": "80"})


def test_it_is_legible_at_80_columns_without_colours_in_a_pipe(gateway: Gateway) -> None:
    shown = invoked(gateway, "--use-case", "mixed", given=TEXT).output
    assert max(map(len, shown.partition("CREDIT_CARD\n")[0].splitlines())) <= 80
    assert "\x1b" not in shown
    assert re.search(r"CREDIT_CARD +1 +mask +none", shown)
    assert re.search(rf"{re.escape(MAIL)} -> <EMAIL_ADDRESS_\w+> -> {re.escape(MAIL)}", shown)
    assert TEXT.replace(CARD, "*" * len(CARD)).replace(STAFF, "") in shown


REFUSED = {
    "a secret": ([], SECRET, 1, "secret.detected"),
    "another use case": (["--use-case", "strict"], TEXT, 1, "personal.blocked"),
    "a use case that is none": (["--use-case", "nobody"], "Hello", 1, "--use-case"),
    "a reply that policy stops": (["--reply", SECRET], "Hello", 1, "would stop this reply"),
    "a file that is not there": (["/nowhere"], "", 2, "can't be read"),
    "no UTF-8": (["-"], b"\xff\xfe\xff", 2, "not UTF-8"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_exit_codes(gateway: Gateway, name: str) -> None:
    arguments, given, code, why = REFUSED[name]
    done = invoked(gateway, *arguments, given=given)
    assert done.exit_code == code
    assert why in " ".join(done.output.split())


@pytest.fixture(scope="module")
def page(gateway: Gateway) -> Iterator[Background]:
    app = page_app(read_source(gateway.config), Asked())
    app.router.routes.append(Route("/typed", typed))
    with Background(app, app) as served:
        yield served


def typed(_: object) -> HTMLResponse:
    """Fill in the form and send it, as somebody at the keyboard would."""
    fill = f"document.forms[0].text.value = {json.dumps(TEXT)}; document.forms[0].submit()"
    return HTMLResponse(f"<form method=post action=/><textarea name=text></textarea></form><script>{fill}</script>")


async def test_the_page_is_for_this_machine_alone_and_loads_nothing(page: Background) -> None:
    async with aiohttp.ClientSession(page.base_url) as session:
        async with session.get("/") as answer:
            policy = answer.headers["content-security-policy"]
            assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
            shown = await answer.text()
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert re.findall(r"<option( selected)?>(\w+)", shown)[0] == (" selected", "default")
        assert "<label for=text>" in shown
        for headers in ({"host": "evil.example:80"}, {"origin": "http://evil.example"}, {"origin": "null"}):
            async with session.post("/", data={"text": TEXT}, headers=headers) as answer:
                assert answer.status == 421
                assert MAIL not in await answer.text()
        async with session.post("/", data=io.BytesIO(b"text=" + b"x" * MOST)) as answer:
            assert answer.status == 413


async def test_the_page_shows_each_use_case_and_leads_a_reply_back(page: Background) -> None:
    async with aiohttp.ClientSession(page.base_url) as session:
        shown = await posted(session, text=TEXT, use_case="mixed", way="text")
        assert f"<code>{CARD}</code> → <code>{'*' * len(CARD)}</code>" in shown
        assert "no way back" in shown
        token = re.search(r"&lt;EMAIL_ADDRESS_\w+&gt;", shown)
        assert token
        reply = f"Dear {unescape(token[0]).lower()}"
        shown = await posted(session, text=TEXT, use_case="mixed", way="reply", reply=reply)
        assert f">Dear {MAIL}</pre>" in shown
        shown = await posted(session, text=TEXT, use_case="strict", way="text")
        assert "personal.blocked" in shown
        assert "The way back" not in shown


async def posted(session: aiohttp.ClientSession, **fields: str) -> str:
    async with session.post("/", data=fields) as answer:
        assert answer.status == 200
        return await answer.text()


def test_a_browser_shows_the_text_what_leaves_and_what_comes_back(page: Background, tmp_path: Path) -> None:
    command = [
        require_chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=8000", "--dump-dom", f"{page.base_url}/typed",
    ]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout
    boxes = re.findall(r"<pre[^>]*>(.*?)</pre>", shown, re.DOTALL)
    told = [unescape(re.sub(r"<[^>]+>", "", box)) for box in boxes]
    assert [told[0], told[2]] == [TEXT, TEXT]
    assert not [value for value in (MAIL, CARD, PHONE, STAFF) if value in told[1]]
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
