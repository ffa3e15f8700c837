"""DeferringPayments: what a payment does not reach of the interest waits, and bears none."""

from __future__ import annotations

import pickle

import pendulum
import pytest

import repayplan as rp
from tests.schedule import euros

START = pendulum.date(2026, 1, 1)


def terms(*steps: tuple[int, str], **fields: object) -> rp.Terms:
    given = {
        "principal": euros("10000"),
        "rate": rp.Rate.annual("0.18"),
        "starts_on": START,
        "first_due": pendulum.date(2026, 2, 1),
        "repayment": rp.DeferringPayments(tuple((count, euros(amount)) for count, amount in steps)),
    }
    return rp.Terms(**{**given, **fields})  # type: ignore[arg-type]  # fields of several types


def rows(schedule: rp.Schedule) -> list[tuple[str, str, str]]:
    return [
        (str(row.accrued.amount), str(row.interest.amount), str(row.principal.amount)) for row in schedule
    ]


def test_a_low_payment_leaves_interest_to_the_next_ones_before_any_principal() -> None:
    schedule = rp.build_schedule(terms((2, "100"), (1, "300"), (1, "20000")))
    assert rows(schedule) == [
        ("150.00", "100.00", "0.00"),
        ("150.00", "100.00", "0.00"),
        ("150.00", "250.00", "50.00"),
        ("149.25", "149.25", "9950.00"),
    ]
    assert schedule.total_interest == euros("599.25")
    assert schedule.total == euros("10599.25")


def test_a_payment_of_the_interest_alone_is_no_deferral() -> None:
    schedule = rp.build_schedule(terms((1, "150"), (1, "20000")))
    assert rows(schedule) == [("150.00", "150.00", "0.00"), ("150.00", "150.00", "10000.00")]


def test_steps_that_leave_too_much_say_how_much() -> None:
    with pytest.raises(rp.TermsError, match=r"10448\.25 EUR for the last payment") as caught:
        rp.build_schedule(terms((1, "0.75"), (1, "1"), (1, "10400")))
    assert caught.value.code == "terms.last_amount"
    assert caught.value.data["amount"] == euros("10448.25")


def test_steps_that_clear_the_debt_early_say_where() -> None:
    with pytest.raises(rp.TermsError, match="end the steps there") as caught:
        rp.build_schedule(terms((1, "100"), (1, "11000"), (1, "5")))
    assert caught.value.data["amount"] == euros("10200")


def test_rows_of_interest_alone_come_before_them() -> None:
    schedule = rp.build_schedule(terms((1, "100"), (1, "20000"), grace=rp.Grace(principal=1)))
    assert rows(schedule)[:2] == [("150.00", "150.00", "0.00"), ("150.00", "100.00", "0.00")]


def test_a_grace_on_interest_is_refused_since_the_pattern_defers_by_itself() -> None:
    with pytest.raises(rp.TermsError, match="expected no grace on interest") as caught:
        terms((1, "100"), (1, "20000"), grace=rp.Grace(interest=1))
    assert (caught.value.code, caught.value.field) == ("terms.grace", "grace.interest")


def test_a_residual_is_left_with_all_interest_paid() -> None:
    left = {"residual": euros("9000"), "review_on": pendulum.date(2026, 12, 31)}
    schedule = rp.build_schedule(terms((1, "100"), (1, "2000"), **left))
    assert rows(schedule) == [("150.00", "100.00", "0.00"), ("150.00", "200.00", "1000.00")]
    assert schedule.residual == euros("9000")


def test_columns_that_no_payments_give_are_refused() -> None:
    schedule = rp.build_schedule(terms((2, "100"), (1, "300"), (1, "20000")))
    principals = (1_00, *schedule.principals[1:-1], schedule.principals[-1] - 1_00)
    with pytest.raises(rp.TermsError) as caught:
        rp.Schedule(
            schedule.terms, schedule.scheduled, schedule.due, principals, (15_000, 14_998, 14_998, 14_924)
        )
    assert (caught.value.code, caught.value.field) == ("schedule.principal", "principals[0]")


def test_the_pattern_is_a_value_of_its_own() -> None:
    pattern = rp.DeferringPayments(((2, euros("100")),))
    assert pattern == pickle.loads(pickle.dumps(pattern))  # noqa: S301  # our own bytes
    assert pattern != rp.StepPayments(((2, euros("100")),))
