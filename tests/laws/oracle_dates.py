"""The dates of the second engine: the grid, its end, business days and the rows that stand on it."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

import repayplan as rp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUN_MAX = 366
UNPAID_MAX = 400
"""Dates in a row without a payment, after which there are none: more than a year of days."""
ONE_DAY = datetime.timedelta(days=1)


Dated = TypeVar("Dated")


class NoDateError(Exception):
    """A date that does not exist: after the last year, unknown to the calendar, or before the start."""


@dataclass(frozen=True)
class Place:
    """A date of the grid."""

    index: int
    scheduled_for: datetime.date
    off_grid: bool = False


@dataclass(frozen=True)
class Stop:
    """A place that has a row, and the date on which the row is due."""

    index: int
    scheduled_for: datetime.date
    due_on: datetime.date
    off_grid: bool = False


# --- which places have a row


def row_stops(terms: rp.Terms) -> Iterator[Stop]:
    """Give the places that have a row, in order, with their due dates."""
    return (stop_at(terms, place) for place in row_places(terms))


def stop_at(terms: rp.Terms, place: Place) -> Stop:
    """Give a place with its due date."""
    return Stop(place.index, place.scheduled_for, due_date(terms, place.scheduled_for), place.off_grid)


def row_places(terms: rp.Terms) -> Iterator[Place]:
    """Give the places that have a row, in order: all but those that would be a row of zero."""
    weights = weights_of(terms.repayment)
    seasons_from = terms.grace.principal + interest_only_rows(terms.repayment)
    unpaid = 0
    for place in places(terms):
        if place.index < skipped_places(terms):
            continue
        if weights and place.index >= seasons_from and weights[place.scheduled_for.month - 1] == 0:
            unpaid += 1
            if unpaid > UNPAID_MAX:
                return
            continue
        unpaid = 0
        yield place


def skipped_places(terms: rp.Terms) -> int:
    """Count the places in which neither principal nor interest is asked for."""
    grace = terms.grace
    return min(grace.principal, max(grace.interest, grace.interest_free))


def lead_rows(terms: rp.Terms) -> int:
    """Count the rows that pay interest alone."""
    return terms.grace.principal - skipped_places(terms) + interest_only_rows(terms.repayment)


def innermost(repayment: object) -> object:
    """Give the pattern that follows the rows of interest alone, itself where there are none."""
    while isinstance(repayment, rp.InterestOnly) and repayment.then is not None:
        repayment = repayment.then
    return repayment


def interest_only_rows(repayment: object) -> int:
    """Count the rows of interest alone that the pattern asks for, before the rows that repay."""
    rows = 0
    while isinstance(repayment, rp.InterestOnly):
        if repayment.then is None:
            return rows + repayment.count - 1  # the last of them repays
        rows, repayment = rows + repayment.count, repayment.then
    return rows


def weights_of(repayment: object) -> tuple[int, ...] | None:
    """Give the weights of the months, None where every month has a row."""
    pattern = innermost(repayment)
    return tuple(pattern.weights) if isinstance(pattern, rp.SeasonalPayments) else None


def due_date(terms: rp.Terms, scheduled_for: datetime.date) -> datetime.date:
    """Give the date after the business-day move, which may not lie before the start."""
    due_on = scheduled_for if terms.calendar is None else moved(terms, scheduled_for)
    if due_on < terms.starts_on:
        raise NoDateError
    return due_on


# --- the grid


def places(terms: rp.Terms) -> Iterator[Place]:
    """Give the dates of the grid: without end, or to ``ends_on``, or as listed."""
    if terms.ends_on is None:
        yield from (Place(index, day) for index, day in enumerate(scheduled_dates(terms)))
        return
    before = []
    for day in existing(scheduled_dates(terms)):
        if day >= terms.ends_on:
            on_grid = day == terms.ends_on
            break
        before.append(day)
    else:
        on_grid = False
    if not on_grid and terms.stub.name == "LONG":
        before.pop()
    yield from (Place(index, day) for index, day in enumerate(before))
    yield Place(len(before), plain(terms.ends_on), off_grid=not on_grid)


def existing(dates: Iterator[Dated]) -> Iterator[Dated]:
    """Give dates, or places, as far as the years go."""
    try:
        yield from dates
    except NoDateError:
        return


def plain(day: datetime.date) -> datetime.date:
    """Give the date as the standard library's own."""
    return datetime.date(day.year, day.month, day.day)


def scheduled_dates(terms: rp.Terms) -> Iterator[datetime.date]:
    """Give the dates from the first on, before any move and without regard to ``ends_on``."""
    frequency = terms.frequency
    listed = getattr(frequency, "dates", None)
    days, months = getattr(frequency, "days", None), getattr(frequency, "months", None)
    first = plain(terms.first_due)
    if listed is not None:
        yield from map(plain, listed)
    elif days is not None:
        while True:
            yield first
            try:
                first += days * ONE_DAY
            except OverflowError:
                raise NoDateError from None
    elif months is not None:
        anchor, home = anchor_and_home(terms)
        while True:
            yield day_in_month(home, anchor, terms.month_end.name)
            home += months
    else:
        yield from (day for day in semi_monthly_dates(terms, month_index(first) - 1) if day >= first)


