"""The rules for lateness held against a standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.money import Money
from repayplan.rules import Comparison, Finding

if TYPE_CHECKING:
    from repayplan.overdue.standing import Standing

__all__ = ["breach_findings", "findings_of"]


def findings_of(standing: Standing) -> tuple[Finding, ...]:
    """Hold the rules against a case: nothing past due, within grace, breach and cure, tables without gaps."""
    tables = (standing.rules.buckets, standing.rules.classes)
    gaps = [table.finding for table in tables if table is not None and table.gaps]
    return (
        _nothing_past_due(standing),
        *_within_grace(standing),
        *breach_findings(standing),
        *_cured(standing),
        *gaps,
    )


def breach_findings(standing: Standing) -> list[Finding]:
    """Hold each of the breach rules that there are against the case."""
    breach = standing.rules.breach
    if breach is None:
        return []
    history = standing.history
    observed = (
        ("breach_missed", breach.missed, history.missed, Comparison.LESS_THAN),
        ("breach_in_a_row", breach.in_a_row, history.in_a_row, Comparison.LESS_THAN),
        ("breach_behind_days", breach.behind_days, standing.days_past_due, Comparison.AT_MOST),
    )
    return [
        Finding(rule, comparison.holds(count, limit.value), count, limit.value, limit.citation, comparison)
        for rule, limit, count, comparison in observed
        if limit is not None
    ]


def _nothing_past_due(standing: Standing) -> Finding:
    past_due = standing.past_due
    return Finding(
        "nothing_past_due",
        not standing.lateness.past_due,
        past_due,
        Money.zero(past_due.currency),
        comparison=Comparison.AT_MOST,
    )


def _within_grace(standing: Standing) -> list[Finding]:
    grace, beyond = standing.rules.grace_days, standing.days_beyond_grace
    if grace is None:
        return []
    if standing.rules.grace_calendar is None:
        observed, limit = standing.days_past_due, grace.value
    else:  # the grace is counted in other days than lateness
        observed, limit = beyond, 0
    return [Finding("within_grace", not beyond, observed, limit, grace.citation, Comparison.AT_MOST)]


def _cured(standing: Standing) -> list[Finding]:
    cure, history = standing.rules.cure, standing.history
    if cure is None or not history.missed:
        return []
    needed = cure.payments
    cured = Finding(
        rule="cured",
        passed=False,
        observed=history.on_time,
        limit=needed.value,
        citation=needed.citation,
        comparison=Comparison.AT_LEAST,
    )
    return [cured]
