"""Clients wait for their answers; a pipeline behind a queue takes what waits, in order."""

from concurrent.futures import Future
from itertools import islice
from threading import Event

import pytest

from detectors.serving.encoder_model import EncoderModel
from tests.bench.detectors.clients import ask
from tests.bench.detectors.first_come import FirstCome
from tests.bench.detectors.padded import TOGETHER
from tests.bench.detectors.traffic import Text, texts
from tests.unit.detectors.encoder.small_encoder import small_encoder


class Slow(EncoderModel):
    """Says which texts it ran together, and holds the first run until it is let go."""

    def __init__(self, encoder) -> None:
        super().__init__("slow", encoder)
        self.runs: list[int] = []
        self.free = Event()

    def run(self, pieces):
        self.runs.append(len(pieces))
        assert self.free.wait(10)
        return super().run(pieces)


@pytest.fixture
def model(tmp_path) -> Slow:
    return Slow(small_encoder(tmp_path, window=256))


def test_what_waits_is_read_together_up_to_a_batch(model: Slow):
    reader = FirstCome(model)
    futures = [reader.submit([f"so half {n} and half"], "", 1.0) for n in range(TOGETHER + 9)]
    model.free.set()
    answers = [future.result(10) for future in futures]
    reader.close()
    assert all(answer.scores["hate"] > 0.5 for (answer,) in answers)
    assert sum(model.runs[:3]) >= TOGETHER
    assert max(model.runs) <= TOGETHER


def test_a_fault_reaches_whoever_waits(model: Slow):
    reader = FirstCome(model)
    model.free.set()
    model.close()
    with pytest.raises(RuntimeError, match="closed"):
        reader.submit(["so it is"], "", 1.0).result(10)


def test_clients_never_have_more_than_one_text_under_way(model: Slow):
    model.free.set()

    class Counting(FirstCome):
        under_way = most = 0

        def submit(self, texts, tenant, seconds) -> Future:
            Counting.under_way += 1
            Counting.most = max(Counting.most, Counting.under_way)
            future = super().submit(texts, tenant, seconds)
            future.add_done_callback(self._less)
            return future

        def _less(self, _) -> None:
            Counting.under_way -= 1

    reader = Counting(model)
    sample = ask(reader, 4, 0.3, (Text(one.text[:60], 20) for one in texts()))
    reader.close()
    assert Counting.most <= 4
    assert sample.texts >= 4
    assert 0 < sample.p50_ms <= sample.p99_ms
    assert sample.tokens_per_s > 20 * 4


def test_the_slowest_hundredth_is_seen():
    class Uneven:
        calls = 0

        def submit(self, texts, tenant, seconds) -> Future:
            future: Future = Future()
            Uneven.calls += 1
            if Uneven.calls % 20 == 0:
                Event().wait(0.05)
            future.set_result(())
            return future

    sample = ask(Uneven(), 1, 0.4, islice(texts(), 100_000))
    assert sample.p50_ms < 5
    assert sample.p99_ms >= 50
