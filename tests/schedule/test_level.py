"""Level payments: rounding, who takes the difference, residuals and skipped periods."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

import repayplan as rp
from tests.schedule import (
    DATE,
    FREE,
    PERCENT,
    built,
    cents,
    euros,
    level,
    refusal_of,
    repickled,
    rows_of,
    run_down,
    units,
)

FIRST, SPREAD = rp.Difference.FIRST, rp.Difference.SPREAD
YEAR = [PERCENT] * 12


def test_a_level_payment_is_equal_but_for_the_last() -> None:
    # 1,200 x 0.01 / (1 - 1.01**-12) = 106.618...
    schedule = built(repayment=rp.LevelPayment(12))
    assert units(schedule, "amount") == [10662] * 11 + [10660]
    assert rows_of(schedule) == run_down(120000, YEAR, [round(level(120000, YEAR))] * 11)


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
    assert units(built(repayment=rp.LevelPayment(12, rounding=rounding)), "amount")[:-1] == [payment] * 11


@pytest.mark.parametrize(("rounding", "payment"), [(rp.Rounding.DOWN, 10000), (rp.Rounding.UP, 11000)])
def test_a_level_payment_is_rounded_once_to_its_step(rounding: rp.Rounding, payment: int) -> None:
    schedule = built(repayment=rp.LevelPayment(12, step=euros("10"), rounding=rounding))
    assert units(schedule, "amount")[:-1] == [payment] * 11


@pytest.mark.parametrize(
    ("rounding", "payment"),
    [(rp.Rounding.HALF_EVEN, 2), (rp.Rounding.HALF_UP, 3), (rp.Rounding.HALF_DOWN, 2)],
)
def test_a_tie_in_the_level_payment_is_decided_exactly(rounding: rp.Rounding, payment: int) -> None:
    # 10 cents in 4 without interest is 2.5 exactly
    repayment = rp.LevelPayment(4, rounding=rounding)
    schedule = built(principal=cents(10), rate=FREE, repayment=repayment)
    assert units(schedule, "amount")[:-1] == [payment] * 3


def test_a_level_payment_follows_the_actual_periods() -> None:
    # 31 and 28 days at 36.5 %: r = 0.031, 0.028; 1000 x 1.031 x 1.028 / (1 + 1.028) = 522.617...
    schedule = built(
        principal=euros("1000"),
        rate=rp.Rate.annual("0.365"),
        day_count=rp.DayCount.ACT_365F,
        repayment=rp.LevelPayment(2),
    )
    assert units(schedule, "amount")[0] == 52262
    assert units(schedule, "interest") == [3100, 1423]  # 508.38 x 0.028 = 14.23464


def test_a_level_payment_in_a_currency_of_three_decimals() -> None:
    schedule = built(principal=rp.Money("1200", "BHD"), repayment=rp.LevelPayment(12))
    assert units(schedule, "amount")[:-1] == [round(level(1_200_000, YEAR))] * 11 == [106619] * 11


def test_a_level_payment_leaves_the_residual() -> None:
    schedule = built(review_on=DATE(2026, 8, 1), residual=euros("700"), repayment=rp.LevelPayment(6))
    rates = YEAR[:6]
    payment = round(level(120000, rates, 70000))
    assert rows_of(schedule) == run_down(120000, rates, [payment] * 5, 70000)
    assert schedule[-1].closing == schedule.residual == euros("700")


def test_a_level_payment_after_skipped_periods_spans_them() -> None:
    schedule = built(grace=rp.Grace(principal=3, interest=3), repayment=rp.LevelPayment(6))
    rates = [4 * PERCENT, *YEAR[:5]]
    assert rows_of(schedule) == run_down(120000, rates, [round(level(120000, rates))] * 5)


# --- who takes the difference


def last_payment(first: int, payment: int) -> int:
    """Give what is left for the last of the twelve after one first payment and ten more."""
    principal, interest = run_down(120000, YEAR, [first, *[payment] * 10])[-1]
    return principal + interest


@pytest.mark.parametrize("rounding", rp.Rounding)
@pytest.mark.parametrize("step", [None, euros("1"), euros("10")])
def test_the_first_payment_is_the_least_that_leaves_the_last_no_higher(
    rounding: rp.Rounding, step: rp.Money | None
) -> None:
    schedule = built(repayment=rp.LevelPayment(12, step=step, rounding=rounding, difference=FIRST))
    first, payment, *_, last = units(schedule, "amount")
    assert units(schedule, "amount") == [first, *[payment] * 10, last]
    assert last == last_payment(first, payment) <= payment < last_payment(first - 1, payment)


def test_the_first_payment_makes_up_for_a_residual_too() -> None:
    # without interest: 500.01 in three is 166.67 each, which is what all three pay
    changes: dict[str, object] = {
        "principal": cents(100001),
        "rate": FREE,
        "review_on": DATE(2026, 4, 15),
        "residual": euros("500"),
    }
    rows = units(built(**changes, repayment=rp.LevelPayment(3, difference=FIRST)), "amount")
    assert rows == [16667, 16667, 16667]
    down = rp.LevelPayment(3, rounding=rp.Rounding.DOWN, step=euros("1"), difference=FIRST)
    assert units(built(**changes, repayment=down), "amount") == [16801, 16600, 16600]


def test_one_payment_takes_all_whoever_takes_the_difference() -> None:
    for difference in rp.Difference:
        assert units(built(repayment=rp.LevelPayment(1, difference=difference)), "amount") == [121200]


@pytest.mark.parametrize("step", [1, 100, 1000])
def test_spread_payments_are_the_differences_of_a_rounded_running_sum(step: int) -> None:
    schedule = built(repayment=rp.LevelPayment(12, step=cents(step), difference=SPREAD))
    exact = level(120000, YEAR)
    sums = [round(number * exact / step) * step for number in range(13)]
    payments = [after - before for before, after in pairwise(sums)]
    assert rows_of(schedule) == run_down(120000, YEAR, payments[:-1])


def test_spread_payments_have_a_rounding_of_their_own() -> None:
    # 10 cents in four: sums of 2.5, 5, 7.5 and 10
    for rounding, payments in ((rp.Rounding.DOWN, [2, 3, 2, 3]), (rp.Rounding.UP, [3, 2, 3, 2])):
        repayment = rp.LevelPayment(4, rounding=rounding, difference=SPREAD)
        assert units(built(principal=cents(10), rate=FREE, repayment=repayment), "amount") == payments


@pytest.mark.parametrize(
    "changes",
    [
        {"difference": FIRST},
        {"difference": SPREAD},
        {"resets": True},
        {"step": cents(5), "difference": FIRST},
    ],
)
def test_the_longest_level_schedule_builds(changes: dict[str, Any]) -> None:
    schedule = built(
        principal=euros("1000000"),
        starts_on=DATE(2026, 2, 14),
        rate=((DATE(2026, 2, 14), rp.Rate.annual("0.06")), (DATE(2030, 1, 1), rp.Rate.annual("0.07"))),
        frequency=rp.Frequency.every_days(1),
        repayment=rp.LevelPayment(10_000, **changes),
    )
    assert (len(schedule), schedule[-1].closing) == (10_000, cents(0))


def test_many_rates_of_many_digits_do_not_exhaust_anyone() -> None:
    steps = [
        (DATE(2026, 1, 1).add(days=9 * place), rp.Rate.annual(Fraction(place + 1, 10**27 + place)))
        for place in range(1000)
    ]
    schedule = built(
        principal=euros("1000000"),
        starts_on=DATE(2026, 2, 14),
        rate=steps,
        day_count=rp.DayCount.ACT_365F,
        frequency=rp.Frequency.every_days(1),
        repayment=rp.LevelPayment(2_000, difference=SPREAD),
    )
    assert len(schedule) == 2_000


def daily_rates(number: int) -> list[tuple[Any, rp.Rate]]:
    """Rates that change every day, none like the one before."""
    start = DATE(2026, 2, 14)
    return [(start.add(days=place), rp.Rate.annual(f"0.0{5 + place % 2}")) for place in range(number)]


def test_a_payment_resets_as_often_as_there_is_time_for() -> None:
    # 400,000 rates times rows
    changes: dict[str, object] = {
        "principal": euros("1000000"),
        "starts_on": DATE(2026, 2, 14),
        "frequency": rp.Frequency.every_days(1),
        "repayment": rp.LevelPayment(10_000, resets=True),
    }
    assert len(built(**changes, rate=daily_rates(40))) == 10_000
    error = refusal_of(**changes, rate=daily_rates(41))
    assert (error.code, error.field) == ("terms.resets", "rate")
    assert "at most 40 rates" in error.message
    # rates after the last row, or that one payment spans, are of no account
    assert built(**{**changes, "repayment": rp.LevelPayment(10_000)}, rate=daily_rates(41))
    assert built(**{**changes, "repayment": rp.LevelPayment(30, resets=True)}, rate=daily_rates(1_000))


# --- refusals


def test_a_step_that_no_first_payment_can_make_up_for_is_refused() -> None:
    # rounded down to nothing, the level payment lets the residual grow
    changes: dict[str, object] = {"review_on": DATE(2026, 12, 31), "residual": euros("600")}
    pattern = rp.LevelPayment(3, step=euros("1000"), rounding=rp.Rounding.DOWN, difference=FIRST)
    error = refusal_of(**changes, repayment=pattern)
    count: Any = error.data["count"]
    assert built(**changes, repayment=rp.LevelPayment(count, step=euros("1000"), difference=FIRST))


@pytest.mark.parametrize("difference", [FIRST, SPREAD])
def test_a_payment_that_resets_leaves_the_difference_to_the_last(difference: rp.Difference) -> None:
    with pytest.raises(rp.TermsError, match=r"Difference\.LAST") as caught:
        rp.LevelPayment(12, resets=True, difference=difference)
    assert (caught.value.code, caught.value.field) == ("terms.difference", "difference")


@pytest.mark.parametrize("field", ["step", "rounding", "difference", "resets"])
@pytest.mark.parametrize("value", ["last", 1, 1.5])
def test_a_field_of_another_type_is_refused(field: str, value: object) -> None:
    wrong: dict[str, Any] = {field: value}
    with pytest.raises(rp.InputTypeError) as caught:
        rp.LevelPayment(12, **wrong)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "repayment",
    [
        rp.LevelPayment(7),
        rp.LevelPayment(7, resets=True),
        rp.LevelPayment(7, step=euros("1"), rounding=rp.Rounding.UP, difference=FIRST),
        rp.LevelPayment(7, difference=SPREAD),
    ],
)
def test_level_payments_and_their_schedules_pickle(repayment: rp.LevelPayment) -> None:
    assert repickled(repayment) == repayment
    schedule = built(repayment=repayment)
    assert repickled(schedule) == schedule
