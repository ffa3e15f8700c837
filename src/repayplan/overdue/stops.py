"""The days that a timeline visits, and how things go on from each while nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.calendars import asked_once
from repayplan.overdue.changes import ChangeKind, Position, Reason
from repayplan.overdue.day_count import LateDays
from repayplan.overdue.held_days import HeldDays
from repayplan.overdue.holds import HoldEffect
from repayplan.overdue.materiality import material_since
from repayplan.overdue.standing import Standing

if TYPE_CHECKING:
    from repayplan.overdue.classification import DelinquencyScale

__all__ = ["Clock", "Stop", "compared"]


@attrs.frozen
class Clock:
    """A count of days, as it runs on from a day while nothing happens.

    Attributes:
        day: The day.
        held: The days that do not count; what is held on the day is held until something happens.
        counted: Which days count, where not all do.
    """

    day: int
    held: HeldDays
    counted: Callable[[pendulum.Date], bool] | None

    def count(self, after: int, until: int) -> int:
        """Count the days after one up to another."""
        return self._days.count(after, until)

    @cached_property
    def _days(self) -> LateDays:
        return LateDays(self.held, self.counted)

    def reaches(self, more: int, after: int, until: int) -> int:
        """Give the day on which so many more days after one have been counted; ``until`` at the latest."""
        if more <= 0 or self.held.holds_on(pendulum.Date.fromordinal(self.day)):
            return until
        if self.counted is None:
            return min(after + more, until)
        while more and after + 1 < until:
            after += 1
            more -= self.counted(pendulum.Date.fromordinal(after))
        return until if more else after

    def passes(self, count: int, figures: Iterable[int], until: int) -> int:
        """Give the day on which a count that stands now comes to the next of some figures."""
        more = min((figure - count for figure in figures if figure > count), default=0)
        return self.reaches(more, self.day, until)


@attrs.frozen
class Stop:
    """A day that is visited, and how things go on from it while nothing happens."""

    standing: Standing

    @cached_property
    def day(self) -> int:
        """The day as an ordinal."""
        return self.standing.as_of.toordinal()

    @cached_property
    def position(self) -> Position:
        """Where the plan stands on it."""
        at = self.standing
        return Position(at.state, at.bucket, at.class_, at.contract_class, at.days_past_due, at.past_due)

    def position_on(self, day: int) -> Position:
        """Give where the plan stands on a later day, if nothing happens until then."""
        since = self.since
        if since is None:
            return self.position
        return attrs.evolve(self.position, days_past_due=self.plan.count(since, day))

    @cached_property
    def past_due(self) -> frozenset[int]:
        """The numbers of the installments that are past due."""
        first = self.standing.ledger.asked.first_number
        return frozenset(first + item for item in self.standing.lateness.past_due)

    @cached_property
    def flags(self) -> frozenset[ChangeKind]:
        """Those of the kinds in the table that hold."""
        return frozenset(kind for kind, holds in _FLAGS.items() if holds(self.standing))

    @cached_property
    def since(self) -> int | None:
        """The due day from which lateness is counted; None where nothing is past due."""
        return self.standing.lateness.since(self.standing.rules.ageing)

    @cached_property
    def plan(self) -> Clock:
        """The count of the plan's days past due."""
        return self._clock(HoldEffect.PLAN_DAYS_STOP)

    def _clock(self, effect: HoldEffect) -> Clock:
        ledger, counted = self.standing.ledger, self.standing.rules.counted_days
        is_counted = None if counted is None else asked_once(counted)
        return Clock(self.day, ledger.facts.held(effect, ledger.known_on), is_counted)

    def next_by_count(self, until: int) -> int:
        """Give the first day before another on which a count comes to a figure of the rules; else that."""
        days = [
            *self._after_due_day(),
            *self._probation_end(),
            *self._plan_figures(until),
            *self._regulatory_figures(until),
            *(self._beyond_grace(due, until) for due in self._in_grace),
        ]
        return min([until, *days])

    def _after_due_day(self) -> Iterator[int]:
        """Give the day after a due day, if what fell due may then be past due, or be paid in time."""
        at = self.standing
        if self.day in at.lateness.due and (at.is_due or self.past_due or at.history.missed):
            yield self.day + 1

    def _probation_end(self) -> Iterator[int]:
        cure, cured_on = self.standing.rules.cure, self.standing.history.cured_on
        if cure is not None and cure.probation_days is not None and cured_on is not None:
            end = cured_on + cure.probation_days.value
            if end > self.day:
                yield end

    def _plan_figures(self, until: int) -> Iterator[int]:
        rules = self.standing.rules
        if self.since is not None:
            breach = rules.breach
            behind = None if breach is None else breach.behind_days
            figures = [*_edges(rules.buckets), *([] if behind is None else [behind.value + 1])]
            yield self.plan.passes(self.standing.days_past_due, figures, until)

    def _regulatory_figures(self, until: int) -> Iterator[int]:
        at, classes = self.standing, self.standing.rules.classes
        if classes is None:
            return
        clock, contract = self._clock(HoldEffect.REGULATORY_DAYS_STOP), at.ledger.contract_clock
        if self._is_regulated:
            yield clock.passes(at.regulatory_days_past_due, _edges(classes), until)
        if contract is not None and contract.due <= self.day:
            days = contract.days_on(self.day)
            yield Clock(self.day, contract.held, None).passes(days, _edges(classes), until)

    @property
    def _is_regulated(self) -> bool:
        """Whether the regulator's clock runs for the plan."""
        materiality = self.standing.rules.materiality
        if self.since is None or materiality is None:
            return self.since is not None
        return material_since(self.standing.lateness, materiality) is not None

    @property
    def _in_grace(self) -> Iterable[int]:
        """The due days of which it matters when their grace is over, which may be past already."""
        at, breach = self.standing, self.standing.rules.breach
        if self.since is None:
            return ()
        if breach is None or (breach.missed is None and breach.in_a_row is None):
            return (self.since,)
        return {self.since, *(at.lateness.due[item] for item in at.lateness.past_due)}

    def _beyond_grace(self, due: int, until: int) -> int:
        """Give the first day before another that is beyond the grace of a due day; else that other day."""
        grace, calendar = self.standing.rules.grace, self.standing.rules.grace_calendar
        if calendar is None:
            return self.plan.reaches(grace + 1 - self.plan.count(due, self.day), self.day, until)
        days = LateDays(self.plan.held, calendar)
        last = days.end_of(due, grace, until - 1)
        if days.count(due, last) < grace:
            return until
        return self.plan.reaches(1 - self.plan.count(last, self.day), max(last, self.day), until)


