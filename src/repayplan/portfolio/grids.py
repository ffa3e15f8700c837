"""Due dates as places in one table: those of an account stand at a fixed distance from each other."""

from __future__ import annotations

from functools import cache
from itertools import product, starmap
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from repayplan.frequencies import EveryDays, EveryMonths, Frequency, SemiMonthly
from repayplan.months import LAST_DAY as LAST_OF_MONTH
from repayplan.months import SAFE_DAY, MonthEnd
from repayplan.portfolio.columns import Int32s, Int64s, Mask, read_only
from repayplan.portfolio.day_tables import FIRST_DAY, LAST_DAY, MONTHS, clamped, day_table, month_days, places
from repayplan.portfolio.names import known_frequency

if TYPE_CHECKING:
    from repayplan.portfolio.columns import Columns

__all__ = ["Grid", "GridTable", "grids_of"]

_MONTH_ENDS: Final = tuple(MonthEnd)
_ALL_DAYS: Final = LAST_DAY - FIRST_DAY + 1


class GridTable:
    """Tables of dates, one after the other.

    There is one of all days, one for every day of the month and what becomes of it, and one for each pair of
    such days, made when it is first asked for.
    """

    def __init__(self) -> None:
        """Start with the tables that are alike for everyone."""
        self._offsets: dict[tuple[SemiMonthly, MonthEnd], int] = {}
        self.days = _days_and_months()
        self.ends = np.array([_ALL_DAYS, *range(_ALL_DAYS + MONTHS, len(self.days) + 1, MONTHS)])

    @staticmethod
    def month_offsets(anchors: Int64s, month_ends: Int64s) -> Int64s:
        """Give where the tables of days of the month begin."""
        offsets: Int64s = _ALL_DAYS + MONTHS * (len(_MONTH_ENDS) * (anchors - 1) + month_ends)
        return offsets

    def pair_offset(self, frequency: SemiMonthly, month_end: MonthEnd) -> int:
        """Give where the table of a pair of days of the month begins."""
        key = (frequency, month_end)
        if key not in self._offsets:
            self._offsets[key] = len(self.days)
            self.days = np.concatenate([self.days, _pairs(*key)])
            self.ends = np.append(self.ends, len(self.days))
        return self._offsets[key]


@cache
def _days_and_months() -> Int32s:
    """Give all days, and those of the months by their day: of the first, the second, and so on."""
    every_day = np.arange(FIRST_DAY, LAST_DAY + 1)
    keys = product(range(1, LAST_OF_MONTH + 1), _MONTH_ENDS)
    return read_only(np.concatenate([every_day, *starmap(month_days, keys)]).astype(np.int32))


def _pairs(frequency: SemiMonthly, month_end: MonthEnd) -> Int32s:
    first, second = frequency.first_day, frequency.second_day
    is_last = second == LAST_OF_MONTH  # stands for the last day of the month, which never rolls
    columns = [month_days(first, month_end), month_days(second, MonthEnd.CLAMP if is_last else month_end)]
    return np.stack(columns, axis=1).ravel().astype(np.int32)


@attrs.frozen(eq=False)
class Grid:
    """Where the dates of accounts stand in the table.

    Attributes:
        first: The place of the first due date.
        stride: How many places on the next one stands.
        end: Where the account's own table ends.
        first_time: The time of the first period, and of a regular one, in parts of a year (nominal time).
        regular_time: As above.
        is_annual: Whether they come once a year.
        valid: Whether the tables know the dates, and the first one is a date of the frequency.
    """

    first: Int64s
    stride: Int64s
    end: Int64s
    first_time: tuple[Int64s, Int64s]
    regular_time: tuple[Int64s, Int64s]
    is_annual: Mask
    valid: Mask

    def taken(self, rows: Int64s) -> Grid:
        """Give some accounts."""
        (first, first_unit), (regular, regular_unit) = self.first_time, self.regular_time
        return Grid(
            self.first[rows],
            self.stride[rows],
            self.end[rows],
            (first[rows], first_unit[rows]),
            (regular[rows], regular_unit[rows]),
            self.is_annual[rows],
            self.valid[rows],
        )


