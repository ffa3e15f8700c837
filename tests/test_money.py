from __future__ import annotations

import enum
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from operator import add, ge, gt, le, lt, sub
from typing import TYPE_CHECKING

import pytest

from repayplan.currency import Currency
from repayplan.errors import InputTypeError, MoneyError, RepayPlanError
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.money import PARTS_MAX, Money
from repayplan.rounding import Rounding
from tests.clock import within
from tests.display import Page

if TYPE_CHECKING:
    from collections.abc import Callable

EUR = Currency.of("EUR")
JPY = Currency.of("JPY")
KWD = Currency.of("KWD")
FINE = Currency("USD", 10)


class Five(enum.IntEnum):
    EUROS = 5


# ------------------------------------------------------------------------------------------ reading amounts


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        pytest.param("12.50", "EUR", 1250, id="text"),
        pytest.param("12.5", "EUR", 1250, id="text with fewer places"),
        pytest.param("-0.01", "EUR", -1, id="a negative cent"),
        pytest.param("-0", "EUR", 0, id="minus zero in text"),
        pytest.param("0012", "JPY", 12, id="leading zeros"),
        pytest.param("1.234", "KWD", 1234, id="three places"),
        pytest.param("1.2345", "CLF", 12345, id="four places"),
        pytest.param("0.0000000001", FINE, 1, id="ten places"),
        pytest.param("10000000000000000.00", "EUR", 10**18, id="the largest"),
        pytest.param("-10000000000000000.00", "EUR", -(10**18), id="the smallest"),
        pytest.param(5, "EUR", 500, id="an int is in units of the currency"),
        pytest.param(-5, "JPY", -5, id="a negative int"),
        pytest.param(Five.EUROS, "EUR", 500, id="an int by name"),
        pytest.param(10**16, "EUR", 10**18, id="the largest int"),
        pytest.param(Decimal("12.50"), "EUR", 1250, id="a decimal"),
        pytest.param(Decimal("12.500000"), "EUR", 1250, id="a decimal is read by its value"),
        pytest.param(Decimal("1.25E+3"), "EUR", 125000, id="a decimal with an exponent"),
        pytest.param(Decimal("1E+16"), "EUR", 10**18, id="the largest decimal"),
        pytest.param(Decimal("-0.00"), "EUR", 0, id="minus zero in decimals"),
        pytest.param(Decimal("0E+1000000"), "EUR", 0, id="zero with a long exponent"),
        pytest.param(Decimal("0E-1000000"), "JPY", 0, id="zero with many places"),
        pytest.param(Decimal("1200.0"), "JPY", 1200, id="a zero place in yen"),
    ],
)
def test_an_exact_amount_is_read_exactly(
    amount: str | int | Decimal, currency: Currency | str, units: int
) -> None:
    money = Money(amount, currency)
    assert money.minor_units == units
    assert type(money.minor_units) is int
    assert money == Money.from_minor_units(units, currency)


BAD_TEXT = [
    *(
        "",
        " ",
        "+1",
        "--1",
        "1.",
        ".5",
        "-",
        "1,5",
        "1,000",
        "1.000,00",
        "1_000",
        "1 000",
        " 1",
        "1 ",
        "1\n",
        "1E2",
    ),
    *("1e2", "0x10", "NaN", "Infinity", "5 EUR", "\uff11\uff12", "\u0661\u0662\u0663", "1\u202e2", "\u22121"),
    *("1" * 65, "1" * 10**6, "0" * 10**6),
]


@pytest.mark.parametrize("text", BAD_TEXT, ids=lambda text: ascii(text[:12]))
def test_text_that_is_not_plain_digits_is_refused_with_the_cure(text: str) -> None:
    with pytest.raises(MoneyError, match=r"write plain digits such as '12\.50'") as caught:
        Money(text, "EUR")
    assert (caught.value.code, caught.value.field) == ("money.text", "amount")
    assert str(caught.value).isascii()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("amount", "currency", "places"),
    [
        pytest.param("12.345", "EUR", 2, id="text in euros"),
        pytest.param("12.340", "EUR", 2, id="a zero may mean a thousand"),
        pytest.param("1.0", "JPY", 0, id="yen with a place"),
        pytest.param("1.2345", "KWD", 3, id="four places in dinars"),
        pytest.param(Decimal("0.005"), "EUR", 2, id="half a cent"),
        pytest.param(Decimal("-0.001"), "EUR", 2, id="less than a cent"),
        pytest.param(Decimal("1E-1000000"), "EUR", 2, id="a million places"),
        pytest.param(Decimal("0.5"), "JPY", 0, id="half a yen"),
        pytest.param("0.00000000001", FINE, 10, id="eleven places"),
    ],
)
def test_more_places_than_the_currency_has_are_refused(
    amount: str | Decimal, currency: Currency | str, places: int
) -> None:
    with pytest.raises(MoneyError, match=f"at most {places} decimal places") as caught:
        Money(amount, currency)
    assert (caught.value.code, caught.value.data) == ("money.digits", {"maximum": places})


