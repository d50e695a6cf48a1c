"""Start a process for one piece of work and wait for its answer, so long and no longer."""

import subprocess
import sys


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
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout
