"""Where rows are drawn from: a pool a source, each read through again and again in a new order."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Protocol

from detectors.training.example import Example

Examples = Callable[[Random, int], Iterator[Example]]
"""What a module of `made/` offers: so many examples, decided by the given source of chance."""


class Pool(Protocol):
    """A source of examples; `per_round` of them are drawn in one round, `lower` of these in small letters."""

    @property
    def name(self) -> str:
        """Who it is in the mixture."""

    @property
    def per_round(self) -> int:
        """How many rows one round draws."""

    @property
    def lower(self) -> float:
        """Share of rows shown in small letters."""

    def at(self, position: int) -> Example:
        """Return the example that is drawn at this position, counted over all rounds; the same one each time."""


class ReadPool:
    """Rows that were read: every one comes once before any comes again."""

    def __init__(self, name: str, per_round: int, lower: float, rows: Sequence[Example], seed: int) -> None:
        if not rows:
            raise ValueError(f"no rows of {name} to train on")
        self.name, self.per_round, self.lower = name, per_round, lower
        self.rows, self._seed, self._pass, self._order = rows, seed, -1, list[int]()

    def at(self, position: int) -> Example:
        """Return the row at this position of an endless series of shuffled passes."""
        number, place = divmod(position, len(self.rows))
        if number != self._pass:
            self._pass, self._order = number, list(range(len(self.rows)))
            _chance(self._seed, self.name, number).shuffle(self._order)
        return self.rows[self._order[place]]


class MadePool:
    """Rows of our own making: every round makes new ones."""

    def __init__(self, name: str, per_round: int, examples: Examples, seed: int, lower: float = 0.0) -> None:
        self.name, self.per_round, self.lower = name, per_round, lower
        self._examples, self._seed, self._pass, self._rows = examples, seed, -1, list[Example]()

    def at(self, position: int) -> Example:
        """Return a row of the round that the position falls in."""
        number, place = divmod(position, self.per_round)
        if number != self._pass:
            self._pass, self._rows = number, self.made(number, self.per_round)
        return self._rows[place]

    def made(self, number: int, count: int) -> list[Example]:
        """Return `count` shuffled rows, as round `number` makes them; no round trains on those of negative numbers."""
        chance = _chance(self._seed, self.name, number)
        rows = list(self._examples(chance, count))
        chance.shuffle(rows)
        return rows


def drawn(pools: Sequence[Pool], chunk: int, size: int) -> list[tuple[Pool, Example]]:
    """Return about `size` rows, each pool's share of them, as chunk number `chunk` of an endless series.

    A function of its arguments alone, so training goes on where it was cut off. Shares add up exactly over chunks.
    """
    total = sum(pool.per_round for pool in pools)
    rows = []
    for pool in pools:
        first, end = (at * size * pool.per_round // total for at in (chunk, chunk + 1))
        rows += [(pool, pool.at(position)) for position in range(first, end)]
    return rows


def _chance(seed: int, name: str, number: int) -> Random:
    return Random(f"{seed}/{name}/{number}")  # noqa: S311 - a shuffle, not a secret