@pytest.mark.parametrize(
    "amount",
    [
        pytest.param("10000000000000000.01", id="text, one cent more"),
        pytest.param("-10000000000000000.01", id="text, one cent less"),
        pytest.param("9" * 64, id="the longest text"),
        pytest.param(10**16 + 1, id="an int"),
        pytest.param(-(10**16) - 1, id="a negative int"),
        pytest.param(10**40, id="10**40"),
        pytest.param(10**5000, id="10**5000"),
        pytest.param(Decimal("10000000000000000.01"), id="a decimal"),
        pytest.param(Decimal("1E+17"), id="a decimal of one digit more"),
        pytest.param(Decimal("1E+1000000"), id="a decimal whose int() hangs"),
        pytest.param(Decimal("-1E+999999999999999999"), id="the longest exponent"),
    ],
)
def test_an_amount_beyond_the_range_is_refused_and_not_printed(amount: str | int | Decimal) -> None:
    with pytest.raises(MoneyError, match="at most 1000000000000000000 minor units") as caught:
        Money(amount, "EUR")
    assert caught.value.code == "money.range"
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("text", ["NaN", "-NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_decimal_that_is_not_finite_is_refused(text: str) -> None:
    with pytest.raises(MoneyError, match="finite") as caught:
        Money(Decimal(text), "EUR")
    assert (caught.value.code, caught.value.field) == ("money.finite", "amount")


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        pytest.param(0.1, "money.type", id="a float"),
        pytest.param(5.0, "money.type", id="a whole float"),
        pytest.param(float("nan"), "money.type", id="a float that is no number"),
        pytest.param(float("inf"), "money.type", id="an infinite float"),
        pytest.param(True, "money.bool", id="True"),
        pytest.param(False, "money.bool", id="False"),
        pytest.param(None, "money.type", id="None"),
        pytest.param(b"5", "money.type", id="bytes"),
        pytest.param(Fraction(1, 2), "money.type", id="a fraction"),
        pytest.param(Money("1.00", "EUR"), "money.type", id="money"),
        pytest.param(["5"], "money.type", id="a list"),
    ],
)
def test_an_amount_that_is_not_exact_text_int_or_decimal_is_refused(amount: str, code: str) -> None:
    with pytest.raises(InputTypeError, match="plain digits") as caught:
        Money(amount, "EUR")
    assert (caught.value.code, caught.value.field) == (code, "amount")


def test_a_decimal_of_a_million_digits_is_refused_at_once() -> None:
    hostile = Decimal("1" * 10**6)
    with within(0.1), pytest.raises(MoneyError):
        Money(hostile, "EUR")


@pytest.mark.parametrize("currency", [None, 2, b"EUR", ("EUR", 2)], ids=repr)
def test_a_currency_of_another_type_is_refused(currency: str) -> None:
    with pytest.raises(InputTypeError) as caught:
        Money("1", currency)
    assert caught.value.field == "currency"


@pytest.mark.parametrize(
    "units", [MINOR_UNITS_MAX + 1, -MINOR_UNITS_MAX - 1, 10**5000], ids=["+1", "-1", "long"]
)
def test_minor_units_beyond_the_range_are_refused(units: int) -> None:
    with pytest.raises(MoneyError) as caught:
        Money.from_minor_units(units, "EUR")
    assert caught.value.field == "minor_units"


@pytest.mark.parametrize("units", [True, 5.0, "5", Decimal(5), None], ids=repr)
def test_minor_units_of_another_type_are_refused(units: int) -> None:
    with pytest.raises(InputTypeError):
        Money.from_minor_units(units, "EUR")


# ------------------------------------------------------------------------------------------ showing


