"""What the bench of streams sees, and what it makes of it."""

import asyncio

import pytest

from tests.bench import answer
from tests.bench.memory import WARM, as_markdown, growth
from tests.bench.options import DIRECT
from tests.bench.prompts import PROMPTS, Prompt
from tests.bench.server import HOST, Server
from tests.bench.streams import STALL_S, Row, claims, summarise, window_ms
from tests.bench.upstream import PACE_S, Provider
from tests.bench.watch import Watched, connect

SHORT = Prompt("short", "one two three four five six", stream=True, paced=True)


async def test_a_paced_stream_comes_word_by_word_and_is_watched_so():
    server = await asyncio.get_running_loop().create_server(Provider, HOST, 0)
    async with server:
        watcher = await connect(Server("upstream", server.sockets[0].getsockname()[1], ""))
        first, second = await watcher.watch(SHORT), await watcher.watch(SHORT)
        watcher.close()
    for seen in (first, second):
        assert (seen.status, answer.said(seen.body)) == (200, f"You asked: {SHORT.text}")
        assert len(seen.texts) == 8
        assert seen.end > 8 * PACE_S
        assert seen.first_s < seen.end
        assert seen.longest_gap_s >= PACE_S / 2


def test_a_gap_is_the_longest_time_without_text():
    assert Watched(texts=[1.0, 1.1, 1.9, 2.0]).longest_gap_s == pytest.approx(0.8)
    assert Watched(texts=[1.0]).longest_gap_s == 0


def test_streams_that_stall_are_counted():
    smooth, stalled = Watched(texts=[0.1, 0.2, 0.3]), Watched(texts=[0.1, 0.2 + STALL_S])
    row = summarise("airlock", 3, [smooth, stalled, smooth])
    assert (row.stalled, row.first_p50_ms, row.gap_p50_ms) == (1, 100.0, 100.0)
    assert row.gap_most_ms == pytest.approx((0.1 + STALL_S) * 1e3)


def row(server: str, first: float, stalled: int = 0) -> Row:
    return Row(server, 100, first, first, 20.0, 20.0, stalled)


@pytest.mark.parametrize(("late", "stalled", "kept"), [(0.9, 0, [True, True]), (1.1, 1, [False, False])])
def test_the_promises_are_held_against_the_provider_itself(late: float, stalled: int, kept: list[bool]):
    rows = [row(DIRECT, 20.0), row("airlock", 20.0 + late * window_ms(PROMPTS["paced"]), stalled)]
    assert list(claims(rows).values()) == kept


def test_growth_is_what_is_left_of_each_stream_once_warm():
    after = {WARM: 100_000, 2 * WARM: 150_000, 3 * WARM: 102_000}
    assert growth(after) == 1.0
    about = {"held": True, "growth_kib": 1.0, "date": "2026-01-01", "machine": {"cores": 2}}
    assert "| 3,000 | 99.6 |" in as_markdown(after, about)
    assert growth({WARM: 100_000}) == 0
