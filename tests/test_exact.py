from __future__ import annotations

import enum
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest

from repayplan.errors import InputTypeError, RateError, RepayPlanError
from repayplan.exact import SIGNIFICANT_DIGITS_MAX, read_fraction
from tests.clock import within

# How text, ints and decimals become money is tested where money is made: tests/test_money.py.


class Level(enum.IntEnum):
    ONE = 1


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        pytest.param("0.18", Fraction(9, 50), id="text"),
        pytest.param("-0.05", Fraction(-1, 20), id="negative text"),
        pytest.param("-0", Fraction(0), id="minus zero"),
        pytest.param("007.50", Fraction(15, 2), id="leading zeros"),
        pytest.param("9" * 40, Fraction(10**40 - 1), id="forty digits"),
        pytest.param("-" + "9" * 20 + "." + "9" * 20, Fraction(1 - 10**40, 10**20), id="forty in both parts"),
        pytest.param(3, Fraction(3), id="an int"),
        pytest.param(2**256 - 1, Fraction(2**256 - 1), id="an int of 256 bits"),
        pytest.param(Level.ONE, Fraction(1), id="an int by name"),
        pytest.param(Fraction(1, 3), Fraction(1, 3), id="a fraction"),
        pytest.param(Fraction(1, 2**255), Fraction(1, 2**255), id="a fraction of 256 bits"),
        pytest.param(Decimal("0.18"), Fraction(9, 50), id="a decimal"),
        pytest.param(Decimal("-1.5E-3"), Fraction(-3, 2000), id="a negative decimal"),
        pytest.param(Decimal("1E-40"), Fraction(1, 10**40), id="forty places"),
        pytest.param(Decimal("1E+39"), Fraction(10**39), id="forty figures before the point"),
        pytest.param(Decimal(0), Fraction(0), id="zero"),
        pytest.param(Decimal("-0.00"), Fraction(0), id="minus zero in decimals"),
    ],
)
def test_exact_numbers_are_read_exactly(value: object, exact: Fraction) -> None:
    read = read_fraction(value, "rate", error=RateError)
    assert read == exact
    assert type(read) is Fraction


BAD_TEXT = [
    *(
        "",
        " ",
        "+1",
        "--1",
        "1.",
        ".5",
        "1,5",
        "1,000",
        "1_000",
        "1 000",
        " 1",
        "1\n",
        "1e2",
        "1E2",
        "0x10",
        "1/3",
    ),
    *("NaN", "nan", "Infinity", "inf", "5%", "\uff11\uff12", "\u0661\u0662", "\u0967", "1\u202e2", "\u22121"),
    *("9" * 43, "1" * 10**6, "0." + "3" * 5000),
]


@pytest.mark.parametrize("value", BAD_TEXT, ids=lambda value: ascii(value[:12]))
def test_text_that_is_not_plain_digits_is_refused(value: str) -> None:
    with pytest.raises(RateError, match="expected plain digits") as caught:
        read_fraction(value, "rate", error=RateError)
    assert (caught.value.code, caught.value.field) == ("number.text", "rate")
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "text", ["9" * 41, "9" * 42, "0." + "0" * 40 + "1"], ids=["41 figures", "42 figures", "41 places"]
)
def test_text_of_more_than_forty_digits_is_refused(text: str) -> None:
    with pytest.raises(RateError):
        read_fraction(text, "rate", error=RateError)


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_decimal_that_is_not_finite_is_refused(text: str) -> None:
    with pytest.raises(RateError, match="finite") as caught:
        read_fraction(Decimal(text), "rate", error=RateError)
    assert caught.value.code == "number.finite"


@pytest.mark.parametrize(
    "text",
    ["1E+40", "1E-41", "1E+1000000", "1E-1000000", "0." + "3" * 5000, "1" * 41],
    ids=lambda text: text[:12],
)
def test_a_decimal_of_too_many_digits_is_refused(text: str) -> None:
    with pytest.raises(RateError, match="at most 40 digits") as caught:
        read_fraction(Decimal(text), "rate", error=RateError)
    assert caught.value.code == "number.digits"
    assert caught.value.data == {"maximum": SIGNIFICANT_DIGITS_MAX}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(2**256, id="an int of 257 bits"),
        pytest.param(-(10**5000), id="a negative int that str refuses"),
        pytest.param(Fraction(1, 2**256), id="a fraction with a long denominator"),
        pytest.param(Fraction(2**256, 3), id="a fraction with a long numerator"),
    ],
)
def test_a_number_of_too_many_bits_is_refused(value: object) -> None:
    with pytest.raises(RateError, match="at most 256 bits") as caught:
        read_fraction(value, "rate", error=RateError)
    assert caught.value.code == "number.size"


@pytest.mark.parametrize("value", [0.18, float("nan"), True, False, None, 1j, b"1", [1]], ids=repr)
def test_what_is_not_exact_is_refused(value: object) -> None:
    with pytest.raises(InputTypeError, match="never a float") as caught:
        read_fraction(value, "rate", error=RateError)
    assert (caught.value.code, caught.value.field) == ("number.type", "rate")


def test_a_fraction_of_a_million_bits_is_refused_at_once() -> None:
    # A power of a fraction is built without reducing it; reducing it again takes seconds.
    hostile = Fraction(3, 2) ** 1_000_000
    with within(0.1), pytest.raises(RateError):
        read_fraction(hostile, "rate", error=RateError)


def lying_text() -> object:
    return type("Text", (str,), {"__len__": lambda _: 1})("9" * 10**6)


def lying_int() -> object:
    return type("Number", (int,), {"numerator": None})(1)


def lying_fraction() -> object:
    return type("Number", (Fraction,), {"numerator": None})(1)


@pytest.mark.parametrize("make", [lying_text, lying_int, lying_fraction])
def test_a_subclass_that_lies_is_read_by_its_value_or_refused(make: object) -> None:
    assert callable(make)
    # Either outcome is right; any other error is not.
    with suppress(RepayPlanError):
        assert read_fraction(make(), "rate", error=RateError) == 1
