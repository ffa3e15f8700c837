"""What is past due of many accounts, where payments fill one installment after the other."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from repayplan.overdue.allocation import AllocationOrder, Overpayment, Timing
from repayplan.overdue.components import COMPONENTS, Component
from repayplan.overdue.rules import Ageing, OverdueRules
from repayplan.portfolio.accounts import EPOCH
from repayplan.portfolio.columns import Int64s

if TYPE_CHECKING:
    from repayplan.overdue.standing import Standing
    from repayplan.portfolio.part import Rows

__all__ = ["NEVER", "Arrears", "arrears_of", "columnar_order"]

NEVER: Final = -(2**31)
"""Stands for the day since when something is past due, where nothing is."""


@attrs.frozen(eq=False)
class Arrears:
    """What is past due, account by account.

    Attributes:
        past_due: What is missing.
        parts: The same by component.
        since: The due date of the oldest installment of it, in days since 1970.
        days: The days since then by the plan.
        delinquent_days: The days before the regulator.
    """

    past_due: Int64s
    parts: dict[Component, Int64s]
    since: Int64s
    days: Int64s
    delinquent_days: Int64s

    def put(self, account: int, standing: Standing) -> None:
        """Put in what the scalar path says of an account."""
        self.past_due[account] = standing.past_due.minor_units
        by_component = standing.past_due_by_component
        for component, units in self.parts.items():
            units[account] = by_component[component].minor_units
        oldest = standing.oldest_unpaid_due_on
        self.since[account] = NEVER if oldest is None else oldest.toordinal() - EPOCH
        self.days[account] = standing.days_past_due
        self.delinquent_days[account] = standing.regulatory_days_past_due


def columnar_order(rules: OverdueRules) -> AllocationOrder | None:
    """Give the order of rules by which the sum of the payments decides what is past due; None if it does not.

    It does where payments fill the oldest installment first, whole and in one order of components, on
    whatever day they came; and where nothing but that decides what is late, and from when.
    """
    order = rules.order
    if not isinstance(order, AllocationOrder) or order.judges_by_sums:
        return None
    runs = {
        timing: [component for _, component in run]
        for timing, run in groupby(order.steps, lambda step: step[0])
    }
    fills_the_oldest = list(runs) == list(Timing) and all(run == runs[Timing.DUE] for run in runs.values())
    counts_all = rules.tolerance is None and rules.materiality is None and rules.counted_days is None
    if not (fills_the_oldest and counts_all and rules.ageing is Ageing.OLDEST_UNPAID):
        return None
    return order if order.overpayment in {Overpayment.CREDIT, Overpayment.NEXT_INSTALLMENT} else None


def arrears_of(rows: Rows, paid: Int64s, as_of: int, order: AllocationOrder) -> Arrears:
    """Give what is past due on a day, in days since 1970.

    Args:
        rows: The installments.
        paid: The sum of each account's payments that count.
        as_of: The day.
        order: The order in which the components of an installment are paid.
    """
    rows = rows.that_begin(rows.part.due < as_of)
    part, layout = rows.part, rows.part.layout
    amounts, interests = _Sums.of(rows.amounts), _Sums.of(part.interests)
    # of an account without one that is due, another row stands there alone
    ends = layout.firsts + layout.counts * (part.due[layout.lasts] < as_of)
    missing = amounts.between(layout.firsts, ends) - paid
    late = (missing > 0) & (ends > layout.firsts)
    covered = layout.count(amounts.up_to[1:] - layout.spread(amounts.up_to[layout.firsts] + paid) <= 0)
    oldest = layout.firsts + covered * late  # the last row of what is due is not covered, whatever was paid
    days = np.where(late, as_of - part.due[oldest], 0)
    parts = {
        Component.FEES: part.fees * (ends - oldest),
        Component.INTEREST: interests.between(oldest, ends),
    }
    parts[Component.PRINCIPAL] = amounts.between(oldest, ends) - sum(parts.values())
    _take_off(parts, _of_row(rows, oldest), paid - amounts.between(layout.firsts, oldest), order)
    return Arrears(
        past_due=missing * late,
        parts={component: units * late for component, units in parts.items()},
        since=np.where(late, part.due[oldest], NEVER),
        days=days,
        delinquent_days=days.copy(),
    )


@attrs.frozen(eq=False)
class _Sums:
    """What the rows of all accounts sum up to; beyond 64 bits it wraps, and differences stay true."""

    up_to: Int64s

    @classmethod
    def of(cls, values: Int64s) -> _Sums:
        up_to = np.zeros(len(values) + 1, dtype=np.int64)
        np.cumsum(values, out=up_to[1:])
        return cls(up_to)

    def between(self, firsts: Int64s, ends: Int64s) -> Int64s:
        return self.up_to[ends] - self.up_to[firsts]


def _of_row(rows: Rows, places: Int64s) -> dict[Component, Int64s]:
    """Give the components of one row of each account."""
    return {
        Component.FEES: rows.part.fees,
        Component.INTEREST: rows.part.interests[places],
        Component.PRINCIPAL: rows.part.openings[places] - rows.part.closings[places],
    }


def _take_off(
    parts: dict[Component, Int64s], oldest: dict[Component, Int64s], paid: Int64s, order: AllocationOrder
) -> None:
    """Take off what was paid of the oldest installment, component by component."""
    for place in order.by_installment:
        if COMPONENTS[place] in parts:
            taken = np.minimum(paid, oldest[COMPONENTS[place]])
            parts[COMPONENTS[place]] -= taken
            paid = paid - taken
