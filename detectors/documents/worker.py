"""The work on one document: its bytes in, JSON out."""

import json
from typing import Final

MEMORY: Final = 2**30
SECONDS: Final = 20


def warm() -> None:
    """Load PDFium."""
    import detectors.documents.pdf  # noqa: F401


def work(data: bytes) -> bytes:
    """Read the document."""
    from detectors.documents.pdf import read_pdf

    found = read_pdf(data)
    return json.dumps({"texts": found.texts, "unread": found.unread}).encode()
