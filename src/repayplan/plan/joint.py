"""The search for plans of several debts under one capacity."""

from __future__ import annotations

import datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.affordability.capacity import ALWAYS, Capacity
from repayplan.frequencies import Frequency
from repayplan.money import Money
from repayplan.months import MonthEnd, date_in_month, month_index
from repayplan.plan.candidate import Candidate, Shape
from repayplan.plan.certificate import asked_on, month_sums
from repayplan.plan.debts import Debts, FreedShare
from repayplan.plan.joint_offer import JointCertificate
from repayplan.plan.pro_rata import shares
from repayplan.plan.search import Found, Search
from repayplan.plan.starts import Starts
from repayplan.rounding import share_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pendulum

    from repayplan.plan.debt import Debt
    from repayplan.schedule.schedule import Schedule

__all__ = ["LENGTHS_MAX", "JointFound", "JointSearch"]


@attrs.frozen
class JointFound:
    """An affordable plan of several debts: one for each, in their order."""

    candidate: Candidate
    plans: tuple[Found, ...]


LENGTHS_MAX: Final = 6
"""The most lengths at which all debts are planned together, the shortest and the longest included."""

_NEVER: Final = datetime.date.max
_TRIES_MAX: Final = 5
"""The most lengths that are tried for one debt, one by one."""


