"""When a plan may begin: at once, or when there is something to pay from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.frequencies import EveryMonths, Frequency, ListedDates
from repayplan.schedule.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pendulum

    from repayplan.plan.search import Search
    from repayplan.schedule.terms import Terms

__all__ = ["STARTS_MAX", "searches"]

STARTS_MAX: Final = 12
"""The most later first due dates that are tried."""


def searches(search: Search) -> Iterator[Search]:
    """Give a search from the first due date asked for, and then from each later one at which capacity rises.

    Dates on which nothing may be asked for have no installment: the period runs on to the next one.
    """
    limits = search.limits
    if not any(limits):
        return
    yield _from_date(search, 0)
    first = next(place for place, limit in enumerate(limits) if limit)
    rises = [place for place in range(first + 1, len(limits)) if limits[place - 1] < limits[place]]
    yield from (_from_date(search, place) for place in rises[:STARTS_MAX])


def _from_date(search: Search, first: int) -> Search:
    """Leave out the dates before a place, and those on which nothing may be asked for."""
    dates = search.timeline.scheduled[: len(search.limits)]
    paying = [place for place in range(first, len(dates)) if search.limits[place]]
    start = paying[0]
    if len(paying) < len(dates) - start:
        terms = _on_dates(search.terms, [dates[place] for place in paying])
    elif start and isinstance(search.terms.frequency, ListedDates):
        terms = _on_dates(search.terms, dates[start:])
    elif start:
        terms = _from_later_date(search.terms, dates[start])
    else:
        return search
    return attrs.evolve(search, terms=terms, deferred=start > 0, timeline=Timeline(terms))


def _on_dates(terms: Terms, dates: Sequence[pendulum.Date]) -> Terms:
    frequency = Frequency.on_dates(dates)
    return attrs.evolve(terms, frequency=frequency, first_due=dates[0], anchor_day=None)


def _from_later_date(terms: Terms, first_due: pendulum.Date) -> Terms:
    anchor = terms.anchor_day
    if anchor is None and isinstance(terms.frequency, EveryMonths):
        anchor = terms.first_due.day
    return attrs.evolve(terms, first_due=first_due, anchor_day=anchor)
