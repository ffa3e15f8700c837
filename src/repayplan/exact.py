"""Exact numbers from text, ints, Decimals and Fractions, of bounded size; never from a float.

A number's size is judged before anything converts it: ``int(Decimal("1E+1000000"))`` hangs.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from repayplan.errors import InputTypeError, MoneyError, shown

if TYPE_CHECKING:
    from repayplan.errors import RepayPlanError

__all__ = [
    "MINOR_UNITS_MAX",
    "SIGNIFICANT_DIGITS_MAX",
    "Amount",
    "Number",
    "read_fraction",
    "read_minor_units",
]

Amount: TypeAlias = str | int | Decimal
"""What states an amount in units of its currency: plain text such as ``"12.50"``, an int or a Decimal."""

Number: TypeAlias = str | int | Decimal | Fraction
"""What states a rate, a share or a weight."""

MINOR_UNITS_MAX: Final = 10**18
"""The largest amount, in minor units, either way; it fits a 64-bit integer."""

SIGNIFICANT_DIGITS_MAX: Final = 40
"""Digits that a rate, a share or a weight may have, before and after the point."""

_TEXT_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_TEXT_AMOUNT = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?", re.ASCII)
_TEXT_MAX = 64
_FRACTION_BITS_MAX = 256
_RANGE_DIGITS = len(str(MINOR_UNITS_MAX))
_WRITE_INSTEAD = "write plain digits such as '12.50', an int or a Decimal"


def read_fraction(value: object, field: str, *, error: type[RepayPlanError]) -> Fraction:
    """Read plain text, an int, a Decimal or a Fraction as an exact fraction of bounded size.

    A float, a bool, an exponent, a separator or a sign other than ``-`` is refused.
    """
    if isinstance(value, str):
        return _text_fraction(str.__str__(value), field, error)
    if isinstance(value, Decimal):
        return _decimal_fraction(value, field, error)
    if isinstance(value, int) and not isinstance(value, bool):
        exact = Fraction(int.__add__(value, 0))
    elif type(value) is Fraction:
        exact = value
    else:
        message = f"expected plain text, an int, a Decimal or a Fraction, got {shown(value)}; never a float"
        raise InputTypeError("number.type", field, message)
    if max(exact.numerator.bit_length(), exact.denominator.bit_length()) > _FRACTION_BITS_MAX:
        message = f"expected a fraction of at most {_FRACTION_BITS_MAX} bits, got {shown(exact)}"
        raise error("number.size", field, message, {"maximum": _FRACTION_BITS_MAX})
    return exact


def _text_fraction(text: str, field: str, error: type[RepayPlanError]) -> Fraction:
    figures = len(text) - text.count("-") - text.count(".")
    if figures > SIGNIFICANT_DIGITS_MAX or not _TEXT_NUMBER.fullmatch(text):
        message = f"expected plain digits such as '0.18', at most {SIGNIFICANT_DIGITS_MAX}, got {shown(text)}"
        raise error("number.text", field, message, {"maximum": SIGNIFICANT_DIGITS_MAX})
    return Fraction(text)


def _decimal_fraction(value: Decimal, field: str, error: type[RepayPlanError]) -> Fraction:
    if not Decimal.is_finite(value):
        raise error("number.finite", field, "expected a finite number, got NaN or an infinity", {})
    sign, figures, exponent = Decimal.as_tuple(value)
    if max(len(figures), len(figures) + int(exponent), -int(exponent)) > SIGNIFICANT_DIGITS_MAX:
        message = f"expected at most {SIGNIFICANT_DIGITS_MAX} digits before and after the point, got more"
        raise error("number.digits", field, message, {"maximum": SIGNIFICANT_DIGITS_MAX})
    coefficient = int("".join(map(str, figures)))
    return (-1 if sign else 1) * coefficient * Fraction(10) ** int(exponent)


def read_minor_units(amount: object, digits: int) -> int:
    """Read an amount in units of a currency with ``digits`` decimal places as a whole number of minor units.

    Text is plain: an optional minus, ASCII digits, and no more decimal places than the currency has, not even
    zeros. A Decimal is read by its value.
    """
    if isinstance(amount, bool):
        raise InputTypeError("money.bool", "amount", f"expected an amount, got {amount}; {_WRITE_INSTEAD}")
    if isinstance(amount, int):
        return _in_range(int.__mul__(amount, 10**digits))
    if isinstance(amount, str):
        return _text_units(str.__str__(amount), digits)
    if isinstance(amount, Decimal):
        return _decimal_units(amount, digits)
    message = f"expected an exact amount, got {shown(amount)}; {_WRITE_INSTEAD}"
    raise InputTypeError("money.type", "amount", message)


def _text_units(text: str, digits: int) -> int:
    match = _TEXT_AMOUNT.fullmatch(text) if len(text) <= _TEXT_MAX else None
    if match is None:
        raise MoneyError(
            "money.text", "amount", f"expected plain digits, got {shown(text)}; {_WRITE_INSTEAD}"
        )
    sign, whole, decimals = match.group(1), match.group(2), match.group(3) or ""
    if len(decimals) > digits:
        raise _too_many_places(len(decimals), digits)
    units = int(whole + decimals.ljust(digits, "0"))
    return _in_range(-units if sign else units)


def _decimal_units(amount: Decimal, digits: int) -> int:
    if not Decimal.is_finite(amount):
        raise MoneyError("money.finite", "amount", "expected a finite amount, got NaN or an infinity")
    if Decimal.is_zero(amount):
        return 0
    if Decimal.adjusted(amount) + digits > _RANGE_DIGITS:
        raise _out_of_range()
    sign, figures, exponent = Decimal.as_tuple(amount)
    zeros = next(count for count, figure in enumerate(reversed(figures)) if figure)
    places = -int(exponent) - zeros
    if places > digits:
        raise _too_many_places(places, digits)
    significant = "".join(map(str, figures[: len(figures) - zeros]))
    units = int(significant) * 10 ** (digits - places)
    return _in_range(-units if sign else units)


def _in_range(units: int) -> int:
    if not -MINOR_UNITS_MAX <= units <= MINOR_UNITS_MAX:
        raise _out_of_range()
    return units


def _out_of_range() -> MoneyError:
    message = f"expected at most {MINOR_UNITS_MAX} minor units either way, got more"
    return MoneyError("money.range", "amount", message, {"maximum": MINOR_UNITS_MAX})


def _too_many_places(places: int, digits: int) -> MoneyError:
    message = f"expected at most {digits} decimal places, got {shown(places)}; round by a named rule first"
    return MoneyError("money.digits", "amount", message, {"maximum": digits})
