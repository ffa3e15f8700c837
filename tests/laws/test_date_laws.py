"""The date half of law 2: dates go on, moves end, and both agree with slow, obvious oracles."""

from __future__ import annotations

import calendar as months
import datetime as dt

import pendulum
from hypothesis import given
from hypothesis import strategies as st

from repayplan.calendars import BusinessDayConvention, Calendar, CalendarLike
from repayplan.dates import due_dates
from repayplan.frequencies import EveryDays, EveryMonths, Frequency, SemiMonthly
from repayplan.months import MonthEnd, month_grid, months_and_days
from tests.laws.strategies import (
    calendars,
    conventions,
    dates,
    explicit_calendars,
    function_calendars,
    month_ends,
    spans,
    starts,
    weekend_calendars,
)

COUNTS = st.integers(1, 40)


def is_open(calendar: CalendarLike, day: dt.date) -> bool:
    ask = calendar.is_business_day if isinstance(calendar, Calendar) else calendar
    return ask(pendulum.Date(day.year, day.month, day.day))


def first_open(calendar: CalendarLike, day: dt.date, step: int) -> dt.date:
    while not is_open(calendar, day):
        day += dt.timedelta(days=step)
    return day


def closed_run(calendar: CalendarLike, day: dt.date) -> int:
    """Length of the run of closed days about ``day``, 0 if it is open."""
    if is_open(calendar, day):
        return 0
    return (first_open(calendar, day, 1) - first_open(calendar, day, -1)).days - 1


def moved_by_definition(day: dt.date, convention: BusinessDayConvention, calendar: CalendarLike) -> dt.date:
    if convention is BusinessDayConvention.NO_ADJUST:
        return day
    after, before = first_open(calendar, day, 1), first_open(calendar, day, -1)
    leaves_month = {
        BusinessDayConvention.MODIFIED_FOLLOWING: (after.year, after.month) != (day.year, day.month),
        BusinessDayConvention.MODIFIED_PRECEDING: (before.year, before.month) != (day.year, day.month),
    }
    backwards = {
        BusinessDayConvention.FOLLOWING: False,
        BusinessDayConvention.PRECEDING: True,
        BusinessDayConvention.MODIFIED_FOLLOWING: leaves_month[BusinessDayConvention.MODIFIED_FOLLOWING],
        BusinessDayConvention.MODIFIED_PRECEDING: not leaves_month[BusinessDayConvention.MODIFIED_PRECEDING],
        BusinessDayConvention.NEAREST: day - before < after - day,
    }
    return before if backwards[convention] else after


def in_month(year: int, month: int, day: int, month_end: MonthEnd) -> dt.date:
    """``day`` of a month counted from 0, by the tables of the standard library."""
    year, month = year + month // 12, month % 12 + 1
    length = months.monthrange(year, month)[1]
    if day <= length:
        return dt.date(year, month, day)
    last = dt.date(year, month, length)
    return last if month_end is MonthEnd.CLAMP else last + dt.timedelta(days=1)


def scheduled_by_definition(
    frequency: Frequency, first: dt.date, count: int, month_end: MonthEnd
) -> list[dt.date]:
    if isinstance(frequency, EveryDays):
        return [first + dt.timedelta(days=k * frequency.days) for k in range(count)]
    if isinstance(frequency, EveryMonths):
        month = first.month - 1
        return [
            in_month(first.year, month + k * frequency.months, first.day, month_end) for k in range(count)
        ]
    assert isinstance(frequency, SemiMonthly)
    last_policy = MonthEnd.CLAMP if frequency.second_day == 31 else month_end
    found: list[dt.date] = []
    for k in range(count + 1):
        month = first.month - 1 + k
        found.append(in_month(first.year, month, frequency.first_day, MonthEnd.CLAMP))
        found.append(in_month(first.year, month, frequency.second_day, last_policy))
    return found[:count]


def may_roll(frequency: Frequency) -> bool:
    """Whether no two dates of the frequency meet on 1 March under ROLL."""
    return not (
        isinstance(frequency, SemiMonthly) and frequency.first_day == 1 and frequency.second_day in {29, 30}
    )


# ------------------------------------------------------------------------------------------ scheduled dates


@given(starts(), COUNTS, month_ends())
def test_scheduled_dates_are_the_anchor_and_whole_periods(
    start: tuple[Frequency, pendulum.Date], count: int, month_end: MonthEnd
) -> None:
    frequency, first = start
    policy = month_end if may_roll(frequency) else MonthEnd.CLAMP
    assert list(due_dates(first, frequency, count, month_end=policy)) == scheduled_by_definition(
        frequency, first, count, policy
    )


@given(dates(), st.integers(1, 24), COUNTS)
def test_clamped_dates_are_those_of_pendulum_added_to_the_anchor(
    first: pendulum.Date, every: int, count: int
) -> None:
    frequency = Frequency.every_months(every)
    assert list(due_dates(first, frequency, count)) == [first.add(months=k * every) for k in range(count)]


