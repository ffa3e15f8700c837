"""Terms: their defaults, and everything that they check once."""

from __future__ import annotations

import copy
import datetime
import pickle

import pendulum
import pytest

import repayplan as rp
from tests.schedule import DATE, cents, euros, terms_with


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


def test_any_date_is_taken_and_kept_as_a_pendulum_date() -> None:
    terms = terms_with(starts_on=datetime.date(2026, 1, 15), first_due=datetime.date(2026, 2, 15))
    assert type(terms.starts_on) is pendulum.Date
    assert type(terms.first_due) is pendulum.Date
    assert terms == terms_with()


@pytest.mark.parametrize("field", ["starts_on", "first_due"])
@pytest.mark.parametrize("value", [datetime.datetime(2026, 2, 15), "2026-02-15", None])  # noqa: DTZ001  wrong on purpose
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
