"""Refusals: what each says was wrong, and the count or the amount that would do."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import repayplan as rp
from tests.schedule import DATE, FREE, built, cents, euros, refusal_of, terms_with

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("units", "repayment", "count"),
    [
        (5, rp.LevelPayment(12), 5),
        (5, rp.EqualPrincipal(12), 5),
        (5, rp.FlatInterest(12), 5),
        (1, rp.LevelPayment(2), 1),
        (7, rp.LevelPayment(5, rounding=rp.Rounding.UP), 4),
        # 1.00 in 120 parts: a hundred of one cent is the nearest, though a count of sixty does not work
        (100, rp.EqualPrincipal(120), 100),
        # 3,000.00 in 36 multiples of 100.00: thirty of them
        (300_000, rp.LevelPayment(36, step=euros("100")), 30),
        (300_000, rp.FlatInterest(36, step=euros("100")), 30),
    ],
)
def test_too_many_installments_are_refused_with_the_nearest_count_that_works(
    units: int,
    repayment: Any,  # noqa: ANN401  any pattern with a count
    count: int,
) -> None:
    error = refusal_of(principal=cents(units), rate=FREE, repayment=repayment)
    assert type(error) is rp.TermsError
    assert (error.code, error.field) == ("terms.count", "count")
    assert error.data["count"] == count
    assert f"{count} would do" in error.message
    works = terms_with(principal=cents(units), rate=FREE, repayment=attrs.evolve(repayment, count=count))
    assert len(rp.build_schedule(works)) == count


def test_a_level_payment_that_the_interest_eats_is_negative_amortization() -> None:
    error = refusal_of(principal=euros("10"), rate=rp.Rate.annual("0.30"), repayment=rp.LevelPayment(360))
    assert type(error) is rp.NegativeAmortizationError
    assert error.code == "terms.negative_amortization"
    assert error.data["least_payment"] == euros("0.26")
    assert error.data["number"] == 1
    assert "0.25 EUR in row 1" in error.message


def test_the_least_payment_of_a_level_refusal_outlasts_the_longer_months_that_follow() -> None:
    # Rounded down to whole euros the payment is below February's interest; March has three days more.
    changes: dict[str, object] = {
        "principal": euros("10000"),
        "rate": rp.Rate.annual("0.365"),
        "starts_on": DATE(2026, 2, 1),
        "first_due": DATE(2026, 3, 1),
        "day_count": rp.DayCount.ACT_365F,
    }
    pattern = rp.LevelPayment(300, step=euros("70"), rounding=rp.Rounding.DOWN)
    error = refusal_of(**changes, repayment=pattern)
    least = error.data["least_payment"]
    assert isinstance(least, rp.Money)
    assert rp.build_schedule(terms_with(**changes, repayment=rp.FixedPayment(least)))


def test_a_fixed_principal_of_zero_is_not_blamed_on_the_interest() -> None:
    # Equal principal does not depend on interest, so no payment would help: only the count does.
    error = refusal_of(principal=cents(3), rate=rp.Rate.annual("4"), repayment=rp.EqualPrincipal(12))
    assert type(error) is rp.TermsError
    assert error.data["count"] == 3
    assert "least_payment" not in error.data


@pytest.mark.parametrize(
    ("payment", "least"),
    [
        ("12.00", "12.01"),  # the interest itself
        ("11.99", "12.01"),
        ("0.01", "12.01"),
    ],
)
def test_a_payment_that_does_not_exceed_the_interest_is_refused_with_the_least_that_does(
    payment: str, least: str
) -> None:
    error = refusal_of(repayment=rp.FixedPayment(euros(payment)))
    assert type(error) is rp.NegativeAmortizationError
    assert (error.code, error.field) == ("terms.negative_amortization", "amount")
    assert error.data == {"least_payment": euros(least), "number": 1}
    assert f"the least payment that would do is {least} EUR" in error.message
    assert rp.build_schedule(terms_with(repayment=rp.FixedPayment(euros(least))))
    less = rp.FixedPayment(euros(least) - cents(1))
    assert isinstance(refusal_of(repayment=less), rp.NegativeAmortizationError)


def test_the_row_at_fault_is_named_where_a_later_period_is_longer() -> None:
    # 28 days of February at 0.1 % a day are 33.60, 31 days of March a little more than 37
    changes: dict[str, object] = {
        "rate": rp.Rate.daily("0.001"),
        "starts_on": DATE(2026, 1, 31),
        "first_due": DATE(2026, 2, 28),
        "anchor_day": 31,
    }
    error = refusal_of(**changes, repayment=rp.FixedPayment(euros("34")))
    assert error.data["number"] == 2
    least = error.data["least_payment"]
    assert isinstance(least, rp.Money)
    assert rp.build_schedule(terms_with(**changes, repayment=rp.FixedPayment(least)))
    less = refusal_of(**changes, repayment=rp.FixedPayment(least - cents(1)))
    assert less.data["least_payment"] == least


def test_a_payment_that_takes_too_many_installments_is_refused_with_the_least_that_does_not() -> None:
    changes: dict[str, object] = {"principal": cents(10_001), "rate": FREE}
    error = refusal_of(**changes, repayment=rp.FixedPayment(cents(1)))
    assert type(error) is rp.TermsError
    assert (error.code, error.field) == ("terms.count", "amount")
    assert error.data["least_payment"] == cents(2)
    assert "more than 10000 installments" in error.message
    exactly = terms_with(principal=cents(10_000), rate=FREE, repayment=rp.FixedPayment(cents(1)))
    assert len(rp.build_schedule(exactly)) == 10_000


@pytest.mark.parametrize("accrue_to", rp.AccrueTo)
def test_a_debt_that_outlives_the_calendar_needs_a_payment_that_ends_within_it(
    accrue_to: rp.AccrueTo,
) -> None:
    changes: dict[str, object] = {
        "calendar": rp.ExplicitCalendar(DATE(2026, 1, 1), DATE(2026, 12, 31)),
        "accrue_to": accrue_to,
    }
    error = refusal_of(**changes, repayment=rp.FixedPayment(euros("12")))
    least = error.data["least_payment"]
    assert isinstance(least, rp.Money)
    schedule = rp.build_schedule(terms_with(**changes, repayment=rp.FixedPayment(least)))
    assert schedule.last_due <= DATE(2026, 12, 31)
    with pytest.raises(rp.RepayPlanError):
        rp.build_schedule(terms_with(**changes, repayment=rp.FixedPayment(least - cents(1))))


@pytest.mark.parametrize(
    ("amounts", "place", "clearing"),
    [
        (("712", "504.99"), 1, "505.00"),
        (("712", "505.01"), 1, "505.00"),
        (("1212", "1"), 0, "1212.00"),
        (("5000", "1"), 0, "1212.00"),
        (("1211.99",), 0, "1212.00"),
    ],
)
def test_listed_payments_that_do_not_clear_the_debt_are_refused_with_the_amount_that_does(
    amounts: tuple[str, ...], place: int, clearing: str
) -> None:
    listed = [euros(amount) for amount in amounts]
    error = refusal_of(repayment=rp.CustomPayments(listed))
    assert type(error) is rp.TermsError
    assert (error.code, error.field) == ("terms.last_amount", f"amounts[{place}]")
    assert error.data == {"amount": euros(clearing), "number": place + 1}
    assert f"clear the debt with {clearing} EUR" in error.message
    repaired = rp.CustomPayments([*listed[:place], euros(clearing)])
    assert len(rp.build_schedule(terms_with(repayment=repaired))) == place + 1


def test_a_listed_payment_that_does_not_exceed_the_interest_is_refused_by_its_place() -> None:
    error = refusal_of(repayment=rp.CustomPayments([euros("12"), euros("1212")]))
    assert type(error) is rp.NegativeAmortizationError
    assert error.field == "amounts[0]"
    assert error.data == {"least_payment": euros("12.01"), "number": 1}


def test_a_last_listed_payment_below_the_interest_is_told_the_amount_that_clears_the_debt() -> None:
    # One cent more than the interest would be refused again: only 505.00 ends the debt.
    error = refusal_of(repayment=rp.CustomPayments([euros("712"), euros("0.01")]))
    assert error.field == "amounts[1]"
    assert error.data["amount"] == euros("505")
    assert "505.00 EUR" in error.message


CASES: list[Callable[[], rp.TermsError]] = [
    lambda: refusal_of(principal=cents(5), rate=FREE),
    lambda: refusal_of(repayment=rp.FixedPayment(euros("12"))),
    lambda: refusal_of(repayment=rp.CustomPayments([euros("12"), euros("1212")])),
]


@pytest.mark.parametrize("case", CASES)
def test_a_refusal_pickles_with_its_data(case: Callable[[], rp.TermsError]) -> None:
    error = case()
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
    assert type(again) is type(error)
    assert (again.code, again.field, again.message, again.data) == (
        error.code,
        error.field,
        error.message,
        error.data,
    )


@pytest.mark.parametrize("case", CASES)
def test_a_refusal_is_a_value_error(case: Callable[[], rp.TermsError]) -> None:
    assert isinstance(case(), ValueError)


# --- rows of interest alone before those that repay


@pytest.mark.parametrize(
    "make",
    [
        lambda count: rp.LevelPayment(count, step=euros("100")),
        lambda count: rp.FlatInterest(count, step=euros("100")),
        lambda count: rp.LevelPayment(count, step=euros("100"), difference=rp.Difference.FIRST),
    ],
)
@pytest.mark.parametrize("before", [0, 10, 500])
def test_rows_of_interest_alone_do_not_count_among_those_that_would_do(
    make: Callable[[int], Any], before: int
) -> None:
    # 49,500.00 in payments of 100.00: some rows fewer than the 500 asked for
    changes: dict[str, object] = {
        "principal": euros("49500"),
        "rate": rp.Rate.annual("0.0001"),
        "grace": rp.Grace(principal=before),
    }
    error = refusal_of(**changes, repayment=make(500))
    count: Any = error.data["count"]
    assert error.code == "terms.count"
    assert count < 500
    assert len(built(**changes, repayment=make(count))) == before + count


def test_a_flat_payment_below_its_interest_is_refused_with_a_count_alone() -> None:
    # 100 and 12 of interest round to nothing in thousands; no other payment of interest on all of it would do
    pattern = rp.FlatInterest(12, step=euros("1000"))
    error = refusal_of(repayment=pattern)
    assert type(error) is rp.NegativeAmortizationError
    assert "least_payment" not in error.data
    count: Any = error.data["count"]
    assert len(built(repayment=attrs.evolve(pattern, count=count))) == count


# --- what else the terms ask for does not hide why they were refused


@pytest.mark.parametrize(
    "changes",
    [
        {"fees": [rp.SingleFee(euros("1"), DATE(2026, 12, 1))]},
        {"grace": rp.Grace(interest=8)},
    ],
)
def test_too_many_installments_are_refused_as_such(changes: dict[str, object]) -> None:
    error = refusal_of(principal=cents(5), rate=FREE, **changes)
    assert (error.code, error.field, error.data["count"]) == ("terms.count", "count", 5)
    # fewer installments end before the fee, or within the grace: what is in their way is said next
    again = refusal_of(principal=cents(5), rate=FREE, repayment=rp.LevelPayment(5), **changes)
    assert again.code in ("terms.fee", "terms.grace")
    assert len(built(principal=cents(5), rate=FREE, repayment=rp.LevelPayment(5))) == 5


# --- dates that end


ENDINGS: list[tuple[dict[str, object], int]] = [
    ({"ends_on": DATE(2026, 6, 15)}, 5),
    ({"ends_on": DATE(2026, 6, 20)}, 6),
    ({"ends_on": DATE(2026, 6, 20), "stub": rp.Stub.LONG}, 5),
    ({"ends_on": DATE(2026, 8, 15), "grace": rp.Grace(principal=2, interest=2)}, 5),
    ({"frequency": rp.Frequency.on_dates([DATE(2026, month, 15) for month in range(2, 8)])}, 6),
]


def ending(changes: dict[str, object], last: Any) -> dict[str, object]:  # noqa: ANN401  a date of the data
    """End the dates earlier, as a refusal says."""
    frequency: Any = changes.get("frequency")
    if frequency is None:
        return {**changes, "ends_on": last}
    dates = [day for day in frequency.dates if day <= last]
    return {**changes, "frequency": rp.Frequency.on_dates(dates)}


@pytest.mark.parametrize(("changes", "dates"), ENDINGS)
@pytest.mark.parametrize(
    "make",
    [
        rp.LevelPayment,
        rp.EqualPrincipal,
        rp.FlatInterest,
        lambda count: rp.LevelPayment(count, difference=rp.Difference.FIRST),
        lambda count: rp.LevelPayment(count, difference=rp.Difference.SPREAD),
        lambda count: rp.SeasonalPayments(count, (1,) * 12),
        lambda count: rp.Balloon(count, cents(1)),
    ],
)
def test_a_count_that_would_do_comes_with_the_date_to_end_on(
    changes: dict[str, object], dates: int, make: Callable[[int], Any]
) -> None:
    few: dict[str, object] = {"principal": cents(3), "rate": FREE}
    error = refusal_of(**few, **changes, repayment=make(dates))
    count, last = error.data["count"], error.data["ends_on"]
    assert isinstance(count, int)
    schedule = built(**few, **ending(changes, last), repayment=make(count))
    assert (len(schedule), schedule.scheduled[-1]) == (count, last)


def test_no_date_to_end_on_is_given_where_dates_do_not_end() -> None:
    assert "ends_on" not in refusal_of(principal=cents(3), rate=FREE).data


@pytest.mark.parametrize(("changes", "dates"), ENDINGS)
def test_the_least_payment_ends_by_the_last_date(changes: dict[str, object], dates: int) -> None:
    for amount in ("1", "13", "150"):
        error = refusal_of(**changes, repayment=rp.FixedPayment(euros(amount)))
        least: Any = error.data["least_payment"]
        assert len(built(**changes, repayment=rp.FixedPayment(least))) <= dates
        less = refusal_of(**changes, repayment=rp.FixedPayment(least - cents(1)))
        assert less.data["least_payment"] == least


def test_a_payment_that_no_money_could_replace_is_refused_without_one() -> None:
    # the principal is as high as money goes, and the one date has its interest too
    error = refusal_of(
        principal=cents(10**18),
        frequency=rp.Frequency.on_dates([DATE(2026, 2, 15)]),
        repayment=rp.FixedPayment(euros("1")),
    )
    assert "least_payment" not in error.data
    assert "None" not in error.message


def test_an_amount_beyond_money_is_described() -> None:
    error = refusal_of(
        principal=cents(10**18), rate=rp.Rate.annual("4"), repayment=rp.CustomPayments([euros("1")])
    )
    assert error.data["amount"] is None
    assert "more than 1000000000000000000 minor units" in error.message


# --- many rows


@pytest.mark.parametrize(
    "repayment",
    [
        rp.LevelPayment(10_000, difference=rp.Difference.FIRST),
        rp.LevelPayment(10_000, difference=rp.Difference.SPREAD),
        rp.Balloon(10_000, euros("1000")),
        rp.SeasonalPayments(10_000, (1,) * 12),
        rp.BalloonRemainder(10_000, 10_000),
    ],
)
def test_the_longest_schedules_are_refused_in_time(repayment: Any) -> None:  # noqa: ANN401  any with a count
    changes: dict[str, object] = {
        "principal": euros("1000000"),
        "rate": rp.Rate.annual("0.0600000001"),
        "frequency": rp.Frequency.every_days(1),
    }
    error = refusal_of(**changes, repayment=repayment)
    count: Any = error.data["count"]
    assert len(built(**changes, repayment=attrs.evolve(repayment, count=count))) == count


# --- a calendar in the way


def test_a_calendar_without_an_open_day_is_refused_by_every_pattern() -> None:
    for repayment in (
        rp.LevelPayment(12),
        rp.InterestOnly(12),
        rp.FixedPayment(euros("100")),
        rp.SeasonalPayments(12, (1,) * 12),
    ):
        with pytest.raises(rp.DateError) as caught:
            built(calendar=lambda _: False, repayment=repayment)
        assert caught.value.code == "calendar.closed_run"


def test_under_an_open_review_the_least_payment_need_only_exceed_the_interest() -> None:
    terms: dict[str, object] = {"review_on": DATE(2026, 7, 15)}
    error = refusal_of(**terms, repayment=rp.FixedPayment(euros("12")))
    assert error.data["least_payment"] == euros("12.01")
    schedule = built(**terms, repayment=rp.FixedPayment(euros("12.01")))
    assert schedule.residual > euros("1199")


def test_the_least_payment_of_a_spread_refusal_is_the_least() -> None:
    # Spread payments are of 0.32 and 0.33; the one that was stuck says nothing about a fixed payment.
    changes: dict[str, object] = {"principal": euros("1"), "rate": rp.Rate.annual("3.9")}
    spread = rp.LevelPayment(16, difference=rp.Difference.SPREAD)
    least = refusal_of(**changes, repayment=spread).data["least_payment"]
    assert least == euros("0.33")
    refusal_of(**changes, repayment=rp.FixedPayment(euros("0.32")))
    assert built(**changes, repayment=rp.FixedPayment(euros("0.33")))


def test_a_balloon_that_leaves_nothing_to_pay_is_told_of_a_single_payment() -> None:
    changes: dict[str, object] = {"principal": cents(1), "rate": FREE}
    error = refusal_of(**changes, repayment=rp.Balloon(2, cents(1)))
    assert "LevelPayment(1) would do" in error.message
    assert built(**changes, repayment=rp.LevelPayment(1))
