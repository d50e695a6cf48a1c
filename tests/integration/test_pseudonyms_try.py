"""`airlock pseudonyms try`: on the command line, and its page in a real Chromium."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

import aiohttp
import pytest

from gateway.commands.pseudonyms_page import page_app
from gateway.demo.background import Background
from tests.parts import require_chromium

TEXT = 'Dear Ann, <b>ann.lee@example.com</b> has "DE89370400440532013000".\nPhone +44 20 7946 0958.\n'
PLANTED = ("ann.lee@example.com", "DE89370400440532013000", "+44 20 7946 0958")


def run(*arguments: str, given: str = TEXT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gateway.cli", "pseudonyms", "try", *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, timeout=120, env={**os.environ, "COLUMNS": "80"}
    )


def test_a_text_what_leaves_and_what_comes_back(tmp_path: Path) -> None:
    (tmp_path / "text").write_text(TEXT)
    told = json.loads(run(str(tmp_path / "text"), "--json").stdout)
    assert told["text"] == told["returns"] == TEXT
    assert [value for value in PLANTED if value in told["leaves"]] == []
    assert {one["value"] for one in told["replaced"]} >= set(PLANTED)
    assert told["refused"] == ""


def test_it_is_legible_at_80_columns_without_colours_in_a_pipe() -> None:
    done = run()
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout
    assert re.search(r"EMAIL_ADDRESS +ann\.lee@example\.com +<EMAIL_ADDRESS_\w{5}>", done.stdout)


def test_a_text_that_policy_would_not_let_leave_is_refused() -> None:
    done = run(given="Is AKIAQYLPMN5HHHFPZAM2 active?")
    assert done.returncode == 1
    assert "secret.detected" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "given", "why"), [(["/nowhere"], "", "can't be read"), (["-"], "\udcff", "UTF-8")]
)
def test_what_can_not_be_read_is_said(arguments: list[str], given: str, why: str) -> None:
    command = [sys.executable, "-m", "gateway.cli", "pseudonyms", "try", *arguments]
    done = subprocess.run(command, input=given.encode(errors="surrogateescape"), capture_output=True, timeout=120)
    assert done.returncode == 2
    assert why in done.stderr.decode()


@pytest.fixture(scope="module")
def page() -> Iterator[Background]:
    app = page_app("default", "default")
    with Background(app, app) as served:
        yield served


async def test_the_page_is_for_this_machine_and_loads_nothing(page: Background) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(page.base_url + "/") as answer:
            policy = answer.headers["content-security-policy"]
            assert answer.status == 200
            assert answer.headers["cache-control"] == "no-store"
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        async with session.get(page.base_url + "/", headers={"host": "evil.example:80"}) as answer:
            assert answer.status == 421
        async with session.post(page.base_url + "/", data=io.BytesIO(b"text=" + b"x" * 2**20)) as answer:
            assert answer.status == 413


def test_a_browser_shows_the_three_columns(page: Background, tmp_path: Path) -> None:
    form = f'<form method=post action="{page.base_url}/"><textarea name=text>\n{escape(TEXT)}</textarea></form>'
    (tmp_path / "form.html").write_text(f"<meta charset=utf-8>{form}<script>document.forms[0].submit()</script>")
    command = [
        require_chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=8000", "--dump-dom", (tmp_path / "form.html").as_uri(),
    ]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout
    told = [unescape(found) for found in re.findall(r"<pre>(.*?)</pre>", shown, re.DOTALL)]
    assert [told[0], told[2]] == [TEXT, TEXT]
    assert [value for value in PLANTED if value in told[1]] == []
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
