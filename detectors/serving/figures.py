"""What a batcher has done and what it has before it, for whoever watches it."""

from dataclasses import dataclass, field
from typing import Final

WAIT_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds: upper bounds of the counts in `Figures.waits`, which has one more, of what waited longer."""


@dataclass(slots=True)
class Figures:
    """Counts since the start, unless said otherwise.

    Attributes:
        waiting_texts: Texts that are under way now.
        waiting_tokens: About how many tokens of them are still to be read.
        answered: Texts that were read; one that several calls waited for is one.
        shared: Texts that were not read because the same one was under way.
        refused: Calls that were turned away because too much waited.
        expired: Calls that could not be done in time.
        dropped: Calls that were given up by their callers.
        failed: Calls that a fault of the model ended.
        runs: Runs of the model.
        tokens: Tokens in these runs, padding left out.
        padded_tokens: Tokens in these runs, padding included.
        budget_tokens: Tokens for which there was room in these runs.
        run_seconds: How long the runs took.
        waits: How many texts waited how long for their first run, by `WAIT_BUCKETS`.
        waited_seconds: How long they waited together.
    """

    waiting_texts: int = 0
    waiting_tokens: int = 0
    answered: int = 0
    shared: int = 0
    refused: int = 0
    expired: int = 0
    dropped: int = 0
    failed: int = 0
    runs: int = 0
    tokens: int = 0
    padded_tokens: int = 0
    budget_tokens: int = 0
    run_seconds: float = 0.0
    waits: list[int] = field(default_factory=lambda: [0] * (len(WAIT_BUCKETS) + 1))
    waited_seconds: float = 0.0

    @property
    def fill(self) -> float:
        """How full the runs were, padding included, 0 to 1; one long piece may make it more."""
        return self.padded_tokens / self.budget_tokens if self.budget_tokens else 0.0

    @property
    def padding(self) -> float:
        """Which share of what was run was padding, 0 to 1."""
        return 1 - self.tokens / self.padded_tokens if self.padded_tokens else 0.0

    def note_wait(self, seconds: float) -> None:
        """Note that a text has waited so long for its first run."""
        place = next((place for place, most in enumerate(WAIT_BUCKETS) if seconds <= most), len(WAIT_BUCKETS))
        self.waits[place] += 1
        self.waited_seconds += seconds
