"""A piece of work: what a module does to bytes from a stranger, in a process that does nothing else.

Such a module has `MEMORY` and `SECONDS`, the bytes of address space and the seconds of the processor that one piece may
take; `warm()`, which loads what every piece needs; and `work(data, *arguments)`, which gives the answer.
"""

import json
import os
from collections.abc import Sequence
from importlib import import_module
from typing import Final, Protocol, cast

from detectors.isolation.limits import limit

_PASSED_ON: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "HOME", "TMPDIR", "TEMP", "SYSTEMROOT", "LANG")
"""All that such a process is told of its surroundings: the operator's secrets may stand in the others."""

_SIZE: Final = 8
"""Bytes in which the length of what follows is written."""


class Work(Protocol):
    """A module that does one kind of work."""

    MEMORY: int
    SECONDS: int

    def warm(self) -> None:
        """Load what every piece needs, and start no threads that work: the process will be forked."""

    def work(self, data: bytes, *arguments: str) -> bytes:
        """Do one piece."""


def module_of(name: str) -> Work:
    """Load a module that does one kind of work."""
    return cast(Work, import_module(name))


def surroundings() -> dict[str, str]:
    """Give the environment of processes that work on what strangers sent."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def order(data: bytes, arguments: Sequence[str]) -> bytes:
    """Write a piece of work for another process."""
    return sized(json.dumps(arguments).encode()) + sized(data)


def done(module: Work, packet: bytes) -> bytes:
    """Do a piece of work that `order` wrote, under the module's limits; give the answer as `answer_in` reads it."""
    limit(module.MEMORY, module.SECONDS)
    split = _SIZE + int.from_bytes(packet[:_SIZE])
    return sized(module.work(packet[split + _SIZE :], *json.loads(packet[_SIZE:split])))


def sized(data: bytes) -> bytes:
    """Write bytes with their length before them."""
    return len(data).to_bytes(_SIZE) + data


def answer_in(packet: bytes) -> bytes | None:
    """Read what `sized` wrote; None if it is cut off, or something else."""
    data = packet[_SIZE:]
    return data if len(packet) >= _SIZE and len(data) == int.from_bytes(packet[:_SIZE]) else None