def anchor_and_home(terms: rp.Terms) -> tuple[int, int]:
    """Give the anchor day and the month to which the first due date belongs (it may have rolled forwards)."""
    anchor = terms.first_due.day if terms.anchor_day is None else terms.anchor_day
    home = month_index(terms.first_due)
    if day_in_month(home, anchor, terms.month_end.name) != terms.first_due:
        home -= 1
    return anchor, home


def date_before_the_first(terms: rp.Terms) -> datetime.date:
    """Give the date one regular period before the first due date, for days and for half months."""
    days: int | None = getattr(terms.frequency, "days", None)
    if days is not None:
        return plain(terms.first_due) - days * ONE_DAY
    earlier = itertools.takewhile(
        lambda day: day < terms.first_due, semi_monthly_dates(terms, month_index(terms.first_due) - 2)
    )
    return list(earlier)[-1]


def semi_monthly_dates(terms: rp.Terms, month: int) -> Iterator[datetime.date]:
    """Give the two days of each month from ``month`` on; day 31 is the last, whatever the policy."""
    frequency = cast("Any", terms.frequency)
    pair: tuple[int, int] = (frequency.first_day, frequency.second_day)
    while True:
        for day in pair:
            yield day_in_month(month, day, "CLAMP" if day == 31 else terms.month_end.name)
        month += 1


def day_in_month(month: int, day: int, policy: str) -> datetime.date:
    """Give a day of a month, or what the policy puts in its place."""
    year, place = divmod(month, 12)
    if not 1 <= year <= 9999:
        raise NoDateError
    if day > length_of(month):
        return (
            day_in_month(month + 1, 1, policy)
            if policy == "ROLL"
            else datetime.date(year, place + 1, length_of(month))
        )
    return datetime.date(year, place + 1, day)


def month_index(day: datetime.date) -> int:
    """Number the months from the year 0."""
    return 12 * day.year + day.month - 1


def length_of(month: int) -> int:
    """Give the days of a month."""
    year, place = divmod(month, 12)
    if place == 1:
        return 29 if is_leap(year) else 28
    return 30 if place in {3, 5, 8, 10} else 31


def is_leap(year: int) -> bool:
    """Tell whether a year has a 29 February."""
    return year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)


def days_between(start: datetime.date, end: datetime.date) -> int:
    """Count days."""
    return end.toordinal() - start.toordinal()


# --- business days


def is_open(calendar: object, day: datetime.date) -> bool:
    """Tell whether a day is worked, from the calendar's data alone."""
    if isinstance(calendar, rp.WeekendCalendar):
        return day.isoweekday() not in calendar.weekend
    if isinstance(calendar, rp.ExplicitCalendar):
        if day < calendar.first or day > calendar.last:
            raise NoDateError
        if day in calendar.opened:
            return True
        return day not in calendar.closed and day.isoweekday() not in calendar.weekend
    ask: Callable[[datetime.date], bool] = calendar  # type: ignore[assignment]  # the tests' own functions
    return ask(day)


def moved(terms: rp.Terms, day: datetime.date) -> datetime.date:
    """Move a date off a closed day."""
    if terms.convention.name == "NO_ADJUST" or is_open(terms.calendar, day):
        return day
    match terms.convention.name:
        case "FOLLOWING":
            return next_open(terms, day, 1)
        case "PRECEDING":
            return next_open(terms, day, -1)
        case "MODIFIED_FOLLOWING":
            after = next_open(terms, day, 1)
            return after if month_index(after) == month_index(day) else next_open(terms, day, -1)
        case "MODIFIED_PRECEDING":
            before = next_open(terms, day, -1)
            return before if month_index(before) == month_index(day) else next_open(terms, day, 1)
        case _:
            return nearest_open(terms, day)


def nearest_open(terms: rp.Terms, day: datetime.date) -> datetime.date:
    """Walk both ways at once, forwards first."""
    for distance in range(1, RUN_MAX + 1):
        for other in (day + distance * ONE_DAY, day - distance * ONE_DAY):
            if is_open(terms.calendar, other):
                return other
    raise NoDateError


def next_open(terms: rp.Terms, day: datetime.date, direction: int) -> datetime.date:
    """Walk to the nearest open day in one direction."""
    for distance in range(1, RUN_MAX + 1):
        try:
            other = day + direction * distance * ONE_DAY
        except OverflowError:
            break
        if is_open(terms.calendar, other):
            return other
    raise NoDateError
