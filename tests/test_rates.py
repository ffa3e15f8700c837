from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pendulum
import pytest

from repayplan.errors import DateError, InputTypeError, RateError
from repayplan.rates import ANNUAL_RATE_MAX, DayCount, Rate, RateUnit

if TYPE_CHECKING:
    from collections.abc import Callable

MAKERS = [Rate.annual, Rate.monthly, Rate.daily]


def day(text: str) -> pendulum.Date:
    return pendulum.Date.fromisoformat(text)


# ------------------------------------------------------------------------------------------ Rate


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
    assert (caught.value.code, caught.value.field) == ("rate.range", "rate")


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
    assert (caught.value.code, caught.value.field) == ("rate.percentage", "rate")


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
    assert caught.value.field == "rate"


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
    assert caught.value.field == "rate"


@pytest.mark.parametrize("unit", ["year", None, 1], ids=repr)
def test_a_unit_is_one_of_three(unit: RateUnit) -> None:
    with pytest.raises(InputTypeError) as caught:
        Rate(Fraction(1, 10), unit)
    assert caught.value.field == "unit"


def test_rates_of_different_units_are_not_equal() -> None:
    assert Rate.annual("0.12") != Rate.monthly("0.01")
    assert Rate.annual("0.12") == Rate.annual(Fraction(3, 25))


# ------------------------------------------------------------------------------------------ DayCount

# Worked by hand from the definitions; the February rows are those on which implementations disagree.
FRACTIONS = [
    ("ACT_365F", "2024-01-01", "2025-01-01", Fraction(366, 365)),
    ("ACT_360", "2026-01-31", "2026-02-28", Fraction(28, 360)),
    ("ACT_364", "2026-01-01", "2026-12-31", Fraction(1)),
    ("ACT_ACT_ISDA", "2003-11-01", "2004-05-01", Fraction(61, 365) + Fraction(121, 366)),  # ISDA memo of 1998
    ("ACT_ACT_ISDA", "2026-01-01", "2027-01-01", Fraction(1)),
    ("ACT_ACT_ISDA", "2024-01-01", "2025-01-01", Fraction(1)),
    ("ACT_ACT_ISDA", "2023-07-01", "2026-07-01", Fraction(184, 365) + 2 + Fraction(181, 365)),
    ("ACT_ACT_ISDA", "2024-02-29", "2024-03-01", Fraction(1, 366)),
    ("ACT_ACT_ISDA", "2023-12-31", "2024-01-01", Fraction(1, 365)),
    ("THIRTY_360_US", "2026-01-15", "2026-02-15", Fraction(30, 360)),
    ("THIRTY_360_US", "2026-01-31", "2026-03-31", Fraction(60, 360)),
    ("THIRTY_360_US", "2026-01-30", "2026-03-31", Fraction(60, 360)),
    ("THIRTY_360_US", "2026-01-29", "2026-03-31", Fraction(62, 360)),
    ("THIRTY_360_US", "2026-02-28", "2026-03-31", Fraction(30, 360)),
    ("THIRTY_360_US", "2026-02-28", "2027-02-28", Fraction(360, 360)),
    ("THIRTY_360_US", "2024-02-28", "2024-02-29", Fraction(1, 360)),
    ("THIRTY_360_US", "2024-02-29", "2025-02-28", Fraction(360, 360)),
    ("THIRTY_360_US", "2026-01-31", "2026-02-28", Fraction(28, 360)),
    ("THIRTY_E_360", "2026-01-29", "2026-03-31", Fraction(61, 360)),
    ("THIRTY_E_360", "2026-01-31", "2026-02-28", Fraction(28, 360)),
    ("THIRTY_E_360", "2026-02-28", "2026-03-31", Fraction(32, 360)),
    ("THIRTY_E_360", "2024-02-29", "2025-02-28", Fraction(359, 360)),
    ("THIRTY_E_360_ISDA", "2026-01-31", "2026-02-28", Fraction(30, 360)),
    ("THIRTY_E_360_ISDA", "2026-02-28", "2026-03-31", Fraction(30, 360)),
    ("THIRTY_E_360_ISDA", "2024-02-28", "2024-02-29", Fraction(2, 360)),
    ("THIRTY_E_360_ISDA", "2026-01-29", "2026-03-31", Fraction(61, 360)),
    ("NOMINAL", "2026-01-15", "2026-03-15", Fraction(2, 12)),
    ("NOMINAL", "2026-01-10", "2026-03-15", Fraction(2, 12) + Fraction(5, 360)),
    ("NOMINAL", "2026-01-31", "2026-03-31", Fraction(2, 12)),
    ("NOMINAL", "2025-03-15", "2026-03-15", Fraction(1)),
]


