"""Terms: their defaults, and everything that they check once."""

from __future__ import annotations

import copy
import datetime
import pickle
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.schedule import DATE, built, cents, euros, refusal_of, repickled, rows_of, terms_with, units


def test_the_defaults_are_those_of_the_contract() -> None:
    terms = terms_with()
    assert terms.frequency == rp.Frequency.MONTHLY
    assert terms.anchor_day is None
    assert terms.day_count is rp.DayCount.NOMINAL
    assert terms.rounding is rp.Rounding.HALF_EVEN
    assert terms.calendar is None
    assert terms.convention is rp.BusinessDayConvention.FOLLOWING
    assert terms.month_end is rp.MonthEnd.CLAMP
    assert terms.accrue_to is rp.AccrueTo.SCHEDULED
    assert terms.carried == rp.CarriedBalances()
    assert terms.ends_on is None
    assert terms.stub is rp.Stub.SHORT
    assert terms.first_period is rp.FirstPeriod.MONTHS_AND_DAYS
    assert terms.grace == rp.Grace()
    assert terms.upfront is None
    assert terms.fees == ()
    assert terms.review_on is None
    assert terms.residual is None


def test_any_date_is_taken_and_kept_as_a_pendulum_date() -> None:
    terms = terms_with(starts_on=datetime.date(2026, 1, 15), first_due=datetime.date(2026, 2, 15))
    assert type(terms.starts_on) is pendulum.Date
    assert type(terms.first_due) is pendulum.Date
    assert terms == terms_with()


