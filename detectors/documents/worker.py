"""The process that reads one document: bytes on standard input, JSON on standard output, under hard limits."""

import json
import sys
from typing import Final

from detectors.isolation.limits import limit

MEMORY: Final = 2**30
SECONDS: Final = 20
"""Of the processor."""


def main() -> None:
    """Read the document."""
    data = sys.stdin.buffer.read()
    limit(MEMORY, SECONDS)
    from detectors.documents.pdf import read_pdf

    found = read_pdf(data)
    json.dump({"texts": found.texts, "unread": found.unread}, sys.stdout)


if __name__ == "__main__":
    main()
