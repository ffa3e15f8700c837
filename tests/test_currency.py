from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from repayplan.currency import DIGITS_MAX, Currency, is_standard, resolve_currency
from repayplan.errors import InputTypeError, MoneyError

if TYPE_CHECKING:
    from collections.abc import Callable

EUR = Currency.of("EUR")
FINE = Currency("USD", 10)


def test_a_currency_is_looked_up_once_and_shared() -> None:
    assert Currency.of("CNY") is Currency.of("CNY")
    assert Currency.of("CNY") == Currency("CNY", 2)


def test_a_currency_may_state_finer_units_than_the_standard() -> None:
    assert FINE.digits == 10
    assert Currency.of("USD") != FINE


@pytest.mark.parametrize("digits", [0, DIGITS_MAX])
def test_digits_at_the_bounds_are_taken(digits: int) -> None:
    assert Currency("EUR", digits).digits == digits


@pytest.mark.parametrize("digits", [-1, DIGITS_MAX + 1, 10**9])
def test_digits_beyond_the_bounds_are_refused(digits: int) -> None:
    with pytest.raises(MoneyError, match="from 0 to 18") as caught:
        Currency("EUR", digits)
    assert caught.value.field == "digits"


@pytest.mark.parametrize("digits", [True, 2.0, "2", None], ids=repr)
def test_digits_of_another_type_are_refused(digits: int) -> None:
    with pytest.raises(InputTypeError):
        Currency("EUR", digits)


BAD_CODES = [
    "",
    "EU",
    "EURO",
    "eur",
    "Eur",
    "E1R",
    "EUR\n",
    " EUR",
    "EU\u202eR",
    "<script>",
    "\uff25\uff35\uff32",
]


@pytest.mark.parametrize("make", [Currency.of, lambda code: Currency(code, 2)], ids=["of", "constructor"])
@pytest.mark.parametrize("code", [*BAD_CODES, "E" * 10**6], ids=lambda code: ascii(code[:9]))
def test_a_code_is_three_ascii_capitals(make: Callable[[str], Currency], code: str) -> None:
    with pytest.raises(MoneyError, match="three ASCII capitals") as caught:
        make(code)
    assert (caught.value.code, caught.value.field) == ("currency.code", "code")
    assert str(caught.value).isascii()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("code", [None, 5, b"EUR", EUR, ["EUR"], type("Code", (str,), {})("EUR")], ids=repr)
def test_a_code_of_another_type_is_refused(code: str) -> None:
    with pytest.raises(InputTypeError) as caught:
        Currency.of(code)
    assert caught.value.field == "code"


@pytest.mark.parametrize("code", ["ZZZ", "XAU", "DEM"])
def test_an_unknown_code_is_refused_with_the_cure(code: str) -> None:
    with pytest.raises(MoneyError, match=f"state the digits: Currency\\('{code}', 2\\)") as caught:
        Currency.of(code)
    assert (caught.value.code, caught.value.data) == ("currency.unknown", {"code": code})


def test_a_currency_prints_as_its_code() -> None:
    assert str(FINE) == "USD"


def test_only_the_digits_of_the_standard_are_standard() -> None:
    assert is_standard(EUR)
    assert not is_standard(FINE)
    assert not is_standard(Currency("ZZZ", 2))


def test_a_currency_or_its_code_will_do() -> None:
    assert resolve_currency(FINE) is FINE
    assert resolve_currency("EUR") is EUR
