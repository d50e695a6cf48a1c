"""The process that reads one document: bytes on standard input, JSON on standard output, under hard limits."""

import json
import sys
from typing import Final

MEMORY: Final = 2**30
SECONDS: Final = 20
"""Of the processor: a small file can ask for any amount of work and room."""


def main() -> None:
    """Read the document."""
    data = sys.stdin.buffer.read()
    _limit()
    from detectors.documents.pdf import read_pdf

    found = read_pdf(data)
    json.dump({"texts": found.texts, "unread": found.unread}, sys.stdout)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system: the time-out of the one who waits is left
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
