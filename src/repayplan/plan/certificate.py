"""Proof that no installment is above what the client can pay."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.affordability.capacity import Capacity
from repayplan.checks import check_instance
from repayplan.money import Money, check_currency
from repayplan.rules import Comparison, Finding
from repayplan.schedule.schedule import Schedule
from repayplan.values import Value

if TYPE_CHECKING:
    from repayplan.dates import Frequency

__all__ = ["CapacityCertificate", "CertificateLine", "CertificateMonth", "each_limit"]

_MONTHLY = 12


@attrs.frozen
class CertificateLine(Value):
    """One installment held against capacity.

    Attributes:
        number: The installment.
        scheduled_for: Its date before any business-day move, which decides the capacity.
        due_on: The date on which it is to be paid.
        amount: What it asks for.
        capacity: What may be asked then.
    """

    number: int
    scheduled_for: pendulum.Date
    due_on: pendulum.Date
    amount: Money
    capacity: Money

    @property
    def slack(self) -> Money:
        """What capacity leaves over; negative where the installment is too high."""
        return self.capacity - self.amount


@attrs.frozen
class CertificateMonth(Value):
    """All that is asked for in a calendar month, held against that month's capacity."""

    year: int
    month: int
    amount: Money
    capacity: Money

    @property
    def slack(self) -> Money:
        """What capacity leaves over; negative where too much is asked for."""
        return self.capacity - self.amount


@attrs.frozen
class CapacityCertificate(Value):
    """Every installment of a schedule held against a capacity; the verdict follows and cannot be stated.

    Each installment keeps to ``capacity.per(frequency)`` on its scheduled date. Where installments come
    monthly or less often, all that is scheduled in a calendar month keeps to that month's capacity too.

    Attributes:
        schedule: What is asked for.
        capacity: What may be asked for.

    Raises:
        MoneyError: The two are in different currencies.
    """

    schedule: Schedule
    capacity: Capacity

    def __attrs_post_init__(self) -> None:
        """Check the currencies."""
        check_instance(self.schedule, Schedule, "schedule")
        check_instance(self.capacity, Capacity, "capacity")
        check_currency(self.capacity.monthly, self.schedule.terms.principal.currency, "capacity")

    @cached_property
    def lines(self) -> tuple[CertificateLine, ...]:
        """One line for each installment."""
        each = self.capacity.per(self.schedule.terms.frequency)
        return tuple(
            CertificateLine(row.number, row.scheduled_for, row.due_on, row.amount, each)
            for row in self.schedule
        )

    @cached_property
    def months(self) -> tuple[CertificateMonth, ...]:
        """One line for each calendar month, where installments come monthly or less often; otherwise none."""
        monthly = self.capacity.monthly
        return tuple(
            CertificateMonth(*month, Money.from_minor_units(units, monthly.currency), monthly)
            for month, units in self._month_sums.items()
        )

    @cached_property
    def holds(self) -> bool:
        """Whether every installment, and every month, is within capacity."""
        each = self.capacity.per(self.schedule.terms.frequency).minor_units
        monthly = self.capacity.monthly.minor_units
        return max(self.schedule.amounts) <= each and all(
            sum_ <= monthly for sum_ in self._month_sums.values()
        )

    @cached_property
    def _month_sums(self) -> dict[tuple[int, int], int]:
        sums: dict[tuple[int, int], int] = {}
        if _is_judged_by_month(self.schedule.terms.frequency):
            for day, units in zip(self.schedule.scheduled, self.schedule.amounts, strict=True):
                month = (day.year, day.month)
                sums[month] = sums.get(month, 0) + units
        return sums

    @property
    def tightest(self) -> CertificateLine | CertificateMonth:
        """The installment or month with the least slack, the earliest of several."""
        lines: list[CertificateLine | CertificateMonth] = [*self.lines, *self.months]
        return min(lines, key=lambda line: line.slack)

    def finding(self, rule: str) -> Finding:
        """Give the verdict as a finding: the tightest amount against the capacity then."""
        tightest = self.tightest
        return Finding(rule, self.holds, tightest.amount, tightest.capacity, comparison=Comparison.AT_MOST)


def each_limit(capacity: Capacity, frequency: Frequency) -> Money:
    """Give what one installment may ask for, on its own and as the only one of its month."""
    each = capacity.per(frequency)
    return min(each, capacity.monthly) if _is_judged_by_month(frequency) else each


def _is_judged_by_month(frequency: Frequency) -> bool:
    return frequency.periods_per_year <= _MONTHLY
