"""Every dialect, plain and streamed, when the upstream fails or the client leaves: told in its way, and recorded."""

from collections.abc import Iterator

import httpx
import pytest

from audit.reading import Filter, list_records
from tests.scripted import Step
from tests.vendors.faults import FAULTS, SILENCE_S, Fault, good
from tests.vendors.stage import OPERATORS_KEY, Stage, Told, stage
from tests.vendors.vendor import Vendor
from tests.vendors.ways import LONG, answer, assert_complete, having, pieces, said, ways

pytestmark = pytest.mark.integration

WORDS = f"{LONG}größer 你好 🦀 end."


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("faults")) as set_up:
        yield set_up


ROWS = {
    f"{vendor} {'streamed' if stream else 'plain'}, {name}": (vendor, stream, fault)
    for vendor, stream in having("forwarded")
    for name, fault in FAULTS.items()
    if stream or not fault.streams_only
}


@pytest.mark.parametrize(("vendor", "stream", "fault"), ROWS.values(), ids=ROWS)
def test_a_fault_of_the_upstream(staged: Stage, vendor: Vendor, stream: bool, fault: Fault) -> None:
    events = vendor.stream(pieces(WORDS)) if stream else [vendor.reply(WORDS)]
    staged.upstream.answer(lambda _: fault.play(good(vendor, *events)))
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


def drip(vendor: Vendor, text: str) -> list[Step]:
    """Play a stream an event at a time, as models write."""
    head, *events = answer(vendor, True, text)
    return [head, *(step for event in events for step in (event, SILENCE_S / 10))]


@ways("forwarded")
def test_a_client_that_leaves_before_the_first_byte(staged: Stage, vendor: Vendor, stream: bool) -> None:
    head = answer(vendor, stream, WORDS)[0][:-20]
    staged.upstream.play(0.1, head[:9], *(step for at in range(9, 40) for step in (head[at : at + 1], 0.03)))
    with pytest.raises(httpx.ReadTimeout):
        leave(staged, vendor, stream, after_s=0.05)
    assert_cancelled(staged, staged.upstream.hung_up.wait(3))


@ways("forwarded", "speaks", plain=False)
def test_a_client_that_leaves_while_the_first_text_is_held(staged: Stage, vendor: Vendor, stream: bool) -> None:
    """What has come is less than a window, so the client has nothing yet, not even a status line."""
    staged.upstream.play(*drip(vendor, " ".join("abcdefghijklmnop" * 4)))
    with pytest.raises(httpx.ReadTimeout):
        leave(staged, vendor, stream, after_s=0.2)
    assert_cancelled(staged, staged.upstream.hung_up.wait(3))


@ways("forwarded", "speaks", plain=False)
def test_a_client_that_leaves_in_the_middle(staged: Stage, vendor: Vendor, stream: bool) -> None:
    head, *events = answer(vendor, True, LONG)
    staged.upstream.play(head, *events[:50], *(step for event in events[50:] for step in (event, SILENCE_S / 10)))
    path, body = vendor.gateway_path(True), vendor.request("Go on.", stream=True)
    with staged.client(vendor).stream(vendor.method, path, content=body) as told:
        next(told.iter_bytes())
    assert staged.upstream.hung_up.wait(3)
    _, closed = staged.records(told.headers["x-airlock-receipt"])
    assert closed.body["error"] == "cancelled"
    assert closed.body["reply"]
    assert closed.body["characters"] > 0


def leave(staged: Stage, vendor: Vendor, stream: bool, after_s: float) -> None:
    body = vendor.request("Go on.", stream=stream) if vendor.method != "GET" else None
    staged.client(vendor).request(vendor.method, vendor.gateway_path(stream), content=body, timeout=after_s)


def assert_cancelled(staged: Stage, hung_up: bool) -> None:
    """Check that the upstream call was ended and that the newest call's record says why."""
    assert hung_up
    opened = list_records(staged.gateway.settings.store.url, Filter(type="request.opened"), limit=1)[0]
    assert staged.records(opened.id)[1].body["error"] == "cancelled"
