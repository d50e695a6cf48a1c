"""What a batcher does next, without threads and with a clock that is set by hand."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.serving.batching import room_of
from detectors.serving.desk import Desk
from detectors.serving.errors import QueueFull
from detectors.serving.figures import WAIT_BUCKETS
from detectors.serving.limits import BatchLimits
from detectors.serving.ports import Answer
from detectors.serving.work import AHEAD, Work
from tests.unit.detectors.serving.word_model import WordModel, expected, found

Texts = Sequence[str]


class Bench:
    """A batcher in slow motion: a run takes `second_a_token` for each token, everything else no time."""

    def __init__(
        self, model: WordModel, batch_tokens: int = 20, queue_tokens: int = 10_000, queue_seconds: float = inf
    ) -> None:
        self.model = model
        self.now = 100.0
        self.second_a_token = 0.01
        limits = BatchLimits(batch_tokens, queue_tokens, queue_seconds)
        self.work = Work(limits, lambda: self.now, is_packed=model.is_packed)
        self.desk = Desk(model, self.work, threading.Lock(), lambda: None)
        self.rooms: list[int] = []

    def ask(self, *texts: str, tenant: str = "", seconds: float = 1e6) -> "Future[tuple[Answer, ...]]":
        order = self.work.add(texts, tenant, seconds)
        if order.is_complete:
            order.settle()
        order.future.add_done_callback(lambda future: self.work.abandon(order) if future.cancelled() else None)
        return order.future

    def step(self) -> bool:
        """Tokenise as much as it takes, then run once. False if there was nothing to run."""
        self.prepare()
        batch = self.work.next_batch()
        self.fail_late()
        if not batch:
            return False
        self.rooms.append(room_of(batch, is_packed=self.model.is_packed))
        self.now += self.second_a_token * sum(part.tokens for part in batch)
        try:
            answers = self.model.run([part.piece for part in batch])
        except RuntimeError as fault:
            answers = fault
        self.work.ran(batch, self.second_a_token * sum(part.tokens for part in batch))
        self.desk.put(batch, answers)
        return True

    def prepare(self) -> None:
        while step := self.desk.next_step():
            step()
            assert self.work.ready_tokens < (AHEAD + 1) * 512
        self.fail_late()

    def fail_late(self) -> None:
        for order in self.work.late():
            order.fail(TimeoutError())

    def finish(self) -> None:
        while self.step():
            pass


@pytest.fixture(params=[False, True], ids=["padded", "packed"])
def bench(request: pytest.FixtureRequest) -> Bench:
    return Bench(WordModel(is_packed=request.param))


def words(count: int, mark: str = "w") -> str:
    return " ".join(f"{mark}{number}" for number in range(count))


def seen(future: "Future[tuple[Answer, ...]]") -> list[list[tuple[str, int]]]:
    return [found(answer) for answer in future.result(0)]


def test_answers_come_in_the_order_of_the_texts(bench):
    texts = ["a bad day", "", "all well", "worse and bad", words(95) + " bad", "a bad day"]
    future = bench.ask(*texts)
    bench.finish()
    assert seen(future) == [expected(text) for text in texts]


def test_nothing_asked_is_nothing_to_do(bench):
    assert bench.ask().result(0) == ()
    assert not bench.step()


CALLS = st.lists(
    st.tuples(
        st.lists(st.lists(st.sampled_from(["so", "it", "goes", "bad", "worse"]), max_size=60), min_size=1, max_size=4),
        st.sampled_from("abc"),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=12,
)


@given(calls=CALLS, is_packed=st.booleans(), budget=st.integers(1, 40), window=st.integers(1, 30))
def test_every_text_is_answered_once_and_no_run_is_larger_than_it_may_be(calls, is_packed, budget, window):
    bench = Bench(WordModel(window, is_packed=is_packed), budget)
    kept = []
    for texts, tenant, steps, is_dropped in calls:
        said = [" ".join(text) for text in texts]
        future = bench.ask(*said, tenant=tenant)
        for _ in range(steps):
            bench.step()
        if not (is_dropped and future.cancel()):
            kept.append((said, future))
    bench.finish()
    for said, future in kept:
        assert seen(future) == [expected(text) for text in said]
    assert all(room <= budget or len(run) == 1 for room, run in zip(bench.rooms, bench.model.runs, strict=True))
    figures = bench.work.figures_now()
    assert (figures.waiting_texts, figures.waiting_tokens, bench.work.ready_tokens, bench.work.orders) == (0, 0, 0, [])
    assert (figures.runs, figures.tokens) == (len(bench.model.runs), bench.model.tokens)
    assert figures.padded_tokens == sum(bench.rooms)
    assert sum(figures.waits) <= figures.answered + figures.dropped * 4
    assert figures.dropped == len(calls) - len(kept)


@given(
    lengths=st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 30)), min_size=60, max_size=150),
    is_packed=st.booleans(),
)
def test_tenants_who_have_enough_to_do_get_equal_shares(lengths, is_packed):
    bench = Bench(WordModel(is_packed=is_packed), 20)
    for number, (tenant, length) in enumerate(lengths):
        bench.ask(words(length, f"{tenant}{number}x"), tenant=tenant)
    left = {one: sum(length for tenant, length in lengths if tenant == one) for one in "ab"}
    whose = dict.fromkeys("ab", 0)
    while min(left.values()) - max(whose.values()) > 200:
        bench.prepare()
        batch = bench.work.next_batch()
        for part in batch:
            whose[part.job.payer] += part.tokens
        bench.work.ran(batch, 0.1)
        bench.desk.put(batch, bench.model.run([part.piece for part in batch]))
        assert abs(whose["a"] - whose["b"]) <= 2 * (20 + 30) + (AHEAD + 2) * 20


def test_a_tenant_with_one_text_does_not_wait_for_one_with_hundreds(bench):
    many = [bench.ask(words(9, f"m{number}x"), tenant="many") for number in range(300)]
    one = bench.ask("one bad text", tenant="one")
    for _ in range(5):
        bench.step()
    assert seen(one) == [[("bad", 4)]]
    assert not all(future.done() for future in many)


def test_a_short_text_goes_before_the_rest_of_a_long_one(bench):
    long = bench.ask(words(3_000))
    bench.step()
    short = bench.ask("a bad word")
    for _ in range(60):
        bench.step()
    assert short.done()
    assert not long.done()


def test_a_long_text_is_not_put_off_for_ever(bench):
    long = bench.ask(words(3_000))
    for number in range(2_000):
        bench.ask(f"short {number}")
        bench.step()
    assert long.done()


def test_a_padded_run_has_parts_of_like_length_and_a_packed_one_has_any(bench):
    for number, length in enumerate((2, 9, 2, 9, 2, 8)):
        bench.ask(words(length, f"{number}x"))
    bench.finish()
    assert all(run == sorted(run) for run in bench.model.runs)
    if bench.model.is_packed:
        assert sorted(bench.model.runs[0] + bench.model.runs[1]) == [2, 2, 2, 8, 9, 9]
        assert bench.work.figures_now().padding == 0
    else:
        assert sorted(map(len, bench.model.runs)) == [1, 2, 3]
        assert bench.work.figures_now().padding == pytest.approx(1 / 33)  # an eight beside a nine
    assert 0 < bench.work.figures_now().fill <= 1


def test_the_same_text_is_run_once_for_all_who_wait(bench):
    one, two = bench.ask("the same bad text", tenant="a"), bench.ask("the same bad text", "other", tenant="b")
    bench.step()
    late = bench.ask("the same bad text")
    bench.finish()
    assert seen(one)[0] == seen(two)[0] == seen(late)[0] == [("bad", 9)]
    assert bench.model.tokens == 5
    assert bench.work.figures_now().shared == 2


def test_what_was_given_up_by_one_is_read_for_another_of_another_tenant(bench):
    one, two = bench.ask("the same bad text", tenant="a"), bench.ask("the same bad text", tenant="b")
    one.cancel()
    bench.finish()
    assert seen(two) == [[("bad", 9)]]


def test_work_that_was_given_up_is_not_done(bench):
    waiting = bench.ask(words(500))
    waiting.cancel()
    bench.finish()
    assert (bench.model.tokenised, bench.model.runs) == (0, [])
    begun = bench.ask(words(5_000))
    bench.step()
    begun.cancel()
    ready = bench.ask(words(12))
    bench.prepare()
    ready.cancel()
    runs = len(bench.model.runs)
    bench.finish()
    assert len(bench.model.runs) == runs
    assert bench.work.figures_now().dropped == 3


def test_a_call_whose_time_is_over_fails_and_is_not_run(bench):
    late, patient = bench.ask("so late", seconds=5), bench.ask("so patient", seconds=50)
    bench.now += 5
    bench.finish()
    with pytest.raises(TimeoutError):
        late.result(0)
    assert seen(patient) == [[]]
    assert bench.model.tokens == 2
    assert bench.work.figures_now().expired == 1


def test_a_call_that_can_not_be_done_in_time_fails_at_once(bench):
    bench.ask(words(400))
    bench.finish()  # now it knows that a token takes 10 ms
    with pytest.raises(TimeoutError):
        bench.work.add([words(5_000)], "", 5.0)
    slow = bench.ask(words(400, "slow"), seconds=60)
    bench.second_a_token = 0.3
    tokens = bench.model.tokens
    bench.finish()
    with pytest.raises(TimeoutError):
        slow.result(0)
    assert bench.model.tokens < tokens + 400


def test_an_old_experience_of_slowness_is_forgotten(bench):
    bench.second_a_token = 1.0
    bench.ask(words(400))
    bench.finish()
    with pytest.raises(TimeoutError):
        bench.work.add(["two words"], "", 2.0)
    bench.now += 61
    bench.second_a_token = 0.001
    future = bench.ask("two words", seconds=2)
    bench.finish()
    assert seen(future) == [[]]


def test_too_much_is_turned_away_and_told_when_there_may_be_room():
    bench = Bench(WordModel(), queue_tokens=1_000)
    bench.ask(words(400, "warm"))
    bench.finish()
    bench.ask("x" * 3_200)
    with pytest.raises(QueueFull) as refused:
        bench.ask("y" * 400)
    assert 0 < refused.value.retry_after < 60
    other = bench.ask("z" * 400, tenant="other")
    bench.finish()
    assert seen(other) == [[]]
    assert bench.work.figures_now().refused == 1


def test_anything_is_taken_on_while_nothing_waits_and_shared_texts_always_are():
    bench = Bench(WordModel(), queue_tokens=10)
    text = words(500)
    first, second = bench.ask(text), bench.ask(text)
    with pytest.raises(QueueFull):
        bench.ask("x" * 30)
    bench.finish()
    assert seen(first) == seen(second) == [[]]


def test_a_call_that_would_wait_too_long_is_turned_away_and_not_left_to_expire(bench):
    bench.ask(words(400, "warm"))
    bench.finish()
    for number in range(10):
        bench.ask(words(90, f"{number}x"), seconds=60)
    with pytest.raises(QueueFull) as refused:
        bench.ask(words(90, "hasty"), seconds=5)
    assert 1 < refused.value.retry_after < 30
    hasty = bench.ask(words(90, "other"), tenant="another", seconds=5)
    bench.finish()
    assert seen(hasty) == [[]]


def flood(bench: Bench, load: float, seconds: float, tenant: str = "") -> list[list[float]]:
    """Ask with ten words each time, `load` times as often as they can be read; give the waits of the second half."""
    waits, refusals, begin, number = [], [], bench.now, 0
    while bench.now < begin + seconds:
        while begin + number * 10 * bench.second_a_token / load <= bench.now:
            number += 1
            waited = waits if bench.now > begin + seconds / 2 else []
            try:
                future = bench.ask(words(10, f"{tenant}{number}x"), tenant=tenant)
            except QueueFull as full:
                refusals.append(full.retry_after)
            else:
                since = bench.now
                future.add_done_callback(lambda _, since=since, waited=waited: waited.append(bench.now - since))
        if not bench.step():
            bench.now += bench.second_a_token
    bench.finish()
    return [waits, refusals]


@pytest.mark.parametrize(("load", "refused"), [(0.8, 0.0), (2.0, 0.5), (4.0, 0.75)])
def test_under_any_load_who_is_taken_on_does_not_wait_long(load, refused):
    bench = Bench(WordModel(), 100, 1_000_000, queue_seconds=0.5)
    bench.second_a_token = 0.001
    waits, refusals = flood(bench, load, 20.0)
    assert max(waits) < 0.5 + 2 * 0.1  # a run takes a tenth of a second
    assert len(refusals) == pytest.approx(refused * 20 * 100 * load, abs=0.12 * 20 * 100 * load)
    assert all(0 < seconds < 10 for seconds in refusals)
    assert sum(waits) > 0


def test_a_burst_is_taken_on_whatever_it_waits():
    bench = Bench(WordModel(), 100, 1_000_000, queue_seconds=0.5)
    bench.second_a_token = 0.001
    flood(bench, 0.8, 2.0)  # now it knows its pace
    futures = [bench.ask(words(10, f"burst {number}x"), seconds=10) for number in range(300)]
    bench.finish()
    assert all(future.exception(0) is None for future in futures)


def test_a_short_text_is_taken_on_beside_long_ones_that_do_not_keep_it_waiting():
    bench = Bench(WordModel(), 100, 1_000_000, queue_seconds=0.5)
    bench.second_a_token = 0.0001
    flood(bench, 2.0, 3.0)
    bench.ask(words(30_000))
    bench.step()
    with pytest.raises(QueueFull):
        bench.ask(words(30_000, "another"))
    short = bench.ask("a bad word")
    for _ in range(8):
        bench.step()
    assert short.done()


@pytest.mark.parametrize("text", ["untokenisable hush", "stuck hush"])
def test_a_text_that_fails_fails_alone(bench, text, caplog):
    bad, both, good = bench.ask(text), bench.ask("fine", text), bench.ask("a bad one")
    bench.finish()
    for future in (bad, both):
        with pytest.raises((ValueError, RuntimeError)):
            future.result(0)
    assert seen(good) == [[("bad", 2)]]
    assert "hush" not in caplog.text
    assert bench.work.figures_now().failed == 2


def test_a_run_that_fails_fails_those_in_it_and_the_next_goes_on(bench, caplog):
    bench.model.fault = RuntimeError("hush")
    failed = bench.ask("one bad text")
    bench.step()
    bench.model.fault = None
    good = bench.ask("one bad text more")
    bench.finish()
    with pytest.raises(RuntimeError):
        failed.result(0)
    assert seen(good) == [[("bad", 4)]]
    assert "RuntimeError" in caplog.text
    assert "hush" not in caplog.text


def test_a_model_that_swallows_an_answer_is_at_fault(bench, monkeypatch):
    run = bench.model.run
    monkeypatch.setattr(bench.model, "run", lambda pieces: run(pieces)[1:])
    future = bench.ask("one", "two")
    bench.finish()
    with pytest.raises(RuntimeError):
        future.result(0)


def test_names_of_tenants_are_not_kept(bench):
    for number in range(200):
        bench.ask(f"text {number}", "the same", tenant=f"tenant {number}")
        if number % 3 == 0:
            bench.step()
    bench.finish()
    line = bench.work._line
    assert (line._lines, line._credit, [*line._turns], bench.work._tenants) == ({}, {}, [], {})
    assert bench.work._backlog._of == {}


def test_waits_are_counted_by_their_length(bench):
    bench.ask("a")
    bench.now += 0.02
    bench.finish()
    figures = bench.work.figures_now()
    assert figures.waits == [int(place == WAIT_BUCKETS.index(0.025)) for place in range(len(WAIT_BUCKETS) + 1)]
    assert figures.waited_seconds == pytest.approx(0.02)