@attrs.frozen
class JointSearch:
    """The plans of several debts that are looked at.

    Priority debts are planned first, as fast as capacity allows, and the others share what is left in every
    month in proportion to what is owed, with the least payment for each creditor; a month that does not reach
    for the least payments is left out. Where all debts have priority, or the others could not wait so long,
    the priority debts are planned over each length that is looked at, and the others beside them.

    Attributes:
        debts: What is owed.
        capacity: What may be asked for in all.
        searches: The search of each debt, in their order, within all of capacity.
    """

    debts: Debts
    capacity: Capacity
    searches: tuple[Search, ...]

    def affordable(self) -> list[JointFound]:
        """Give the affordable plans of the lengths that are looked at, and the fastest."""
        return list(self._plans())

    def gentlest(self) -> JointFound | None:
        """Give the affordable plan of the greatest length that has one."""
        return next(self._plans(), None)

    @cached_property
    def may_fit(self) -> bool:
        """Whether all can be cleared in time: as fast as capacity allows, or all over the longest term."""
        if not self._reaches:
            return False
        longest = max(search.most for search in self.searches)
        found = self._fits_after_priority or self._over_length(longest) or self._one_after_the_other()
        return bool(found)

    @cached_property
    def _fits_after_priority(self) -> bool:
        first = self._in_order(self._first, self.capacity, self._fastest)
        if first is None:
            return False
        if not self._others:
            return True
        own = self._shares(first[1])
        if self.debts.freed is FreedShare.FLOWS:
            return self._flow(own, self._earliest_end)
        return all(start.may_fit for start in self._starts(own))

    @cached_property
    def _reaches(self) -> bool:
        """Whether capacity over the longest term reaches for what every plan asks for, interest included.

        A debt bears the least interest where all of capacity is paid to it, as if there were no other.
        """
        asked = sum(search.grid.least_total(search.limits) for search in self.searches)
        return max(sum(search.limits) for search in self.searches) >= asked

    @property
    def _first(self) -> list[Debt]:
        return [debt for debt in self.debts.debts if debt.priority]

    @property
    def _others(self) -> list[Debt]:
        return [debt for debt in self.debts.debts if not debt.priority]

    def _plans(self) -> Iterator[JointFound]:
        """Give the affordable plans, one by one and the longest first, the fastest last."""
        if not self._reaches:
            return
        after = self._after_priority()
        first = next(after, None)
        if first is not None:
            yield first
            yield from after
        if first is None or not self._others:
            beside = list(self._over_lengths())
            yield from beside
            if first is None and not beside:
                yield from filter(None, [self._one_after_the_other()])

    def _one_after_the_other(self) -> JointFound | None:
        """Repay the priority debts and then the others as fast as capacity allows, the highest rate first.

        No other way bears less interest.
        """
        found = self._in_order([*self._first, *self._dearest_first], self.capacity, self._fastest)
        return None if found is None else self._found(found[0])

    @property
    def _dearest_first(self) -> list[Debt]:
        return sorted(self._others, key=lambda debt: -debt.rate.per_year)

    def _after_priority(self) -> Iterator[JointFound]:
        """Give the plans that repay the priority debts as fast as capacity allows."""
        first = self._in_order(self._first, self.capacity, self._fastest)
        if first is None:
            return
        plans, left = first
        if not self._others:
            yield self._found(plans)
            return
        own = self._shares(left)
        yield from self._of_lengths(own, plans)
        flowing = self._flowing(own) if self.debts.freed is FreedShare.FLOWS else None
        if flowing is not None:
            yield self._found({**plans, **flowing})

    def _over_lengths(self) -> Iterator[JointFound]:
        """Give the plans that repay all debts over a length, the priority debts first."""
        starts = [self._start(debt, self.capacity) for debt in self._first or self._others]
        found = map(self._over_length, reversed(_lengths(starts)))
        yield from (plan for plan in found if plan is not None)

    def _over_length(self, count: int) -> JointFound | None:
        """Repay the priority debts over a length, and the others beside them.

        The others share what is left in proportion; where the share of one does not bear its interest, they
        take what they need one after the other, the highest rate first.
        """

        def over(debt: Debt, left: Capacity) -> Found | None:
            return self._over(self._start(debt, left), count)

        first = self._in_order(self._first, self.capacity, over)
        if first is None:
            return None
        plans, left = first
        if not self._others:
            return self._found(plans)
        parts = self._of_starts(self._starts(self._shares(left)), count)
        if parts is None:
            rest = self._in_order(self._dearest_first, left, over)
            parts = None if rest is None else rest[0]
        return None if parts is None else self._found({**plans, **parts})

    def _in_order(
        self,
        debts: Sequence[Debt],
        capacity: Capacity,
        plan_of: Callable[[Debt, Capacity], Found | None],
    ) -> tuple[dict[str, Found], Capacity] | None:
        """Plan debts one after the other, and say what they leave; None if one has no plan."""
        left = capacity
        plans: dict[str, Found] = {}
        for debt in debts:
            plan = plan_of(debt, self._reaching(debt, left))
            if plan is None:
                return None
            plans[debt.id] = plan
            left = left.less(_asked(plan.certificate.schedule))
        return plans, left

    def _reaching(self, debt: Debt, capacity: Capacity) -> Capacity:
        """Leave out the months that do not reach for the least payment."""
        if self.debts.minimum is None:
            return capacity
        least, nothing = min(self.debts.minimum, debt.total), Money.zero(self.debts.currency)
        return Capacity([(day, amount if amount >= least else nothing) for day, amount in capacity.steps])

    def _shares(self, left: Capacity) -> list[Capacity]:
        """Share what is left of every month among the other debts, in proportion to what is owed."""
        balances = [debt.total.minor_units for debt in self._others]
        least = 0 if self.debts.minimum is None else self.debts.minimum.minor_units
        needed = sum(min(least, balance) for balance in balances)
        parts = [
            shares(amount.minor_units, balances, least)
            if amount.minor_units >= max(1, needed)
            else [0] * len(balances)
            for _, amount in left.steps
        ]
        return [
            Capacity(
                [
                    (day, Money.from_minor_units(part[index], self.debts.currency))
                    for (day, _), part in zip(left.steps, parts, strict=True)
                ]
            )
            for index in range(len(balances))
        ]

    def _fastest(self, debt: Debt, capacity: Capacity) -> Found | None:
        """Give the plan of a debt that is finished soonest."""
        starts = Starts(self._search(debt, capacity))
        found = starts.shortest
        return None if found is None else self._enough(starts, found)

    def _earliest_end(self, debt: Debt, capacity: Capacity) -> pendulum.Date | None:
        """Give the day on which a debt ends that is paid all it may be."""
        return self._start(debt, capacity).earliest_end

    def _search(self, debt: Debt, capacity: Capacity) -> Search:
        return self.searches[self.debts.debts.index(debt)].within(capacity)

    def _start(self, debt: Debt, capacity: Capacity) -> Search:
        """Give the search on the first choice of dates that may have a plan, or on the first of all."""
        starts = Starts(self._search(debt, capacity))
        return next((start for start in starts.each if start.may_fit), starts.first)

    def _of_lengths(self, own: Sequence[Capacity], plans: dict[str, Found]) -> Iterator[JointFound]:
        """Plan the other debts within their shares over each length that is looked at."""
        starts = self._starts(own)
        for count in reversed(_lengths(starts)):
            parts = self._of_starts(starts, count)
            if parts is not None:
                yield self._found({**plans, **parts})

    def _starts(self, own: Sequence[Capacity]) -> list[Search]:
        return [self._start(debt, share) for debt, share in zip(self._others, own, strict=True)]

    def _of_starts(self, starts: Sequence[Search], count: int) -> dict[str, Found] | None:
        plans = [self._over(start, count) for start in starts]
        found = [plan for plan in plans if plan is not None]
        if len(found) < len(plans):
            return None
        return {debt.id: plan for debt, plan in zip(self._others, found, strict=True)}

    def _over(self, start: Search, count: int) -> Found | None:
        """Plan a debt over a length, or over the next shorter one that works for it."""
        most = min(count, start.most)
        if not start.may_fit_in(most):
            return None
        shorter = range(most, 0, -1)[:_TRIES_MAX]
        plan = next((found for length in shorter if (found := start.found(length)) is not None), None)
        return self._enough(start, plan)

    def _flowing(self, own: Sequence[Capacity]) -> dict[str, Found] | None:
        """Plan every debt as fast as its share allows; what one frees flows to those that are left."""
        plans: dict[str, Found] = {}

        def finish(debt: Debt, share: Capacity) -> pendulum.Date | None:
            plan = self._fastest(debt, share)
            if plan is None:
                return None
            plans[debt.id] = plan
            return plan.certificate.schedule.scheduled[-1]

        return plans if self._flow(own, finish) else None

    def _flow(
        self,
        own: Sequence[Capacity],
        finish: Callable[[Debt, Capacity], pendulum.Date | None],
    ) -> bool:
        """Let every debt end, in the order in which they would by themselves, and its share flow to the rest.

        Args:
            own: The share of each debt.
            finish: Says when a debt ends within its share; None where it does not.

        Returns:
            Whether all end.
        """
        ends = [
            self._earliest_end(debt, share) or _NEVER for debt, share in zip(self._others, own, strict=True)
        ]
        shares = list(own)
        order = sorted(range(len(shares)), key=ends.__getitem__)
        for place, index in enumerate(order):
            end = finish(self._others[index], shares[index])
            if end is None:
                return False
            left = order[place + 1 :]
            freed = _after(shares[index], end)
            balances = [self._others[other].total.minor_units for other in left]
            for part, other in enumerate(left):
                shares[other] += _part(freed, balances, part)
        return True

    def _enough(self, start: Search | Starts, found: Found | None) -> Found | None:
        """Give a plan, or where one of its installments is too low, a shorter one that keeps the least.

        The plan at the least payment comes first. Where parts of what is carried move its installments below
        that, the next shorter ones are tried.
        """
        if found is None or self._keeps_least(found):
            return found
        at_least = start.at_level(self._least)
        most = len(found.certificate.schedule) if at_least is None else at_least.candidate.installments
        tried = chain((at_least,), map(start.found, range(most, 0, -1)[:_TRIES_MAX]))
        return next((plan for plan in tried if plan is not None and self._keeps_least(plan)), None)

    @property
    def _least(self) -> int:
        return 1 if self.debts.minimum is None else self.debts.minimum.minor_units

    def _keeps_least(self, found: Found) -> bool:
        return min(found.certificate.schedule.amounts[:-1], default=self._least) >= self._least

    def _found(self, plans: dict[str, Found]) -> JointFound:
        in_order = tuple(plans[debt.id] for debt in self.debts.debts)
        schedules = [plan.certificate.schedule for plan in in_order]
        certificate = JointCertificate(schedules, self.capacity)
        amounts = [month.amount.minor_units for month in certificate.months]
        candidate = Candidate(
            installments=sum(map(len, schedules)),
            highest=certificate.highest,
            months=max(plan.candidate.months for plan in in_order),
            total=Money.total((schedule.total for schedule in schedules), self.debts.currency),
            shape=Shape.of_amounts(amounts[:-1]),
            frequency=Frequency.MONTHLY,  # what is asked in a month is what joint plans are compared by
            carried=in_order[0].candidate.carried,
        )
        return JointFound(candidate, in_order)


