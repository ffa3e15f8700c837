"""The versions of a plan, and what changed between two of them, as rows and in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.display.chart import Chart, figure
from repayplan.display.marks import Line
from repayplan.display.table import Kind, records
from repayplan.plan.plan_diff import PlanDiff

if TYPE_CHECKING:
    from repayplan.plan.agreement import Plan
    from repayplan.schedule.comparison import RowComparison
    from repayplan.schedule.schedule import Schedule

__all__ = ["diff_html", "diff_rows", "plan_html", "plan_rows"]


def plan_rows(plan: Plan) -> list[dict[str, object]]:
    """Give a plain row for each version of a plan; why a version was made is personal, and left out."""
    return [
        {
            "version": number,
            "agreed_on": version.agreed_on,
            "recorded_on": version.recorded_on,
            "revision": None if version.revision is None else version.revision.kind.value,
            "state": version.state.value,
            "installments": len(version.schedule),
            "highest": version.schedule.highest.amount,
            "total": version.schedule.total.amount,
            "first_due": version.schedule.due[0],
            "last_due": version.schedule.last_due,
            "currency": version.offer.debt.currency.code,
        }
        for number, version in enumerate(plan.versions, start=1)
    ]


_VERSION: Final = {
    "version": Kind.NUMBER,
    "agreed_on": Kind.FIXED,
    "revision": Kind.FIXED,
    "state": Kind.FIXED,
    "installments": Kind.NUMBER,
    "highest": Kind.NUMBER,
    "total": Kind.NUMBER,
    "first_due": Kind.FIXED,
    "last_due": Kind.FIXED,
}


def plan_html(plan: Plan) -> str:
    """Show the versions of a plan, and what the last revision changed."""
    currency = plan.offer.debt.currency.code
    caption = f"Plan agreed on {plan.agreed_on} ({plan.form.value}), {plan.state.value}, in {currency}"
    versions = records(caption, _VERSION, plan_rows(plan), dict)
    revision = plan.revision
    return figure(versions, "" if revision is None else diff_html(PlanDiff(revision.previous, plan)))


def diff_rows(diff: PlanDiff) -> list[dict[str, object]]:
    """Give a plain row for each date on which one of two versions asks for something."""
    return [_diff_row(row) for row in diff.rows.rows]


def _diff_row(row: RowComparison) -> dict[str, object]:
    first, second = row.first, row.second
    day = next(installment.scheduled_for for installment in (first, second) if installment is not None)
    return {
        "scheduled_for": day,
        "before": None if first is None else first.amount.amount,
        "after": None if second is None else second.amount.amount,
        "difference": row.amount.amount,
        "principal": row.principal.amount,
        "interest": row.interest.amount,
        "fees": row.fees.amount,
        "carried": row.carried.amount,
        "days_later": row.days_later,
        "changed": row.changed,
        "currency": row.amount.currency.code,
    }


_DIFFERENCE: Final = {
    "scheduled_for": Kind.FIXED,
    "before": Kind.NUMBER,
    "after": Kind.NUMBER,
    "difference": Kind.NUMBER,
}


def diff_html(diff: PlanDiff) -> str:
    """Show two versions of a plan side by side."""
    before, after = (plan.schedule.total - plan.schedule.upfront for plan in (diff.first, diff.second))
    totals = (total.amount for total in (before, after, after - before))
    caption = (
        f"Versions of {diff.first.agreed_on} and {diff.second.agreed_on}, in {diff.debt.currency.code};"
        f" the last due date moves by {diff.days_later} days"
    )
    rows = records(caption, _DIFFERENCE, diff.rows.rows, _diff_row, total=["all", *totals])
    return figure(rows, _drawn(diff))


def _drawn(diff: PlanDiff) -> str:
    first, second = diff.first.schedule, diff.second.schedule
    days = [*first.due, *second.due]
    return Chart(
        says=f"Installments of at most {first.highest} to {first.last_due} before,"
        f" of at most {second.highest} to {second.last_due} after.",
        marks=(
            Line("before", _points(first), steps=True, dashed=True),
            Line("after", _points(second), steps=True),
        ),
        top=str(max(first.highest, second.highest)),
        start=str(min(days)),
        end=str(max(days)),
    ).to_html()


def _points(schedule: Schedule) -> list[tuple[int, int]]:
    return [(day.toordinal(), units) for day, units in zip(schedule.due, schedule.amounts, strict=True)]
