"""When a plan may begin: at once, or when there is something to pay from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.frequencies import EveryMonths, Frequency, ListedDates
from repayplan.plan.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pendulum

    from repayplan.plan.search import Search
    from repayplan.schedule.terms import Terms

__all__ = ["STARTS_MAX", "searches"]

STARTS_MAX: Final = 12
"""The most first due dates that are tried."""


def searches(search: Search) -> Iterator[Search]:
    """Give a search from the first due date asked for, and where that may not do, from later ones.

    Dates that leave nothing to pay beside what is carried have no installment: the period runs on to the next
    one. Whoever pays earlier owes less, so that a later start makes a plan possible only where the first
    installment asks for more of what is carried than the others; then each date at which capacity rises is
    one.
    """
    limits, least = search.limits, search.grid.carried_part
    paying = [place for place, limit in enumerate(limits) if limit > least]
    later = [place for place in range(1, len(limits)) if limits[place - 1] < limits[place]]
    if not search.grid.begins_with_more:
        if paying:
            yield _on_places(search, paying)
        return
    paying = [place for place, limit in enumerate(limits) if limit]
    starts = [place for place in paying[:1] + later if limits[place] > least]
    for start in starts[:STARTS_MAX]:
        yield _on_places(search, [place for place in paying if place >= start])


def _on_places(search: Search, places: Sequence[int]) -> Search:
    """Leave out all dates but those at some places of the grid."""
    dates, start = search.grid.scheduled, places[0]
    if len(places) < len(dates) - start:
        terms = _on_dates(search.terms, [dates[place] for place in places])
    elif start and isinstance(search.terms.frequency, ListedDates):
        terms = _on_dates(search.terms, dates[start:])
    elif start:
        terms = _from_later_date(search.terms, dates[start])
    else:
        return search
    return attrs.evolve(search, grid=Grid(terms, search.grid.max_months), deferred=start > 0)


def _on_dates(terms: Terms, dates: Sequence[pendulum.Date]) -> Terms:
    frequency = Frequency.on_dates(dates)
    return attrs.evolve(terms, frequency=frequency, first_due=dates[0], anchor_day=None)


def _from_later_date(terms: Terms, first_due: pendulum.Date) -> Terms:
    anchor = terms.anchor_day
    if anchor is None and isinstance(terms.frequency, EveryMonths):
        anchor = terms.first_due.day
    return attrs.evolve(terms, first_due=first_due, anchor_day=anchor)
