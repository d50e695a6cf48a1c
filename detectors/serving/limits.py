"""How much a batcher takes on, and how much it runs at a time."""

from dataclasses import dataclass
from typing import Final

CPU_BATCH_TOKENS: Final = 512
"""More tokens in a run are not read faster on a few cores, and a short text waits for one run at most."""

GPU_BATCH_TOKENS: Final = 16_384
"""What keeps a card busy for a few milliseconds."""

QUEUE_TOKENS: Final = 1_000_000
"""Some four million characters."""

QUEUE_SECONDS: Final = 0.1
"""Enough for the next run to be full. More would only make everybody wait longer, for as long as too much comes."""


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """A run has at most `batch_tokens`, or one piece that is longer; unless the model packs, padding counts.

    At most `queue_tokens` wait, estimated by their characters; of these, one tenant has four fifths at most. While
    nothing waits, a call of any size is taken on. A call may wait for as long as its caller does; but while more comes
    than can be read (`standing.py`), only one that would wait `queue_seconds` at most before it is read is taken on.
    """

    batch_tokens: int = CPU_BATCH_TOKENS
    queue_tokens: int = QUEUE_TOKENS
    queue_seconds: float = QUEUE_SECONDS

    def __post_init__(self) -> None:
        if self.batch_tokens < 1 or self.queue_tokens < 1:
            raise ValueError("`batch_tokens` and `queue_tokens` must be positive")
        if not self.queue_seconds > 0:
            raise ValueError("`queue_seconds` must be positive")


def limits_for(
    device: str,
    batch_tokens: int | None = None,
    queue_tokens: int | None = None,
    queue_seconds: float | None = None,
) -> BatchLimits:
    """Give what is usual for models on a device, where nothing else is said."""
    usual = CPU_BATCH_TOKENS if device == "cpu" else GPU_BATCH_TOKENS
    return BatchLimits(batch_tokens or usual, queue_tokens or QUEUE_TOKENS, queue_seconds or QUEUE_SECONDS)
