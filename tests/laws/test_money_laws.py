"""Law 8 and the exactness of money, against integers and the decimal module as oracles."""

from __future__ import annotations

import copy
import decimal
import pickle
from decimal import Decimal, FloatOperation, Inexact, Rounded, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repayplan.currency import Currency
from repayplan.errors import MoneyError
from repayplan.exact import MINOR_UNITS_MAX, read_fraction
from repayplan.money import Money
from repayplan.rounding import Rounding, share_out
from tests.laws.strategies import currencies, minor_units, money, rates, roundings

HALF = MINOR_UNITS_MAX // 2
WEIGHTS = st.one_of(
    st.lists(st.integers(0, 10**30), min_size=1, max_size=30),
    st.lists(st.fractions(0, 1, max_denominator=10**6), min_size=1, max_size=12),
    st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=12),
    st.integers(1, 30).map(lambda count: [1] * count),
).filter(any)
NUMBERS = st.one_of(
    st.fractions(),
    st.integers(-(10**30), 10**30).map(lambda halves: Fraction(halves, 2)),  # every other one is a tie
    st.builds(
        lambda halves, sign: Fraction(halves, 2) + Fraction(sign, 10**50),
        st.integers(-99, 99),
        st.integers(-1, 1),
    ),
)


# ------------------------------------------------------------------------------------------ law 8


@given(money(), st.integers(1, 200))
def test_split_sums_to_the_whole_in_parts_that_fall_by_at_most_one_minor_unit(
    whole: Money, count: int
) -> None:
    parts = [part.minor_units for part in whole.split(count)]
    assert len(parts) == count
    assert sum(parts) == whole.minor_units
    assert parts == sorted(parts, reverse=True)
    assert parts[0] - parts[-1] <= 1


@given(money(), st.integers(1, 50))
def test_split_is_allocation_by_equal_weights(whole: Money, count: int) -> None:
    assert whole.split(count) == whole.allocate([1] * count)


@given(money(), WEIGHTS)
def test_allocate_loses_nothing_and_keeps_within_a_minor_unit_of_each_exact_share(
    whole: Money, weights: list[int | Fraction | Decimal]
) -> None:
    parts = whole.allocate(weights)
    exact_weights = [Fraction(weight) for weight in weights]
    assert len(parts) == len(weights)
    assert Money.total(parts, whole.currency) == whole
    for part, weight in zip(parts, exact_weights, strict=True):
        share = whole.minor_units * weight / sum(exact_weights)
        assert abs(part.minor_units - share) < 1


@given(money(), WEIGHTS)
def test_allocate_gives_the_missing_units_to_the_largest_remainders_and_ties_to_the_earlier(
    whole: Money, weights: list[int | Fraction | Decimal]
) -> None:
    exact_weights = [Fraction(weight) for weight in weights]
    shares = [whole.minor_units * weight / sum(exact_weights) for weight in exact_weights]
    expected = [share.__floor__() for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda place: (expected[place] - shares[place], place))
    for place in by_remainder[: whole.minor_units - sum(expected)]:
        expected[place] += 1
    assert [part.minor_units for part in whole.allocate(weights)] == expected


@given(money(), WEIGHTS, st.fractions(Fraction(1, 1000), 1000, max_denominator=1000))
def test_only_the_proportion_of_the_weights_counts(
    whole: Money, weights: list[int | Fraction | Decimal], factor: Fraction
) -> None:
    scaled = [Fraction(weight) * factor for weight in weights]
    assert whole.allocate(scaled) == whole.allocate(weights)


@given(minor_units(), st.lists(st.integers(0, 10**40), min_size=1, max_size=20).filter(any))
def test_a_zero_weight_gets_nothing(total: int, weights: list[int]) -> None:
    parts = share_out(total, weights)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


# ------------------------------------------------------------------------------------------ arithmetic


