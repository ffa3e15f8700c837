"""The periods of a schedule: their dates, and the rate of interest that each one bears."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING

import pendulum

from repayplan.calendars import asked_once
from repayplan.dates import INSTALLMENTS_MAX, EveryMonths
from repayplan.errors import DateError
from repayplan.months import MonthEnd, month_grid, months_and_days
from repayplan.rates import DayCount, RateUnit
from repayplan.schedule.terms import AccrueTo, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from repayplan.schedule.annuity import Factor

__all__ = ["Timeline", "period_factors"]


class Timeline:
    """The dates of a schedule, each worked out once and only as far as they are asked for.

    A calendar is the caller's code: what it once said of a date is what the schedule keeps.
    """

    def __init__(self, terms: Terms) -> None:
        """Start before the first date."""
        self._terms = terms
        self._place = terms.grid()
        self._calendar = None if terms.calendar is None else asked_once(terms.calendar)
        self.scheduled: list[pendulum.Date] = []
        self.due: list[pendulum.Date] = self.scheduled if terms.calendar is None else []
        self._accrued = self.due if terms.accrue_to is AccrueTo.DUE else self.scheduled

    def ends(self, count: int) -> list[pendulum.Date]:
        """Give the dates to which interest runs, of the first ``count`` periods."""
        for place in range(len(self.scheduled), count):
            self._extend(place)
        return self._accrued[:count]

    def stream(self) -> Iterator[pendulum.Date]:
        """Give the same dates one by one, as far as a schedule may reach."""
        for place in range(INSTALLMENTS_MAX):
            if place == len(self.scheduled):
                self._extend(place)
            yield self._accrued[place]

    def _extend(self, place: int) -> None:
        day = self._place(place)
        if self._calendar is not None:
            moved = self._terms.convention.adjust(day, self._calendar)
            self._check_start(moved)
            self.due.append(moved)
        self.scheduled.append(day)

    def _check_start(self, moved: pendulum.Date) -> None:
        starts_on = self._terms.starts_on
        if moved < starts_on:
            message = f"the first due date would move to {moved}, before {starts_on} (starts_on)"
            raise DateError("terms.first_due", "first_due", message, {"moved": moved, "starts_on": starts_on})


def period_factors(
    terms: Terms, ends: Iterable[pendulum.Date], maturity: pendulum.Date | None
) -> Iterator[Factor]:
    """Give the rate of each period that ends on ``ends``, the first one starting on ``starts_on``.

    A daily rate counts actual days whatever the day count; a nominal period does not look at its dates.
    """
    if terms.rate.unit is RateUnit.DAY:
        return _daily(terms, ends)
    if terms.day_count is DayCount.NOMINAL:
        return _nominal(terms, ends)
    return _counted(terms, ends, maturity)


def _daily(terms: Terms, ends: Iterable[pendulum.Date]) -> Iterator[Factor]:
    numerator, denominator = terms.rate.value.as_integer_ratio()
    start = terms.starts_on.toordinal()
    for end in map(pendulum.Date.toordinal, ends):
        yield numerator * (end - start), denominator
        start = end


def _nominal(terms: Terms, ends: Iterable[pendulum.Date]) -> Iterator[Factor]:
    yearly = terms.rate.per_year
    first = (yearly * _nominal_first(terms)).as_integer_ratio()
    regular = (yearly / terms.frequency.periods_per_year).as_integer_ratio()
    factors = itertools.chain((first,), itertools.repeat(regular))
    return (factor for factor, _ in zip(factors, ends, strict=False))


def _nominal_first(terms: Terms) -> Fraction:
    if terms.frequency.is_one_period(terms.starts_on, terms.grid()):
        return 1 / terms.frequency.periods_per_year
    by_month = isinstance(terms.frequency, EveryMonths)
    anchor = (terms.anchor_day, terms.month_end) if by_month else (None, MonthEnd.CLAMP)
    months, days = months_and_days(terms.starts_on, month_grid(terms.first_due, *anchor))
    return Fraction(30 * months + days, 360)


def _counted(terms: Terms, ends: Iterable[pendulum.Date], maturity: pendulum.Date | None) -> Iterator[Factor]:
    yearly, denominator = terms.rate.per_year.as_integer_ratio()
    ratio = terms.day_count.ratio
    start = terms.starts_on
    for end in ends:
        part, year = ratio(start, end, maturity)
        yield yearly * part, denominator * year
        start = end
