"""What models say in tests, and how it is cut."""

from typing import Final

LONG: Final = " ".join(f"word{number}" for number in range(60)) + " "
"""More than a window: its first part leaves before what comes behind it is decided on."""


def pieces(text: str, size: int = 7) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


HEARD: Final = pieces(LONG)[20].encode()
"""Whoever got this piece of a stream that says `LONG` has more than a hundred characters of it."""
