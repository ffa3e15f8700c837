"""Frequencies: how often an amount falls due, counted from the anchor so that a month-end never drifts."""

from __future__ import annotations

import abc
import datetime
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Final

import attrs
import pendulum

from repayplan.checks import check_count, check_date, check_instance, check_tuple
from repayplan.errors import DateError, InputTypeError, shown
from repayplan.months import (
    LAST_DAY,
    SAFE_DAY,
    DateGrid,
    MonthEnd,
    date_in_month,
    month_grid,
    month_index,
    out_of_years,
)
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "INSTALLMENTS_MAX",
    "EveryDays",
    "EveryMonths",
    "Frequency",
    "ListedDates",
    "SemiMonthly",
    "check_frequency",
]

INSTALLMENTS_MAX: Final = 10_000
"""The most due dates, and so the most installments, of one schedule."""

_MONTHS_MAX = 120
_DAYS_MAX = 3_660
_LAST_ORDINAL = datetime.date.max.toordinal()


@attrs.frozen
class Frequency(Value, abc.ABC):
    """How often an amount falls due; a constant, or made by one of its static methods.

    ``periods_per_year`` is exact and by convention: 52 weeks to a year for whole weeks, 365 days for other
    numbers of days.
    """

    WEEKLY: ClassVar[Frequency]
    """Every 7 days."""
    FORTNIGHTLY: ClassVar[Frequency]
    """Every 14 days."""
    FOUR_WEEKLY: ClassVar[Frequency]
    """Every 28 days."""
    SEMI_MONTHLY: ClassVar[Frequency]
    """On the 15th and on the last day of each month."""
    MONTHLY: ClassVar[Frequency]
    """Every month."""
    BIMONTHLY: ClassVar[Frequency]
    """Every 2 months."""
    QUARTERLY: ClassVar[Frequency]
    """Every 3 months."""
    SEMI_ANNUAL: ClassVar[Frequency]
    """Every 6 months."""
    ANNUAL: ClassVar[Frequency]
    """Every 12 months."""

    @staticmethod
    def every_days(days: int) -> Frequency:
        """Make a frequency of 1 to 3,660 days."""
        return EveryDays(days)

    @staticmethod
    def every_weeks(weeks: int) -> Frequency:
        """Make a frequency of 1 to 522 weeks."""
        check_count(weeks, "weeks", minimum=1, maximum=_DAYS_MAX // 7, error=DateError)
        return EveryDays(7 * weeks)

    @staticmethod
    def every_months(months: int) -> Frequency:
        """Make a frequency of 1 to 120 months."""
        return EveryMonths(months)

    @staticmethod
    def semi_monthly(first_day: int, second_day: int) -> Frequency:
        """Make a frequency of two days in each month; 31 is the last day, whatever the month's length."""
        return SemiMonthly(first_day, second_day)

    @staticmethod
    def on_dates(dates: Sequence[datetime.date]) -> Frequency:
        """List the due dates one by one, 1 to 10,000 of them, rising."""
        return ListedDates(dates)

    @staticmethod
    def once(on: datetime.date) -> Frequency:
        """Name the one date."""
        return ListedDates([check_date(on, "on")])

    @property
    def date_count(self) -> int | None:
        """How many dates there are at most; None where they never end."""
        return None

    @property
    @abc.abstractmethod
    def periods_per_year(self) -> Fraction:
        """Periods in a year, exactly."""

    @property
    def periods_per_month(self) -> Fraction:
        """Periods in a month: a twelfth of those in a year, so that weekly is 52/12."""
        return self.periods_per_year / 12

    @abc.abstractmethod
    def grid(self, first: pendulum.Date, anchor_day: int | None, month_end: MonthEnd) -> DateGrid:
        """Give the dates by their place, ``first`` being place 0.

        Raises:
            DateError: ``first`` is not a date of this frequency, or a place lies outside the years 1 to 9999.
        """

    def is_one_period(self, start: pendulum.Date, place: DateGrid) -> bool:
        """Tell whether ``start`` lies one regular period before place 0 of this frequency's grid."""
        return _stands_at(place, -1, start)


@attrs.frozen
class EveryDays(Frequency):
    """A fixed number of days."""

    days: int

    def __attrs_post_init__(self) -> None:
        """Check the number."""
        check_count(self.days, "days", minimum=1, maximum=_DAYS_MAX, error=DateError)

    @property
    def periods_per_year(self) -> Fraction:
        """Periods in a year of 52 weeks, or of 365 days where the period is no whole number of weeks."""
        return Fraction(52 * 7 if self.days % 7 == 0 else 365, self.days)

    def grid(self, first: pendulum.Date, anchor_day: int | None, month_end: MonthEnd) -> DateGrid:
        """Count days from ``first``; there is no month to anchor in."""
        del month_end
        _refuse_anchor(anchor_day, "a frequency in days or weeks")
        origin, days = first.toordinal(), self.days

        def place(k: int) -> pendulum.Date:
            ordinal = origin + k * days
            if not 1 <= ordinal <= _LAST_ORDINAL:
                raise out_of_years()
            day = datetime.date.fromordinal(ordinal)  # pendulum's own fromordinal takes four times as long
            return pendulum.Date(day.year, day.month, day.day)

        return place


@attrs.frozen
class EveryMonths(Frequency):
    """A fixed number of months, on the anchor's day of the month."""

    months: int

    def __attrs_post_init__(self) -> None:
        """Check the number."""
        check_count(self.months, "months", minimum=1, maximum=_MONTHS_MAX, error=DateError)

    @property
    def periods_per_year(self) -> Fraction:
        """Periods in a year of twelve months."""
        return Fraction(12, self.months)

    def grid(self, first: pendulum.Date, anchor_day: int | None, month_end: MonthEnd) -> DateGrid:
        """Count months from ``first``, always from the anchor's own day."""
        by_month, months = month_grid(first, anchor_day, month_end), self.months
        return by_month if months == 1 else lambda k: by_month(k * months)

    def is_one_period(self, start: pendulum.Date, place: DateGrid) -> bool:
        """Tell whether ``start`` is one period before, back on the anchor's day or forwards on its own.

        From 31 January to 28 February is a month forwards, although a month back from the 28th is the 28th.
        """
        onwards = month_grid(start, None, MonthEnd.CLAMP)
        return super().is_one_period(start, place) or _stands_at(onwards, self.months, place(0))


@attrs.frozen
class SemiMonthly(Frequency):
    """Two days in each month, such as the 15th and the last."""

    first_day: int
    second_day: int

    def __attrs_post_init__(self) -> None:
        """Check that both days exist and differ in every month."""
        check_count(self.first_day, "first_day", minimum=1, maximum=SAFE_DAY - 1, error=DateError)
        least = self.first_day + 1
        check_count(self.second_day, "second_day", minimum=least, maximum=LAST_DAY, error=DateError)

    @property
    def periods_per_year(self) -> Fraction:
        """Twenty-four."""
        return Fraction(24)

    def grid(self, first: pendulum.Date, anchor_day: int | None, month_end: MonthEnd) -> DateGrid:
        """Alternate the two days from ``first``, which must be one of them."""
        _refuse_anchor(anchor_day, "a semi-monthly frequency")
        check_instance(month_end, MonthEnd, "month_end")
        if month_end is MonthEnd.ROLL and self.first_day == 1 and SAFE_DAY < self.second_day < LAST_DAY:
            message = (
                f"day {self.second_day} of February would roll onto 1 March, which is due too; use CLAMP"
            )
            raise DateError("date.month_end", "month_end", message)
        policies = (month_end, MonthEnd.CLAMP if self.second_day == LAST_DAY else month_end)
        days = (self.first_day, self.second_day)

        def half_month(index: int) -> pendulum.Date:
            month, half = divmod(index, 2)
            return date_in_month(month, days[half], policies[half])

        this_month = 2 * month_index(first)
        for origin in (this_month, this_month + 1, this_month - 1):
            if half_month(origin) == first:
                return lambda k: half_month(origin + k)
        message = f"expected a date on day {self.first_day} or {self.second_day}, got {first}"
        raise DateError("date.anchor", "first_due", message, {"first": first})


def _to_dates(value: Sequence[datetime.date]) -> tuple[pendulum.Date, ...]:
    dates = check_tuple(value, datetime.date, "dates", maximum=INSTALLMENTS_MAX, error=DateError)
    return tuple(check_date(day, f"dates[{index}]") for index, day in enumerate(dates))


@attrs.frozen
class ListedDates(Frequency):
    """Due dates that the caller lists, which follow no rule.

    Raises:
        DateError: There is none, or a date does not come after the one before.
    """

    dates: tuple[pendulum.Date, ...] = attrs.field(converter=_to_dates)

    def __attrs_post_init__(self) -> None:
        """Check that the dates rise."""
        if not self.dates:
            raise DateError("date.listed", "dates", "expected at least one date, got none")
        for index, (earlier, later) in enumerate(pairwise(self.dates), start=1):
            if later <= earlier:
                message = f"expected a date after {earlier}, got {later}"
                raise DateError("date.order", f"dates[{index}]", message, {"earlier": earlier, "got": later})

    @property
    def date_count(self) -> int | None:
        """How many dates are listed."""
        return len(self.dates)

    @property
    def periods_per_year(self) -> Fraction:
        """Refuse to answer.

        Raises:
            DateError: Always: a list of dates has no number of periods in a year.
        """
        message = "listed dates have no number of periods in a year; state a frequency"
        raise DateError("date.listed", "frequency", message)

    def grid(self, first: pendulum.Date, anchor_day: int | None, month_end: MonthEnd) -> DateGrid:
        """Give the dates as listed, of which ``first`` must be the first."""
        del month_end
        _refuse_anchor(anchor_day, "a list of dates")
        if first != self.dates[0]:
            message = f"expected {self.dates[0]}, the first date of the list, got {first}"
            raise DateError("date.anchor", "first_due", message, {"first": first})
        dates = self.dates

        def place(k: int) -> pendulum.Date:
            if not 0 <= k < len(dates):
                message = f"the list ends with its {len(dates)} dates; add the dates that are to follow"
                raise DateError("date.listed", "dates", message, {"count": len(dates)})
            return dates[k]

        return place


Frequency.WEEKLY = EveryDays(7)
Frequency.FORTNIGHTLY = EveryDays(14)
Frequency.FOUR_WEEKLY = EveryDays(28)
Frequency.SEMI_MONTHLY = SemiMonthly(15, LAST_DAY)
Frequency.MONTHLY = EveryMonths(1)
Frequency.BIMONTHLY = EveryMonths(2)
Frequency.QUARTERLY = EveryMonths(3)
Frequency.SEMI_ANNUAL = EveryMonths(6)
Frequency.ANNUAL = EveryMonths(12)


def check_frequency(value: object) -> None:
    """Refuse what is no :class:`Frequency`, listing those that have a name."""
    if not isinstance(value, Frequency):
        names = ", ".join(f"Frequency.{name}" for name in _NAMED)
        message = (
            f"expected one of {names}, or one made by Frequency.every_days and the like, got {shown(value)}"
        )
        raise InputTypeError("type.wrong", "frequency", message, {"expected": "Frequency"})


_NAMED = tuple(name for name, value in vars(Frequency).items() if isinstance(value, Frequency))


def _stands_at(place: DateGrid, k: int, day: pendulum.Date) -> bool:
    """Tell whether ``day`` is at place ``k``; outside the years 1 to 9999 nothing is."""
    try:
        return place(k) == day
    except DateError:
        return False


def _refuse_anchor(anchor_day: int | None, kind: str) -> None:
    if anchor_day is not None:
        message = f"expected None, since {kind} has no anchor in the month, got {shown(anchor_day)}"
        raise DateError("date.anchor", "anchor_day", message)
