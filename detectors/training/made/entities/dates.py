"""DATE_TIME: dates, weekdays, times, ages, and relative ones that have a number or a name in them.

"today", "now", "soon", "last week", "daily" and mere durations ("for two hours") are plain: they tell nothing.
"""

import datetime
from typing import Final

from detectors.training.made.entities.maker import Kind, Maker, Persona, entity, one_of
from detectors.training.made.entities.pieces import Piece
from detectors.training.made.entities.word_lists import words

WEEKDAYS: Final = words("dates", "weekdays")
MONTHS: Final = words("dates", "months")
HOLIDAYS: Final = words("dates", "holidays")
NUMBERS: Final = words("dates", "numbers")
FORMATS: Final = words("dates", "dates")
STAMPS: Final = words("dates", "stamps")
TIMES: Final = words("dates", "times")
AGES: Final = words("dates", "ages")


def moment(maker: Maker) -> datetime.datetime:
    """Make a moment between 1930 and 2035, most of them lately."""
    first = 1930 if maker.chance(0.4) else 2008
    days = maker.rng.randrange((datetime.date(2035, 12, 31) - datetime.date(first, 1, 1)).days)
    start = datetime.datetime(first, 1, 1, tzinfo=datetime.UTC)
    return start + datetime.timedelta(days=days, seconds=maker.rng.randrange(86_400))


def _written(maker: Maker, forms: tuple[str, ...]) -> str:
    text = moment(maker).strftime(maker.choice(forms))
    return _unpadded(text) if maker.chance(0.5) else text


def _unpadded(text: str) -> str:
    parts = (part[1:] if part[:1] == "0" and part[1:2].isdigit() else part for part in text.split(" "))
    return " ".join(parts)


def date(maker: Maker) -> str:
    """Make a date in one of many forms."""
    if maker.chance(0.03):
        when, month = moment(maker), maker.choice(words("dates", "months_abroad"))
        return maker.choice(
            (f"{when.day}. {month} {when.year}", f"{when.day} {month} {when.year}", f"{when.day} {month}")
        )
    return _ordinal(maker) if maker.chance(0.08) else _written(maker, FORMATS)


def full_date(maker: Maker) -> str:
    """Make a date with day, month and year."""
    return _written(maker, FORMATS[:16])


def stamp(maker: Maker) -> str:
    """Make date and time as machines write them."""
    return moment(maker).strftime(maker.choice(STAMPS))


def _ordinal(maker: Maker) -> str:
    when = moment(maker)
    end = "th" if when.day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(when.day % 10, "th")
    day, month = f"{when.day}{end}", MONTHS[when.month - 1]
    return maker.choice(
        (f"{day} of {month}", f"{month} {day}", f"{month} {day}, {when.year}", f"{day} {month} {when.year}", day)
    )


def clock(maker: Maker) -> str:
    """Make a time of day."""
    if maker.chance(0.2):
        hour = maker.choice(
            ("noon", "midnight", "half past six", "quarter to nine", "7 o'clock", "eight o'clock", "ten thirty")
        )
        return hour if maker.chance(0.5) else maker.digits("% o'clock")
    text = _written(maker, TIMES)
    return text.lower() if maker.chance(0.4) else text


def relative(maker: Maker) -> str:
    """Make a point in time as seen from now, with a number, a weekday, a month or a holiday in it."""
    if maker.chance(0.1):
        return maker.choice(HOLIDAYS)
    form, number = maker.choice(words("dates", "relative")), maker.choice(NUMBERS)
    weekday, month = maker.choice(WEEKDAYS), maker.choice(MONTHS)
    return maker.digits(form).format(weekday=weekday, month=month, number=number, clock=clock(maker))


def _age(maker: Maker, _: Persona) -> list[Piece]:
    years = maker.rng.randint(1, 99)
    if maker.chance(0.25):
        return [Piece(maker.choice(("aged ", "age ", "aged about "))), Piece(str(years), "DATE_TIME")]
    return [Piece(maker.choice(AGES).format(years), "DATE_TIME")]


def _weekday(maker: Maker) -> str:
    return maker.choice(WEEKDAYS)


def _year(maker: Maker) -> str:
    return str(moment(maker).year)


def _range(maker: Maker, _: Persona) -> list[Piece]:
    kind = maker.choice((date, clock, _weekday, _year))
    before, between = maker.choice(
        (("from ", " to "), ("between ", " and "), ("", " - "), ("from ", " until "), ("", "\u2013"))
    )
    pieces = [Piece(before), Piece(kind(maker), "DATE_TIME"), Piece(between), Piece(kind(maker), "DATE_TIME")]
    return pieces if before else pieces[1:]


DATE_KINDS: Final[dict[str, Kind]] = {
    "date": entity("DATE_TIME", date),
    "fulldate": entity("DATE_TIME", full_date),
    "birthday": entity("DATE_TIME", full_date),
    "weekday": entity("DATE_TIME", _weekday),
    "month": entity("DATE_TIME", lambda maker: maker.choice(MONTHS)),
    "year": entity("DATE_TIME", _year),
    "time": entity("DATE_TIME", clock),
    "stamp": entity("DATE_TIME", stamp),
    "relative": entity("DATE_TIME", relative),
    "age": _age,
    "years": entity("DATE_TIME", lambda maker: str(maker.rng.randint(1, 99))),
    "range": _range,
    "when": one_of((entity("DATE_TIME", date), entity("DATE_TIME", relative)), (0.65, 0.35)),
}
