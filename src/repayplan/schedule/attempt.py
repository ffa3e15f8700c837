"""One attempt at a schedule: the rows, or the row at which the terms get stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.schedule.amortization import Stuck, amortize
from repayplan.schedule.periods import Timeline, period_factors
from repayplan.schedule.schedule import Schedule

if TYPE_CHECKING:
    from repayplan.schedule.terms import Terms

__all__ = ["attempt"]


def attempt(terms: Terms) -> Schedule | Stuck:
    """Build the schedule of ``terms``, or say at which row it cannot go on."""
    principal, pattern, rounding = terms.amortized.minor_units, terms.repayment, terms.rounding
    timeline = Timeline(terms)
    count = pattern.row_count(principal, period_factors(terms, timeline.stream(), None), rounding)
    if isinstance(count, Stuck):
        return count
    ends = timeline.ends(count)
    factors = list(period_factors(terms, ends, ends[-1]))
    principal_of = pattern.principal_of(principal, factors, rounding)
    rows = amortize(
        principal, factors, rounding.divide, principal_of, flat=pattern.flat, states_last=pattern.states_last
    )
    if isinstance(rows, Stuck):
        return rows
    return Schedule.of_engine(terms, (timeline.scheduled, timeline.due), rows)
