"""The rate of late interest from one day to another, held days left out."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

import pendulum

if TYPE_CHECKING:
    from repayplan.overdue.charge_rules import LateInterestRule
    from repayplan.overdue.held_days import HeldDays

__all__ = ["Elapsed"]


class Elapsed:
    """The share of the base that is charged from the first due day on, held days left out."""

    def __init__(self, rule: LateInterestRule, held: HeldDays, origin: int) -> None:
        self._rule, self._origin = rule, origin
        self._first = origin if rule.first_day is None else max(origin, rule.first_day.toordinal() - 1)
        self._last = None if rule.last_day is None else rule.last_day.toordinal()
        self._held = [(max(first - 1, origin), last) for first, last in held.spans if last > origin]
        self._shares = [Fraction(0), *accumulate(self._share(first, last) for first, last in self._held)]

    def to(self, day: int) -> Fraction:
        """Give the share by the end of a day."""
        day = max(self._first, day if self._last is None else min(day, self._last))
        begun = bisect_left(self._held, (day, 0))
        if not begun:
            return self._share(self._origin, day)
        first, last = self._held[begun - 1]
        held = self._shares[begun - 1] + self._share(first, min(last, day))
        return self._share(self._origin, day) - held

    def _share(self, first: int, last: int) -> Fraction:
        return self._rule.factor(pendulum.Date.fromordinal(first), pendulum.Date.fromordinal(last))