def grids_of(columns: Columns, table: GridTable, month_ends: Int64s, by_days: Mask, known: Mask) -> Grid:
    """Give where the dates of accounts stand.

    Args:
        columns: The columns of the batch.
        table: The table, which grows by what is missing.
        month_ends: What becomes of a day that a month does not have, by its place among the members.
        by_days: Whether an irregular first period is measured by its days, as for ``ACTUAL_DAYS``.
        known: The rows whose days are in the tables; nothing is said of the others.
    """
    made = _Making(columns, table, month_ends, by_days)
    names = columns.texts("frequency")
    for code in [*range(len(names.names)), -1]:
        rows = np.flatnonzero((names.codes == code) & known)
        if len(rows):
            made.fill(rows, known_frequency(names.names[code]) if code >= 0 else Frequency.MONTHLY)
    return made.grid()


class _Making:
    """The grids of a batch while they are made, frequency by frequency."""

    def __init__(self, columns: Columns, table: GridTable, month_ends: Int64s, by_days: Mask) -> None:
        self._table, self._month_ends, self._by_days = table, month_ends, by_days
        self._starts = columns.numbers("starts_on").values
        self._firsts = columns.numbers("first_due").values
        self._anchors = columns.numbers("anchor_day")
        self._days = day_table()
        count = len(columns)
        self._place, self._stride = np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.int64)
        self._end = np.zeros(count, dtype=np.int64)
        self._time, self._time_unit = np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.int64)
        self._regular, self._regular_unit = self._time.copy(), self._time_unit.copy()
        self._valid, self._is_annual = np.zeros((2, count), dtype=np.bool_)

    def grid(self) -> Grid:
        return Grid(
            self._place,
            self._stride,
            self._end,
            (self._time, self._time_unit),
            (self._regular, self._regular_unit),
            self._is_annual,
            self._valid,
        )

    def fill(self, rows: Int64s, frequency: Frequency | None) -> None:
        """Place the dates of some rows that have one frequency."""
        if isinstance(frequency, EveryMonths):
            self._fill_months(rows, frequency)
        elif isinstance(frequency, EveryDays):
            self._fill_days(rows, frequency)
        elif isinstance(frequency, SemiMonthly):
            self._fill_pairs(rows, frequency)

    def _fill_days(self, rows: Int64s, frequency: EveryDays) -> None:
        starts, firsts = self._starts[rows], self._firsts[rows]
        self._put(rows, places(firsts), frequency.days, ~self._anchors.valid[rows])
        self._end[rows] = _ALL_DAYS
        self._put_times(rows, frequency, starts == firsts - frequency.days)
        self._measure_between(rows)

    def _fill_months(self, rows: Int64s, frequency: EveryMonths) -> None:
        starts, firsts, policies = self._starts[rows], self._firsts[rows], self._month_ends[rows]
        at_first = places(firsts)
        anchors = np.where(self._anchors.valid[rows], self._anchors.values[rows], self._days.day[at_first])
        valid = (anchors >= 1) & (anchors <= LAST_OF_MONTH)
        offsets = self._table.month_offsets(np.where(valid, anchors, 1), policies)
        rolls = policies == _MONTH_ENDS.index(MonthEnd.ROLL)
        origin = self._days.month[at_first]
        origin = origin - (rolls & (self._days.day[at_first] == 1) & (anchors > SAFE_DAY))
        dates = self._table.days
        valid &= dates[offsets + origin] == firsts
        self._put(rows, offsets + origin, frequency.months, valid)
        self._end[rows] = offsets + MONTHS
        months = frequency.months
        back = dates[offsets + np.maximum(origin - months, 0)] == starts
        at_start = places(starts)
        onwards = np.minimum(self._days.month[at_start] + months, MONTHS - 1)
        forwards = clamped(onwards, self._days.day[at_start]) == firsts
        self._put_times(rows, frequency, (back & (origin >= months)) | forwards)
        self._measure(rows, offsets, origin)

    def _fill_pairs(self, rows: Int64s, frequency: SemiMonthly) -> None:
        policies, firsts = self._month_ends[rows], self._firsts[rows]
        pair = (frequency.first_day, frequency.second_day)
        valid = ~self._anchors.valid[rows]
        rolls = policies == _MONTH_ENDS.index(MonthEnd.ROLL)
        if pair[0] == 1 and SAFE_DAY < pair[1] < LAST_OF_MONTH:
            valid &= ~rolls
        clamped_at, rolled_at = (self._table.pair_offset(frequency, month_end) for month_end in _MONTH_ENDS)
        offsets = np.where(rolls, rolled_at, clamped_at)
        dates, this_month = self._table.days, 2 * self._days.month[places(firsts)]
        origin, found = this_month, dates[offsets + this_month] == firsts
        for other in (this_month + 1, this_month - 1):
            stands = ~found & (dates[offsets + other] == firsts)
            origin, found = np.where(stands, other, origin), found | stands
        self._put(rows, offsets + origin, 1, valid & found)
        self._end[rows] = offsets + 2 * MONTHS
        self._put_times(rows, frequency, dates[offsets + origin - 1] == self._starts[rows])
        self._measure_between(rows)

    def _put(self, rows: Int64s, place: Int64s, stride: int, valid: Mask) -> None:
        self._place[rows], self._stride[rows], self._valid[rows] = place, stride, valid

    def _put_times(self, rows: Int64s, frequency: Frequency, is_regular: Mask) -> None:
        """Give both periods the regular time; -1 stands for a first one that is to be measured."""
        regular, unit = (1 / frequency.periods_per_year).as_integer_ratio()
        self._regular[rows], self._regular_unit[rows] = regular, unit
        self._is_annual[rows] = frequency == Frequency.ANNUAL
        self._time[rows], self._time_unit[rows] = np.where(is_regular, regular, -1), unit
        days = rows[~is_regular & self._by_days[rows]]
        self._time[days], self._time_unit[days] = self._firsts[days] - self._starts[days], 365

    def _measure_between(self, rows: Int64s) -> None:
        """Measure by the first date's own day of the month, or the start's where that is missing."""
        rows = rows[self._time[rows] < 0]
        at_start, at_first = places(self._starts[rows]), places(self._firsts[rows])
        own, other = self._days.day[at_first], self._days.day[at_start]
        is_last = self._days.month[at_first + 1] > self._days.month[at_first]
        anchors = np.where((other > own) & is_last, other, own)
        offsets = self._table.month_offsets(anchors, np.full(len(rows), _MONTH_ENDS.index(MonthEnd.CLAMP)))
        self._measure_rows(rows, offsets, self._days.month[at_first])

    def _measure(self, rows: Int64s, offsets: Int64s, origin: Int64s) -> None:
        irregular = self._time[rows] < 0
        self._measure_rows(rows[irregular], offsets[irregular], origin[irregular])

    def _measure_rows(self, rows: Int64s, offsets: Int64s, origin: Int64s) -> None:
        """Count whole months back from the first date, and then the odd days."""
        starts, dates = self._starts[rows], self._table.days
        at_start = places(starts)
        at_first = places(self._firsts[rows])
        months = self._days.month[at_first] - self._days.month[at_start] + (self._days.day[at_start] == 1)
        while (too_far := (months > 0) & (dates[offsets + origin - months] < starts)).any():
            months = months - too_far
        odd = dates[offsets + origin - months] - starts
        self._time[rows], self._time_unit[rows] = 30 * months + odd, 360
