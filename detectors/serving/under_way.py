"""Texts on their way to be read: equal ones of concurrent calls are asked for once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, Generic, TypeVar

R = TypeVar("R")

SHORT_CHARS: Final = 20_000
"""A text does not wait for the answer to a longer question than this, unless it makes up half of it."""

Ask = Callable[[Sequence[str]], Awaitable[Sequence[R]]]


class UnderWay(Generic[R]):
    """Belongs to one event loop."""

    def __init__(self) -> None:
        self._asked: dict[bytes, _Asked[R]] = {}

    def __len__(self) -> int:
        return len(self._asked)

    async def read(self, texts: Mapping[bytes, str], ask: Ask[R]) -> dict[bytes, R]:
        """Give what is made of these texts, by their keys; `ask` is for those that nobody is asking about.

        Whoever is cancelled leaves the others theirs; what nobody waits for any more is cancelled. A fault is that of
        everybody who waits for one of the texts that were asked for together.
        """
        needed: dict[_Asked[R], None] = {}
        mine: dict[bytes, str] = {}
        for key, text in texts.items():
            asked = self._asked.get(key)
            if asked is not None and asked.chars <= max(SHORT_CHARS, 2 * len(text)):
                needed[asked] = None
            else:
                mine[key] = text
        if mine:
            needed[self._begin(mine, ask)] = None
        for asked in needed:
            asked.waiting += 1
        try:
            return {key: reading for asked in needed for key, reading in (await asyncio.shield(asked.task)).items()}
        finally:
            for asked in needed:
                self._leave(asked)

    def _begin(self, texts: Mapping[bytes, str], ask: Ask[R]) -> "_Asked[R]":
        task = asyncio.ensure_future(_answered(texts, ask))
        asked = _Asked(task, [*texts], sum(map(len, texts.values())))
        self._asked |= dict.fromkeys(texts, asked)
        task.add_done_callback(lambda _: self._end(asked))
        return asked

    def _leave(self, asked: "_Asked[R]") -> None:
        asked.waiting -= 1
        if not asked.waiting:
            self._forget(asked)  # at once: nobody may join what is about to be cancelled
            asked.task.cancel()

    def _end(self, asked: "_Asked[R]") -> None:
        self._forget(asked)
        if not asked.task.cancelled():
            asked.task.exception()  # whoever waits was told; asyncio would report it again if nobody does

    def _forget(self, asked: "_Asked[R]") -> None:
        for key in asked.keys:
            if self._asked.get(key) is asked:
                del self._asked[key]


class _Asked(Generic[R]):
    """One question, and how many calls wait for it."""

    __slots__ = ("chars", "keys", "task", "waiting")

    def __init__(self, task: "asyncio.Task[dict[bytes, R]]", keys: Sequence[bytes], chars: int) -> None:
        self.task = task
        self.keys = keys
        self.chars = chars
        self.waiting = 0


async def _answered(texts: Mapping[bytes, str], ask: Ask[R]) -> dict[bytes, R]:
    return dict(zip(texts, await ask([*texts.values()]), strict=True))