@pytest.mark.parametrize(("name", "start", "end", "expected"), FRACTIONS, ids=str)
def test_a_day_count_gives_the_exact_part_of_a_year(
    name: str, start: str, end: str, expected: Fraction
) -> None:
    found = DayCount[name].fraction(dt.date.fromisoformat(start), day(end))
    assert found == expected
    assert type(found) is Fraction


def test_every_day_count_has_a_worked_case() -> None:
    assert {name for name, *_ in FRACTIONS} == {count.name for count in DayCount}


@pytest.mark.parametrize(
    ("maturity", "expected"),
    [
        pytest.param(None, Fraction(30, 360), id="none"),
        pytest.param("2027-02-28", Fraction(30, 360), id="later"),
        pytest.param("2026-02-28", Fraction(28, 360), id="the end itself"),
    ],
)
def test_a_february_that_ends_the_contract_keeps_its_last_day(
    maturity: str | None, expected: Fraction
) -> None:
    final = None if maturity is None else day(maturity)
    count = DayCount.THIRTY_E_360_ISDA
    assert count.fraction(day("2026-01-31"), day("2026-02-28"), maturity=final) == expected


@pytest.mark.parametrize(
    "count", [c for c in DayCount if c is not DayCount.THIRTY_E_360_ISDA], ids=lambda c: c.name
)
def test_no_other_day_count_asks_for_the_maturity(count: DayCount) -> None:
    start, end = day("2026-01-31"), day("2026-02-28")
    assert count.fraction(start, end, maturity=end) == count.fraction(start, end)


@pytest.mark.parametrize("count", DayCount, ids=lambda count: count.name)
@pytest.mark.parametrize("text", ["2026-02-28", "2024-02-29", "0001-01-01", "0001-01-15", "9999-12-31"])
@pytest.mark.parametrize("ends_contract", [False, True], ids=["", "at maturity"])
def test_no_time_is_no_part_of_a_year(count: DayCount, text: str, *, ends_contract: bool) -> None:
    assert count.fraction(day(text), day(text), maturity=day(text) if ends_contract else None) == 0


@pytest.mark.parametrize("count", DayCount, ids=lambda count: count.name)
def test_an_end_before_the_start_is_refused_with_both_dates(count: DayCount) -> None:
    with pytest.raises(DateError, match="expected 2026-02-28 or later, got 2026-02-27") as caught:
        count.fraction(day("2026-02-28"), day("2026-02-27"))
    assert (caught.value.code, caught.value.field) == ("date.order", "end")


@pytest.mark.parametrize("field", ["start", "end", "maturity"])
@pytest.mark.parametrize(
    "value",
    [dt.datetime(2026, 2, 1, tzinfo=dt.UTC), pendulum.datetime(2026, 2, 1), "2026-02-01", 5],
    ids=repr,
)
def test_a_day_count_takes_dates_only(field: str, value: object) -> None:
    arguments = {"start": day("2026-01-31"), "end": day("2026-02-28"), "maturity": None, field: value}
    with pytest.raises(InputTypeError) as caught:
        DayCount.ACT_365F.fraction(**arguments)  # type: ignore[arg-type]  # on purpose
    assert caught.value.field == field


@pytest.mark.parametrize("count", DayCount, ids=lambda count: count.name)
def test_the_ratio_is_the_fraction_unreduced(count: DayCount) -> None:
    start, end = day("2026-01-31"), day("2027-02-28")
    numerator, denominator = count.ratio(start, end, None)
    assert Fraction(numerator, denominator) == count.fraction(start, end)
