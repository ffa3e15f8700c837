"""The columnar route: accounts of one form at a time, all of them in step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from repayplan.portfolio.bounds import ROWS_A_PIECE_MAX, ROWS_AN_ACCOUNT_MAX
from repayplan.portfolio.counting import counts_until
from repayplan.portfolio.dated import Dated
from repayplan.portfolio.dividing import divided
from repayplan.portfolio.due_days import DueDays
from repayplan.portfolio.forms import Forms, forms_of
from repayplan.portfolio.grids import GridTable
from repayplan.portfolio.layout import Layout
from repayplan.portfolio.level_payments import level_payments
from repayplan.portfolio.names import CHOICES, PATTERNS
from repayplan.portfolio.part import Part
from repayplan.portfolio.periods import periods_of
from repayplan.portfolio.stepping import (
    March,
    is_sound,
    rows_needed,
    step_level_payments,
    step_level_principals,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.portfolio.columns import Columns, Days, Int64s
    from repayplan.portfolio.names import Calendars
    from repayplan.portfolio.periods import Periods
    from repayplan.rounding import Rounding

__all__ = ["ColumnarRoute"]

_LEVEL, _EQUAL, _FLAT, _FIXED = (
    PATTERNS.index(name) for name in ("level", "equal_principal", "flat", "fixed")
)
_TRIED: Final = (64, 250, ROWS_AN_ACCOUNT_MAX)
"""Rows that are laid out for a fixed payment, until they are enough; most of them may not be needed."""


class ColumnarRoute:
    """Works out schedules that a columnar form allows; its tables grow from batch to batch."""

    def __init__(self, calendars: Calendars) -> None:
        """Take the calendars."""
        self._calendars, self._due_days, self._table = calendars, DueDays(calendars), GridTable()

    def parts(self, columns: Columns) -> Iterator[Part]:
        """Give the rows of accounts, form by form; those that are not there are for the scalar route."""
        forms = forms_of(columns, self._calendars, self._table)
        accounts = np.flatnonzero(forms.columnar)
        keys = _keys(forms)[accounts]
        for key in np.unique(keys):
            chosen = accounts[keys == key]
            yield from self._part(chosen, forms if len(chosen) == len(columns) else forms.taken(chosen))

    def counts_until(self, columns: Columns, ends: Int64s) -> Int64s:
        """Count the installments of accounts up to a day; 0 where there is none, or columns do not tell."""
        forms = forms_of(columns, self._calendars, self._table)
        return counts_until(forms, self._table, self._due_days, ends)

    def _part(self, accounts: Int64s, forms: Forms) -> Iterator[Part]:
        """Give the rows of accounts of one form, without those that turn out to be for the scalar route.

        No account bears on another, so that those others leave the rows of the rest as they are.
        """
        dated = self._dated(accounts, forms)
        dated = dated and dated.those(dated.are_known)
        dated = dated and dated.those(dated.fit)
        if dated:
            part = _part_of(dated)
            sound = is_sound(part.layout, dated.forms.before, part.openings, part.closings, part.interests)
            if sound.any():
                yield part.taken(sound)

    def _dated(self, accounts: Int64s, forms: Forms) -> Dated | None:
        """Date the rows of accounts, without those whose dates go beyond the tables."""
        counts = self._counts(forms)
        has = (counts > 0) & (forms.grid.first + forms.grid.stride * (counts - 1) < forms.grid.end)
        if not has.any():
            return None
        if not has.all():
            accounts, forms, counts = accounts[has], forms.taken(np.flatnonzero(has)), counts[has]
        layout = Layout.of(counts)
        scheduled = self._scheduled(forms, layout)
        return Dated(accounts, forms, layout, scheduled, self._due_days.moved(forms, layout, scheduled))

    def _counts(self, forms: Forms) -> Int64s:
        """Give how many rows each account has; 0 where that is for the scalar route to find out."""
        if forms.pattern[0] != _FIXED:
            return forms.count + forms.before
        counts = np.zeros(len(forms.count), dtype=np.int64)
        for most in _TRIED:
            rest = np.flatnonzero((counts == 0) & ~(forms.to_due & (forms.calendar >= 0)))
            at_once = ROWS_A_PIECE_MAX // most
            for first in range(0, len(rest), at_once):
                some = rest[first : first + at_once]
                counts[some] = self._needed(forms.taken(some), most)
        return counts

    def _needed(self, forms: Forms, most: int) -> Int64s:
        """Count the rows that fixed payments take, of so many at most; a day count knows no maturity yet."""
        grid = forms.grid
        layout = Layout.of(np.minimum(most, 1 + (grid.end - 1 - grid.first) // grid.stride))
        periods = periods_of(forms, layout, self._scheduled(forms, layout), is_final=False)
        march = March.of(layout, forms.before, periods)
        needed = rows_needed(march, forms.principal, forms.payment, _rounding(forms))
        return np.where(periods.fit(layout, forms.principal), needed, 0)

    def _scheduled(self, forms: Forms, layout: Layout) -> Days:
        """Give the scheduled date of each row."""
        strides, steps = forms.grid.stride, np.arange(layout.total)
        if (strides != 1).any():
            steps *= layout.spread(strides)
        steps += layout.spread(forms.grid.first - strides * layout.firsts)
        return self._table.days.take(steps)


def _keys(forms: Forms) -> Int64s:
    """Number the forms of accounts: those with one number are worked out together."""
    roundings, day_counts = len(CHOICES["rounding"]), len(CHOICES["day_count"])
    day_count = np.where(forms.is_daily, day_counts, forms.day_count)
    return (forms.pattern * roundings + forms.rounding) * (day_counts + 1) + day_count


def _rounding(forms: Forms) -> Rounding:
    rounding: Rounding = CHOICES["rounding"][forms.rounding[0]]
    return rounding


def _part_of(dated: Dated) -> Part:
    """Work out the amounts of each row."""
    layout = dated.layout
    openings, interests = _stepped(dated.forms, layout, dated.periods)
    closings = np.empty_like(openings)
    closings[:-1] = openings[1:]
    closings[layout.lasts] = 0
    return Part(
        dated.accounts,
        layout,
        dated.scheduled,
        dated.due,
        openings,
        interests,
        closings,
        dated.forms.fee,
    )


def _stepped(forms: Forms, layout: Layout, periods: Periods) -> tuple[Int64s, Int64s]:
    """Give the opening principal and the interest of each row."""
    march, rounding, pattern = March.of(layout, forms.before, periods), _rounding(forms), forms.pattern[0]
    if pattern in {_EQUAL, _FLAT}:
        # one part is the principal itself, exactly; two and more are at most half of it, within bounds
        parts = divided(rounding, forms.principal, np.ones_like(forms.count), forms.count)
        flat = bool(pattern == _FLAT)
        return step_level_principals(march, forms.principal, parts, rounding, layout.total, flat=flat)
    payments = forms.payment
    if pattern == _LEVEL:
        payments = level_payments(forms, layout, periods, march)
    return step_level_payments(march, forms.principal, payments, rounding, layout.total)
