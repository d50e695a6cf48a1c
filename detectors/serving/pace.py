"""How fast texts are read, to tell what can't be done in time. What is not known is taken for possible."""

from collections import deque
from collections.abc import Collection
from operator import truediv
from typing import Final

_RUNS: Final = 64
_LEAST_RUNS: Final = 8
"""Fewer tell nothing: one of them may have met a busy machine."""

_KEPT: Final = 0.75
"""The share of the runs that count, the fastest."""

_REMEMBERED_S: Final = 60.0
"""A pace from longer ago is not believed: what was slow may have been mended, and only new runs can tell."""

_SHARE: Final = 0.05
"""Of a new text in how many tokens there are to an estimated one."""


class Pace:
    """Seconds for tokens that were estimated. Learns from runs behind which more waited, so that nothing idled."""

    def __init__(self) -> None:
        self._runs: deque[tuple[float, int]] = deque(maxlen=_RUNS)
        self._second_a_token = self._usual_second_a_token = 0.0
        self._last = 0.0
        self._ratio = 1.0

    @property
    def ratio(self) -> float:
        """About how many tokens there are to an estimated one."""
        return self._ratio

    def note_run(self, tokens: int, seconds: float, now: float) -> None:
        """Note that so many tokens took so long, from the end of the run before on."""
        if now - self._last > _REMEMBERED_S:
            self._runs.clear()
        self._runs.append((seconds, tokens))
        self._last = now
        if len(self._runs) >= _LEAST_RUNS:
            by_pace = sorted(self._runs, key=lambda run: truediv(*run))[: int(_KEPT * len(self._runs))]
            self._second_a_token = _mean(by_pace)
            self._usual_second_a_token = _mean(self._runs)

    def note_text(self, estimated: int, tokens: int) -> None:
        """Note how many tokens a text really had."""
        self._ratio += _SHARE * (tokens / estimated - self._ratio)

    def seconds_for(self, estimated: int, now: float) -> float:
        """Give about how long so many estimated tokens take if all goes well; 0 if that is not known."""
        return estimated * self._ratio * self._second_a_token if self._is_known(now) else 0.0

    def usual_seconds_for(self, estimated: int, now: float) -> float:
        """Give about how long so many estimated tokens take as things go; 0 if that is not known."""
        return estimated * self._ratio * self._usual_second_a_token if self._is_known(now) else 0.0

    def _is_known(self, now: float) -> bool:
        return len(self._runs) >= _LEAST_RUNS and now - self._last <= _REMEMBERED_S


def _mean(runs: Collection[tuple[float, int]]) -> float:
    return sum(seconds for seconds, _ in runs) / sum(tokens for _, tokens in runs)
