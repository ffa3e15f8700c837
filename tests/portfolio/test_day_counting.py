"""Day counts over columns are those of the scalar path, for every pair of days that is hard."""

from __future__ import annotations

import datetime as dt

import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import numpy as np

import repayplan as rp
from repayplan.portfolio.accounts import EPOCH
from repayplan.portfolio.day_counting import times_of
from repayplan.portfolio.day_tables import LAST_DAY, months_between

YEARS = (1901, 1999, 2000, 2027, 2028, 2100)
ENDS = (
    (1, 1),
    (1, 30),
    (1, 31),
    (2, 1),
    (2, 27),
    (2, 28),
    (2, 29),
    (3, 1),
    (3, 30),
    (3, 31),
    (12, 30),
    (12, 31),
)
DAYS = [
    dt.date(year, month, day)
    for year in YEARS
    for month, day in ENDS
    if (month, day) != (2, 29) or year in {2000, 2028}
]
PAIRS = [(start, end) for start in DAYS for end in DAYS if start <= end]


def days_of(dates: list[dt.date]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([day.toordinal() - EPOCH for day in dates])


@pytest.mark.parametrize("annual", [False, True])
@pytest.mark.parametrize("matures", [False, True])
@pytest.mark.parametrize("day_count", [count for count in rp.DayCount if count is not rp.DayCount.NOMINAL])
def test_times_are_those_of_the_scalar_path(
    day_count: rp.DayCount,
    matures: bool,  # noqa: FBT001  # a parameter of a test
    annual: bool,  # noqa: FBT001  # as above
) -> None:
    starts, ends = ([pair[place] for pair in PAIRS] for place in (0, 1))
    maturities = ends if matures else [dt.date(2200, 1, 1)] * len(PAIRS)
    times, units = times_of(
        day_count, days_of(starts), days_of(ends), days_of(maturities), np.full(len(PAIRS), annual)
    )
    expected = [
        day_count.ratio(start, end, maturity, annual)
        for (start, end), maturity in zip(PAIRS, maturities, strict=True)
    ]
    found = zip(times.tolist(), np.broadcast_to(units, times.shape).tolist(), strict=True)
    assert [time * unit for time, (_, unit) in zip(times.tolist(), expected, strict=True)] == [
        part * unit for (part, _), (_, unit) in zip(expected, found, strict=True)
    ]


@pytest.mark.parametrize("day_count", [count for count in rp.DayCount if count is not rp.DayCount.NOMINAL])
def test_the_last_day_of_the_tables_is_counted_too(day_count: rp.DayCount) -> None:
    start, end = dt.date(2298, 12, 31), dt.date(2299, 12, 31)
    assert days_of([end]).tolist() == [LAST_DAY]
    times, units = times_of(day_count, days_of([start]), days_of([end]), days_of([end]), np.array([True]))
    time, unit = day_count.ratio(start, end, end, True)  # noqa: FBT003  # as the scalar path asks it
    assert int(times[0]) * unit == time * int(np.broadcast_to(units, 1)[0])


def test_a_month_begun_counts_as_one() -> None:
    starts = [dt.date(2026, 1, 31)] * 4
    ends = [dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2027, 2, 1)]
    assert months_between(days_of(starts), days_of(ends)).tolist() == [0, 1, 2, 13]
