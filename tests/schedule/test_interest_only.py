"""Interest alone, and what comes after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    level,
    refusal_of,
    repickled,
    rows_of,
    run_down,
    terms_with,
    units,
)

if TYPE_CHECKING:
    from repayplan.schedule.repayment import Repayment


def test_without_more_the_last_repays_all() -> None:
    schedule = built(repayment=rp.InterestOnly(3))
    assert rows_of(schedule) == [(0, 1200), (0, 1200), (120000, 1200)]
    assert [row.closing.minor_units for row in schedule] == [120000, 120000, 0]


def test_one_of_interest_alone_is_a_bullet() -> None:
    assert rows_of(built(repayment=rp.InterestOnly(1))) == [(120000, 1200)]


PATTERNS: list[tuple[Repayment, int]] = [
    (rp.LevelPayment(6), 6),
    (rp.LevelPayment(6, resets=True), 6),
    (rp.LevelPayment(6, difference=rp.Difference.FIRST), 6),
    (rp.EqualPrincipal(6), 6),
    (rp.FlatInterest(6), 6),
    (rp.FlatInterest(6, step=euros("1")), 6),
    (rp.FixedPayment(euros("500")), 3),
    (rp.CustomPayments([euros("712"), euros("505")]), 2),
    (rp.StepPayments(((1, euros("712")), (1, euros("600")))), 2),
    (rp.Balloon(6, euros("600")), 6),
    (rp.BalloonRemainder(6, 12), 6),
    (rp.SeasonalPayments(6, (1,) * 12), 6),
]


@pytest.mark.parametrize(("then", "count"), PATTERNS)
def test_any_pattern_may_follow_and_pays_as_it_would_alone(then: Repayment, count: int) -> None:
    schedule = built(repayment=rp.InterestOnly(3, then=then))
    assert rows_of(schedule) == [(0, 1200)] * 3 + rows_of(built(repayment=then))
    assert len(schedule) == 3 + count
    assert repickled(schedule) == schedule


@pytest.mark.parametrize(("then", "count"), PATTERNS)
def test_a_grace_on_principal_does_the_same(then: Repayment, count: int) -> None:
    by_grace = built(grace=rp.Grace(principal=3), repayment=then)
    assert by_grace.rows == built(repayment=rp.InterestOnly(3, then=then)).rows
    assert len(by_grace) == 3 + count


def test_both_kinds_of_interest_alone_add_up() -> None:
    schedule = built(grace=rp.Grace(principal=2), repayment=rp.InterestOnly(2, then=rp.EqualPrincipal(2)))
    assert units(schedule, "principal") == [0, 0, 0, 0, 60000, 60000]


def test_skipped_periods_come_before_interest_alone() -> None:
    schedule = built(grace=rp.Grace(principal=2, interest=2), repayment=rp.InterestOnly(2))
    assert rows_of(schedule) == [(0, 3600), (120000, 1200)]


def test_the_days_of_each_period_count() -> None:
    schedule = built(rate=rp.Rate.daily("0.001"), repayment=rp.InterestOnly(2, then=rp.LevelPayment(2)))
    rates = [PERCENT / 10 * days for days in (31, 30)]  # to 15 April, to 15 May
    expected = run_down(120000, rates, [round(level(120000, rates))])
    assert rows_of(schedule) == [(0, 31 * 120), (0, 28 * 120), *expected]


def test_the_longest_schedule_builds() -> None:
    schedule = built(
        frequency=rp.Frequency.every_days(1), starts_on=DATE(2026, 2, 14), repayment=rp.InterestOnly(10_000)
    )
    assert len(schedule) == 10_000
    assert units(schedule, "principal") == [0] * 9_999 + [120000]


@pytest.mark.parametrize(
    "changes",
    [
        {"repayment": rp.InterestOnly(5_001, then=rp.EqualPrincipal(5_000))},
        {"repayment": rp.InterestOnly(10_000, then=rp.EqualPrincipal(10_000))},
        {"grace": rp.Grace(principal=10_000), "repayment": rp.EqualPrincipal(1)},
    ],
)
def test_more_rows_in_all_than_a_schedule_may_have_are_refused(changes: dict[str, object]) -> None:
    error = refusal_of(**changes)
    assert (error.code, error.data["maximum"]) == ("count.range", 10_000)
    assert "10000" in error.message


def test_a_fixed_payment_after_all_rows_that_there_may_be_is_refused() -> None:
    error = refusal_of(grace=rp.Grace(principal=10_000), repayment=rp.FixedPayment(euros("50")))
    assert error.code == "terms.count"
    assert "least_payment" not in error.data  # none would do
    assert "None" not in error.message


def test_it_answers_for_the_pattern_that_follows() -> None:
    pattern = rp.InterestOnly(3, then=rp.FixedPayment(cents(510)))
    assert pattern.row_count(1000, 0, [(1, 100)] * 12, rp.Rounding.HALF_EVEN) == 2
    assert pattern.core.interest_only == 0
    assert rp.InterestOnly(3).row_count(1000, 0, [], rp.Rounding.HALF_EVEN) == 1


# --- temporary terms


def test_a_bullet_leaves_the_residual() -> None:
    schedule = built(review_on=DATE(2026, 4, 15), residual=euros("700"), repayment=rp.InterestOnly(3))
    assert rows_of(schedule) == [(0, 1200), (0, 1200), (50000, 1200)]
    assert schedule.residual == euros("700")


def test_temporary_terms_may_ask_for_interest_alone() -> None:
    schedule = built(review_on=DATE(2026, 4, 15), residual=euros("1200"), repayment=rp.InterestOnly(3))
    assert rows_of(schedule) == [(0, 1200)] * 3
    assert schedule[-1].closing == schedule.residual == euros("1200")
    assert repickled(schedule) == schedule


@pytest.mark.parametrize(
    ("residual", "repayment"),
    [
        ("1200.01", rp.InterestOnly(3)),
        ("1200", rp.InterestOnly(2, then=rp.EqualPrincipal(1))),
        ("1200", rp.LevelPayment(3)),
    ],
)
def test_a_residual_of_all_or_more_is_refused_where_principal_is_repaid(
    residual: str, repayment: Repayment
) -> None:
    with pytest.raises(rp.TermsError) as caught:
        terms_with(review_on=DATE(2026, 4, 15), residual=euros(residual), repayment=repayment)
    assert (caught.value.code, caught.value.field) == ("terms.residual", "residual")


def test_a_fixed_payment_after_interest_alone_goes_on_to_the_review() -> None:
    pattern = rp.InterestOnly(2, then=rp.FixedPayment(euros("112")))
    schedule = built(review_on=DATE(2026, 5, 20), repayment=pattern)
    # 1,200 -> 1,100 -> 999
    assert rows_of(schedule) == [(0, 1200), (0, 1200), (10000, 1200), (10100, 1100)]
    assert schedule.residual == euros("999")


def test_a_review_before_principal_is_due_is_refused() -> None:
    pattern = rp.InterestOnly(3, then=rp.FixedPayment(euros("112")))
    error = refusal_of(review_on=DATE(2026, 4, 20), repayment=pattern)
    assert (error.code, error.field) == ("terms.review_on", "review_on")
    assert error.data["earliest"] == DATE(2026, 5, 15)
    assert len(built(review_on=DATE(2026, 5, 15), repayment=pattern)) == 4


# --- refusals


def test_no_interest_at_all_is_refused_by_the_row_that_would_ask_for_nothing() -> None:
    error = refusal_of(rate=FREE, repayment=rp.InterestOnly(3))
    assert (error.code, error.data["number"]) == ("terms.zero_row", 1)
    skipped = rp.Grace(principal=2, interest=2)
    assert units(built(rate=FREE, grace=skipped, repayment=rp.InterestOnly(1)), "amount") == [120000]


def test_a_refusal_looks_into_the_pattern_that_follows() -> None:
    error = refusal_of(
        principal=cents(500),
        rate=rp.Rate.annual("0.12"),
        repayment=rp.InterestOnly(2, then=rp.EqualPrincipal(600)),
    )
    assert error.field == "count"
    count: Any = error.data["count"]
    pattern = rp.InterestOnly(2, then=rp.EqualPrincipal(count))
    assert len(built(principal=cents(500), repayment=pattern)) == 2 + count


def test_interest_alone_does_not_follow_interest_alone() -> None:
    with pytest.raises(rp.TermsError, match="add its count") as caught:
        rp.InterestOnly(2, then=rp.InterestOnly(2))
    assert (caught.value.code, caught.value.field) == ("terms.then", "then")


@pytest.mark.parametrize("disabled", [False, True])
@pytest.mark.parametrize("then", ["level", 12, rp.LevelPayment, euros("1")])
def test_what_is_no_pattern_cannot_follow(then: Any, *, disabled: bool) -> None:  # noqa: ANN401  wrong on purpose
    attrs.validators.set_disabled(disabled)
    try:
        with pytest.raises(rp.InputTypeError) as caught:
            rp.InterestOnly(2, then=then)
    finally:
        attrs.validators.set_disabled(False)  # its only argument
    assert caught.value.field == "then"


def test_an_amount_of_the_pattern_that_follows_must_be_in_the_currency() -> None:
    with pytest.raises(rp.MoneyError) as caught:
        terms_with(repayment=rp.InterestOnly(2, then=rp.FixedPayment(rp.Money("100", "USD"))))
    assert caught.value.field == "repayment"


def test_patterns_pickle() -> None:
    for pattern in (rp.InterestOnly(2), rp.InterestOnly(2, then=rp.LevelPayment(3))):
        assert repickled(pattern) == pattern
        assert hash(repickled(pattern)) == hash(pattern)
