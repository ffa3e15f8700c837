"""The time and the rates of the second engine: day counts, periods, rate steps."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import repayplan as rp
from tests.laws.oracle_dates import (
    anchor_and_home,
    date_before_the_first,
    day_in_month,
    days_between,
    is_leap,
    length_of,
    month_index,
    places,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.laws.oracle_dates import Stop

Step = tuple[datetime.date, rp.Rate]


@dataclass(frozen=True)
class Period:
    """The time of one row: places and scheduled dates for nominal time, accrual dates for the other kinds."""

    free: bool
    first_place: int
    last_place: int
    measured: bool
    scheduled: tuple[datetime.date, datetime.date]
    accrued: tuple[datetime.date, datetime.date]


# --- periods


def periods_of(terms: rp.Terms, stops: Iterable[Stop]) -> Iterator[Period]:
    """Give the period of each row: from the row before, or from the last free place if that is later."""
    free_places = terms.grace.interest_free
    place = -1
    scheduled = accrued = plain(terms.starts_on)
    for stop in stops:
        if place < free_places - 1 < stop.index:
            place = free_places - 1
            scheduled = accrued = next(day.scheduled_for for day in places(terms) if day.index == place)
        end = stop.due_on if terms.accrue_to.name == "DUE" else stop.scheduled_for
        yield Period(
            free=stop.index < free_places,
            first_place=place,
            last_place=stop.index,
            measured=stop.off_grid or hasattr(terms.frequency, "dates"),
            scheduled=(scheduled, stop.scheduled_for),
            accrued=(accrued, end),
        )
        place, scheduled, accrued = stop.index, stop.scheduled_for, end


def factors_of(
    terms: rp.Terms, periods: Sequence[Period], steps: Sequence[Step] | None = None
) -> list[Fraction]:
    """Give the rate of each period of a schedule of known length."""
    maturity = periods[-1].accrued[1]
    return [factor(terms, period, maturity, steps) for period in periods]


def factor(
    terms: rp.Terms, period: Period, maturity: datetime.date | None, steps: Sequence[Step] | None = None
) -> Fraction:
    """Give the rate of one period: the sum over the parts between the dates on which the rate changes."""
    if period.free:
        return Fraction(0)
    steps = rate_steps(terms) if steps is None else steps
    opens = [datetime.date.min, *(day for day, _ in steps[1:])]
    closes = [*opens[1:], datetime.date.max]
    return sum(
        (
            part_of_period(terms, period, rate, (first, last), maturity)
            for (_, rate), first, last in zip(steps, opens, closes, strict=True)
        ),
        Fraction(0),
    )


def rate_steps(terms: rp.Terms) -> list[Step]:
    """Give the rates, each with the date from which it holds."""
    rate = terms.rate
    return [(terms.starts_on, rate)] if isinstance(rate, rp.Rate) else list(rate.steps)


def part_of_period(
    terms: rp.Terms,
    period: Period,
    rate: rp.Rate,
    window: tuple[datetime.date, datetime.date],
    maturity: datetime.date | None,
) -> Fraction:
    """Give the rate of what lies of a period between two dates."""
    nominal = terms.day_count.name == "NOMINAL" and rate.unit.name != "DAY"
    start, end = period.scheduled if nominal else period.accrued
    first, last = max(start, window[0]), min(end, window[1])
    if first >= last:
        return Fraction(0)
    if rate.unit.name == "DAY":
        return rate.value * days_between(first, last)
    yearly = rate.value * 12 if rate.unit.name == "MONTH" else rate.value
    if nominal:
        share = Fraction(days_between(first, last), days_between(start, end))
        return yearly * nominal_time(terms, period) * share
    return yearly * year_fraction(terms, first, last, maturity)


# --- nominal time


def nominal_time(terms: rp.Terms, period: Period) -> Fraction:
    """Give the time of a period by convention, without regard to the days of its months."""
    if period.measured:
        return months_and_days(*period.scheduled)
    yearly = periods_per_year(terms.frequency)
    if period.first_place == -1:
        return first_time(terms) + period.last_place / yearly
    return (period.last_place - period.first_place) / yearly


def first_time(terms: rp.Terms) -> Fraction:
    """Give the time from the start to place 0."""
    if first_is_regular(terms):
        return 1 / periods_per_year(terms.frequency)
    if terms.first_period.name == "ACTUAL_DAYS":
        return Fraction(days_between(terms.starts_on, terms.first_due), 365)
    return nominal_stub(terms)


def periods_per_year(frequency: rp.Frequency) -> Fraction:
    """Give the periods in a year by convention."""
    days, months = getattr(frequency, "days", None), getattr(frequency, "months", None)
    if days is not None:
        return Fraction(364 if days % 7 == 0 else 365, days)
    return Fraction(24) if months is None else Fraction(12, months)


def first_is_regular(terms: rp.Terms) -> bool:
    """Tell whether the first period is one period long, seen from its start or from its end."""
    months = getattr(terms.frequency, "months", None)
    if months is None:
        return date_before_the_first(terms) == terms.starts_on
    start, first = terms.starts_on, terms.first_due
    own_month = month_index(start) + months
    return months_earlier(terms, months) == start or (
        own_month == month_index(first) and first.day == min(start.day, length_of(own_month))
    )


def nominal_stub(terms: rp.Terms) -> Fraction:
    """Give whole months / 12 plus odd days / 360, the months counted back from the first due date."""
    if not hasattr(terms.frequency, "months"):
        return months_and_days(terms.starts_on, terms.first_due)
    months = 0
    while months_earlier(terms, months + 1) >= terms.starts_on:
        months += 1
    odd = days_between(terms.starts_on, months_earlier(terms, months))
    return Fraction(months, 12) + Fraction(odd, 360)


def months_earlier(terms: rp.Terms, months: int) -> datetime.date:
    """Give the day in the month so many months before the first due date, on its anchor."""
    anchor, home = anchor_and_home(terms)
    return day_in_month(home - months, anchor, terms.month_end.name)


def months_and_days(start: datetime.date, end: datetime.date) -> Fraction:
    """Give whole months / 12 plus odd days / 360, the months counted back from the end.

    They are counted on its own day, or on the start's where the end stands for that day in a shorter month.
    """
    ends_month = end.day == calendar.monthrange(end.year, end.month)[1]
    day = max(start.day, end.day) if ends_month else end.day
    months = 0
    while day_in_month(month_index(end) - months - 1, day, "CLAMP") >= start:
        months += 1
    odd = days_between(start, day_in_month(month_index(end) - months, day, "CLAMP"))
    return Fraction(months, 12) + Fraction(odd, 360)


# --- day counts


def year_fraction(
    terms: rp.Terms, start: datetime.date, end: datetime.date, maturity: datetime.date | None
) -> Fraction:
    """Give the part of a year between two dates, of which the second is the later."""
    name = terms.day_count.name
    if name in {"ACT_ACT_ISDA", "ACT_ACT_YEAR_END"}:
        return day_by_day(start, end, ahead=1 if name == "ACT_ACT_YEAR_END" else 0)
    if name == "ACT_ACT_AFB":
        return afb(start, end)
    if name.startswith("ACT_"):
        return Fraction(days_between(start, end), year_length(terms, start, end))
    first, last = thirty_day_ends(name, start, end, maturity)
    months = month_index(end) - month_index(start)
    return Fraction(30 * months + last - first, 360)


def year_length(terms: rp.Terms, start: datetime.date, end: datetime.date) -> int:
    """Give the length of the year over which all days are counted."""
    match terms.day_count.name:
        case "ACT_ACT_START_YEAR":
            leap = is_leap(start.year)
        case "ACT_365L":
            annual = not hasattr(terms.frequency, "dates") and periods_per_year(terms.frequency) == 1
            leap = has_leap_day(start, end, ahead=1) if annual else is_leap(end.year)
        case name:
            return {"ACT_365F": 365, "ACT_360": 360, "ACT_364": 364}[name]
    return 366 if leap else 365


def day_by_day(start: datetime.date, end: datetime.date, ahead: int) -> Fraction:
    """Count each day over the length of the year in which it lies, or the day so many days ahead."""
    days = {True: 0, False: 0}
    for year in range(start.year, end.year + 2):
        opens = max(start.toordinal(), ordinal_of_new_year(year) - ahead)
        closes = min(end.toordinal(), ordinal_of_new_year(year + 1) - ahead)
        days[is_leap(year)] += max(0, closes - opens)
    return Fraction(days[True], 366) + Fraction(days[False], 365)


def ordinal_of_new_year(year: int) -> int:
    """Number 1 January of a year, those after the last year of the calendar included."""
    past = year - 1
    return 365 * past + past // 4 - past // 100 + past // 400 + 1


def afb(start: datetime.date, end: datetime.date) -> Fraction:
    """Count whole years back from the end, each to its own day of the month, and the rest over 366 or 365."""
    years = 0
    while end.year - years > 1 and years_earlier(end, years + 1) >= start:
        years += 1
    rest = years_earlier(end, years)
    return years + Fraction(days_between(start, rest), 366 if has_leap_day(start, rest, ahead=0) else 365)


def years_earlier(day: datetime.date, years: int) -> datetime.date:
    """Give the same day so many years before, the 28th where there is no 29 February."""
    return day_in_month(month_index(day) - 12 * years, day.day, "CLAMP")


def has_leap_day(start: datetime.date, end: datetime.date, ahead: int) -> bool:
    """Tell whether a 29 February lies from ``start`` to the day before ``end``, both so many days ahead."""
    leap_days = [datetime.date(year, 2, 29) for year in range(start.year, end.year + 1) if is_leap(year)]
    return any(start.toordinal() + ahead <= day.toordinal() < end.toordinal() + ahead for day in leap_days)


def thirty_day_ends(
    name: str, start: datetime.date, end: datetime.date, maturity: datetime.date | None
) -> tuple[int, int]:
    """Give the days of the month that a 30/360 rule puts in place of the real ones."""
    first, last = start.day, end.day
    if name == "THIRTY_360_US":
        last = 30 if is_end_of_february(start) and is_end_of_february(end) else last
        first = 30 if is_end_of_february(start) else first
        if last == 31 and first in {30, 31}:
            last = 30
        return min(first, 30), last
    if name == "THIRTY_E_360_ISDA":
        first = 30 if is_end_of_february(start) else first
        last = 30 if is_end_of_february(end) and end != maturity else last
    return min(first, 30), min(last, 30)


def is_end_of_february(day: datetime.date) -> bool:
    """Tell whether tomorrow is 1 March."""
    return day.month == 2 and day.day == length_of(month_index(day))
