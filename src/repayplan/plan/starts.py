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

__all__ = ["STARTS_MAX", "Starts", "from_later_date"]

STARTS_MAX: Final = 12
"""The most first dates that are tried."""
FLOORS_MAX: Final = 60
"""The most limits below which dates are left out."""
CHOICES_MAX: Final = 60
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
        """The search on each choice of dates, that of the most months first; none where nothing can be paid.

        Dates that leave nothing to pay beside what is carried have no installment: the period runs on to the
        next one. What is spread over fewer installments asks for more with each, so that dates of lower
        limits are left out by and by. Where some of what is carried comes with the first installment, a plan
        begins where there is enough for it, or at a later date at which capacity rises. Installments that are
        limited one by one are limited by the month as well once dates of theirs are left out, so that the
        dates before the first that is are a choice too.
        """
        limits, grid = self.search.limits, self.search.grid
        if not limits:
            return ()
        floors = _floors(self.search)
        starts = _starts(self.search) if grid.begins_with_more else [0]
        choices = [(start, floor) for start in starts for floor in floors][:CHOICES_MAX]
        places = [
            [place for place, limit in enumerate(limits) if limit > floor and place >= start]
            for start, floor in choices
        ]
        chosen = [_on_places(self.search, kept) for kept in places if kept]
        return (*chosen, *_before_the_first_gap(self.search, floors[0]))

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
        longest = max(self.fitting, key=lambda start: start.most)
        lengths = longest.lengths(self.shortest.candidate.installments)
        longer = map(self.found, lengths[1:])
        return [self.shortest, *(plan for plan in longer if plan is not None)]

    def gentlest(self) -> Found | None:
        """Give the affordable plan of the most installments, if there is one."""
        if not self.fitting:
            return None
        first = max(self.fitting, key=lambda start: start.most)
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


def _floors(search: Search) -> list[int]:
    """Give the limits above which a date is kept: the more, the fewer the installments of what is spread."""
    least, most = search.grid.carried(len(search.limits))[-1], search.grid.carried(1)[0]
    floors = [least, *sorted({limit for limit in search.limits if least < limit < most})]
    last = min(len(floors), FLOORS_MAX) - 1
    return [floors[step * (len(floors) - 1) // max(last, 1)] for step in range(last + 1)]


def _starts(search: Search) -> list[int]:
    """Give the places at which a plan may begin whose first installment asks for more than the others."""
    limits, least = search.limits, search.grid.first_part
    paying = [place for place, limit in enumerate(limits) if limit > least]
    rising = [place for place in paying[1:] if limits[place - 1] < limits[place]]
    return [*paying[:1], *rising][:STARTS_MAX]


def _before_the_first_gap(search: Search, floor: int) -> list[Search]:
    """Keep to the dates before the first that allows too little, of installments limited one by one."""
    frequency = search.frequency
    gap = next((place for place, limit in enumerate(search.limits) if limit <= floor), 0)
    if not gap or frequency.date_count is not None or frequency.periods_per_month <= 1:
        return []
    return [attrs.evolve(search, grid=attrs.evolve(search.grid, rows_max=gap))]


def _on_places(search: Search, places: Sequence[int]) -> Search:
    """Leave out all dates but those at some places of the grid."""
    dates, start = search.grid.scheduled, places[0]
    if len(places) < len(dates) - start:
        terms = _on_dates(search.terms, [dates[place] for place in places])
    elif start:
        terms = from_later_date(search.terms, dates[start:])
    else:
        return search
    return attrs.evolve(search, grid=Grid(terms, search.grid.max_months), deferred=start > 0)


def _on_dates(terms: Terms, dates: Sequence[pendulum.Date]) -> Terms:
    frequency = Frequency.on_dates(dates)
    return attrs.evolve(terms, frequency=frequency, first_due=dates[0], anchor_day=None)


def from_later_date(terms: Terms, dates: Sequence[pendulum.Date]) -> Terms:
    """Let terms begin with a later one of their own dates, and go on with those after it."""
    if isinstance(terms.frequency, ListedDates):
        return _on_dates(terms, dates)
    anchor = terms.anchor_day
    if anchor is None and isinstance(terms.frequency, EveryMonths):
        anchor = terms.first_due.day
    return attrs.evolve(terms, first_due=dates[0], anchor_day=anchor)
