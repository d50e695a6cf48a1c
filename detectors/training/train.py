"""A training run: from wherever its folder stands to the end of its budget."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

import torch
from torch.optim import AdamW

from detectors.training import curve
from detectors.training.balance import label_weights
from detectors.training.batching import Batch
from detectors.training.checkpoint import FILE, Position, restore, save
from detectors.training.feed import Feed
from detectors.training.model import FusedEncoder
from detectors.training.optimiser import BODY_RATE, HEAD_RATE, new_optimiser
from detectors.training.schedule import Budget, rate_at
from detectors.training.step import Tally, take_step
from detectors.training.watch import Watch

LONGEST_STEP: Final = 20.0
"""Seconds that one step may take off the budget: if it took longer, the machine slept or the run was stopped."""

NOTE_STEPS: Final = 25
"""Steps between two points of the curve."""


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run writes, what it is fed, how long it takes, in how many lanes, how often (seconds) it saves itself."""

    folder: Path
    feed: Feed
    budget: Budget
    device: torch.device
    lanes: int = 1
    save_every: float = 300.0
    body_rate: float = BODY_RATE
    head_rate: float = HEAD_RATE


def train(run: Run, model: FusedEncoder, watch: Watch, resume: bool) -> Position:
    """Train `model` until the budget is spent; with `resume`, go on from the folder's checkpoint if there is one.

    The last state is saved, so that resuming a finished run does nothing. Texts that are made take their time off the
    budget as computing does.
    """
    model.to(run.device).train()
    optimiser = new_optimiser(model, run.body_rate, run.head_rate)
    going_on = resume and (run.folder / FILE).exists()
    position = restore(run.folder, model, optimiser) if going_on else Position()
    watch.start(run.budget.progress(position.steps, position.seconds))
    for at in _positions(run, model, optimiser, position, watch):
        position = at
    save(run.folder, model, optimiser, position)
    return position


def _positions(run: Run, model: FusedEncoder, optimiser: AdamW, start: Position, watch: Watch) -> Iterator[Position]:
    weights = torch.from_numpy(label_weights(run.feed.pools)).to(run.device)
    ledger, saved, last = _Ledger(run.folder), monotonic(), monotonic()
    steps, seconds = start.steps, start.seconds
    batches: Iterator[list[Batch]] = run.feed.steps(steps)
    while (share := run.budget.progress(steps, seconds)) < 1:
        tally = take_step(model, optimiser, next(batches), weights, rate_at(share), run.lanes)
        now = monotonic()
        steps, seconds, last = steps + 1, seconds + min(now - last, LONGEST_STEP), now
        watch.show(share, ledger.add(tally, steps, seconds, rate_at(share)))
        if monotonic() - saved >= run.save_every:
            save(run.folder, model, optimiser, Position(steps, seconds))
            saved = monotonic()
        yield Position(steps, seconds)


class _Ledger:
    """Adds steps up to the next point of the curve."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._tallies, self._since, self._text = folder, list[Tally](), monotonic(), "starting"

    def add(self, tally: Tally, steps: int, seconds: float, rate: float) -> str:
        """Add a step; return the latest figures as text."""
        self._tallies.append(tally)
        if len(self._tallies) == NOTE_STEPS:
            self._note(steps, seconds, rate)
        return self._text

    def _note(self, steps: int, seconds: float, rate: float) -> None:
        spent, self._since = monotonic() - self._since, monotonic()
        rows, tokens = (sum(getattr(tally, name) for tally in self._tallies) for name in ("texts", "tokens"))
        label, tag = (
            sum(getattr(tally, name) for tally in self._tallies) / NOTE_STEPS for name in ("label_loss", "tag_loss")
        )
        curve.note(
            self._folder,
            {
                "step": steps,
                "minutes": seconds / 60,
                "rows": rows,
                "tokens_per_second": tokens / spent,
                "rate": rate,
                "label_loss": label,
                "tag_loss": tag,
            },
        )
        self._tallies = []
        self._text = f"{rows / spent:.0f} rows/s, {tokens / spent:.0f} tokens/s, losses {label:.3f} and {tag:.3f}"
