"""Rates that change over time: where a period is cut, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

import repayplan as rp
from tests.schedule import (
    DATE,
    PERCENT,
    built,
    euros,
    level,
    repickled,
    rows_of,
    run_down,
    terms_with,
    units,
)

JANUARY, MARCH = DATE(2026, 1, 1), DATE(2026, 3, 1)
TEN, TWENTY = rp.Rate.annual("0.1"), rp.Rate.annual("0.2")
STEPS = ((JANUARY, TEN), (MARCH, TWENTY))  # 1 March falls in the middle of 15 February to 15 March, 28 days


def test_pairs_of_a_date_and_a_rate_become_steps() -> None:
    expected = rp.RateSteps(STEPS)
    assert terms_with(rate=list(STEPS)).rate == expected
    assert terms_with(rate=[list(step) for step in STEPS]).rate == expected
    assert terms_with(rate=expected).rate is expected


def test_a_rate_is_in_force_from_its_own_day() -> None:
    steps = rp.RateSteps(STEPS)
    assert [steps.on(day) for day in (JANUARY, DATE(2026, 2, 28), MARCH, DATE(2030, 1, 1))] == [
        TEN,
        TEN,
        TWENTY,
        TWENTY,
    ]
    assert steps.highest == TWENTY
    assert rp.RateSteps([(JANUARY, TWENTY), (MARCH, TEN)]).highest == TWENTY


def test_a_period_is_cut_only_inside() -> None:
    steps = rp.RateSteps(STEPS)
    assert list(steps.cuts(DATE(2026, 2, 15), DATE(2026, 3, 15))) == [
        (DATE(2026, 2, 15), MARCH),
        (MARCH, DATE(2026, 3, 15)),
    ]
    assert list(steps.cuts(MARCH, DATE(2026, 3, 15))) == [(MARCH, DATE(2026, 3, 15))]
    assert list(steps.cuts(DATE(2026, 2, 15), MARCH)) == [(DATE(2026, 2, 15), MARCH)]


DAYS = Fraction(14)


@pytest.mark.parametrize(
    ("day_count", "second"),
    [
        (rp.DayCount.ACT_365F, (DAYS / 365, DAYS / 365)),
        (rp.DayCount.ACT_360, (DAYS / 360, DAYS / 360)),
        # 15 February to 1 March are 16 days of thirty in a month, and 14 more to the 15th
        (rp.DayCount.THIRTY_E_360, (Fraction(16, 360), Fraction(14, 360))),
        # a twelfth of a year, shared out by 14 and 14 of 28 days
        (rp.DayCount.NOMINAL, (Fraction(1, 24), Fraction(1, 24))),
    ],
)
def test_each_part_of_a_cut_period_bears_its_own_rate(
    day_count: rp.DayCount, second: tuple[Fraction, Fraction]
) -> None:
    schedule = built(rate=STEPS, day_count=day_count, repayment=rp.EqualPrincipal(3))
    expected = Fraction(80000) * (second[0] / 10 + second[1] / 5)
    assert units(schedule, "interest")[1] == round(expected)


def test_the_parts_are_added_before_they_are_rounded() -> None:
    # 0.50 for 14 days at 20 % a year and 14 at 24 %, of 360: 0.388... and 0.466... cents, 0.855... in all
    steps = [(JANUARY, TWENTY), (MARCH, rp.Rate.annual("0.24"))]
    schedule = built(
        principal=rp.Money("1", "EUR"),
        rate=steps,
        day_count=rp.DayCount.ACT_360,
        repayment=rp.EqualPrincipal(2),
    )
    assert units(schedule, "interest")[1] == 1


def test_daily_rates_count_the_days_of_each() -> None:
    steps = [(JANUARY, rp.Rate.daily("0.0005")), (MARCH, rp.Rate.daily("0.0003"))]
    schedule = built(rate=steps, repayment=rp.EqualPrincipal(3))
    assert units(schedule, "interest") == [
        31 * 60,
        14 * 40 + 14 * 24,
        31 * 12,  # of 400.00
    ]


def test_monthly_rates_are_twelfths() -> None:
    monthly = [(JANUARY, rp.Rate.monthly("0.01")), (MARCH, rp.Rate.monthly("0.02"))]
    annual = [(JANUARY, rp.Rate.annual("0.12")), (MARCH, rp.Rate.annual("0.24"))]
    assert built(rate=monthly).rows == built(rate=annual).rows


def test_several_steps_within_one_period_all_count() -> None:
    days = [DATE(2026, 1, 16), DATE(2026, 1, 17), DATE(2026, 2, 14)]
    rates = [rp.Rate.daily(f"0.00{place}") for place in (2, 3, 4)]
    steps = [(JANUARY, rp.Rate.daily("0.001")), *zip(days, rates, strict=True)]
    schedule = built(rate=steps, repayment=rp.EqualPrincipal(1))
    assert units(schedule, "interest") == [120 * 1 + 240 * 1 + 360 * 28 + 480 * 1]


def test_a_step_after_the_last_row_and_one_that_changes_nothing_leave_the_schedule() -> None:
    plain = built()
    twelve = rp.Rate.annual("0.12")
    late = [(JANUARY, twelve), (DATE(2030, 1, 1), TWENTY)]
    same = [(JANUARY, twelve), (MARCH, twelve)]
    for day_count in rp.DayCount:
        plain = built(day_count=day_count)
        assert built(rate=late, day_count=day_count).rows == plain.rows
    assert built(rate=same).rows == built().rows
    assert built(rate=[(JANUARY, twelve)]).rows == built().rows


def test_an_empty_first_period_bears_nothing_whatever_the_rates() -> None:
    steps = ((DATE(2026, 2, 15), TEN), (MARCH, TWENTY))
    schedule = built(rate=steps, starts_on=DATE(2026, 2, 15), repayment=rp.EqualPrincipal(2))
    assert units(schedule, "interest") == [0, round(Fraction(60000 * 3, 240))]


def test_free_periods_are_free_of_every_rate() -> None:
    schedule = built(rate=STEPS, grace=rp.Grace(interest_free=2), repayment=rp.EqualPrincipal(3))
    assert units(schedule, "interest") == [0, 0, round(Fraction(40000, 60))]


# --- the payment

RISING = ((JANUARY, rp.Rate.annual("0.12")), (DATE(2026, 7, 15), rp.Rate.annual("0.24")))
"""1 % a month for six months, 2 % for the six that follow."""
BEFORE, AFTER = [PERCENT] * 6, [2 * PERCENT] * 6


def test_one_level_payment_spans_all_rates() -> None:
    schedule = built(rate=RISING)
    payment = round(level(120000, [*BEFORE, *AFTER]))
    assert rows_of(schedule) == run_down(120000, [*BEFORE, *AFTER], [payment] * 11)


def test_a_payment_that_resets_is_worked_out_anew_from_the_balance_then() -> None:
    schedule = built(rate=RISING, repayment=rp.LevelPayment(12, resets=True))
    first = round(level(120000, [PERCENT] * 12))
    balance = 120000 - sum(paid for paid, _ in rows_of(schedule)[:6])
    second = round(level(balance, AFTER))
    assert second > first
    assert rows_of(schedule) == run_down(120000, [*BEFORE, *AFTER], [first] * 6 + [second] * 5)


def test_a_step_within_a_period_resets_the_payment_of_the_next() -> None:
    steps = ((JANUARY, rp.Rate.annual("0.12")), (DATE(2026, 3, 1), rp.Rate.annual("0.24")))
    schedule = built(rate=steps, repayment=rp.LevelPayment(12, resets=True))
    mixed = PERCENT * 3 / 2  # 14 of 28 days each
    rates = [PERCENT, mixed, *[2 * PERCENT] * 10]
    first = round(level(120000, [PERCENT] * 12))
    balance = 120000 - sum(paid for paid, _ in rows_of(schedule)[:2])
    second = round(level(balance, [2 * PERCENT] * 10))
    assert rows_of(schedule) == run_down(120000, rates, [first] * 2 + [second] * 9)


def test_a_payment_that_resets_under_one_rate_is_level() -> None:
    assert built(repayment=rp.LevelPayment(12, resets=True)).rows == built().rows
    steps = [(JANUARY, rp.Rate.annual("0.12")), (MARCH, rp.Rate.annual("0.12"))]
    assert built(rate=steps, repayment=rp.LevelPayment(12, resets=True)).rows == built().rows


def test_a_payment_resets_after_rows_of_interest_alone() -> None:
    schedule = built(
        rate=RISING,
        repayment=rp.InterestOnly(8, then=rp.LevelPayment(3, resets=True)),
    )
    payment = round(level(120000, [2 * PERCENT] * 3))
    interests = [(0, 1200)] * 6 + [(0, 2400)] * 2
    assert rows_of(schedule) == interests + run_down(120000, [2 * PERCENT] * 3, [payment] * 2)


def test_a_payment_after_free_periods_is_worked_out_at_the_rate_that_interest_begins_with() -> None:
    # free to 15 April, when 1 % a month has long given way to 2 %
    steps = ((JANUARY, rp.Rate.annual("0.12")), (MARCH, rp.Rate.annual("0.24")))
    schedule = built(
        rate=steps,
        grace=rp.Grace(principal=3, interest_free=3),
        repayment=rp.LevelPayment(3, resets=True),
    )
    rates = [2 * PERCENT] * 3
    assert rows_of(schedule) == run_down(120000, rates, [round(level(120000, rates))] * 2)


# --- refusals


@pytest.mark.parametrize(
    ("steps", "code", "field"),
    [
        ([], "rate.steps", "rate"),
        ([(MARCH, TEN), (JANUARY, TWENTY)], "rate.order", "rate[1][0]"),
        ([(JANUARY, TEN), (JANUARY, TWENTY)], "rate.order", "rate[1][0]"),
        ([(JANUARY, TEN), (MARCH, rp.Rate.monthly("0.01"))], "rate.unit", "rate[1][1]"),
        ([(JANUARY, rp.Rate.daily("0.001")), (MARCH, TEN)], "rate.unit", "rate[1][1]"),
    ],
)
def test_steps_that_make_no_rate_are_refused_by_their_place(steps: Any, code: str, field: str) -> None:  # noqa: ANN401  wrong on purpose
    with pytest.raises(rp.RateError) as caught:
        rp.RateSteps(steps)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_steps_must_begin_by_the_start() -> None:
    late = [(DATE(2026, 1, 16), TEN)]
    with pytest.raises(rp.RateError, match="2026-01-15") as caught:
        terms_with(rate=late)
    assert (caught.value.code, caught.value.field) == ("rate.start", "rate[0][0]")
    assert caught.value.data["starts_on"] == DATE(2026, 1, 15)
    assert built(rate=[(DATE(2026, 1, 15), TEN)])


def test_the_number_of_steps_has_a_bound() -> None:
    steps = [(JANUARY.add(days=place), TEN) for place in range(1_001)]
    assert len(rp.RateSteps(steps[:1_000]).steps) == 1_000
    with pytest.raises(rp.RateError, match="1 to 1000"):
        rp.RateSteps(steps)


@pytest.mark.parametrize("disabled", [False, True])
@pytest.mark.parametrize(
    ("steps", "field"),
    [
        ("0.18", "rate"),
        (0.18, "rate"),
        (None, "rate"),
        (True, "rate"),
        ({JANUARY: TEN}, "rate"),
        ({(JANUARY, TEN)}, "rate"),
        ([JANUARY], "rate[0]"),
        ([(JANUARY, "0.1")], "rate[0]"),
        ([(JANUARY, 0.1)], "rate[0]"),
        ([(JANUARY, TEN, TEN)], "rate[0]"),
        ([(JANUARY, TEN), ("2026-03-01", TWENTY)], "rate[1][0]"),
        ([(20260101, TEN)], "rate[0][0]"),
        (b"ab", "rate[0]"),
    ],
)
def test_what_are_no_steps_is_refused(steps: Any, field: str, *, disabled: bool) -> None:  # noqa: ANN401  wrong on purpose
    attrs.validators.set_disabled(disabled)
    try:
        for make in (rp.RateSteps, lambda rate: terms_with(rate=rate)):
            with pytest.raises(rp.InputTypeError) as caught:
                make(steps)
            assert caught.value.field == field
    finally:
        attrs.validators.set_disabled(False)  # its only argument


def test_steps_pickle_alone_and_with_their_schedule() -> None:
    steps = rp.RateSteps(STEPS)
    assert repickled(steps) == steps
    assert hash(repickled(steps)) == hash(steps)
    for day_count in rp.DayCount:
        schedule = built(rate=steps, day_count=day_count, repayment=rp.LevelPayment(12, resets=True))
        assert repickled(schedule) == schedule
    assert built(rate=steps).total_principal == euros("1200")
