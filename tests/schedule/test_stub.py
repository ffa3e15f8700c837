"""The last due date: which dates lead there, and how the last period is measured."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

import repayplan as rp
from repayplan.months import MonthEnd, month_grid
from repayplan.schedule.stub import dates_to
from tests.schedule import DATE, FREE, built, cents, euros, refusal_of, repickled, terms_with, units

if TYPE_CHECKING:
    import pendulum

    from repayplan.schedule.repayment import Repayment

SHORT, LONG = rp.Stub.SHORT, rp.Stub.LONG


def dates(ends_on: pendulum.Date, stub: rp.Stub, **changes: object) -> list[str]:
    """Give the scheduled dates that end on a day."""
    place, count, _ = dates_to(terms_with(**changes).grid(), ends_on, stub)
    return [str(place(k)) for k in range(count)]


@pytest.mark.parametrize("stub", rp.Stub)
def test_a_date_of_the_grid_ends_it_as_it_is(stub: rp.Stub) -> None:
    assert dates(DATE(2026, 4, 15), stub) == ["2026-02-15", "2026-03-15", "2026-04-15"]
    assert dates(DATE(2026, 2, 15), stub) == ["2026-02-15"]


@pytest.mark.parametrize(
    ("ends_on", "short", "long"),
    [
        (
            DATE(2026, 4, 20),
            ["2026-02-15", "2026-03-15", "2026-04-15", "2026-04-20"],
            ["2026-02-15", "2026-03-15", "2026-04-20"],
        ),
        (DATE(2026, 3, 14), ["2026-02-15", "2026-03-14"], ["2026-03-14"]),
        (DATE(2026, 2, 16), ["2026-02-15", "2026-02-16"], ["2026-02-16"]),
    ],
)
def test_a_date_off_the_grid_makes_a_period_of_its_own_or_a_longer_one(
    ends_on: pendulum.Date, short: list[str], long: list[str]
) -> None:
    assert dates(ends_on, SHORT) == short
    assert dates(ends_on, LONG) == long


@pytest.mark.parametrize(
    ("changes", "ends_on", "last_two"),
    [
        ({"frequency": rp.Frequency.WEEKLY}, DATE(2026, 3, 2), ["2026-03-01", "2026-03-02"]),
        ({"frequency": rp.Frequency.semi_monthly(15, 31)}, DATE(2026, 4, 1), ["2026-03-31", "2026-04-01"]),
        ({"frequency": rp.Frequency.ANNUAL}, DATE(2028, 2, 29), ["2028-02-15", "2028-02-29"]),
        (
            {"starts_on": DATE(2028, 1, 31), "first_due": DATE(2028, 2, 29), "anchor_day": 31},
            DATE(2028, 4, 29),
            ["2028-03-31", "2028-04-29"],
        ),
        (
            {"starts_on": DATE(2028, 1, 31), "first_due": DATE(2028, 2, 29), "anchor_day": 31},
            DATE(2028, 4, 30),
            ["2028-03-31", "2028-04-30"],
        ),
        (
            {
                "starts_on": DATE(2026, 1, 31),
                "first_due": DATE(2026, 1, 31),
                "month_end": rp.MonthEnd.ROLL,
            },
            DATE(2026, 2, 28),
            ["2026-01-31", "2026-02-28"],
        ),
    ],
)
def test_every_frequency_may_be_ended(
    changes: dict[str, object], ends_on: pendulum.Date, last_two: list[str]
) -> None:
    assert dates(ends_on, SHORT, **changes)[-2:] == last_two


def test_the_end_of_the_calendar_is_a_date_like_any() -> None:
    place = month_grid(DATE(9999, 10, 15), None, MonthEnd.CLAMP)
    to_end, count, off_grid = dates_to(place, DATE(9999, 12, 31), SHORT)
    assert ([str(to_end(k)) for k in range(count)], off_grid) == (
        ["9999-10-15", "9999-11-15", "9999-12-15", "9999-12-31"],
        True,
    )


def test_a_place_after_the_last_is_refused_with_their_number() -> None:
    place, count, off_grid = dates_to(terms_with().grid(), DATE(2026, 4, 15), SHORT)
    assert (count, off_grid) == (3, False)
    with pytest.raises(rp.DateError, match="2026-04-15") as caught:
        place(3)
    assert caught.value.data["count"] == 3


def test_more_dates_than_a_schedule_may_have_are_refused() -> None:
    daily = rp.Frequency.every_days(1)
    last = DATE(2026, 2, 15).add(days=9_999)
    assert terms_with(frequency=daily, ends_on=last).date_count == 10_000
    with pytest.raises(rp.DateError, match="10000") as caught:
        terms_with(frequency=daily, ends_on=last.add(days=1))
    assert (caught.value.code, caught.value.field) == ("date.count", "ends_on")
    with pytest.raises(rp.DateError, match="10000"):
        terms_with(frequency=daily, ends_on=DATE(9999, 12, 31))


@pytest.mark.parametrize(
    ("stub", "ends_on", "times"),
    [
        # 5 odd days of 360; or a month back from 20 April, 20 March, and 5 days
        (SHORT, DATE(2026, 4, 20), [Fraction(1, 12)] * 3 + [Fraction(5, 360)]),
        (LONG, DATE(2026, 4, 20), [Fraction(1, 12)] * 2 + [Fraction(1, 12) + Fraction(5, 360)]),
        # from 15 January: a month back from 16 February is 16 January, and a day
        (LONG, DATE(2026, 2, 16), [Fraction(1, 12) + Fraction(1, 360)]),
        (SHORT, DATE(2026, 2, 16), [Fraction(1, 12), Fraction(1, 360)]),
        # a month back from 31 March is 28 February, and 13 days
        (LONG, DATE(2026, 3, 31), [Fraction(1, 12), Fraction(1, 12) + Fraction(13, 360)]),
    ],
)
def test_a_nominal_last_period_is_measured_back_from_its_end(
    stub: rp.Stub, ends_on: pendulum.Date, times: list[Fraction]
) -> None:
    count = len(times)
    if stub is LONG and ends_on == DATE(2026, 3, 31):
        # the grid has 15 February and 15 March; the long stub drops the second
        assert dates(ends_on, stub) == ["2026-02-15", "2026-03-31"]
    schedule = built(ends_on=ends_on, stub=stub, repayment=rp.EqualPrincipal(count))
    balances = [120000 - 120000 // count * row for row in range(count)]
    expected = [
        round(balance * time * Fraction(12, 100)) for balance, time in zip(balances, times, strict=True)
    ]
    assert units(schedule, "interest") == expected


def test_other_day_counts_look_at_the_dates_of_the_last_period() -> None:
    schedule = built(
        ends_on=DATE(2026, 3, 20),
        rate=rp.Rate.annual("0.365"),
        day_count=rp.DayCount.ACT_365F,
        repayment=rp.EqualPrincipal(3),
    )
    assert units(schedule, "interest") == [31 * 120, 28 * 80, 5 * 40]


def test_the_last_date_moves_off_a_closed_day_and_stays_the_scheduled_one() -> None:
    # Saturday 28 March 2026
    schedule = built(ends_on=DATE(2026, 3, 28), calendar=rp.WeekendCalendar(), repayment=rp.EqualPrincipal(3))
    assert (schedule[-1].scheduled_for, schedule.last_due) == (DATE(2026, 3, 28), DATE(2026, 3, 30))


@pytest.mark.parametrize(
    "repayment",
    [
        rp.LevelPayment(4),
        rp.EqualPrincipal(4),
        rp.FlatInterest(4),
        rp.Balloon(4, euros("600")),
        rp.BalloonRemainder(4, 4),
        rp.SeasonalPayments(4, (1,) * 12),
        rp.CustomPayments([euros("300"), euros("300"), euros("300"), euros("300")]),
        rp.StepPayments(((2, euros("200")), (2, euros("400")))),
        rp.InterestOnly(1, then=rp.EqualPrincipal(3)),
    ],
)
def test_a_pattern_with_a_count_has_as_many_rows_as_there_are_dates(repayment: Repayment) -> None:
    changes: dict[str, object] = {
        "repayment": repayment,
        "rate": FREE,
        "fees": [rp.InstallmentFee(cents(1))],
    }
    schedule = built(**changes, ends_on=DATE(2026, 5, 15))
    assert (len(schedule), schedule.last_due) == (4, DATE(2026, 5, 15))
    assert repickled(schedule) == schedule
    for ends_on, dates_there in ((DATE(2026, 4, 15), 3), (DATE(2026, 6, 15), 5)):
        error = refusal_of(**changes, ends_on=ends_on)
        assert (error.code, error.field) == ("terms.dates", "repayment")
        assert error.data == {"dates": dates_there, "installments": 4}


def test_a_fixed_payment_ends_by_the_last_date() -> None:
    # 1,200.00 in three rows at 1 % a month
    schedule = built(ends_on=DATE(2026, 4, 15), repayment=rp.FixedPayment(euros("500")))
    assert units(schedule, "amount") == [50000, 50000, 22131]
    assert len(built(ends_on=DATE(2027, 4, 15), repayment=rp.FixedPayment(euros("500")))) == 3


def test_a_fixed_payment_that_outlives_the_dates_is_refused_with_the_least_that_does_not() -> None:
    error = refusal_of(ends_on=DATE(2026, 4, 15), repayment=rp.FixedPayment(euros("400")))
    assert (error.code, error.field) == ("terms.count", "amount")
    assert error.data["number"] == 3
    least: Any = error.data["least_payment"]
    schedule = built(ends_on=DATE(2026, 4, 15), repayment=rp.FixedPayment(least))
    assert schedule.last_due == DATE(2026, 4, 15)
    less = refusal_of(ends_on=DATE(2026, 4, 15), repayment=rp.FixedPayment(least - cents(1)))
    assert less.data["least_payment"] == least


def test_skipped_periods_leave_fewer_dates() -> None:
    grace = rp.Grace(principal=2, interest=2)
    schedule = built(ends_on=DATE(2026, 5, 15), grace=grace, repayment=rp.EqualPrincipal(2))
    assert [row.due_on.month for row in schedule] == [4, 5]


def test_a_schedule_of_a_stub_pickles() -> None:
    for stub in rp.Stub:
        count = 4 if stub is SHORT else 3
        schedule = built(ends_on=DATE(2026, 4, 20), stub=stub, repayment=rp.LevelPayment(count))
        assert repickled(schedule) == schedule
        assert repickled(schedule.terms) == schedule.terms
