"""Patterns that state the principal of each row: equal parts, and interest on the first principal."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import repayplan as rp
from tests.schedule import DATE, FREE, built, cents, euros, refusal_of, repickled, units

LAST, FIRST, SPREAD = rp.Difference.LAST, rp.Difference.FIRST, rp.Difference.SPREAD


def test_equal_principal_leaves_the_difference_to_the_last() -> None:
    schedule = built(principal=euros("1000"), repayment=rp.EqualPrincipal(3))
    assert units(schedule, "principal") == [33333, 33333, 33334]
    assert units(schedule, "interest") == [1000, 667, 333]


def test_equal_principal_is_rounded_in_the_mode_of_the_terms() -> None:
    schedule = built(principal=euros("1000"), repayment=rp.EqualPrincipal(3), rounding=rp.Rounding.UP)
    assert units(schedule, "principal") == [33334, 33334, 33332]


@pytest.mark.parametrize(
    ("difference", "rounding", "principals"),
    [
        (LAST, rp.Rounding.HALF_EVEN, [166, 166, 166, 166, 166, 170]),  # 1000 / 6 rounded down below
        (FIRST, rp.Rounding.DOWN, [170, 166, 166, 166, 166, 166]),
        (FIRST, rp.Rounding.HALF_EVEN, [165, 167, 167, 167, 167, 167]),
        # 166.67, 333.33, 500, 666.67, 833.33, 1000
        (SPREAD, rp.Rounding.HALF_EVEN, [167, 166, 167, 167, 166, 167]),
        (SPREAD, rp.Rounding.DOWN, [166, 167, 167, 166, 167, 167]),
    ],
)
def test_the_difference_of_equal_principal_goes_where_it_is_told(
    difference: rp.Difference, rounding: rp.Rounding, principals: list[int]
) -> None:
    if difference is LAST:
        rounding = rp.Rounding.DOWN
    for repayment in (rp.EqualPrincipal(6, difference), rp.FlatInterest(6, difference=difference)):
        schedule = built(principal=cents(1000), rounding=rounding, repayment=repayment)
        assert units(schedule, "principal") == principals


@pytest.mark.parametrize("difference", rp.Difference)
def test_one_installment_takes_all(difference: rp.Difference) -> None:
    for repayment in (
        rp.EqualPrincipal(1, difference),
        rp.FlatInterest(1, difference=difference),
        rp.FlatInterest(1, step=euros("10"), difference=difference),
    ):
        schedule = built(repayment=repayment)
        assert units(schedule, "amount") == [121200]


def test_a_first_part_of_nothing_is_refused_with_a_count_that_works() -> None:
    # 5 in 3 parts rounded up are 2, and nothing is left for the first of 4
    error = refusal_of(
        principal=cents(6), rate=FREE, rounding=rp.Rounding.UP, repayment=rp.EqualPrincipal(4, FIRST)
    )
    assert (error.code, error.data["number"]) == ("terms.count", 1)
    count: Any = error.data["count"]
    repaired = rp.EqualPrincipal(count, FIRST)
    schedule = built(principal=cents(6), rate=FREE, rounding=rp.Rounding.UP, repayment=repaired)
    assert units(schedule, "principal") == [2, 2, 2]


def test_a_residual_is_left_by_equal_parts() -> None:
    changes: dict[str, object] = {"review_on": DATE(2026, 4, 15), "residual": euros("200")}
    schedule = built(**changes, repayment=rp.EqualPrincipal(3, FIRST))
    assert units(schedule, "principal") == [33334, 33333, 33333]
    assert schedule[-1].closing == schedule.residual == euros("200")
    flat = built(**changes, repayment=rp.FlatInterest(3, difference=SPREAD))
    assert units(flat, "principal") == [33333, 33334, 33333]
    assert units(flat, "interest") == [1200] * 3


def test_flat_interest_is_always_on_the_first_principal() -> None:
    schedule = built(repayment=rp.FlatInterest(3))
    assert units(schedule, "interest") == [1200] * 3
    assert units(schedule, "principal") == [40000] * 3


def test_flat_interest_in_steps_rounds_principal_and_interest_together() -> None:
    # 400 + 12 = 412 is rounded to 410, of which 12 is interest; the last takes what is left
    schedule = built(repayment=rp.FlatInterest(3, step=euros("10")))
    assert units(schedule, "amount") == [41000, 41000, 41600]


def test_flat_interest_in_steps_may_leave_the_difference_to_the_first() -> None:
    schedule = built(repayment=rp.FlatInterest(3, step=euros("10"), difference=FIRST))
    assert units(schedule, "amount") == [41600, 41000, 41000]


def test_flat_interest_in_steps_may_spread_the_difference() -> None:
    # sums of 412 are 412, 824 and 1236, in tens 410, 820 and 1240; the last clears the debt
    schedule = built(repayment=rp.FlatInterest(3, step=euros("10"), difference=SPREAD))
    assert units(schedule, "amount") == [41000, 41000, 41600]
    # 1,000 in four with 10: 260 each; in hundreds the sums are 300, 500, 800 and the rest
    schedule = built(
        principal=euros("1000"), repayment=rp.FlatInterest(4, step=euros("100"), difference=SPREAD)
    )
    assert units(schedule, "amount") == [30000, 20000, 30000, 24000]


def test_flat_interest_in_steps_follows_each_period() -> None:
    # 31 and 28 days at 36.5 %: 600 + 37.20 and the rest of the principal + 33.60
    schedule = built(
        rate=rp.Rate.annual("0.365"),
        day_count=rp.DayCount.ACT_365F,
        repayment=rp.FlatInterest(2, step=euros("1")),
    )
    assert units(schedule, "amount") == [63700, 60020 + 3360]


def test_flat_interest_runs_on_over_skipped_periods() -> None:
    schedule = built(grace=rp.Grace(principal=2, interest=2), repayment=rp.FlatInterest(2))
    assert units(schedule, "interest") == [3600, 1200]


@pytest.mark.parametrize("difference", rp.Difference)
def test_no_row_of_many_is_more_than_a_cent_from_its_exact_part(difference: rp.Difference) -> None:
    schedule = built(
        principal=euros("1000000.01"),
        rate=FREE,
        frequency=rp.Frequency.every_days(1),
        repayment=rp.EqualPrincipal(10_000, difference),
    )
    principals = units(schedule, "principal")
    inner = principals[1:] if difference is FIRST else principals[:-1]
    assert sum(principals) == 100_000_001
    assert all(abs(part - Fraction(100_000_001, 10_000)) < 1 for part in inner)


@pytest.mark.parametrize("difference", rp.Difference)
@pytest.mark.parametrize("step", [None, cents(1)])
def test_the_longest_flat_schedule_builds(difference: rp.Difference, step: rp.Money | None) -> None:
    schedule = built(
        principal=euros("100000"),
        frequency=rp.Frequency.every_days(1),
        starts_on=DATE(2026, 2, 14),
        repayment=rp.FlatInterest(10_000, step=step, difference=difference),
    )
    assert (len(schedule), schedule[-1].closing) == (10_000, cents(0))


@pytest.mark.parametrize("make", [rp.EqualPrincipal, rp.FlatInterest])
@pytest.mark.parametrize("difference", ["last", 1, True, None])
def test_a_difference_of_another_type_is_refused(make: Any, difference: object) -> None:  # noqa: ANN401  either pattern
    with pytest.raises(rp.InputTypeError) as caught:
        make(3, difference=difference)
    assert caught.value.field == "difference"


@pytest.mark.parametrize("difference", rp.Difference)
def test_patterns_and_their_schedules_pickle(difference: rp.Difference) -> None:
    for repayment in (
        rp.EqualPrincipal(7, difference),
        rp.FlatInterest(7, difference=difference),
        rp.FlatInterest(7, step=euros("1"), difference=difference),
    ):
        assert repickled(repayment) == repayment
        schedule = built(repayment=repayment)
        assert repickled(schedule) == schedule
