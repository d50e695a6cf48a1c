"""Days of the same year in the same spelling."""

import re
from typing import Final

from gateway.pseudonyms.surrogates.draw import Draw
from gateway.pseudonyms.surrogates.shape import in_case

_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_MONTHS: Final = tuple(
    tuple(names.split())
    for names in (
        "January February March April May June July August September October November December",
        "Januar Februar M\u00e4rz April Mai Juni Juli August September Oktober November Dezember",
        "janvier f\u00e9vrier mars avril mai juin juillet ao\u00fbt septembre octobre novembre d\u00e9cembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    )
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_DAY: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


def date(surface: str, draw: Draw) -> str | None:
    """Give another day of the same year; None for what is no day, such as "tomorrow"."""
    if match := _YEAR_FIRST.fullmatch(surface):
        year, sign, month, day = match.groups()
        return f"{year}{sign}{_number(draw, 12, month)}{sign}{_number(draw, 28, day)}"
    if match := _YEAR_LAST.fullmatch(surface):
        first, sign, second, year = match.groups()
        # Which of the two is the month is a matter of country: none is over 12, so both readings are days.
        return f"{_number(draw, 12, first)}{sign}{_number(draw, 12, second)}{sign}{year}"
    return _named(surface, draw)


def _named(surface: str, draw: Draw) -> str | None:
    words = _WORD.findall(surface)
    days = _DAY.findall(surface)
    for months in _MONTHS:
        found = [word for word in words if word.casefold() in {month.casefold() for month in months}]
        if len(found) == 1 and len(days) == 1 and re.search(r"(?<!\d)\d{4}(?!\d)", surface):
            ascii_months = [month for month in months if month.isascii()]
            month = in_case(draw.one(ascii_months), found[0])
            return _DAY.sub(_number(draw, 28, days[0]), surface.replace(found[0], month), count=1)
    return None


def _number(draw: Draw, most: int, like: str) -> str:
    number = str(1 + draw.below(most))
    return number.zfill(2) if len(like) == 2 else number
