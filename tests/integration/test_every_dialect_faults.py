"""Every dialect, plain and streamed, when the upstream fails or the client leaves: told in its way, and recorded."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import pytest

from audit.reading import Filter, Listed, list_records
from tests.scripted import PATIENCE_S, Script, slowly
from tests.vendors.faults import FAULTS, SILENCE_S, Fault, good
from tests.vendors.stage import OPERATORS_KEY, Stage, Told, stage
from tests.vendors.vendor import Vendor
from tests.vendors.ways import answer, assert_complete, having, said, ways
from tests.vendors.words import LONG, pieces

pytestmark = pytest.mark.integration

WORDS = f"{LONG}größer 你好 🦀 end."


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Stage]]:
    """Stages whose gateway has one short limit each, by its name; "" for one that has none."""
    limits = {"": {}, **{fault.limit: {fault.limit: SILENCE_S} for fault in FAULTS.values() if fault.limit}}
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(stage(tmp_path_factory.mktemp("faults"), **limit))
            for name, limit in limits.items()
        }


@pytest.fixture
def staged(stages: Mapping[str, Stage]) -> Stage:
    return stages[""]


ROWS = {
    f"{vendor} {'streamed' if stream else 'plain'}, {name}": (vendor, stream, fault)
    for vendor, stream in having("forwarded")
    for name, fault in FAULTS.items()
    if stream or not fault.streams_only
}


@pytest.mark.parametrize(("vendor", "stream", "fault"), ROWS.values(), ids=ROWS)
def test_a_fault_of_the_upstream(stages: Mapping[str, Stage], vendor: Vendor, stream: bool, fault: Fault) -> None:
    staged = stages[fault.limit]
    events = vendor.stream(pieces(WORDS)) if stream else [vendor.reply(WORDS)]
    staged.upstream.answer(lambda _: fault.play(good(vendor, *events, heard=staged.upstream.heard)))
    told = staged.ask(vendor, "Go on.", stream=stream)

    if fault.status == 200:
        assert_complete(vendor, stream, told)
        assert not vendor.speaks or said(vendor, stream, told) == WORDS
    elif fault.late and stream:
        assert_told_in_the_stream(vendor, told, fault)
    else:
        assert_told_by_the_status(vendor, told, fault, fault.told(stream=stream))
    assert OPERATORS_KEY.encode() not in told.body
    assert b"sk-live" not in told.body


def assert_told_by_the_status(vendor: Vendor, told: Told, fault: Fault, code: str) -> None:
    refusal = vendor.refusal(told.body)
    assert told.status == fault.status
    assert told.headers["content-type"].startswith("application/json")
    assert refusal.message
    assert told.opened.body["decision"] == "allow"
    if code:
        assert refusal.code in {code, ""}
        assert told.closed.body["error"] == code
    else:  # the provider's own error: all of it passes, with its advice
        assert told.closed.body["status"] == fault.status
        assert told.body == vendor.error(fault.status)
        assert told.headers.get("retry-after") == ("7" if fault.status == 429 else None)


def assert_told_in_the_stream(vendor: Vendor, told: Told, fault: Fault) -> None:
    text = vendor.said_in_stream(told.body)
    assert told.status == 200
    assert WORDS.startswith(text.strip())
    assert len(text) > 100
    assert vendor.ended(told.body) is fault.ended
    assert told.closed.body["error"] == fault.told(stream=True)


@ways("forwarded")
def test_a_client_that_leaves_before_the_first_byte(staged: Stage, vendor: Vendor, stream: bool) -> None:
    asked = threading.Event()

    def hesitate(_: bytes) -> Script:
        asked.set()
        yield from slowly(b"HTTP/1.1 200 OK\r\nx-slow: " + b"a" * 1_000)

    staged.upstream.answer(hesitate)
    leave(staged, vendor, stream, asked)
    assert_cancelled(staged)


@ways("forwarded", "speaks", plain=False)
def test_a_client_that_leaves_while_the_first_text_is_held(staged: Stage, vendor: Vendor, stream: bool) -> None:
    """What has come is less than a window, so the client has nothing yet, not even a status line."""
    head, *events = answer(vendor, True, LONG)
    begun = threading.Event()

    def hesitate(_: bytes) -> Script:
        yield head + b"".join(events[:3])
        begun.set()
        yield from slowly(b"".join(events[3:]))

    staged.upstream.answer(hesitate)
    leave(staged, vendor, stream, begun)
    assert_cancelled(staged)


@ways("forwarded", "speaks", plain=False)
def test_a_client_that_leaves_in_the_middle(staged: Stage, vendor: Vendor, stream: bool) -> None:
    head, *events = answer(vendor, True, LONG)
    staged.upstream.play(head, *events[:50], *slowly(b"".join(events[50:])))
    path, body = vendor.gateway_path(True), vendor.request("Go on.", stream=True)
    with staged.client(vendor).stream(vendor.method, path, content=body) as told:
        next(told.iter_bytes())
    closed = assert_cancelled(staged)
    assert closed.body["reply"]
    assert closed.body["characters"] > 0


def leave(staged: Stage, vendor: Vendor, stream: bool, when: threading.Event) -> None:
    body = vendor.request("Go on.", stream=stream) if vendor.method != "GET" else b""
    staged.gateway.leave(vendor.gateway_path(stream), body, when, staged.client(vendor).headers)


def assert_cancelled(staged: Stage) -> Listed:
    """Check that the upstream call was ended; give the newest call's record, which says why."""
    assert staged.upstream.hung_up.wait(PATIENCE_S)
    opened = list_records(staged.gateway.settings.store.url, Filter(type="request.opened"), limit=1)[0]
    closed = staged.records(opened.id)[1]
    assert closed.body["error"] == "cancelled"
    return closed
