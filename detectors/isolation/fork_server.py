"""The process that stays warm: it loads a module once, and forks for each piece of work.

A fork finds all loaded, works on one piece and ends, so nothing of a piece is there when the next one begins. This
process itself never reads a byte of one. `python -m detectors.isolation.fork_server MODULE SOCKET SECONDS`: over the
socket come others, each with a piece of work; a fork may take so many seconds. It ends when the socket is closed.
"""

import contextlib
import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Mapping
from typing import Final, NoReturn

from detectors.isolation.piece import Work, done, module_of

_LOOK_S: Final = 0.1
"""How often it is seen to forks that have ended."""

_BLOCK: Final = 2**16


def main() -> None:
    """Serve until the other end goes."""
    name, descriptor, seconds = sys.argv[1:]
    module = module_of(name)
    module.warm()
    gc.collect()
    gc.freeze()  # else a fork's first collection would copy all that is loaded
    with socket.socket(fileno=int(descriptor)) as control:
        serve(control, module, float(seconds))


def serve(control: socket.socket, module: Work, seconds: float) -> None:
    """Fork for each piece of work that comes, and end those that take too long."""
    ends: dict[int, float] = {}
    while True:
        ready, _, _ = select.select([control], [], [], _pause(ends))
        _look_after(ends)
        if not ready:
            continue
        _, links, _, _ = socket.recv_fds(control, 1, 1)
        if not links:
            break
        with socket.socket(fileno=links[0]) as link:
            ends[_forked(control, link, module)] = time.monotonic() + seconds
    for process in ends:
        os.kill(process, signal.SIGKILL)


def _pause(ends: Mapping[int, float]) -> float | None:
    return min(_LOOK_S, max(0.0, min(ends.values()) - time.monotonic())) if ends else None


def _look_after(ends: dict[int, float]) -> None:
    """Forget the forks that have ended, and end those whose time is over."""
    now = time.monotonic()
    for process, end in list(ends.items()):
        if os.waitpid(process, os.WNOHANG)[0]:
            del ends[process]
        elif now >= end:
            os.kill(process, signal.SIGKILL)


def _forked(control: socket.socket, link: socket.socket, module: Work) -> int:
    process = os.fork()
    if process == 0:
        control.close()  # what others send is not for this one
        _work(link, module)
    return process


def _work(link: socket.socket, module: Work) -> NoReturn:
    with contextlib.suppress(BaseException):
        link.sendall(done(module, _all_of(link)))
    os._exit(0)


def _all_of(link: socket.socket) -> bytes:
    blocks = bytearray()
    while block := link.recv(_BLOCK):
        blocks += block
    return bytes(blocks)


if __name__ == "__main__":
    main()