@pytest.mark.parametrize(
    ("units", "currency", "plain"),
    [
        (0, EUR, "0.00"),
        (1, EUR, "0.01"),
        (-1, EUR, "-0.01"),
        (3600000, EUR, "36000.00"),
        (5, JPY, "5"),
        (-5, JPY, "-5"),
        (1, KWD, "0.001"),
        (1, FINE, "0.0000000001"),
    ],
    ids=str,
)
def test_an_amount_shows_all_its_places(units: int, currency: Currency, plain: str) -> None:
    money = Money.from_minor_units(units, currency)
    assert str(money) == f"{plain} {currency.code}"
    assert str(money.amount) == str(Decimal(plain))
    assert money.exact == Fraction(plain)


def test_repr_is_the_constructor_call() -> None:
    assert repr(Money("12.5", "EUR")) == "Money('12.50', 'EUR')"
    assert repr(Money("12.5", FINE)) == "Money('12.5000000000', Currency(code='USD', digits=10))"


@pytest.mark.parametrize(("units", "truth"), [(0, False), (1, True), (-1, True)])
def test_money_is_true_unless_zero(units: int, truth: bool) -> None:  # noqa: FBT001  # the expected answer
    assert bool(Money.from_minor_units(units, "EUR")) is truth


def test_equality_needs_the_same_currency_and_digits() -> None:
    assert Money("5", "EUR") == Money(Decimal("5.00"), EUR)
    assert hash(Money("5", "EUR")) == hash(Money(Decimal("5.00"), EUR))
    assert Money("5", "EUR") != Money("5", "USD")
    assert Money("5", "USD") != Money("5", FINE)
    assert Money("5", "EUR").__eq__(5) is NotImplemented
    assert Money.zero("EUR") != Money.zero("JPY")


# ------------------------------------------------------------------------------------------ arithmetic


def test_sums_differences_multiples_and_signs() -> None:
    five, three = Money("5.00", "EUR"), Money("3.00", "EUR")
    assert five + three == Money("8.00", "EUR")
    assert three - five == Money("-2.00", "EUR")
    assert -five == Money("-5.00", "EUR")
    assert abs(-five) == five
    assert abs(five) == five
    assert five * 3 == 3 * five == Money("15.00", "EUR")
    assert five * -1 == -five


@pytest.mark.parametrize(
    ("compare", "below", "equal", "above"),
    [(lt, True, False, False), (le, True, True, False), (gt, False, False, True), (ge, False, True, True)],
    ids=["<", "<=", ">", ">="],
)
def test_money_of_one_currency_is_ordered(
    compare: Callable[[Money, Money], bool], *, below: bool, equal: bool, above: bool
) -> None:
    two = Money("2", "EUR")
    assert [compare(Money(text, "EUR"), two) for text in ("1", "2", "3")] == [below, equal, above]


@pytest.mark.parametrize("operation", [add, sub, lt, le, gt, ge], ids=lambda operation: operation.__name__)
@pytest.mark.parametrize(
    ("other", "named"),
    [
        pytest.param(Money("1.00", "USD"), "USD with 2 digits", id="another currency"),
        pytest.param(Money("1.00", Currency("EUR", 12)), "EUR with 12 digits", id="finer units"),
    ],
)
def test_mixed_currencies_are_refused_with_both_names(
    operation: Callable[[Money, Money], object], other: Money, named: str
) -> None:
    with pytest.raises(MoneyError, match=f"expected EUR with 2 digits, got {named}") as caught:
        operation(Money("1.00", "EUR"), other)
    assert caught.value.code == "money.currency"
    assert caught.value.data == {"expected": EUR, "got": other.currency}


@pytest.mark.parametrize("operation", [add, sub, lt, le, gt, ge], ids=lambda operation: operation.__name__)
@pytest.mark.parametrize("other", [0, 1, 1.0, "1.00", Decimal(1), None, True], ids=repr)
def test_money_goes_with_money_only(operation: Callable[[Money, object], object], other: object) -> None:
    with pytest.raises(InputTypeError, match="expected Money, got ") as caught:
        operation(Money("1.00", "EUR"), other)
    assert caught.value.code == "money.operand"


def test_the_builtin_sum_is_refused_with_its_replacement() -> None:
    with pytest.raises(InputTypeError, match=r"use Money\.total\(amounts, currency\)"):
        sum([Money("1.00", "EUR"), Money("2.00", "EUR")])


