"""The length of a plan in months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.months import MonthEnd, month_grid

if TYPE_CHECKING:
    import pendulum

__all__ = ["months_later", "months_to"]


def months_later(start: pendulum.Date, months: int) -> pendulum.Date:
    """Give the day a number of months after ``start``, clamped to the last day of the month."""
    return month_grid(start, None, MonthEnd.CLAMP)(months)


def months_to(start: pendulum.Date, end: pendulum.Date) -> int:
    """Count the months from ``start`` to ``end``, a month begun counting as one."""
    later = month_grid(start, None, MonthEnd.CLAMP)
    months = 12 * (end.year - start.year) + end.month - start.month
    return months if later(months) >= end else months + 1
