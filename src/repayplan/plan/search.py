"""The search for affordable plans: bounded, deterministic, and judged by the certificate alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction
from functools import cached_property
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.affordability.capacity import Capacity
from repayplan.daycounts import DayCount
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.frequencies import INSTALLMENTS_MAX, Frequency, ListedDates
from repayplan.plan.candidate import Candidate, Shape
from repayplan.plan.certificate import CapacityCertificate
from repayplan.plan.following import least_level, rows_to_clear, to_steps
from repayplan.plan.limits import Limits
from repayplan.plan.term import months_later, months_to
from repayplan.schedule.amortization import Stuck
from repayplan.schedule.attempt import attempt
from repayplan.schedule.carried import CARRIED
from repayplan.schedule.counts import nearest_count
from repayplan.schedule.level import LevelPayment
from repayplan.schedule.periods import period_factors
from repayplan.schedule.terms import Terms
from repayplan.schedule.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.schedule.annuity import Factor
    from repayplan.schedule.repayment import Repayment
    from repayplan.schedule.schedule import Schedule
    from repayplan.schedule.stated import StepPayments

__all__ = ["LENGTHS_MAX", "Found", "Search"]

LENGTHS_MAX: Final = 12
"""The most lengths between the shortest and the longest that are looked at, those two included."""


_TRIES_MAX: Final = 20
"""The most counts from the greatest down that are tried one by one."""


@attrs.frozen
class Found:
    """An affordable plan."""

    candidate: Candidate
    certificate: CapacityCertificate


def _own_frequency(search: Search) -> Frequency:
    return search.terms.frequency


def _own_timeline(search: Search) -> Timeline:
    return Timeline(search.terms)


@attrs.frozen
class Search:
    """The plans of one debt that are looked at: level ones, and where capacity varies those that follow it.

    Attributes:
        terms: The terms; their pattern is what varies.
        capacity: What may be asked for.
        max_months: The longest term from ``terms.starts_on``.
        frequency: The frequency that was asked for, where the terms list its dates one by one.
        deferred: Whether the first due date is later than was asked for.
        timeline: The dates, which searches on other rates or amounts share, so that a calendar is asked once.
    """

    terms: Terms
    capacity: Capacity
    max_months: int
    frequency: Frequency = attrs.field(default=attrs.Factory(_own_frequency, takes_self=True))
    deferred: bool = False
    timeline: Timeline = attrs.field(
        default=attrs.Factory(_own_timeline, takes_self=True), eq=False, repr=False
    )

    @cached_property
    def longest(self) -> Schedule | None:
        """The level schedule of the most installments that the longest term and the amounts allow, if any.

        A first period may bear more interest than such a payment; the level is then the least that clears the
        debt in time.
        """
        most = len(self.due_dates)
        if most and self._is_stuck_on_interest:
            return self.level_schedule(self.least_level())
        return self._schedule(nearest_count(self._attempt, most)) if most else None

    def affordable(self) -> list[Found]:
        """Give the affordable plans of the lengths that are looked at, the shortest first."""
        shortest = self.shortest
        if shortest is None:
            return []
        longer = map(self.found, self.lengths(shortest.candidate.installments)[1:])
        return [shortest, *(found for found in longer if found is not None)]

    def gentlest(self) -> Found | None:
        """Give the affordable plan of the most installments, if there is one."""
        if not self.may_fit:
            return None
        counts = range(self.most, self.least_count() - 1, -1)
        lengths = reversed(self.lengths(self.least_count()))  # where many counts in a row do not work
        tried = chain(counts[:_TRIES_MAX], lengths)
        return next((found for count in tried if (found := self.found(count)) is not None), None)

    @cached_property
    def most(self) -> int:
        """The most installments that are looked at; 0 if not even one is possible."""
        most = len(self.due_dates)
        if not most or self._limits_vary or self._is_stuck_on_interest:
            return most
        return 0 if self.longest is None else len(self.longest)

    @property
    def _is_stuck_on_interest(self) -> bool:
        """Whether a level payment over the longest term would not reach for the interest of some row."""
        stuck = self._attempt(len(self.due_dates))
        return isinstance(stuck, Stuck) and stuck.pays_too_little and stuck.interest > 0

    @property
    def may_fit(self) -> bool:
        """Whether paying the limit of every row would clear the debt in time, without which no plan works.

        It gets harder with debt and rate.
        """
        return self.may_fit_in(len(self.due_dates))

    def may_fit_in(self, count: int) -> bool:
        """Whether paying the limit of so many rows would clear the debt."""
        return count > 0 and self._clears(count, self.limits)

    @cached_property
    def limits(self) -> list[int]:
        """What the rows of the longest term may ask for, in minor units."""
        limits = Limits(self.capacity, self.frequency, self.terms.frequency.date_count is not None)
        return limits.rows(self.timeline.scheduled[: len(self.due_dates)])

    @property
    def carried_part(self) -> int:
        """What the first row asks for of what is carried, over the longest term."""
        return self._carried(len(self.due_dates))[0]

    @property
    def begins_with_more(self) -> bool:
        """Whether the first row asks for more of what is carried than the others do."""
        parts = self._carried(len(self.due_dates))
        return parts[0] > parts[-1] + 1

    @cached_property
    def _limits_vary(self) -> bool:
        return len(set(self.limits)) > 1

    @cached_property
    def due_dates(self) -> list[pendulum.Date]:
        """The due dates within the longest term, in rising order."""
        end = months_later(self.terms.starts_on, self.max_months)
        places = takewhile(lambda place: place[1] <= end, self.terms.places())
        count = sum(1 for _ in islice(places, INSTALLMENTS_MAX))
        self.timeline.rows(count)
        return self.timeline.due[: bisect_right(self.timeline.due, end, hi=count)]

    def found(self, count: int) -> Found | None:
        """Give the affordable plan of a length: level if that fits, else one that follows capacity."""
        level = self._schedule(count)
        plan = None if level is None else self._certified(level)
        if plan is not None:
            return plan
        payments = self._least_level(count, self.limits)
        if payments is None:
            return None
        built = self._built(count, self._steps(payments))
        return None if isinstance(built, Stuck) else self._certified(built)

    def at_level(self, level: int) -> Found | None:
        """Give the affordable plan whose rows ask for a level, or for their limit where that is lower."""
        schedule = self._shortest_of([min(level, limit) for limit in self.limits])
        return None if schedule is None else self._certified(schedule)

    def level_schedule(self, level: int) -> Schedule | None:
        """Give the shortest schedule whose rows ask for a level, affordable or not."""
        return self._shortest_of([level] * len(self.due_dates))

    @property
    def interest_of_a_period(self) -> int:
        """What a row must exceed for the debt ever to fall, with what it asks for of what is carried.

        A first period may be a long one, whose interest later rows can make up for.
        """
        factors = self._factors(min(2, len(self.due_dates)))
        numerator, denominator = min(factors, key=lambda factor: Fraction(*factor))
        interest = self.terms.rounding.divide(self.terms.amortized.minor_units * numerator, denominator)
        return interest + self.carried_part

    def least_level(self) -> int:
        """Give the least level, within limits or not, that clears the debt within the longest term."""
        count = len(self.due_dates)
        levels = range(1, MINOR_UNITS_MAX + 1)
        return levels[bisect_left(levels, 1, key=lambda level: self._clears(count, [level] * count))]

    def _shortest_of(self, asked: Sequence[int]) -> Schedule | None:
        """Give the shortest schedule whose rows ask for these amounts, or for a little less.

        What is spread may make the shortest one by a row too long for the amounts; then they are lowered.
        """
        count = self._count_within(asked)
        if count > len(asked):
            return None
        carried = self._carried(count)
        payments = [amount - part for amount, part in zip(asked, carried, strict=False)]
        principal, divide = self.terms.amortized.minor_units, self.terms.rounding.divide
        if rows_to_clear(principal, self._factors(count), divide, payments) != count:
            lowered = self._least_level(count, asked)
            if lowered is None:
                return None
            payments = lowered
        built = self._built(count, self._steps(payments))
        return None if isinstance(built, Stuck) else built

    def certificate(self, schedule: Schedule) -> CapacityCertificate:
        """Hold a schedule against capacity, at the frequency that was asked for."""
        return CapacityCertificate(schedule, self.capacity, self.frequency)

    def lengths(self, shortest: int, most: int = LENGTHS_MAX) -> list[int]:
        """Spread the lengths to look at, at most so many, evenly from the shortest to the longest."""
        span, steps = self.most - shortest, most - 1
        if span <= steps:
            return list(range(shortest, self.most + 1))
        return [shortest + span * step // steps for step in range(most)]

    @cached_property
    def shortest(self) -> Found | None:
        """Give the affordable plan of the fewest installments, if there is one."""
        counts = range(self.least_count(), self.most + 1)
        return next((found for count in counts if (found := self.found(count)) is not None), None)

    def least_count(self) -> int:
        """Give the least count in which paying the limit of every row clears the debt, or one too many."""
        return self._count_within(self.limits)

    def _count_within(self, limits: Sequence[int]) -> int:
        """Give the least count at which rows that ask for these limits clear the debt, or one too many.

        More rows pay no less each, since what is spread over them is less for each.
        """
        counts = range(1, len(limits) + 1)
        return 1 + bisect_left(counts, 1, key=lambda count: self._clears(count, limits))

    def _clears(self, count: int, limits: Sequence[int]) -> bool:
        principal, divide = self.terms.amortized.minor_units, self.terms.rounding.divide
        payments = [limit - part for limit, part in zip(limits, self._carried(count), strict=False)]
        return rows_to_clear(principal, self._factors(count), divide, payments) is not None

    def _least_level(self, count: int, limits: Sequence[int]) -> list[int] | None:
        principal, divide = self.terms.amortized.minor_units, self.terms.rounding.divide
        return least_level(principal, self._factors(count), divide, limits[:count], self._carried(count))

    def _steps(self, payments: Sequence[int]) -> StepPayments:
        return to_steps(payments, self.terms.principal.currency)

    def _factors(self, count: int) -> list[Factor]:
        if self.terms.day_count is DayCount.THIRTY_E_360_ISDA:  # asks for the last date of all
            return self._factors_to(count)
        return self._longest_factors[:count]

    @cached_property
    def _longest_factors(self) -> list[Factor]:
        return self._factors_to(len(self.due_dates))

    def _factors_to(self, count: int) -> list[Factor]:
        rows = self.timeline.rows(count)
        return list(period_factors(self.terms, rows, rows[-1][1]))

    def _carried(self, count: int) -> list[int]:
        """Give what each row asks for of what is owed besides principal."""
        parts = [self.terms.carried.parts(component, count) for component in CARRIED]
        return list(map(sum, zip(*parts, strict=True)))

    def _attempt(self, count: int) -> Schedule | Stuck:
        return self._built(count, LevelPayment(count))

    def _built(self, count: int, repayment: Repayment) -> Schedule | Stuck:
        frequency = self.terms.frequency
        if isinstance(frequency, ListedDates):
            frequency = Frequency.on_dates(frequency.dates[:count])
        return attempt(attrs.evolve(self.terms, repayment=repayment, frequency=frequency), self.timeline)

    def _schedule(self, count: int) -> Schedule | None:
        built = self._attempt(count)
        return None if isinstance(built, Stuck) else built

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
