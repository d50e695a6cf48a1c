"""Start a process for one piece of work and wait for its answer, where processes can't be forked.

`python -m detectors.isolation.fresh MODULE` reads an order and writes the answer.
"""

import contextlib
import subprocess
import sys

from detectors.isolation.piece import answer_in, done, module_of, order, surroundings


class Fresh:
    """Gives the answers of one module, each in at most `seconds`, from a process of its own."""

    def __init__(self, module: str, seconds: float) -> None:
        self._module = module
        self._seconds = seconds
        self._is_closed = False

    def answer(self, data: bytes, *arguments: str) -> bytes | None:
        """Give what the module makes of these bytes; None if it fails or needs more time."""
        if self._is_closed:
            return None
        try:
            ended = subprocess.run(  # noqa: S603 - our own modules
                [sys.executable, "-m", "detectors.isolation.fresh", self._module],
                input=order(data, arguments),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._seconds,
                check=True,
                env=surroundings(),
            )
        except (subprocess.SubprocessError, OSError):
            return None
        return answer_in(ended.stdout)

    def rest(self) -> None:
        """Do nothing: no process outlives its work."""

    def close(self) -> None:
        """Begin nothing more; what is under way ends by its time limit."""
        self._is_closed = True


def main() -> None:
    """Do the piece of work on standard input."""
    module = module_of(sys.argv[1])
    packet = sys.stdin.buffer.read()
    with contextlib.redirect_stdout(sys.stderr):  # libraries may print
        answer = done(module, packet)
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
