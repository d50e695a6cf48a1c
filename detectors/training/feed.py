"""The endless series of training steps: which rows, in which words, in which batches. A function of seed and step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from tokenizers import Tokenizer

from detectors.training.augment import Noise, in_another_case, with_noise
from detectors.training.batching import Batch, batches_of
from detectors.training.example import Example
from detectors.training.pools import Pool, drawn
from detectors.training.tokens import Window, windows_of

CHUNK: Final = 64
"""Steps whose rows are drawn and tokenised together."""

MOST_WINDOWS: Final = 3
"""Windows of an attack that are shown: it may be in any of them. Of other long texts one window is, by chance."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What training is fed. `rows` texts make one step of the optimiser."""

    pools: Sequence[Pool]
    tokenizer: Tokenizer
    noise: Noise
    noise_share: float
    rows: int
    seed: int

    def steps(self, start: int) -> Iterator[list[Batch]]:
        """Yield the batches of step `start` and all later ones, without end."""
        chunk, skip = divmod(start, CHUNK)
        while True:
            texts = self._texts(chunk)
            for at in range(skip, CHUNK):
                first, end = (part * len(texts) // CHUNK for part in (at, at + 1))
                yield batches_of(texts[first:end])
            chunk, skip = chunk + 1, 0

    def _texts(self, chunk: int) -> list[list[Window]]:
        rng = Random(f"{self.seed}/{chunk}")  # noqa: S311 - a shuffle, not a secret
        rows = drawn(self.pools, chunk, CHUNK * self.rows)
        rng.shuffle(rows)
        examples = [self._shown(rng, pool, example) for pool, example in rows]
        windows = windows_of(self.tokenizer, examples)
        return [_trimmed(rng, example, of_text) for example, of_text in zip(examples, windows, strict=True)]

    def _shown(self, rng: Random, pool: Pool, example: Example) -> Example:
        return with_noise(rng, in_another_case(rng, example, pool.lower), self.noise, self.noise_share)


def _trimmed(rng: Random, example: Example, windows: list[Window]) -> list[Window]:
    attack = any(example.labels.get(name, 0.0) > 0.5 for name in ("injection", "jailbreak", "indirect"))
    limit = MOST_WINDOWS if attack else 1
    if len(windows) <= limit:
        return windows
    start = rng.randrange(len(windows) - limit + 1)
    return windows[start : start + limit]
