"""Budget, affordability and capacity as rows, and as a person looks at them in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.affordability.capacity import ALWAYS
from repayplan.affordability.lines import Commitment, Expense, RegularLine
from repayplan.display.chart import Chart, figure
from repayplan.display.marks import Line
from repayplan.display.table import Column, Kind, records, table
from repayplan.frequencies import EveryDays, EveryMonths, Frequency, ListedDates, SemiMonthly

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.affordability.assessment import Affordability
    from repayplan.affordability.budget import Budget
    from repayplan.affordability.capacity import Capacity, CapacityStep
    from repayplan.affordability.lines import BudgetLine
    from repayplan.display.text import Cell
    from repayplan.rules import Finding

__all__ = [
    "affordability_html",
    "affordability_rows",
    "budget_html",
    "budget_rows",
    "capacity_html",
    "frequency_text",
]

_MONTH: Final = 31
"""Days of a constant amount that a chart shows before the first change and after the last one."""


def budget_rows(budget: Budget) -> list[dict[str, object]]:
    """Give a plain row for each line of a budget."""
    return list(map(_budget_row, budget.named_lines()))


def _budget_row(named: tuple[str, BudgetLine]) -> dict[str, object]:
    place, line = named
    regular = line if isinstance(line, RegularLine) else None
    return {
        "kind": place.partition("[")[0].removesuffix("s"),
        "name": line.name,
        "amount": None if regular is None else regular.amount.amount,
        "frequency": "irregular" if regular is None else frequency_text(regular.frequency),
        "share": str(line.share),
        "category": _category(line),
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "evidence": line.evidence.value,
        "currency": line.named_amount.currency.code,
    }


def _category(line: BudgetLine) -> str | None:
    if isinstance(line, Expense):
        return line.category.value
    return line.kind.value if isinstance(line, Commitment) else None


def frequency_text(frequency: Frequency) -> str:
    """Write a frequency as one says it, such as ``every 2 weeks``."""
    match frequency:
        case EveryDays(days=count) if count % 7 == 0:
            return _every(count // 7, "week")
        case EveryDays(days=count):
            return _every(count, "day")
        case EveryMonths(months=count):
            return _every(count, "month")
        case SemiMonthly():
            return "twice a month"
        case ListedDates(dates=(day, *others)):
            return f"on {len(others) + 1} dates" if others else f"once, on {day}"
        case _:
            return str(frequency)


def _every(count: int, period: str) -> str:
    return f"every {period}" if count == 1 else f"every {count} {period}s"


_LINE: Final = {
    "name": Kind.TEXT,
    "kind": Kind.FIXED,
    "category": Kind.FIXED,
    "frequency": Kind.FIXED,
    "amount": Kind.NUMBER,
    "share": Kind.NUMBER,
    "evidence": Kind.FIXED,
}


def budget_html(budget: Budget) -> str:
    """Show the lines of a budget as they were stated."""
    who = f"adults: {budget.household.adults}, children: {budget.household.children}"
    caption = f"Budget in {budget.currency.code} ({who})"
    return figure(records(caption, _LINE, list(budget.named_lines()), _budget_row))


def affordability_rows(affordability: Affordability) -> list[dict[str, object]]:
    """Give a plain row for each line of the calculation."""
    rows = affordability.explain().to_rows()
    return [{name: value for name, value in row.items() if name != "days"} for row in rows]


def affordability_html(affordability: Affordability) -> str:
    """Show the calculation, what an adviser should look at, and how capacity changes."""
    capacity = affordability.capacity
    columns = [Column("line"), Column("how"), Column("in a month", Kind.NUMBER)]
    caption = f"What the client can pay, as of {affordability.as_of}, in {affordability.budget.currency.code}"
    calculation = table(
        caption,
        columns,
        affordability.explain().lines,
        lambda line: [line.label, line.steps, line.result.amount],
    )
    return figure(
        calculation, _to_look_at(affordability), "" if capacity.is_constant else capacity_html(capacity)
    )


def _to_look_at(affordability: Affordability) -> str:
    failed = [finding for finding in affordability.findings if not finding.passed]
    if not failed:
        return ""

    def cells(finding: Finding) -> Sequence[Cell]:
        return [finding.rule.replace("_", " "), finding.ask]

    return table("What to look at", [Column("not met"), Column("what to ask")], failed, cells)


def capacity_html(capacity: Capacity) -> str:
    """Show what may be asked for in a month, and how it changes."""
    code = capacity.currency.code
    if capacity.is_constant:
        caption = f"Capacity in {code}, the same in every month"
    else:
        caption = f"Capacity in {code}, the least {capacity.monthly}"
    columns = [Column("from", Kind.FIXED), Column("in a month", Kind.NUMBER)]
    rows = table(caption, columns, capacity.steps, lambda step: [_first_day(step), step[1].amount])
    return figure(rows, "" if capacity.is_constant else _changes(capacity))


def _first_day(step: CapacityStep) -> pendulum.Date | None:
    """Give the first day of a step; none for one that knows no beginning."""
    return None if step[0] == ALWAYS else step[0]


def _changes(capacity: Capacity) -> str:
    """Draw the steps, with a month of the first one before it ends and of the last one after it begins."""
    steps = capacity.steps
    points = [(day.toordinal(), amount.minor_units) for day, amount in steps]
    points[0] = (max(points[0][0], points[1][0] - _MONTH), points[0][1])
    points.append((points[-1][0] + _MONTH, points[-1][1]))
    highest = max(amount for _, amount in steps)
    return Chart(
        says=f"Capacity changes {len(steps) - 1} times from {steps[1][0]} to {steps[-1][0]},"
        f" between {capacity.monthly} and {highest} a month.",
        marks=(Line("capacity", points, steps=True),),
        top=str(highest),
        start=f"before {steps[1][0]}",
        end=f"from {steps[-1][0]}",
    ).to_html()
