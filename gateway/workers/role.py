"""What a process of several is there for, how it is told what to do, and how it learns that it is alone."""

import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

UNABLE: Final = 2
"""The exit code of a process that can't work with what it was told, which it has said on standard error."""

_STDIN: Final = 0
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class Role:
    """A process to keep running: `python -m module ARGUMENTS`.

    It is `told` one line on its standard input, which stays open for as long as its keeper lives. `sockets` are the
    file descriptors that it inherits under their numbers.
    """

    name: str
    module: str
    told: str = field(repr=False)
    arguments: tuple[str, ...] = ()
    sockets: tuple[int, ...] = ()

    @property
    def command(self) -> tuple[str, ...]:
        """What to execute."""
        return (sys.executable, "-m", self.module, *self.arguments)


def hear() -> str:
    """Read, in such a process, the line that it is told."""
    heard = b""
    while not heard.endswith(b"\n") and (chunk := os.read(_STDIN, _CHUNK)):
        heard += chunk
    return heard.decode()


def when_abandoned(leave: Callable[[], None]) -> None:
    """Call `leave`, from another thread, when the keeper has gone, however it died."""

    def wait() -> None:
        while os.read(_STDIN, _CHUNK):
            pass
        leave()

    threading.Thread(target=wait, name="keeper", daemon=True).start()
