"""Run a module on what strangers sent, each time in a process of its own, a few at a time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from detectors.isolation.process import answer_of

AT_A_TIME: Final = 2
_PATIENCE: Final = 2
"""How many times as long as one piece of work may take somebody waits for it, with those before it."""


class Workers:
    """Give the answers of one module, each in at most `seconds`. `close` it when done."""

    def __init__(self, module: str, seconds: float) -> None:
        self._module = module
        self._seconds = seconds
        self._pool = ThreadPoolExecutor(AT_A_TIME, module)

    async def answer(self, data: bytes, *arguments: str) -> bytes | None:
        """Give what the module writes when it runs on these bytes; None if it fails or there is no time for it."""
        work = partial(answer_of, self._seconds, data, self._module, *arguments)
        try:
            working = asyncio.get_running_loop().run_in_executor(self._pool, work)
            return await asyncio.wait_for(working, self._seconds * _PATIENCE)
        except TimeoutError:
            return None

    def close(self) -> None:
        """Take in nothing more; what is under way ends by its time limit."""
        self._pool.shutdown(wait=False, cancel_futures=True)