@pytest.mark.parametrize("factor", [0.5, True, Decimal(2), Fraction(2), "2", None, Money(1, "EUR")], ids=repr)
def test_only_an_int_multiplies(factor: int) -> None:
    with pytest.raises(InputTypeError, match="use scaled"):
        _ = Money("1.00", "EUR") * factor


@pytest.mark.parametrize(
    "overflow",
    [
        pytest.param(lambda largest: largest + largest, id="sum"),
        pytest.param(lambda largest: (-largest) - largest, id="difference"),
        pytest.param(lambda largest: largest * 2, id="multiple"),
        pytest.param(lambda largest: largest * 10**5000, id="a long multiple"),
        pytest.param(lambda largest: largest.scaled(Fraction(3, 2), Rounding.DOWN), id="scaled"),
        pytest.param(lambda largest: Money.total([largest, largest], "EUR"), id="total"),
    ],
)
def test_a_result_beyond_the_range_is_refused(overflow: Callable[[Money], Money]) -> None:
    with pytest.raises(MoneyError) as caught:
        overflow(Money.from_minor_units(MINOR_UNITS_MAX, "EUR"))
    assert caught.value.code == "money.range"


def test_total_adds_any_number_of_amounts_even_none() -> None:
    assert Money.total([], "EUR") == Money.zero("EUR")
    assert Money.total((Money(n, "EUR") for n in range(1, 5)), EUR) == Money(10, "EUR")


def test_total_may_pass_the_bound_on_its_way() -> None:
    largest = Money.from_minor_units(MINOR_UNITS_MAX, "EUR")
    assert Money.total([largest, largest, -largest], "EUR") == largest


def test_total_names_the_item_at_fault() -> None:
    with pytest.raises(MoneyError) as caught:
        Money.total([Money(1, "EUR"), Money(1, "USD")], "EUR")
    assert caught.value.field == "amounts[1]"
    with pytest.raises(InputTypeError) as wrong:
        Money.total([Money(1, "EUR"), 1], "EUR")  # type: ignore[list-item]  # on purpose
    assert wrong.value.field == "amounts[1]"


@pytest.mark.parametrize("amounts", [None, 5, Money(1, "EUR")], ids=repr)
def test_total_refuses_what_is_no_collection(amounts: list[Money]) -> None:
    with pytest.raises(RepayPlanError):
        Money.total(amounts, "EUR")


@pytest.mark.parametrize(
    ("factor", "rounding", "result"),
    [
        pytest.param(2, Rounding.UP, "20.02", id="an int"),
        pytest.param(Fraction(1, 2), Rounding.HALF_EVEN, "5.00", id="a tie to the even cent"),
        pytest.param(Fraction(1, 2), Rounding.HALF_UP, "5.01", id="a tie up"),
        pytest.param(Fraction(-1, 2), Rounding.HALF_UP, "-5.01", id="a negative tie up"),
        pytest.param(Fraction(1, 3), Rounding.CEILING, "3.34", id="a third, up"),
        pytest.param(Fraction(1, 3), Rounding.FLOOR, "3.33", id="a third, down"),
        pytest.param(0, Rounding.UP, "0.00", id="nothing"),
    ],
)
def test_scaled_rounds_once(factor: Fraction | int, rounding: Rounding, result: str) -> None:
    assert Money("10.01", "EUR").scaled(factor, rounding) == Money(result, "EUR")


@pytest.mark.parametrize("factor", [0.5, True, "0.5", Decimal("0.5"), None], ids=repr)
def test_scaled_takes_an_exact_factor_only(factor: int) -> None:
    with pytest.raises(InputTypeError) as caught:
        Money("10.01", "EUR").scaled(factor, Rounding.UP)
    assert caught.value.field == "factor"


@pytest.mark.parametrize("rounding", [None, "half_up", "ROUND_HALF_UP"], ids=repr)
def test_scaled_takes_a_named_rounding_only(rounding: Rounding) -> None:
    with pytest.raises(InputTypeError) as caught:
        Money("10.01", "EUR").scaled(2, rounding)
    assert caught.value.field == "rounding"


# ------------------------------------------------------------------------------------------ parts


def units(parts: tuple[Money, ...]) -> list[int]:
    return [part.minor_units for part in parts]


