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
    from repayplan.frequencies import Frequency

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

    Each installment keeps to ``capacity.per(frequency)`` on its scheduled date, and so does what is paid up
    front, as number 0. Where installments come monthly or less often, all that is scheduled in a calendar
    month keeps to that month's capacity too; where the dates are listed, that is the only limit.

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
        """One line for each installment, after one for what is paid up front if there is such a payment."""
        each, terms = self._each, self.schedule.terms
        rows = [
            CertificateLine(row.number, row.scheduled_for, row.due_on, row.amount, each)
            for row in self.schedule
        ]
        if terms.upfront is None:
            return tuple(rows)
        return (CertificateLine(0, terms.starts_on, terms.starts_on, terms.upfront, each), *rows)

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
        each, monthly = self._each.minor_units, self.capacity.monthly.minor_units
        highest = max(units for _, units in self._asked)
        return highest <= each and all(sum_ <= monthly for sum_ in self._month_sums.values())

    @property
    def _each(self) -> Money:
        return _each(self.capacity, self.schedule.terms.frequency)

    @cached_property
    def _asked(self) -> list[tuple[pendulum.Date, int]]:
        """What is asked for and when, up front and by installment, in minor units."""
        terms = self.schedule.terms
        upfront = [] if terms.upfront is None else [(terms.starts_on, terms.upfront.minor_units)]
        return [*upfront, *zip(self.schedule.scheduled, self.schedule.amounts, strict=True)]

    @cached_property
    def _month_sums(self) -> dict[tuple[int, int], int]:
        sums: dict[tuple[int, int], int] = {}
        if _is_judged_by_month(self.schedule.terms.frequency):
            for day, units in self._asked:
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
    each = _each(capacity, frequency)
    return min(each, capacity.monthly) if _is_judged_by_month(frequency) else each


def _each(capacity: Capacity, frequency: Frequency) -> Money:
    return capacity.monthly if _is_listed(frequency) else capacity.per(frequency)


def _is_judged_by_month(frequency: Frequency) -> bool:
    return _is_listed(frequency) or frequency.periods_per_year <= _MONTHLY


def _is_listed(frequency: Frequency) -> bool:
    return frequency.date_count is not None
