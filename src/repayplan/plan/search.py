"""The search for affordable plans: bounded, deterministic, and judged by the certificate alone."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import attrs

from repayplan.affordability.capacity import Capacity
from repayplan.frequencies import Frequency, ListedDates
from repayplan.months import month_index
from repayplan.plan.candidate import Candidate, Shape
from repayplan.plan.certificate import CapacityCertificate
from repayplan.plan.following import to_steps
from repayplan.plan.grid import Grid
from repayplan.plan.limits import Limits
from repayplan.plan.term import months_to
from repayplan.rounding import Rounding
from repayplan.schedule.amortization import Stuck
from repayplan.schedule.attempt import attempt
from repayplan.schedule.counts import nearest_count
from repayplan.schedule.level import LevelPayment

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.schedule.repayment import Repayment
    from repayplan.schedule.schedule import Schedule
    from repayplan.schedule.terms import Terms

__all__ = ["LENGTHS_MAX", "Found", "Search"]

_TRIES_MAX: Final = 100
"""The most counts from the least up that are tried one by one."""
LENGTHS_MAX: Final = 12
"""The most lengths between the shortest and the longest that are looked at, those two included."""


@attrs.frozen
class Found:
    """An affordable plan."""

    candidate: Candidate
    certificate: CapacityCertificate


def _own_frequency(search: Search) -> Frequency:
    return search.grid.terms.frequency


@attrs.frozen
class Search:
    """The plans of one debt that are looked at: level ones, and where capacity varies those that follow it.

    Attributes:
        grid: The rows that a plan may have.
        capacity: What may be asked for.
        frequency: The frequency that was asked for, where the terms list their dates one by one.
        deferred: Whether the first due date is later than was asked for.
    """

    grid: Grid
    capacity: Capacity
    frequency: Frequency = attrs.field(default=attrs.Factory(_own_frequency, takes_self=True))
    deferred: bool = False

    @property
    def terms(self) -> Terms:
        """The terms; their pattern is what varies."""
        return self.grid.terms

    def with_terms(self, **changes: Any) -> Search:  # noqa: ANN401  # fields of the terms
        """Change terms, but no dates."""
        grid = attrs.evolve(self.grid, terms=attrs.evolve(self.terms, **changes))
        return attrs.evolve(self, grid=grid)

    def within(self, capacity: Capacity) -> Search:
        """Change the capacity."""
        return attrs.evolve(self, capacity=capacity)

    def within_months(self, max_months: int) -> Search:
        """Change the longest term."""
        return attrs.evolve(self, grid=attrs.evolve(self.grid, max_months=max_months))

    @cached_property
    def limits(self) -> list[int]:
        """What the rows of the longest term may ask for, in minor units."""
        limits = Limits(self.capacity, self.frequency, self.terms.frequency.date_count is not None)
        rows, days = limits.rows(self.grid.scheduled), self.grid.scheduled
        upfront = self.terms.upfront
        if upfront is None or not limits.by_month:
            return rows
        first = month_index(self.terms.starts_on)
        beside = sum(1 for day in days if month_index(day) == first)
        left = max(limits.month(self.terms.starts_on) - upfront.minor_units, 0)
        return [min(limit, left // beside) for limit in rows[:beside]] + rows[beside:]

    @cached_property
    def longest(self) -> Schedule | None:
        """The level schedule of the most installments that the longest term and the amounts allow, if any.

        A first period may bear more interest than such a payment; the level is then the least that clears the
        debt in time.
        """
        most = len(self.grid)
        if most and self._is_stuck_on_interest:
            return self.level_schedule(self.grid.least_level_of_all())
        return self._schedule(nearest_count(self._attempt, most)) if most else None

    @property
    def most(self) -> int:
        """The most installments that are looked at: each repays a minor unit at least."""
        return min(len(self.grid), self.terms.amortized.minor_units)

    @property
    def _is_stuck_on_interest(self) -> bool:
        """Whether a level payment over the longest term would not reach for the interest of some row."""
        stuck = self._attempt(len(self.grid))
        return isinstance(stuck, Stuck) and stuck.pays_too_little and stuck.interest > 0

    @cached_property
    def shortest(self) -> Found | None:
        """Give the affordable plan of the fewest installments, if there is one."""
        counts = range(self.least_count, self.most + 1)
        tried = chain(counts[:_TRIES_MAX], self.lengths(self.least_count))
        return next((found for count in tried if (found := self.found(count)) is not None), None)

    @cached_property
    def least_count(self) -> int:
        """The least count in which paying the limit of every row clears the debt, or one too many."""
        return self.grid.least_count(self.limits)

    @property
    def earliest_end(self) -> pendulum.Date | None:
        """The scheduled date of the last row if every row asks for its limit; None if that is too little."""
        return self.grid.scheduled[self.least_count - 1] if self.least_count <= len(self.grid) else None

    @property
    def may_fit(self) -> bool:
        """Whether paying the limit of every row would clear the debt in time, without which no plan works."""
        return self.may_fit_in(len(self.grid))

    def may_fit_in(self, count: int) -> bool:
        """Whether paying the limit of so many rows would clear the debt."""
        return count > 0 and self.grid.clears(count, self.limits)

    def lengths(self, shortest: int, most: int = LENGTHS_MAX) -> list[int]:
        """Spread the lengths to look at, at most so many, evenly from the shortest to the longest."""
        span, steps = self.most - shortest, most - 1
        if span <= steps:
            return list(range(shortest, self.most + 1))
        return [shortest + span * step // steps for step in range(most)]

    def found(self, count: int) -> Found | None:
        """Give the affordable plan of a length: level if that fits, else one that follows capacity.

        A level payment is rounded up, so that the last installment is as a rule no higher than the others.
        """
        level = self._schedule(count)
        plan = None if level is None else self._certified(level)
        if plan is not None:
            return plan
        payments = self.grid.least_level(count, self.limits)
        if payments is None:
            return None
        built = self._following(payments)
        return None if built is None else self._certified(built)

    def at_level(self, level: int) -> Found | None:
        """Give the affordable plan whose rows ask for a level, or for their limit where that is lower."""
        schedule = self._shortest_of([min(level, limit) for limit in self.limits])
        return None if schedule is None else self._certified(schedule)

    def level_schedule(self, level: int) -> Schedule | None:
        """Give the shortest schedule whose rows ask for a level, affordable or not."""
        return self._shortest_of([level] * len(self.grid))

    def _shortest_of(self, asked: Sequence[int]) -> Schedule | None:
        """Give the shortest schedule whose rows ask for these amounts, or for a little less.

        What is spread may make the shortest one by a row too long for the amounts; then they are lowered.
        """
        count = self.grid.least_count(asked)
        if count > len(asked):
            return None
        if self.grid.clears_with_last(count, asked):
            carried = self.grid.carried(count)
            return self._following([amount - part for amount, part in zip(asked, carried, strict=False)])
        lowered = self.grid.least_level(count, asked)
        return None if lowered is None else self._following(lowered)

    def certificate(self, schedule: Schedule) -> CapacityCertificate:
        """Hold a schedule against capacity, at the frequency that was asked for."""
        return CapacityCertificate(schedule, self.capacity, self.frequency)

    def _following(self, payments: Sequence[int]) -> Schedule | None:
        built = self._built(len(payments), to_steps(payments, self.terms.principal.currency))
        return None if isinstance(built, Stuck) else built

    def _schedule(self, count: int) -> Schedule | None:
        built = self._attempt(count)
        return None if isinstance(built, Stuck) else built

    def _attempt(self, count: int) -> Schedule | Stuck:
        return self._built(count, LevelPayment(count, rounding=Rounding.CEILING))

    def _built(self, count: int, repayment: Repayment) -> Schedule | Stuck:
        frequency = self.terms.frequency
        if isinstance(frequency, ListedDates):
            frequency = Frequency.on_dates(frequency.dates[:count])
        terms = attrs.evolve(self.terms, repayment=repayment, frequency=frequency)
        return attempt(terms, self.grid.timeline)

    def _certified(self, schedule: Schedule) -> Found | None:
        certificate = self.certificate(schedule)
        if not certificate.holds:
            return None
        candidate = Candidate(
            installments=len(schedule),
            highest=schedule.highest,
            months=months_to(self.terms.starts_on, schedule.last_due),
            total=schedule.total,
            shape=Shape.DEFERRED if self.deferred else Shape.of(schedule),
            frequency=self.frequency,
            carried=self.terms.carried.treatments,
        )
        return Found(candidate, certificate)
