"""Draw a page of a PDF as its reader sees it, for what its text layer does not say. Needs Pillow."""

import io
from collections.abc import Iterable
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from detectors.documents.reading import MAX_SIDE, Drawn

_LEAST_SCALE: Final = 1.9
"""Pixels a point, some 137 dpi: print of six points is then twelve pixels high. A4 and US Legal get more."""

_MOST_SCALE: Final = 3.0
_MOST_FOLD: Final = 2
"""A picture with more pixels than so many pages' sides may show more than what is drawn of it."""


def drawn(page: pypdfium2.PdfPage, number: int, things: Iterable[Any]) -> Drawn:
    """Draw a page on which these things are."""
    scale = min(_MOST_SCALE, MAX_SIDE / max(1.0, *page.get_size()))
    picture = page.render(scale=scale, no_smoothtext=False).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    is_fine = scale >= _LEAST_SCALE and all(_side(one) <= _MOST_FOLD * MAX_SIDE for one in things)
    return Drawn(number, out.getvalue(), is_fine)


def _side(thing: Any) -> int:
    return max(thing.get_px_size()) if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE else 0
