from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from repayplan.errors import InputTypeError, RateError
from repayplan.rates import ANNUAL_RATE_MAX, Rate, RateUnit

if TYPE_CHECKING:
    from collections.abc import Callable

MAKERS = [Rate.annual, Rate.monthly, Rate.daily]


@pytest.mark.parametrize(
    ("rate", "value", "unit", "per_year"),
    [
        pytest.param(Rate.annual("0.18"), Fraction(9, 50), RateUnit.YEAR, Fraction(9, 50), id="annual"),
        pytest.param(Rate.monthly("0.015"), Fraction(3, 200), RateUnit.MONTH, Fraction(9, 50), id="monthly"),
        pytest.param(Rate.daily("0.0005"), Fraction(1, 2000), RateUnit.DAY, Fraction(73, 400), id="daily"),
        pytest.param(
            Rate.annual(Decimal("0.18")), Fraction(9, 50), RateUnit.YEAR, Fraction(9, 50), id="a decimal"
        ),
        pytest.param(
            Rate.annual(Fraction(1, 3)), Fraction(1, 3), RateUnit.YEAR, Fraction(1, 3), id="a fraction"
        ),
        pytest.param(Rate.annual(0), Fraction(0), RateUnit.YEAR, Fraction(0), id="zero as an int"),
        pytest.param(Rate.annual("1"), Fraction(1), RateUnit.YEAR, Fraction(1), id="100 % as text"),
    ],
)
def test_a_rate_holds_an_exact_share(rate: Rate, value: Fraction, unit: RateUnit, per_year: Fraction) -> None:
    assert (rate.value, rate.unit, rate.per_year) == (value, unit, per_year)
    assert type(rate.value) is Fraction


@pytest.mark.parametrize(("unit", "number"), [("YEAR", 1), ("MONTH", 12), ("DAY", 365)])
def test_units_of_a_year(unit: str, number: int) -> None:
    assert RateUnit[unit].per_year == number


@pytest.mark.parametrize("unit", RateUnit, ids=lambda unit: unit.name)
def test_a_rate_at_the_ceiling_is_taken_and_one_beyond_is_not(unit: RateUnit) -> None:
    ceiling = Fraction(ANNUAL_RATE_MAX, unit.per_year)
    assert Rate(ceiling, unit).per_year == ANNUAL_RATE_MAX
    with pytest.raises(RateError, match="from 0 to 4 a year") as caught:
        Rate(ceiling + Fraction(1, 10**30), unit)
    assert (caught.value.code, caught.value.field) == ("rate.range", "value")


@pytest.mark.parametrize("unit", RateUnit, ids=lambda unit: unit.name)
def test_a_rate_below_zero_is_refused(unit: RateUnit) -> None:
    with pytest.raises(RateError, match="from 0") as caught:
        Rate(Fraction(-1, 10**30), unit)
    assert caught.value.code == "rate.range"


@pytest.mark.parametrize("make", MAKERS, ids=["annual", "monthly", "daily"])
@pytest.mark.parametrize(
    "value", [1, 5, 18, -1, 10**9, 10**5000], ids=["1", "5", "18", "-1", "1e9", "1e5000"]
)
def test_a_whole_number_is_likely_a_percentage(make: Callable[[int], Rate], value: int) -> None:
    with pytest.raises(RateError, match="write 100 % as '1'") as caught:
        make(value)
    assert (caught.value.code, caught.value.field) == ("rate.percentage", "value")


@pytest.mark.parametrize("value", [1, 3], ids=repr)
def test_the_constructor_takes_no_percentage_either(value: int) -> None:
    with pytest.raises(RateError):
        Rate(value, RateUnit.YEAR)


@pytest.mark.parametrize("make", MAKERS, ids=["annual", "monthly", "daily"])
@pytest.mark.parametrize(
    "value", ["5", "18", Decimal(5), Fraction(5), "1000000000", Decimal("1E+9")], ids=repr
)
def test_five_cannot_pass_for_five_percent(make: Callable[[object], Rate], value: object) -> None:
    with pytest.raises(RateError, match=r"write 5 % as '0\.05'"):
        make(value)


@pytest.mark.parametrize("make", MAKERS, ids=["annual", "monthly", "daily"])
@pytest.mark.parametrize("value", [0.18, float("nan"), True, False, None, [1]], ids=repr)
def test_a_rate_is_never_a_float(make: Callable[[object], Rate], value: object) -> None:
    with pytest.raises(InputTypeError) as caught:
        make(value)
    assert caught.value.field == "value"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "18%",
        "0,18",
        "1e-2",
        "NaN",
        "\uff10.\uff11",
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E-400"),
    ],
    ids=ascii,
)
def test_a_rate_that_cannot_be_read_is_refused(value: str | Decimal) -> None:
    with pytest.raises(RateError) as caught:
        Rate.annual(value)
    assert caught.value.field == "value"


@pytest.mark.parametrize("unit", ["year", None, 1], ids=repr)
def test_a_unit_is_one_of_three(unit: RateUnit) -> None:
    with pytest.raises(InputTypeError) as caught:
        Rate(Fraction(1, 10), unit)
    assert caught.value.field == "unit"


def test_rates_of_different_units_are_not_equal() -> None:
    assert Rate.annual("0.12") != Rate.monthly("0.01")
    assert Rate.annual("0.12") == Rate.annual(Fraction(3, 25))


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (Rate.annual("0.18"), "18 % a year"),
        (Rate.daily("0.0005"), "0.05 % a day"),
        (Rate.monthly(Fraction(1, 300)), "1/3 % a month"),
    ],
    ids=str,
)
def test_a_rate_is_shown_exactly(rate: Rate, text: str) -> None:
    assert str(rate) == text
