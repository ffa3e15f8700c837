"""The search for affordable plans: bounded, deterministic, and judged by the certificate alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

import attrs

from repayplan.affordability.capacity import Capacity
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.plan.certificate import CapacityCertificate, each_limit
from repayplan.plan.offer import Candidate
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
    import pendulum

    from repayplan.schedule.schedule import Schedule

__all__ = ["Found", "Search"]


@attrs.frozen
class Found:
    """An affordable plan."""

    candidate: Candidate
    certificate: CapacityCertificate


def _own_timeline(search: Search) -> Timeline:
    return Timeline(search.terms)


@attrs.frozen
class Search:
    """The level plans of one debt that are looked at: every monthly one, or one for each length in months.

    Attributes:
        terms: The terms; their count of installments is what varies.
        capacity: What may be asked for.
        max_months: The longest term from ``terms.starts_on``.
        timeline: The dates, which searches on other rates or amounts share, so that a calendar is asked once.
    """

    terms: Terms
    capacity: Capacity
    max_months: int
    timeline: Timeline = attrs.field(
        default=attrs.Factory(_own_timeline, takes_self=True), eq=False, repr=False
    )

    @cached_property
    def longest(self) -> Schedule | None:
        """The schedule of the most installments that the longest term and the amounts allow, if any."""
        most = len(self._due_dates)
        return self._schedule(nearest_count(self._attempt, most)) if most else None

    def affordable(self) -> list[Found]:
        """Give the affordable plans, the shortest first."""
        shortest = self._shortest()
        if shortest is None:
            return []
        later = (count for count in self._counts() if count > shortest.candidate.installments)
        longer = map(self._found, later)
        return [shortest, *(found for found in longer if found is not None)]

    def _counts(self) -> list[int]:
        """Give the counts to look at: all, or for installments oftener than monthly, one for each month."""
        if self.most <= self.max_months + 1:
            return list(range(1, self.most + 1))
        counts = {self._count_within(months) for months in range(1, self.max_months + 1)} | {self.most}
        return sorted(count for count in counts if count <= self.most)

    def gentlest(self) -> Found | None:
        """Give the affordable plan of the most installments, if there is one."""
        if not self.may_fit:
            return None
        counts = range(self.most, self._least_count() - 1, -1)
        return next((found for count in counts if (found := self._found(count)) is not None), None)

    @property
    def most(self) -> int:
        """The most installments that the longest term and the amounts allow; 0 if not even one."""
        return 0 if self.longest is None else len(self.longest)

    @property
    def most_in_term(self) -> int:
        """The most installments that the longest term holds, whatever the amounts."""
        return len(self._due_dates)

    def _shortest(self) -> Found | None:
        counts = range(self._least_count(), self.most + 1)
        return next((found for count in counts if (found := self._found(count)) is not None), None)

    @cached_property
    def _due_dates(self) -> list[pendulum.Date]:
        """The due dates within the longest term, in rising order."""
        end = months_later(self.terms.starts_on, self.max_months)
        places = takewhile(lambda place: place[1] <= end, self.terms.places())
        count = sum(1 for _ in islice(places, INSTALLMENTS_MAX))
        self.timeline.rows(count)
        return self.timeline.due[: bisect_right(self.timeline.due, end, hi=count)]

    def _count_within(self, months: int) -> int:
        return bisect_right(self._due_dates, months_later(self.terms.starts_on, months))

    def _least_count(self) -> int:
        """Give the least count whose first installment, at least, is within capacity.

        The level payment and the first carried part fall as the count rises, so every lower count fails.
        """
        counts = range(1, len(self._due_dates) + 1)
        return 1 + bisect_left(counts, 1, key=self._first_fits)

    @property
    def fails_on_first_period(self) -> bool:
        """Whether an irregular first period bears more interest than the installment of the longest term."""
        terms = self.terms
        if self.most == self.most_in_term or terms.frequency.is_one_period(terms.starts_on, terms.grid()):
            return False
        stuck = self._attempt(self.most_in_term)
        return isinstance(stuck, Stuck) and stuck.number == 1 and stuck.pays_too_little and stuck.interest > 0

    @property
    def may_fit(self) -> bool:
        """Whether the longest plan passes two tests, without which no plan is affordable.

        Its first installment is within capacity, and so is their average. Both rise with debt and rate.
        """
        if self.longest is None:
            return False
        amounts = self.longest.amounts
        return amounts[0] <= self.limit and sum(amounts) <= self.limit * len(amounts)

    @cached_property
    def limit(self) -> int:
        """What one installment may ask for, in minor units."""
        return each_limit(self.capacity, self.terms.frequency).minor_units

    def _first_fits(self, count: int) -> bool:
        return self._first_amount(count) <= self.limit

    def _first_amount(self, count: int) -> int:
        rows = self.timeline.rows(count)
        factors = list(period_factors(self.terms, rows, rows[-1][1]))
        principal = self.terms.amortized.minor_units
        payment = LevelPayment(count).payment(principal, factors, self.terms.rounding)
        return payment + sum(self.terms.carried.parts(component, count)[0] for component in CARRIED)

    def _attempt(self, count: int) -> Schedule | Stuck:
        return attempt(attrs.evolve(self.terms, repayment=LevelPayment(count)), self.timeline)

    def _schedule(self, count: int) -> Schedule | None:
        built = self._attempt(count)
        return None if isinstance(built, Stuck) else built

    def _found(self, count: int) -> Found | None:
        schedule = self._schedule(count)
        return None if schedule is None else self._certified(schedule)

    def _certified(self, schedule: Schedule) -> Found | None:
        certificate = CapacityCertificate(schedule, self.capacity)
        if not certificate.holds:
            return None
        months = months_to(self.terms.starts_on, schedule.last_due)
        candidate = Candidate(len(schedule), schedule.highest, months, schedule.total)
        return Found(candidate, certificate)
