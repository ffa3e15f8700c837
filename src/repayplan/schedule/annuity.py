"""The level payment: exact where a tie must be decided, and quick where it is far from one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import repeat
from math import lcm
from typing import TYPE_CHECKING, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ExactPayment", "Factor"]

Factor: TypeAlias = tuple[int, int]
"""The rate of one period as numerator and denominator: interest = balance x factor."""

_FEW, _FEW_ALIKE = 48, 1_200
"""Up to so many periods, different or alike, the exact fraction costs no more than its bounds."""
_SCALE = 1 << 192
"""What discount factors are scaled by when they are bounded: far finer than any amount."""
_CLOSE_SCALE = 1 << 2_560
"""What they are scaled by where that leaves two answers."""


@attrs.frozen
class ExactPayment:
    """The exact payment that brings a balance to its residual, rounded only where it is asked for.

    With r_k the rate of period k it is (P x prod(1 + r_k) - residual) / sum_k w_k prod_{j>k}(1 + r_j), the
    annuity formula for rates that differ from period to period; with weights, row k pays w_k times that.

    Attributes:
        principal: The amount owed at first, in minor units.
        factors: The rate of each period.
        residual: What is to be left after the last payment.
        weights: How many units each row pays, not all zero; None is one each.
    """

    principal: int
    factors: Sequence[Factor]
    residual: int = 0
    weights: Sequence[int] | None = None

    def rounded(self, divide: Callable[[int, int], int], *, times: int = 1, unit: int = 1) -> int:
        """Round a multiple of the payment, once, to a multiple of ``unit``, in minor units.

        For many periods the exact fraction has millions of digits. Then it is bounded from both sides first,
        and worked out only if the two sides round differently, as they do at a tie.

        Args:
            divide: Division rounded to whole numbers.
            times: How many payments.
            unit: What the result is a multiple of, in minor units.
        """
        if len(self.factors) > (_FEW_ALIKE if self._are_alike else _FEW):
            rounded = _agreed(self._bounds, divide, times, unit)
            if rounded is None:
                rounded = _agreed(self._close_bounds, divide, times, unit)
            if rounded is not None:
                return rounded * unit
        numerator, denominator = self.exact
        return divide(times * numerator, denominator * unit) * unit

    @cached_property
    def _are_alike(self) -> bool:
        return self.weights is None and len(set(self.factors)) == 1

    @cached_property
    def exact(self) -> Factor:
        """The payment as numerator and denominator."""
        if self._are_alike:
            return self._annuity(*self.factors[0])
        common = lcm(*{denominator for _, denominator in self.factors})
        # All numbers below are scaled by common**k after period k, so that every step is a whole number.
        growth, annuity, scale = 1, 0, 1
        for (numerator, denominator), weight in zip(self.factors, self.weights or repeat(1), strict=False):
            factor = common + numerator * (common // denominator)
            scale *= common
            growth *= factor
            annuity = annuity * factor + weight * scale
        return self.principal * growth - self.residual * scale, annuity

    def _annuity(self, numerator: int, denominator: int) -> Factor:
        count = len(self.factors)
        if numerator == 0:
            return self.principal - self.residual, count
        grown, still = (denominator + numerator) ** count, denominator**count
        left = self.principal * grown - self.residual * still
        return numerator * left, denominator * (grown - still)

    @cached_property
    def _bounds(self) -> tuple[Factor, Factor]:
        return self._bounds_at(_SCALE)

    @cached_property
    def _close_bounds(self) -> tuple[Factor, Factor]:
        return self._bounds_at(_CLOSE_SCALE)

    def _bounds_at(self, scale: int) -> tuple[Factor, Factor]:
        """Bound the payment: the balance today less that of the residual, over that of one unit a row.

        The discount factor of row k is prod_{j<=k} 1 / (1 + r_j); all of them are scaled.
        """
        low = high = scale
        lowest = highest = 0
        for (numerator, denominator), weight in zip(self.factors, self.weights or repeat(1), strict=False):
            grown = denominator + numerator
            low = low * denominator // grown
            high = -(-high * denominator // grown)
            lowest += weight * low
            highest += weight * high
        owed = self.principal * scale
        least, most = owed - self.residual * high, owed - self.residual * low
        # What is below zero is furthest from it over the smaller divisor.
        return (least, highest if least >= 0 else lowest), (most, lowest if most >= 0 else highest)


def _agreed(
    bounds: tuple[Factor, Factor], divide: Callable[[int, int], int], times: int, unit: int
) -> int | None:
    """Round both bounds; None if they round differently."""
    (low, low_whole), (high, high_whole) = bounds
    rounded = divide(times * low, low_whole * unit)
    return rounded if rounded == divide(times * high, high_whole * unit) else None
