"""What policy data says of each kind of personal data, as the provider and the app see it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import openai
import pytest

from gateway.policy.bundle import shipped
from tests.gateways import Gateway, running
from tests.scripted import STREAM_HEAD, Script, Scripted, response, scripted

pytestmark = pytest.mark.integration

CARD, MAIL, SERVER, WEB = "4111 1111 1111 1111", "ann@x.org", "8.8.4.4", "00:1B:44:11:3A:B7"
TEXT = f"Card {CARD}, mail {MAIL}, server {SERVER}, device {WEB}."


def echo(body: bytes) -> Script:
    """Answer with what was asked, in a stream character by character."""
    asked = json.loads(body)
    said = asked["messages"][-1]["content"]
    if asked.get("stream"):
        yield STREAM_HEAD
        head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        for index, sign in enumerate(said):
            delta = {"content": sign} if index else {"role": "assistant", "content": sign}
            yield event({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
        yield event({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}) + b"data: [DONE]\n\n"
        return
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": said}}
    yield response({"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]})


def event(data: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode()


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        started.answer(echo)
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    data = json.loads((shipped() / "data.json").read_text())
    default = data["use_cases"]["default"]
    each = {"CREDIT_CARD": "mask", "IP_ADDRESS": "hash", "MAC_ADDRESS": "drop"}
    data["use_cases"] |= {"one_way": {**default, "strategies": each}}
    data["use_cases"] |= {"strict": {**default, "strategies": {"EMAIL_ADDRESS": "block"}}}
    data["use_cases"] |= {"surrogates": {**default, "strategies": {"*": "surrogate"}}}
    (folder / "data.json").write_text(json.dumps(data))
    sections = {"policy": {"data": "data.json"}, "detectors": {"encoder": "off"}}
    with running(folder, upstream.base_url, **sections) as started:
        yield started


def ask(gateway: Gateway, use_case: str, text: str) -> str:
    made = gateway.sdk(use_case).chat.completions.create(model="m", messages=[{"role": "user", "content": text}])
    return made.choices[0].message.content or ""


def test_each_kind_leaves_and_comes_back_as_policy_data_says(gateway: Gateway, upstream: Scripted) -> None:
    told = ask(gateway, "one_way", TEXT)
    sent = json.loads(upstream.bodies[-1])["messages"][-1]["content"]
    assert re.fullmatch(r"Card \*{19}, mail <EMAIL_ADDRESS_\w+>, server [0-9a-f]{64}, device \.", sent)
    assert told == re.sub(r"<EMAIL_ADDRESS_\w+>", MAIL, sent)


def test_a_kind_that_must_not_leave_is_refused(gateway: Gateway, upstream: Scripted) -> None:
    before = len(upstream.bodies)
    with pytest.raises(openai.APIStatusError) as refused:
        ask(gateway, "strict", TEXT)
    assert refused.value.code == "personal.blocked"
    assert len(upstream.bodies) == before
    assert ask(gateway, "strict", f"Card {CARD}") == f"Card {CARD}"


def test_surrogates_leave_and_values_come_back_plain_and_streamed(gateway: Gateway, upstream: Scripted) -> None:
    assert ask(gateway, "surrogates", TEXT) == TEXT
    sent = json.loads(upstream.bodies[-1])["messages"][-1]["content"]
    assert re.fullmatch(
        r"Card 4000 00\d\d \d{4} \d{4}, mail [a-z]+@[a-z]+\.example\.org, "
        r"server (192\.0\.2|198\.51\.100|203\.0\.113)\.\d+, device 00:00:5E:00:53:[0-9A-F]{2}\.",
        sent,
    )
    with gateway.sdk("surrogates").chat.completions.create(
        model="m", messages=[{"role": "user", "content": TEXT}], stream=True
    ) as chunks:
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices) == TEXT
    assert json.loads(upstream.bodies[-1])["messages"][-1]["content"] == sent
