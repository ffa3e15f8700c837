"""Where the rows of accounts stand: account by account, each with its rows in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from repayplan.portfolio.columns import Int64s

if TYPE_CHECKING:
    from repayplan.portfolio.columns import Int32s, Mask

__all__ = ["Layout"]

N = TypeVar("N", np.bool_, np.int32, np.int64)


@attrs.frozen(eq=False)
class Layout:
    """The rows of accounts, one account after the other.

    Attributes:
        counts: How many rows each account has, at least one.
        firsts: The place of each account's first row.
        total: How many rows there are in all.
    """

    counts: Int64s
    firsts: Int64s
    total: int

    @classmethod
    def of(cls, counts: Int64s) -> Layout:
        """Lay out so many rows for each account."""
        ends = np.cumsum(counts)
        return cls(counts, ends - counts, int(ends[-1]) if len(ends) else 0)

    def spread(self, values: npt.NDArray[N]) -> npt.NDArray[N]:
        """Give the value of each row's account."""
        return np.repeat(values, self.counts)

    @property
    def numbers(self) -> Int32s:
        """The number of each row in its account, from 1."""
        numbers = np.arange(self.total, dtype=np.int32)
        numbers -= self.spread((self.firsts - 1).astype(np.int32))
        return numbers

    @property
    def lasts(self) -> Int64s:
        """The place of each account's last row."""
        return self.firsts + self.counts - 1

    def any(self, rows: Mask) -> Mask:
        """Tell which accounts have one of the rows."""
        found: Mask = np.logical_or.reduceat(rows, self.firsts)
        return found

    def count(self, rows: Mask) -> Int64s:
        """Count the rows of each account that are such ones."""
        counts: Int64s = np.add.reduceat(rows, self.firsts, dtype=np.int64)
        return counts

    def before(self, values: Int64s, starts: Int64s) -> Int64s:
        """Give the value of the row before each one; of an account's first row, its start."""
        shifted = np.empty_like(values)
        shifted[1:] = values[:-1]
        shifted[self.firsts] = starts
        return shifted
