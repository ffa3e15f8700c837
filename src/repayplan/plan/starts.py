"""On which dates a plan may ask for something: where there is something to pay from."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.frequencies import EveryMonths, Frequency, ListedDates
from repayplan.plan.grid import Grid
from repayplan.plan.search import Found, Search

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.schedule.terms import Terms

__all__ = ["STARTS_MAX", "Starts"]

STARTS_MAX: Final = 12
"""The most choices of dates that are tried."""

_TRIES_MAX: Final = 20
"""The most counts from the greatest down that are tried one by one."""


@attrs.frozen
class Starts:
    """The plans of one debt on each choice of dates from which it may be paid.

    Attributes:
        search: The search on all dates of the longest term.
    """

    search: Search

    @cached_property
    def each(self) -> tuple[Search, ...]:
        """The search on each choice of dates, that of the most dates first; none where nothing can be paid.

        Dates that leave nothing to pay beside what is carried have no installment: the period runs on to the
        next one. What is spread over fewer installments asks for more with each, so that dates of lower
        limits are left out by and by. Whoever pays earlier owes less, so that a later start makes a plan
        possible only where the first installment asks for more of what is carried than the others; then each
        date at which capacity rises is one.
        """
        limits = self.search.limits
        if not limits:
            return ()
        choices = _later_starts(self.search) if self.search.grid.begins_with_more else _above(self.search)
        places = [
            [place for place, limit in enumerate(limits) if limit > floor and place >= first]
            for first, floor in choices
        ]
        return tuple(_on_places(self.search, chosen) for chosen in places if chosen)

    @property
    def first(self) -> Search:
        """The search on the most dates, or on all where nothing can be paid."""
        return next(iter(self.each), self.search)

    @cached_property
    def fitting(self) -> tuple[Search, ...]:
        """The searches that may have a plan."""
        return tuple(start for start in self.each if start.may_fit)

    @property
    def may_fit(self) -> bool:
        """Whether a plan may exist: it gets harder with debt and rate."""
        return bool(self.fitting)

    @cached_property
    def shortest(self) -> Found | None:
        """The affordable plan that is finished soonest, if there is one."""
        plans = [start.shortest for start in self.fitting]
        found = [plan for plan in plans if plan is not None]
        return min(found, key=lambda plan: (plan.candidate.months, plan.candidate.merits), default=None)

    def affordable(self) -> list[Found]:
        """Give the affordable plans of the lengths that are looked at, the shortest first."""
        if self.shortest is None:
            return []
        lengths = self.fitting[0].lengths(self.shortest.candidate.installments)
        longer = map(self.found, lengths[1:])
        return [self.shortest, *(plan for plan in longer if plan is not None)]

    def gentlest(self) -> Found | None:
        """Give the affordable plan of the most installments, if there is one."""
        if not self.fitting:
            return None
        first = self.fitting[0]
        least = min(start.least_count for start in self.fitting)
        lengths = reversed(first.lengths(least))  # where many counts in a row do not work
        tried = chain(range(first.most, least - 1, -1)[:_TRIES_MAX], lengths)
        return next((plan for count in tried if (plan := self.found(count)) is not None), None)

    def found(self, count: int) -> Found | None:
        """Give an affordable plan of a length, if there is one."""
        plans = (start.found(count) for start in self.fitting if count <= len(start.grid))
        return next((plan for plan in plans if plan is not None), None)

    def at_level(self, level: int) -> Found | None:
        """Give the affordable plan whose rows ask for a level, or for their limit where that is lower."""
        plans = (start.at_level(level) for start in self.fitting)
        return next((plan for plan in plans if plan is not None), None)


def _above(search: Search) -> list[tuple[int, int]]:
    """Give the first place, and the limits above which a date is kept: more with fewer installments."""
    least, most = search.grid.carried_part, search.grid.carried(1)[0]
    floors = [least, *sorted({limit for limit in search.limits if least < limit < most})]
    if len(floors) > STARTS_MAX:
        last = len(floors) - 1
        floors = [floors[step * last // (STARTS_MAX - 1)] for step in range(STARTS_MAX)]
    return [(0, floor) for floor in floors]


def _later_starts(search: Search) -> list[tuple[int, int]]:
    """Give the places at which a plan may begin whose first installment asks for more than the others."""
    limits, least = search.limits, search.grid.carried_part
    paying = [place for place, limit in enumerate(limits) if limit]
    rising = [place for place in range(1, len(limits)) if limits[place - 1] < limits[place]]
    starts = [place for place in paying[:1] + rising if limits[place] > least]
    return [(start, 0) for start in starts[:STARTS_MAX]]


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
