"""What later payments are worth at a rate: between bounds that hold, to as many digits as a question needs.

A question is asked again with twice the digits until the bounds answer it. The one case in which they never
would, equality, is decided in integers (:meth:`Stream.is_exactly`).
"""

from __future__ import annotations

import abc
import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.schedule.powers import outwards, power_bounds, rational_root, vanishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Context

    from repayplan.rounding import Rounding

__all__ = ["Compound", "Discounting", "Moment", "Nominal", "Stream"]

_DIGITS: Final = 45
"""Digits of the first attempt: amounts have 18, rates as many, and neighbours are to be told apart."""


@attrs.frozen
class Moment:
    """A time after the advance: whole units of time, and a part besides."""

    units: int
    part: Fraction


class Discounting(abc.ABC):
    """How a yearly rate makes a later payment worth less, each factor a power ``base ** -exponent``."""

    @abc.abstractmethod
    def over_units(self, rate: Fraction, units: int) -> tuple[Fraction, Fraction]:
        """Give the base and the exponent for whole units of time."""

    @abc.abstractmethod
    def over_part(self, rate: Fraction, part: Fraction) -> tuple[Fraction, Fraction]:
        """Give the base and the exponent for the part besides."""

    @abc.abstractmethod
    def polynomial(
        self, rate: Fraction, payments: Iterable[tuple[Moment, int]]
    ) -> tuple[int, dict[int, int], Fraction] | None:
        """Give a scale, coefficients by exponent and a base: payments in powers of one rational number.

        The payments' worth, times the scale, is the sum of each coefficient times ``base ** -exponent``. None
        says that the worth is irrational, and so equals no amount.
        """


@attrs.frozen
class Compound(Discounting):
    """An effective yearly rate: ``(1 + rate) ** -years``.

    Attributes:
        units_per_year: How many units of time make a year; the part besides is in years.
    """

    units_per_year: int

    def over_units(self, rate: Fraction, units: int) -> tuple[Fraction, Fraction]:
        """Discount by a power of one plus the rate."""
        return 1 + rate, Fraction(units, self.units_per_year)

    def over_part(self, rate: Fraction, part: Fraction) -> tuple[Fraction, Fraction]:
        """Discount likewise."""
        return 1 + rate, part

    def polynomial(
        self, rate: Fraction, payments: Iterable[tuple[Moment, int]]
    ) -> tuple[int, dict[int, int], Fraction] | None:
        """Write the payments in powers of a root of one plus the rate, if that root is rational.

        Let D be the common denominator of the years and e its largest divisor for which 1 + rate is the e-th
        power of a rational r. Then ``x ** (D / e) - r`` is irreducible (Lang, Algebra, VI, theorem 9.1), so
        the powers of its root below D / e are linearly independent over the rationals. All payments are above
        zero, so nothing cancels: the worth is rational only if every exponent is whole in powers of r, which
        for years with common denominator D means e = D.
        """
        years = [
            (Fraction(moment.units, self.units_per_year) + moment.part, paid) for moment, paid in payments
        ]
        common = math.lcm(*(time.denominator for time, _ in years))
        root = rational_root(1 + rate, common)
        if root is None:
            return None
        return 1, _collected((int(time * common), paid) for time, paid in years), root


@attrs.frozen
class Nominal(Discounting):
    """A nominal yearly rate, compounding once a period, with simple interest for a part of one.

    The worth of a payment of 1 is ``1 / ((1 + part * i) * (1 + i) ** units)``, i being the rate of a period.

    Attributes:
        periods_per_year: How many periods make a year, above zero.
    """

    periods_per_year: Fraction

    def over_units(self, rate: Fraction, units: int) -> tuple[Fraction, Fraction]:
        """Discount by a power of one plus the rate of a period."""
        return 1 + rate / self.periods_per_year, Fraction(units)

    def over_part(self, rate: Fraction, part: Fraction) -> tuple[Fraction, Fraction]:
        """Discount by simple interest."""
        return 1 + part * rate / self.periods_per_year, Fraction(1)

    def polynomial(
        self, rate: Fraction, payments: Iterable[tuple[Moment, int]]
    ) -> tuple[int, dict[int, int], Fraction]:
        """Write the payments in powers of one plus the rate of a period, over the parts' denominators."""
        known = list(payments)
        growth = {moment.part: self.over_part(rate, moment.part)[0] for moment, _ in known}
        scale = math.lcm(*(factor.numerator for factor in growth.values()))
        share = {part: int(scale / factor) for part, factor in growth.items()}
        scaled = _collected((moment.units, paid * share[moment.part]) for moment, paid in known)
        return scale, scaled, self.over_units(rate, 1)[0]


