"""The repayment patterns: what each pays, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import repayplan as rp
from tests.schedule import built, cents, euros

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTED: list[Callable[..., Any]] = [rp.LevelPayment, rp.EqualPrincipal, rp.FlatInterest]


def amounts(schedule: rp.Schedule) -> list[int]:
    return [row.amount.minor_units for row in schedule]


def principals(schedule: rp.Schedule) -> list[int]:
    return [row.principal.minor_units for row in schedule]


def test_a_level_payment_is_equal_but_for_the_last() -> None:
    # 1,200 x 0.01 / (1 - 1.01**-12) = 106.618...
    schedule = built(repayment=rp.LevelPayment(12))
    assert amounts(schedule)[:-1] == [10662] * 11
    assert amounts(schedule)[-1] == 10660


@pytest.mark.parametrize(
    ("rounding", "payment"),
    [
        (rp.Rounding.DOWN, 10661),
        (rp.Rounding.FLOOR, 10661),
        (rp.Rounding.UP, 10662),
        (rp.Rounding.CEILING, 10662),
        (rp.Rounding.HALF_EVEN, 10662),
    ],
)
def test_a_level_payment_has_a_rounding_of_its_own(rounding: rp.Rounding, payment: int) -> None:
    assert amounts(built(repayment=rp.LevelPayment(12, rounding=rounding)))[:-1] == [payment] * 11


@pytest.mark.parametrize(("rounding", "payment"), [(rp.Rounding.DOWN, 10000), (rp.Rounding.UP, 11000)])
def test_a_level_payment_is_rounded_once_to_its_step(rounding: rp.Rounding, payment: int) -> None:
    schedule = built(repayment=rp.LevelPayment(12, step=euros("10"), rounding=rounding))
    assert amounts(schedule)[:-1] == [payment] * 11


@pytest.mark.parametrize(
    ("rounding", "payment"),
    [(rp.Rounding.HALF_EVEN, 2), (rp.Rounding.HALF_UP, 3), (rp.Rounding.HALF_DOWN, 2)],
)
def test_a_tie_in_the_level_payment_is_decided_exactly(rounding: rp.Rounding, payment: int) -> None:
    # 10 cents in 4 without interest is 2.5 exactly
    repayment = rp.LevelPayment(4, rounding=rounding)
    schedule = built(principal=cents(10), rate=rp.Rate.annual("0"), repayment=repayment)
    assert amounts(schedule)[:-1] == [payment] * 3


def test_a_level_payment_follows_the_actual_periods() -> None:
    # 31 and 28 days at 36.5 %: r = 0.031, 0.028; 1000 x 1.031 x 1.028 / (1 + 1.028) = 522.617...
    schedule = built(
        principal=euros("1000"),
        rate=rp.Rate.annual("0.365"),
        day_count=rp.DayCount.ACT_365F,
        repayment=rp.LevelPayment(2),
    )
    assert amounts(schedule)[0] == 52262
    assert [row.interest.minor_units for row in schedule] == [3100, 1423]  # 508.38 x 0.028 = 14.23464


def test_a_fixed_payment_is_paid_as_often_as_it_takes() -> None:
    schedule = built(repayment=rp.FixedPayment(euros("500")))
    assert amounts(schedule) == [50000, 50000, 22131]  # 1,200 -> 712.00 -> 219.12, + 2.19


def test_a_fixed_payment_that_covers_all_is_one_installment() -> None:
    assert amounts(built(repayment=rp.FixedPayment(euros("1212")))) == [121200]
    assert amounts(built(repayment=rp.FixedPayment(euros("5000")))) == [121200]
    assert len(built(repayment=rp.FixedPayment(euros("1211.99")))) == 2


def test_equal_principal_leaves_the_difference_to_the_last() -> None:
    schedule = built(principal=euros("1000"), repayment=rp.EqualPrincipal(3))
    assert principals(schedule) == [33333, 33333, 33334]
    assert [row.interest.minor_units for row in schedule] == [1000, 667, 333]


def test_equal_principal_is_rounded_in_the_mode_of_the_terms() -> None:
    schedule = built(principal=euros("1000"), repayment=rp.EqualPrincipal(3), rounding=rp.Rounding.UP)
    assert principals(schedule) == [33334, 33334, 33332]


def test_flat_interest_is_always_on_the_first_principal() -> None:
    schedule = built(repayment=rp.FlatInterest(3))
    assert [row.interest.minor_units for row in schedule] == [1200] * 3
    assert principals(schedule) == [40000] * 3


def test_flat_interest_in_steps_rounds_principal_and_interest_together() -> None:
    # 400 + 12 = 412 is rounded to 410, of which 12 is interest; the last takes what is left
    schedule = built(repayment=rp.FlatInterest(3, step=euros("10")))
    assert amounts(schedule) == [41000, 41000, 41600]


def test_flat_interest_in_steps_follows_each_period() -> None:
    # 31 and 28 days at 36.5 %: 600 + 37.20 and the rest of the principal + 33.60
    schedule = built(
        rate=rp.Rate.annual("0.365"),
        day_count=rp.DayCount.ACT_365F,
        repayment=rp.FlatInterest(2, step=euros("1")),
    )
    assert amounts(schedule) == [63700, 60020 + 3360]


def test_custom_payments_are_paid_as_listed() -> None:
    # 1,200 + 12 - 712 = 500; 500 + 5 = 505
    schedule = built(repayment=rp.CustomPayments([euros("712"), euros("505")]))
    assert amounts(schedule) == [71200, 50500]
    assert principals(schedule) == [70000, 50000]


def test_custom_payments_keep_their_amounts_as_a_tuple() -> None:
    assert rp.CustomPayments([euros("1")]).amounts == (euros("1"),)


@pytest.mark.parametrize("pattern", COUNTED)
@pytest.mark.parametrize("count", [1, 10_000])
def test_the_bounds_of_a_count_are_allowed(pattern: Callable[..., Any], count: int) -> None:
    assert pattern(count).count == count


@pytest.mark.parametrize("pattern", COUNTED)
@pytest.mark.parametrize("count", [0, -1, 10_001, 10**9])
def test_a_count_out_of_bounds_is_refused(pattern: Callable[..., Any], count: int) -> None:
    with pytest.raises(rp.TermsError, match="1 to 10000") as caught:
        pattern(count)
    assert caught.value.field == "count"


@pytest.mark.parametrize("pattern", COUNTED)
@pytest.mark.parametrize("count", [True, 12.0, "12", None])
def test_a_count_of_another_type_is_refused(pattern: Callable[..., Any], count: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        pattern(count)
    assert caught.value.field == "count"


@pytest.mark.parametrize("amount", ["0", "-1"])
@pytest.mark.parametrize(
    ("make", "field"),
    [
        (rp.FixedPayment, "amount"),
        (lambda amount: rp.LevelPayment(3, step=amount), "step"),
        (lambda amount: rp.FlatInterest(3, step=amount), "step"),
        (lambda amount: rp.CustomPayments([euros("1"), amount]), "amounts[1]"),
    ],
)
def test_an_amount_that_is_not_above_zero_is_refused(
    make: Callable[[rp.Money], object], field: str, amount: str
) -> None:
    with pytest.raises(rp.TermsError, match="above zero") as caught:
        make(euros(amount))
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (rp.FixedPayment, "amount"),
        (lambda amount: rp.LevelPayment(3, step=amount), "step"),
        (lambda amount: rp.FlatInterest(3, step=amount), "step"),
        (lambda amount: rp.CustomPayments([amount]), "amounts[0]"),
        (lambda amount: rp.LevelPayment(3, rounding=amount), "rounding"),
        (rp.CustomPayments, "amounts"),
    ],
)
def test_an_amount_of_another_type_is_refused(make: Callable[[Any], object], field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        make(12.5)
    assert caught.value.field == field


def test_an_empty_list_of_payments_is_refused() -> None:
    with pytest.raises(rp.TermsError, match="at least one") as caught:
        rp.CustomPayments([])
    assert caught.value.field == "amounts"


def test_a_list_of_payments_has_the_same_bound_as_a_count() -> None:
    assert len(rp.CustomPayments([cents(1)] * 10_000).amounts) == 10_000
    with pytest.raises(rp.TermsError, match="10000") as caught:
        rp.CustomPayments([cents(1)] * 10_001)
    assert caught.value.field == "amounts"
