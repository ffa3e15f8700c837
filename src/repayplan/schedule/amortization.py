"""The engine: whole minor units in, whole minor units out, one loop for every pattern of repayment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

import attrs

if TYPE_CHECKING:
    from repayplan.schedule.annuity import Factor

__all__ = [
    "Amortization",
    "PrincipalOf",
    "Stuck",
    "amortize",
    "amortize_deferring",
    "balances",
    "final_payment",
    "interests_of",
    "rows_needed",
]

PrincipalOf: TypeAlias = Callable[[int, int, int], int]
"""A pattern's decision: ``(row number, opening principal, interest of the row) -> principal of the row``."""


@attrs.frozen
class Amortization:
    """Principal and interest of each row, in minor units.

    Attributes:
        principals: What each row repays.
        interests: What is charged for each row's period.
        put_off: What earlier rows leave of their interest to the last one.
    """

    principals: tuple[int, ...]
    interests: tuple[int, ...]
    put_off: int = 0


@attrs.frozen
class Stuck:
    """Why no schedule came of it.

    A row before the last pays no principal or clears the debt, a last one that is stated misses what is left,
    or payments do not clear the debt in time.

    Attributes:
        number: The row, counted from 1.
        interest: Its interest.
        principal: The principal that the pattern would pay with it.
        opening: The principal outstanding before it.
    """

    number: int
    interest: int
    principal: int
    opening: int

    @property
    def pays_too_little(self) -> bool:
        """Whether the row would pay no principal, rather than all of it too early."""
        return self.principal <= 0


def amortize(
    principal: int,
    factors: Sequence[Factor],
    divide: Callable[[int, int], int],
    principal_of: PrincipalOf,
    *,
    interest_only: int = 0,
    residual: int = 0,
    flat: bool = False,
    states_last: bool = False,
) -> Amortization | Stuck:
    """Run a debt down to zero, or to ``residual``, in exactly ``len(factors)`` rows.

    Args:
        principal: The amount to repay.
        factors: The rate of each period.
        divide: Division rounded to whole minor units, once for each row's interest.
        principal_of: What the pattern pays of the principal in every row but the last, which clears the debt;
            rows are counted from the first after those of interest alone.
        interest_only: How many rows at the start repay no principal.
        residual: What the last row leaves.
        flat: Whether interest is always on the first principal rather than on the balance.
        states_last: Whether the pattern states the last payment too, which must then clear the debt exactly.
    """
    opening, last = principal, len(factors) - 1
    principals = [0] * interest_only
    interests = [divide(principal * numerator, whole) for numerator, whole in factors[:interest_only]]
    for number, (numerator, denominator) in enumerate(factors[interest_only:last], start=1):
        interest = divide((principal if flat else opening) * numerator, denominator)
        paid = principal_of(number, opening, interest)
        if not 0 < paid < opening - residual:
            return Stuck(number + interest_only, interest, paid, opening)
        principals.append(paid)
        interests.append(interest)
        opening -= paid
    numerator, denominator = factors[last]
    interest = divide((principal if flat else opening) * numerator, denominator)
    paid = principal_of(last + 1 - interest_only, opening, interest) if states_last else opening - residual
    if paid != opening - residual:
        return Stuck(last + 1, interest, paid, opening)
    return Amortization((*principals, paid), (*interests, interest))


def amortize_deferring(
    principal: int,
    factors: Sequence[Factor],
    divide: Callable[[int, int], int],
    payments: Sequence[int],
    *,
    interest_only: int = 0,
    residual: int = 0,
) -> Amortization | Stuck:
    """Run a debt down like :func:`amortize`, with payments that need not reach for the interest.

    A payment pays interest first, what earlier ones left included. What it does not reach is put off; it
    bears no interest.

    Args:
        principal: The amount to repay.
        factors: The rate of each period.
        divide: Division rounded to whole minor units, once for each row's interest.
        payments: What each row pays after those of interest alone; the last pays what is left.
        interest_only: How many rows at the start pay their interest and no principal.
        residual: What the last row leaves.
    """
    opening, put_off, last = principal, 0, len(factors) - 1
    principals = [0] * interest_only
    interests = [divide(principal * numerator, whole) for numerator, whole in factors[:interest_only]]
    rows = zip(factors[interest_only:last], payments, strict=False)
    for number, ((numerator, denominator), payment) in enumerate(rows, start=interest_only + 1):
        interest = divide(opening * numerator, denominator)
        owed = put_off + interest
        paid = max(payment - owed, 0)
        if paid >= opening - residual:
            return Stuck(number, owed, paid, opening)
        put_off = max(owed - payment, 0)
        principals.append(paid)
        interests.append(interest)
        opening -= paid
    numerator, denominator = factors[last]
    interest = divide(opening * numerator, denominator)
    return Amortization((*principals, opening - residual), (*interests, interest), put_off)


def rows_needed(
    principal: int,
    factors: Iterable[Factor],
    divide: Callable[[int, int], int],
    payment: int,
    *,
    residual: int = 0,
) -> int | Stuck:
    """Count the rows in which a fixed payment clears a debt, but for ``residual``.

    ``Stuck`` is the row whose payment does not exceed its interest, or the last of ``factors`` if the debt
    outlives them.
    """
    opening = principal
    number = interest = 0
    for number, (numerator, denominator) in enumerate(factors, start=1):
        interest = divide(opening * numerator, denominator)
        if opening + interest - residual <= payment:
            return number
        if payment <= interest:
            return Stuck(number, interest, payment - interest, opening)
        opening -= payment - interest
    return Stuck(number, interest, payment - interest, opening + payment - interest)


def final_payment(
    opening: int, factors: Iterable[Factor], divide: Callable[[int, int], int], payment: int
) -> int:
    """Give what clears a debt with the last of ``factors`` after equal payments with all the others.

    Where those overpay, it is below zero; a higher opening never gives a lower result.
    """
    clearing = opening
    for numerator, denominator in factors:
        clearing = opening + divide(opening * numerator, denominator)
        opening = clearing - payment
    return clearing


def balances(principal: int, principals: Sequence[int]) -> tuple[int, ...]:
    """Give the balance before the first row and after each one."""
    return tuple(accumulate(principals, int.__sub__, initial=principal))


def interests_of(
    principal: int,
    principals: Sequence[int],
    factors: Iterable[Factor],
    divide: Callable[[int, int], int],
    *,
    flat: bool,
) -> list[int]:
    """Work out the interest of each row again, from what the rows repay."""
    openings = balances(principal, principals)[:-1]
    return [
        divide((principal if flat else opening) * numerator, denominator)
        for opening, (numerator, denominator) in zip(openings, factors, strict=True)
    ]
