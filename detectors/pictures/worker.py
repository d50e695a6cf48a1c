"""The process that works on one picture, under hard limits.

`read`: a picture on standard input, JSON on standard output. `black_out BOXES`: a picture in, a picture out; BOXES is
JSON.
"""

import contextlib
import json
import sys
from typing import Final

from detectors.isolation.limits import limit

MEMORY: Final = 3 * 2**30
"""Bytes of address space; a quarter of it is used for the largest picture that is read."""

SECONDS: Final = 60
"""Of the processor."""


def main() -> None:
    """Do what the arguments say."""
    data = sys.stdin.buffer.read()
    limit(MEMORY, SECONDS)
    with contextlib.redirect_stdout(sys.stderr):  # libraries may print
        answer = _read(data) if sys.argv[1] == "read" else _blacked_out(data, sys.argv[2])
    sys.stdout.buffer.write(answer)


def _read(data: bytes) -> bytes:
    from detectors.pictures.ocr import read_picture

    found = read_picture(data)
    return json.dumps({"lines": found.lines, "boxes": found.boxes, "unread": found.unread}).encode()


def _blacked_out(data: bytes, boxes: str) -> bytes:
    from detectors.pictures.redaction import black_out

    return black_out(data, [tuple(box) for box in json.loads(boxes)])


if __name__ == "__main__":
    main()
