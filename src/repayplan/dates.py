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

__all__ = ["due_dates"]


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
