"""Every streaming dialect while its client waits: signs of life, and after them each end told inside the stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pytest

from audit.reading import Listed
from tests.scripted import PATIENCE_S, Step, slowly
from tests.vendors.stage import Stage, stage
from tests.vendors.vendor import Ended, Vendor
from tests.vendors.ways import SECRET, answer, having
from tests.vendors.words import LONG

pytestmark = pytest.mark.integration

BEAT_S = 0.15
SHORT = "Yes, of course, größer 你好."
"""Less than a window: none of it leaves before the end."""

WAITS = pytest.mark.parametrize("vendor", [v for v, _ in having("forwarded", "speaks", "beat", plain=False)], ids=repr)


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("waits"), heartbeat_s=BEAT_S) as set_up:
        yield set_up


class Beats(NamedTuple):
    """How many signs of life a client got before the first word, and how many after it."""

    before: int
    after: int


ONE_BEAT = Beats(1, 0)


@dataclass(frozen=True, slots=True)
class Watched:
    """A stream as its client saw it."""

    status: int
    raw: bytes
    closed: Listed
    beats: Beats


def watch(staged: Stage, vendor: Vendor, *script: Step, use_case: str = "default", until: Beats = ONE_BEAT) -> Watched:
    """Play a script to a client. What waits in it for `heard` goes on after so many signs of life."""
    staged.upstream.play(*script)
    body, raw = vendor.request("Go on.", stream=True), b""
    with staged.client(vendor, use_case).stream(vendor.method, vendor.gateway_path(True), content=body) as told:
        for piece in told.iter_bytes():
            raw += piece
            beats = count(vendor, raw)
            if beats.before >= until.before and beats.after >= until.after:
                staged.upstream.heard.set()
    _, closed = staged.records(told.headers["x-airlock-receipt"])
    return Watched(told.status_code, raw, closed, count(vendor, raw))


def count(vendor: Vendor, raw: bytes) -> Beats:
    parts = raw.split(vendor.beat)
    before = sum(not vendor.said_in_stream(b"".join(parts[:number])) for number in range(1, len(parts)))
    return Beats(before, len(parts) - 1 - before)


@WAITS
def test_a_client_that_waits_for_the_first_word_gets_signs_of_life(staged: Stage, vendor: Vendor) -> None:
    head, *events = answer(vendor, True, SHORT)
    seen = watch(staged, vendor, head, events[0], staged.upstream.heard, *events[1:], until=Beats(3, 0))
    assert seen.status == 200
    assert seen.beats.before >= 3
    assert (vendor.said_in_stream(seen.raw), vendor.ended(seen.raw)) == (SHORT, Ended.COMPLETE)
    assert "error" not in seen.closed.body


@WAITS
def test_a_client_that_waits_between_words_gets_signs_of_life(staged: Stage, vendor: Vendor) -> None:
    head, *events = answer(vendor, True, LONG)
    seen = watch(staged, vendor, head, *events[:40], staged.upstream.heard, *events[40:], until=Beats(0, 3))
    assert seen.beats.after >= 3
    assert (vendor.said_in_stream(seen.raw), vendor.ended(seen.raw)) == (LONG, Ended.COMPLETE)


@WAITS
def test_a_reply_that_is_held_whole_does_not_hold_signs_of_life(staged: Stage, vendor: Vendor) -> None:
    head, *events = answer(vendor, True, LONG)
    script = (head, *events[:60], staged.upstream.heard, *events[60:])
    seen = watch(staged, vendor, *script, use_case="hold", until=Beats(3, 0))
    assert seen.beats.before >= 3
    assert (vendor.said_in_stream(seen.raw), vendor.ended(seen.raw)) == (LONG, Ended.COMPLETE)


@WAITS
@pytest.mark.parametrize("use_case", ["default", "hold"])
def test_after_a_sign_of_life_a_blocked_reply_ends_inside_the_stream(
    staged: Stage, vendor: Vendor, use_case: str
) -> None:
    head, *events = answer(vendor, True, f"Use {SECRET} for it.")
    seen = watch(staged, vendor, head, events[0], staged.upstream.heard, *events[1:], use_case=use_case)
    assert seen.status == 200
    assert vendor.ended(seen.raw) in {Ended.STOPPED, Ended.FAILED}
    assert vendor.said_in_stream(seen.raw) == ""
    assert SECRET[:4].encode() not in seen.raw
    assert (seen.closed.body["decision"], seen.closed.body["error"]) == ("block", "secret.detected")


@WAITS
def test_after_a_sign_of_life_a_fault_is_told_inside_the_stream(staged: Stage, vendor: Vendor) -> None:
    head, *events = answer(vendor, True, SHORT)
    seen = watch(staged, vendor, head, events[0], staged.upstream.heard)
    assert seen.status == 200
    assert vendor.ended(seen.raw) is Ended.FAILED
    assert seen.closed.body["error"] == "upstream.cut_off"


@WAITS
def test_a_client_that_leaves_while_it_gets_signs_of_life(staged: Stage, vendor: Vendor) -> None:
    head, *events = answer(vendor, True, SHORT)
    staged.upstream.play(head, *slowly(b"".join(events)))
    body = vendor.request("Go on.", stream=True)
    with staged.client(vendor).stream(vendor.method, vendor.gateway_path(True), content=body) as told:
        assert vendor.said_in_stream(next(told.iter_raw())) == ""
    assert staged.upstream.hung_up.wait(PATIENCE_S)
    assert staged.records(told.headers["x-airlock-receipt"])[1].body["error"] == "cancelled"


def test_without_a_heartbeat_the_status_line_waits_for_the_first_word(tmp_path_factory: pytest.TempPathFactory) -> None:
    vendor = having("forwarded", "speaks", "beat", plain=False)[0][0]
    head, *events = answer(vendor, True, f"Use {SECRET} for it.")
    with stage(tmp_path_factory.mktemp("off"), heartbeat_s=0) as staged:
        seen = watch(staged, vendor, head, events[0], 2 * BEAT_S, *events[1:])
    assert seen.status == 403
