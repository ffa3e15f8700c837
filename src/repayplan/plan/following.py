"""Payments that follow capacity: level where it allows, lower where it does not."""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from typing import TYPE_CHECKING

from repayplan.money import Money
from repayplan.schedule.stated import StepPayments

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from repayplan.currency import Currency
    from repayplan.schedule.annuity import Factor

__all__ = ["least_level", "rows_to_clear", "to_steps"]


def rows_to_clear(
    principal: int, factors: Sequence[Factor], divide: Callable[[int, int], int], payments: Sequence[int]
) -> int | None:
    """Count the rows in which payments clear a debt; None where they do not, or one only pays interest.

    Whoever pays less in any row owes no less after it, so that where the greatest payments fail, none do
    better.
    """
    opening = principal
    for number, ((numerator, denominator), payment) in enumerate(
        zip(factors, payments, strict=True), start=1
    ):
        interest = divide(opening * numerator, denominator)
        if opening + interest <= payment:
            return number
        if payment <= interest:
            return None
        opening -= payment - interest
    return None


def least_level(
    principal: int,
    factors: Sequence[Factor],
    divide: Callable[[int, int], int],
    limits: Sequence[int],
    carried: Sequence[int],
) -> list[int] | None:
    """Give the payments of the least level at which a debt is cleared with the last row.

    Each row asks for the level or for its limit, whichever is lower, and pays with it what is carried first.
    All amounts are in minor units; the last payment is the most that its row may make, which makes what is
    left. None where no level works: a limit does not exceed the interest of its row, or the debt is cleared
    before the last row, or not by then.
    """

    def payments(level: int) -> list[int]:
        return [min(level, limit) - part for limit, part in zip(limits, carried, strict=True)]

    def rows(level: int) -> int | None:
        return rows_to_clear(principal, factors, divide, payments(level))

    levels = range(1, max(limits) + 1)
    place = bisect_left(levels, 1, key=lambda level: rows(level) is not None)
    if place == len(levels) or rows(levels[place]) != len(limits):
        return None
    return payments(levels[place])


def to_steps(payments: Sequence[int], currency: Currency) -> StepPayments:
    """Give payments in minor units as steps of equal ones."""
    runs = [(payment, len(list(run))) for payment, run in groupby(payments)]
    return StepPayments([(count, Money.from_minor_units(payment, currency)) for payment, count in runs])
