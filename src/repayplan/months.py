"""Months: dates on one day of every month, counted from the anchor and never from the date before."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeAlias

import pendulum

from repayplan.checks import check_count, check_instance
from repayplan.errors import DateError
from repayplan.values import Enumeration

__all__ = [
    "LAST_DAY",
    "SAFE_DAY",
    "DateGrid",
    "MonthEnd",
    "date_in_month",
    "month_grid",
    "month_index",
    "months_and_days",
    "months_and_days_between",
    "out_of_years",
]

DateGrid: TypeAlias = Callable[[int], pendulum.Date]
"""Dates by their place: 0 is the first, 1 the next, -1 the one before."""

SAFE_DAY: Final = 28
"""The last day that every month has."""
LAST_DAY: Final = 31
"""The day that stands for the last of a month."""

_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 1
_DATES_KEPT = 1 << 14
"""Every day of the month for 44 years."""


class MonthEnd(Enumeration):
    """What becomes of a day that a month does not have, such as 31 February."""

    CLAMP = "clamp"
    """It becomes the last day of that month."""
    ROLL = "roll"
    """It becomes the first day of the next month."""


def month_grid(first: pendulum.Date, anchor_day: int | None, month_end: MonthEnd) -> DateGrid:
    """Give the dates on the anchor's day of the month, one a month, ``first`` being place 0."""
    if anchor_day is None:
        day = first.day
    else:
        day = check_count(anchor_day, "anchor_day", minimum=1, maximum=LAST_DAY, error=DateError)
    check_instance(month_end, MonthEnd, "month_end")
    origin = month_index(first)
    if month_end is MonthEnd.ROLL and first.day == 1 and day > SAFE_DAY:
        origin -= 1  # a first date that has itself rolled belongs to the month before
    if date_in_month(origin, day, month_end) != first:
        message = f"expected a date on the anchor day {day}, got {first}; change one of them"
        raise DateError("date.anchor", "anchor_day", message, {"anchor_day": day, "first": first})
    if month_end is MonthEnd.ROLL:
        return lambda k: date_in_month(origin + k, day, month_end)
    return lambda k: _clamped(origin + k, day)


@lru_cache(maxsize=_DATES_KEPT)
def _clamped(index: int, day: int) -> pendulum.Date:
    """Give what :func:`date_in_month` gives with ``CLAMP``; most schedules share the same few dates."""
    return date_in_month(index, day, MonthEnd.CLAMP)


def months_and_days(start: pendulum.Date, place: DateGrid) -> tuple[int, int]:
    """Measure from ``start`` to place 0 of a monthly grid: whole months back from it, then the odd days.

    Source: 12 CFR 1026, Appendix J (b)(5), which counts unit-periods back from the later date.
    """
    end = place(0)
    # The month before that of the start counts too where its day may have rolled onto the 1st.
    may_roll = start.day == 1 and start > pendulum.Date.min
    months = month_index(end) - month_index(start) + may_roll
    while months > 0 and place(-months) < start:
        months -= 1
    return months, place(-months).toordinal() - start.toordinal()


def months_and_days_between(start: pendulum.Date, end: pendulum.Date) -> tuple[int, int]:
    """Measure between two dates of which neither is anchored: whole months back from the later, odd days.

    An end of a month that has no such day as the start's stands for that day: from 31 January to 28 February
    is a month.
    """
    is_clamped = start.day > end.day == _month_length(end.year, end.month - 1)
    return months_and_days(start, month_grid(end, start.day if is_clamped else None, MonthEnd.CLAMP))


def month_index(day: datetime.date) -> int:
    """Number the months since the year 0."""
    return 12 * day.year + day.month - 1


LAST_MONTH: Final = month_index(datetime.date.max)
"""The last month that a date can be in."""


def date_in_month(index: int, day: int, month_end: MonthEnd) -> pendulum.Date:
    """Give a day of the month with this index, or what ``month_end`` makes of a day that it does not have."""
    year, month = divmod(index, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise out_of_years()
    if day <= SAFE_DAY or day <= (length := _month_length(year, month)):
        return pendulum.Date(year, month + 1, day)
    if month_end is MonthEnd.CLAMP:
        return pendulum.Date(year, month + 1, length)
    return date_in_month(index + 1, 1, month_end)


def _month_length(year: int, month: int) -> int:
    leap = month == _FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTH_LENGTHS[month] + leap


def out_of_years() -> DateError:
    """Say that a date would fall outside what a calendar date can be."""
    message = "a due date would fall outside the years 1 to 9999; shorten the term"
    return DateError("date.range", "due_dates", message)
