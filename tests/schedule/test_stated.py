"""Patterns that state their payments: fixed, listed and in steps."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import repayplan as rp
from tests.schedule import (
    DATE,
    FREE,
    PERCENT,
    built,
    cents,
    euros,
    refusal_of,
    repickled,
    rows_of,
    run_down,
    terms_with,
    units,
)

# --- a fixed payment


def test_a_fixed_payment_is_paid_as_often_as_it_takes() -> None:
    schedule = built(repayment=rp.FixedPayment(euros("500")))
    assert units(schedule, "amount") == [50000, 50000, 22131]  # 1,200 -> 712.00 -> 219.12, + 2.19


def test_a_fixed_payment_that_covers_all_is_one_installment() -> None:
    assert units(built(repayment=rp.FixedPayment(euros("1212"))), "amount") == [121200]
    assert units(built(repayment=rp.FixedPayment(euros("5000"))), "amount") == [121200]
    assert len(built(repayment=rp.FixedPayment(euros("1211.99")))) == 2


def test_a_fixed_payment_is_made_up_to_the_review_and_leaves_the_rest() -> None:
    # 1,200 -> 1,112 -> 1,023.12: interest of 12.00 and 11.12
    schedule = built(review_on=DATE(2026, 4, 14), repayment=rp.FixedPayment(euros("100")))
    assert rows_of(schedule) == [(8800, 1200), (8888, 1112)]
    assert schedule.residual == schedule[-1].closing == euros("1023.12")
    assert units(schedule, "amount") == [10000, 10000]
    assert schedule.total == euros("200")
    assert repickled(schedule) == schedule


def test_a_payment_on_the_day_of_the_review_is_made() -> None:
    assert len(built(review_on=DATE(2026, 4, 15), repayment=rp.FixedPayment(euros("100")))) == 3


def test_the_review_looks_at_the_scheduled_dates() -> None:
    # Sunday 15 February moves to the 16th, after the review
    schedule = built(
        review_on=DATE(2026, 2, 15),
        calendar=rp.WeekendCalendar(),
        repayment=rp.FixedPayment(euros("100")),
    )
    assert [row.due_on for row in schedule] == [DATE(2026, 2, 16)]


def test_a_debt_that_is_cleared_before_its_review_leaves_nothing() -> None:
    schedule = built(review_on=DATE(2027, 1, 1), repayment=rp.FixedPayment(euros("500")))
    assert schedule.rows == built(repayment=rp.FixedPayment(euros("500"))).rows
    assert schedule.residual == euros("0")


def test_a_review_by_which_a_cent_is_left_is_not_yet_the_end() -> None:
    # 1,212.00 clears the debt in one row; one cent less leaves one cent
    review = DATE(2026, 2, 20)
    assert built(review_on=review, repayment=rp.FixedPayment(euros("1212"))).residual == euros("0")
    assert built(review_on=review, repayment=rp.FixedPayment(euros("1211.99"))).residual == cents(1)


def test_no_date_after_the_review_is_asked_for() -> None:
    payment = rp.FixedPayment(euros("20"))
    calendar = rp.ExplicitCalendar(DATE(2026, 1, 1), DATE(2026, 6, 30))
    assert len(built(calendar=calendar, review_on=DATE(2026, 6, 30), repayment=payment)) == 5
    last = built(
        starts_on=DATE(9990, 2, 15),
        first_due=DATE(9990, 2, 15),
        frequency=rp.Frequency.ANNUAL,
        review_on=DATE(9999, 12, 31),
        repayment=rp.FixedPayment(euros("150")),
    )
    assert last.last_due == DATE(9999, 2, 15)


def test_no_date_after_the_debt_is_cleared_is_asked_for() -> None:
    calendar = rp.ExplicitCalendar(DATE(2026, 1, 1), DATE(2027, 6, 30))
    schedule = built(calendar=calendar, review_on=DATE(2030, 6, 30), repayment=rp.FixedPayment(euros("200")))
    assert (len(schedule), schedule.residual) == (7, euros("0"))


def test_more_payments_up_to_a_review_than_there_may_be_are_refused() -> None:
    changes: dict[str, object] = {
        "principal": euros("1000000"),
        "rate": FREE,
        "frequency": rp.Frequency.every_days(1),
        "repayment": rp.FixedPayment(cents(1)),
    }
    last = DATE(2026, 2, 15).add(days=9_999)
    assert len(built(**changes, review_on=last)) == 10_000
    error = refusal_of(**changes, review_on=last.add(days=1))
    assert (error.code, error.data["maximum"]) == ("count.range", 10_000)


def test_a_payment_below_the_interest_is_refused_before_a_review_too() -> None:
    changes: dict[str, object] = {"review_on": DATE(2026, 7, 15)}
    error = refusal_of(**changes, repayment=rp.FixedPayment(euros("5")))
    assert type(error) is rp.NegativeAmortizationError
    least: Any = error.data["least_payment"]
    assert built(**changes, repayment=rp.FixedPayment(least)).last_due <= DATE(2026, 7, 15)


def test_a_stated_residual_is_left_by_the_last_payment() -> None:
    # 1,200 -> 1,112 -> 1,023.12 -> 1,000: 23.12 and 10.23
    changes: dict[str, object] = {"residual": euros("1000"), "repayment": rp.FixedPayment(euros("100"))}
    schedule = built(**changes, review_on=DATE(2026, 4, 15))
    assert rows_of(schedule) == run_down(120000, [PERCENT] * 3, [10000, 10000], 100000)
    assert schedule.residual == euros("1000")


def test_a_payment_that_reaches_the_residual_after_the_review_is_refused() -> None:
    changes: dict[str, object] = {"residual": euros("1000"), "repayment": rp.FixedPayment(euros("100"))}
    error = refusal_of(**changes, review_on=DATE(2026, 4, 14))
    assert (error.code, error.field) == ("terms.review_on", "review_on")
    last: Any = error.data["last"]
    assert last == DATE(2026, 4, 15)
    assert built(**changes, review_on=last).residual == euros("1000")


def test_the_least_payment_reaches_a_stated_residual_by_the_review() -> None:
    changes: dict[str, object] = {"review_on": DATE(2026, 7, 15), "residual": euros("600")}
    error = refusal_of(**changes, repayment=rp.FixedPayment(euros("5")))
    least: Any = error.data["least_payment"]
    schedule = built(**changes, repayment=rp.FixedPayment(least))
    assert (schedule.residual, schedule.last_due) == (euros("600"), DATE(2026, 7, 15))
    assert refusal_of(**changes, repayment=rp.FixedPayment(least - cents(1))).code == "terms.review_on"


# --- listed payments


def test_custom_payments_are_paid_as_listed() -> None:
    # 1,200 + 12 - 712 = 500; 500 + 5 = 505
    schedule = built(repayment=rp.CustomPayments([euros("712"), euros("505")]))
    assert units(schedule, "amount") == [71200, 50500]
    assert units(schedule, "principal") == [70000, 50000]


def test_custom_payments_keep_their_amounts_as_a_tuple() -> None:
    assert rp.CustomPayments([euros("1")]).amounts == (euros("1"),)


def test_custom_payments_leave_a_stated_residual_exactly() -> None:
    changes: dict[str, object] = {"review_on": DATE(2026, 3, 15), "residual": euros("200")}
    schedule = built(**changes, repayment=rp.CustomPayments([euros("712"), euros("305")]))
    assert (units(schedule, "principal"), schedule.residual) == ([70000, 30000], euros("200"))
    error = refusal_of(**changes, repayment=rp.CustomPayments([euros("712"), euros("505")]))
    assert (error.field, error.data["amount"]) == ("amounts[1]", euros("305"))


def test_custom_payments_count_from_the_first_that_repays_principal() -> None:
    payments = rp.CustomPayments([euros("712"), euros("504")])
    error = refusal_of(grace=rp.Grace(principal=2), repayment=payments)
    assert error.field == "amounts[1]"
    assert (error.data["number"], error.data["amount"]) == (2, euros("505"))


def test_custom_payments_that_clear_the_debt_before_the_last_date_are_told_the_date() -> None:
    listed = [euros("700"), euros("500"), euros("1")]
    changes: dict[str, object] = {"rate": FREE}
    error = refusal_of(**changes, ends_on=DATE(2026, 4, 15), repayment=rp.CustomPayments(listed))
    number, amount, end = error.data["number"], error.data["amount"], error.data["ends_on"]
    assert (number, amount, end) == (2, euros("500"), DATE(2026, 3, 15))
    assert len(built(**changes, ends_on=end, repayment=rp.CustomPayments([listed[0], euros("500")]))) == 2


# --- steps


def test_payments_in_steps_are_made_in_turn_and_the_last_is_what_is_left() -> None:
    # 1,200 -> 1,112 -> 1,023.12 -> 533.35 -> 38.68, and its interest
    schedule = built(repayment=rp.StepPayments(((2, euros("100")), (3, euros("500")))))
    payments = [10000, 10000, 50000, 50000]
    assert rows_of(schedule) == run_down(120000, [PERCENT] * 5, payments)
    assert units(schedule, "amount")[:-1] == payments
    assert units(schedule, "amount")[-1] == 3907


def test_the_last_payment_of_the_steps_may_be_all_of_its_amount() -> None:
    schedule = built(rate=FREE, repayment=rp.StepPayments(((2, euros("300")), (1, euros("600")))))
    assert units(schedule, "amount") == [30000, 30000, 60000]


def test_steps_that_never_pay_the_debt_are_refused_with_what_the_last_would_be() -> None:
    error = refusal_of(rate=FREE, repayment=rp.StepPayments(((2, euros("300")), (2, euros("200")))))
    assert (error.code, error.field) == ("terms.last_amount", "steps[1][1]")
    clearing: Any = error.data["amount"]
    assert (error.data["step"], error.data["number"], clearing) == (1, 4, euros("400"))
    repaired = rp.StepPayments(((2, euros("300")), (1, euros("200")), (1, clearing)))
    assert len(built(rate=FREE, repayment=repaired)) == 4


def test_a_last_step_below_the_interest_is_told_what_the_last_would_be() -> None:
    error = refusal_of(repayment=rp.StepPayments(((1, euros("712")), (1, euros("1")))))
    assert (error.code, error.data["amount"]) == ("terms.last_amount", euros("505"))


def test_steps_that_clear_the_debt_early_are_refused_with_the_payment_that_does() -> None:
    error = refusal_of(rate=FREE, repayment=rp.StepPayments(((2, euros("300")), (4, euros("400")))))
    assert (error.code, error.field) == ("terms.count", "steps[1][0]")
    assert error.data == {"step": 1, "number": 4, "count": 4, "amount": euros("200")}
    repaired = rp.StepPayments(((2, euros("300")), (2, euros("400"))))
    assert units(built(rate=FREE, repayment=repaired), "amount") == [30000, 30000, 40000, 20000]


def test_steps_that_clear_the_debt_before_the_last_date_are_told_the_date() -> None:
    error = refusal_of(
        rate=FREE,
        ends_on=DATE(2026, 7, 15),
        repayment=rp.StepPayments(((2, euros("300")), (4, euros("400")))),
    )
    end = error.data["ends_on"]
    assert end == DATE(2026, 5, 15)
    repaired = rp.StepPayments(((2, euros("300")), (2, euros("400"))))
    assert len(built(rate=FREE, ends_on=end, repayment=repaired)) == 4


@pytest.mark.parametrize(("grace", "number"), [(rp.Grace(), 2), (rp.Grace(principal=3), 5)])
def test_a_step_that_does_not_exceed_the_interest_is_refused_by_its_place(
    grace: rp.Grace, number: int
) -> None:
    steps = ((1, euros("112")), (2, euros("11")), (20, euros("100")))
    error = refusal_of(grace=grace, repayment=rp.StepPayments(steps))
    assert type(error) is rp.NegativeAmortizationError
    assert error.field == "steps[1][1]"
    assert f"row {number}" in error.message
    least: Any = error.data["least_payment"]
    assert (error.data["step"], least) == (1, euros("11.01"))
    # one more than the interest goes on, to be told next where the steps clear the debt
    repaired = (steps[0], (2, least), steps[2])
    again = refusal_of(grace=grace, repayment=rp.StepPayments(repaired))
    count: Any = again.data["count"]
    assert built(grace=grace, repayment=rp.StepPayments((*repaired[:2], (count - 3, euros("100")))))


def test_steps_leave_a_residual() -> None:
    schedule = built(
        rate=FREE,
        review_on=DATE(2026, 4, 15),
        residual=euros("700"),
        repayment=rp.StepPayments(((1, euros("100")), (2, euros("200")))),
    )
    assert units(schedule, "amount") == [10000, 20000, 20000]
    assert schedule.residual == euros("700")


def test_the_longest_steps_build() -> None:
    steps = rp.StepPayments(((9_999, cents(12)), (1, euros("10"))))
    schedule = built(rate=FREE, frequency=rp.Frequency.every_days(1), repayment=steps)
    assert units(schedule, "amount") == [12] * 9_999 + [12]
    each = rp.StepPayments(((1, cents(12)),) * 10_000)
    assert built(rate=FREE, frequency=rp.Frequency.every_days(1), repayment=each).rows == schedule.rows


@pytest.mark.parametrize(
    ("steps", "field"),
    [
        ((), "steps"),
        (((1, cents(1)),) * 10_001, "steps"),
        (((10_000, cents(1)), (1, cents(1))), "steps"),
        (((0, euros("1")),), "steps[0][0]"),
        (((1, euros("1")), (10**6, euros("1"))), "steps[1][0]"),
        (((1, euros("0")),), "steps[0][1]"),
        (((1, euros("1")), (1, euros("-1"))), "steps[1][1]"),
    ],
)
def test_steps_that_make_no_payments_are_refused_by_their_place(steps: Any, field: str) -> None:  # noqa: ANN401  wrong on purpose
    with pytest.raises(rp.TermsError) as caught:
        rp.StepPayments(steps)
    assert caught.value.field == field
    if field == "steps":
        assert "10000" in caught.value.message


@pytest.mark.parametrize("disabled", [False, True])
@pytest.mark.parametrize(
    ("steps", "field"),
    [
        (None, "steps"),
        (12, "steps"),
        ("12", "steps"),
        ({1: euros("1")}, "steps"),
        ((12,), "steps[0]"),
        (((1, 100),), "steps[0]"),
        (((1, "100"),), "steps[0]"),
        (((1, euros("1"), 2),), "steps[0]"),
        (((True, euros("1")),), "steps[0][0]"),
        (((1.0, euros("1")),), "steps[0][0]"),
        ((("1", euros("1")),), "steps[0][0]"),
    ],
)
def test_steps_of_another_type_are_refused_by_their_place(steps: Any, field: str, *, disabled: bool) -> None:  # noqa: ANN401  wrong on purpose
    attrs.validators.set_disabled(disabled)
    try:
        with pytest.raises(rp.InputTypeError) as caught:
            rp.StepPayments(steps)
    finally:
        attrs.validators.set_disabled(False)  # its only argument
    assert caught.value.field == field


def test_a_step_in_another_currency_is_refused() -> None:
    with pytest.raises(rp.MoneyError) as caught:
        terms_with(repayment=rp.StepPayments(((1, euros("100")), (1, rp.Money("1200", "USD")))))
    assert (caught.value.code, caught.value.field) == ("money.currency", "repayment")


def test_steps_are_kept_as_tuples_and_pickle() -> None:
    steps: Any = [[2, euros("100")], [3, euros("500")]]
    pattern = rp.StepPayments(steps)
    assert pattern == rp.StepPayments(((2, euros("100")), (3, euros("500"))))
    assert repickled(pattern) == pattern
    assert repickled(built(repayment=pattern)) == built(repayment=pattern)
