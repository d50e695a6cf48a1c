"""Ask a process that has all loaded (`fork_server.py`) to fork for a piece of work, and wait for the answer."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from threading import Lock
from typing import Final

from detectors.isolation.piece import answer_in, order, surroundings

MAX_ANSWER: Final = 64_000_000
"""Largest answer, in bytes, that is taken from a process which may have been taken over."""

_GRACE_S: Final = 1.0
"""How much longer than a piece may take somebody waits for it to be ended."""

_BLOCK: Final = 2**16


class Warm:
    """Gives the answers of one module, each in at most `seconds`, from forks of a process that stays warm. Thread-safe.

    The process is started when there is work and none, and ended itself when it does not end a fork in time.
    """

    def __init__(self, module: str, seconds: float) -> None:
        self._module = module
        self._seconds = seconds
        self._lock = Lock()
        self._server: _Server | None = None
        self._is_closed = False

    def answer(self, data: bytes, *arguments: str) -> bytes | None:
        """Give what the module makes of these bytes; None if it fails or needs more time."""
        end = time.monotonic() + self._seconds + _GRACE_S
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                server = self._handed(theirs)
            if server is None:
                return None
            try:
                return answer_in(_exchanged(ours, order(data, arguments), end))
            except TimeoutError:
                self._end(server)
            except OSError:  # it died
                pass
        return None

    def rest(self) -> None:
        """Let the memory of the process go, until there is work again; what is under way has no answer."""
        with self._lock:
            self._drop()

    def close(self) -> None:
        """End the process, and what is under way in it; nothing is answered any more."""
        with self._lock:
            self._is_closed = True
            self._drop()

    def _handed(self, link: socket.socket) -> "_Server | None":
        """Hand the process an end of a connection to a fork of its own; a new process if the last one has died."""
        with self._lock:
            for _ in range(2):
                if self._is_closed:
                    break
                try:
                    self._server = self._server or _Server(self._module, self._seconds)
                    self._server.hand(link)
                except OSError:
                    self._drop()
                else:
                    return self._server
        return None

    def _end(self, server: "_Server") -> None:
        with self._lock:
            if self._server is server:
                self._drop()

    def _drop(self) -> None:
        if self._server is not None:
            self._server.kill()
        self._server = None


class _Server:
    """A process that forks. Starting it, and handing it work, raise `OSError`."""

    def __init__(self, module: str, seconds: float) -> None:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(seconds)
        with theirs:
            command = "detectors.isolation.fork_server", module, str(theirs.fileno()), str(seconds)
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", *command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                env=surroundings(),
            )

    def hand(self, link: socket.socket) -> None:
        """Have it fork for what comes over this connection."""
        socket.send_fds(self._control, [b"\0"], [link.fileno()])

    def kill(self) -> None:
        """End it and its forks. Nobody else waits for it, so its number is no other process's."""
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _exchanged(link: socket.socket, packet: bytes, end: float) -> bytes:
    """Send a piece of work and give all that comes back, nothing if it is too much.

    Raises:
        TimeoutError: It takes too long.
        OSError: Nobody reads on.
    """
    link.settimeout(max(0.001, end - time.monotonic()))
    link.sendall(packet)
    link.shutdown(socket.SHUT_WR)
    answer = bytearray()
    while len(answer) <= MAX_ANSWER:
        link.settimeout(max(0.001, end - time.monotonic()))
        block = link.recv(_BLOCK)
        if not block:
            return bytes(answer)
        answer += block
    return b""