@given(currencies(), st.lists(st.integers(-HALF, HALF), min_size=2, max_size=2), st.integers(-100, 100))
def test_arithmetic_is_that_of_whole_numbers(currency: Currency, units: list[int], factor: int) -> None:
    first, second = (Money.from_minor_units(number, currency) for number in units)
    assert (first + second).minor_units == units[0] + units[1]
    assert (first - second).minor_units == units[0] - units[1]
    assert (-first).minor_units == -units[0]
    assert abs(first).minor_units == abs(units[0])
    assert [first < second, first <= second, first > second, first >= second, first == second] == [
        units[0] < units[1],
        units[0] <= units[1],
        units[0] > units[1],
        units[0] >= units[1],
        units[0] == units[1],
    ]
    if abs(units[0] * factor) <= MINOR_UNITS_MAX:
        assert (first * factor).minor_units == (factor * first).minor_units == units[0] * factor
    else:
        with pytest.raises(MoneyError):
            _ = first * factor


@given(currencies(), st.lists(minor_units(), max_size=20))
def test_a_total_is_the_exact_sum_or_refused(currency: Currency, units: list[int]) -> None:
    amounts = [Money.from_minor_units(number, currency) for number in units]
    if abs(sum(units)) <= MINOR_UNITS_MAX:
        assert Money.total(amounts, currency).minor_units == sum(units)
    else:
        with pytest.raises(MoneyError):
            Money.total(amounts, currency)


@given(
    money(minimum=-(10**12), maximum=10**12), st.fractions(-1000, 1000, max_denominator=10**9), roundings()
)
def test_scaled_is_the_rounding_of_the_exact_product(
    amount: Money, factor: Fraction, rounding: Rounding
) -> None:
    exact = amount.minor_units * factor
    scaled = amount.scaled(factor, rounding)
    assert scaled.currency == amount.currency
    assert scaled.minor_units == rounding.apply(exact)
    assert abs(scaled.minor_units - exact) < 1
    if not rounding.is_directed:
        assert abs(scaled.minor_units - exact) <= Fraction(1, 2)


# ------------------------------------------------------------------------------------------ rounding


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=6), roundings())
def test_rounding_is_that_of_the_decimal_module(number: Decimal, rounding: Rounding) -> None:
    mode = getattr(decimal, f"ROUND_{rounding.name}")
    with localcontext(decimal.Context(prec=60)):
        expected = int(number.quantize(Decimal(1), rounding=mode))
    assert rounding.apply(Fraction(number)) == expected


@given(NUMBERS, roundings())
def test_rounding_gives_one_of_the_two_whole_neighbours(number: Fraction, rounding: Rounding) -> None:
    rounded = rounding.apply(number)
    assert rounded in {number.__floor__(), number.__ceil__()}
    if not rounding.is_directed:
        assert abs(rounded - number) <= Fraction(1, 2)


@given(NUMBERS)
def test_modes_mirror_each_other_about_zero(number: Fraction) -> None:
    assert Rounding.CEILING.apply(number) == -Rounding.FLOOR.apply(-number)
    for mode in (Rounding.HALF_EVEN, Rounding.HALF_UP, Rounding.HALF_DOWN, Rounding.UP, Rounding.DOWN):
        assert mode.apply(number) == -mode.apply(-number)


@given(NUMBERS, NUMBERS, roundings())
def test_rounding_never_turns_an_order_round(one: Fraction, other: Fraction, rounding: Rounding) -> None:
    low, high = sorted([one, other])
    assert rounding.apply(low) <= rounding.apply(high)


# ------------------------------------------------------------------------------------------ round trips


@given(money())
def test_money_comes_back_from_its_text_its_decimal_and_its_repr(amount: Money) -> None:
    plain, code = str(amount).split(" ")
    assert code == amount.currency.code
    assert Money(plain, amount.currency) == amount
    assert Money(amount.amount, amount.currency) == amount
    assert Fraction(amount.amount) == amount.exact
    assert eval(repr(amount), {"Money": Money, "Currency": Currency}) == amount  # noqa: S307  # our own text


@given(money(), st.integers(0, pickle.HIGHEST_PROTOCOL))
def test_money_comes_back_from_pickles_and_copies(amount: Money, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(amount, protocol))  # noqa: S301  # our own bytes
    for equal in (again, copy.copy(amount), copy.deepcopy(amount)):
        assert equal == amount
        assert hash(equal) == hash(amount)


