"""Every dialect, plain and streamed: clean, personal data, blocked prompt, blocked reply, tool call.

Shown for each: what the upstream saw, what the client got, what the record says, and that all of it was looked at.
Faults of the upstream and of the client are in `test_every_dialect_faults.py`.
"""

import re
from collections.abc import Iterator

import pytest

from tests.scripted import Script
from tests.vendors.stage import OPERATORS_KEY, Stage, stage
from tests.vendors.vendor import Call, Ended, Vendor
from tests.vendors.ways import (
    ADDRESS,
    SECRET,
    TOKEN,
    TOOL,
    answer,
    assert_complete,
    assert_looked_at_all,
    call_answer,
    said,
    unscanned,
    ways,
)
from tests.vendors.words import LONG

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("every")) as set_up:
        yield set_up


@ways("forwarded")
def test_clean(staged: Stage, vendor: Vendor, stream: bool) -> None:
    staged.upstream.play(*answer(vendor, stream, "Red, größer, 你好 🦀 and blue."))
    told = staged.ask(vendor, "Name three primary colours: größer, 你好.", stream=stream)

    assert staged.upstream.paths[-1] == vendor.asked_path(stream)
    assert OPERATORS_KEY in staged.upstream.headers[-1][vendor.credential]
    if vendor.prompted:
        assert vendor.seen(staged.upstream.bodies[-1]) == "Name three primary colours: größer, 你好."
    if not stream:
        assert staged.upstream.bodies[-1] == vendor.request("Name three primary colours: größer, 你好.")
        assert told.body == vendor.reply("Red, größer, 你好 🦀 and blue.")
    elif vendor.speaks:
        assert said(vendor, stream, told) == "Red, größer, 你好 🦀 and blue."

    assert_complete(vendor, stream, told)
    assert_looked_at_all(vendor, told)
    assert (told.opened.body["decision"], told.opened.body["reason"]) == ("allow", "allow")
    assert told.opened.body["stream"] is stream
    assert (told.opened.body["pseudonyms"], told.closed.body["restored"]) == ({}, 0)


@ways("forwarded", "prompted")
def test_personal_data(staged: Stage, vendor: Vendor, stream: bool) -> None:
    def repeat(body: bytes) -> Script:
        token = TOKEN.search(vendor.seen(body))
        return answer(vendor, stream, f"I wrote to {token and token[0]}, as you asked.")

    staged.upstream.answer(repeat)
    told = staged.ask(vendor, f"Write to {ADDRESS} now.", stream=stream)

    seen = vendor.seen(staged.upstream.bodies[-1])
    assert ADDRESS.encode() not in staged.upstream.bodies[-1]
    assert re.fullmatch(f"Write to {TOKEN.pattern} now.", seen)
    if vendor.speaks:
        assert said(vendor, stream, told) == f"I wrote to {ADDRESS}, as you asked."

    assert_complete(vendor, stream, told)
    assert_looked_at_all(vendor, told)
    assert told.opened.body["reason"] == "personal.detected"
    assert told.opened.body["pseudonyms"] == {"EMAIL_ADDRESS": 1}
    assert "EMAIL_ADDRESS" in {detection["label"] for detection in told.asked["detections"]}
    assert told.closed.body["restored"] == int(vendor.speaks)
    assert ADDRESS not in repr((told.opened, told.closed))


@ways("prompted")
def test_blocked_prompt(staged: Stage, vendor: Vendor, stream: bool) -> None:
    before = len(staged.upstream.bodies)
    told = staged.ask(vendor, f"Is {SECRET} still active?", stream=stream)

    assert len(staged.upstream.bodies) == before
    assert told.status == 403
    assert told.headers["content-type"].startswith("application/json")
    assert told.headers["x-should-retry"] == "false"
    assert (told.headers["x-airlock-decision"], told.headers["x-airlock-reason"]) == ("block", "secret.detected")
    refusal = vendor.refusal(told.body)
    assert refusal.code in {"secret.detected", ""}
    assert refusal.message
    assert SECRET.encode() not in told.body

    assert (told.opened.body["decision"], told.opened.body["reason"]) == ("block", "secret.detected")
    assert (told.closed.body["decision"], told.closed.body["error"]) == ("block", "secret.detected")
    assert unscanned(told.asked) == set()
    assert "usage" not in told.closed.body


