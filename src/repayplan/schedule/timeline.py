"""The dates of a schedule's rows."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice, takewhile
from typing import TYPE_CHECKING, TypeAlias

import pendulum

from repayplan.calendars import asked_once
from repayplan.errors import DateError
from repayplan.frequencies import INSTALLMENTS_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.calendars import CalendarLike
    from repayplan.schedule.terms import Terms

__all__ = ["Row", "Timeline"]

Row: TypeAlias = tuple[int, pendulum.Date]
"""The place of a row in the grid of dates, and the date to which its interest runs."""


class Timeline:
    """The dates of a schedule's rows, each worked out once and only as far as they are asked for.

    A calendar is the caller's code: what it once said of a date is what the schedule keeps.
    """

    def __init__(self, terms: Terms) -> None:
        """Start before the first date."""
        self._terms = terms
        self._places = terms.places()
        self._calendar = None if terms.calendar is None else asked_once(terms.calendar)
        self._rows: list[Row] = []
        self._counts: dict[pendulum.Date, int] = {}
        self.scheduled: list[pendulum.Date] = []
        self.due: list[pendulum.Date] = self.scheduled if terms.calendar is None else []
        self._accrued = self.due if terms.accrues_to_due else self.scheduled

    def rows(self, count: int) -> list[Row]:
        """Give the first ``count`` rows, or as many as there are."""
        self._reach(count)
        return self._rows[:count]

    def stream(self) -> Iterator[Row]:
        """Give the same rows one by one, as far as a schedule may reach."""
        for row in range(INSTALLMENTS_MAX):
            self._reach(row + 1)
            if row == len(self._rows):
                return
            yield self._rows[row]

    def due_until(self, end: pendulum.Date) -> list[pendulum.Date]:
        """Give the due dates up to a day, of rows scheduled up to it: a calendar is asked no further."""
        if end not in self._counts:
            places = takewhile(lambda place: place[1] <= end, self._terms.places())
            self._counts[end] = sum(1 for _ in islice(places, INSTALLMENTS_MAX))
        count = self._counts[end]
        self._reach(count)
        return self.due[: bisect_right(self.due, end, hi=count)]

    def _reach(self, count: int) -> None:
        reached = len(self._rows)
        if count <= reached:
            return
        following = list(islice(self._places, count - reached))
        self.scheduled += [day for _, day in following]
        if self._calendar is None:
            self._rows += following
            return
        self.due += [self._moved(day, self._calendar) for _, day in following]
        ends = self._accrued[reached:]
        self._rows += [(place, end) for (place, _), end in zip(following, ends, strict=True)]

    def _moved(self, day: pendulum.Date, calendar: CalendarLike) -> pendulum.Date:
        moved = self._terms.convention.adjust(day, calendar)
        self._check_start(moved)
        return moved

    def _check_start(self, moved: pendulum.Date) -> None:
        starts_on = self._terms.starts_on
        if moved < starts_on:
            message = f"the first due date would move to {moved}, before {starts_on} (starts_on)"
            raise DateError("terms.first_due", "first_due", message, {"moved": moved, "starts_on": starts_on})
