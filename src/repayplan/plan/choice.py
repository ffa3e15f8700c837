"""From many affordable plans to a choice of a few: each better in some respect, no two alike."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from repayplan.plan.candidate import Candidate, DroppedOffer, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NEAR", "OFFERS_MAX", "choose"]

NEAR: Final = Fraction(1, 3)
"""A plan adds nothing that is within this share of the range of an offer, in installment and in months."""
OFFERS_MAX: Final = 5
"""The most offers that a client is given at once."""

_NAMES: Final = {
    1: ("gentlest",),
    2: ("gentlest", "shortest"),
    3: ("gentlest", "balanced", "shortest"),
    4: ("gentlest", "lighter", "faster", "shortest"),
    5: ("gentlest", "lighter", "balanced", "faster", "shortest"),
}


class _Plan(Protocol):
    """Whatever may be chosen from: it says what sets it apart."""

    @property
    def candidate(self) -> Candidate: ...


P = TypeVar("P", bound=_Plan)


def choose(found: Sequence[P]) -> tuple[dict[str, P], tuple[DroppedOffer, ...]]:
    """Name a few plans, and say why each other one was dropped.

    A plan is dominated by one that is at least as good in highest installment, months and total, and better
    in one; of equal ones that of the fewest installments is kept. Of those that are left (the Pareto front)
    the lowest installment and the shortest term are offered, and then, one by one, the plan that is farthest
    from all that are offered already, until every other one is near to an offer.
    """
    front, dominated = _front([plan.candidate for plan in found])
    spread = _Spread([found[place].candidate for place in front])
    kept = spread.kept()
    named = _named([found[front[place]] for place in kept])
    dropped = [
        DroppedOffer(plan.candidate, dominated_by=found[dominated[place]].candidate)
        if place in dominated
        else spread.dropped(front.index(place), kept)
        for place, plan in enumerate(found)
        if place in dominated or front.index(place) not in kept
    ]
    return named, tuple(dropped)


def _front(candidates: Sequence[Candidate]) -> tuple[list[int], dict[int, int]]:
    """Give the places of the plans that no other dominates, by installment, and the others' dominators."""
    ranked = sorted(
        range(len(candidates)),
        key=lambda place: (candidates[place].merits, candidates[place].installments, place),
    )
    front: list[int] = []
    dominated: dict[int, int] = {}
    for place in ranked:  # whatever dominates a plan comes before it
        better = next((kept for kept in front if _is_no_worse(candidates[kept], candidates[place])), None)
        if better is None:
            front.append(place)
        else:
            dominated[place] = better
    return front, dominated


def _is_no_worse(kept: Candidate, other: Candidate) -> bool:
    return kept.months <= other.months and kept.total <= other.total


class _Spread:
    """The distances between the plans of a front, as shares of its range."""

    def __init__(self, front: Sequence[Candidate]) -> None:
        self._front = front
        self._installments = _places_in_range([candidate.monthly for candidate in front])
        self._months = _places_in_range([Fraction(candidate.months) for candidate in front])

    def kept(self) -> list[int]:
        """Give the places to offer, by installment."""
        shortest = min(range(len(self._front)), key=lambda place: (self._months[place], place))
        kept = sorted({0, shortest})
        while len(kept) < OFFERS_MAX:
            others = [place for place in range(len(self._front)) if place not in kept]
            farthest = max(others, key=lambda place: self._nearest(place, kept)[0], default=None)
            if farthest is None or self._nearest(farthest, kept)[0] <= NEAR:
                break
            kept = sorted([*kept, farthest])
        return kept

    def dropped(self, place: int, kept: Sequence[int]) -> DroppedOffer:
        """Say which offer is nearest to a plan, and how far."""
        distance, near = self._nearest(place, kept)
        return DroppedOffer(self._front[place], near=self._front[near], distance=distance)

    def _nearest(self, place: int, kept: Sequence[int]) -> tuple[Fraction, int]:
        return min((self._distance(place, other), other) for other in kept)

    def _distance(self, one: int, other: int) -> Fraction:
        installments, months = self._installments, self._months
        return max(abs(installments[one] - installments[other]), abs(months[one] - months[other]))


def _places_in_range(values: Sequence[Fraction]) -> list[Fraction]:
    """Bring values to their places between the least, 0, and the greatest, 1."""
    least = min(values)
    span = max(values) - least
    return [(value - least) / span if span else Fraction(0) for value in values]


def _named(plans: Sequence[P]) -> dict[str, P]:
    """Name the plans by their place; the highest that is not level is named for its shape."""
    names = list(_NAMES[len(plans)])
    uneven = [place for place, plan in enumerate(plans) if plan.candidate.shape is not Shape.LEVEL]
    if uneven and len(uneven) < len(plans):
        names[uneven[-1]] = plans[uneven[-1]].candidate.shape.value
    return dict(zip(names, plans, strict=True))
