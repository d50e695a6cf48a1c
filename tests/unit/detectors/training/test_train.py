import io
import random
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from rich.console import Console

from detectors.encoder.format import LABELS
from detectors.training import curve
from detectors.training.base import read_tokenizer
from detectors.training.batching import TOKENS, batches_of
from detectors.training.example import Example
from detectors.training.feed import Feed
from detectors.training.lanes import work_split
from detectors.training.model import new_model
from detectors.training.optimiser import new_optimiser
from detectors.training.pools import ReadPool
from detectors.training.schedule import Budget, rate_at
from detectors.training.step import take_step
from detectors.training.tokens import windows_of
from detectors.training.train import Run, train
from detectors.training.watch import Watch
from tests.unit.detectors.training.small_model import kind_or_awful, make_base


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


def a_run(base: Path, folder: Path, steps: int) -> Run:
    folder.mkdir(exist_ok=True)
    pools = [ReadPool("made", 64, 0.0, kind_or_awful(random.Random(1), 64), 1)]
    feed = Feed(pools, read_tokenizer(base), lambda _, text: text, 0.0, rows=16, seed=1)
    return Run(folder, feed, Budget(steps=steps), torch.device("cpu"), lanes=2)


def trained(base: Path, run: Run, resume: bool = False) -> dict[str, torch.Tensor]:
    model = new_model(base)
    torch.manual_seed(0)
    train(run, model, Watch(Console(file=io.StringIO())), resume)
    return model.state_dict()


def test_a_run_that_was_cut_off_ends_with_the_same_weights(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    torch.manual_seed(5)
    whole = trained(base, a_run(base, tmp_path / "whole", 12))
    cut = a_run(base, tmp_path / "cut", 12)
    torch.manual_seed(5)
    stops = replace(cut, budget=_Stopping(steps=12), save_every=0.0)
    with pytest.raises(KeyboardInterrupt):
        trained(base, stops)
    resumed = trained(base, cut, resume=True)
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


class _Stopping(Budget):
    def progress(self, steps: int, seconds: float) -> float:
        if steps == 7:
            raise KeyboardInterrupt
        return super().progress(steps, seconds)


def test_resuming_a_finished_run_changes_nothing(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    run = a_run(base, tmp_path / "run", 3)
    first = trained(base, run)
    assert all(torch.equal(first[name], value) for name, value in trained(base, run, resume=True).items())


def test_a_small_model_learns_labels_and_entities_together(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    run = replace(a_run(base, tmp_path / "run", 100), body_rate=3e-3, head_rate=1e-2)
    model = new_model(base)
    train(run, model, Watch(Console(file=io.StringIO())), resume=False)
    model.eval()
    texts = [Example("people are awful", {}, "s"), Example("people are kind", {}, "s")]
    [batch] = batches_of(windows_of(run.feed.tokenizer, texts))
    awful, kind = model(batch.input_ids, batch.attention_mask, batch.casing)[0][:, LABELS.index("toxic")].tolist()
    assert awful > 1 > -1 > kind
    assert len((run.folder / curve.CSV).read_text().splitlines()) == 5
    curve.draw(run.folder)
    assert (run.folder / curve.PICTURE).stat().st_size > 5000


def test_batches_hold_every_window_once_and_little_padding(tmp_path: Path) -> None:
    rng = random.Random(2)
    examples = [Example("kind " * rng.choice([2, 5, 9, 30, 70, 400]), {"toxic": 0.0}, "s") for _ in range(64)]
    texts = windows_of(read_tokenizer(make_base(tmp_path)), examples)
    batches = batches_of(texts)
    assert sum(len(batch.input_ids) for batch in batches) == sum(map(len, texts))
    assert sum(len(batch.targets.labels) for batch in batches) == len(texts)
    assert all(batch.input_ids.numel() <= TOKENS for batch in batches)
    real = sum(int(batch.attention_mask.sum()) for batch in batches)
    assert real / sum(batch.input_ids.numel() for batch in batches) > 0.8


def test_the_rate_rises_then_falls_to_nothing_by_the_clock() -> None:
    budget = Budget(seconds=100.0)
    rates = [rate_at(budget.progress(0, second)) for second in (0, 2.5, 5, 52.5, 100, 130)]
    assert [round(rate, 3) for rate in rates] == [0.0, 0.5, 1.0, 0.5, 0.0, 0.0]


@pytest.mark.parametrize("given", [{}, {"seconds": 1.0, "steps": 1}])
def test_a_budget_is_either_time_or_steps(given: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="either"):
        Budget(**given)  # type: ignore[arg-type]


def test_lanes_learn_what_one_lane_learns(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    examples = [*kind_or_awful(random.Random(1), 48), Example("kind " * 90, {"toxic": 0.0}, "s")]
    batches = batches_of(windows_of(read_tokenizer(base), examples), tokens=128)
    assert len(batches) > 3
    tallies, states = [], []
    for lanes in (1, 2, 3):
        torch.manual_seed(1)
        model = new_model(base)
        optimiser = new_optimiser(model, 1e-3, 1e-3)
        tallies.append(take_step(model, optimiser, batches, torch.ones(len(LABELS), 2), 1.0, lanes))
        states.append(model.state_dict())
    assert {(tally.texts, tally.tokens) for tally in tallies} == {(49, tallies[0].tokens)}
    for state, tally in zip(states[1:], tallies[1:], strict=True):
        assert abs(tally.label_loss - tallies[0].label_loss) < 1e-4
        assert max(float((state[name] - value).abs().max()) for name, value in states[0].items()) < 3e-3


def test_no_lane_waits_long_for_another(tmp_path: Path) -> None:
    examples = [Example("kind " * length, {"toxic": 0.0}, "s") for length in (200, 150, 90, 60, 40, 30, 20, 9, 5, 2)]
    batches = batches_of(windows_of(read_tokenizer(make_base(tmp_path)), examples), tokens=256)
    one, other = (sum(batch.input_ids.numel() for batch in share) for share in work_split(batches, 2))
    assert abs(one - other) < 0.3 * (one + other) / 2
