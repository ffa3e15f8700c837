"""What is to be paid from a day on, and when, by the same judgement as what is past due."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.overdue.lateness import Lateness

__all__ = ["Upcoming", "upcoming"]


class Upcoming(NamedTuple):
    """What a due day asks for.

    Attributes:
        due: The day as an ordinal.
        units: How much, in minor units.
    """

    due: int
    units: int


def upcoming(lateness: Lateness) -> Iterator[Upcoming]:
    """Give what each due day from the day of the ledger on asks for, besides what is past due.

    Whoever pays what is past due, and these amounts on their days, is not past due the day after. That is why
    a shortfall that was tolerated is asked for with the next amount: money pays the oldest first, and would
    otherwise be short of the next installment. A day on which no more would be missing than is tolerated asks
    for nothing.

    Where nothing further is due, such a shortfall is asked for by no amount: it was tolerated. A later
    installment that tolerates less may then be short of it; late charges apart, that is the one exception.

    Args:
        lateness: The installments, as they are judged.
    """
    today = lateness.ledger.as_of.toordinal()
    past_due, credit, owed = set(lateness.past_due), lateness.credit, 0
    others = (item for item in range(len(lateness.due)) if item not in past_due)
    for due, items in groupby(others, key=lateness.due.__getitem__):
        is_asked = False
        for item in items:
            covered = min(credit, lateness.missing[item])
            credit -= covered
            short = lateness.missing[item] - covered
            owed += short
            is_asked |= lateness.settled[item] is None and short > lateness.most(lateness.asked[item])
        if is_asked and due >= today:
            yield Upcoming(due, owed)
            owed = 0  # what was tolerated before is in it
