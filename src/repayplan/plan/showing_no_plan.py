"""Why no plan is affordable and what comes next, as rows and in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.display.chart import figure
from repayplan.display.table import Column, Kind, records, table
from repayplan.plan.offer import Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.display.text import Cell
    from repayplan.money import Money
    from repayplan.plan.joint_offer import JointOffer
    from repayplan.plan.next_step import NextStep
    from repayplan.plan.no_plan import NoAffordablePlan
    from repayplan.rules import Finding

__all__ = ["no_plan_html", "no_plan_rows"]


def no_plan_rows(answer: NoAffordablePlan) -> list[dict[str, object]]:
    """Give a plain row for each next step, with the plan that it would make possible."""
    code = answer.debt.currency.code
    return [
        {"number": number, **_step_row(step), "currency": code}
        for number, step in enumerate(answer.next_steps, start=1)
    ]


def _step_row(step: NextStep) -> dict[str, object]:
    offer = step.offer or step.joint_offer
    return {
        "step": step.kind.value,
        "text": step.text,
        "forgone": None if step.forgone is None else step.forgone.amount,
        "highest": None if offer is None else _highest(offer).amount,
        "months": None if offer is None else offer.cost.months,
        "total": None if offer is None else offer.cost.total.amount,
    }


def _highest(offer: Offer | JointOffer) -> Money:
    """Give the highest installment; on several debts, the most that they ask together in a month."""
    return offer.schedule.highest if isinstance(offer, Offer) else offer.certificate.highest


_STEP: Final = {
    "number": Kind.NUMBER,
    "step": Kind.TEXT,
    "text": Kind.TEXT,
    "forgone": Kind.NUMBER,
    "highest": Kind.NUMBER,
    "months": Kind.NUMBER,
    "total": Kind.NUMBER,
}


def no_plan_html(answer: NoAffordablePlan) -> str:
    """Show the rules that failed, and below them the next steps in their order."""
    code = answer.debt.currency.code
    steps = records(f"What comes next, in {code}", _STEP, no_plan_rows(answer), dict)
    return figure(_why(answer), steps)


def _why(answer: NoAffordablePlan) -> str:
    columns = [
        Column("not met"),
        Column("found", Kind.NUMBER),
        Column("has to be", Kind.NUMBER),
        Column("source"),
    ]

    def cells(finding: Finding) -> Sequence[Cell]:
        needed = "" if finding.comparison is None else f"{finding.comparison.value} {finding.limit}"
        return [finding.rule.replace("_", " "), finding.observed, needed, finding.citation]

    return table("No plan is affordable: why", columns, answer.findings, cells)
