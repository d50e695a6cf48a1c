"""All that a batcher has to do, and what of it comes next. It neither waits nor runs a model, and is not thread-safe.

A text is taken on (`add`), tokenised when its turn comes (`next_text`, `prepared`), and its parts are run with others
(`next_batch`, `ran`, `answered`) until it is finished (`read`) or nobody wants it any more (`abandon`, `drop`, `late`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from typing import Any, Final

from detectors.serving.admission import Admission, Wish
from detectors.serving.backlog import Backlog
from detectors.serving.batching import choose, room_of
from detectors.serving.estimate import estimated
from detectors.serving.fair_line import FairLine
from detectors.serving.figures import Figures
from detectors.serving.limits import BatchLimits
from detectors.serving.orders import Batch, Job, Order, Part
from detectors.serving.pace import Pace
from detectors.serving.ports import Answer, Content

DUE_SECONDS_A_TOKEN: Final = 80e-6
"""A text is due when it would be read at this pace from its arrival on: a short one goes before the rest of a long one,
and a long one is not put off for ever."""

AHEAD: Final = 1
"""So many runs are tokenised ahead."""


class Work:
    """`clock` counts seconds."""

    def __init__(self, limits: BatchLimits, clock: Callable[[], float], *, is_packed: bool) -> None:
        self.figures = Figures()
        self._limits = limits
        self._clock = clock
        self._is_packed = is_packed
        self._backlog = Backlog(limits.queue_tokens)
        self._pace = Pace()
        self._admission = Admission(limits, self._backlog, self._pace, self.figures)
        self._line = FairLine(limits.batch_tokens)
        self._jobs: dict[Content, Job] = {}
        self._orders: dict[int, Order] = {}
        self._deadlines: list[tuple[float, int]] = []
        self._late: list[Order] = []
        self._tenants: Counter[str] = Counter()
        self._parts: list[Part] = []
        self._ready_tokens = 0
        self._numbers = self._turns = 0
        self._busy_since = 0.0

    @property
    def ready_tokens(self) -> int:
        """Tokens that could be run now."""
        return self._ready_tokens

    @property
    def has_texts(self) -> bool:
        """Whether a text waits to be tokenised, and not enough is ready without it."""
        return len(self._line) > 0 and self._ready_tokens < AHEAD * self._limits.batch_tokens

    @property
    def orders(self) -> Sequence[Order]:
        """All orders that are under way."""
        return [*self._orders.values()]

    def figures_now(self) -> Figures:
        """Give the figures as they are now."""
        return replace(
            self.figures,
            waits=[*self.figures.waits],
            waiting_texts=len(self._jobs),
            waiting_tokens=self._backlog.tokens,
        )

    def next_deadline(self) -> float | None:
        """Give when the first order is due that is under way; None if there is none."""
        while self._deadlines and self._deadlines[0][1] not in self._orders:
            heappop(self._deadlines)
        return self._deadlines[0][0] if self._deadlines else None

    def add(self, texts: Sequence[Content], tenant: str, seconds: float) -> Order:
        """Take on texts. An order that is complete, or has nothing under way, is to be settled or failed by the caller.

        Raises:
            QueueFull: too much waits.
            TimeoutError: it can't be done in time, whatever else there is.
        """
        now = self._clock()
        new = {text: estimated(text) for text in texts if text not in self._jobs}
        tokens = sum(new.values())
        rank = now + DUE_SECONDS_A_TOKEN * tokens
        wish = Wish(tenant, tokens, seconds, rank, now)
        self._admission.admit(wish, self._jobs.values(), len(self._tenants))
        if not self._jobs:
            self._busy_since = now
        self._numbers += 1
        order = Order(self._numbers, len(texts), tenant, now + seconds)
        if texts:
            self._orders[order.number] = order
            self._tenants[tenant] += 1
            heappush(self._deadlines, (order.deadline, order.number))
            self._join(order, texts, new, rank, now)
        return order

    def abandon(self, order: Order) -> None:
        """Let an order go that was given up: what is wanted by nobody else is not done."""
        if order.number in self._orders:
            self.figures.dropped += 1
            self._leave(order)

    def late(self) -> list[Order]:
        """Let go of the orders that can't be done in time, and give them, to be failed."""
        now = self._clock()
        while (deadline := self.next_deadline()) is not None and deadline <= now:
            self._give_up(self._orders[heappop(self._deadlines)[1]])
        late, self._late = self._late, []
        return late

    def next_text(self) -> tuple[Job, str] | None:
        """Take the text whose turn it is, and say who pays for it. Texts for which no time is left become `late`."""
        while self.has_texts and (turn := self._line.pop()):
            self._give_up_hopeless(turn[0])
            if turn[0].wanted:
                return turn
        return None

    def prepared(self, job: Job, tenant: str, pieces: Sequence[Any]) -> None:
        """Take in pieces of a text that were tokenised on a tenant's turn."""
        self._line.charge(tenant, sum(map(len, pieces)))
        job.open += len(pieces)
        if job.wanted and pieces:
            for piece in pieces:
                self._turns += 1
                self._parts.append(Part(job, piece, len(piece), tenant, self._turns))
            self._ready_tokens += sum(map(len, pieces))
            job.ready += len(pieces)
            self._order(tenant)

    def next_batch(self) -> Batch:
        """Take parts to run now; none if none are ready."""
        batch = choose(self._parts, self._limits.batch_tokens, is_packed=self._is_packed)
        taken = {id(part) for part in batch}
        self._parts = [part for part in self._parts if id(part) not in taken]
        now = self._clock()
        for part in batch:
            self._take(part, now)
        return batch

    def ran(self, batch: Batch, seconds: float) -> None:
        """Note that a batch was run, which took so long."""
        now = self._clock()
        tokens = sum(part.tokens for part in batch)
        if self._line or self._parts:
            self._pace.note_run(tokens, now - self._busy_since, now)
        self._busy_since = now
        figures = self.figures
        figures.runs += 1
        figures.tokens += tokens
        figures.padded_tokens += room_of(batch, is_packed=self._is_packed)
        figures.budget_tokens += self._limits.batch_tokens
        figures.run_seconds += seconds

    def answered(self, batch: Batch) -> list[Job]:
        """Note that the answers of a batch were taken, and give the texts that have all of theirs and go on at once."""
        for part in batch:
            part.job.open -= 1
        jobs = dict.fromkeys(part.job for part in batch)
        return [job for job in jobs if job.wanted and job.is_exhausted and not job.open]

    def read(self, job: Job, answer: Answer) -> list[Order]:
        """Hand out the answer for a text, and give the orders that are complete with it, to be settled."""
        self.figures.answered += 1
        self._pace.note_text(job.estimate, job.tokens)
        for order, place in job.wanted:
            order.put(place, answer)
        complete = [order for order in job.orders if order.is_complete]
        self._remove(job)
        for order in complete:
            self._leave(order)
        return complete

    def drop(self, jobs: Iterable[Job]) -> list[Order]:
        """Give up texts that can't be read, and give the orders that wait for them, to be failed."""
        orders = {order for job in jobs for order in job.orders}
        for order in orders:
            self._leave(order)
        self.figures.failed += len(orders)
        return list(orders)

    def _leave(self, order: Order) -> None:
        del self._orders[order.number]
        for job in order.jobs:
            job.wanted = [one for one in job.wanted if one[0] is not order]
            if not job.wanted:
                self._remove(job)
        order.jobs.clear()
        self._tenants[order.tenant] -= 1
        if not self._tenants[order.tenant]:
            del self._tenants[order.tenant]
            self._line.forget(order.tenant)
            self._admission.forget(order.tenant)

    def _join(self, order: Order, texts: Sequence[Content], new: dict[Content, int], rank: float, now: float) -> None:
        for text, tokens in new.items():
            self._jobs[text] = Job(text, order.tenant, tokens, now)
            self._backlog.add(order.tenant, tokens)
        for place, text in enumerate(texts):
            self._jobs[text].wanted.append((order, place))
        order.jobs.update(self._jobs[text] for text in texts)
        self.figures.shared += len(texts) - len(new)
        for text in dict.fromkeys(texts):
            self._line_up(self._jobs[text], order.tenant, rank, is_new=text in new)

    def _line_up(self, job: Job, tenant: str, rank: float, *, is_new: bool) -> None:
        """Let a job wait by the least rank of all that want it."""
        is_sooner, job.rank = rank < job.rank, min(rank, job.rank)
        if is_new or (is_sooner and job.ticket >= 0):
            self._line.push(job)
        elif job.ticket >= 0:
            self._line.join(job, tenant)

    def _give_up_hopeless(self, job: Job) -> None:
        now = self._clock()
        soonest = now + self._pace.seconds_for(job.left, now)
        for order in job.orders:
            if order.deadline <= soonest:
                self._give_up(order)

    def _give_up(self, order: Order) -> None:
        self.figures.expired += 1
        self._late.append(order)
        self._leave(order)

    def _take(self, part: Part, now: float) -> None:
        job = part.job
        if not job.tokens:
            self.figures.note_wait(now - job.since)
            for order in job.orders:
                self._begin(order, now - job.since, now)
        self._ready_tokens -= part.tokens
        job.ready -= 1
        job.tokens += part.tokens
        self._progress(job, part.tokens)
        if not job.ready and not job.is_exhausted:
            self._line.push(job)

    def _begin(self, order: Order, waited: float, now: float) -> None:
        """Only the first of a call's texts tells how long calls wait: the others wait for it."""
        if not order.has_begun:
            order.has_begun = True
            self._admission.note_wait(order.tenant, waited, now)

    def _order(self, tenant: str) -> None:
        """Let the parts that were made on a tenant's turns have these turns by rank, whichever was made first."""
        own = [part for part in self._parts if part.tenant == tenant]
        by_rank = sorted(own, key=lambda part: part.job.rank)
        for part, turn in zip(by_rank, sorted(part.turn for part in own), strict=True):
            part.turn = turn

    def _progress(self, job: Job, tokens: int) -> None:
        """Count down what is left of a text; something is until it is finished."""
        done = min(job.left - 1, round(tokens / self._pace.ratio))
        job.left -= done
        self._backlog.remove(job.payer, done)

    def _remove(self, job: Job) -> None:
        if self._jobs.get(job.text) is not job:
            return
        del self._jobs[job.text]
        self._line.remove(job)
        self._backlog.remove(job.payer, job.left)
        if job.ready:
            self._ready_tokens -= sum(part.tokens for part in self._parts if part.job is job)
            self._parts = [part for part in self._parts if part.job is not job]
            job.ready = 0
        job.wanted = []
        job.text = ""
