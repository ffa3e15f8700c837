from __future__ import annotations

from typing import Any

import pytest

import repayplan as rp
from repayplan.serialization.choosing import codec_of
from tests.serialization.refusing import refused

EUR = rp.Currency.of("EUR")
MILLS = rp.Currency("EUR", 3)
MONEY = codec_of(rp.Money)
CURRENCY = codec_of(rp.Currency)


@pytest.mark.parametrize(
    ("money", "plain"),
    [
        (rp.Money("0", EUR), {"amount": "0.00", "currency": "EUR"}),
        (rp.Money("-0.01", EUR), {"amount": "-0.01", "currency": "EUR"}),
        (rp.Money("10000000000000000", EUR), {"amount": "10000000000000000.00", "currency": "EUR"}),
        (rp.Money("1", "JPY"), {"amount": "1", "currency": "JPY"}),
        (rp.Money("1", MILLS), {"amount": "1.000", "currency": {"code": "EUR", "digits": 3}}),
    ],
)
def test_money_is_written_with_all_its_decimal_places(money: rp.Money, plain: dict[str, Any]) -> None:
    assert MONEY.encode(money) == plain
    assert MONEY.decode(plain) == money


def test_money_is_read_with_fewer_decimal_places_as_its_constructor_does() -> None:
    assert MONEY.decode({"amount": "1", "currency": "EUR"}) == rp.Money("1", EUR)


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        (None, "data.type", ""),
        ("1.00 EUR", "data.type", ""),
        ({}, "data.missing", "amount"),
        ({"amount": "1"}, "data.missing", "currency"),
        ({"amount": "1", "currency": "EUR", "sign": "+"}, "data.unknown", "sign"),
        ({"amount": 1, "currency": "EUR"}, "data.type", "amount"),
        ({"amount": 1.0, "currency": "EUR"}, "data.type", "amount"),
        ({"amount": "1.001", "currency": "EUR"}, "money.digits", "amount"),
        ({"amount": "1e5", "currency": "EUR"}, "money.text", "amount"),
        ({"amount": "NaN", "currency": "EUR"}, "money.text", "amount"),
        ({"amount": "9" * 60, "currency": "EUR"}, "money.range", "amount"),
        ({"amount": "1", "currency": "eur"}, "currency.code", "currency"),
        ({"amount": "1", "currency": "XXX"}, "currency.unknown", "currency"),
        ({"amount": "1", "currency": 978}, "data.type", "currency"),
        ({"amount": "1", "currency": None}, "data.type", "currency"),
        ({"amount": "1", "currency": {}}, "data.currency", "currency"),
        ({"amount": "1", "currency": {"code": "EUR"}}, "data.currency", "currency"),
        ({"amount": "1", "currency": {"code": "EUR", "digits": 2}}, "data.currency", "currency"),
        ({"amount": "1", "currency": {"code": "EUR", "digits": 19}}, "count.range", "currency.digits"),
        ({"amount": "1", "currency": {"code": "EUR", "digits": "3"}}, "count.type", "currency.digits"),
        ({"amount": "1", "currency": {"code": 5, "digits": 3}}, "type.wrong", "currency.code"),
    ],
)
def test_what_is_no_money_is_refused(data: object, code: str, field: str) -> None:
    refused(lambda: MONEY.decode(data), code, field)


def test_one_currency_has_one_spelling() -> None:
    assert CURRENCY.encode(rp.Currency("EUR", 2)) == "EUR"
    assert CURRENCY.encode(MILLS) == {"code": "EUR", "digits": 3}
    assert CURRENCY.decode({"digits": 3, "code": "EUR"}) == MILLS
    refused(lambda: CURRENCY.encode("EUR"), "data.kind", "")
