"""What Airlock promises about its speed, held against the rows of one run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.bench.rounds import Row, ratio

# "Level" is read as at least this. A choice, not a measurement: the table's spread says how far rounds differ, and
# where that is wider than the distance to the factor, a verdict says little.
LEVEL = 0.95
_PROMPT = "plain"


@dataclass(frozen=True, slots=True)
class Claim:
    """Airlock, with all on, reaches at least `factor` times a peer's requests a second at so many clients."""

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


CLAIMS = (Claim("litellm", 1, 8.0), Claim("litellm", 32, 8.0), Claim("portkey", 32, LEVEL))


def judge(rows: Sequence[Row], claims: Iterable[Claim] = CLAIMS) -> list[Verdict]:
    """Give a verdict on each claim whose two servers both ran."""
    return [
        Verdict(claim, measured)
        for claim in claims
        for row in rows
        if (row.turn.server, row.turn.prompt, row.turn.clients) == ("airlock", _PROMPT, claim.clients)
        and (measured := ratio(rows, row, claim.peer)) is not None
    ]