@given(rates(), st.integers(0, pickle.HIGHEST_PROTOCOL))
def test_rates_come_back_from_pickles_and_copies(rate: object, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(rate, protocol))  # noqa: S301  # our own bytes
    assert again == copy.copy(rate) == copy.deepcopy(rate) == rate


@given(minor_units(), st.integers(0, 18), st.integers(-5, 40))
def test_a_decimal_is_read_by_its_value_however_it_is_written(units: int, digits: int, zeros: int) -> None:
    currency = Currency("EUR", digits)
    value = Decimal(units).scaleb(-digits, decimal.Context(prec=60))
    if zeros >= 0:
        sign, figures, exponent = value.as_tuple()
        value = Decimal((sign, figures + (0,) * zeros, int(exponent) - zeros))
    assert Money(value, currency).minor_units == units


@given(st.decimals(allow_nan=False, allow_infinity=False), currencies())
def test_any_decimal_is_read_exactly_or_refused(value: Decimal, currency: Currency) -> None:
    units = Fraction(value) * 10**currency.digits
    if units.denominator == 1 and abs(units) <= MINOR_UNITS_MAX:
        assert Money(value, currency).minor_units == units
    else:
        with pytest.raises(MoneyError):
            Money(value, currency)


@given(st.text(st.sampled_from("0123456789.-+,_ eE\u0661\uff11"), max_size=12), currencies())
def test_any_text_is_read_as_the_number_it_writes_or_refused(text: str, currency: Currency) -> None:
    whole, point, places = text.removeprefix("-").partition(".")
    plain = all(part.isascii() and part.isdigit() for part in ((whole, places) if point else (whole,)))
    if (
        plain
        and len(places) <= currency.digits
        and abs(Fraction(text)) <= Fraction(MINOR_UNITS_MAX, 10**currency.digits)
    ):
        assert Money(text, currency).exact == Fraction(text)
    else:
        with pytest.raises(MoneyError):
            Money(text, currency)


@given(
    st.one_of(
        st.integers(-(10**39), 10**39),
        st.fractions(max_denominator=10**30),
        st.decimals(-(10**9), 10**9, places=9),
    )
)
def test_a_number_is_read_as_the_fraction_that_it_is(number: int | Fraction | Decimal) -> None:
    assert read_fraction(number, "weight", error=MoneyError) == Fraction(number)


# ------------------------------------------------------------------------------------------ contexts


def everything(units: int, currency: Currency, weights: list[int], factor: Fraction) -> list[object]:
    amount = Money.from_minor_units(units, currency)
    plain = str(amount).split(" ")[0]
    return [
        Money(plain, currency),
        Money(Decimal(plain), currency),
        amount + amount,
        amount * 3,
        amount.scaled(factor, Rounding.HALF_EVEN),
        amount.allocate(weights),
        amount.split(7),
        str(amount),
        repr(amount),
        amount.amount.as_tuple(),
        amount.exact,
        read_fraction(Decimal(plain), "rate", error=MoneyError),
    ]


@given(
    st.integers(-HALF // 100, HALF // 100),
    currencies(),
    st.lists(st.integers(0, 10**30), min_size=1, max_size=9).filter(any),
    st.fractions(0, 9, max_denominator=10**9),
)
def test_nothing_depends_on_the_ambient_decimal_context(
    units: int, currency: Currency, weights: list[int], factor: Fraction
) -> None:
    expected = everything(units, currency, weights, factor)
    hostile = decimal.Context(
        prec=3,
        rounding=decimal.ROUND_UP,
        Emin=-3,
        Emax=3,
        capitals=0,
        clamp=1,
        traps=[
            Inexact,
            Rounded,
            FloatOperation,
            decimal.InvalidOperation,
            decimal.Subnormal,
            decimal.Clamped,
        ],
    )
    with localcontext(hostile) as context:
        assert everything(units, currency, weights, factor) == expected
        assert not any(context.flags.values())