@pytest.mark.parametrize(
    ("amount", "parts", "result"),
    [
        pytest.param("1.00", 3, [34, 33, 33], id="a hundred in three"),
        pytest.param("1.00", 1, [100], id="one part"),
        pytest.param("0.02", 4, [1, 1, 0, 0], id="more parts than cents"),
        pytest.param("-1.00", 3, [-33, -33, -34], id="a negative amount"),
        pytest.param("0.00", 2, [0, 0], id="nothing"),
    ],
)
def test_split_loses_nothing(amount: str, parts: int, result: list[int]) -> None:
    assert units(Money(amount, "EUR").split(parts)) == result


def test_split_at_the_bound_and_one_beyond() -> None:
    assert len(Money("1.00", "EUR").split(PARTS_MAX)) == PARTS_MAX
    with pytest.raises(MoneyError):
        Money("1.00", "EUR").split(PARTS_MAX + 1)


@pytest.mark.parametrize("parts", [0, -1, 10**9, 10**5000], ids=["0", "-1", "1e9", "1e5000"])
def test_split_needs_a_part_and_not_too_many(parts: int) -> None:
    with pytest.raises(MoneyError, match="from 1 to 100000"):
        Money("1.00", "EUR").split(parts)


@pytest.mark.parametrize("parts", [True, 3.0, "3", None], ids=repr)
def test_split_counts_in_ints(parts: int) -> None:
    with pytest.raises(InputTypeError):
        Money("1.00", "EUR").split(parts)


@pytest.mark.parametrize(
    ("weights", "result"),
    [
        pytest.param([1, 1, 1], [34, 33, 33], id="ties to the earlier part"),
        pytest.param((Fraction(1, 3), Fraction(2, 3)), [33, 67], id="fractions"),
        pytest.param([Decimal("0.5"), Decimal("0.25"), Decimal("0.25")], [50, 25, 25], id="decimals"),
        pytest.param(
            [Money("30.00", "USD"), Money("10.00", "USD")], [75, 25], id="money of one other currency"
        ),
        pytest.param(["0.5", "0.5"], [50, 50], id="text"),
        pytest.param([0, 5], [0, 100], id="a zero weight"),
    ],
)
def test_allocate_shares_in_proportion(weights: list[int], result: list[int]) -> None:
    assert units(Money("1.00", "EUR").allocate(weights)) == result


@pytest.mark.parametrize(
    ("weights", "field"),
    [
        pytest.param([], "weights", id="none"),
        pytest.param([0, 0], "weights", id="all zero"),
        pytest.param([1, -1], "weights[1]", id="a negative one"),
        pytest.param([Money("-1.00", "EUR")], "weights[0]", id="negative money"),
        pytest.param([Decimal("NaN")], "weights[0]", id="no number"),
        pytest.param([Decimal("Infinity")], "weights[0]", id="an infinity"),
        pytest.param([1] * (PARTS_MAX + 1), "weights", id="too many"),
    ],
)
def test_weights_that_cannot_share_are_refused(weights: list[int], field: str) -> None:
    with pytest.raises(MoneyError) as caught:
        Money("1.00", "EUR").allocate(weights)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("weights", "field"),
    [
        pytest.param([0.5, 0.5], "weights[0]", id="floats"),
        pytest.param([1, True], "weights[1]", id="a bool"),
        pytest.param([None], "weights[0]", id="None"),
        pytest.param({1, 2}, "weights", id="a set has no order"),
        pytest.param(3, "weights", id="a number"),
        pytest.param("12", "weights", id="text"),
    ],
)
def test_weights_of_the_wrong_type_are_refused(weights: list[int], field: str) -> None:
    with pytest.raises(InputTypeError) as caught:
        Money("1.00", "EUR").allocate(weights)
    assert caught.value.field == field


def test_weights_in_two_currencies_are_refused() -> None:
    with pytest.raises(MoneyError) as caught:
        Money("1.00", "EUR").allocate([Money("1.00", "EUR"), Money(1, "JPY")])
    assert caught.value.code == "money.currency"


def test_many_weights_without_a_common_denominator_do_not_hang() -> None:
    # The least common denominator of a thousand fractions of 256 bits has a quarter of a million bits, and
    # of a hundred thousand would fill the memory: refused, or shared without it, but at once.
    hostile = [Fraction(1, 2**250 + 2 * n + 1) for n in range(1000)]
    with within(0.1), suppress(MoneyError):
        assert Money.total(Money("1.00", "EUR").allocate(hostile), "EUR") == Money("1.00", "EUR")


def test_money_shows_itself_in_a_notebook_as_it_prints() -> None:
    assert Page(Money("-1200.50", "EUR")._repr_html_()).spans == ["-1200.50 EUR"]
