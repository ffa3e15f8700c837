"""Periods: their dates, and the rate that each one bears."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import repayplan as rp
from repayplan.schedule.periods import period_factors
from repayplan.schedule.timeline import Timeline
from tests.schedule import DATE, built, cents, terms_with

if TYPE_CHECKING:
    import pendulum

WHOLE = Fraction(1)


def first_rates(count: int, **changes: object) -> list[Fraction]:
    """Rates of the first periods of terms at 100 % a year: the year fractions themselves."""
    terms = terms_with(**{"rate": rp.Rate.annual("1"), **changes})
    rows = Timeline(terms).rows(count)
    return [Fraction(*factor) for factor in period_factors(terms, rows, rows[-1][1])]


@pytest.mark.parametrize(
    ("frequency", "fraction"),
    [
        (rp.Frequency.WEEKLY, Fraction(1, 52)),
        (rp.Frequency.FORTNIGHTLY, Fraction(1, 26)),
        (rp.Frequency.FOUR_WEEKLY, Fraction(1, 13)),
        (rp.Frequency.SEMI_MONTHLY, Fraction(1, 24)),
        (rp.Frequency.MONTHLY, Fraction(1, 12)),
        (rp.Frequency.BIMONTHLY, Fraction(1, 6)),
        (rp.Frequency.QUARTERLY, Fraction(1, 4)),
        (rp.Frequency.SEMI_ANNUAL, Fraction(1, 2)),
        (rp.Frequency.ANNUAL, WHOLE),
        (rp.Frequency.every_days(10), Fraction(10, 365)),
        (rp.Frequency.every_months(18), Fraction(3, 2)),
    ],
)
def test_a_nominal_period_is_one_over_the_periods_in_a_year(
    frequency: rp.Frequency, fraction: Fraction
) -> None:
    assert first_rates(3, frequency=frequency)[1:] == [fraction, fraction]


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"starts_on": DATE(2026, 1, 15)}, Fraction(1, 12)),
        # the clamp is undone: a month after 31 January is 28 February, and a month before it too
        ({"starts_on": DATE(2026, 1, 31), "first_due": DATE(2026, 2, 28)}, Fraction(1, 12)),
        ({"starts_on": DATE(2026, 1, 28), "first_due": DATE(2026, 2, 28)}, Fraction(1, 12)),
        ({"starts_on": DATE(2026, 1, 31), "first_due": DATE(2026, 2, 28), "anchor_day": 31}, Fraction(1, 12)),
        (
            {
                "starts_on": DATE(2026, 1, 31),
                "first_due": DATE(2026, 3, 1),
                "anchor_day": 31,
                "month_end": rp.MonthEnd.ROLL,
            },
            Fraction(1, 12),
        ),
        # irregular: whole months back from the due date / 12, plus the odd days / 360
        ({"starts_on": DATE(2026, 1, 10)}, Fraction(1, 12) + Fraction(5, 360)),
        ({"starts_on": DATE(2026, 1, 20)}, Fraction(26, 360)),
        ({"starts_on": DATE(2025, 12, 31)}, Fraction(1, 12) + Fraction(15, 360)),
        ({"starts_on": DATE(2026, 2, 15)}, Fraction(0)),
        ({"frequency": rp.Frequency.QUARTERLY}, Fraction(1, 12)),
        ({"frequency": rp.Frequency.WEEKLY, "starts_on": DATE(2026, 2, 8)}, Fraction(1, 52)),
        ({"frequency": rp.Frequency.WEEKLY, "starts_on": DATE(2026, 2, 7)}, Fraction(8, 360)),
        ({"frequency": rp.Frequency.SEMI_MONTHLY, "starts_on": DATE(2026, 1, 31)}, Fraction(1, 24)),
        ({"frequency": rp.Frequency.SEMI_MONTHLY, "starts_on": DATE(2026, 1, 30)}, Fraction(16, 360)),
        (
            {"frequency": rp.Frequency.SEMI_MONTHLY, "starts_on": DATE(2026, 1, 14)},
            Fraction(1, 12) + Fraction(1, 360),
        ),
    ],
)
def test_a_first_nominal_period_counts_whole_months_and_odd_days(
    changes: dict[str, object], first: Fraction
) -> None:
    assert first_rates(2, **changes)[0] == first


@pytest.mark.parametrize(
    ("day_count", "fractions"),
    [
        (rp.DayCount.ACT_365F, [Fraction(31, 365), Fraction(28, 365)]),
        (rp.DayCount.ACT_360, [Fraction(31, 360), Fraction(28, 360)]),
        (rp.DayCount.ACT_364, [Fraction(31, 364), Fraction(28, 364)]),
        (rp.DayCount.ACT_ACT_ISDA, [Fraction(31, 365), Fraction(28, 365)]),
        (rp.DayCount.THIRTY_360_US, [Fraction(30, 360), Fraction(30, 360)]),
        (rp.DayCount.THIRTY_E_360, [Fraction(30, 360), Fraction(30, 360)]),
        (rp.DayCount.THIRTY_E_360_ISDA, [Fraction(30, 360), Fraction(30, 360)]),
    ],
)
def test_a_counted_period_looks_at_its_dates(day_count: rp.DayCount, fractions: list[Fraction]) -> None:
    assert first_rates(2, day_count=day_count) == fractions


def test_a_period_across_new_year_splits_between_two_years() -> None:
    changes: dict[str, object] = {
        "day_count": rp.DayCount.ACT_ACT_ISDA,
        "starts_on": DATE(2023, 12, 12),
        "first_due": DATE(2024, 1, 12),
    }
    assert first_rates(1, **changes) == [Fraction(20, 365) + Fraction(11, 366)]


def test_the_last_february_keeps_its_own_last_day_under_isda() -> None:
    changes: dict[str, object] = {
        "day_count": rp.DayCount.THIRTY_E_360_ISDA,
        "starts_on": DATE(2026, 1, 28),
        "first_due": DATE(2026, 2, 28),
    }
    assert first_rates(1, **changes) == [Fraction(30, 360)]
    assert first_rates(2, **changes)[0] == Fraction(32, 360)


@pytest.mark.parametrize("february", [DATE(2026, 2, 28), DATE(2028, 2, 29)])
def test_an_empty_period_at_the_end_of_february_bears_nothing_under_isda(february: pendulum.Date) -> None:
    # 30 for the start and 28 for the maturity would make a period of minus two days
    changes: dict[str, object] = {
        "day_count": rp.DayCount.THIRTY_E_360_ISDA,
        "starts_on": february,
        "first_due": february,
    }
    assert first_rates(1, **changes) == [Fraction(0)]
    assert built(**changes, repayment=rp.EqualPrincipal(1))[0].interest == cents(0)


@pytest.mark.parametrize("day_count", rp.DayCount)
def test_a_daily_rate_counts_actual_days_whatever_the_day_count(day_count: rp.DayCount) -> None:
    rates = first_rates(2, rate=rp.Rate.daily("0.0005"), day_count=day_count)
    assert rates == [Fraction(31 * 5, 10_000), Fraction(28 * 5, 10_000)]


def test_a_monthly_rate_is_a_twelfth_of_the_annual_one() -> None:
    monthly, annual = rp.Rate.monthly("0.015"), rp.Rate.annual("0.18")
    for day_count in rp.DayCount:
        assert first_rates(3, rate=monthly, day_count=day_count) == first_rates(
            3, rate=annual, day_count=day_count
        )


# Saturday 28 February 2026 moves to Monday 2 March, Saturday 28 March to Monday 30 March
WEEKENDS: dict[str, object] = {
    "starts_on": DATE(2026, 1, 28),
    "first_due": DATE(2026, 2, 28),
    "calendar": rp.WeekendCalendar(),
}


def test_a_move_changes_the_due_date_and_not_the_scheduled_one() -> None:
    first, second, third = built(**WEEKENDS, repayment=rp.LevelPayment(3))
    assert [row.scheduled_for for row in (first, second, third)] == [
        DATE(2026, 2, 28),
        DATE(2026, 3, 28),
        DATE(2026, 4, 28),
    ]
    assert [row.due_on for row in (first, second, third)] == [
        DATE(2026, 3, 2),
        DATE(2026, 3, 30),
        DATE(2026, 4, 28),
    ]


@pytest.mark.parametrize(
    ("accrue_to", "days"), [(rp.AccrueTo.SCHEDULED, [31, 28, 31]), (rp.AccrueTo.DUE, [33, 28, 29])]
)
def test_interest_runs_to_the_date_that_the_terms_choose(accrue_to: rp.AccrueTo, days: list[int]) -> None:
    rates = first_rates(3, **WEEKENDS, accrue_to=accrue_to, day_count=rp.DayCount.ACT_365F)
    assert rates == [Fraction(day, 365) for day in days]


def test_a_nominal_period_does_not_ask_where_the_date_moved() -> None:
    assert first_rates(3, **WEEKENDS, accrue_to=rp.AccrueTo.DUE) == [Fraction(1, 12)] * 3


def test_a_convention_that_moves_nothing_leaves_the_dates() -> None:
    schedule = built(**WEEKENDS, convention=rp.BusinessDayConvention.NO_ADJUST)
    assert schedule.due == schedule.scheduled


def test_a_first_date_moved_before_the_start_is_refused_with_both_dates() -> None:
    # Sunday 1 February 2026; the working day before is Friday 30 January
    with pytest.raises(rp.DateError) as caught:
        built(
            starts_on=DATE(2026, 2, 1),
            first_due=DATE(2026, 2, 1),
            calendar=rp.WeekendCalendar(),
            convention=rp.BusinessDayConvention.PRECEDING,
        )
    assert caught.value.field == "first_due"
    assert "2026-01-30" in caught.value.message
    assert "2026-02-01" in caught.value.message


def test_dates_that_move_onto_one_day_are_kept() -> None:
    # a daily plan over a weekend: Saturday's and Sunday's installments fall due on Monday with its own
    schedule = built(
        starts_on=DATE(2026, 2, 5),
        first_due=DATE(2026, 2, 6),
        frequency=rp.Frequency.every_days(1),
        calendar=rp.WeekendCalendar(),
        repayment=rp.EqualPrincipal(4),
    )
    assert [row.due_on.day for row in schedule] == [6, 9, 9, 9]


def test_a_calendar_is_asked_once_about_each_date() -> None:
    asked: list[pendulum.Date] = []

    def is_open(day: pendulum.Date) -> bool:
        asked.append(day)
        return True

    schedule = built(calendar=is_open, repayment=rp.FixedPayment(cents(30_000)))
    assert asked == list(schedule.scheduled)


def test_a_closed_year_never_moves_a_later_date_before_an_earlier_one() -> None:
    # The working day after 20 January 2025 is 16 January 2026: the same month's name, but not the same month.
    closed = (DATE(2025, 1, 15), DATE(2026, 1, 15))
    schedule = built(
        starts_on=DATE(2024, 12, 31),
        first_due=DATE(2025, 1, 20),
        calendar=lambda day: not closed[0] <= day <= closed[1],
        convention=rp.BusinessDayConvention.MODIFIED_FOLLOWING,
        repayment=rp.LevelPayment(3),
    )
    assert [row.due_on for row in schedule] == [DATE(2025, 1, 14)] * 3


@pytest.mark.parametrize(
    ("starts_on", "first_due"),
    [(DATE(1, 1, 5), DATE(1, 1, 20)), (DATE(9999, 12, 1), DATE(9999, 12, 31))],
)
def test_the_first_and_the_last_year_are_as_good_as_any(
    starts_on: pendulum.Date, first_due: pendulum.Date
) -> None:
    # To see whether the period is regular, no date outside the calendar needs to exist.
    schedule = built(starts_on=starts_on, first_due=first_due, repayment=rp.LevelPayment(1))
    assert schedule.last_due == first_due


def test_rows_are_given_as_far_as_dates_go_and_only_once() -> None:
    timeline = Timeline(terms_with(ends_on=DATE(2026, 4, 15)))
    assert timeline.rows(2) == [(0, DATE(2026, 2, 15)), (1, DATE(2026, 3, 15))]
    assert timeline.rows(5) == [*timeline.rows(2), (2, DATE(2026, 4, 15))]
    assert list(timeline.stream()) == timeline.rows(3)
    assert timeline.due is timeline.scheduled


def test_a_stream_goes_no_further_than_a_schedule_may() -> None:
    timeline = Timeline(terms_with(frequency=rp.Frequency.every_days(1)))
    assert sum(1 for _ in timeline.stream()) == 10_000
    assert len(timeline.scheduled) == 10_000


def test_places_without_a_row_are_left_out() -> None:
    timeline = Timeline(terms_with(grace=rp.Grace(principal=2, interest=2)))
    assert timeline.rows(2) == [(2, DATE(2026, 4, 15)), (3, DATE(2026, 5, 15))]


def test_a_date_moved_back_before_interest_begins_bears_none() -> None:
    # free to Saturday 7 February; Sunday's installment falls due on Friday the 6th, Monday's on Monday
    schedule = built(
        starts_on=DATE(2026, 2, 5),
        first_due=DATE(2026, 2, 7),
        frequency=rp.Frequency.every_days(1),
        rate=rp.Rate.daily("0.001"),
        accrue_to=rp.AccrueTo.DUE,
        calendar=rp.WeekendCalendar(),
        convention=rp.BusinessDayConvention.PRECEDING,
        grace=rp.Grace(principal=1, interest_free=1),
        repayment=rp.EqualPrincipal(2),
    )
    assert [row.due_on.day for row in schedule] == [6, 9]
    assert [row.interest.minor_units for row in schedule] == [0, 3 * 60]


@pytest.mark.parametrize("day_count", rp.DayCount)
def test_a_period_over_skipped_dates_is_measured_as_one(day_count: rp.DayCount) -> None:
    # 15 January to 15 April 2026
    skipping = first_rates(1, grace=rp.Grace(principal=2, interest=2), day_count=day_count)
    quarterly = first_rates(
        1, frequency=rp.Frequency.QUARTERLY, first_due=DATE(2026, 4, 15), day_count=day_count
    )
    assert skipping == quarterly


def test_listed_nominal_periods_are_months_and_odd_days_back_from_each() -> None:
    dates = [DATE(2028, 2, 29), DATE(2028, 3, 31), DATE(2028, 5, 30), DATE(2029, 5, 30)]
    rates = first_rates(
        4, starts_on=DATE(2028, 1, 31), first_due=dates[0], frequency=rp.Frequency.on_dates(dates)
    )
    # 29 February stands for the 31st; a month back from 31 March is 29 February; 30 May ends no month
    assert rates == [Fraction(30, 360), Fraction(30, 360), Fraction(60, 360), Fraction(1)]
