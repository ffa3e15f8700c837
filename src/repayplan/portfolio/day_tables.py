"""Tables of days: what the day counts and the frequencies ask about any day of four centuries.

Days are counted from 1970-01-01, as Arrow counts them; places in the tables from 1 January 1900.
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import Final

import attrs
import numpy as np

from repayplan.months import MonthEnd
from repayplan.portfolio.accounts import EPOCH
from repayplan.portfolio.columns import Days, Int64s, read_only

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "MONTHS",
    "SAFE_DAYS",
    "DayTable",
    "clamped",
    "day_table",
    "month_days",
    "months_after",
    "months_between",
    "places",
]

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2299
MONTHS: Final = 12 * (_LAST_YEAR - _FIRST_YEAR + 1)
"""How many months there are in the tables."""

FIRST_DAY: Final = datetime.date(_FIRST_YEAR, 1, 1).toordinal() - EPOCH
LAST_DAY: Final = datetime.date(_LAST_YEAR, 12, 31).toordinal() - EPOCH
SAFE_DAYS: Final = (
    datetime.date(_FIRST_YEAR + 1, 1, 1).toordinal() - EPOCH,
    datetime.date(_LAST_YEAR - 10, 12, 31).toordinal() - EPOCH,
)
"""The first and the last day from which a month back and the longest period on are still in the tables."""


@attrs.frozen(eq=False)
class DayTable:
    """What is known of each day, by its place."""

    year: Int64s
    month: Int64s
    """The month by its place in the months of the tables."""
    day: Int64s
    is_leap: Int64s
    """1 in a leap year, 0 in another."""
    new_year: Int64s
    """The 1 January of the day's year."""
    is_february_end: Int64s
    leap_days: Int64s
    """How many 29 Februaries there were before the day, counted from any."""


@cache
def day_table() -> DayTable:
    """Make the table, once, with one day more: some day counts ask about the day after a period's last."""
    days = np.arange(FIRST_DAY, LAST_DAY + 2).astype("datetime64[D]")
    years, months = days.astype("datetime64[Y]"), days.astype("datetime64[M]")
    year = years.astype(np.int64) + 1970
    month = months.astype(np.int64) + 12 * (1970 - _FIRST_YEAR)
    day = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    is_leap = ((year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))).astype(np.int64)
    is_february = month % 12 == 1
    is_leap_day = is_february & (day == 29)  # noqa: PLR2004  # that is what the day is called
    return DayTable(
        year=read_only(year),
        month=read_only(month),
        day=read_only(day),
        is_leap=read_only(is_leap),
        new_year=read_only(years.astype("datetime64[D]").astype(np.int64)),
        is_february_end=read_only((is_february & (day == 28 + is_leap)).astype(np.int64)),
        leap_days=read_only(np.cumsum(is_leap_day) - is_leap_day),
    )


@cache
def _month_starts() -> Int64s:
    """Give the first day of each month, and of the one after the last."""
    months = np.arange(MONTHS + 1) + 12 * (_FIRST_YEAR - 1970)
    return read_only(months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))


def clamped(months: Int64s, days: Int64s) -> Int64s:
    """Give a day of months, by their places, or the last one of those that do not have it."""
    starts = _month_starts()
    days_of_months: Int64s = np.minimum(starts[months] + days, starts[months + 1]) - 1
    return days_of_months


@cache
def month_days(day: int, month_end: MonthEnd) -> Int64s:
    """Give a day of each month, or what becomes of it where there is none."""
    days = clamped(np.arange(MONTHS), np.full(MONTHS, day))
    if month_end is MonthEnd.ROLL:
        days += _month_starts()[:-1] + day - 1 > days
    return read_only(days)


def places(days: Days) -> Int64s:
    """Give the places of days in the tables."""
    found: Int64s = days.astype(np.int64) - FIRST_DAY
    return found


def months_between(starts: Int64s, ends: Int64s) -> Int64s:
    """Count the months from days to later ones, a month begun counting as one."""
    table, at_start, at_end = day_table(), places(starts), places(ends)
    within = (at_start >= 0) & (ends <= LAST_DAY)
    at_start, at_end = np.where(within, at_start, 0), np.where(within, at_end, 0)
    months = table.month[at_end] - table.month[at_start]
    return months + (clamped(table.month[at_start] + months, table.day[at_start]) < np.where(within, ends, 0))


def months_after(starts: Int64s, months: int) -> Int64s:
    """Give the day a number of months after days, clamped; the one before the tables if it is not in them."""
    at_start = places(starts)
    at_start = np.where((at_start >= 0) & (starts <= LAST_DAY), at_start, -1)
    later = np.where(at_start < 0, MONTHS, day_table().month[at_start] + months)
    known = later < MONTHS
    return np.where(known, clamped(np.where(known, later, 0), day_table().day[at_start]), FIRST_DAY - 1)
