"""About how much work a text or a picture is, in tokens, before anybody has read it."""

from typing import Final

from detectors.serving.ports import Content

CHARS_A_TOKEN: Final = 4

PICTURE_TOKENS: Final = 200
"""What a frame of 224 x 224 is in patches of 16. How many a model really makes of them is learnt in `pace.py`."""

BYTES_A_TOKEN: Final = 2_048
"""Of a picture, beside those: a large one takes long to decode, and waits in memory."""


def estimated(content: Content) -> int:
    """Give about how many tokens it has, at least one."""
    if isinstance(content, bytes):
        return PICTURE_TOKENS + len(content) // BYTES_A_TOKEN
    return len(content) // CHARS_A_TOKEN + 1
