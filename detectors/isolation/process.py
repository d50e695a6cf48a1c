"""Start a process for one piece of work and wait for its answer, so long and no longer."""

import os
import subprocess
import sys
from typing import Final

_PASSED_ON: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "HOME", "TMPDIR", "TEMP", "SYSTEMROOT", "LANG")
"""All that such a process is told of its surroundings: the operator's secrets may stand in the others."""


def answer_of(seconds: float, data: bytes, module: str, *arguments: str) -> bytes | None:
    """Give what this module writes when it runs on these bytes; None if it fails or needs more time."""
    try:
        done = subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, "-m", module, *arguments],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout
