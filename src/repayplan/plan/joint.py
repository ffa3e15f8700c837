"""The search for plans of several debts under one capacity."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import attrs

from repayplan.affordability.capacity import ALWAYS, Capacity
from repayplan.money import Money
from repayplan.months import MonthEnd, date_in_month, month_index
from repayplan.plan.candidate import Candidate, Shape
from repayplan.plan.certificate import asked_on, month_sums
from repayplan.plan.debt import Debt
from repayplan.plan.debts import Debts, FreedShare
from repayplan.plan.joint_offer import JointCertificate
from repayplan.plan.pro_rata import shares
from repayplan.plan.search import Found, Search
from repayplan.plan.starts import searches
from repayplan.rounding import share_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.schedule.schedule import Schedule

__all__ = ["JointFound", "JointSearch"]


@attrs.frozen
class JointFound:
    """An affordable plan of several debts: one for each, in their order."""

    candidate: Candidate
    plans: tuple[Found, ...]


@attrs.frozen
class JointSearch:
    """The plans of several debts that are looked at.

    Priority debts are planned first, each as fast as what is left of capacity allows. The others share what
    is left in every month in proportion to what is owed, with the least payment for each creditor; a month
    that does not reach for the least payments is left out.

    Attributes:
        debts: What is owed.
        capacity: What may be asked for in all.
        search_of: Makes the search for plans of one debt within a capacity of its own.
    """

    debts: Debts
    capacity: Capacity
    search_of: Callable[[Debt, Capacity], Search]

    def affordable(self) -> list[JointFound]:
        """Give the affordable plans: the fastest, and those of the lengths that are looked at."""
        first = self._priority()
        if first is None:
            return []
        plans, left = first
        others = [debt for debt in self.debts.debts if not debt.priority]
        if not others:
            return [self._found(plans)]
        own = self._shares(others, left)
        starts = [self._start(debt, share) for debt, share in zip(others, own, strict=True)]
        finders = [cache(start.found) for start in starts]  # lengths are tried again for the next one
        found = [
            self._found({**plans, **parts})
            for count in self._counts(starts)
            if (parts := self._of_length(others, starts, finders, count)) is not None
        ]
        flowing = self._flowing(others, own) if self.debts.freed is FreedShare.FLOWS else None
        return found if flowing is None else [self._found({**plans, **flowing}), *found]

    def _priority(self) -> tuple[dict[str, Found], Capacity] | None:
        """Plan the priority debts, and say what they leave; None if one of them cannot be planned."""
        left = self.capacity
        plans: dict[str, Found] = {}
        for debt in self.debts.debts:
            if not debt.priority:
                continue
            fastest = self._fastest(debt, left)
            if fastest is None:
                return None
            plans[debt.id] = fastest
            left = left.less(_asked(fastest.certificate.schedule))
        return plans, left

    def _shares(self, debts: Sequence[Debt], left: Capacity) -> list[Capacity]:
        """Share what is left of every month, in proportion to what is owed."""
        balances = [debt.total.minor_units for debt in debts]
        least = 0 if self.debts.minimum is None else self.debts.minimum.minor_units
        needed = sum(min(least, balance) for balance in balances)
        parts = [
            shares(amount.minor_units, balances, least)
            if amount.minor_units >= max(1, needed)
            else [0] * len(debts)
            for _, amount in left.steps
        ]
        return [
            Capacity(
                [
                    (day, Money.from_minor_units(part[index], self.debts.currency))
                    for (day, _), part in zip(left.steps, parts, strict=True)
                ]
            )
            for index in range(len(debts))
        ]

    def _fastest(self, debt: Debt, capacity: Capacity) -> Found | None:
        """Give the shortest plan of a debt from the earliest start that has one."""
        starts = searches(self.search_of(debt, capacity))
        return next(
            (found for start in starts if (found := self._enough(start, start.shortest)) is not None),
            None,
        )

    def _start(self, debt: Debt, capacity: Capacity) -> Search:
        """Give the search from the earliest start that has a plan, or from the first."""
        search = self.search_of(debt, capacity)
        starts = list(searches(search))
        return next((start for start in starts if start.shortest is not None), (starts or [search])[0])

    def _counts(self, starts: Sequence[Search]) -> list[int]:
        """Give the lengths to look at: those of the debt that takes longest."""
        lengths = [(_shortest_count(start), place) for place, start in enumerate(starts)]
        longest, place = max(lengths)
        return starts[place].lengths(longest) if min(lengths)[0] else []

    def _of_length(
        self,
        debts: Sequence[Debt],
        starts: Sequence[Search],
        finders: Sequence[Callable[[int], Found | None]],
        count: int,
    ) -> dict[str, Found] | None:
        """Plan each debt over a length, or over the next shorter one that works for it."""
        plans: dict[str, Found] = {}
        for debt, start, find in zip(debts, starts, finders, strict=True):
            shorter = range(min(count, start.most), _shortest_count(start) - 1, -1)
            fitting = (found for length in shorter if (found := find(length)) is not None)
            plan = self._enough(start, next(fitting, None))
            if plan is None or len(plan.certificate.schedule) > count:
                return None
            plans[debt.id] = plan
        return plans

    def _flowing(self, debts: Sequence[Debt], own: Sequence[Capacity]) -> dict[str, Found] | None:
        """Plan every debt as fast as its share allows; what one frees flows to those that are left."""
        left = dict(zip((debt.id for debt in debts), own, strict=True))
        by_id = {debt.id: debt for debt in debts}
        plans: dict[str, Found] = {}
        while left:
            fastest = {name: self._fastest(by_id[name], share) for name, share in left.items()}
            ends = {name: found for name, found in fastest.items() if found is not None}
            if not ends:
                return None
            first = min(ends, key=lambda name: ends[name].certificate.schedule.last_due)
            plans[first] = ends[first]
            share = left.pop(first)
            freed = _after(share, ends[first].certificate.schedule)
            balances = [by_id[name].total.minor_units for name in left]
            for place, name in enumerate(left):
                left[name] += _part(freed, balances, place)
        return plans

    def _enough(self, start: Search, found: Found | None) -> Found | None:
        """Give a plan, or where one of its installments is too low, that of the least payments."""
        if found is None or self.debts.minimum is None:
            return found
        least = self.debts.minimum.minor_units
        if min(found.certificate.schedule.amounts[:-1], default=least) >= least:
            return found
        return start.at_level(least)

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
            frequency=in_order[0].candidate.frequency,
            carried=in_order[0].candidate.carried,
        )
        return JointFound(candidate, in_order)


def _shortest_count(search: Search) -> int:
    """Count the installments of the shortest plan; 0 if there is none."""
    return 0 if search.shortest is None else search.shortest.candidate.installments


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


def _after(share: Capacity, schedule: Schedule) -> Capacity:
    """Give what a share is from the month after the last installment on, and nothing before."""
    day = date_in_month(month_index(schedule.scheduled[-1]) + 1, 1, MonthEnd.CLAMP)
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
