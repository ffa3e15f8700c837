"""What a schedule costs, and what it is worth on a day."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_date, check_instance
from repayplan.errors import RateError, TermsError
from repayplan.money import Money, check_currency
from repayplan.rates import Rate, RateUnit
from repayplan.rounding import Rounding
from repayplan.schedule.apr import AnnualPercentageRate
from repayplan.schedule.effective import Compound, Moment, Stream
from repayplan.schedule.schedule import Schedule
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

    import pendulum

__all__ = ["CostOfCredit", "cost_of_credit", "present_value", "present_value_change"]

_YEAR_DAYS = 365


@attrs.frozen
class CostOfCredit(Value):
    """What a schedule makes the client pay, by kind.

    Attributes:
        principal: Principal that the installments repay.
        interest: Interest of the installments' own periods.
        fees: Fees of the installments' own.
        carried: Interest, fees and penalties owed at the start that the installments ask for.
        upfront: What is paid up front.
        total_to_pay: All of these.
        residual: Principal that is still owed at the end, where the terms are temporary.
    """

    principal: Money
    interest: Money
    fees: Money
    carried: Money
    upfront: Money
    total_to_pay: Money
    residual: Money

    @property
    def charges(self) -> Money:
        """Interest and fees: what the schedule costs beyond what was owed at its start."""
        return self.interest + self.fees


def cost_of_credit(schedule: Schedule) -> CostOfCredit:
    """Add up what a schedule asks for."""
    check_instance(schedule, Schedule, "schedule")
    return CostOfCredit(
        principal=schedule.total_principal,
        interest=schedule.total_interest,
        fees=schedule.total_fees,
        carried=schedule.total_carried,
        upfront=schedule.upfront,
        total_to_pay=schedule.total,
        residual=schedule.residual,
    )


def present_value(
    schedule: Schedule,
    rate: Rate | AnnualPercentageRate,
    *,
    on: datetime.date | None = None,
    rounding: Rounding = Rounding.HALF_EVEN,
) -> Money:
    """Value on a day all that falls due on it or later, at an effective yearly rate.

    That is every installment with its fees and carried parts on its due date, what is left at the end on the
    last of them, and an up-front payment on the day on which the terms start; each times
    ``(1 + rate) ** (-days / 365)``. The sum is rounded once, and the rounding is decided exactly. What was
    due before the day is not in it, paid or not.

    Args:
        schedule: The schedule.
        rate: A rate for a year, ``Rate.annual(...)``, or an annual percentage rate that is effective.
        on: The day; None is the day on which the terms start.
        rounding: How the sum becomes whole minor units.

    Raises:
        RateError: The rate is for another time than a year, or nominal.
        MoneyError: The sum is beyond the bounds of Money.
        InputTypeError: An argument has the wrong type.
    """
    check_instance(schedule, Schedule, "schedule")
    check_instance(rounding, Rounding, "rounding")
    yearly = _effective(rate)
    day = schedule.terms.starts_on if on is None else check_date(on, "on")
    payments = [
        (Moment(due.toordinal() - day.toordinal(), Fraction(0)), amount.minor_units)
        for due, amount in _amounts(schedule)
        if due >= day and amount
    ]
    worth = Stream(Compound(_YEAR_DAYS), payments).rounded_worth(yearly, rounding)
    return Money.from_minor_units(worth, schedule.terms.principal.currency)


def present_value_change(
    original: Schedule,
    revised: Schedule,
    rate: Rate | AnnualPercentageRate,
    *,
    on: datetime.date | None = None,
) -> Fraction:
    """Give the share of its present value that a schedule loses by revision; negative if it gains.

    It is ``(PV original - PV revised) / PV original``, exact, of the two present values as
    :func:`present_value` rounds them. This is the "diminished financial obligation" of the guidelines
    EBA/GL/2016/07 on the definition of default, paragraphs 49 to 51, where the rate is the original effective
    one; their threshold of at most 1 % is the caller's to compare with. Amounts overdue on the day are in the
    revised schedule only if it took them over, and never in the original one: add them to what is compared.

    Args:
        original: The schedule before the change.
        revised: The schedule after it, in the same currency.
        rate: The rate at which both are discounted.
        on: The day on which both are valued; None is the day on which the revised terms start.

    Raises:
        TermsError: Nothing of the original schedule is due on the day or later, or its value rounds to zero.
        MoneyError: The schedules are in two currencies.
        RateError: The rate is for another time than a year, or nominal.
    """
    check_instance(original, Schedule, "original")
    check_instance(revised, Schedule, "revised")
    check_currency(revised.terms.principal, original.terms.principal.currency, "revised")
    day = revised.terms.starts_on if on is None else check_date(on, "on")
    before = present_value(original, rate, on=day).minor_units
    after = present_value(revised, rate, on=day).minor_units
    if before == 0:
        message = f"nothing of it is worth anything on {day}; choose an earlier day"
        raise TermsError("present_value.zero", "original", message, {"on": day})
    return Fraction(before - after, before)


def _amounts(schedule: Schedule) -> list[tuple[pendulum.Date, Money]]:
    amounts = [(row.due_on, row.amount) for row in schedule]
    amounts.append((schedule.last_due, schedule.residual))
    amounts.append((schedule.terms.starts_on, schedule.upfront))
    return amounts


def _effective(rate: Rate | AnnualPercentageRate) -> Fraction:
    if isinstance(rate, AnnualPercentageRate):
        if not rate.method.is_effective:
            message = f"expected an effective yearly rate, got a nominal one ({rate.method.name})"
            raise RateError("rate.nominal", "rate", f"{message}; use EU_DIRECTIVE or XIRR")
        return rate.value
    if check_instance(rate, Rate, "rate").unit is not RateUnit.YEAR:
        message = f"expected an effective rate for a year, got one for a {rate.unit.value}"
        raise RateError("rate.unit", "rate", f"{message}; use Rate.annual")
    return rate.value