@given(starts(), COUNTS, month_ends())
def test_scheduled_dates_go_on_from_the_first(
    start: tuple[Frequency, pendulum.Date], count: int, month_end: MonthEnd
) -> None:
    frequency, first = start
    policy = month_end if may_roll(frequency) else MonthEnd.CLAMP
    found = due_dates(first, frequency, count, month_end=policy)
    assert found[0] == first
    assert len(set(found)) == len(found) == count
    assert list(found) == sorted(found)
    assert {type(day) for day in found} == {pendulum.Date}


@given(dates(), month_ends(), st.integers(0, 60), st.integers(0, 60))
def test_an_anchor_comes_back_wherever_the_count_begins(
    anchor: pendulum.Date, month_end: MonthEnd, skipped: int, count: int
) -> None:
    whole = due_dates(anchor, Frequency.MONTHLY, skipped + count + 1, month_end=month_end)
    rest = due_dates(whole[skipped], Frequency.MONTHLY, count + 1, anchor_day=anchor.day, month_end=month_end)
    assert rest == whole[skipped:]


@given(starts(), month_ends(), st.integers(1, 30))
def test_a_grid_counted_back_leads_forwards_to_the_same_dates(
    start: tuple[Frequency, pendulum.Date], month_end: MonthEnd, back: int
) -> None:
    frequency, first = start
    policy = month_end if may_roll(frequency) else MonthEnd.CLAMP
    place = frequency.grid(first, None, policy)
    walked = [place(k) for k in range(-back, 1)]
    assert walked == sorted(set(walked))
    assert walked[-1] == first
    assert frequency.is_one_period(walked[-2], place)


@given(dates(), st.integers(1, 120))
def test_clamped_and_rolled_dates_differ_by_a_day_where_the_day_is_missing_only(
    first: pendulum.Date, count: int
) -> None:
    clamped = due_dates(first, Frequency.MONTHLY, count, month_end=MonthEnd.CLAMP)
    rolled = due_dates(first, Frequency.MONTHLY, count, month_end=MonthEnd.ROLL)
    for low, high in zip(clamped, rolled, strict=True):
        assert high.toordinal() - low.toordinal() == int(low.day < first.day)


# ------------------------------------------------------------------------------------------ moves


@given(st.data(), dates(), conventions())
def test_a_move_is_the_one_that_the_convention_defines(
    data: st.DataObject, day: pendulum.Date, convention: BusinessDayConvention
) -> None:
    calendar = data.draw(calendars(day))
    moved = convention.adjust(day, calendar)
    assert moved == moved_by_definition(day, convention, calendar)
    assert type(moved) is pendulum.Date


@given(st.data(), dates(), conventions())
def test_a_moved_day_is_open_and_no_farther_than_the_closed_run(
    data: st.DataObject, day: pendulum.Date, convention: BusinessDayConvention
) -> None:
    calendar = data.draw(st.one_of(weekend_calendars(), explicit_calendars(day), function_calendars()))
    moved = convention.adjust(day, calendar)
    if convention is BusinessDayConvention.NO_ADJUST:
        assert moved == day
    else:
        assert is_open(calendar, moved)
        assert abs(moved.toordinal() - day.toordinal()) <= closed_run(calendar, day)
        assert convention.adjust(moved, calendar) == moved


@given(st.data(), starts(), COUNTS, conventions(), month_ends())
def test_due_dates_never_go_back(
    data: st.DataObject,
    start: tuple[Frequency, pendulum.Date],
    count: int,
    convention: BusinessDayConvention,
    month_end: MonthEnd,
) -> None:
    frequency, first = start
    policy = month_end if may_roll(frequency) else MonthEnd.CLAMP
    calendar = data.draw(calendars(first))
    scheduled = due_dates(first, frequency, count, month_end=policy)
    due = due_dates(first, frequency, count, calendar=calendar, convention=convention, month_end=policy)
    assert list(due) == sorted(due)
    assert list(due) == [moved_by_definition(day, convention, calendar) for day in scheduled]


@given(
    dates(),
    st.integers(330, 366),
    st.sets(st.integers(-25, 25), min_size=1, max_size=2),
    st.lists(st.integers(-30, 30), min_size=1, max_size=4),
    conventions(),
)
def test_moves_keep_their_order_and_their_definition_over_the_longest_closed_runs(
    centre: pendulum.Date, cycle: int, opened: set[int], steps: list[int], convention: BusinessDayConvention
) -> None:
    # With open days a year apart, the same month comes round again on the way.
    residues = {(centre.toordinal() + offset) % cycle for offset in opened}

    def calendar(day: pendulum.Date) -> bool:
        return day.toordinal() % cycle in residues

    days = [centre.add(days=step) for step in sorted(steps)]
    moved = [convention.adjust(day, calendar) for day in days]
    assert moved == [moved_by_definition(day, convention, calendar) for day in days]
    assert moved == sorted(moved)


# ------------------------------------------------------------------------------------------ months and days


@given(spans(), month_ends())
def test_months_and_days_lead_back_from_the_end_to_the_start(
    span: tuple[pendulum.Date, pendulum.Date], month_end: MonthEnd
) -> None:
    start, end = span
    place = month_grid(end, None, month_end)
    whole, odd = months_and_days(start, place)
    assert whole >= 0
    assert odd >= 0
    assert place(-whole).subtract(days=odd) == start
    assert place(-whole - 1) < start
