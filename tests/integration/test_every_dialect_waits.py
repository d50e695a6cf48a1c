"""Every streaming dialect while its client waits: signs of life, and after them each end told inside the stream."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from audit.reading import Listed
from tests.scripted import Step
from tests.vendors.stage import Stage, stage
from tests.vendors.vendor import Ended, Vendor
from tests.vendors.ways import LONG, SECRET, answer, having

pytestmark = pytest.mark.integration

BEAT_S = 0.15
SHORT = "Yes, of course, größer 你好."
"""Less than a window: none of it leaves before the end."""

WAITS = pytest.mark.parametrize("vendor", [v for v, _ in having("forwarded", "speaks", "beat", plain=False)], ids=repr)


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("waits"), heartbeat_s=BEAT_S, idle_s=5, first_byte_s=5) as set_up:
        yield set_up


@dataclass(frozen=True, slots=True)
class Watched:
    """A stream as its client saw it: how many signs of life it got before the first word, and how many after it."""

    status: int
    raw: bytes
    closed: Listed
    before: int
    after: int


def watch(staged: Stage, vendor: Vendor, *script: Step, use_case: str = "default") -> Watched:
    staged.upstream.play(*script)
    client, body = staged.client(vendor, use_case), vendor.request("Go on.", stream=True)
    told = client.request(vendor.method, vendor.gateway_path(True), content=body)
    _, closed = staged.records(told.headers["x-airlock-receipt"])
    parts = told.content.split(vendor.beat)
    before = sum(not vendor.said_in_stream(b"".join(parts[:number])) for number in range(1, len(parts)))
    return Watched(told.status_code, told.content, closed, before, len(parts) - 1 - before)


@WAITS
def test_a_client_that_waits_for_the_first_word_gets_signs_of_life(staged: Stage, vendor: Vendor) -> None:
    head, *events = answer(vendor, True, SHORT)
    seen = watch(staged, vendor, head, events[0], 5 * BEAT_S, *events[1:])
    assert seen.status == 200
    assert seen.before >= 3
    assert (vendor.said_in_stream(seen.raw), vendor.ended(seen.raw)) == (SHORT, Ended.COMPLETE)
    assert "error" not in seen.closed.body


@WAITS
def test_a_client_that_waits_between_words_gets_signs_of_life(staged: Stage, vendor: Vendor) -> None:
    head, *events = answer(vendor, True, LONG)
    seen = watch(staged, vendor, head, *events[:40], 5 * BEAT_S, *events[40:])
    assert seen.after >= 3
    assert (vendor.said_in_stream(seen.raw), vendor.ended(seen.raw)) == (LONG, Ended.COMPLETE)


@WAITS
def test_a_reply_that_is_held_whole_does_not_hold_signs_of_life(staged: Stage, vendor: Vendor) -> None:
    head, *events = answer(vendor, True, LONG)
    drip: list[Step] = [step for event in events for step in (event, 6 * BEAT_S / len(events))]
    seen = watch(staged, vendor, head, *drip, use_case="hold")
    assert seen.before >= 3
    assert (vendor.said_in_stream(seen.raw), vendor.ended(seen.raw)) == (LONG, Ended.COMPLETE)


@WAITS
@pytest.mark.parametrize("use_case", ["default", "hold"])
def test_after_a_sign_of_life_a_blocked_reply_ends_inside_the_stream(
    staged: Stage, vendor: Vendor, use_case: str
) -> None:
    head, *events = answer(vendor, True, f"Use {SECRET} for it.")
    seen = watch(staged, vendor, head, events[0], 3 * BEAT_S, *events[1:], use_case=use_case)
    assert seen.status == 200
    assert vendor.ended(seen.raw) in {Ended.STOPPED, Ended.FAILED}
    assert vendor.said_in_stream(seen.raw) == ""
    assert SECRET[:4].encode() not in seen.raw
    assert (seen.closed.body["decision"], seen.closed.body["error"]) == ("block", "secret.detected")


@WAITS
def test_after_a_sign_of_life_a_fault_is_told_inside_the_stream(staged: Stage, vendor: Vendor) -> None:
    head, *events = answer(vendor, True, SHORT)
    seen = watch(staged, vendor, head, events[0], 3 * BEAT_S)
    assert seen.status == 200
    assert vendor.ended(seen.raw) is Ended.FAILED
    assert seen.closed.body["error"] == "upstream.cut_off"


@WAITS
def test_a_client_that_leaves_while_it_gets_signs_of_life(staged: Stage, vendor: Vendor) -> None:
    head, *events = answer(vendor, True, SHORT)
    staged.upstream.play(head, *(step for event in events for step in (event, BEAT_S)))
    body = vendor.request("Go on.", stream=True)
    with staged.client(vendor).stream(vendor.method, vendor.gateway_path(True), content=body) as told:
        assert vendor.said_in_stream(next(told.iter_raw())) == ""
    assert staged.upstream.hung_up.wait(3)
    assert staged.records(told.headers["x-airlock-receipt"])[1].body["error"] == "cancelled"


def test_without_a_heartbeat_the_status_line_waits_for_the_first_word(tmp_path_factory: pytest.TempPathFactory) -> None:
    vendor = having("forwarded", "speaks", "beat", plain=False)[0][0]
    head, *events = answer(vendor, True, f"Use {SECRET} for it.")
    with stage(tmp_path_factory.mktemp("off"), heartbeat_s=0, idle_s=5) as staged:
        seen = watch(staged, vendor, head, events[0], 2 * BEAT_S, *events[1:])
    assert seen.status == 403
