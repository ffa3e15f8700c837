"""Exact division of whole numbers in 64 bits, rounded once in a named mode.

A float estimates the quotient. The remainder is then worked out in whole numbers: the products may be beyond
64 bits, but their difference is not, and wrapping around changes no difference. So the remainder says exactly
how far the estimate is from the quotient, and by how much it must be corrected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from repayplan.rounding import Rounding

if TYPE_CHECKING:
    from repayplan.portfolio.columns import Float64s, Int64s, Mask

__all__ = ["QUOTIENT_MAX", "Divider", "divided", "is_certain"]

QUOTIENT_MAX: Final = 2**49
"""Up to this quotient the estimate is less than a quarter off."""


class Divider:
    """Divides many numbers at once, again and again, in memory of its own.

    The numbers, the numerators and the denominators are whole, not negative and at most ``EXACT_MAX``, the
    quotients at most ``QUOTIENT_MAX``: three roundings of the estimate, each by 2**-53 of it, put it less
    than a quarter off. Cut to a whole number it is the quotient rounded down, or one off where the
    remainder is less than a quarter of the denominator from zero, far from every tie.
    """

    def __init__(self, rounding: Rounding, size: int) -> None:
        """Take the mode, and how many numbers there are at most."""
        self._correct = _CORRECTIONS[rounding]
        self._estimate = np.empty(size, dtype=np.float64)
        self._quotient = np.empty(size, dtype=np.int64)
        self._remainder = np.empty(size, dtype=np.int64)
        self._product = np.empty(size, dtype=np.int64)

    def __call__(
        self, numbers: Int64s, numerators: Int64s, denominators: Int64s, ratios: Float64s
    ) -> Int64s:
        """Give numbers x numerators / denominators, rounded; the result is overwritten by the next call.

        Args:
            numbers: What is multiplied.
            numerators: By what.
            denominators: What the products are divided by.
            ratios: Numerators over denominators, as floats.
        """
        size = len(numbers)
        estimate, quotient = self._estimate[:size], self._quotient[:size]
        remainder, product = self._remainder[:size], self._product[:size]
        np.copyto(estimate, numbers)
        np.multiply(estimate, ratios, out=estimate)
        np.copyto(quotient, estimate, casting="unsafe")
        np.multiply(numbers, numerators, out=remainder)
        np.multiply(quotient, denominators, out=product)
        np.subtract(remainder, product, out=remainder)
        self._correct(quotient, remainder, denominators, product)
        return quotient


def divided(rounding: Rounding, numbers: Int64s, numerators: Int64s, denominators: Int64s) -> Int64s:
    """Give numbers x numerators / denominators once."""
    return Divider(rounding, len(numbers))(numbers, numerators, denominators, numerators / denominators)


def _half_even(quotient: Int64s, remainder: Int64s, denominators: Int64s, spare: Int64s) -> None:
    # At a tie the odd quotient goes up: twice the remainder plus one is then above the denominator.
    np.bitwise_and(quotient, 1, out=spare)
    np.add(remainder, remainder, out=remainder)
    np.add(remainder, spare, out=remainder)
    quotient += remainder > denominators


def _half_up(quotient: Int64s, remainder: Int64s, denominators: Int64s, _spare: Int64s) -> None:
    np.add(remainder, remainder, out=remainder)
    quotient += remainder >= denominators


def _half_down(quotient: Int64s, remainder: Int64s, denominators: Int64s, _spare: Int64s) -> None:
    np.add(remainder, remainder, out=remainder)
    quotient += remainder > denominators


def _up(quotient: Int64s, remainder: Int64s, denominators: Int64s, _spare: Int64s) -> None:
    quotient += remainder > 0
    quotient += remainder > denominators


def _down(quotient: Int64s, remainder: Int64s, denominators: Int64s, _spare: Int64s) -> None:
    quotient -= remainder < 0
    quotient += remainder >= denominators


_CORRECTIONS: Final = {
    Rounding.HALF_EVEN: _half_even,
    Rounding.HALF_UP: _half_up,
    Rounding.HALF_DOWN: _half_down,
    Rounding.UP: _up,
    Rounding.CEILING: _up,
    Rounding.DOWN: _down,
    Rounding.FLOOR: _down,
}
"""Nothing here is negative, so that up is the ceiling and down the floor."""


def is_certain(estimates: Float64s, errors: Float64s, rounding: Rounding) -> Mask:
    """Tell which estimates round as what they stand for does, being no more than ``errors`` away from it."""
    boundary = np.rint(estimates) if rounding.is_directed else np.floor(estimates) + 0.5
    certain: Mask = np.abs(estimates - boundary) > errors
    return certain
