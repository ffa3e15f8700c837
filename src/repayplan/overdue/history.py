"""What the installments so far say about an arrangement: missed, in a row, cured."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    from repayplan.overdue.lateness import Lateness

__all__ = ["History", "history_of"]


@attrs.frozen
class History:
    """Installments that were missed, counted anew from each cure on.

    Attributes:
        missed: How many were missed since the last cure: still unpaid after their grace, whether or not they
            were paid since.
        in_a_row: The most of them one after the other.
        on_time: How many were paid in time in a row after the last that was missed.
        cured_on: The first day on which the last cure could be told, as an ordinal; None without one.
    """

    missed: int = 0
    in_a_row: int = 0
    on_time: int = 0
    cured_on: int | None = None


def history_of(
    lateness: Lateness, is_missed: Callable[[int], bool], is_in_time: Callable[[int], bool], to_cure: int
) -> History:
    """Go through the installments that were due before the day, the earliest first.

    Args:
        lateness: The installments.
        is_missed: Whether an installment was still unpaid after its grace.
        is_in_time: Whether it was settled within its grace.
        to_cure: How many must be paid in time in a row once all before them are settled, on a day on which
            nothing is past due.
    """
    as_of, due = lateness.ledger.as_of.toordinal(), lateness.due
    missed = run = most = on_time = settled_by = 0
    cured_on = None
    for item, settled in enumerate(lateness.settled[: bisect_left(due, as_of)]):
        settled_by = as_of + 1 if settled is None else max(settled_by, settled)
        if is_missed(item):
            missed, run, on_time = missed + 1, run + 1, 0
        elif settled is not None:  # one that is still within its grace tells nothing yet
            run, on_time = 0, on_time + 1 if is_in_time(item) else 0
        most = max(most, run)
        # The due day itself is not over: only the day after it tells that the last of them was in time.
        made_good = max(settled_by, due[item] + 1) if to_cure else settled_by
        nothing_else = item + 1 == len(due) or due[item + 1] >= made_good
        if missed and on_time >= to_cure and made_good <= as_of and nothing_else:
            cured_on, missed, most, run = made_good, 0, 0, 0
    return History(missed, most, on_time, cured_on)
