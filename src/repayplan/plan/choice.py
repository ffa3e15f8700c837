"""From many affordable plans to a choice of at most three: each better in some respect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.plan.offer import DroppedOffer
from repayplan.plan.search import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["choose"]

Choice = tuple[dict[str, Found], tuple[DroppedOffer, ...]]


def choose(found: Sequence[Found]) -> Choice:
    """Name the gentlest, the shortest and one between, and say why each other plan was dropped.

    A plan is dominated by one that is at least as good in highest installment, months and total, and better
    in one. Of those that are left (the Pareto front), the one whose length is nearest the middle of the
    shortest and the longest stands between them; the others are thinned out.
    """
    front = sorted((plan for plan in found if _dominator(plan, found) is None), key=_by_installment)
    named = _named(front)
    kept = {id(plan) for plan in named.values()}
    dropped = tuple(
        DroppedOffer(
            plan.candidate, None if (better := _dominator(plan, found)) is None else better.candidate
        )
        for plan in found
        if id(plan) not in kept
    )
    return named, dropped


def _named(front: Sequence[Found]) -> dict[str, Found]:
    gentlest, shortest = front[0], front[-1]
    if gentlest is shortest:
        return {"gentlest": gentlest}
    between = front[1:-1]
    if not between:
        return {"gentlest": gentlest, "shortest": shortest}
    middle = gentlest.candidate.months + shortest.candidate.months
    balanced = min(between, key=lambda plan: abs(2 * plan.candidate.months - middle))
    return {"gentlest": gentlest, "balanced": balanced, "shortest": shortest}


def _by_installment(plan: Found) -> tuple[int, int]:
    return plan.candidate.highest.minor_units, plan.candidate.months


def _dominator(plan: Found, found: Sequence[Found]) -> Found | None:
    return next((other for other in found if other.candidate.dominates(plan.candidate)), None)
