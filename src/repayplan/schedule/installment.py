"""One row of a schedule."""

from __future__ import annotations

import attrs
import pendulum

from repayplan.money import Money, money_of
from repayplan.values import Value

__all__ = ["Installment", "plain_row"]


@attrs.frozen
class Installment(Value):
    """One row of a schedule.

    Attributes:
        number: The place in the schedule, from 1.
        scheduled_for: The date before any business-day move.
        due_on: The date on which it is to be paid.
        opening: Principal outstanding before it.
        principal: Principal that it repays.
        interest: Interest that it asks for, its own and what was put off to it.
        accrued: Interest charged for its own period; other than ``interest`` only where a grace or a low
            payment (:class:`repayplan.DeferringPayments`) puts it off.
        fees: Fees of the plan.
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
    accrued: Money
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


_AMOUNTS = (
    "opening",
    "principal",
    "interest",
    "accrued",
    "fees",
    "carried_interest",
    "carried_fees",
    "carried_penalties",
    "amount",
    "closing",
)


def plain_row(row: Installment) -> dict[str, object]:
    """Give a row as plain values for a table."""
    dates = {"number": row.number, "scheduled_for": row.scheduled_for, "due_on": row.due_on}
    amounts = {name: getattr(row, name).amount for name in _AMOUNTS}
    return {**dates, **amounts, "currency": row.principal.currency.code}