def compared(before: Stop, after: Stop) -> Iterator[Reason]:
    """Give what changed from one stop to the next, besides what happened."""
    if before.standing.rules is not after.standing.rules:
        yield Reason(ChangeKind.RULES)
    lateness, first = after.standing.lateness, after.standing.ledger.asked.first_number
    for item, due in enumerate(lateness.due):
        if due == after.day and lateness.asked[item]:
            yield Reason(ChangeKind.DUE, first + item)
    for kind, numbers in (
        (ChangeKind.PAST_DUE, after.past_due - before.past_due),
        (ChangeKind.SETTLED, before.past_due - after.past_due),
    ):
        yield from (Reason(kind, number) for number in sorted(numbers))
    yield from (Reason(kind) for kind in _FLAGS if kind in after.flags - before.flags)
    cured_on = after.standing.history.cured_on
    if cured_on is not None and cured_on != before.standing.history.cured_on:
        yield Reason(ChangeKind.CURED)
    if before.standing.is_on_probation and not after.standing.is_on_probation:
        yield Reason(ChangeKind.PROBATION_ENDS)
    for kind, read in _READ.items():
        if read(before.position) != read(after.position):
            yield Reason(kind)


def _edges(scale: DelinquencyScale) -> set[int]:
    """Give the days on which another band, or none, begins."""
    ends = {band.last_day + 1 for band in scale.bands if band.last_day is not None}
    return ends | {band.first_day for band in scale.bands}


_FLAGS: Final[dict[ChangeKind, Callable[[Standing], bool]]] = {
    ChangeKind.BEYOND_GRACE: lambda standing: standing.days_beyond_grace > 0,
    ChangeKind.BREACHED: lambda standing: standing.is_in_breach,
    ChangeKind.COMPLETED: lambda standing: standing.is_completed or standing.is_completed_within_tolerance,
}
_READ: Final[dict[ChangeKind, Callable[[Position], object]]] = {
    ChangeKind.STATE: lambda position: position.state,
    ChangeKind.BUCKET: lambda position: position.bucket,
    ChangeKind.CLASS: lambda position: position.class_,
    ChangeKind.CONTRACT_CLASS: lambda position: position.contract_class,
}
