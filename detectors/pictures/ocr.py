"""Read the text in a picture with RapidOCR, by the models that its package brings along.

Runs in a process of its own (`worker.py`): pictures come from strangers, and their decoders are large C programs.
"""

import math
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import rapidocr

from detectors.pictures.opening import Opened, Unreadable, opened
from detectors.pictures.reading import IMAGE, MAX_LINES, MAX_SIDE, READ, Box, PictureText

SURE: Final = 0.95
"""The least confidence in every line, from 0 to 1, with which a picture's text counts as read."""

_LEAST_SIDE: Final = 736
"""To how many pixels RapidOCR enlarges the shorter side of a picture before it looks for lines."""

_ENLARGED: Final = 2
_MANY_PIXELS: Final = 640_000
"""... but not more than twice, beyond so many pixels: of strips that cost nine times as much, and found no line more
down to letters of ten pixels."""

_MODELS: Final = Path(rapidocr.__file__).parent / "models"
_SETTINGS: Final = {
    # By their paths, since models that are called by name would be downloaded if they were missing.
    "Det.model_path": str(_MODELS / "PP-OCRv6_det_small.onnx"),
    "Rec.model_path": str(_MODELS / "PP-OCRv6_rec_small.onnx"),
    "Cls.model_path": str(_MODELS / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Global.text_score": 0.0,  # what was read badly must be seen, to be told
    "Global.max_side_len": MAX_SIDE,
    "Global.log_level": "critical",
}


def read_picture(data: bytes) -> PictureText:
    """Read a picture; one that can't be unpacked, or has too many lines, has none.

    Where no text was found, there may be some that was not seen, blurred or pale: that is not read for sure.
    """
    try:
        picture = opened(data)
    except Unreadable:
        return PictureText()
    load()
    pixels = np.ascontiguousarray(np.asarray(picture.image)[:, :, ::-1])
    engine = _engine()
    engine.text_det.limit_side_len = _side(*picture.image.size)
    steps = engine.run_ocr_steps(*(prepared := engine.preprocess_img(pixels)))
    found = engine.build_final_output(pixels, *steps, prepared[1])
    if found.boxes is None or not found.txts or len(found.txts) > MAX_LINES:
        return PictureText()
    blank = any(not text.strip() for text in steps[2].txts)
    lines = tuple(" ".join(text.split()) for text in found.txts)
    boxes = tuple(_around(points, picture) for points in found.boxes)
    return PictureText(lines, boxes, _reason(picture, certain=not blank and min(found.scores) >= SURE))


def load() -> None:
    """Load the models. No thread is started that works; ONNX's runtime keeps one that sleeps."""
    cv2.setNumThreads(1)
    engine = _engine()
    for model in ("det", "cls", "rec"):
        getattr(engine, f"_load_{model}_model")()  # else it loads each when it is first needed


def _side(width: int, height: int) -> int:
    """Give how long the shorter side of a picture of this size is to be, at least, where lines are looked for."""
    times = max(_ENLARGED, math.sqrt(_MANY_PIXELS / (width * height)))
    return min(_LEAST_SIDE, int(times * min(width, height)))


def _reason(picture: Opened, *, certain: bool) -> str:
    return READ if certain and picture.is_plain and max(picture.image.size) <= MAX_SIDE else IMAGE


def _around(points: Any, picture: Opened) -> Box:
    """Give a box around a line of text, with some room: letters reach over the edge of what was found."""
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    room = max(2, int(min(right - left, bottom - top) / 8))
    width, height = picture.image.size
    first = max(0, int(left) - room), max(0, int(top) - room)
    return *first, min(width, int(right) + room), min(height, int(bottom) + room)


@lru_cache(1)
def _engine() -> Any:
    return rapidocr.RapidOCR(params=_SETTINGS)
