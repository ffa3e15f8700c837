"""The clocks by which lateness is counted: the plan's, the regulator's, and the grace."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from repayplan.overdue.day_count import LateDays
from repayplan.overdue.holds import HoldEffect

if TYPE_CHECKING:
    import pendulum

    from repayplan.overdue.facts import Facts
    from repayplan.overdue.held_days import HeldDays
    from repayplan.overdue.rules import OverdueRules

__all__ = ["Clocks"]


class Clocks:
    """Counts of days by the rules, without the days on which holds stop each clock."""

    def __init__(self, facts: Facts, known_on: pendulum.Date | None, rules: OverdueRules) -> None:
        """Take the holds that are known, and which days count."""
        self._facts, self._known_on, self._rules = facts, known_on, rules

    @cached_property
    def plan(self) -> LateDays:
        """The days past due of the plan."""
        return LateDays(self._held(HoldEffect.PLAN_DAYS_STOP), self._rules.counted_days)

    @cached_property
    def regulatory(self) -> LateDays:
        """The days past due before the regulator."""
        return LateDays(self._held(HoldEffect.REGULATORY_DAYS_STOP), self._rules.counted_days)

    def beyond_grace(self, due: int, until: int) -> int:
        """Count the days past due beyond the grace."""
        if self._rules.grace_calendar is None:
            return max(0, self.plan.count(due, until) - self._rules.grace)
        return self.plan.count(self.end_of_grace(due, until), until)

    def end_of_grace(self, due: int, until: int) -> int:
        """Give the last day of a grace that is counted by a calendar, at most a last one."""
        return self._grace.end_of(due, self._rules.grace, until)

    @cached_property
    def _grace(self) -> LateDays:
        return LateDays(self._held(HoldEffect.PLAN_DAYS_STOP), self._rules.grace_calendar)

    def _held(self, effect: HoldEffect) -> HeldDays:
        return self._facts.held(effect, self._known_on)
