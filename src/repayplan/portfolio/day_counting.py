"""Day counts over columns of days: the time of each period as numerator and denominator.

Each function is that of :mod:`repayplan.daycounts` with the same name, over arrays; the laws hold them equal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from repayplan.daycounts import DayCount
from repayplan.portfolio.columns import Int64s, Mask
from repayplan.portfolio.day_tables import DayTable, clamped, day_table, places

__all__ = ["UNIT_MAX", "times_of"]

Times: TypeAlias = tuple[Int64s, Int64s | int]
"""Numerators, and denominators or the one of all."""
_Count: TypeAlias = Callable[[DayTable, Int64s, Int64s, Int64s, Mask], Times]

UNIT_MAX: Final = 365 * 366
"""The greatest denominator of a time."""
_THIRTY: Final = 30


def times_of(day_count: DayCount, starts: Int64s, ends: Int64s, maturities: Int64s, annual: Mask) -> Times:
    """Give the time from each start to its end; ``NOMINAL`` does not go by days.

    Args:
        day_count: How days become a part of a year.
        starts: The first day of each period, since 1970.
        ends: The last day, which does not count.
        maturities: The last day of all.
        annual: Whether payments fall due once a year.
    """
    return _COUNTS[day_count](day_table(), places(starts), places(ends), places(maturities), annual)


def _over(unit: int) -> _Count:
    def count(_table: DayTable, starts: Int64s, ends: Int64s, *_: Int64s | Mask) -> Times:
        return ends - starts, unit

    return count


def _act_365l(table: DayTable, starts: Int64s, ends: Int64s, _maturities: Int64s, annual: Mask) -> Times:
    holds_leap_day = table.leap_days[ends + 1] > table.leap_days[starts + 1]
    return ends - starts, 365 + np.where(annual, holds_leap_day, table.is_leap[ends])


def _act_act_isda(table: DayTable, starts: Int64s, ends: Int64s, *_: Int64s | Mask) -> Times:
    return _split_by_year(table, starts, ends)


def _act_act_year_end(table: DayTable, starts: Int64s, ends: Int64s, *_: Int64s | Mask) -> Times:
    return _split_by_year(table, starts + 1, ends + 1)


def _split_by_year(table: DayTable, starts: Int64s, ends: Int64s) -> Times:
    first_length, last_length = 365 + table.is_leap[starts], 365 + table.is_leap[ends]
    first_new_year, last_new_year = places(table.new_year[starts]), places(table.new_year[ends])
    opening, closing = first_new_year + first_length - starts, ends - last_new_year
    years = table.year[ends] - table.year[starts] - 1
    split = opening * last_length + closing * first_length + years * first_length * last_length
    whole = years < 0
    return np.where(whole, ends - starts, split), np.where(whole, first_length, first_length * last_length)


def _act_act_afb(table: DayTable, starts: Int64s, ends: Int64s, *_: Int64s | Mask) -> Times:
    years = table.year[ends] - table.year[starts]
    years = years - ((years > 0) & (_years_before(table, ends, years) < starts))
    stub_ends = _years_before(table, ends, years)
    length = 365 + (table.leap_days[stub_ends] > table.leap_days[starts])
    return years * length + stub_ends - starts, length


def _years_before(table: DayTable, days: Int64s, years: Int64s) -> Int64s:
    return places(clamped(table.month[days] - 12 * years, table.day[days]))


def _act_act_start_year(table: DayTable, starts: Int64s, ends: Int64s, *_: Int64s | Mask) -> Times:
    return ends - starts, 365 + table.is_leap[starts]


def _thirty_360_us(table: DayTable, starts: Int64s, ends: Int64s, *_: Int64s | Mask) -> Times:
    start_days, end_days = table.day[starts], table.day[ends]
    ends_february = table.is_february_end[starts] == 1
    start_days = np.where(ends_february, _THIRTY, start_days)
    end_days = np.where(ends_february & (table.is_february_end[ends] == 1), _THIRTY, end_days)
    end_days = np.where((end_days > _THIRTY) & (start_days >= _THIRTY), _THIRTY, end_days)
    return _thirty_days(table, starts, np.minimum(start_days, _THIRTY), ends, end_days)


def _thirty_e_360(table: DayTable, starts: Int64s, ends: Int64s, *_: Int64s | Mask) -> Times:
    start_days, end_days = (np.minimum(table.day[days], _THIRTY) for days in (starts, ends))
    return _thirty_days(table, starts, start_days, ends, end_days)


def _thirty_e_360_isda(
    table: DayTable, starts: Int64s, ends: Int64s, maturities: Int64s, _annual: Mask
) -> Times:
    start_days, end_days = (np.minimum(table.day[days], _THIRTY) for days in (starts, ends))
    start_days = np.where(table.is_february_end[starts] == 1, _THIRTY, start_days)
    becomes_thirty = (table.is_february_end[ends] == 1) & (ends != maturities)
    end_days = np.where(becomes_thirty, _THIRTY, end_days)
    time, unit = _thirty_days(table, starts, start_days, ends, end_days)
    return np.where(starts == ends, 0, time), unit


def _thirty_days(
    table: DayTable, starts: Int64s, start_days: Int64s, ends: Int64s, end_days: Int64s
) -> Times:
    time = _THIRTY * (table.month[ends] - table.month[starts]) + end_days - start_days
    return time, 360


_COUNTS: Final[dict[DayCount, _Count]] = {
    DayCount.ACT_365F: _over(365),
    DayCount.ACT_360: _over(360),
    DayCount.ACT_364: _over(364),
    DayCount.ACT_365L: _act_365l,
    DayCount.ACT_ACT_ISDA: _act_act_isda,
    DayCount.ACT_ACT_YEAR_END: _act_act_year_end,
    DayCount.ACT_ACT_AFB: _act_act_afb,
    DayCount.ACT_ACT_START_YEAR: _act_act_start_year,
    DayCount.THIRTY_360_US: _thirty_360_us,
    DayCount.THIRTY_E_360: _thirty_e_360,
    DayCount.THIRTY_E_360_ISDA: _thirty_e_360_isda,
}
