"""What clears a debt on a day, if everything due before was paid."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_date, check_instance
from repayplan.errors import DateError
from repayplan.money import Money, money_of
from repayplan.schedule.amortization import balances
from repayplan.schedule.carried import CARRIED
from repayplan.schedule.fees import SingleFee
from repayplan.schedule.periods import factor_after, factors_to
from repayplan.schedule.schedule import Schedule
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = ["Payoff", "payoff"]


@attrs.frozen
class Payoff(Value):
    """What clears a debt on a day, by component.

    Attributes:
        on: The day.
        installments_paid: How many installments were due before it, and are taken as paid.
        principal: Principal outstanding.
        interest: Interest charged to the day and not yet asked for.
        fees: Fees of the plan charged by then: single ones, and those of an installment that is due that day.
        carried_interest: Interest owed at the start and not yet asked for.
        carried_fees: Fees owed at the start and not yet asked for.
        carried_penalties: Penalties owed at the start and not yet asked for.
    """

    on: pendulum.Date
    installments_paid: int
    principal: Money
    interest: Money
    fees: Money
    carried_interest: Money
    carried_fees: Money
    carried_penalties: Money

    @property
    def total(self) -> Money:
        """What clears the debt."""
        carried = self.carried_interest + self.carried_fees + self.carried_penalties
        return self.principal + self.interest + self.fees + carried


def payoff(schedule: Schedule, on: datetime.date) -> Payoff:
    """Work out what clears the debt on a day, with interest to that day.

    Everything due before the day is taken as paid, and an up-front payment too; what is due on the day itself
    is part of the figure. Interest is that of each period that has begun, to the day, by the day count of the
    terms and rounded once in their mode; a nominal period is shared out by its days.

    Args:
        schedule: What is owed when.
        on: A day from the start of the terms to the last due date, or to the review of temporary terms.
            Between those two the residual bears interest, nominal time being measured by its dates.

    Raises:
        DateError: The day is outside the schedule.
        MoneyError: The sum is beyond the bounds of Money.
    """
    check_instance(schedule, Schedule, "schedule")
    terms, day = schedule.terms, check_date(on, "on")
    first, last = terms.starts_on, max(terms.review_on or schedule.last_due, schedule.last_due)
    if not first <= day <= last:
        message = f"expected a day from {first} (starts_on) to {last} (the end), got {day}"
        raise DateError("payoff.date", "on", message, {"starts_on": first, "last": last})
    paid, due = bisect_left(schedule.due, day), bisect_right(schedule.due, day)
    count, openings = len(schedule), balances(terms.amortized.minor_units, schedule.principals)
    units = {
        "principal": openings[paid],
        "interest": _interest(schedule, openings, paid, day),
        "fees": sum(schedule.fees[paid:due]) + _single_fees(schedule, due, day),
        **{f"carried_{name}": sum(terms.carried.parts(name, count)[paid:]) for name in CARRIED},
    }
    currency = terms.principal.currency
    figure = Payoff(day, paid, **{name: money_of(amount, currency) for name, amount in units.items()})
    figure.total  # noqa: B018  # refuses a sum beyond the bounds of Money now rather than on first use
    return figure


def _interest(schedule: Schedule, openings: Sequence[int], paid: int, day: pendulum.Date) -> int:
    """Add what was put off to the interest of the periods that have begun, to the day."""
    terms, rows = schedule.terms, schedule.periods
    put_off = sum(schedule.interests[:paid]) - sum(schedule.asked_interests[:paid])
    divide, last = terms.rounding.divide, rows[-1][1]
    bases = [openings[0]] * len(rows) if terms.repayment.flat else openings
    accrued = [divide(bases[row] * part, whole) for row, (part, whole) in factors_to(terms, rows, paid, day)]
    if day > last:
        part, whole = factor_after(terms, last, day)
        accrued.append(divide(openings[-1] * part, whole))
    return put_off + sum(accrued)


def _single_fees(schedule: Schedule, due: int, day: pendulum.Date) -> int:
    """Add the single fees charged by the day that no installment due by then asks for."""
    single = [fee for fee in schedule.terms.fees if isinstance(fee, SingleFee) and fee.on <= day]
    return sum(fee.amount.minor_units for fee in single if due == 0 or fee.on > schedule.due[due - 1])
