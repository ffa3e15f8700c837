"""Grace: what the periods at the start ask for, and which of them have no installment."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import repayplan as rp
from tests.schedule import DATE, FREE, built, cents, euros, refusal_of, repickled, rows_of, terms_with, units

FIELDS = ("principal", "interest", "interest_free")


def test_there_is_none_unless_it_is_stated() -> None:
    assert rp.Grace() == rp.Grace(principal=0, interest=0, interest_free=0)
    assert terms_with().grace == rp.Grace()


@pytest.mark.parametrize(
    ("grace", "skipped", "interest_only"),
    [
        (rp.Grace(), 0, 0),
        (rp.Grace(principal=3), 0, 3),
        (rp.Grace(interest=3), 0, 0),
        (rp.Grace(interest_free=3), 0, 0),
        (rp.Grace(principal=3, interest=2), 2, 1),
        (rp.Grace(principal=2, interest=3), 2, 0),
        (rp.Grace(principal=3, interest=1, interest_free=2), 2, 1),
        (rp.Grace(principal=3, interest=2, interest_free=1), 2, 1),
        (rp.Grace(principal=3, interest=3, interest_free=3), 3, 0),
    ],
)
def test_a_period_that_asks_for_nothing_has_no_row(grace: rp.Grace, skipped: int, interest_only: int) -> None:
    assert (grace.skipped, grace.interest_only) == (skipped, interest_only)


def test_the_pattern_starts_after_the_grace_on_principal() -> None:
    schedule = built(grace=rp.Grace(principal=3), repayment=rp.EqualPrincipal(2))
    assert rows_of(schedule) == [(0, 1200), (0, 1200), (0, 1200), (60000, 1200), (60000, 600)]
    assert [row.due_on.month for row in schedule] == [2, 3, 4, 5, 6]
    assert [row.number for row in schedule] == [1, 2, 3, 4, 5]


def test_twelve_level_payments_after_three_of_interest_are_fifteen_rows() -> None:
    schedule = built(grace=rp.Grace(principal=3), repayment=rp.LevelPayment(12))
    assert len(schedule) == 15
    assert rows_of(schedule)[3:] == rows_of(built(repayment=rp.LevelPayment(12)))


def test_interest_that_is_put_off_falls_due_with_the_first_row_after_it() -> None:
    schedule = built(grace=rp.Grace(interest=2), repayment=rp.EqualPrincipal(4))
    assert units(schedule, "accrued") == [1200, 900, 600, 300]
    assert units(schedule, "interest") == [0, 0, 1200 + 900 + 600, 300]
    assert units(schedule, "amount") == [30000, 30000, 32700, 30300]
    assert schedule.total_interest == euros("30")


def test_a_level_payment_is_reduced_by_interest_that_is_put_off() -> None:
    plain, put_off = built(), built(grace=rp.Grace(interest=1))
    assert put_off[0].amount == plain[0].amount - euros("12")
    assert put_off[1].amount == plain[1].amount + euros("12")
    assert units(put_off, "principal") == units(plain, "principal")


def test_periods_without_rows_run_on_into_the_next() -> None:
    schedule = built(grace=rp.Grace(principal=3, interest=3), repayment=rp.EqualPrincipal(2))
    assert [row.due_on for row in schedule] == [DATE(2026, 5, 15), DATE(2026, 6, 15)]
    assert rows_of(schedule) == [(60000, 4 * 1200), (60000, 600)]
    assert [row.number for row in schedule] == [1, 2]


def test_interest_over_skipped_periods_is_rounded_once() -> None:
    # 0.50 at 1 % a month is half a cent, rounded to none; two months make a whole one
    schedule = built(
        principal=cents(50), grace=rp.Grace(principal=1, interest=1), repayment=rp.EqualPrincipal(1)
    )
    assert rows_of(schedule) == [(50, 1)]
    assert rows_of(built(principal=cents(50), repayment=rp.EqualPrincipal(1))) == [(50, 0)]


def test_what_is_left_of_the_grace_on_principal_asks_for_interest() -> None:
    schedule = built(grace=rp.Grace(principal=3, interest=1), repayment=rp.EqualPrincipal(1))
    assert [row.due_on.month for row in schedule] == [3, 4, 5]
    assert rows_of(schedule) == [(0, 2400), (0, 1200), (120000, 1200)]


def test_what_is_left_of_the_grace_on_interest_asks_for_principal() -> None:
    schedule = built(grace=rp.Grace(principal=1, interest=3), repayment=rp.EqualPrincipal(3))
    assert [row.due_on.month for row in schedule] == [3, 4, 5]
    assert units(schedule, "accrued") == [2400, 800, 400]
    assert rows_of(schedule) == [(40000, 0), (40000, 0), (40000, 3600)]


def test_free_periods_bear_no_interest() -> None:
    schedule = built(grace=rp.Grace(interest_free=2), repayment=rp.EqualPrincipal(4))
    assert rows_of(schedule) == [(30000, 0), (30000, 0), (30000, 600), (30000, 300)]


def test_free_periods_without_rows_put_off_the_start_of_interest() -> None:
    schedule = built(grace=rp.Grace(principal=2, interest_free=2), repayment=rp.EqualPrincipal(2))
    assert [row.due_on.month for row in schedule] == [4, 5]
    assert rows_of(schedule) == [(60000, 1200), (60000, 600)]


def test_interest_begins_on_the_scheduled_date_of_the_last_free_period() -> None:
    # 15 March to 15 April are 31 days at 0.1 % a day
    changes: dict[str, object] = {"rate": rp.Rate.daily("0.001"), "repayment": rp.EqualPrincipal(1)}
    schedule = built(**changes, grace=rp.Grace(principal=2, interest_free=2))
    assert rows_of(schedule) == [(120000, 31 * 120)]
    # and where interest is put off for longer than it is free: 15 March to 15 May
    schedule = built(**changes, grace=rp.Grace(principal=3, interest=3, interest_free=2))
    assert rows_of(schedule) == [(120000, (31 + 30) * 120)]


def test_a_free_period_with_a_row_ends_where_the_next_begins() -> None:
    # Saturday 28 February is moved to Monday 2 March, and Saturday 28 March to Monday the 30th, 28 days later
    schedule = built(
        rate=rp.Rate.daily("0.001"),
        starts_on=DATE(2026, 1, 28),
        first_due=DATE(2026, 2, 28),
        calendar=rp.WeekendCalendar(),
        accrue_to=rp.AccrueTo.DUE,
        grace=rp.Grace(interest_free=1),
        repayment=rp.EqualPrincipal(2),
    )
    assert [row.due_on for row in schedule] == [DATE(2026, 3, 2), DATE(2026, 3, 30)]
    assert rows_of(schedule) == [(60000, 0), (60000, 28 * 60)]


@pytest.mark.parametrize("day_count", rp.DayCount)
def test_free_periods_are_free_under_every_day_count(day_count: rp.DayCount) -> None:
    schedule = built(day_count=day_count, grace=rp.Grace(interest_free=12))
    assert schedule.total_interest == euros("0")
    assert units(schedule, "amount") == [10000] * 12


def test_skipped_dates_still_count_from_the_anchor() -> None:
    # 31 January to 30 April 2028, a leap year: 90 days at 0.1 % a day
    schedule = built(
        rate=rp.Rate.daily("0.001"),
        starts_on=DATE(2028, 1, 31),
        first_due=DATE(2028, 2, 29),
        anchor_day=31,
        grace=rp.Grace(principal=2, interest=2),
        repayment=rp.EqualPrincipal(2),
    )
    assert [row.due_on for row in schedule] == [DATE(2028, 4, 30), DATE(2028, 5, 31)]
    assert rows_of(schedule) == [(60000, 90 * 120), (60000, 31 * 60)]


def test_a_skipped_irregular_first_period_is_measured_once() -> None:
    # 10 January to 15 February: a month and 5 days; then one more month of 1 %
    schedule = built(
        starts_on=DATE(2026, 1, 10), grace=rp.Grace(principal=1, interest=1), repayment=rp.EqualPrincipal(1)
    )
    assert rows_of(schedule) == [(120000, 1200 + 200 + 1200)]


def test_carried_balances_are_spread_over_the_rows_that_there_are() -> None:
    carried = rp.CarriedBalances(fees=rp.CarriedBalance(euros("9"), rp.CarriedTreatment.SPREAD))
    schedule = built(carried=carried, grace=rp.Grace(principal=3, interest=2), repayment=rp.EqualPrincipal(2))
    assert units(schedule, "carried_fees") == [300, 300, 300]


def test_grace_on_all_interest_is_refused_since_no_row_is_left_to_ask_for_it() -> None:
    error = refusal_of(grace=rp.Grace(interest=12))
    assert (error.code, error.field) == ("terms.grace", "grace.interest")
    assert error.data["installments"] == 12
    schedule = built(grace=rp.Grace(interest=11))
    assert schedule[-1].interest == schedule.total_interest


def test_a_row_of_nothing_is_refused_and_may_be_skipped_as_the_refusal_says() -> None:
    error = refusal_of(grace=rp.Grace(interest=2), repayment=rp.InterestOnly(2, then=rp.EqualPrincipal(2)))
    assert (error.code, error.data["number"]) == ("terms.zero_row", 1)
    assert "grace on principal and interest" in error.message
    schedule = built(grace=rp.Grace(principal=2, interest=2), repayment=rp.EqualPrincipal(2))
    assert rows_of(schedule) == [(60000, 3600), (60000, 600)]


def test_interest_of_nothing_is_refused_in_a_row_of_interest_alone() -> None:
    error = refusal_of(rate=FREE, grace=rp.Grace(principal=1), repayment=rp.EqualPrincipal(2))
    assert error.code == "terms.zero_row"
    assert len(built(rate=FREE, grace=rp.Grace(principal=1, interest=1))) == 12


def test_more_grace_than_dates_is_refused() -> None:
    error = refusal_of(ends_on=DATE(2026, 3, 15), grace=rp.Grace(principal=2))
    assert (error.code, error.field) == ("terms.dates", "repayment")
    assert error.data == {"dates": 2, "installments": 3}


def test_the_row_at_fault_is_counted_with_those_of_interest() -> None:
    error = refusal_of(grace=rp.Grace(principal=2), repayment=rp.FixedPayment(euros("12")))
    assert error.data == {"number": 3, "least_payment": euros("12.01")}
    fixed = rp.FixedPayment(euros("12.01"))
    assert built(grace=rp.Grace(principal=2), repayment=fixed)[2].amount == euros("12.01")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("periods", [-1, 10_001, 10**6])
def test_a_number_out_of_bounds_is_refused_with_the_bound(field: str, periods: int) -> None:
    with pytest.raises(rp.TermsError, match="0 to 10000") as caught:
        rp.Grace(**{field: periods})
    assert caught.value.field == field


@pytest.mark.parametrize("disabled", [False, True])
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("periods", [True, 1.0, "1", None])
def test_a_number_of_another_type_is_refused(field: str, periods: Any, *, disabled: bool) -> None:  # noqa: ANN401  wrong on purpose
    attrs.validators.set_disabled(disabled)
    try:
        with pytest.raises(rp.InputTypeError) as caught:
            rp.Grace(**{field: periods})
    finally:
        attrs.validators.set_disabled(False)  # its only argument
    assert caught.value.field == field


def test_grace_pickles_alone_and_with_its_schedule() -> None:
    grace = rp.Grace(principal=4, interest=2, interest_free=1)
    assert repickled(grace) == grace
    schedule = built(grace=grace)
    assert repickled(schedule) == schedule
    assert repickled(schedule).rows == schedule.rows
