"""The result: dated installments that add up, to the minor unit, to the debt that they repay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

import attrs
import pendulum

from repayplan.checks import check_instance
from repayplan.errors import MoneyError, TermsError
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.money import Money, money_of
from repayplan.schedule.amortization import Amortization, balances, interests_of
from repayplan.schedule.carried import CARRIED, CarriedTreatment
from repayplan.schedule.columns import check_order, to_days, to_units
from repayplan.schedule.periods import period_factors
from repayplan.schedule.terms import AccrueTo, Terms
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

__all__ = ["Installment", "Schedule"]


@attrs.frozen
class Installment(Value):
    """One row of a schedule.

    Attributes:
        number: The place in the schedule, from 1.
        scheduled_for: The date before any business-day move.
        due_on: The date on which it is to be paid.
        opening: Principal outstanding before it.
        principal: Principal that it repays.
        interest: Interest of its own period.
        fees: Fees of its own.
        carried_interest: Its part of the interest owed at the start.
        carried_fees: Its part of the fees owed at the start.
        carried_penalties: Its part of the penalties owed at the start.
    """

    number: int
    scheduled_for: pendulum.Date
    due_on: pendulum.Date
    opening: Money
    principal: Money
    interest: Money
    fees: Money
    carried_interest: Money
    carried_fees: Money
    carried_penalties: Money

    @property
    def amount(self) -> Money:
        """What is to be paid: the sum of all parts."""
        units = (
            self.principal.minor_units
            + self.interest.minor_units
            + self.fees.minor_units
            + self.carried_interest.minor_units
            + self.carried_fees.minor_units
            + self.carried_penalties.minor_units
        )
        return money_of(units, self.principal.currency)

    @property
    def closing(self) -> Money:
        """Principal outstanding after it."""
        return money_of(self.opening.minor_units - self.principal.minor_units, self.opening.currency)


def _to_scheduled(value: Sequence[datetime.date]) -> tuple[pendulum.Date, ...]:
    return to_days(value, "scheduled")


def _to_due(value: Sequence[datetime.date]) -> tuple[pendulum.Date, ...]:
    return to_days(value, "due")


def _to_principals(value: Sequence[int]) -> tuple[int, ...]:
    return to_units(value, "principals")


def _to_interests(value: Sequence[int]) -> tuple[int, ...]:
    return to_units(value, "interests")


@attrs.frozen(repr=False)
class Schedule(Value, Sequence[Installment]):
    """A sequence of :class:`Installment`, with its totals; made by :func:`repayplan.build_schedule`.

    Amounts are kept in minor units and become rows when they are first read.

    Attributes:
        terms: What it was built from.
        scheduled: The dates before any business-day move.
        due: The dates on which the installments are to be paid.
        principals: The principal of each installment, in minor units.
        interests: The interest of each installment's own period, in minor units.

    Raises:
        TermsError: The parts do not make up a schedule: they differ in length, an amount is zero or negative,
            the dates go back, or the principal does not add up.
    """

    terms: Terms
    scheduled: tuple[pendulum.Date, ...] = attrs.field(converter=_to_scheduled)
    due: tuple[pendulum.Date, ...] = attrs.field(converter=_to_due)
    principals: tuple[int, ...] = attrs.field(converter=_to_principals)
    interests: tuple[int, ...] = attrs.field(converter=_to_interests)

    def __attrs_post_init__(self) -> None:
        """Check that the parts make up a schedule, wherever they came from."""
        check_instance(self.terms, Terms, "terms")
        if len({len(self.scheduled), len(self.due), len(self.principals), len(self.interests)}) != 1:
            raise TermsError("schedule.length", "schedule", "expected as many dates as amounts")
        if not self.principals or min(self.principals) <= 0 or min(self.interests) < 0:
            raise TermsError("schedule.amount", "schedule", "expected every installment above zero")
        check_order("scheduled", self.terms.starts_on, self.scheduled, apart=True)
        check_order("due", self.terms.starts_on, self.due, apart=False)
        difference = self.terms.amortized.minor_units - sum(self.principals)
        if difference:
            message = f"the installments miss the principal by {difference} minor units"
            raise TermsError("schedule.sum", "schedule", message, {"difference": difference})
        self._check_interests()
        _check_total(self)

    @classmethod
    def of_engine(
        cls,
        terms: Terms,
        days: tuple[Sequence[pendulum.Date], Sequence[pendulum.Date]],
        rows: Amortization,
    ) -> Schedule:
        """Make a schedule from the engine's own columns, which only their total can make unfit.

        A second look at them would cost as much as building them; the laws hold them against the constructor.
        """
        schedule = cls.__new__(cls)
        scheduled, due = days
        columns = (terms, tuple(scheduled), tuple(due), rows.principals, rows.interests)
        for field, column in zip(attrs.fields(cls), columns, strict=True):
            object.__setattr__(schedule, field.name, column)
        _check_total(schedule)
        return schedule

    def _check_interests(self) -> None:
        """Hold each row's interest against the exact product, rounded once."""
        terms = self.terms
        ends = self.due if terms.accrue_to is AccrueTo.DUE else self.scheduled
        exact = interests_of(
            terms.amortized.minor_units,
            self.principals,
            period_factors(terms, ends, ends[-1]),
            terms.rounding.divide,
            flat=terms.repayment.flat,
        )
        for number, (given, due) in enumerate(zip(self.interests, exact, strict=True), start=1):
            if given != due:
                message = f"expected interest of {due} minor units in row {number}, got {given}"
                raise TermsError("schedule.interest", f"interests[{number - 1}]", message, {"number": number})

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """What each installment asks for, in minor units, carried parts included."""
        carried = (self.terms.carried.parts(name, len(self.principals)) for name in CARRIED)
        return tuple(map(sum, zip(self.principals, self.interests, *carried, strict=True)))

    @cached_property
    def rows(self) -> tuple[Installment, ...]:
        """All installments, in order."""
        currency = self.terms.principal.currency
        count = len(self.principals)
        zero = money_of(0, currency)
        carried = [
            [
                money_of(part, currency) if part else zero
                for part in self.terms.carried.parts(component, count)
            ]
            for component in CARRIED
        ]
        opening_units = balances(self.terms.amortized.minor_units, self.principals)[:-1]
        openings = [money_of(units, currency) for units in opening_units]
        principals = [money_of(units, currency) for units in self.principals]
        interests = [money_of(units, currency) for units in self.interests]
        fees = (zero,) * count
        columns = (self.scheduled, self.due, openings, principals, interests, fees, *carried)
        return tuple(map(Installment, range(1, count + 1), *columns))

    @overload
    def __getitem__(self, index: int) -> Installment: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Installment, ...]: ...
    def __getitem__(self, index: int | slice) -> Installment | tuple[Installment, ...]:
        """Give an installment by its place from 0, or a tuple of them."""
        return self.rows[index]

    def __len__(self) -> int:
        """Count the installments."""
        return len(self.principals)

    def __iter__(self) -> Iterator[Installment]:
        """Give the installments in order."""
        return iter(self.rows)

    def __repr__(self) -> str:
        """Give the extent, not the rows."""
        return f"<Schedule of {len(self)} installments to {self.last_due}, {self.total} in all>"

    @property
    def total_principal(self) -> Money:
        """Principal repaid, with what was capitalized."""
        return self.terms.amortized

    @property
    def total_interest(self) -> Money:
        """Interest of the installments' own periods; interest owed at the start is not in it."""
        return self._money(sum(self.interests))

    @property
    def total_carried(self) -> Money:
        """Interest, fees and penalties owed at the start that the installments ask for."""
        return self._money(self.terms.carried.asked_for)

    @property
    def waived(self) -> Money:
        """What was owed at the start and is not asked for."""
        return self.terms.carried.treated(CarriedTreatment.WAIVE, self.terms.principal.currency)

    @property
    def capitalized(self) -> Money:
        """What was owed at the start and became principal."""
        return self.terms.carried.treated(CarriedTreatment.CAPITALIZE, self.terms.principal.currency)

    @property
    def total(self) -> Money:
        """All that is to be paid."""
        return self.total_principal + self.total_interest + self.total_carried

    @property
    def highest(self) -> Money:
        """The highest installment."""
        return self._money(max(self.amounts))

    @property
    def last_due(self) -> pendulum.Date:
        """The day on which the last installment is due."""
        return self.due[-1]

    def to_rows(self) -> list[dict[str, object]]:
        """Give plain rows for a table: numbers, dates, exact Decimals and the currency code."""
        return [_plain_row(row) for row in self.rows]

    def _money(self, minor_units: int) -> Money:
        return Money.from_minor_units(minor_units, self.terms.principal.currency)


_AMOUNTS = (
    "opening",
    "principal",
    "interest",
    "fees",
    "carried_interest",
    "carried_fees",
    "carried_penalties",
    "amount",
    "closing",
)


def _plain_row(row: Installment) -> dict[str, object]:
    dates = {"number": row.number, "scheduled_for": row.scheduled_for, "due_on": row.due_on}
    amounts = {name: getattr(row, name).amount for name in _AMOUNTS}
    return {**dates, **amounts, "currency": row.principal.currency.code}


def _check_total(schedule: Schedule) -> None:
    units = sum(schedule.principals) + sum(schedule.interests) + schedule.terms.carried.asked_for
    if units > MINOR_UNITS_MAX:
        message = f"the installments would add up to more than {MINOR_UNITS_MAX} minor units"
        raise MoneyError("money.range", "principal", message, {"maximum": MINOR_UNITS_MAX})
