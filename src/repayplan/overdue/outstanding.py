"""What is outstanding on a day, by component: what a revision takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_instance
from repayplan.errors import DateError
from repayplan.money import Money
from repayplan.overdue.components import COMPONENTS, PLACE_OF, Component
from repayplan.overdue.ledger import Ledger
from repayplan.schedule.amortization import balances
from repayplan.schedule.fees import SingleFee
from repayplan.schedule.periods import factor_after, factors_to
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Outstanding", "outstanding_on"]

_FEES: Final = PLACE_OF[Component.FEES]
_INTEREST: Final = PLACE_OF[Component.INTEREST]
_PRINCIPAL: Final = PLACE_OF[Component.PRINCIPAL]


@attrs.frozen(repr=False)
class Outstanding(Value):
    """What is owed on a day, all of it, whenever it would have fallen due.

    Attributes:
        on: The day.
        principal: Principal, that of later installments and of a residual included.
        interest: Interest charged to the day, and what is left of that owed at the start.
        fees: Fees that fell due by the day, what is left of those owed at the start, and late charges.
        penalties: What is left of the penalties owed at the start, and late charges.
        credit: What was paid beyond all of that.
    """

    on: pendulum.Date
    principal: Money
    interest: Money
    fees: Money
    penalties: Money
    credit: Money

    def __repr__(self) -> str:
        """Give the day: balances are personal."""
        return f"<Outstanding on {self.on}>"

    @property
    def total(self) -> Money:
        """All that is owed."""
        return self.principal + self.interest + self.fees + self.penalties


def outstanding_on(ledger: Ledger) -> Outstanding:
    """Say what is owed in all as of the day of a ledger.

    Interest is charged to the day on the principal of the schedule, by its day count, each period rounded
    once. What was paid in advance of it, and what is held as credit, pays penalties, fees, interest and
    principal in this order.

    Args:
        ledger: The payments, replayed.

    Raises:
        DateError: The day is before the schedule starts.
    """
    check_instance(ledger, Ledger, "ledger")
    schedule = ledger.facts.schedule
    if ledger.as_of < schedule.terms.starts_on:
        message = f"expected {schedule.terms.starts_on} (starts_on) or later, got {ledger.as_of}"
        raise DateError("outstanding.day", "as_of", message)
    owed = _owed(ledger)
    for part in ledger.replayed.parts:
        owed[part.component] -= part.units
    credit = ledger.replayed.credit_units
    for place in range(len(owed)):
        credit += max(-owed[place], 0)
        owed[place] = max(owed[place], 0)
    for place, amount in enumerate(owed):
        used = min(credit, amount)
        owed[place] -= used
        credit -= used
    money = [Money.from_minor_units(units, ledger.facts.zero.currency) for units in (*owed, credit)]
    by_component = {component.value: money[PLACE_OF[component]] for component in COMPONENTS}
    return Outstanding(ledger.as_of, credit=money[-1], **by_component)


def _owed(ledger: Ledger) -> list[int]:
    """Give what has been charged to the day by component, and all principal, less what of that is waived."""
    asked, terms = ledger.asked, ledger.facts.schedule.terms
    rows = _charged(ledger)
    for (item, component), units in asked.waived.items():
        rows[item][component] -= min(units, rows[item][component])
    owed = [sum(row[place] for row in rows) for place in range(len(COMPONENTS))]
    owed[_FEES] += _single_fees(ledger)
    owed[_INTEREST] += _interest_of_residual(ledger)
    owed[_PRINCIPAL] += terms.amortized.minor_units - sum(ledger.facts.schedule.principals)
    for charge in ledger.charges:
        owed[PLACE_OF[charge.component]] += charge.amount.minor_units
    return owed


def _charged(ledger: Ledger) -> list[list[int]]:
    """Give what has been charged of each item: principal and what is carried whole, the rest to the day."""
    schedule, terms = ledger.facts.schedule, ledger.facts.schedule.terms
    count, day = len(schedule), ledger.as_of
    interests = _by_row(sum(_interest_to(ledger)), schedule.asked_interests)
    fees = [fee if due <= day else 0 for fee, due in zip(schedule.fees, schedule.due, strict=True)]
    carried = [terms.carried.parts(name, count) for name in ("penalties", "fees", "interest")]
    rows = [
        [penalties, fee + own_fee, interest + own, principal]
        for penalties, fee, interest, own_fee, own, principal in zip(
            *carried, fees, interests, schedule.principals, strict=True
        )
    ]
    return rows if terms.upfront is None else [[0, 0, 0, terms.upfront.minor_units], *rows]


def _by_row(charged: int, asked: Sequence[int]) -> list[int]:
    """Share interest charged so far out over the rows that ask for it, which may be later ones."""
    rows: list[int] = []
    for units in asked:
        rows.append(min(charged, units))
        charged -= rows[-1]
    return rows


def _interest_to(ledger: Ledger) -> list[int]:
    """Give the interest of each period that has begun, to the day."""
    if ledger.replayed.savings is not None:
        return ledger.replayed.savings.interest_to(ledger.as_of)
    schedule = ledger.facts.schedule
    terms, rows = schedule.terms, schedule.periods
    openings = balances(terms.amortized.minor_units, schedule.principals)
    bases = [openings[0]] * len(rows) if terms.repayment.flat else openings
    elapsed = factors_to(terms, rows, 0, ledger.as_of)
    return [terms.rounding.divide(bases[row] * part, whole) for row, (part, whole) in elapsed]


def _interest_of_residual(ledger: Ledger) -> int:
    """Give the interest that the residual of temporary terms bears from the last period to the review."""
    schedule, terms = ledger.facts.schedule, ledger.facts.schedule.terms
    end = schedule.periods[-1][1]
    if terms.review_on is None or ledger.as_of <= end:
        return 0
    part, whole = factor_after(terms, end, min(ledger.as_of, terms.review_on))
    return terms.rounding.divide(schedule.residual.minor_units * part, whole)


def _single_fees(ledger: Ledger) -> int:
    """Give the single fees charged by the day that no installment due by then asks for."""
    schedule, day = ledger.facts.schedule, ledger.as_of
    asked_for = max((due for due in schedule.due if due <= day), default=None)
    return sum(
        fee.amount.minor_units
        for fee in schedule.terms.fees
        if isinstance(fee, SingleFee) and fee.on <= day and (asked_for is None or fee.on > asked_for)
    )