@ways("forwarded", "speaks")
def test_blocked_reply(staged: Stage, vendor: Vendor, stream: bool) -> None:
    staged.upstream.play(*answer(vendor, stream, f"Use {SECRET} for it."))
    told = staged.ask(vendor, "What is the key?", stream=stream)

    assert told.status == 403
    assert vendor.refusal(told.body).code in {"secret.detected", ""}
    assert SECRET.encode() not in told.body
    assert told.headers["x-airlock-reason"] == "secret.detected"
    assert (told.opened.body["decision"], told.closed.body["decision"]) == ("allow", "block")
    assert told.closed.body["error"] == "secret.detected"
    assert told.closed.body["policy"]["answer"]["action"] == "block"
    assert unscanned(told.answered) == set(vendor.unscanned)


@ways("forwarded", "speaks", plain=False)
def test_a_reply_that_is_blocked_late(staged: Stage, vendor: Vendor, stream: bool) -> None:
    head, *events = answer(vendor, stream, f"{LONG}Use {SECRET} for it. {LONG}")
    staged.upstream.play(head, *events[:60], staged.upstream.heard, *events[60:])
    told = staged.ask(vendor, "What is the key?", stream=True)

    text = vendor.said_in_stream(told.body)
    assert told.status == 200
    assert f"{LONG}Use ".startswith(text)
    assert len(text) > 100
    assert vendor.ended(told.body) is Ended.STOPPED
    assert SECRET[:4].encode() not in told.body
    assert (told.closed.body["decision"], told.closed.body["error"]) == ("block", "secret.detected")


@ways("forwarded", "tools")
def test_tool_call(staged: Stage, vendor: Vendor, stream: bool) -> None:
    def call(body: bytes) -> Script:
        token = TOKEN.search(vendor.seen(body))
        return call_answer(vendor, stream, {"location": f"near {token and token[0]}", "days": 2})

    staged.upstream.answer(call)
    told = staged.ask(vendor, f"Weather for {ADDRESS}?", stream=stream, tools=[TOOL])

    calls = vendor.calls_in_stream(told.body) if stream else vendor.calls(told.body)
    assert ADDRESS.encode() not in staged.upstream.bodies[-1]
    assert TOOL.encode() in staged.upstream.bodies[-1]
    assert calls == [Call(TOOL, {"location": f"near {ADDRESS}", "days": 2})]
    assert_complete(vendor, stream, told)
    assert_looked_at_all(vendor, told)
    assert told.asked["request"]["tools"] == [TOOL]
    assert told.closed.body["restored"] >= 1


@ways("forwarded", "tools")
def test_blocked_tool_call(staged: Stage, vendor: Vendor, stream: bool) -> None:
    staged.upstream.play(*call_answer(vendor, stream, {"location": f"key {SECRET}"}))
    told = staged.ask(vendor, "What is the weather?", stream=stream, tools=[TOOL])

    assert told.status == 403
    assert vendor.refusal(told.body).code in {"secret.detected", ""}
    assert SECRET.encode() not in told.body
    assert TOOL.encode() not in told.body
    assert (told.closed.body["decision"], told.closed.body["error"]) == ("block", "secret.detected")


@ways("forwarded", "unscanned")
def test_what_nobody_can_read_is_blocked_unless_policy_allows_it(staged: Stage, vendor: Vendor, stream: bool) -> None:
    staged.upstream.play(*answer(vendor, stream, "A red square."))
    told = staged.ask(vendor, "Draw a red square.", stream=stream, use_case="default")

    assert told.status == 403
    assert told.headers["x-airlock-reason"] == "coverage.unscanned"
    assert unscanned(told.answered) == set(vendor.unscanned)
