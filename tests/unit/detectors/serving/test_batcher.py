"""A batcher with its threads: calls from many threads at once, a model that is held up, faults and the end."""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from time import monotonic

import pytest

from detectors.serving.batcher import Batcher
from detectors.serving.limits import BatchLimits
from detectors.serving.ports import Answer
from tests.unit.detectors.serving.word_model import PATIENCE, WordModel, expected, found

Made = Callable[..., tuple[Batcher, WordModel]]


@pytest.fixture
def made() -> Iterator[Made]:
    batchers: list[tuple[Batcher, WordModel]] = []

    def make(batch_tokens: int = 20, *, is_packed: bool = False) -> tuple[Batcher, WordModel]:
        model = WordModel(is_packed=is_packed)
        batchers.append((Batcher(model, BatchLimits(batch_tokens)), model))
        return batchers[-1]

    yield make
    for batcher, model in batchers:
        model.go_on.set()
        batcher.close()


def seen(future: "Future[tuple[Answer, ...]]") -> list[list[tuple[str, int]]]:
    return [found(answer) for answer in future.result(PATIENCE)]


def held_up(batcher: Batcher, model: WordModel) -> "Future[tuple[Answer, ...]]":
    """Have a run under way that does not end before `model.go_on` is set."""
    model.began.clear()
    model.go_on.clear()
    future = batcher.submit(["the first"], "", 60)
    assert model.began.wait(PATIENCE)
    return future


@pytest.mark.parametrize("is_packed", [False, True])
def test_calls_from_many_threads_get_their_own_answers(made, is_packed):
    batcher, _ = made(is_packed=is_packed)
    start = threading.Barrier(6)

    def call(number: int) -> list[list[list[tuple[str, int]]]]:
        start.wait(PATIENCE)
        texts = [f"{'so ' * count}bad {number} worse" for count in range(40)]
        futures = [batcher.submit(texts[at : at + 5], f"tenant {number % 3}", 60) for at in range(0, 40, 5)]
        return [seen(future) for future in futures]

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(call, range(6)))
    for number, answer in enumerate(answers):
        texts = [f"{'so ' * count}bad {number} worse" for count in range(40)]
        assert [one for call in answer for one in call] == [expected(text) for text in texts]
    figures = batcher.figures()
    assert (figures.answered, figures.waiting_texts, figures.failed) == (240, 0, 0)


def test_what_arrives_during_a_run_is_tokenised_meanwhile_and_goes_together(made):
    batcher, model = made(batch_tokens=600)
    first = held_up(batcher, model)
    others = [batcher.submit([f"a bad number {number}"], "", 60) for number in range(50)]
    until = monotonic() + PATIENCE
    while model.tokenised < 2 + 4 * 50 and monotonic() < until:
        threading.Event().wait(0.005)
    assert model.tokenised == 2 + 4 * 50
    model.go_on.set()
    assert seen(first) == [[]]
    assert all(seen(other) == [[("bad", 2)]] for other in others)
    assert [len(run) for run in model.runs] == [1, 50]


def test_what_is_given_up_during_a_run_is_not_run(made):
    batcher, model = made()
    first = held_up(batcher, model)
    dropped, kept = batcher.submit(["hush " * 50], "", 60), batcher.submit(["kept"], "", 60)
    assert dropped.cancel()
    model.go_on.set()
    assert (seen(first), seen(kept)) == ([[]], [[]])
    assert model.tokens == 3
    assert batcher.figures().dropped == 1


def test_a_call_fails_when_its_time_is_over_even_while_the_model_runs(made):
    batcher, model = made()
    first = held_up(batcher, model)
    late = batcher.submit(["too late"], "", 0.05)
    with pytest.raises(TimeoutError):
        late.result(PATIENCE)
    assert not first.done()
    model.go_on.set()
    assert seen(first) == [[]]
    assert model.tokens == 2
    with pytest.raises(TimeoutError):
        batcher.submit(["never"], "", 0).result(0)


def test_closing_cancels_what_waits_and_takes_nothing_more(made):
    batcher, model = made()
    first = held_up(batcher, model)
    waiting = batcher.submit(["waits"], "", 60)
    threading.Timer(0.05, model.go_on.set).start()
    batcher.close()
    assert model.is_closed
    for future in (first, waiting):
        with pytest.raises(CancelledError):
            future.result(0)
    with pytest.raises(RuntimeError):
        batcher.submit(["more"], "", 60)
    assert not batcher.is_open


def test_closing_with_some_patience_finishes_what_is_under_way(made):
    batcher, model = made()
    first = held_up(batcher, model)
    waiting = batcher.submit([f"bad {number}" for number in range(100)], "", 60)
    threading.Timer(0.05, model.go_on.set).start()
    batcher.close(PATIENCE)
    assert seen(first) == [[]]
    assert len(seen(waiting)) == 100


def test_a_fault_of_a_run_is_a_report_and_the_next_call_is_served(made, caplog):
    batcher, model = made()
    model.fault = RuntimeError("hush")
    with pytest.raises(RuntimeError):
        batcher.submit(["hush hush"], "", 60).result(PATIENCE)
    model.fault = None
    assert seen(batcher.submit(["a bad one"], "", 60)) == [[("bad", 2)]]
    assert "hush" not in caplog.text


def test_a_fault_of_its_own_ends_it_and_leaves_nobody_waiting(made, monkeypatch, caplog):
    batcher, _ = made()
    monkeypatch.setattr(batcher._work, "next_batch", lambda: {}["hush"])
    with caplog.at_level(logging.ERROR), pytest.raises(RuntimeError):
        batcher.submit(["hush"], "", 60).result(PATIENCE)
    assert not batcher.is_open
    assert "KeyError" in caplog.text
    assert "hush" not in caplog.text


def test_a_callback_may_ask_again(made):
    batcher, _ = made()
    again: Future[list[list[tuple[str, int]]]] = Future()

    def then(_: object) -> None:
        batcher.submit(["a bad one"], "", 60).add_done_callback(lambda future: again.set_result(seen(future)))

    batcher.submit(["first"], "", 60).add_done_callback(then)
    assert again.result(PATIENCE) == [[("bad", 2)]]
