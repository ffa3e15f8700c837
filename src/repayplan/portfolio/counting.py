"""How many installments fall within a time: what the longest plan of a screening has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from repayplan.portfolio.due_days import REFUSED, DueDays
from repayplan.portfolio.layout import Layout

if TYPE_CHECKING:
    from repayplan.portfolio.columns import Days, Int64s
    from repayplan.portfolio.forms import Forms
    from repayplan.portfolio.grids import Grid, GridTable

__all__ = ["counts_until"]

_APART: Final = 1 << 20
"""More days than any table of dates spans."""


def counts_until(forms: Forms, table: GridTable, due_days: DueDays, ends: Int64s) -> Int64s:
    """Count the installments that are scheduled and due up to a day, account by account.

    Args:
        forms: The accounts.
        table: The dates in which their grids stand.
        due_days: What moves dates off closed days.
        ends: The day of each account, as far as the tables go or the one before them.

    Returns:
        The counts; 0 where there is none, and where a calendar does not know the last date.
    """
    counts = np.where(forms.columnar, _scheduled_until(forms.grid, table, ends), 0)
    rows = np.flatnonzero(counts > 0)
    while len(rows):
        due = _last_due(forms.taken(rows), table, due_days, counts[rows])
        counts[rows[due == REFUSED]] = 0
        rows = rows[(due > ends[rows]) & (due != REFUSED)]
        counts[rows] -= 1
        rows = rows[counts[rows] > 0]
    return counts


def _scheduled_until(grid: Grid, table: GridTable, ends: Int64s) -> Int64s:
    """Count the dates up to a day. Each table rises; set apart from each other, they rise as one."""
    tables = np.repeat(np.arange(len(table.ends)), np.diff(table.ends, prepend=0))
    own = np.searchsorted(table.ends, grid.first, side="right")
    place = np.searchsorted(table.days + _APART * tables, ends + _APART * own, side="right") - 1
    counts: Int64s = np.maximum((place - grid.first) // grid.stride + 1, 0)
    return counts


def _last_due(forms: Forms, table: GridTable, due_days: DueDays, counts: Int64s) -> Days:
    """Give the due date of the last of so many installments."""
    last = table.days[forms.grid.first + forms.grid.stride * (counts - 1)]
    return due_days.moved(forms, Layout.of(np.ones_like(counts)), last)
