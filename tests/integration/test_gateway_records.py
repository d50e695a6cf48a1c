"""What a call leaves behind: two records that can be decided again, a receipt that proves them, and not a word said."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import orjson
import pytest

from audit import receipt
from audit.checkpoint import load_verifier
from audit.reading import Listed, show_record
from gateway.policy.bundle import load
from gateway.policy.wasm import WasmEngine
from tests.gateways import Gateway

pytestmark = pytest.mark.integration

T = TypeVar("T")
TEXT = "I am ann.lee@example.com, hello heliotrope"


def ask(gateway: Gateway, text: str = TEXT, **more: object) -> str:
    """Make a call; give its receipt."""
    body = {"model": "canned-1", "messages": [{"role": "user", "content": text}], **more}
    with gateway.http() as client:
        return client.post("/v1/chat/completions", json=body).headers["x-airlock-receipt"]


def eventually(look: Callable[[], T | None]) -> T:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


def both(gateway: Gateway, opened: str) -> list[Listed] | None:
    records = show_record(gateway.settings.store.url, opened)
    return sorted(records, key=lambda r: r.t_ms) if len(records) == 2 else None


CALLS = {"plain": {}, "streamed": {"stream": True}}


@pytest.mark.parametrize("more", CALLS.values(), ids=CALLS)
async def test_a_record_is_complete_enough_to_decide_the_call_again(gateway: Gateway, more: dict[str, bool]) -> None:
    call = ask(gateway, **more)
    opened, closed = eventually(lambda: both(gateway, call))
    engine = WasmEngine(load())
    for record in (opened, closed):
        policy = record.body["policy"]
        again = await engine.decide(policy["input"].encode())
        assert policy["bundle"] == again.bundle
        assert policy["answer"]["action"] == again.action
        assert [r["code"] for r in policy["answer"]["reasons"]] == [r.code for r in again.reasons]


@pytest.mark.parametrize("more", CALLS.values(), ids=CALLS)
def test_a_record_says_what_happened(gateway: Gateway, more: dict[str, bool]) -> None:
    call = ask(gateway, **more)
    opened, closed = eventually(lambda: both(gateway, call))
    assert (opened.type, closed.type, closed.opened_ref) == ("request.opened", "request.closed", opened.id)
    assert (opened.body["decision"], opened.body["reason"]) == ("allow", "personal.detected")
    assert opened.body["model"]["requested"] == "canned-1"
    assert opened.body["pseudonyms"] == {"EMAIL_ADDRESS": 1}
    assert closed.body["status"] == 200
    assert closed.body["restored"] == 1
    assert closed.body["finish_reasons"] == ["stop"]
    assert closed.body["usage"]["output"] > 0
    assert closed.body["milliseconds"] >= 0


def test_a_blocked_call_has_both_records_before_it_is_answered(gateway: Gateway) -> None:
    opened, closed = sorted(
        show_record(gateway.settings.store.url, ask(gateway, "AKIAQYLPMN5HHHFPZAM2")), key=lambda r: r.id
    )
    assert (opened.body["decision"], closed.body["decision"]) == ("block", "block")
    assert (opened.body["reason"], closed.body["error"]) == ("secret.detected", "secret.detected")


def test_no_word_of_the_call_is_in_the_store_or_in_a_log(gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    key = gateway.key()
    call = ask(gateway)
    eventually(lambda: both(gateway, call))
    ask(gateway, "AKIAQYLPMN5HHHFPZAM2")
    folder = Path(gateway.settings.store.url.removeprefix("sqlite:///")).parent
    stored = b"".join(path.read_bytes() for path in folder.glob("airlock.db*"))
    for word in ("ann.lee", "heliotrope", "AKIAQYLPMN5HHHFPZAM2", key.split("_", 2)[2]):
        assert word.encode() not in stored
        assert word not in caplog.text


def test_a_receipt_proves_the_record_with_nothing_but_the_public_key(gateway: Gateway) -> None:
    opened = ask(gateway)
    with gateway.http() as client:

        def fetch() -> bytes | None:
            told = client.get(f"/airlock/receipts/{opened}")
            return told.content if told.status_code == 200 else None

        proof = receipt.parse(eventually(fetch))
    key = gateway.settings.store.signing_key
    head = receipt.verify(proof, load_verifier(key.with_name(key.name + ".pub")))
    assert proof.record["id"] == opened
    assert proof.index < head.size


def test_nobody_gets_the_receipt_of_another_tenant(gateway: Gateway) -> None:
    opened = ask(gateway)
    with gateway.http(gateway.key(tenant="rival")) as client:
        told = client.get(f"/airlock/receipts/{opened}")
        nothing = client.get("/airlock/receipts/00000000-0000-7000-8000-000000000000")
        fresh = ask(gateway)
        pending = client.get(f"/airlock/receipts/{fresh}")
    assert (told.status_code, told.json(), pending.json()) == (404, nothing.json(), nothing.json())


def test_the_policy_input_holds_findings_and_no_text(gateway: Gateway) -> None:
    call = ask(gateway)
    opened, _ = eventually(lambda: both(gateway, call))
    document = orjson.loads(opened.body["policy"]["input"])
    assert "EMAIL_ADDRESS" in {detection["label"] for detection in document["detections"]}
    assert "ann.lee" not in json.dumps(document)
