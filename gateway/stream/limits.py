"""How a stream is guarded: modes and limits."""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """When text may leave."""

    WINDOW = "window"  # as soon as the window that it stands in is cleared
    HOLD = "hold"  # all of it, once all of it is cleared
    OBSERVE = "observe"  # at once; it is screened for the record only


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one stream, in characters but for `held`.

    `reach` is how much text a detector gets to see on both sides of what is to be released. `stride` is how much new
    text a further window needs, so each character is screened about (2 * reach + stride) / stride times. `context` is
    how much of what went before is shown besides, to detectors that read for meaning. `run` is the longest stretch
    without white space, or finding without an end, that is waited for. `held` is the most bytes of events kept back,
    whether they wait or are free to leave, and `whole` the longest text that is released in one piece, such as the
    arguments of a tool call.
    """

    reach: int = 64
    stride: int = 64
    context: int = 256
    run: int = 64 * 1024
    held: int = 32 * 1024 * 1024
    whole: int = 1024 * 1024
