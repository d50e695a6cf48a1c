"""What Airlock promises about its speed, held against the rows of one run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.bench.options import ENCODED
from tests.bench.rounds import Row, Turn, ratio

# "Level" is read as at least this. A choice, not a measurement: the table's spread says how far rounds differ, and
# where that is wider than the distance to the factor, a verdict says little.
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Claim:
    """With a prompt and so many clients, one of our servers reaches `factor` times a peer's requests a second."""

    server: str
    prompt: str
    peer: str
    clients: int
    factor: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim and what was measured."""

    claim: Claim
    measured: float

    @property
    def held(self) -> bool:
        """Whether the promise was kept."""
        return self.measured >= self.claim.factor


CLAIMS = (
    Claim("airlock", "plain", "litellm", 1, 8.0),
    Claim("airlock", "plain", "litellm", 32, 8.0),
    Claim("airlock", "plain", "portkey", 32, LEVEL),
    Claim(ENCODED, "fresh", "litellm", 1, 4.0),
    Claim(ENCODED, "fresh", "litellm", 32, 4.0),
)


def judge(rows: Sequence[Row], claims: Iterable[Claim] = CLAIMS) -> list[Verdict]:
    """Give a verdict on each claim whose two servers both ran."""
    return [
        Verdict(claim, measured)
        for claim in claims
        for row in rows
        if row.turn == Turn(claim.server, claim.prompt, claim.clients)
        and (measured := ratio(rows, row, claim.peer)) is not None
    ]
