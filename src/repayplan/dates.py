"""Due dates: those of a frequency, moved off the days on which nobody works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.calendars import BusinessDayConvention, CalendarLike, asked_once
from repayplan.checks import check_count, check_date, check_instance
from repayplan.errors import DateError
from repayplan.frequencies import INSTALLMENTS_MAX, Frequency, check_frequency
from repayplan.months import MonthEnd

if TYPE_CHECKING:
    import datetime

    import pendulum

__all__ = ["BUSINESS_DAYS_MAX", "due_dates", "due_dates_after_payday"]

BUSINESS_DAYS_MAX = 30
"""The most business days that a due date may follow a pay day."""


def due_dates(
    first: datetime.date,
    frequency: Frequency,
    count: int,
    *,
    calendar: CalendarLike | None = None,
    convention: BusinessDayConvention = BusinessDayConvention.FOLLOWING,
    anchor_day: int | None = None,
    month_end: MonthEnd = MonthEnd.CLAMP,
) -> tuple[pendulum.Date, ...]:
    """Give ``count`` due dates from ``first`` on, moved off the closed days of ``calendar`` if there is one.

    Args:
        first: The first scheduled date.
        frequency: How often.
        count: How many, 1 to 10,000.
        calendar: Which days are worked; without one nothing moves.
        convention: Where a date on a closed day goes.
        anchor_day: The day of the month to come back to, 31 for the last; None is the day of ``first``.
        month_end: What becomes of a day that a month does not have.

    Raises:
        DateError: ``first`` is not on the anchor day, or a date would fall after the year 9999.
    """
    start = check_date(first, "first")
    check_frequency(frequency)
    check_count(count, "count", minimum=1, maximum=INSTALLMENTS_MAX, error=DateError)
    check_instance(convention, BusinessDayConvention, "convention")
    check_instance(month_end, MonthEnd, "month_end")
    place = frequency.grid(start, anchor_day, month_end)
    scheduled = tuple(map(place, range(count)))
    if calendar is None:
        return scheduled
    remembered = asked_once(calendar)
    return tuple(convention.adjust(day, remembered) for day in scheduled)


def due_dates_after_payday(
    first_payday: datetime.date,
    frequency: Frequency,
    count: int,
    *,
    business_days: int,
    calendar: CalendarLike,
    anchor_day: int | None = None,
    paid: BusinessDayConvention = BusinessDayConvention.PRECEDING,
) -> tuple[pendulum.Date, ...]:
    """Give due dates that follow the client's pay days by a number of business days.

    ``Frequency.on_dates`` makes a frequency of them for :func:`repayplan.propose`; the first is then
    ``first_due``. Two pay days whose due dates would be one give it once.

    Args:
        first_payday: The first pay day, before any move.
        frequency: How often the income arrives.
        count: How many pay days, 1 to 10,000.
        business_days: How many business days after the income has arrived, 0 to 30.
        calendar: Which days are worked.
        anchor_day: The day of the month to come back to, 31 for the last; None is that of ``first_payday``.
        paid: When income arrives whose pay day is closed; unless stated, on the business day before.

    Raises:
        DateError: As for :func:`due_dates`, or the business days are not from 0 to 30.
    """
    check_count(business_days, "business_days", minimum=0, maximum=BUSINESS_DAYS_MAX, error=DateError)
    remembered = asked_once(calendar)
    paydays = due_dates(
        first_payday, frequency, count, calendar=remembered, convention=paid, anchor_day=anchor_day
    )
    return tuple(dict.fromkeys(_later(day, business_days, remembered) for day in paydays))


def _later(day: pendulum.Date, business_days: int, calendar: CalendarLike) -> pendulum.Date:
    for _ in range(business_days):
        day = BusinessDayConvention.FOLLOWING.adjust(_tomorrow(day), calendar)
    return day


def _tomorrow(day: pendulum.Date) -> pendulum.Date:
    return Frequency.every_days(1).grid(day, None, MonthEnd.CLAMP)(1)
