"""A schedule as a person looks at it in a notebook: its rows, the balance, and what each installment pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.display.chart import Chart, figure
from repayplan.display.marks import Bars, Line
from repayplan.display.table import Column, Kind, table
from repayplan.money import Money, money_of
from repayplan.schedule.amortization import balances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.display.text import Cell
    from repayplan.schedule.installment import Installment
    from repayplan.schedule.schedule import Schedule

__all__ = ["schedule_html"]

_ALWAYS: Final = ("principal", "interest")
_SOMETIMES: Final = ("fees", "carried_interest", "carried_fees", "carried_penalties")


def schedule_html(schedule: Schedule) -> str:
    """Show the rows of a schedule, its balance and the split of its installments."""
    return figure(_rows(schedule), _balance(schedule), _split(schedule))


def _rows(schedule: Schedule) -> str:
    currency, rows = schedule.terms.principal.currency, schedule.rows
    parts = [*_ALWAYS, *(part for part in _SOMETIMES if any(getattr(row, part) for row in rows))]
    columns = [
        Column("no.", Kind.NUMBER),
        Column("due on", Kind.FIXED),
        *(Column(name.replace("_", " "), Kind.NUMBER) for name in ("opening", *parts, "amount", "closing")),
    ]
    sums = [Money.total((getattr(row, part) for row in rows), currency).amount for part in (*parts, "amount")]

    def cells(row: Installment) -> Sequence[Cell]:
        amounts = [getattr(row, part).amount for part in parts]
        return [row.number, row.due_on, row.opening.amount, *amounts, row.amount.amount, row.closing.amount]

    upfront = f", after {schedule.upfront} up front" if schedule.upfront else ""
    left = f"; {schedule.residual} is left for the review" if schedule.residual else ""
    caption = f"Schedule of {len(schedule)} installments in {currency.code}{upfront}{left}"
    return table(caption, columns, rows, cells, total=["all", "", "", *sums, ""])


def _balance(schedule: Schedule) -> str:
    terms = schedule.terms
    units = balances(terms.amortized.minor_units, schedule.principals)
    days = [terms.starts_on, *schedule.due]
    highest = money_of(max(units), terms.principal.currency)
    return Chart(
        says=f"Principal outstanding falls from {terms.amortized} on {days[0]}"
        f" to {schedule.residual} on {days[-1]}.",
        marks=(
            Line(
                "principal outstanding",
                [(day.toordinal(), unit) for day, unit in zip(days, units, strict=True)],
                steps=True,
            ),
        ),
        top=str(highest),
        start=str(days[0]),
        end=str(days[-1]),
    ).to_html()


def _split(schedule: Schedule) -> str:
    interests = schedule.asked_interests
    others = [
        amount - principal - interest
        for amount, principal, interest in zip(schedule.amounts, schedule.principals, interests, strict=True)
    ]
    layers = [("principal", schedule.principals), ("interest", interests), ("fees and what was owed", others)]
    kept = [(label, units) for label, units in layers if any(units)]
    points = zip(schedule.due, zip(*(units for _, units in kept), strict=True), strict=True)
    return Chart(
        says=f"Each of {len(schedule)} installments by what it pays, the highest {schedule.highest};"
        f" {schedule.total_principal} of principal and {schedule.total_interest} of interest in all.",
        marks=(
            Bars(
                tuple(label for label, _ in kept),
                [(day.toordinal(), values) for day, values in points],
            ),
        ),
        top=str(schedule.highest),
        start=str(schedule.due[0]),
        end=str(schedule.last_due),
    ).to_html()
