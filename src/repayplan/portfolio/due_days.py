"""Due dates of many accounts at once: each distinct date is moved off closed days once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from repayplan.calendars import asked_once
from repayplan.errors import RepayPlanError
from repayplan.portfolio.accounts import EPOCH, to_date
from repayplan.portfolio.day_tables import FIRST_DAY, LAST_DAY, places
from repayplan.portfolio.names import CHOICES

if TYPE_CHECKING:
    from repayplan.calendars import BusinessDayConvention
    from repayplan.portfolio.columns import Days, Int64s
    from repayplan.portfolio.forms import Forms
    from repayplan.portfolio.layout import Layout
    from repayplan.portfolio.names import Calendars

__all__ = ["REFUSED", "DueDays"]

REFUSED: Final = LAST_DAY + 1
"""Stands for the day to which a date moves that the calendar does not know, or cannot move."""
_UNKNOWN: Final = LAST_DAY + 2


class DueDays:
    """Moves dates by calendars; what a calendar once said of a date is kept."""

    def __init__(self, calendars: Calendars) -> None:
        """Take the calendars, in the order in which accounts name them by place."""
        self._calendars = [asked_once(calendar) for calendar in calendars.values()]
        self._moved: dict[tuple[int, int], Int64s] = {}

    def moved(self, forms: Forms, layout: Layout, scheduled: Days) -> Days:
        """Give the due dates of scheduled ones."""
        if forms.calendar.max() < 0:
            return scheduled
        wanted = {*zip(forms.calendar.tolist(), forms.convention.tolist(), strict=True)}
        if len(wanted) == 1:
            return self._moved_by(*wanted.pop(), scheduled)
        due = scheduled.copy()
        calendars, conventions = layout.spread(forms.calendar), layout.spread(forms.convention)
        for calendar, convention in wanted:
            if calendar >= 0:
                rows = (calendars == calendar) & (conventions == convention)
                due[rows] = self._moved_by(calendar, convention, scheduled[rows])
        return due

    def _moved_by(self, calendar: int, convention: int, scheduled: Days) -> Days:
        table = self._moved.setdefault(
            (calendar, convention), np.full(LAST_DAY - FIRST_DAY + 1, _UNKNOWN, dtype=np.int64)
        )
        moved = table[places(scheduled)]
        unknown = moved == _UNKNOWN
        if unknown.any():
            for day in np.unique(scheduled[unknown]).tolist():
                table[day - FIRST_DAY] = self._move(day, calendar, convention)
            moved = table[places(scheduled)]
        return moved

    def _move(self, day: int, calendar: int, convention: int) -> int:
        rule: BusinessDayConvention = CHOICES["convention"][convention]
        try:
            moved = rule.adjust(to_date(day, "due_on"), self._calendars[calendar]).toordinal() - EPOCH
        except RepayPlanError:  # the scalar route says why
            return REFUSED
        return min(moved, REFUSED)
