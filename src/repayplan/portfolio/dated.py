"""Accounts of one form with the dates of their rows, before any amount is worked out."""

from __future__ import annotations

from functools import cached_property

import attrs
import numpy as np

from repayplan.portfolio.columns import Days, Int64s, Mask
from repayplan.portfolio.due_days import REFUSED
from repayplan.portfolio.forms import Forms
from repayplan.portfolio.layout import Layout
from repayplan.portfolio.periods import Periods, periods_of

__all__ = ["Dated"]


@attrs.frozen(eq=False)
class Dated:
    """The dates of some accounts.

    Attributes:
        accounts: The places of the accounts in the batch, rising.
        forms: Their forms.
        layout: Where their rows stand.
        scheduled: The dates of the rows before any move.
        due: Their due dates.
    """

    accounts: Int64s
    forms: Forms
    layout: Layout
    scheduled: Days
    due: Days

    def those(self, wanted: Mask) -> Dated | None:
        """Give some of the accounts; None where there is none of them."""
        if wanted.all():
            return self
        if not wanted.any():
            return None
        rows = self.layout.spread(wanted)
        return Dated(
            self.accounts[wanted],
            self.forms.taken(np.flatnonzero(wanted)),
            Layout.of(self.layout.counts[wanted]),
            self.scheduled[rows],
            self.due[rows],
        )

    @property
    def are_known(self) -> Mask:
        """Which accounts have due dates that the calendars know, none before the start."""
        known = self.due[self.layout.firsts] >= self.forms.starts_on
        return known if self.due.max() < REFUSED else known & ~self.layout.any(self.due == REFUSED)

    @cached_property
    def periods(self) -> Periods:
        """The rates of their periods."""
        ends = self.scheduled
        if self.forms.to_due.any():
            ends = np.where(self.layout.spread(self.forms.to_due), self.due, self.scheduled)
        return periods_of(self.forms, self.layout, ends)

    @property
    def fit(self) -> Mask:
        """For which accounts no step could leave the bounds of exact division."""
        return self.periods.fit(self.layout, self.forms.principal)
