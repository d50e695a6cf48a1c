"""What two tenants list, at one gateway: what the upstream sees of the same text, and what is on record."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest

from audit.reading import show_record
from gateway.app import create_app
from gateway.secret_source import SettingsError
from gateway.settings import load
from tests.gateways import Gateway, configure, running
from tests.integration.test_gateway_records import both, eventually
from tests.integration.test_gateway_strategies import echo
from tests.scripted import Scripted, scripted

pytestmark = pytest.mark.integration

KEY = "AKIAQYLPMN5HHHFPZAM2"
FILE = f"""
tenants:
  "*":
    allow: [press@example.com, {KEY}]
  default:
    allow:
      - {{values: [info@example.com], labels: [EMAIL_ADDRESS]}}
    deny:
      PERSON: [Zoë Quill]
      PROJECT: [Night Owl]
"""
TEXT = "Night  owl: ask ZOË Quill, info@example.com, press@example.com or eve@example.com."


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        started.answer(echo)
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    (folder / "lists.yaml").write_text(FILE)
    data = json.loads((Path(__file__).parents[2] / "policies" / "data.json").read_text())
    data["tenants"]["other"] = {"use_cases": ["*"]}
    (folder / "data.json").write_text(json.dumps(data))
    sections = {"policy": {"data": "data.json"}, "detectors": {"encoder": "off", "lists": "lists.yaml"}}
    with running(folder, upstream.base_url, **sections) as started:
        yield started


def ask(gateway: Gateway, tenant: str, **more: Any) -> tuple[str, str]:
    """Ask by OpenAI's SDK; give what came back, and the receipt."""
    client = gateway.sdk(key=gateway.key(tenant=tenant))
    asked: Any = {"model": "m", "messages": [{"role": "user", "content": TEXT}], **more}
    raw = client.chat.completions.with_raw_response.create(**asked)
    made = raw.parse()
    if more.get("stream"):
        return "".join(chunk.choices[0].delta.content or "" for chunk in made), raw.headers["x-airlock-receipt"]
    return made.choices[0].message.content or "", raw.headers["x-airlock-receipt"]


def said(upstream: Scripted) -> str:
    return str(json.loads(upstream.bodies[-1])["messages"][-1]["content"])


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_each_tenant_has_its_own_lists(gateway: Gateway, upstream: Scripted, stream: bool) -> None:
    assert ask(gateway, "default", stream=stream)[0] == TEXT
    theirs = said(upstream)
    assert ("info@example.com" in theirs, "press@example.com" in theirs) == (True, True)
    assert [value for value in ("Night  owl", "ZOË Quill", "eve@example.com") if value in theirs] == []
    assert ("<PROJECT_" in theirs, "<PERSON_" in theirs) == (True, True)
    assert ask(gateway, "other", stream=stream)[0] == TEXT
    others = said(upstream)
    assert ("press@example.com" in others, "info@example.com" in others) == (True, False)
    assert "Night  owl: ask ZOË Quill" in others


def test_the_record_says_which_lists_were_in_force_and_what_they_let_go(gateway: Gateway) -> None:
    versions = set()
    for tenant, allowed in (("default", 2), ("other", 1)):
        _, receipt = ask(gateway, tenant)
        opened = show_record(gateway.settings.store.url, receipt)[0].body
        told = json.loads(opened["policy"]["input"])
        versions |= {one["version"] for one in told["coverage"]["reports"] if one["detector"] == "lists"}
        assert opened["allowed"] == {"EMAIL_ADDRESS": allowed}
        assert {one["label"] for one in told["detections"] if one["detector"] == "lists"} == (
            {"PERSON", "PROJECT"} if tenant == "default" else set()
        )
    assert len(versions) == 1


def test_values_that_a_stream_cuts_are_found_once_each(gateway: Gateway, upstream: Scripted) -> None:
    """What the model says of its own comes character by character, and is far longer than a window."""
    text = "so it goes on for a while " * 20 + "Night\n Owl" + " so on" * 40 + ", said Zoë Quill."
    spoken = json.dumps({"stream": True, "messages": [{"content": text}]}).encode()
    upstream.answer(lambda _: echo(spoken))
    try:
        asked: Any = {"model": "m", "messages": [{"role": "user", "content": "Go on."}], "stream": True}
        raw = gateway.sdk().chat.completions.with_raw_response.create(**asked)
        assert "".join(chunk.choices[0].delta.content or "" for chunk in raw.parse()) == text
    finally:
        upstream.answer(echo)
    _, closed = eventually(lambda: both(gateway, raw.headers["x-airlock-receipt"]))
    told = json.loads(closed.body["policy"]["input"])["detections"]
    found = {one["label"]: one["count"] for one in told if one["detector"] == "lists"}
    assert found == {"PERSON": 1, "PROJECT": 1}


def test_no_list_lets_a_secret_go(gateway: Gateway, upstream: Scripted) -> None:
    before = len(upstream.bodies)
    with pytest.raises(openai.PermissionDeniedError, match="secret"):
        gateway.sdk().chat.completions.create(model="m", messages=[{"role": "user", "content": f"It is {KEY}."}])
    assert len(upstream.bodies) == before


async def test_a_gateway_whose_file_is_wrong_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "lists.yaml").write_text(FILE.replace("EMAIL_ADDRESS", "SECRET_KEY"))
    config = configure(tmp_path, "http://127.0.0.1:9", detectors={"encoder": "off", "lists": "lists.yaml"})
    app = create_app(load(config)).framework
    with pytest.raises(
        SettingsError, match=r"detectors.lists: .*lists.yaml: line 7: tenants.default.allow.0.labels.0:"
    ):
        async with app.router.lifespan_context(app):
            pass
