"""The days that count as days past due: not held and, where a calendar says which, worked."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from typing import TYPE_CHECKING

import pendulum

from repayplan.calendars import asked_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.calendars import CalendarLike
    from repayplan.overdue.held_days import HeldDays

__all__ = ["LateDays"]


class LateDays:
    """Counts days after one day up to another, both as ordinals; a calendar is asked once about each day."""

    def __init__(self, held: HeldDays, calendar: CalendarLike | None) -> None:
        """Take the held days, and the calendar of the days that count; None counts all."""
        self._held = held
        self._is_open = None if calendar is None else asked_once(calendar)
        self._counted: list[int] = []
        self._known: tuple[int, int] | None = None

    def count(self, after: int, until: int) -> int:
        """Count the days that are not held and, by the calendar, worked."""
        if until <= after:
            return 0
        if self._is_open is None:
            return until - after - (self._held.count_ordinals(after, until) if self._held else 0)
        self._reach(after, until)
        return bisect_right(self._counted, until) - bisect_right(self._counted, after)

    def end_of(self, first: int, days: int, until: int) -> int:
        """Give the day on which so many days after a first one have been counted, at most the last one."""
        if self._is_open is None and not self._held:
            return min(first + days, until)
        day = first
        while days and day < until:
            day += 1
            days -= self.count(day - 1, day)
        return day

    def _reach(self, after: int, until: int) -> None:
        """Ask the calendar about the days that it was not asked about yet."""
        if self._known is None:
            self._known = (after, after)
        low, high = self._known
        if after < low:
            self._counted[:0] = self._between(after, low)
        if until > high:
            self._counted += self._between(high, until)
        self._known = (min(low, after), max(high, until))

    def _between(self, after: int, until: int) -> Sequence[int]:
        is_open = self._is_open
        return [
            day
            for day in range(after + 1, until + 1)
            if is_open is not None
            and is_open(_date(day))
            and not (self._held and self._held.count_ordinals(day - 1, day))
        ]


def _date(ordinal: int) -> pendulum.Date:
    """Give a date by its ordinal; pendulum's own fromordinal takes four times as long."""
    day = datetime.date.fromordinal(ordinal)
    return pendulum.Date(day.year, day.month, day.day)