def _lengths(starts: Sequence[Search]) -> list[int]:
    """Give the lengths to look at: those of the debt that takes longest; none where one has no plan."""
    if not all(start.may_fit for start in starts):
        return []
    longest, place = max((start.least_count, place) for place, start in enumerate(starts))
    return starts[place].lengths(longest, LENGTHS_MAX)


def _asked(schedule: Schedule) -> Capacity:
    """Give what a schedule asks for in each month, and nothing in all others."""
    sums = {month_index(day): units for day, units in month_sums(asked_on(schedule)).values()}
    months = sorted({*sums, *(month + 1 for month in sums)})
    currency = schedule.terms.principal.currency
    steps = [
        (date_in_month(month, 1, MonthEnd.CLAMP), Money.from_minor_units(sums.get(month, 0), currency))
        for month in months
    ]
    return Capacity([(ALWAYS, Money.zero(currency)), *steps])


def _after(share: Capacity, end: pendulum.Date) -> Capacity:
    """Give what a share is from the month after the last installment on, and nothing before."""
    day = date_in_month(month_index(end) + 1, 1, MonthEnd.CLAMP)
    later = [(start, amount) for start, amount in share.steps if start > day]
    return Capacity([(ALWAYS, Money.zero(share.currency)), (day, share.on(day)), *later])


def _part(freed: Capacity, balances: Sequence[int], place: int) -> Capacity:
    """Give one debt's part of a freed share."""
    return Capacity(
        [
            (day, Money.from_minor_units(share_out(amount.minor_units, balances)[place], freed.currency))
            for day, amount in freed.steps
        ]
    )
