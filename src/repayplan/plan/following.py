"""Payments that follow capacity: level where it allows, lower where it does not."""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain, groupby, repeat
from typing import TYPE_CHECKING

from repayplan.money import Money
from repayplan.schedule.deferring import DeferringPayments

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from repayplan.currency import Currency
    from repayplan.schedule.annuity import Factor

__all__ = ["least_interest", "least_level", "rows_to_clear", "to_steps"]


def rows_to_clear(
    principal: int, factors: Sequence[Factor], divide: Callable[[int, int], int], payments: Sequence[int]
) -> int | None:
    """Count the rows in which payments clear a debt; None where they do not, or one would pay nothing.

    What a payment does not reach of the interest is put off, as by
    :class:`~repayplan.schedule.deferring.DeferringPayments`. Whoever pays less in any row owes no less after
    it, so that where the greatest payments fail, none do better.
    """
    opening, put_off = principal, 0
    for number, ((numerator, denominator), payment) in enumerate(
        zip(factors, payments, strict=True), start=1
    ):
        owed = put_off + divide(opening * numerator, denominator)
        if payment <= 0:
            return None
        if opening + owed <= payment:
            return number
        if payment > owed:
            opening -= payment - owed
            put_off = 0
        else:
            put_off = owed - payment
    return None


def least_interest(principal: int, factors: Sequence[Factor], limits: Sequence[int]) -> int:
    """Give a lower bound of the interest that a debt bears whose payments keep to limits."""
    opening, put_off, total = principal, 0, 0
    for (numerator, denominator), limit in zip(factors, limits, strict=True):
        interest = opening * numerator // denominator
        total += interest
        put_off += interest
        opening -= max(limit - put_off, 0)
        put_off = max(put_off - limit, 0)
        if opening <= 0:
            break
    return total


def least_level(
    principal: int,
    factors: Sequence[Factor],
    divide: Callable[[int, int], int],
    limits: Sequence[int],
    carried: Sequence[int],
) -> list[int] | None:
    """Give the payments of the least level at which a debt is cleared with the last row.

    Each row asks for the level or for its limit, whichever is lower, and pays with it what is carried first.
    Where that clears the debt too early, no payment may exceed the least one that still clears it; and where
    that is too early, so many rows at the start may, and the others may pay one minor unit less. All amounts
    are in minor units; the last payment is the most that its row may make, which makes what is left. None
    where no level works: a limit leaves nothing beside what is carried, or the debt has fewer minor units
    than rows.
    """

    def rows(payments: Sequence[int]) -> int | None:
        return rows_to_clear(principal, factors, divide, payments)

    def at_level(level: int) -> list[int]:
        return [min(level, limit) - part for limit, part in zip(limits, carried, strict=True)]

    count = len(limits)
    level = _least(lambda level: rows(at_level(level)) is not None, max(limits))
    if level is None:
        return None
    payments = at_level(level)
    if rows(payments) == count:
        return payments
    most = max(payments)
    cap = _least(lambda cap: rows(_capped(payments, cap, count)) is not None, most) or most
    at_cap = _least(lambda first: rows(_capped(payments, cap, first)) is not None, count) or count
    capped = _capped(payments, cap, at_cap)
    return capped if rows(capped) == count else None


def _capped(payments: Sequence[int], cap: int, rows: int) -> list[int]:
    """Pay no more than a cap in so many rows at the start, and one minor unit less than it in the others."""
    caps = chain(repeat(cap, rows), repeat(cap - 1))
    return [min(payment, most) for payment, most in zip(payments, caps, strict=False)]


def _least(works: Callable[[int], bool], most: int) -> int | None:
    """Give the least number from 1 to ``most`` that works, as all above it do; None where none does."""
    numbers = range(1, most + 1)
    place = bisect_left(numbers, 1, key=works)
    return None if place == most else numbers[place]


def to_steps(payments: Sequence[int], currency: Currency) -> DeferringPayments:
    """Give payments in minor units as steps of equal ones."""
    runs = [(payment, len(list(run))) for payment, run in groupby(payments)]
    return DeferringPayments([(count, Money.from_minor_units(payment, currency)) for payment, count in runs])
