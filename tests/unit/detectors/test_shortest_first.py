import threading
from concurrent.futures import CancelledError

import pytest

from detectors.shortest_first import ShortestFirst

LONG = 10
PATIENCE = 10.0


class Held:
    """Work that notes that it began and ends when told."""

    def __init__(self, log: list[str], name: str) -> None:
        self.log, self.name = log, name
        self.began, self.release = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.log.append(self.name)
        self.began.set()
        self.release.wait(PATIENCE)
        return self.name


@pytest.fixture
def pool():
    made: list[ShortestFirst[str]] = []

    def make(threads: int, queue: int = 8) -> ShortestFirst[str]:
        made.append(ShortestFirst(threads, LONG, queue))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_the_shortest_that_waits_goes_first_and_equals_keep_their_order(pool):
    log: list[str] = []
    single, first = pool(1), Held(log, "first")
    single.submit(1, first)
    assert first.began.wait(PATIENCE)
    futures = [single.submit(size, lambda name=name: log.append(name) or name) for size, name in WAITING]
    first.release.set()
    assert [future.result(PATIENCE) for future in futures] == [name for _, name in WAITING]
    assert log == ["first", "short", "also short", "middle", "long"]


WAITING = [(9, "long"), (3, "short"), (3, "also short"), (5, "middle")]


def test_long_work_leaves_a_thread_free_for_short_work(pool):
    log: list[str] = []
    two, long = pool(2), [Held(log, "one"), Held(log, "two")]
    futures = [two.submit(LONG + 1, work) for work in long]
    assert long[0].began.wait(PATIENCE)
    assert two.submit(LONG, lambda: "answered").result(PATIENCE) == "answered"
    assert not long[1].began.is_set()
    for work in long:
        work.release.set()
    assert [future.result(PATIENCE) for future in futures] == ["one", "two"]


def test_where_there_is_one_thread_long_work_gets_it_all_the_same(pool):
    assert pool(1).submit(LONG + 1, lambda: "done").result(PATIENCE) == "done"


def test_when_too_many_wait_the_longest_is_turned_away(pool):
    single, first = pool(1, queue=2), Held([], "first")
    single.submit(1, first)
    assert first.began.wait(PATIENCE)
    futures = {size: single.submit(size, lambda size=size: str(size)) for size in (5, 9, 3)}
    assert futures[9].cancelled()
    first.release.set()
    assert [futures[size].result(PATIENCE) for size in (3, 5)] == ["3", "5"]


def test_work_that_nobody_waits_for_any_more_is_left_out(pool):
    log: list[str] = []
    single, first = pool(1, queue=1), Held(log, "first")
    single.submit(1, first)
    assert first.began.wait(PATIENCE)
    assert single.submit(2, lambda: log.append("cancelled") or "").cancel()
    kept = single.submit(3, lambda: "kept")
    first.release.set()
    assert kept.result(PATIENCE) == "kept"
    assert log == ["first"]


def test_closing_cancels_what_waits_and_lets_what_runs_end(pool):
    single, first = pool(1), Held([], "first")
    running = single.submit(1, first)
    assert first.began.wait(PATIENCE)
    waiting = single.submit(1, lambda: "never")
    single.close()
    first.release.set()
    assert running.result(PATIENCE) == "first"
    with pytest.raises(CancelledError):
        waiting.result(PATIENCE)
    with pytest.raises(RuntimeError):
        single.submit(1, lambda: "never")
