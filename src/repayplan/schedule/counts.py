"""The most installments that work, where more of them were asked for."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from repayplan.schedule.amortization import Stuck

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["nearest_count"]

_FEW = 400
_TRIED_IN_TURN = 100


def nearest_count(outcome: Callable[[int], object], most: int) -> int:
    """Give a count of at most ``most`` for which ``outcome`` is not :class:`Stuck`.

    Where ``most`` is at most 400, the hundred counts up to it are tried in turn, so that the greatest is
    found. Otherwise, or if none of them works: rows that pay too little come of too many of them, and more
    would pay less still, so a bisection finds where that begins; from there, a schedule that is cleared early
    works with the rows that it took, or fewer, and the steps downwards grow. One row always works.
    """
    for count in range(most, max(0, most - _TRIED_IN_TURN), -1) if most <= _FEW else ():
        if not isinstance(outcome(count), Stuck):
            return count
    counts = range(2, most + 1)
    count = 1 + bisect_left(counts, 1, key=lambda candidate: _pays_too_little(outcome(candidate)))
    step = 0
    while isinstance(stuck := outcome(count), Stuck):
        count = max(1, stuck.number - step)
        step = 2 * step + 1
    return count


def _pays_too_little(outcome: object) -> bool:
    return isinstance(outcome, Stuck) and outcome.pays_too_little
