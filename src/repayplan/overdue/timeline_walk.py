"""The way from day to day on which something can change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.calendars import asked_once
from repayplan.checks import check_instance
from repayplan.errors import DateError
from repayplan.overdue.changes import ChangeKind, Reason
from repayplan.overdue.facts import Facts
from repayplan.overdue.rules import OverdueRules, OverdueRuleVersions
from repayplan.overdue.standing import standing_of
from repayplan.overdue.stops import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.payments import Payment

__all__ = ["WORK_MAX", "Walk", "happening_of", "versions_of"]

WORK_MAX: Final = 10_000_000
"""The most days on which something happens, times the payments and installments that each is judged by."""


def versions_of(
    rules: OverdueRules | OverdueRuleVersions, first: pendulum.Date
) -> list[tuple[int, OverdueRules]]:
    """Give the rules by their first days, with calendars that are asked once about each day."""
    if not isinstance(rules, OverdueRuleVersions):
        return [(0, _asking_once(check_instance(rules, OverdueRules, "rules")))]
    rules.in_force(first)  # refuses a day before the first version
    return [(day.toordinal(), _asking_once(version)) for day, version in rules.versions]


def _asking_once(rules: OverdueRules) -> OverdueRules:
    grace, counted = rules.grace_calendar, rules.counted_days
    return attrs.evolve(
        rules,
        grace_calendar=None if grace is None else asked_once(grace),
        counted_days=None if counted is None else asked_once(counted),
    )


def happening_of(
    facts: Facts, known_on: pendulum.Date | None, last: pendulum.Date
) -> dict[int, list[Reason]]:
    """Give the days of the facts and what happens on them; what falls due is told when it is judged."""
    asked = facts.asked(last, known_on)
    happening: dict[int, list[Reason]] = {due: [] for due in asked.due}
    if facts.contract_due_on is not None:
        happening.setdefault(facts.contract_due_on.toordinal(), [])
    by_kind: tuple[tuple[ChangeKind, Iterable[tuple[int, str]]], ...] = (
        (ChangeKind.PAYMENT, _days_of(facts.counted_payments(last, known_on))),
        (ChangeKind.WAIVER, _days_of(asked.waivers)),
        (ChangeKind.CHARGE, _days_of(facts.counted_charges(last, known_on))),
        *_hold_days(facts, known_on),
    )
    for kind, days in by_kind:
        for day, name in days:
            happening.setdefault(day, []).append(Reason(kind, name))
    return happening


def _days_of(counted: Sequence[Payment] | Sequence[Waiver] | Sequence[Charge]) -> list[tuple[int, str]]:
    return [(fact.effective.toordinal(), fact.id) for fact in counted]


def _hold_days(
    facts: Facts, known_on: pendulum.Date | None
) -> Iterator[tuple[ChangeKind, list[tuple[int, str]]]]:
    holds = [
        hold
        for hold in facts.holds
        if hold.protects(facts.debtor) and (known_on is None or hold.recorded <= known_on)
    ]
    yield ChangeKind.HOLD_BEGINS, [(hold.first_day.toordinal(), hold.id) for hold in holds]
    ends = [(hold.last_day, hold.id) for hold in holds if hold.last_day is not None]
    yield ChangeKind.HOLD_ENDS, [(last_day.toordinal() + 1, name) for last_day, name in ends]


@attrs.frozen
class Walk:
    """The way from day to day.

    Attributes:
        facts: The facts.
        known_on: What was recorded later is not known.
        versions: The rules by their first days.
        days: The days on which something happens, rising.
        until: The day after the last.
    """

    facts: Facts
    known_on: pendulum.Date | None
    versions: list[tuple[int, OverdueRules]]
    days: list[int]
    until: int

    def visit(self, day: int) -> Stop:
        """Judge a day by the rules in force on it, or by the first ones if it is before them."""
        rules = next((rules for first, rules in reversed(self.versions) if first <= day), self.versions[0][1])
        return Stop(standing_of(self.facts, pendulum.Date.fromordinal(day), rules, self.known_on))

    def after(self, stop: Stop) -> Iterator[Stop]:
        """Visit one after the other the later days on which something can change."""
        place = bisect_right(self.days, stop.day)
        visits = bisect_left(self.days, self.until) - place
        while True:
            self._check_work(visits)
            while place < len(self.days) and self.days[place] <= stop.day:
                place += 1
            until = min([self.until, *self.days[place : place + 1]])
            day = stop.next_by_count(until)
            if day == self.until:
                return
            visits += day < until
            stop = self.visit(day)
            yield stop

    def _check_work(self, visits: int) -> None:
        facts = self.facts
        if visits * (len(facts.payments) + len(facts.schedule)) > WORK_MAX:
            message = "expected less to happen from start to end; ask for a shorter time"
            raise DateError("timeline.work", "end", message, {"maximum": WORK_MAX})
