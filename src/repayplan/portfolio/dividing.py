"""Exact division of whole numbers in 64 bits, rounded once in a named mode.

A float estimates the quotient. The remainder is then worked out in whole numbers: the products may be beyond
64 bits, but their difference is not, and wrapping around changes no difference. So the remainder says exactly
how far the estimate is from the quotient, and by how much it must be corrected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from repayplan.rounding import Rounding

if TYPE_CHECKING:
    from repayplan.portfolio.columns import Float64s, Int64s, Mask

__all__ = ["NUMBER_MAX", "QUOTIENT_MAX", "Divider", "divided", "is_certain"]

NUMBER_MAX: Final = 2**50
"""Up to this number its bits can be read as a float's."""
QUOTIENT_MAX: Final = 2**49
"""Up to this quotient the estimate is at most a quarter off."""

_SHIFT: Final = 3.0 * 2**51
"""Added to a float it puts a whole number of up to 51 bits, either sign, in its lowest bits: shifting is
several times as fast as a conversion."""
_SHIFT_BITS: Final = int(np.float64(_SHIFT).view(np.int64))
_SIGN: Final = 63


class Divider:
    """Divides many numbers at once, again and again, in memory of its own.

    The numbers are whole, not negative and at most ``NUMBER_MAX``, the quotients at most ``QUOTIENT_MAX``,
    the numerators and the denominators at most 2**53. Then three roundings by 2**-53 of the quotient and one
    by 2**-4 put the estimate at most a quarter off. Less a half and rounded to a whole number it is the
    quotient rounded down, or one off where the remainder is no more than a quarter of the denominator from
    zero, far from every tie.
    """

    def __init__(self, rounding: Rounding, size: int) -> None:
        """Take the mode, and how many numbers there are at most."""
        self._correct = _CORRECTIONS[rounding]
        self._estimate = np.empty(size, dtype=np.float64)
        self._quotient = np.empty(size, dtype=np.int64)
        self._remainder = np.empty(size, dtype=np.int64)
        self._spare = np.empty(size, dtype=np.int64)

    def __call__(self, numbers: Int64s, numerators: Int64s, denominators: Int64s, ratios: Float64s) -> Int64s:
        """Give numbers x numerators / denominators, rounded; the result is overwritten by the next call.

        Args:
            numbers: What is multiplied.
            numerators: By what.
            denominators: What the products are divided by.
            ratios: Numerators over denominators, as floats.
        """
        size = len(numbers)
        estimate, quotient = self._estimate[:size], self._quotient[:size]
        remainder, spare = self._remainder[:size], self._spare[:size]
        np.add(numbers, _SHIFT_BITS, out=spare)
        np.subtract(spare.view(np.float64), _SHIFT, out=estimate)
        estimate *= ratios
        estimate -= 0.5
        estimate += _SHIFT
        np.subtract(estimate.view(np.int64), _SHIFT_BITS, out=quotient)
        np.multiply(numbers, numerators, out=remainder)
        np.multiply(quotient, denominators, out=spare)
        remainder -= spare
        self._correct(quotient, remainder, denominators, spare)
        return quotient


def divided(rounding: Rounding, numbers: Int64s, numerators: Int64s, denominators: Int64s) -> Int64s:
    """Give numbers x numerators / denominators once."""
    return Divider(rounding, len(numbers))(numbers, numerators, denominators, numerators / denominators)


def _one_up_where_negative(quotient: Int64s, values: Int64s) -> None:
    """Add one to each quotient whose value is below zero: its sign, spread over all bits, is minus one."""
    values >>= _SIGN
    quotient -= values


def _half_even(quotient: Int64s, remainder: Int64s, denominators: Int64s, spare: Int64s) -> None:
    # Up where twice the remainder is above the denominator; at a tie where the quotient is odd.
    np.bitwise_and(quotient, 1, out=spare)
    spare += remainder
    spare += remainder
    np.subtract(denominators, spare, out=spare)
    _one_up_where_negative(quotient, spare)


def _half_up(quotient: Int64s, remainder: Int64s, denominators: Int64s, spare: Int64s) -> None:
    np.add(remainder, remainder, out=spare)
    spare += 1
    np.subtract(denominators, spare, out=spare)
    _one_up_where_negative(quotient, spare)


def _half_down(quotient: Int64s, remainder: Int64s, denominators: Int64s, spare: Int64s) -> None:
    np.add(remainder, remainder, out=spare)
    np.subtract(denominators, spare, out=spare)
    _one_up_where_negative(quotient, spare)


def _up(quotient: Int64s, remainder: Int64s, denominators: Int64s, spare: Int64s) -> None:
    np.negative(remainder, out=spare)
    _one_up_where_negative(quotient, spare)
    np.subtract(denominators, remainder, out=spare)
    _one_up_where_negative(quotient, spare)


def _down(quotient: Int64s, remainder: Int64s, denominators: Int64s, spare: Int64s) -> None:
    np.subtract(denominators, remainder, out=spare)
    spare -= 1
    _one_up_where_negative(quotient, spare)
    remainder >>= _SIGN
    quotient += remainder


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
