"""Calls that share an encoder: work is done once, together, in fair order, and not at all when nobody waits."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from detectors.encoder import waiting
from detectors.encoder.model import Encoder
from detectors.encoder.reading import Reading
from detectors.encoder.runs import read_texts
from detectors.encoder.shared import SharedEncoder
from detectors.encoder.windows import BATCH_TOKENS
from tests.unit.detectors.encoder.small_encoder import small_encoder

PATIENCE = 20
CLEAN, NASTY, LONG = "the word goes on", "so you are nasty", "the word goes on. " * 3_000


class Watched:
    """A real session that notes the shapes of its runs, and may be held up or made to fail."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.shapes: list[tuple[int, int]] = []
        self.began = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()
        self.seconds = 0.0
        self.fault: Exception | None = None

    def run(self, names: Sequence[str], feed: dict[str, np.ndarray]) -> Any:
        self.shapes.append(feed["input_ids"].shape)
        self.began.set()
        assert self.go_on.wait(PATIENCE)
        until = time.thread_time() + self.seconds
        while time.thread_time() < until:
            pass
        if self.fault:
            raise self.fault
        return self.session.run(names, feed)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory) -> Encoder:
    return small_encoder(tmp_path_factory.mktemp("weights"))


@pytest.fixture
def watched(encoder: Encoder) -> Iterator[Watched]:
    session = encoder._session
    encoder._session = watch = Watched(session)
    yield watch
    encoder._session = session


@pytest.fixture
def sharing(encoder: Encoder, watched: Watched) -> Iterator[Callable[..., SharedEncoder]]:
    made: list[SharedEncoder] = []

    def make(cache_bytes: int = 100_000, threads: int = 1) -> SharedEncoder:
        made.append(SharedEncoder(encoder, cache_bytes, threads))
        return made[-1]

    yield make
    watched.go_on.set()
    for one in made:
        one.close()


def ask(shared: SharedEncoder, *texts: str, seconds: float = 60.0) -> "Future[Sequence[Reading]]":
    return shared.submit(texts, seconds, lambda readings: readings)


def labels(future: "Future[Sequence[Reading]]") -> list[set[str]]:
    return [{span.label for span in reading.spans} for reading in future.result(PATIENCE)]


def test_a_call_gets_its_readings_in_the_order_of_its_texts(sharing):
    assert labels(ask(sharing(), NASTY, CLEAN, "", NASTY)) == [{"toxic", "insult"}, set(), set(), {"toxic", "insult"}]


def test_a_call_without_texts_is_answered_at_once(sharing):
    assert ask(sharing()).result(0) == []


def test_a_text_that_was_read_before_is_not_read_again(sharing, watched):
    shared = sharing()
    first = labels(ask(shared, NASTY, CLEAN))
    runs = len(watched.shapes)
    again = ask(shared, CLEAN, NASTY)
    assert again.done()
    assert labels(again) == first[::-1]
    assert len(watched.shapes) == runs


def test_a_text_is_answered_before_the_next_one_is_run(sharing, watched):
    shared = sharing()
    watched.go_on.clear()
    first = ask(shared, CLEAN)
    assert watched.began.wait(PATIENCE)
    others = [ask(shared, NASTY * 40 + str(number)) for number in range(4)]  # enough to fill runs of their own
    watched.began.clear()
    watched.seconds = 0.5  # of each run from here on
    watched.go_on.set()
    first.result(PATIENCE)
    assert len(watched.shapes) <= 2
    assert not any(other.done() for other in others)


def test_without_room_to_remember_it_is_read_again(sharing, watched):
    shared = sharing(cache_bytes=0)
    ask(shared, CLEAN).result(PATIENCE)
    ask(shared, CLEAN).result(PATIENCE)
    assert len(watched.shapes) == 2


def test_a_text_that_arrives_from_many_threads_at_once_is_read_once(sharing, watched):
    shared, start = sharing(), threading.Barrier(8)
    watched.go_on.clear()

    def call(_: int) -> "Future[Sequence[Reading]]":
        start.wait(PATIENCE)
        return ask(shared, CLEAN)

    with ThreadPoolExecutor(8) as pool:
        futures = list(pool.map(call, range(8)))
    watched.go_on.set()
    assert [labels(future) for future in futures] == [[set()]] * 8
    assert len(watched.shapes) == 1


def test_what_arrives_while_it_is_busy_goes_together(sharing, watched):
    shared = sharing()
    watched.go_on.clear()
    first = ask(shared, CLEAN)
    assert watched.began.wait(PATIENCE)
    others = [ask(shared, f"{NASTY} {number}") for number in range(10)]
    watched.go_on.set()
    assert labels(first) == [set()]
    assert all({"toxic"} <= found for future in others for found in labels(future))
    assert [rows for rows, _ in watched.shapes] == [1, 10]


def test_a_short_text_does_not_wait_for_the_end_of_a_long_one(sharing, watched):
    shared = sharing()
    watched.go_on.clear()
    long = ask(shared, LONG)
    assert watched.began.wait(PATIENCE)
    short = ask(shared, NASTY)
    done_before: list[bool] = []
    short.add_done_callback(lambda _: done_before.append(not long.done()))
    watched.go_on.set()
    long.result(PATIENCE)
    assert done_before == [True]
    assert max(rows * width for rows, width in watched.shapes) <= BATCH_TOKENS


