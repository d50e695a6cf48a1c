"""What stands around a bent token: brackets that go with it, markup that stays, or the borders of a word."""

import re
from dataclasses import dataclass
from typing import Final

from gateway.pseudonyms.forms import BARE_CLOSING, BOX, CLOSING, END_OF_BOX, IS_JOINED, OPENING

_WORD: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_")
_REACH: Final = 24  # characters that an opening bracket may take with all that belongs to it
_ESCAPE: Final = re.compile(r"(?:\\[nrtbf]|%[0-9A-Fa-f]{2})\Z")
"""An escape that ends in a letter or digit, and is no part of the word behind it."""
_NO_MARKUP: Final = re.compile(r"[^*`~]+")
_PAIRS: Final = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Body:
    """Where type and suffix of a token stand, and what joins them."""

    start: int
    end: int
    joint: str

    @property
    def is_joined(self) -> bool:
        """Whether a real underscore joins them, in some form."""
        return IS_JOINED.match(self.joint) is not None


@dataclass(frozen=True, slots=True)
class Frame:
    """The stretch to replace, and the markup to put back before and behind the value.

    `has_bracket`: on one side at least; `is_whole`: on both.
    """

    start: int
    end: int
    lead: str = ""
    trail: str = ""
    has_bracket: bool = False
    is_whole: bool = False


def frame_of(text: str, body: Body) -> Frame | None:
    """Take in whatever brackets there are; where there is none, the token must stand alone as a word."""
    return _in_angles(text, body) or _in_box(text, body) or _bare(text, body)


def _in_angles(text: str, body: Body) -> Frame | None:
    opening = OPENING.search(text, max(0, body.start - _REACH), body.start)
    if not opening:
        return None
    closing = CLOSING.match(text, body.end)
    if closing:
        trail = _closed(body, closing[1])
        return Frame(opening.start(), closing.end(), opening[2], trail, has_bracket=True, is_whole=True)
    if opening[2] or opening[1][-1] in " /" or text[body.end : body.end + 1] in _WORD:
        return None
    end, trail = _after(text, body)
    return Frame(opening.start(), end, "", trail, has_bracket=True)


def _in_box(text: str, body: Body) -> Frame | None:
    opening = BOX.search(text, max(0, body.start - _REACH), body.start)
    closing = END_OF_BOX.match(text, body.end) if opening else None
    if not opening or not closing or closing[1] != _PAIRS[opening[1][0]] * len(opening[1]):
        return None
    return Frame(opening.start(), closing.end(), "", _closed(body, ""), has_bracket=True, is_whole=True)


def _bare(text: str, body: Body) -> Frame | None:
    if not _begins(text, body) and not _is_italic(text, body):
        return None
    closing = BARE_CLOSING.match(text, body.end)
    if closing:
        return Frame(body.start, closing.end(), "", _closed(body, ""), has_bracket=True)
    if text[body.end : body.end + 1] in _WORD and not _is_italic(text, body):
        return None
    end, trail = _after(text, body)
    return Frame(body.start, end, "", trail)


def _begins(text: str, body: Body) -> bool:
    if not body.start or text[body.start - 1] not in _WORD:
        return True
    return _ESCAPE.search(text, max(0, body.start - 3), body.start) is not None


def _is_italic(text: str, body: Body) -> bool:
    """Tell whether as many underscores stand before as behind, as Markdown's emphasis has them, and no word goes on."""
    before = text[max(0, body.start - 3) : body.start]
    count = len(before) - len(before.rstrip("_"))
    around = before[: len(before) - count][-1:] + text[body.end + count : body.end + count + 1]
    return 1 <= count <= 2 and text[body.end : body.end + count] == "_" * count and not _WORD.intersection(around)


def _closed(body: Body, trail: str) -> str:
    """Give the markup behind a token whose own inside opened some (`<PERSON_**k3f9a**>`): only what is left open."""
    inside = _NO_MARKUP.sub("", body.joint)
    return trail.removeprefix(inside) if inside and trail.startswith(inside) else inside + trail


def _after(text: str, body: Body) -> tuple[int, str]:
    """Give where a stretch without a closing bracket ends, and the markup to put behind the value."""
    inside = _NO_MARKUP.sub("", body.joint)
    closes = bool(inside) and text.startswith(inside, body.end)
    return (body.end + len(inside), "") if closes else (body.end, inside)
