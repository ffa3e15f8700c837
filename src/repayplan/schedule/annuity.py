"""The level payment: exact where a tie must be decided, and quick where it is far from one."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Factor", "exact_level_payment", "level_payment"]

Factor: TypeAlias = tuple[int, int]
"""The rate of one period as numerator and denominator: interest = balance x factor."""

_FEW = 240
"""Up to so many periods the exact fraction costs no more than its bounds."""
_SCALE = 1 << 320
"""What discount factors are scaled by when they are bounded: far finer than any amount."""


def level_payment(
    principal: int, factors: Sequence[Factor], divide: Callable[[int, int], int], unit: int = 1
) -> int:
    """Round the payment that brings the balance to zero, once, to a multiple of ``unit``.

    For many periods the exact fraction has millions of digits. Then it is bounded from both sides first, and
    worked out only if the two sides round differently, as they do at a tie.

    Args:
        principal: The amount to repay, in minor units.
        factors: The rate of each period.
        divide: Division rounded to whole numbers.
        unit: What the payment is a multiple of, in minor units.
    """
    if len(factors) > _FEW:
        lowest, highest = _discounted(factors)
        rounded = divide(principal * _SCALE, highest * unit)
        if rounded == divide(principal * _SCALE, lowest * unit):
            return rounded * unit
    numerator, denominator = exact_level_payment(principal, factors)
    return divide(numerator, denominator * unit) * unit


def exact_level_payment(principal: int, factors: Sequence[Factor]) -> Factor:
    """Give the exact payment that brings the balance to zero, as numerator and denominator.

    With r_k the rate of period k it is P x prod(1 + r_k) / sum_k prod_{j>k}(1 + r_j), the annuity formula for
    rates that differ from period to period.
    """
    if len(set(factors)) == 1:
        return _annuity(principal, factors[0], len(factors))
    common = lcm(*{denominator for _, denominator in factors})
    # All numbers below are scaled by common**k after period k, so that every step is a whole number.
    growth, annuity, scale = 1, 0, 1
    for numerator, denominator in factors:
        factor = common + numerator * (common // denominator)
        scale *= common
        growth *= factor
        annuity = annuity * factor + scale
    return principal * growth, annuity


def _annuity(principal: int, factor: Factor, count: int) -> Factor:
    numerator, denominator = factor
    if numerator == 0:
        return principal, count
    grown, still = (denominator + numerator) ** count, denominator**count
    return principal * numerator * grown, denominator * (grown - still)


def _discounted(factors: Sequence[Factor]) -> tuple[int, int]:
    """Bound the value today of 1 paid at the end of each period, scaled: sum_k prod_{j<=k} 1 / (1 + r_j)."""
    low = high = _SCALE
    lowest = highest = 0
    for numerator, denominator in factors:
        grown = denominator + numerator
        low = low * denominator // grown
        high = -(-high * denominator // grown)
        lowest += low
        highest += high
    return lowest, highest
