"""Interest rates, as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs

from repayplan.checks import check_instance
from repayplan.errors import RateError, shown
from repayplan.exact import Number, read_fraction
from repayplan.values import Enumeration, Value

__all__ = ["ANNUAL_RATE_MAX", "Rate", "RateUnit"]

ANNUAL_RATE_MAX: Final = 4
"""The highest rate, as a share of the principal in a year: 400 %, so that 5 cannot pass for 5 %."""

_PLACES_MAX = 12


class RateUnit(Enumeration):
    """The time for which a rate is stated."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"

    @property
    def per_year(self) -> int:
        """How many of them make a year, for the ceiling and for comparison: 1, 12 or 365."""
        return _PER_YEAR[self.value]


_PER_YEAR = {"year": 1, "month": 12, "day": 365}


def _to_rate(value: Number) -> Fraction:
    if type(value) is int and value != 0:
        message = f"expected a share such as '0.05', got the whole number {shown(value)}; write 100 % as '1'"
        raise RateError("rate.percentage", "value", message)
    return read_fraction(value, "value", error=RateError)


@attrs.frozen
class Rate(Value):
    """A simple rate of interest: the share of the principal that is due for a time.

    Make one with :meth:`annual`, :meth:`monthly` or :meth:`daily`, as a share, never as a percentage:
    ``Rate.annual("0.18")`` is 18 % a year. A daily rate counts actual days whatever the day count; a monthly
    rate is a twelfth of the annual one.

    Attributes:
        value: The share, zero or more.
        unit: The time for which it is due.

    Raises:
        RateError: The rate is negative, above 400 % a year, a whole number other than 0 (which is likely to
            mean a percentage; write 100 % as ``"1"``), or has too many digits.
        InputTypeError: The rate is a float or of another type.
    """

    value: Fraction = attrs.field(converter=_to_rate)
    unit: RateUnit

    def __attrs_post_init__(self) -> None:
        """Check the range."""
        check_instance(self.unit, RateUnit, "unit")
        if not 0 <= self.value * self.unit.per_year <= ANNUAL_RATE_MAX:
            given = f"{shown(self.value)} a {self.unit.value}"
            message = f"expected a share from 0 to {ANNUAL_RATE_MAX} a year, got {given}; write 5 % as '0.05'"
            raise RateError("rate.range", "value", message, {"maximum": ANNUAL_RATE_MAX})

    @classmethod
    def annual(cls, value: Number) -> Rate:
        """State a rate for a year."""
        return cls(value, RateUnit.YEAR)

    @classmethod
    def monthly(cls, value: Number) -> Rate:
        """State a rate for a month."""
        return cls(value, RateUnit.MONTH)

    @classmethod
    def daily(cls, value: Number) -> Rate:
        """State a rate for a day."""
        return cls(value, RateUnit.DAY)

    @property
    def per_year(self) -> Fraction:
        """The share for a year; a daily rate for 365 days."""
        return self.value * self.unit.per_year

    @property
    def yearly(self) -> tuple[int, int]:
        """The same as numerator and denominator, which need not be in lowest terms."""
        return self.value.numerator * self.unit.per_year, self.value.denominator

    def __str__(self) -> str:
        """Give the percentage and its unit, such as ``0.05 % a day``."""
        percent = self.value * 100
        places = next((n for n in range(_PLACES_MAX) if (percent * 10**n).denominator == 1), None)
        if places is None:
            return f"{percent} % a {self.unit.value}"
        whole, part = divmod(int(percent * 10**places), 10**places)
        decimals = f".{part:0{places}}" if places else ""
        return f"{whole}{decimals} % a {self.unit.value}"
