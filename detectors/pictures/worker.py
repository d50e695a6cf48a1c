"""The work on one picture. `read`: a picture in, JSON out. `black_out BOXES`: a picture in, a picture out."""

import json
import os
from typing import Final

MEMORY: Final = 3 * 2**30
"""Bytes of address space; a quarter of it is used for the largest picture that is read."""

SECONDS: Final = 60


def warm() -> None:
    """Load the models."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process whose threads work must not be forked
    from detectors.pictures.ocr import load

    load()


def work(data: bytes, way: str, boxes: str = "") -> bytes:
    """Do what the arguments say; the boxes are JSON."""
    return _read(data) if way == "read" else _blacked_out(data, boxes)


def _read(data: bytes) -> bytes:
    from detectors.pictures.ocr import read_picture

    found = read_picture(data)
    return json.dumps({"lines": found.lines, "boxes": found.boxes, "unread": found.unread}).encode()


def _blacked_out(data: bytes, boxes: str) -> bytes:
    from detectors.pictures.redaction import black_out

    return black_out(data, [tuple(box) for box in json.loads(boxes)])
