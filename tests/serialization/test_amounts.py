from __future__ import annotations

import re
from typing import Any

import pytest

import repayplan as rp
from repayplan.serialization.choosing import codec_of
from repayplan.serialization.codec import Definitions
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


SPELLINGS: list[tuple[str, Any, bool]] = [
    ("5.00", "EUR", True),
    ("0.00", "EUR", True),
    ("-0.01", "EUR", True),
    ("5", "JPY", True),
    ("-1", "JPY", True),
    ("1000000000000000000", "JPY", True),
    ("-1000000000000000000", "JPY", True),
    ("-0.000000000000000001", {"code": "EUR", "digits": 18}, True),
    ("-1.000000000000000000", {"code": "EUR", "digits": 18}, True),
    ("5", "EUR", False),
    ("5.0", "EUR", False),
    ("005.00", "EUR", False),
    ("00.00", "EUR", False),
    ("-0.00", "EUR", False),
    ("-005.00", "EUR", False),
    ("007", "JPY", False),
    ("-0", "JPY", False),
]


@pytest.mark.parametrize(("amount", "currency", "is_read"), SPELLINGS)
def test_an_amount_has_one_spelling(amount: str, currency: Any, is_read: bool) -> None:  # noqa: ANN401, FBT001  # a column
    data = {"amount": amount, "currency": currency}
    if is_read:
        assert MONEY.encode(MONEY.decode(data)) == data
    else:
        error = refused(lambda: MONEY.decode(data), "data.amount", "amount")
        assert error.data == {"digits": CURRENCY.decode(currency).digits}


@pytest.mark.parametrize(
    ("amount", "is_valid"),
    [
        *((amount, True) for amount, _, is_read in SPELLINGS if is_read),
        ("5", True),  # the places go by the currency, which one pattern cannot say
        ("5.0", True),
        ("005.00", False),
        ("-0.00", False),
        ("-0", False),
        ("1" * 20, False),
        ("0." + "1" * 19, False),
        ("-0." + "0" * 18 + "1", False),
        ("5.", False),
        (".5", False),
        ("+5", False),
        ("1e5", False),
    ],
)
def test_what_a_schema_says_of_an_amount(amount: str, is_valid: bool) -> None:  # noqa: FBT001  # a column
    said = MONEY.schema(definitions := Definitions())
    found = definitions.schemas[said["$ref"].rpartition("/")[2]]["properties"]["amount"]
    matches = re.search(found["pattern"], amount) is not None
    assert (matches and len(amount) <= found["maxLength"]) is is_valid


class Price(rp.Money):
    """A class that would be read as another."""


class Coin(rp.Currency):
    """As above."""


def test_a_value_of_a_derived_class_is_not_written_as_less_than_it_is() -> None:
    refused(lambda: MONEY.encode(Price("1", EUR)), "data.kind", "")
    refused(lambda: CURRENCY.encode(Coin("EUR", 2)), "data.kind", "")


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
