"""What clears a debt on a day, worked out by hand from the rows and the days of their periods."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pendulum
import pytest

import repayplan as rp
from tests.clock import within
from tests.schedule import DATE, built, cents, euros, terms_with

DAILY = {"rate": rp.Rate.daily("0.0005"), "repayment": rp.EqualPrincipal(12)}
EQUAL = rp.EqualPrincipal(12)
WEEKENDS = {"calendar": rp.WeekendCalendar(), **DAILY}
STEPS = [(DATE(2026, 1, 1), rp.Rate.annual("0.12")), (DATE(2026, 1, 31), rp.Rate.annual("0.24"))]
WINTER = [0, 0, 0, *[1] * 9]

# The first rows of the example in equal parts are 100.00 each, with 12.00, 11.00, 10.00 ... of interest.
CASES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    # name: changes, day, principal, interest
    "the first day": ({}, "2026-01-15", "1200", "0"),
    "17 of the 31 days of a nominal month": ({}, "2026-02-01", "1200", "6.58"),
    "a due date": ({}, "2026-02-15", "1200", "12"),
    "the day after": ({}, "2026-02-16", "1105.38", "0.39"),
    "14 of 28 days": ({}, "2026-03-01", "1105.38", "5.53"),
    "the last due date": ({"repayment": EQUAL}, "2027-01-15", "100", "1"),
    "a daily rate": (DAILY, "2026-01-20", "1200", "3"),
    "actual/365": ({"day_count": rp.DayCount.ACT_365F}, "2026-01-25", "1200", "3.95"),
    "actual/360": ({"day_count": rp.DayCount.ACT_360}, "2026-01-25", "1200", "4"),
    "30/360": (
        {
            "day_count": rp.DayCount.THIRTY_E_360,
            "starts_on": DATE(2026, 1, 31),
            "first_due": DATE(2026, 2, 28),
            "anchor_day": 31,
        },
        "2026-02-15",
        "1200",
        "6",
    ),
    # 17 days of 2027 and 14 of 2028: 144.00 x (17/365 + 14/366)
    "actual/actual": (
        {
            "day_count": rp.DayCount.ACT_ACT_ISDA,
            "starts_on": DATE(2027, 12, 15),
            "first_due": DATE(2028, 2, 15),
        },
        "2028-01-15",
        "1200",
        "12.22",
    ),
    # 31 March, 30 April: 29 of the days since 31 March, at 365 a year, on 1,000.00
    "month ends": (
        {
            "day_count": rp.DayCount.ACT_365F,
            "starts_on": DATE(2026, 1, 31),
            "first_due": DATE(2026, 2, 28),
            "anchor_day": 31,
            "repayment": EQUAL,
        },
        "2026-04-29",
        "1000",
        "9.53",
    ),
    # 40 days at 40/360 of a year, of which 41 pass
    "a long first period": ({"starts_on": DATE(2026, 1, 5)}, "2026-01-15", "1200", "3.90"),
    # 16 of 31 days at 12 %, then 10 at 24 %
    "rate steps": ({"rate": STEPS}, "2026-02-10", "1200", "13.94"),
    "rate steps, by days": (
        {"rate": STEPS, "day_count": rp.DayCount.ACT_360},
        "2026-02-10",
        "1200",
        "14.40",
    ),
    "grace on principal": ({"grace": rp.Grace(principal=3)}, "2026-03-01", "1200", "6"),
    # put off: 12.00 of the first row, then 14 of the 28 days of 11.00
    "grace on interest, on the first due date": (
        {"grace": rp.Grace(interest=2), "repayment": EQUAL},
        "2026-02-15",
        "1200",
        "12",
    ),
    "grace on interest, in the second period": (
        {"grace": rp.Grace(interest=2), "repayment": EQUAL},
        "2026-03-01",
        "1100",
        "17.50",
    ),
    "grace on interest, in the third period": (
        {"grace": rp.Grace(interest=2), "repayment": EQUAL},
        "2026-03-16",
        "1000",
        "23.32",
    ),
    "grace on interest, when it is asked for": (
        {"grace": rp.Grace(interest=2), "repayment": EQUAL},
        "2026-04-15",
        "1000",
        "33",
    ),
    "grace on interest, afterwards": (
        {"grace": rp.Grace(interest=2), "repayment": EQUAL},
        "2026-04-16",
        "900",
        "0.30",
    ),
    # one period of 90 days and 36.00, of which 45 have passed
    "grace on both": ({"grace": rp.Grace(principal=2, interest=2)}, "2026-03-01", "1200", "18"),
    "interest-free": ({"grace": rp.Grace(interest_free=3), "repayment": EQUAL}, "2026-03-01", "1100", "0"),
    "interest-free, afterwards": (
        {"grace": rp.Grace(interest_free=3), "repayment": EQUAL},
        "2026-05-15",
        "900",
        "9",
    ),
    "interest-free, nothing asked for": (
        {"grace": rp.Grace(principal=2, interest_free=2)},
        "2026-03-15",
        "1200",
        "0",
    ),
    # interest runs from 15 March: 17 of 31 days
    "interest-free, nothing asked for, afterwards": (
        {"grace": rp.Grace(principal=2, interest_free=2)},
        "2026-04-01",
        "1200",
        "6.58",
    ),
    "up-front, at once": ({"upfront": euros("200")}, "2026-01-15", "1000", "0"),
    "up-front": ({"upfront": euros("200")}, "2026-02-15", "1000", "10"),
    # Sunday 15 February is asked for on the Monday: 31 days of 0.60, and one of 0.55 on what is left then
    "following, interest to the scheduled date": (WEEKENDS, "2026-02-16", "1200", "19.15"),
    "following, interest to the due date": (
        {**WEEKENDS, "accrue_to": rp.AccrueTo.DUE},
        "2026-02-16",
        "1200",
        "19.20",
    ),
    "following, on the Sunday": ({**WEEKENDS, "accrue_to": rp.AccrueTo.DUE}, "2026-02-15", "1200", "18.60"),
    "following, the day after": ({**WEEKENDS, "accrue_to": rp.AccrueTo.DUE}, "2026-02-17", "1100", "0.55"),
    "following, the day after, interest to the scheduled date": (WEEKENDS, "2026-02-17", "1100", "1.10"),
    # it is asked for on Friday 13 February, with interest to the Sunday
    "preceding": (
        {**WEEKENDS, "convention": rp.BusinessDayConvention.PRECEDING},
        "2026-02-13",
        "1200",
        "17.40",
    ),
    "preceding, the day after": (
        {**WEEKENDS, "convention": rp.BusinessDayConvention.PRECEDING},
        "2026-02-14",
        "1100",
        "0",
    ),
    "preceding, on the Sunday": (
        {**WEEKENDS, "convention": rp.BusinessDayConvention.PRECEDING},
        "2026-02-15",
        "1100",
        "0",
    ),
    "preceding, interest to the due date": (
        {**WEEKENDS, "convention": rp.BusinessDayConvention.PRECEDING, "accrue_to": rp.AccrueTo.DUE},
        "2026-02-15",
        "1100",
        "1.10",
    ),
    "flat: on the first principal": ({"repayment": rp.FlatInterest(12)}, "2026-03-01", "1100", "6"),
    # no row from January to March: 45 of 90 days of 36.00
    "seasonal": ({"repayment": rp.SeasonalPayments(3, WINTER)}, "2026-03-01", "1200", "18"),
    "interest alone": ({"repayment": rp.InterestOnly(6)}, "2026-07-15", "1200", "12"),
    # the last period is the 16 days from 15 April at 16/360 of a year: 4.80 on 900.00, half of it
    "a stub": ({"ends_on": DATE(2026, 5, 1), "repayment": rp.EqualPrincipal(4)}, "2026-04-23", "300", "0.80"),
    # from 15 February to 1 April 44/360 of a year, 45 days
    "listed dates": (
        {
            "frequency": rp.Frequency.on_dates([DATE(2026, 2, 15), DATE(2026, 4, 1)]),
            "repayment": rp.EqualPrincipal(2),
        },
        "2026-03-02",
        "600",
        "2.93",
    ),
    "a stated residual": (
        {"repayment": EQUAL, "review_on": DATE(2027, 3, 1), "residual": euros("600")},
        "2027-01-15",
        "650",
        "6.50",
    ),
    # 600.00 after 15 January: 16 days of 30 and a month, at 1 % a month, by its dates
    "after the last due date": (
        {"repayment": EQUAL, "review_on": DATE(2027, 3, 1), "residual": euros("600")},
        "2027-03-01",
        "600",
        "9.40",
    ),
    "after the last due date, a daily rate": (
        {**DAILY, "review_on": DATE(2027, 3, 1), "residual": euros("600")},
        "2027-01-25",
        "600",
        "3",
    ),
    "after the last due date, actual/360": (
        {
            "day_count": rp.DayCount.ACT_360,
            "review_on": DATE(2027, 3, 1),
            "residual": euros("600"),
            "rate": [(DATE(2026, 1, 1), rp.Rate.annual("0.12")), (DATE(2027, 1, 25), rp.Rate.annual("0.24"))],
        },
        "2027-02-04",
        "600",
        "6",
    ),
    "an open residual, after the last due date": (
        {"repayment": rp.FixedPayment(euros("20")), "review_on": DATE(2026, 4, 14)},
        "2026-04-14",
        "1183.92",
        "11.84",
    ),
    "an open residual": (
        {"repayment": rp.FixedPayment(euros("20")), "review_on": DATE(2026, 3, 31)},
        "2026-03-15",
        "1192",
        "11.92",
    ),
}


@pytest.mark.parametrize(("changes", "day", "principal", "interest"), CASES.values(), ids=CASES)
def test_principal_and_interest(changes: dict[str, Any], day: str, principal: str, interest: str) -> None:
    cleared = rp.payoff(built(**changes), datetime.date.fromisoformat(day))
    assert (cleared.principal, cleared.interest) == (euros(principal), euros(interest))
    assert cleared.fees == cleared.carried_interest == cleared.carried_fees == euros("0")
    assert cleared.total == euros(principal) + euros(interest)


def test_a_payoff_names_its_day_and_all_parts() -> None:
    schedule = built()
    cleared = rp.payoff(schedule, datetime.date(2026, 3, 1))
    assert cleared == rp.Payoff(
        on=DATE(2026, 3, 1),
        installments_paid=1,
        principal=euros("1105.38"),
        interest=euros("5.53"),
        fees=euros("0"),
        carried_interest=euros("0"),
        carried_fees=euros("0"),
        carried_penalties=euros("0"),
    )
    assert type(cleared.on) is pendulum.Date
    assert cleared.total == euros("1110.91")


def test_the_total_sums_all_six_parts() -> None:
    parts = [cents(10**place) for place in range(6)]
    assert rp.Payoff(DATE(2026, 3, 1), 0, *parts).total == cents(111_111)


def test_what_is_due_on_the_day_is_not_yet_paid() -> None:
    schedule = built()
    paid = [rp.payoff(schedule, row.due_on).installments_paid for row in schedule]
    assert paid == list(range(12))
    day_after = [rp.payoff(schedule, row.due_on.add(days=1)).installments_paid for row in schedule[:-1]]
    assert day_after == list(range(1, 12))


def test_on_each_due_date_it_is_the_amount_and_what_is_left() -> None:
    schedule = built(day_count=rp.DayCount.ACT_365F)
    for row in schedule:
        assert rp.payoff(schedule, row.due_on).total == row.amount + row.closing


def test_it_does_not_change_the_schedule() -> None:
    schedule = built()
    rp.payoff(schedule, DATE(2026, 7, 4))
    assert schedule == built()


# --- carried balances


CARRIED = rp.CarriedBalances(
    interest=rp.CarriedBalance(euros("12"), rp.CarriedTreatment.SPREAD),
    fees=rp.CarriedBalance(euros("30"), rp.CarriedTreatment.FIRST),
    penalties=rp.CarriedBalance(euros("5"), rp.CarriedTreatment.WAIVE),
)


@pytest.mark.parametrize(
    ("day", "interest", "fees"),
    [
        (DATE(2026, 1, 15), "12", "30"),
        (DATE(2026, 2, 15), "12", "30"),
        (DATE(2026, 2, 16), "11", "0"),
        (DATE(2026, 3, 15), "11", "0"),
        (DATE(2027, 1, 15), "1", "0"),
    ],
)
def test_carried_balances_that_were_not_asked_for(day: pendulum.Date, interest: str, fees: str) -> None:
    cleared = rp.payoff(built(carried=CARRIED), day)
    assert cleared.carried_interest == euros(interest)
    assert cleared.carried_fees == euros(fees)
    assert cleared.carried_penalties == euros("0")
    own = cleared.principal + cleared.interest
    assert cleared.total == own + euros(interest) + euros(fees)


def test_the_cents_of_a_spread_balance_come_off_as_they_were_asked_for() -> None:
    # 1.00 over twelve rows: 9 cents four times, then 8
    spread = rp.CarriedBalances(penalties=rp.CarriedBalance(euros("1"), rp.CarriedTreatment.SPREAD))
    schedule = built(carried=spread)
    left = [rp.payoff(schedule, row.due_on).carried_penalties for row in schedule]
    assert left == [cents(100 - 9 * paid + max(0, paid - 4)) for paid in range(12)]


def test_what_was_capitalized_is_principal() -> None:
    balance = rp.CarriedBalance(euros("100"), rp.CarriedTreatment.CAPITALIZE)
    cleared = rp.payoff(built(carried=rp.CarriedBalances(interest=balance)), DATE(2026, 2, 15))
    assert (cleared.principal, cleared.interest) == (euros("1300"), euros("13"))
    assert cleared.carried_interest == euros("0")


# --- fees


@pytest.mark.parametrize(
    ("day", "fees"),
    [
        (DATE(2026, 1, 15), "0"),
        (DATE(2026, 2, 14), "0"),
        (DATE(2026, 2, 15), "12.66"),  # 2.00 and a tenth of 106.62
        (DATE(2026, 2, 16), "0"),
        (DATE(2026, 2, 28), "0"),
        (DATE(2026, 3, 1), "9"),
        (DATE(2026, 3, 14), "9"),
        (DATE(2026, 3, 15), "21.66"),
        (DATE(2026, 3, 16), "0"),
    ],
)
def test_fees(day: pendulum.Date, fees: str) -> None:
    kinds = [
        rp.InstallmentFee(euros("2")),
        rp.PaymentShareFee("0.1"),
        rp.SingleFee(euros("9"), DATE(2026, 3, 1)),
    ]
    assert rp.payoff(built(fees=kinds), day).fees == euros(fees)


def test_a_single_fee_of_the_first_day_is_owed_from_then_on() -> None:
    schedule = built(fees=[rp.SingleFee(euros("9"), DATE(2026, 1, 15))])
    assert rp.payoff(schedule, DATE(2026, 1, 15)).fees == euros("9")
    assert rp.payoff(schedule, DATE(2026, 2, 16)).fees == euros("0")


def test_a_single_fee_on_a_closed_due_date_waits_for_the_moved_one() -> None:
    schedule = built(fees=[rp.SingleFee(euros("9"), DATE(2026, 2, 16))], calendar=rp.WeekendCalendar())
    fees = [rp.payoff(schedule, DATE(2026, 2, day)).fees for day in (15, 16, 17)]
    assert fees == [euros("0"), euros("9"), euros("0")]


def test_a_single_fee_that_a_seasonal_pattern_asks_for_later_is_owed_from_its_day() -> None:
    schedule = built(
        repayment=rp.SeasonalPayments(3, WINTER), fees=[rp.SingleFee(euros("9"), DATE(2026, 2, 15))]
    )
    fees = [rp.payoff(schedule, DATE(2026, *day)).fees for day in ((2, 14), (2, 15), (4, 15), (4, 16))]
    assert fees == [euros("0"), euros("9"), euros("9"), euros("0")]


def test_installments_due_on_one_day_all_count() -> None:
    # Saturday 15, Sunday 16 and Monday 17 August are all due on the Monday
    schedule = built(
        starts_on=DATE(2026, 8, 13),
        first_due=DATE(2026, 8, 14),
        frequency=rp.Frequency.every_days(1),
        calendar=rp.WeekendCalendar(),
        accrue_to=rp.AccrueTo.DUE,
        repayment=rp.EqualPrincipal(6),
        day_count=rp.DayCount.ACT_360,
        fees=[rp.InstallmentFee(euros("1")), rp.SingleFee(euros("5"), DATE(2026, 8, 16))],
    )
    assert [row.due_on.day for row in schedule] == [14, 17, 17, 17, 18, 19]
    cleared = rp.payoff(schedule, DATE(2026, 8, 17))
    # 0.333 a day and 1,000.00, three days
    assert (cleared.principal, cleared.interest) == (euros("1000"), euros("1"))
    assert cleared.fees == euros("8")
    due = rp.Money.total((row.amount for row in schedule[1:4]), "EUR")
    assert cleared.total == due + schedule[3].closing


# --- currencies


def test_three_decimals() -> None:
    schedule = built(principal=rp.Money("1200.000", "KWD"), repayment=EQUAL)
    cleared = rp.payoff(schedule, DATE(2026, 3, 1))
    assert cleared.total == rp.Money("1105.500", "KWD")
    assert rp.payoff(schedule, DATE(2026, 2, 1)).interest == rp.Money("6.581", "KWD")


def test_no_decimals() -> None:
    schedule = built(principal=rp.Money("1200", "JPY"), repayment=EQUAL)
    assert rp.payoff(schedule, DATE(2026, 2, 1)).interest == rp.Money("7", "JPY")


@pytest.mark.parametrize(
    ("rounding", "interest"),
    [(rp.Rounding.UP, "6.59"), (rp.Rounding.DOWN, "6.58"), (rp.Rounding.CEILING, "6.59")],
)
def test_interest_is_rounded_once_in_the_mode_of_the_terms(rounding: rp.Rounding, interest: str) -> None:
    # 12.00 x 17/31 is 6.5806...
    assert rp.payoff(built(rounding=rounding), DATE(2026, 2, 1)).interest == euros(interest)


# --- day by day


@pytest.mark.parametrize("day_count", rp.DayCount)
@pytest.mark.parametrize("accrue_to", rp.AccrueTo)
def test_day_by_day_interest_never_falls_and_ends_as_the_row_says(
    day_count: rp.DayCount, accrue_to: rp.AccrueTo
) -> None:
    schedule = built(
        day_count=day_count,
        accrue_to=accrue_to,
        starts_on=DATE(2027, 11, 30),
        first_due=DATE(2028, 2, 29),
        anchor_day=31,
    )
    day, before = DATE(2027, 11, 30), Fraction(0)
    while day <= DATE(2028, 2, 29):
        interest = rp.payoff(schedule, day).interest
        assert interest.minor_units >= before
        day, before = day.add(days=1), Fraction(interest.minor_units)
    assert before == schedule[0].interest.minor_units


def test_thirty_days_to_the_end_of_a_february_and_not_to_the_maturity() -> None:
    terms = {
        "day_count": rp.DayCount.THIRTY_E_360_ISDA,
        "starts_on": DATE(2026, 1, 31),
        "first_due": DATE(2026, 2, 28),
        "anchor_day": 31,
    }
    first_of_two = rp.payoff(built(**terms, repayment=rp.EqualPrincipal(2)), DATE(2026, 2, 28))
    assert first_of_two.interest == euros("12")
    only_one = rp.payoff(built(**terms, repayment=rp.EqualPrincipal(1)), DATE(2026, 2, 28))
    assert only_one.interest == euros("11.20")


# --- bounds and refusals


def test_the_greatest_debt() -> None:
    schedule = built(principal=cents(10**18), rate=rp.Rate.annual(0), repayment=EQUAL)
    assert rp.payoff(schedule, DATE(2026, 1, 15)).total == cents(10**18)


@pytest.mark.parametrize("day", [DATE(2026, 1, 15), DATE(2049, 6, 1), DATE(2053, 7, 1)])
def test_ten_thousand_installments_take_no_time(day: pendulum.Date) -> None:
    schedule = built(
        principal=cents(10**12),
        frequency=rp.Frequency.every_days(1),
        starts_on=DATE(2026, 1, 15),
        first_due=DATE(2026, 2, 15),
        day_count=rp.DayCount.ACT_ACT_ISDA,
        repayment=rp.EqualPrincipal(10_000),
    )
    with within(1):
        cleared = rp.payoff(schedule, day)
    assert cleared.principal == schedule[cleared.installments_paid].opening


@pytest.mark.parametrize("wrong", ["schedule", None, [], terms_with(), built()[0]])
def test_only_a_schedule_is_paid_off(wrong: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.payoff(wrong, DATE(2026, 2, 1))  # type: ignore[arg-type]
    assert caught.value.field == "schedule"


@pytest.mark.parametrize(
    "wrong", ["2026-02-01", None, 20_260_201, pendulum.naive(2026, 2, 1), pendulum.datetime(2026, 2, 1)]
)
def test_only_a_date_is_a_day(wrong: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.payoff(built(), wrong)  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.field) == ("date.type", "on")


@pytest.mark.parametrize("day", [datetime.date.min, DATE(2026, 1, 14), DATE(2027, 1, 16), datetime.date.max])
def test_a_day_outside_the_schedule_is_refused(day: datetime.date) -> None:
    with pytest.raises(rp.DateError) as caught:
        rp.payoff(built(), day)
    assert (caught.value.code, caught.value.field) == ("payoff.date", "on")
    assert caught.value.data == {"starts_on": DATE(2026, 1, 15), "last": DATE(2027, 1, 15)}


def test_a_day_after_the_review_is_refused() -> None:
    reviewed = built(review_on=DATE(2027, 3, 1), residual=euros("600"))
    assert rp.payoff(reviewed, DATE(2027, 3, 1)).principal == euros("600")
    with pytest.raises(rp.DateError) as caught:
        rp.payoff(reviewed, DATE(2027, 3, 2))
    assert caught.value.data == {"starts_on": DATE(2026, 1, 15), "last": DATE(2027, 3, 1)}


def test_a_sum_beyond_the_bounds_is_refused_at_once() -> None:
    greatest = built(
        principal=cents(10**18),
        repayment=rp.InterestOnly(12),
        residual=cents(10**18),
        review_on=DATE(2027, 1, 15),
    )
    assert rp.payoff(greatest, DATE(2026, 1, 15)).total == cents(10**18)
    with pytest.raises(rp.MoneyError) as caught:
        rp.payoff(greatest, DATE(2026, 1, 16))
    assert caught.value.code == "money.range"


def test_the_last_due_date_may_be_moved_beyond_the_review() -> None:
    # Saturday 15 August is the review, and is asked for on the Monday
    reviewed = built(
        calendar=rp.WeekendCalendar(),
        repayment=rp.EqualPrincipal(7),
        review_on=DATE(2026, 8, 15),
        residual=euros("500"),
        rate=rp.Rate.annual(0),
    )
    assert rp.payoff(reviewed, DATE(2026, 8, 17)).principal == euros("600")
    with pytest.raises(rp.DateError):
        rp.payoff(reviewed, DATE(2026, 8, 18))


def test_the_last_day_is_the_moved_one() -> None:
    # Friday 15 January 2027 is closed
    closed = rp.ExplicitCalendar(DATE(2026, 1, 1), DATE(2027, 12, 31), closed=[DATE(2027, 1, 15)])
    schedule = built(calendar=closed)
    assert rp.payoff(schedule, DATE(2027, 1, 18)).total == schedule[-1].amount
