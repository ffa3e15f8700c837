from __future__ import annotations

import iso4217
import pytest
from babel.numbers import get_currency_precision

from repayplan.currency import Currency
from repayplan.iso4217 import MINOR_UNIT_DIGITS


def test_the_table_is_the_published_one() -> None:
    published = {entry.code: entry.exponent for entry in iso4217.Currency if entry.exponent is not None}
    assert published == MINOR_UNIT_DIGITS


@pytest.mark.parametrize("code", ["XAU", "XDR", "XTS", "XXX", "HRK", "DEM", "ZZZ"])
def test_codes_without_minor_units_and_withdrawn_ones_are_absent(code: str) -> None:
    assert code not in MINOR_UNIT_DIGITS


@pytest.mark.parametrize(
    ("code", "digits"),
    [("JPY", 0), ("CNY", 2), ("EUR", 2), ("USD", 2), ("GBP", 2), ("KWD", 3), ("BHD", 3), ("CLF", 4)],
)
def test_well_known_digits(code: str, digits: int) -> None:
    assert Currency.of(code).digits == digits


def test_the_digits_of_babel_are_customary_in_print_and_not_the_standards() -> None:
    differing = {code for code, digits in MINOR_UNIT_DIGITS.items() if get_currency_precision(code) != digits}
    assert {"IQD", "MGA"} <= differing  # which others differ changes with Babel's releases
