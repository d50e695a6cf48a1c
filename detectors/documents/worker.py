"""The work on one document: its bytes in, JSON out."""

import base64
import json
from typing import Final

MEMORY: Final = 2**30
SECONDS: Final = 20


def warm() -> None:
    """Load PDFium."""
    import detectors.documents.pdf  # noqa: F401


def work(data: bytes, most_drawn: str) -> bytes:
    """Read the document, and draw so many of its pages where text is not all."""
    from detectors.documents.pdf import read_pdf

    pages = read_pdf(data, int(most_drawn))
    drawn = [(one.page, base64.b64encode(one.picture).decode(), one.is_fine) for one in pages.drawn]
    return json.dumps({"texts": pages.text.texts, "unread": pages.text.unread, "drawn": drawn}).encode()
