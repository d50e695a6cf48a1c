"""Dates of birth inside numbers. The year has two digits mostly, so 29 February is let pass in any year."""

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_day(day: str, month: str, *, days: tuple[int, ...] = (0,), months: tuple[int, ...] = (0,)) -> bool:
    """Say whether there is such a day, if `days` and `months` may have been added to it and its month.

    States add to them to tell sexes, centuries and foreigners apart.
    """
    return any(_is_day(int(day) - more, int(month) - later) for more in days for later in months)


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1]
