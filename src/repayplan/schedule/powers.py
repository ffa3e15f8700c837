"""Powers of rational numbers: decimal bounds that hold, and the questions that integers decide.

Powers with a fraction in the exponent are irrational, so what is given is a pair of decimals between which
the exact power lies. Each operation is rounded outwards, downwards for the lower bound and upwards for the
upper one, so the bounds need no error analysis but that of :func:`_irrational_power`. Contexts are made here
with all fields set: the caller's is never used.
"""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["outwards", "power_bounds", "rational_root", "vanishes"]

_EXPONENT_MAX: Final = 99_999_999
_DIGITS_GIVEN_AWAY: Final = 7


def power_bounds(base: Fraction, exponent: Fraction, digits: int) -> tuple[Decimal, Decimal]:
    """Give bounds of ``base ** -exponent``; the base is at least 1, the exponent not negative."""
    if exponent.denominator != 1:
        return _irrational_power(base, exponent, digits)
    down, up = (_whole_power(base, exponent.numerator, context) for context in outwards(digits))
    return down, up


def _whole_power(base: Fraction, exponent: int, context: Context) -> Decimal:
    power = Decimal(1)
    square = context.divide(Decimal(base.denominator), Decimal(base.numerator))
    while exponent:
        if exponent & 1:
            power = context.multiply(power, square)
        square = context.multiply(square, square)
        exponent >>= 1
    return power


def _irrational_power(base: Fraction, exponent: Fraction, digits: int) -> tuple[Decimal, Decimal]:
    """Give bounds of ``exp(-exponent * ln(base))``.

    Five operations are rounded to the nearest, :meth:`Context.ln` and :meth:`Context.exp` correctly too. With
    u the relative error of one, the first quotient puts the logarithm off by 1.01 u, and the next three each
    add u of their result; so z, the argument of ``exp``, is off by at most 1.03 u * exponent + 3.02 u * z.
    That times exp(-z), and the rounding of ``exp`` itself, is less than u * (1.03 * exponent + 2.2), since
    z * exp(-z) is below 0.37. Exponents are years of the calendar, below 10**4, and u is five units in the
    digit after the last: less than 10**5 of them, where the seven digits given away leave room for 10**7.
    """
    context = _context(digits + _DIGITS_GIVEN_AWAY, ROUND_HALF_EVEN)
    numerator, denominator = map(Decimal, exponent.as_integer_ratio())
    growth = context.ln(context.divide(Decimal(base.numerator), Decimal(base.denominator)))
    argument = context.divide(context.multiply(growth, numerator), denominator)
    power = context.exp(context.minus(argument))
    down, up = outwards(digits)
    margin = Decimal((0, (1,), -digits))
    return max(down.subtract(power, margin), Decimal(0)), up.add(power, margin)


def outwards(digits: int) -> tuple[Context, Context]:
    """Give two contexts of so many digits: one that rounds downwards and one that rounds upwards."""
    return _context(digits, ROUND_FLOOR), _context(digits, ROUND_CEILING)


def _context(digits: int, rounding: str) -> Context:
    return Context(
        prec=digits,
        rounding=rounding,
        Emin=-_EXPONENT_MAX,
        Emax=_EXPONENT_MAX,
        capitals=1,
        clamp=0,
        flags=[],
        traps=[DivisionByZero, InvalidOperation, Overflow],
    )


def vanishes(coefficients: Mapping[int, int], base: Fraction) -> bool:
    """Tell whether the sum of ``coefficient * base ** -exponent`` is zero; exponent 0 is among them.

    With base = p / q in lowest terms, a polynomial of integers in 1 / base that is zero has the factor
    ``p x - q`` with an integer quotient (the lemma of Gauss), so every division of Horner's rule from the top
    leaves no remainder. The first that does ends it: numbers stay small, whatever the exponents.
    """
    up, down = base.as_integer_ratio()
    if up == down:
        return sum(coefficients.values()) == 0
    quotient = 0
    times = sorted(coefficients, reverse=True)
    for time, earlier in pairwise([*times, 0]):
        quotient += coefficients[time]
        for _ in range(time - earlier):
            quotient, remainder = divmod(quotient * down, up)
            if remainder:
                return False
    return quotient == 0


def rational_root(number: Fraction, degree: int) -> Fraction | None:
    """Give the rational root of a rational number above zero, if it has one."""
    roots = [_whole_root(part, degree) for part in number.as_integer_ratio()]
    numerator, denominator = roots
    return None if numerator is None or denominator is None else Fraction(numerator, denominator)


def _whole_root(number: int, degree: int) -> int | None:
    """Find the whole root of a whole number by halving, if it has one."""
    low, high = 1, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**degree < number:
            low = middle + 1
        else:
            high = middle
    return low if low**degree == number else None
