"""Compile the prefilter's databases in a process of their own.

Compiling takes seconds of processor time and much memory, none of which the gateway should feel: the process lowers its
own priority, and its memory goes with it. A job is one JSON document on standard input, its product bytes on
standard output.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from detectors.text.code_points import differences
from detectors.text.gates import ALWAYS, Gate

_ROOT = Path(__file__).parents[2]
_RUN = "import sys; sys.path.append({root!r}); from detectors.text.compiler import main; main()"
_NICENESS = 10


class CompilerFailed(Exception):
    """A job gave nothing: the process could not start, was stopped or died."""


class CompilerStopped(CompilerFailed):
    """Nobody wants the product any more."""


class Compiler:
    """Runs one job at a time in a process of its own."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def database(self, gates: Sequence[Gate], *, unicode: bool) -> bytes:
        """Compile gates into one database. Ids are positions. Raises `CompilerFailed`."""
        job = {"task": "database", "gates": [(gate.expression, gate.caseless) for gate in gates], "unicode": unicode}
        return self._run(job)

    def code_points(self, named: str) -> bytes:
        """Find where Hyperscan and `regex` differ, as JSON. Raises `CompilerFailed`."""
        return self._run({"task": "code_points", "named": named})

    @property
    def is_stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped

    def stop(self) -> None:
        """End the job under way, if any, and refuse further ones: they raise `CompilerStopped`. May be called twice."""
        with self._lock:
            self._stopped = True
            if self._process and self._process.poll() is None:
                self._process.kill()

    def _run(self, job: dict[str, Any]) -> bytes:
        command = [sys.executable, "-P", "-c", _RUN.format(root=str(_ROOT))]
        try:
            with self._lock:
                if self._stopped:
                    raise CompilerStopped("stopped")
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )
            product, _ = self._process.communicate(json.dumps(job).encode())
        except OSError as error:
            raise CompilerFailed("no process") from error
        if self._stopped:
            raise CompilerStopped("stopped")
        if self._process.returncode:
            raise CompilerFailed(f"exit status {self._process.returncode}")
        return product


def main() -> None:
    """Do the job on standard input."""
    os.nice(_NICENESS)
    job = json.load(sys.stdin)
    tasks: dict[str, Callable[[dict[str, Any]], bytes]] = {"database": _database, "code_points": _code_points}
    sys.stdout.buffer.write(tasks[job["task"]](job))


def _code_points(job: dict[str, Any]) -> bytes:
    return json.dumps(differences(job["named"])).encode()


def _database(job: dict[str, Any]) -> bytes:
    import hyperscan as hs

    always = hs.HS_FLAG_SINGLEMATCH | hs.HS_FLAG_PREFILTER | hs.HS_FLAG_DOTALL | hs.HS_FLAG_MULTILINE
    wide = hs.HS_FLAG_UTF8 | hs.HS_FLAG_UCP
    flags = [
        always | (hs.HS_FLAG_CASELESS if caseless else 0) | (wide if job["unicode"] or not expression.isascii() else 0)
        for expression, caseless in job["gates"]
    ]
    expressions = [expression.encode() for expression, _ in job["gates"]]
    try:
        return hs.dumpb(_compiled(expressions, flags))
    except hs.error:  # a pattern of an operator's own may be more than Hyperscan can take
        able = [_compiles(*one) for one in zip(expressions, flags, strict=True)]
        fires = ALWAYS.expression.encode()
        return hs.dumpb(_compiled([own if ok else fires for own, ok in zip(expressions, able, strict=True)], flags))


def _compiles(expression: bytes, flags: int) -> bool:
    import hyperscan as hs

    try:
        _compiled([expression], [flags])
    except hs.error:
        return False
    return True


def _compiled(expressions: list[bytes], flags: list[int]) -> Any:
    import hyperscan as hs

    database = hs.Database(mode=hs.HS_MODE_BLOCK)
    database.compile(expressions=expressions, ids=list(range(len(flags))), elements=len(flags), flags=flags)
    return database
