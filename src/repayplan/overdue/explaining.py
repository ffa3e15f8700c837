"""A standing laid out line by line."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pendulum

from repayplan.explanation import DaysLine, Explanation, ExplanationInput, ExplanationLine
from repayplan.rounding import Rounding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.overdue.standing import Standing

__all__ = ["explain_standing"]


def explain_standing(standing: Standing) -> Explanation:
    """Lay out what is past due, installment by installment, and the days since when."""
    items = standing.lateness.past_due
    lines = [_installment(standing, item) for item in items]
    missing = [
        ExplanationInput(f"installment {_number(standing, item)}", line.exact)
        for item, line in zip(items, lines, strict=True)
    ]
    total = _line(standing, "past_due", "past due", missing)
    since = standing.lateness.since(standing.rules.ageing)
    days = () if since is None else (_days(standing, since),)
    return Explanation((*lines, total), days)


def _installment(standing: Standing, item: int) -> ExplanationLine:
    lateness, number = standing.lateness, _number(standing, item)
    asked, missing = lateness.asked[item], lateness.missing[item]
    due_on = pendulum.Date.fromordinal(lateness.due[item])
    unit = Fraction(1, 10**standing.past_due.currency.digits)
    inputs = [
        ExplanationInput("asked for", asked * unit),
        ExplanationInput("paid", (asked - missing) * unit, subtracted=True),
    ]
    return _line(standing, f"installments[{number}]", f"installment {number}, due {due_on}", inputs)


def _days(standing: Standing, since: int) -> DaysLine:
    left_out = standing.as_of.toordinal() - since - standing.days_past_due
    why = "held" if standing.rules.counted_days is None else "held or not counted"
    first = pendulum.Date.fromordinal(since)
    return DaysLine("days_past_due", "days past due", first, standing.as_of, left_out, why)


def _number(standing: Standing, item: int) -> int:
    return standing.ledger.asked.first_number + item


def _line(standing: Standing, key: str, label: str, inputs: Sequence[ExplanationInput]) -> ExplanationLine:
    currency = standing.past_due.currency
    return ExplanationLine(key, label, tuple(inputs), Fraction(1), Rounding.HALF_UP, currency)
