"""Proof that no installment is above what the client can pay."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.affordability.capacity import Capacity
from repayplan.checks import check_instance
from repayplan.errors import DateError, TermsError
from repayplan.frequencies import Frequency
from repayplan.money import Money, check_currency
from repayplan.plan.limits import Limits
from repayplan.rules import Comparison, Finding
from repayplan.schedule.schedule import Schedule
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CapacityCertificate",
    "CertificateLine",
    "CertificateMonth",
    "asked_on",
    "check_known",
    "first_asked_on",
    "month_sums",
]


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
    """All that is asked for in a calendar month, held against that month's capacity.

    Attributes:
        year: The year.
        month: The month, from 1 to 12.
        amount: All that is asked for in it.
        capacity: What may be asked for in it.
    """

    year: int
    month: int
    amount: Money
    capacity: Money

    @property
    def slack(self) -> Money:
        """What capacity leaves over; negative where too much is asked for."""
        return self.capacity - self.amount


def _to_schedule(value: Schedule) -> Schedule:
    return check_instance(value, Schedule, "schedule")


def _own_frequency(certificate: CapacityCertificate) -> Frequency:
    return certificate.schedule.terms.frequency


@attrs.frozen
class CapacityCertificate(Value):
    """Every installment of a schedule held against a capacity; the verdict follows and cannot be stated.

    Each installment keeps to ``capacity.per(frequency, on=its scheduled date)``, and so does what is paid up
    front, as number 0. Where installments come monthly or less often, or their dates are listed, all that is
    scheduled in a calendar month keeps to that month's capacity too.

    A weekly plan that leaves out some weeks has its dates listed and is still a weekly plan: ``frequency``
    says so, and holds each installment to a week's part of the month. Without it, listed dates are held to
    the capacity of the month alone.

    Attributes:
        schedule: What is asked for.
        capacity: What may be asked for.
        frequency: How often installments were to fall due; that of the schedule unless its dates are listed.

    Raises:
        MoneyError: Schedule and capacity are in different currencies.
        TermsError: The frequency is not the schedule's, whose dates are not listed.
        DateError: Something is asked for before the capacity is known.
    """

    schedule: Schedule = attrs.field(converter=_to_schedule)
    capacity: Capacity
    frequency: Frequency = attrs.field(default=attrs.Factory(_own_frequency, takes_self=True))

    def __attrs_post_init__(self) -> None:
        """Check the currencies, the frequency and the days."""
        check_instance(self.capacity, Capacity, "capacity")
        check_instance(self.frequency, Frequency, "frequency")
        terms = self.schedule.terms
        check_currency(self.capacity.steps[0][1], terms.principal.currency, "capacity")
        if terms.frequency.date_count is None and self.frequency != terms.frequency:
            message = f"expected the schedule's own, {terms.frequency}, got {self.frequency}"
            raise TermsError("certificate.frequency", "frequency", message)
        check_known(self.capacity, first_asked_on(self.schedule))

    @cached_property
    def lines(self) -> tuple[CertificateLine, ...]:
        """One line for each installment, after one for what is paid up front if there is such a payment."""
        return tuple(map(self._line, range(len(self._asked))))

    @cached_property
    def months(self) -> tuple[CertificateMonth, ...]:
        """One line for each calendar month, where installments come monthly or less often; otherwise none."""
        return tuple(map(self._month, range(len(self._month_sums))))

    @cached_property
    def holds(self) -> bool:
        """Whether every installment, and every month, is within capacity."""
        return min(self._slacks) >= 0

    @cached_property
    def limits(self) -> Limits:
        """What each installment, and where they count together each month, may ask for."""
        listed = self.schedule.terms.frequency.date_count is not None
        return Limits(self.capacity, self.frequency, listed)

    def _line(self, place: int) -> CertificateLine:
        day, units = self._asked[place]
        number = place if self.schedule.terms.upfront is not None else place + 1
        due_on = self.schedule.due[number - 1] if number else day
        return CertificateLine(number, day, due_on, self._money(units), self._money(self.limits.on(day)))

    def _month(self, place: int) -> CertificateMonth:
        day, units = self._month_sums[place]
        return CertificateMonth(day.year, day.month, self._money(units), self._money(self.limits.month(day)))

    def _money(self, units: int) -> Money:
        return Money.from_minor_units(units, self.capacity.currency)

    @cached_property
    def _slacks(self) -> list[int]:
        """What capacity leaves over, in minor units: line by line, and then month by month."""
        each, month = self.limits.on, self.limits.month
        months = [month(day) - units for day, units in self._month_sums]
        return [each(day) - units for day, units in self._asked] + months

    @cached_property
    def _asked(self) -> list[tuple[pendulum.Date, int]]:
        return asked_on(self.schedule)

    @cached_property
    def _month_sums(self) -> list[tuple[pendulum.Date, int]]:
        """The first day of each month on which something is asked for, and all that is."""
        return list(month_sums(self._asked).values()) if self.limits.by_month else []

    @property
    def tightest(self) -> CertificateLine | CertificateMonth:
        """The installment or month with the least slack, the earliest of several."""
        place, lines = self._slacks.index(min(self._slacks)), len(self._asked)
        return self._line(place) if place < lines else self._month(place - lines)

    def finding(self, rule: str) -> Finding:
        """Give the verdict as a finding: the tightest amount against the capacity then."""
        tightest = self.tightest
        return Finding(rule, self.holds, tightest.amount, tightest.capacity, comparison=Comparison.AT_MOST)

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each of ``lines``: text, numbers, dates and exact Decimals."""
        from repayplan.plan.showing_offers import certificate_rows  # noqa: PLC0415  # loaded when a table is asked for

        return certificate_rows(self)

    def _repr_html_(self) -> str:
        """Show every installment against capacity in a notebook."""
        from repayplan.plan.showing_offers import certificate_html  # noqa: PLC0415  # only notebooks need it

        return certificate_html(self)


def asked_on(schedule: Schedule) -> list[tuple[pendulum.Date, int]]:
    """Give what a schedule asks for and when, up front and by scheduled date, in minor units."""
    terms = schedule.terms
    upfront = [] if terms.upfront is None else [(terms.starts_on, terms.upfront.minor_units)]
    return [*upfront, *zip(schedule.scheduled, schedule.amounts, strict=True)]


def first_asked_on(schedule: Schedule) -> pendulum.Date:
    """Give the first day on which a schedule asks for something, up front or by scheduled date."""
    terms = schedule.terms
    return schedule.scheduled[0] if terms.upfront is None else terms.starts_on


def check_known(capacity: Capacity, first: pendulum.Date) -> None:
    """Refuse a capacity that begins after the first day on which something is asked for."""
    start = capacity.steps[0][0]
    if first < start:
        message = f"expected one that is known on {first}, when something is asked for, got one from {start}"
        raise DateError("capacity.unknown", "capacity", message, {"first": start, "on": first})


def month_sums(
    asked: Iterable[tuple[pendulum.Date, int]],
) -> dict[tuple[int, int], tuple[pendulum.Date, int]]:
    """Add up what is asked for in each calendar month; with the first day on which something is."""
    sums: dict[tuple[int, int], tuple[pendulum.Date, int]] = {}
    for day, units in asked:
        first, before = sums.get((day.year, day.month), (day, 0))
        sums[day.year, day.month] = min(first, day), before + units
    return sums
