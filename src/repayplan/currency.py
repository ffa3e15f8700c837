"""Currencies and their decimal places."""

from __future__ import annotations

import re
from typing import Final

import attrs

from repayplan.checks import check_count
from repayplan.errors import InputTypeError, MoneyError, shown
from repayplan.iso4217 import MINOR_UNIT_DIGITS
from repayplan.values import Value

__all__ = ["DIGITS_MAX", "Currency", "is_standard", "resolve_currency"]

DIGITS_MAX: Final = 18
"""The most decimal places that a currency may have."""

_CODE = re.compile(r"[A-Z]{3}", re.ASCII)


@attrs.frozen
class Currency(Value):
    """A currency and its decimal places.

    Attributes:
        code: Three ASCII capitals, as in ISO 4217.
        digits: Decimal places of the minor unit, 0 to 18. More than the standard's (``Currency("USD", 10)``)
            gives finer units, to check against unrounded references; such money does not mix with other.

    Raises:
        MoneyError: The code is not three capitals, or the digits are out of range.
        InputTypeError: A field has the wrong type.
    """

    code: str
    digits: int

    def __attrs_post_init__(self) -> None:
        """Check both fields."""
        _check_code(self.code, "code")
        check_count(self.digits, "digits", minimum=0, maximum=DIGITS_MAX, error=MoneyError)

    @classmethod
    def of(cls, code: str) -> Currency:
        """Look ``code`` up in ISO 4217.

        Raises:
            MoneyError: The code is not in the table of active currencies.
        """
        return _look_up(code, "code")

    def __str__(self) -> str:
        """Give the code."""
        return self.code


def _look_up(code: str, field: str) -> Currency:
    found = _ISO_CURRENCIES.get(code) if type(code) is str else None
    if found is None:
        _check_code(code, field)
        hint = f"state the digits: Currency({code!r}, 2)"
        message = f"expected an active ISO 4217 code, got {shown(code)}; {hint}"
        raise MoneyError("currency.unknown", field, message, {"code": code})
    return found


def _check_code(code: object, field: str) -> None:
    if type(code) is not str:
        raise InputTypeError("type.wrong", field, f"expected text, got {shown(code)}")
    if not _CODE.fullmatch(code):
        message = f"expected three ASCII capitals such as 'CNY', got {shown(code)}"
        raise MoneyError("currency.code", field, message)


_ISO_CURRENCIES = {code: Currency(code, digits) for code, digits in MINOR_UNIT_DIGITS.items()}


def resolve_currency(currency: Currency | str) -> Currency:
    """Give a currency as it is, or look its code up in ISO 4217; errors call it ``currency``."""
    return currency if isinstance(currency, Currency) else _look_up(currency, "currency")


def is_standard(currency: Currency) -> bool:
    """Tell whether a currency has the decimal places of ISO 4217."""
    return _ISO_CURRENCIES.get(currency.code) == currency