@pytest.mark.parametrize("field", ["starts_on", "first_due"])
def test_a_date_that_is_left_out_is_refused(field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        terms_with(**{field: None})
    assert caught.value.field == field


@pytest.mark.parametrize("field", ["starts_on", "first_due", "ends_on", "review_on"])
@pytest.mark.parametrize("value", [datetime.datetime(2026, 2, 15), "2026-02-15", True, 20260215.0])  # noqa: DTZ001  wrong on purpose
def test_what_is_no_date_is_refused(field: str, value: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        terms_with(**{field: value})
    assert caught.value.field == field


@pytest.mark.parametrize(
    "field",
    [
        "principal",
        "rate",
        "repayment",
        "frequency",
        "day_count",
        "rounding",
        "convention",
        "month_end",
        "accrue_to",
        "carried",
        "calendar",
        "anchor_day",
        "stub",
        "first_period",
        "grace",
        "fees",
        "upfront",
        "residual",
        "ends_on",
        "review_on",
    ],
)
def test_a_field_of_another_type_is_refused_by_name(field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        terms_with(**{field: 1.5})
    assert caught.value.field == field


@pytest.mark.parametrize("units", [0, -1])
def test_a_principal_that_is_not_above_zero_is_refused(units: int) -> None:
    with pytest.raises(rp.TermsError, match="above zero") as caught:
        terms_with(principal=cents(units))
    assert caught.value.field == "principal"


def test_a_first_due_date_before_the_start_is_refused_with_both_dates() -> None:
    with pytest.raises(rp.DateError) as caught:
        terms_with(first_due=DATE(2026, 1, 14))
    assert caught.value.field == "first_due"
    assert "2026-01-14" in caught.value.message
    assert "2026-01-15" in caught.value.message


def test_a_first_due_date_on_the_start_is_an_empty_first_period() -> None:
    schedule = rp.build_schedule(terms_with(first_due=DATE(2026, 1, 15)))
    assert schedule[0].interest == euros("0")
    assert schedule[1].interest > euros("0")


@pytest.mark.parametrize(
    ("first_due", "anchor_day", "month_end"),
    [
        (DATE(2026, 2, 27), 31, rp.MonthEnd.CLAMP),
        (DATE(2026, 3, 30), 31, rp.MonthEnd.CLAMP),
        (DATE(2026, 2, 28), 31, rp.MonthEnd.ROLL),
        (DATE(2026, 3, 15), 14, rp.MonthEnd.CLAMP),
    ],
)
def test_a_first_due_date_off_its_anchor_is_refused(
    first_due: pendulum.Date, anchor_day: int, month_end: rp.MonthEnd
) -> None:
    with pytest.raises(rp.DateError) as caught:
        terms_with(first_due=first_due, anchor_day=anchor_day, month_end=month_end)
    assert caught.value.field == "anchor_day"


@pytest.mark.parametrize("anchor_day", [0, 32, -1])
def test_an_anchor_that_is_no_day_of_a_month_is_refused(anchor_day: int) -> None:
    with pytest.raises(rp.DateError, match="1 to 31"):
        terms_with(anchor_day=anchor_day)


def test_weeks_have_no_anchor() -> None:
    with pytest.raises(rp.DateError, match="expected None"):
        terms_with(frequency=rp.Frequency.WEEKLY, anchor_day=15)


def test_a_semi_monthly_first_due_date_must_be_one_of_the_two_days() -> None:
    with pytest.raises(rp.DateError) as caught:
        terms_with(frequency=rp.Frequency.semi_monthly(5, 20))
    assert caught.value.field == "first_due"


@pytest.mark.parametrize(
    "repayment",
    [
        rp.FixedPayment(rp.Money("100", "USD")),
        rp.LevelPayment(12, step=rp.Money("1", "USD")),
        rp.FlatInterest(12, step=rp.Money("1", "USD")),
        rp.CustomPayments([euros("100"), rp.Money("1112", "USD")]),
        rp.FixedPayment(rp.Money("100", rp.Currency("EUR", 4))),
    ],
)
def test_an_amount_of_the_pattern_in_another_currency_is_refused(repayment: object) -> None:
    with pytest.raises(rp.MoneyError) as caught:
        terms_with(repayment=repayment)
    assert (caught.value.code, caught.value.field) == ("money.currency", "repayment")


def test_the_refusal_of_a_currency_of_other_digits_says_what_differs() -> None:
    # "expected EUR like the principal, got EUR" helps nobody
    with pytest.raises(rp.MoneyError) as caught:
        terms_with(repayment=rp.FixedPayment(rp.Money("100", rp.Currency("EUR", 4))))
    assert "4" in caught.value.message


def test_what_is_capitalized_is_amortized() -> None:
    fees = rp.CarriedBalance(euros("30"), rp.CarriedTreatment.CAPITALIZE)
    assert terms_with(carried=rp.CarriedBalances(fees=fees)).amortized == euros("1230")
    assert terms_with().amortized == euros("1200")


def test_what_is_capitalized_keeps_to_the_bound_of_money() -> None:
    # checked at construction, so that no later property of the terms can raise
    fees = rp.CarriedBalance(cents(1), rp.CarriedTreatment.CAPITALIZE)
    with pytest.raises(rp.MoneyError):
        terms_with(principal=cents(10**18), carried=rp.CarriedBalances(fees=fees))


def test_terms_are_frozen_hashable_and_pickle_to_equals() -> None:
    terms = terms_with(anchor_day=15, calendar=rp.WeekendCalendar())
    assert pickle.loads(pickle.dumps(terms)) == terms  # noqa: S301  our own bytes
    assert copy.deepcopy(terms) == terms
    assert hash(terms) == hash(terms_with(anchor_day=15, calendar=rp.WeekendCalendar()))
    with pytest.raises(AttributeError):
        terms.anchor_day = 1  # type: ignore[misc]


def test_terms_take_keywords_only() -> None:
    with pytest.raises(TypeError):
        rp.Terms(euros("1"))  # type: ignore[call-arg]


@pytest.mark.parametrize("disabled", [False, True])
@pytest.mark.parametrize("field", ["upfront", "residual", "grace", "stub", "first_period", "fees"])
@pytest.mark.parametrize("value", [1, 1.5, True, "1"])
def test_the_checks_hold_with_the_validators_of_attrs_switched_off(
    field: str, value: object, *, disabled: bool
) -> None:
    attrs.validators.set_disabled(disabled)
    try:
        with pytest.raises(rp.InputTypeError) as caught:
            terms_with(review_on=DATE(2026, 6, 1), **{field: value})
    finally:
        attrs.validators.set_disabled(False)  # its only argument
    assert caught.value.field == field


# --- an up-front payment


def test_what_is_paid_up_front_bears_no_interest_and_is_no_installment() -> None:
    schedule = built(upfront=euros("200"), repayment=rp.EqualPrincipal(2))
    assert rows_of(schedule) == [(50000, 1000), (50000, 500)]
    assert schedule.terms.amortized == schedule[0].opening == euros("1000")
    assert schedule.upfront == euros("200")
    assert schedule.total_principal == euros("1000")
    assert schedule.total == euros("1215")
    assert repickled(schedule) == schedule


def test_what_is_paid_up_front_comes_off_what_is_capitalized_too() -> None:
    fees = rp.CarriedBalance(euros("30"), rp.CarriedTreatment.CAPITALIZE)
    terms = terms_with(carried=rp.CarriedBalances(fees=fees), upfront=euros("1229.99"))
    assert terms.amortized == cents(1)


def test_nothing_is_paid_up_front_unless_it_is_stated() -> None:
    assert built().upfront == euros("0")


@pytest.mark.parametrize("amount", ["1200", "1200.01", "5000"])
def test_all_of_the_principal_up_front_leaves_nothing_to_schedule(amount: str) -> None:
    with pytest.raises(rp.TermsError, match=r"less than the principal of 1200\.00 EUR") as caught:
        terms_with(upfront=euros(amount))
    assert (caught.value.code, caught.value.field) == ("terms.upfront", "upfront")
    assert built(upfront=euros("1199.99"), repayment=rp.LevelPayment(1)).total == euros("1200")


@pytest.mark.parametrize("field", ["upfront", "residual"])
@pytest.mark.parametrize("units_", [0, -1])
def test_an_amount_that_is_stated_must_be_above_zero(field: str, units_: int) -> None:
    with pytest.raises(rp.TermsError, match="above zero") as caught:
        terms_with(review_on=DATE(2026, 6, 1), **{field: cents(units_)})
    assert caught.value.field == field


@pytest.mark.parametrize("field", ["upfront", "residual"])
@pytest.mark.parametrize("amount", [rp.Money("1", "USD"), rp.Money("1", rp.Currency("EUR", 4))])
def test_an_amount_in_another_currency_is_refused_by_name(field: str, amount: rp.Money) -> None:
    with pytest.raises(rp.MoneyError) as caught:
        terms_with(review_on=DATE(2026, 6, 1), **{field: amount})
    assert (caught.value.code, caught.value.field) == ("money.currency", field)


# --- temporary terms


def test_a_residual_needs_its_review() -> None:
    with pytest.raises(rp.TermsError) as caught:
        terms_with(residual=euros("100"))
    assert (caught.value.code, caught.value.field) == ("terms.review_on", "review_on")


def test_a_review_needs_its_residual_but_for_a_fixed_payment() -> None:
    for repayment in (rp.LevelPayment(3), rp.InterestOnly(3), rp.CustomPayments([euros("1")])):
        with pytest.raises(rp.TermsError, match="FixedPayment") as caught:
            terms_with(review_on=DATE(2026, 6, 1), repayment=repayment)
        assert (caught.value.code, caught.value.field) == ("terms.residual", "residual")
    assert terms_with(review_on=DATE(2026, 6, 1), repayment=rp.FixedPayment(euros("100"))).ends_open


@pytest.mark.parametrize("amount", ["1200", "1200.01"])
def test_a_residual_of_all_is_refused(amount: str) -> None:
    with pytest.raises(rp.TermsError) as caught:
        terms_with(review_on=DATE(2027, 6, 1), residual=euros(amount))
    assert (caught.value.code, caught.value.field) == ("terms.residual", "residual")
    assert built(
        review_on=DATE(2027, 6, 1), residual=euros("1199.99"), repayment=rp.EqualPrincipal(1)
    ).total_principal == cents(1)


def test_a_residual_is_compared_with_what_is_left_after_the_up_front_payment() -> None:
    with pytest.raises(rp.TermsError) as caught:
        terms_with(review_on=DATE(2027, 6, 1), residual=euros("1000"), upfront=euros("200"))
    assert caught.value.field == "residual"


def test_a_review_before_the_first_date_is_refused_with_both() -> None:
    with pytest.raises(rp.DateError, match="2026-02-15") as caught:
        terms_with(review_on=DATE(2026, 2, 14), residual=euros("100"))
    assert caught.value.field == "review_on"
    assert "2026-02-14" in caught.value.message


def test_a_review_before_the_last_date_is_refused_with_that_date() -> None:
    changes: dict[str, object] = {"residual": euros("100"), "repayment": rp.EqualPrincipal(3)}
    error = refusal_of(**changes, review_on=DATE(2026, 4, 14))
    assert (error.code, error.field) == ("terms.review_on", "review_on")
    assert built(**changes, review_on=error.data["last"]).last_due == DATE(2026, 4, 15)


# --- the last date, and listed dates


def test_a_last_date_before_the_first_is_refused_with_both() -> None:
    with pytest.raises(rp.DateError) as caught:
        terms_with(ends_on=DATE(2026, 2, 14))
    assert (caught.value.code, caught.value.field) == ("terms.ends_on", "ends_on")
    assert "2026-02-15" in caught.value.message


def test_listed_dates_are_those_of_the_schedule() -> None:
    dates = [DATE(2026, 2, 15), DATE(2026, 3, 2), DATE(2026, 3, 31)]
    frequency = rp.Frequency.on_dates(dates)
    schedule = built(frequency=frequency, repayment=rp.EqualPrincipal(3))
    assert list(schedule.scheduled) == dates
    # 15 January to 15 February is a month; to 2 March 15 days; to 31 March 29 days
    assert units(schedule, "interest") == [1200, round(80000 * 15 / 3000), round(40000 * 29 / 3000)]
    daily = built(frequency=frequency, rate=rp.Rate.daily("0.001"), repayment=rp.EqualPrincipal(3))
    assert units(daily, "interest") == [31 * 120, 15 * 80, 29 * 40]
    assert repickled(schedule) == schedule


def test_listed_dates_may_begin_with_the_start() -> None:
    dates = [DATE(2026, 1, 15), DATE(2026, 2, 15)]
    for day_count in rp.DayCount:
        schedule = built(
            first_due=dates[0],
            day_count=day_count,
            frequency=rp.Frequency.on_dates(dates),
            grace=rp.Grace(interest_free=2),
            repayment=rp.EqualPrincipal(2),
        )
        assert units(schedule, "interest") == [0, 0]


def test_listed_dates_move_and_skip_like_any() -> None:
    # Saturday 28 February and Sunday 1 March fall due on Monday 2 March
    dates = [DATE(2026, 2, 15), DATE(2026, 2, 28), DATE(2026, 3, 1)]
    schedule = built(
        frequency=rp.Frequency.on_dates(dates),
        calendar=rp.WeekendCalendar(),
        grace=rp.Grace(principal=1, interest=1),
        repayment=rp.EqualPrincipal(2),
    )
    assert list(schedule.scheduled) == dates[1:]
    assert list(schedule.due) == [DATE(2026, 3, 2)] * 2


def test_listed_dates_begin_with_the_first_due_date() -> None:
    with pytest.raises(rp.DateError) as caught:
        terms_with(frequency=rp.Frequency.on_dates([DATE(2026, 2, 16)]))
    assert (caught.value.code, caught.value.field) == ("date.anchor", "first_due")


def test_listed_dates_have_neither_an_anchor_nor_a_last_date() -> None:
    listed = rp.Frequency.on_dates([DATE(2026, 2, 15), DATE(2026, 3, 15)])
    for field, value in (("anchor_day", 15), ("ends_on", DATE(2026, 3, 15))):
        with pytest.raises(rp.DateError, match="expected None") as caught:
            terms_with(frequency=listed, **{field: value})
        assert caught.value.field == field


@pytest.mark.parametrize("count", [1, 3])
def test_listed_dates_are_as_many_as_the_installments(count: int) -> None:
    listed = rp.Frequency.on_dates([DATE(2026, 2, 15), DATE(2026, 3, 15)])
    error = refusal_of(frequency=listed, repayment=rp.EqualPrincipal(count))
    dates: Any = error.data["dates"]
    assert (error.code, dates, error.data["installments"]) == ("terms.dates", 2, count)
    assert len(built(frequency=listed, repayment=rp.EqualPrincipal(dates))) == 2


# --- the first period


@pytest.mark.parametrize(
    ("first_period", "starts_on", "first_due", "interest"),
    [
        # a month and 5 days of 360; or 36 days of 365
        (rp.FirstPeriod.MONTHS_AND_DAYS, DATE(2026, 1, 10), DATE(2026, 2, 15), 1200 + 200),
        (rp.FirstPeriod.ACTUAL_DAYS, DATE(2026, 1, 10), DATE(2026, 2, 15), round(14400 * 36 / 365)),
        # a regular period is one whatever its days
        (rp.FirstPeriod.ACTUAL_DAYS, DATE(2026, 1, 15), DATE(2026, 2, 15), 1200),
        (rp.FirstPeriod.ACTUAL_DAYS, DATE(2028, 1, 31), DATE(2028, 2, 29), 1200),
        # leap years count 365 days too
        (rp.FirstPeriod.ACTUAL_DAYS, DATE(2028, 2, 28), DATE(2028, 3, 1), round(14400 * 2 / 365)),
        (rp.FirstPeriod.ACTUAL_DAYS, DATE(2026, 2, 15), DATE(2026, 2, 15), 0),
    ],
)
def test_a_first_period_that_is_not_regular_is_measured_as_the_terms_say(
    first_period: rp.FirstPeriod, starts_on: pendulum.Date, first_due: pendulum.Date, interest: int
) -> None:
    schedule = built(
        first_period=first_period, starts_on=starts_on, first_due=first_due, repayment=rp.EqualPrincipal(2)
    )
    assert units(schedule, "interest") == [interest, 600]


# --- all at once


def test_terms_with_every_feature_build_and_pickle() -> None:
    schedule = built(
        principal=rp.Money("12000", "BHD"),
        rate=((DATE(2025, 1, 1), rp.Rate.annual("0.06")), (DATE(2026, 6, 1), rp.Rate.annual("0.07"))),
        starts_on=DATE(2026, 1, 10),
        first_due=DATE(2026, 1, 31),
        anchor_day=31,
        ends_on=DATE(2027, 1, 10),
        stub=rp.Stub.LONG,
        day_count=rp.DayCount.ACT_365F,
        calendar=rp.WeekendCalendar(),
        convention=rp.BusinessDayConvention.MODIFIED_FOLLOWING,
        accrue_to=rp.AccrueTo.DUE,
        carried=rp.CarriedBalances(
            fees=rp.CarriedBalance(rp.Money("12", "BHD"), rp.CarriedTreatment.SPREAD),
            interest=rp.CarriedBalance(rp.Money("300", "BHD"), rp.CarriedTreatment.CAPITALIZE),
        ),
        grace=rp.Grace(principal=3, interest=2, interest_free=1),
        upfront=rp.Money("300", "BHD"),
        fees=[
            rp.InstallmentFee(rp.Money("0.500", "BHD")),
            rp.PaymentShareFee("0.001"),
            rp.SingleFee(rp.Money("2", "BHD"), DATE(2026, 8, 1)),
        ],
        review_on=DATE(2027, 2, 1),
        residual=rp.Money("6000", "BHD"),
        repayment=rp.LevelPayment(9, resets=True),
    )
    # twelve dates to 10 January 2027 (the long stub drops 31 December), of which two are skipped
    assert len(schedule) == 10
    assert schedule[0].principal.minor_units == 0
    assert schedule.residual == rp.Money("6000", "BHD")
    assert schedule.total_principal + schedule.residual == rp.Money("12000", "BHD")
    assert schedule.total == schedule.total_principal + schedule.total_interest + schedule.total_fees + (
        schedule.total_carried + schedule.upfront
    )
    assert repickled(schedule) == schedule
    assert repickled(schedule).rows == schedule.rows
    assert repickled(schedule.terms) == schedule.terms
    assert hash(repickled(schedule.terms)) == hash(schedule.terms)
    assert copy.deepcopy(schedule.terms) == schedule.terms
