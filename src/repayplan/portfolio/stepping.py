"""One step for the rows of the same number of all accounts: interest, and what is repaid."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from repayplan.portfolio.columns import Int64s
from repayplan.portfolio.dividing import Divider
from repayplan.portfolio.periods import Periods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.portfolio.columns import Float64s, Mask
    from repayplan.portfolio.layout import Layout
    from repayplan.rounding import Rounding

__all__ = ["March", "annuities", "is_sound", "rows_needed", "step_level_payments", "step_level_principals"]

N = TypeVar("N", np.int64, np.float64)


@attrs.frozen(eq=False)
class March:
    """Accounts in step, those with the most rows first, so that the ones still going stand in front.

    Attributes:
        order: The places of the accounts in this order.
        firsts: The places of their first rows.
        before: Their rows of interest alone.
        going: How many accounts have a row of each number; zero after the last.
        periods: The rates of their periods.
    """

    order: Int64s
    firsts: Int64s
    before: Int64s
    going: list[int]
    periods: Periods

    @classmethod
    def of(cls, layout: Layout, before: Int64s, periods: Periods) -> March:
        """Put accounts in this order."""
        # of 16 bits, since whole numbers of that size are sorted in one pass
        order = np.argsort((-layout.counts).astype(np.int16), kind="stable")
        ended = np.cumsum(np.bincount(layout.counts))
        going = (len(order) - ended).tolist()
        return cls(order, layout.firsts[order], before[order], going, periods.taken(order))

    def in_batch(self, values: npt.NDArray[N]) -> npt.NDArray[N]:
        """Put values of the accounts back in the order of the batch."""
        restored = np.empty_like(values)
        restored[self.order] = values
        return restored

    def __iter__(self) -> Iterator[tuple[int, int, int, Int64s]]:
        """Give each number of a row, how many accounts have it and the one after, and the rows' places."""
        places = self.firsts.copy()
        for number, (count, following) in enumerate(zip(self.going, self.going[1:], strict=False)):
            yield number, count, following, places[:count]
            places[:following] += 1


def step_level_payments(
    march: March, principals: Int64s, payments: Int64s, rounding: Rounding, total: int
) -> tuple[Int64s, Int64s]:
    """Give the opening principal and the interest of each row, where equal payments pay interest first.

    Args:
        march: The accounts.
        principals: What each owes at first.
        payments: What each pays, of principal and interest.
        rounding: How interest is rounded.
        total: How many rows there are.
    """
    openings, interests = np.empty((2, total), dtype=np.int64)
    opening, payment = principals[march.order], payments[march.order]
    divide = Divider(rounding, len(opening))
    last_before = int(march.before.max())
    for number, count, following, rows in march:
        interest = divide(opening[:count], *march.periods.at(number, count, rows))
        openings[rows], interests[rows] = opening[:count], interest
        paid = payment[:following] - interest[:following]
        if number < last_before:
            paid[march.before[:following] > number] = 0
        opening[:following] -= paid
    return openings, interests


def step_level_principals(
    march: March, principals: Int64s, parts: Int64s, rounding: Rounding, total: int, *, flat: bool
) -> tuple[Int64s, Int64s]:
    """Give the same where equal parts of the principal are repaid.

    Args:
        march: The accounts.
        principals: What each owes at first.
        parts: What each repays in a row.
        rounding: How interest is rounded.
        total: How many rows there are.
        flat: Whether interest is always on the first principal.
    """
    openings, interests = np.empty((2, total), dtype=np.int64)
    first, part = principals[march.order], parts[march.order]
    opening = first.copy()
    divide = Divider(rounding, len(first))
    for number, count, following, rows in march:
        bearing = first if flat else opening
        interests[rows] = divide(bearing[:count], *march.periods.at(number, count, rows))
        openings[rows] = opening[:count]
        opening[:following] -= part[:following] * (march.before[:following] <= number)
    return openings, interests


def annuities(march: March) -> Float64s:
    """Give what one unit with each row after those of interest alone is worth before them, as a float.

    Of n rows, each factor 1 / (1 + rate) errs by less than 5 x 2**-53 of it, each product of up to n of them
    by less than 6n, and their sum by less than 7n x 2**-53 of it.
    """
    worth, discount = np.zeros(len(march.order)), np.ones(len(march.order))
    last_before = int(march.before.max())
    for number, count, _, rows in march:
        factor = march.periods.discounts(number, count, rows)
        if number < last_before:
            is_before = march.before[:count] > number
            discount[:count] *= np.where(is_before, 1, factor)
            worth[:count] += discount[:count] * ~is_before
        else:
            discount[:count] *= factor
            worth[:count] += discount[:count]
    return march.in_batch(worth)


def rows_needed(march: March, principals: Int64s, payments: Int64s, rounding: Rounding) -> Int64s:
    """Count the rows in which a fixed payment clears each debt; 0 where the rows laid out do not.

    A payment that does not exceed the interest clears nothing, however many rows there were.
    """
    opening, payment = principals[march.order], payments[march.order]
    needed = np.zeros(len(opening), dtype=np.int64)
    stuck = np.zeros(len(opening), dtype=np.bool_)
    divide = Divider(rounding, len(opening))
    for number, count, _, rows in march:
        interest = divide(opening[:count], *march.periods.at(number, count, rows))
        repays = (march.before[:count] <= number) & (needed[:count] == 0) & ~stuck[:count]
        clears = repays & (opening[:count] + interest <= payment[:count])
        needed[:count][clears] = number + 1
        repays &= ~clears
        stuck[:count] |= repays & (payment[:count] <= interest)
        opening[:count] -= (payment[:count] - interest) * repays
        if (stuck | (needed > 0)).all():
            break
    return march.in_batch(np.where(stuck, 0, needed))


def is_sound(layout: Layout, before: Int64s, openings: Int64s, closings: Int64s, interests: Int64s) -> Mask:
    """Tell which accounts repay in every row but those of interest alone, and ask for something in each."""
    if (openings > closings).all():  # as is nearly always so; each falls to the next, and the last to zero
        return np.ones(len(before), dtype=np.bool_)
    repays = layout.numbers > layout.spread(before)
    wrong = (openings <= 0) | (openings - closings + interests <= 0) | (repays & (openings <= closings))
    return ~layout.any(wrong)
