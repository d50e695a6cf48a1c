"""Which lines of a picture are blackened, by what became of its text."""

import pytest

from gateway.dialects.files.picture_text import PictureText
from gateway.dialects.slot import Picture
from gateway.errors import InternalFault

BOXES = tuple((0, 10 * number, 9, 10 * number + 9) for number in range(4))
FILE = PictureText(Picture(b"", (), bytes.decode), ("Dear Ann", "live at 5 Mill", "Lane, Leeds", "Bye"), BOXES)

TEXTS = {
    "nothing": ("Dear Ann\nlive at 5 Mill\nLane, Leeds\nBye", []),
    "one line": ("Dear <P>\nlive at 5 Mill\nLane, Leeds\nBye", [0]),
    "two lines": ("Dear <P>\nlive at 5 Mill\nLane, Leeds\n", [0, 3]),
    "over the end of a line": ("Dear Ann\nlive at <A>, Leeds\nBye", [1, 2]),
    "over the end of a line, and before": ("Dear <P>\nlive at <A>, Leeds\nBye", [0, 1, 2]),
    "over the end of a line, and after": ("Dear Ann\nlive at <A>, Leeds\n<P>", [1, 2, 3]),
    "all": ("<A>", [0, 1, 2, 3]),
    "a line left out": ("Dear Ann\nLane, Leeds\nBye", [1]),
}


@pytest.mark.parametrize(("text", "lines"), TEXTS.values(), ids=TEXTS)
def test_changed_lines(text: str, lines: list[int]) -> None:
    assert FILE.changed(text) == [BOXES[number] for number in lines]


def test_it_is_never_written_with_its_text_in_place() -> None:
    with pytest.raises(InternalFault):
        FILE.rewritten({(0,): "Dear <P>"})