class Stream:
    """Payments at moments after an advance, ready to be discounted at many rates.

    Args:
        discounting: How a rate discounts.
        payments: When each is paid, and how much, in minor units above zero; in any order.
    """

    def __init__(self, discounting: Discounting, payments: Iterable[tuple[Moment, int]]) -> None:
        """Sort the payments into one run for each part of a unit, the last payment first."""
        self._discounting = discounting
        self._payments = tuple(payments)
        by_part: dict[Fraction, list[tuple[int, int]]] = {}
        for moment, paid in self._payments:
            by_part.setdefault(moment.part, []).append((moment.units, paid))
        self._runs = {part: list(_gaps(sorted(run))) for part, run in by_part.items()}
        self._distinct = {gap for run in self._runs.values() for _, gap in run}

    def is_worth(self, amount: int, rate: Fraction) -> bool:
        """Tell whether the payments are worth at least ``amount`` minor units at ``rate``, with certainty."""
        digits = _DIGITS
        while True:
            low, high = self.bounds(rate, digits)
            if low >= amount:
                return True
            if high < amount:
                return False
            if self.is_exactly(Fraction(amount), rate):
                return True
            digits *= 2

    def rounded_worth(self, rate: Fraction, rounding: Rounding) -> int:
        """Give the worth at ``rate`` in minor units, rounded once, with certainty."""
        digits = _DIGITS
        while True:
            lowest, highest = map(Fraction, self.bounds(rate, digits))
            rounded = rounding.apply(lowest)
            if rounded == rounding.apply(highest):
                return rounded
            # Modes turn only at whole numbers and at halves, of which narrow bounds hold one at most.
            turn = Fraction(math.ceil(2 * lowest), 2)
            if self.is_exactly(turn, rate):
                return rounding.apply(turn)
            digits *= 2

    def is_exactly(self, amount: Fraction, rate: Fraction) -> bool:
        """Tell whether the payments are worth exactly ``amount`` minor units at ``rate``."""
        written = self._discounting.polynomial(rate, self._payments)
        if written is None:
            return False
        scale, coefficients, base = written
        whole = {time: paid * amount.denominator for time, paid in coefficients.items()}
        whole[0] = whole.get(0, 0) - amount.numerator * scale
        return vanishes(whole, base)

    def bounds(self, rate: Fraction, digits: int) -> tuple[Decimal, Decimal]:
        """Give decimals between which the worth at ``rate`` lies, with about so many good digits."""
        discounting = self._discounting
        factors = {gap: power_bounds(*discounting.over_units(rate, gap), digits) for gap in self._distinct}
        parts = {part: power_bounds(*discounting.over_part(rate, part), digits) for part in self._runs}
        worths: list[Decimal] = []
        for side, context in enumerate(outwards(digits)):
            by_gap = {gap: pair[side] for gap, pair in factors.items()}
            worth = Decimal(0)
            for part, run in self._runs.items():
                worth = context.fma(_worth(run, by_gap, context), parts[part][side], worth)
            worths.append(worth)
        low, high = worths
        return low, high


def _gaps(run: list[tuple[int, int]]) -> Iterator[tuple[Decimal, int]]:
    """Give each payment, the last first, with the units of time back to the one before it."""
    times = [0, *(units for units, _ in run)]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    for (_, paid), gap in zip(reversed(run), reversed(gaps), strict=True):
        yield Decimal(paid), gap


def _worth(run: Iterable[tuple[Decimal, int]], factors: Mapping[int, Decimal], context: Context) -> Decimal:
    """Discount from payment to payment, the last first: one product each, however long the term (Horner)."""
    worth = Decimal(0)
    for paid, gap in run:
        worth = context.multiply(context.add(worth, paid), factors[gap])
    return worth


def _collected(terms: Iterable[tuple[int, int]]) -> dict[int, int]:
    collected: dict[int, int] = {}
    for exponent, coefficient in terms:
        collected[exponent] = collected.get(exponent, 0) + coefficient
    return collected
