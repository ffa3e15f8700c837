"""The rows of some accounts of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property

import attrs
import numpy as np

from repayplan.portfolio.columns import Days, Int64s, Mask, read_only
from repayplan.portfolio.layout import Layout

__all__ = ["Part", "Rows"]

_ROW_COLUMNS = ("scheduled", "due", "openings", "interests", "closings")


@attrs.frozen(eq=False)
class Part:
    """The rows of some accounts.

    Attributes:
        accounts: The places of the accounts in the batch, rising.
        layout: Where their rows stand.
        scheduled: The dates of the rows before any move, in days since 1970.
        due: Their due dates.
        openings: The principal before each.
        interests: The interest of each.
        closings: The principal after each.
        fees: The fee of each installment, by account.
    """

    accounts: Int64s
    layout: Layout
    scheduled: Days
    due: Days
    openings: Int64s
    interests: Int64s
    closings: Int64s
    fees: Int64s

    def taken(self, wanted: Mask) -> Part:
        """Give the rows of some of the accounts."""
        if wanted.all():
            return self
        rows = self.layout.spread(wanted)
        columns = {name: getattr(self, name)[rows] for name in _ROW_COLUMNS}
        layout = Layout.of(self.layout.counts[wanted])
        return Part(self.accounts[wanted], layout, fees=self.fees[wanted], **columns)


@attrs.frozen(eq=False)
class Rows:
    """The rows of all accounts of a batch.

    Attributes:
        part: The rows; an account without a schedule has one row, whose figures say nothing.
        columnar: Which accounts came by the columnar route.
        errors: Why an account has no schedule, by its place.
    """

    part: Part
    columnar: Mask
    errors: Mapping[int, str]

    @classmethod
    def of(
        cls, count: int, columnar: Sequence[Part], scalar: Sequence[Part], errors: Mapping[int, str]
    ) -> Rows:
        """Put parts together, in the order of the batch."""
        by_columns = np.zeros(count, dtype=np.bool_)
        for part in columnar:
            by_columns[part.accounts] = True
        if len(columnar) == 1 and len(columnar[0].accounts) == count:
            return cls(columnar[0], by_columns, errors)
        return cls(_merged(count, [*columnar, *scalar]), by_columns, errors)

    def that_begin(self, wanted: Mask) -> Rows:
        """Give the wanted rows, with which each account begins, and of an account without one its first."""
        layout = self.part.layout
        kept = Layout.of(np.maximum(layout.count(wanted), 1))
        places = kept.spread(layout.firsts - kept.firsts)
        places += np.arange(kept.total)
        part = Part(
            accounts=self.part.accounts,
            layout=kept,
            fees=self.part.fees,
            **{name: getattr(self.part, name).take(places) for name in _ROW_COLUMNS},
        )
        return Rows(part, self.columnar, self.errors)

    @cached_property
    def principals(self) -> Int64s:
        """What each row repays."""
        return self.part.openings - self.part.closings

    @cached_property
    def amounts(self) -> Int64s:
        """What each row asks for."""
        amounts = self.principals + self.part.interests
        if self.part.fees.any():
            amounts += self.fees
        return amounts

    @cached_property
    def fees(self) -> Int64s:
        """The fee of each row."""
        if not self.part.fees.any():
            return _no_fees(1 << (self.part.layout.total - 1).bit_length())[: self.part.layout.total]
        return self.part.layout.spread(self.part.fees)


@cache
def _no_fees(count: int) -> Int64s:
    """Give zeros, of which results without fees take half or more: a pickle holds all of them."""
    return read_only(np.zeros(count, dtype=np.int64))


def _merged(count: int, parts: Sequence[Part]) -> Part:
    counts, fees = np.ones(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for part in parts:
        counts[part.accounts], fees[part.accounts] = part.layout.counts, part.fees
    layout = Layout.of(counts)
    columns = {name: np.zeros(layout.total, dtype=np.int64) for name in _ROW_COLUMNS}
    for part in parts:
        moved = part.layout.spread(layout.firsts[part.accounts] - part.layout.firsts)
        places = moved + np.arange(part.layout.total)
        for name, column in columns.items():
            column[places] = getattr(part, name)
    return Part(accounts=np.arange(count), layout=layout, fees=fees, **columns)