def test_a_long_text_is_not_put_off_for_ever(sharing, monkeypatch):
    monkeypatch.setattr(waiting, "DUE_SECONDS_A_CHAR", 1e-9)
    shared = sharing(cache_bytes=0)
    long = ask(shared, LONG)
    number = 0
    while not long.done():
        ask(shared, f"word {number}").result(PATIENCE)
        number += 1
        assert number < 2_000
    assert labels(long) == [set()]


def test_a_short_call_pulls_forward_a_text_that_it_shares_with_a_long_one(sharing, watched):
    shared = sharing()
    watched.go_on.clear()
    ask(shared, CLEAN)
    assert watched.began.wait(PATIENCE)
    long = ask(shared, *(f"{LONG} {number}" for number in range(3)), NASTY)
    short = ask(shared, NASTY)
    watched.go_on.set()
    assert labels(short) == [{"toxic", "insult"}]
    assert not long.done()
    long.cancel()


def test_a_call_that_costs_too_much_fails_and_others_with_the_same_text_go_on(sharing, watched):
    shared = sharing()
    watched.seconds = 0.02
    hasty, patient = ask(shared, LONG, seconds=0.1), ask(shared, LONG)
    with pytest.raises(TimeoutError):
        hasty.result(PATIENCE)
    watched.seconds = 0
    assert labels(patient) == [set()]


def test_waiting_for_others_costs_nothing(sharing, watched):
    shared = sharing()
    watched.seconds = 0.2
    first, second = ask(shared, CLEAN, seconds=60), ask(shared, NASTY + " so", seconds=0.45)
    third = ask(shared, NASTY + " on", seconds=0.45)
    assert [len(labels(future)) for future in (first, second, third)] == [1, 1, 1]


def test_what_nobody_waits_for_is_not_read(sharing, watched):
    shared = sharing()
    watched.go_on.clear()
    first = ask(shared, CLEAN)
    assert watched.began.wait(PATIENCE)
    dropped, kept = ask(shared, LONG), ask(shared, NASTY)
    assert dropped.cancel()
    watched.go_on.set()
    assert [labels(future) for future in (first, kept)] == [[set()], [{"toxic", "insult"}]]
    assert shared._waiting._chars == 0
    assert len(watched.shapes) == 2


def test_a_text_given_up_in_the_middle_is_left_there(sharing, watched):
    shared = sharing()
    watched.go_on.clear()
    long = ask(shared, LONG)
    assert watched.began.wait(PATIENCE)
    long.cancel()
    watched.go_on.set()
    ask(shared, NASTY).result(PATIENCE)
    assert len(watched.shapes) <= 2 + 1


def test_giving_up_does_not_take_the_text_from_another(sharing, watched):
    shared = sharing()
    watched.go_on.clear()
    ask(shared, CLEAN)
    assert watched.began.wait(PATIENCE)
    one, two = ask(shared, NASTY), ask(shared, NASTY)
    one.cancel()
    watched.go_on.set()
    assert labels(two) == [{"toxic", "insult"}]


def test_a_fault_reaches_whoever_waits_and_is_not_remembered(sharing, watched, caplog):
    shared = sharing()
    watched.fault = RuntimeError("the text was: my secret")
    with pytest.raises(RuntimeError):
        ask(shared, NASTY).result(PATIENCE)
    watched.fault = None
    assert labels(ask(shared, NASTY)) == [{"toxic", "insult"}]
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_a_text_that_can_not_be_tokenised_does_not_hurt_its_neighbours(sharing, watched, encoder, monkeypatch):
    shared = sharing()
    tokens = encoder.tokens
    monkeypatch.setattr(encoder, "tokens", lambda text: tokens(text) if "poison" not in text else 1 / 0)
    watched.go_on.clear()
    ask(shared, CLEAN)
    assert watched.began.wait(PATIENCE)
    poison, good = ask(shared, "poison"), ask(shared, NASTY)
    watched.go_on.set()
    assert labels(good) == [{"toxic", "insult"}]
    with pytest.raises(ZeroDivisionError):
        poison.result(PATIENCE)


def test_too_much_waiting_turns_new_calls_away_at_once(sharing, watched, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_CHARS", 100)
    shared = sharing()
    watched.go_on.clear()
    large = ask(shared, NASTY * 20)
    refused = ask(shared, CLEAN)
    assert refused.cancelled()
    watched.go_on.set()
    assert len(labels(large)) == 1
    assert labels(ask(shared, CLEAN)) == [set()]


def test_closing_cancels_what_waits_and_takes_nothing_more(sharing, watched):
    shared = sharing()
    watched.go_on.clear()
    future = ask(shared, LONG)
    assert watched.began.wait(PATIENCE)
    threading.Timer(0.05, watched.go_on.set).start()
    shared.close()
    with pytest.raises(CancelledError):
        future.result(0)
    with pytest.raises(RuntimeError):
        ask(shared, CLEAN)


def test_several_threads_read_as_one_does(sharing, encoder):
    shared, start = sharing(cache_bytes=0, threads=3), threading.Barrier(6)
    texts = [f"{NASTY}. Ann Lee goes on. " * count for count in (1, 3, 9, 27)]

    def call(_: int) -> list[tuple[Any, ...]]:
        start.wait(PATIENCE)
        return [reading.spans for _ in range(4) for reading in ask(shared, *texts).result(PATIENCE)]

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(call, range(6)))
    expected = [[(s.start, s.end, s.label) for s in reading.spans] for reading in read_texts(encoder, texts)] * 4
    assert all([[(s.start, s.end, s.label) for s in spans] for spans in answer] == expected for answer in answers)
