"""Whose turn it is: deficit round robin over tenants, by tokens; within a tenant, what is due first.

What a turn costs is known only once the text is tokenised, so it is charged afterwards and debts are carried over
(M. Shreedhar and G. Varghese, "Efficient Fair Queuing Using Deficit Round-Robin", 1996, with the surplus variant).
"""

from collections import deque
from heapq import heappop, heappush

from detectors.serving.orders import Job


class FairLine:
    """Jobs that wait to be tokenised. Each round gives every tenant that has any `quantum` tokens more.

    Not thread-safe. A job with orders of several tenants stands in the line of each, and is taken once.
    """

    def __init__(self, quantum: int) -> None:
        self._quantum = quantum
        self._turns: deque[str] = deque()
        self._lines: dict[str, list[tuple[float, int, Job]]] = {}
        self._credit: dict[str, int] = {}
        self._tickets = 0
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def push(self, job: Job) -> None:
        """Line up a job for all its tenants, by its rank; its former places count no more."""
        if job.ticket < 0:
            self._length += 1
        self._tickets += 1
        job.ticket = self._tickets
        for tenant in job.tenants:
            self._enter(tenant, job)

    def join(self, job: Job, tenant: str) -> None:
        """Let a job that stands in the line stand in that of another tenant, too."""
        self._enter(tenant, job)

    def remove(self, job: Job) -> None:
        """Take a job out, if it is in."""
        if job.ticket >= 0:
            job.ticket = -1
            self._length -= 1

    def pop(self) -> tuple[Job, str] | None:
        """Take the next job, and say whose turn it is, who is to be charged for it. None if nobody waits."""
        while self._turns:
            tenant = self._turns[0]
            job = self._first(tenant)
            if job is None:
                self._turns.popleft()
                del self._lines[tenant]
            elif self._credit[tenant] > 0:
                heappop(self._lines[tenant])
                self.remove(job)
                return job, tenant
            else:
                self._credit[tenant] += self._quantum
                self._turns.rotate(-1)
        return None

    def charge(self, tenant: str, tokens: int) -> None:
        """Note what a tenant's turn has cost."""
        if tenant in self._credit:
            self._credit[tenant] -= tokens

    def forget(self, tenant: str) -> None:
        """Forget a tenant that wants nothing any more, with its debts."""
        self._credit.pop(tenant, None)
        if self._lines.pop(tenant, None) is not None:
            self._turns.remove(tenant)

    def _enter(self, tenant: str, job: Job) -> None:
        if tenant not in self._lines:
            self._lines[tenant] = []
            self._turns.append(tenant)
            self._credit.setdefault(tenant, self._quantum)
        heappush(self._lines[tenant], (job.rank, job.ticket, job))

    def _first(self, tenant: str) -> Job | None:
        line = self._lines[tenant]
        while line and line[0][2].ticket != line[0][1]:
            heappop(line)
        return line[0][2] if line else None
