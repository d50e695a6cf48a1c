"""Who waits for which texts: an order for each call, a job for each text, however many calls hold that text."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from math import inf
from typing import Any

from detectors.serving.ports import Answer, Content, Task


class Order:
    """A call's wish to have texts read until `deadline`. `future` gets the answers in the order of the texts.

    `has_begun` is for whoever watches it: whether one of its texts was run.
    `settle` and `fail` run callbacks: hold no lock.
    """

    __slots__ = ("_answers", "_missing", "deadline", "future", "has_begun", "jobs", "number", "tenant")

    def __init__(self, number: int, count: int, tenant: str, deadline: float) -> None:
        self.number = number
        self.tenant = tenant
        self.deadline = deadline
        self.future: Future[tuple[Answer, ...]] = Future()
        self.jobs: set[Job] = set()
        self.has_begun = False
        self._answers: list[Answer | None] = [None] * count
        self._missing = count

    @property
    def is_complete(self) -> bool:
        """Whether all answers are there."""
        return not self._missing

    def put(self, place: int, answer: Answer) -> None:
        """Note the answer for the text at a place."""
        self._answers[place] = answer
        self._missing -= 1

    def settle(self) -> None:
        """Answer, if anybody waits still: it is complete."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_result(tuple(answer for answer in self._answers if answer is not None))

    def fail(self, fault: BaseException) -> None:
        """Answer with a fault, if anybody waits still."""
        if not self.future.done() and self.future.set_running_or_notify_cancel():
            self.future.set_exception(fault)


@dataclass(slots=True, eq=False)
class Job:
    """One text, or picture, to read, for all `wanted` orders, each with its place in them.

    Attributes:
        payer: Whose it was first.
        estimate: About how many tokens it has, and `left` how many of these have not been run yet.
        since: When it came.
        rank: The least goes first.
        ticket: The number of its place in the line, -1 while it has none.
        ready: How many of its pieces wait to be run, and `open` how many have no answer yet.
        tokens: How many tokens were run for it.
        is_exhausted: There is nothing to tokenise until all answers are there.
    """

    text: Content
    payer: str
    estimate: int
    since: float
    left: int = field(init=False)
    rank: float = inf
    ticket: int = -1
    wanted: list[tuple[Order, int]] = field(default_factory=list)
    task: Task | None = None
    ready: int = 0
    open: int = 0
    tokens: int = 0
    is_exhausted: bool = False

    def __post_init__(self) -> None:
        self.left = self.estimate

    @property
    def orders(self) -> set[Order]:
        """The orders that it is for."""
        return {order for order, _ in self.wanted}

    @property
    def tenants(self) -> set[str]:
        """The tenants that it is for."""
        return {order.tenant for order, _ in self.wanted}


@dataclass(slots=True, eq=False)
class Part:
    """A piece of a job, ready to be run, that was made on a tenant's turn. The least `turn` is run first."""

    job: Job
    piece: Any
    tokens: int
    tenant: str
    turn: int


Batch = Sequence[Part]
"""Parts that are run together."""
