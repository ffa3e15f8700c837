"""A large last payment, and payments by the seasons."""

from __future__ import annotations

from fractions import Fraction
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

YEAR = [PERCENT] * 12

# --- a stated balloon


def test_the_equal_payments_are_worked_out_so_that_the_balloon_clears_the_debt() -> None:
    schedule = built(repayment=rp.Balloon(12, euros("500")))
    discounted = Fraction(100, 101) ** 12 * 50000
    payment = round(level(120000 - discounted, YEAR[:11]))
    assert rows_of(schedule) == run_down(120000, YEAR, [payment] * 11)
    last = units(schedule, "amount")[-1]
    assert last != 50000
    assert abs(last - 50000) <= 12  # half a cent a row, with its interest and the rounding of each


def test_a_balloon_without_interest_is_what_the_others_leave() -> None:
    schedule = built(rate=FREE, repayment=rp.Balloon(4, euros("900")))
    assert units(schedule, "amount") == [10000, 10000, 10000, 90000]


@pytest.mark.parametrize(("rounding", "last"), [(rp.Rounding.UP, 89998), (rp.Rounding.DOWN, 90001)])
def test_the_payments_beside_a_balloon_are_rounded_in_the_mode_of_the_terms(
    rounding: rp.Rounding, last: int
) -> None:
    # 300.04 in three is 100.01 and a third of a cent
    schedule = built(
        principal=cents(120004), rate=FREE, rounding=rounding, repayment=rp.Balloon(4, euros("900"))
    )
    assert units(schedule, "amount")[-1] == last


def test_a_balloon_smaller_than_the_others_is_allowed() -> None:
    assert units(built(rate=FREE, repayment=rp.Balloon(2, euros("1"))), "amount") == [119900, 100]


def test_a_balloon_comes_before_a_residual() -> None:
    schedule = built(
        rate=FREE, review_on=DATE(2026, 4, 15), residual=euros("600"), repayment=rp.Balloon(3, euros("400"))
    )
    assert units(schedule, "amount") == [10000, 10000, 40000]
    assert schedule.residual == euros("600")


def test_a_balloon_that_leaves_the_others_below_the_interest_is_refused_with_the_greatest() -> None:
    error = refusal_of(repayment=rp.Balloon(5, euros("2000")))
    assert type(error) is rp.NegativeAmortizationError
    assert error.field == "amount"
    greatest: Any = error.data["amount"]
    assert str(greatest) in error.message
    assert built(repayment=rp.Balloon(5, greatest))
    more = refusal_of(repayment=rp.Balloon(5, greatest + cents(1)))
    assert more.data["amount"] == greatest


def test_a_balloon_after_rows_of_interest_is_refused_with_the_greatest_too() -> None:
    pattern = rp.InterestOnly(2, then=rp.Balloon(3, euros("1300")))
    error = refusal_of(repayment=pattern)
    greatest: Any = error.data["amount"]
    assert error.data["number"] == 3
    assert len(built(repayment=rp.InterestOnly(2, then=rp.Balloon(3, greatest)))) == 5


def test_a_balloon_of_too_many_rows_is_refused_with_a_count() -> None:
    error = refusal_of(principal=cents(3), rate=FREE, repayment=rp.Balloon(12, cents(1)))
    assert (error.code, error.data["count"]) == ("terms.count", 3)
    assert len(built(principal=cents(3), rate=FREE, repayment=rp.Balloon(3, cents(1)))) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"rate": FREE, "repayment": rp.Balloon(2, cents(1))},
        {"rate": rp.Rate.annual("4"), "repayment": rp.Balloon(2, cents(10))},
    ],
)
def test_a_cent_has_no_room_for_a_balloon(changes: dict[str, object]) -> None:
    error = refusal_of(principal=cents(1), **changes)
    assert (error.code, error.data["count"]) == ("terms.count", 1)
    assert built(principal=cents(1), **{**changes, "repayment": rp.LevelPayment(1)})


@pytest.mark.parametrize("count", [0, 1, 10_001, 10**6])
def test_a_balloon_is_one_of_at_least_two(count: int) -> None:
    with pytest.raises(rp.TermsError, match="2 to 10000") as caught:
        rp.Balloon(count, euros("1"))
    assert caught.value.field == "count"


# --- what remains of a longer term


def test_the_payments_are_those_of_the_longer_term() -> None:
    schedule = built(repayment=rp.BalloonRemainder(6, 12))
    payment = round(level(120000, YEAR))
    assert rows_of(schedule) == run_down(120000, YEAR[:6], [payment] * 5)


def test_the_longer_term_counts_the_days_of_its_own_dates() -> None:
    # four months from 15 January 2027 at 0.1 % a day: 31, 28, 31 and 30 days
    changes: dict[str, object] = {
        "rate": rp.Rate.daily("0.001"),
        "starts_on": DATE(2027, 1, 15),
        "first_due": DATE(2027, 2, 15),
    }
    rates = [Fraction(days, 1000) for days in (31, 28, 31, 30)]
    schedule = built(**changes, repayment=rp.BalloonRemainder(2, 4))
    assert rows_of(schedule) == run_down(120000, rates[:2], [round(level(120000, rates))])


def test_the_same_term_is_a_level_payment() -> None:
    assert built(repayment=rp.BalloonRemainder(12, 12)).rows == built().rows


def test_one_row_of_a_longer_term_repays_all() -> None:
    assert units(built(repayment=rp.BalloonRemainder(1, 360)), "amount") == [121200]


def test_a_longer_term_leaves_a_residual() -> None:
    schedule = built(review_on=DATE(2026, 4, 15), residual=euros("300"), repayment=rp.BalloonRemainder(3, 12))
    payment = round(level(120000, YEAR, 30000))
    assert rows_of(schedule) == run_down(120000, YEAR[:3], [payment] * 2, 30000)


def test_a_longer_term_goes_on_beyond_a_stated_last_date() -> None:
    plain = built(repayment=rp.BalloonRemainder(6, 12))
    assert built(ends_on=DATE(2026, 7, 15), repayment=rp.BalloonRemainder(6, 12)).rows == plain.rows
    # and where that date is off the grid, it goes on along the grid
    stub = built(ends_on=DATE(2026, 7, 20), repayment=rp.BalloonRemainder(7, 12))
    assert units(stub, "principal")[:5] == units(plain, "principal")[:5]
    assert units(stub, "amount")[:6] == [10662] * 6


def test_no_calendar_is_asked_for_a_longer_term_that_accrues_to_scheduled_dates() -> None:
    calendar = rp.ExplicitCalendar(DATE(2026, 1, 1), DATE(2026, 12, 31))
    schedule = built(calendar=calendar, repayment=rp.BalloonRemainder(6, 360))
    assert len(schedule) == 6
    # interest to the moved dates cannot be known without them
    with pytest.raises(rp.DateError):
        built(
            calendar=calendar,
            accrue_to=rp.AccrueTo.DUE,
            day_count=rp.DayCount.ACT_365F,
            repayment=rp.BalloonRemainder(6, 360),
        )


def test_a_longer_term_to_moved_dates_goes_on_beyond_a_stated_last_date() -> None:
    changes: dict[str, object] = {
        "calendar": rp.WeekendCalendar(),
        "accrue_to": rp.AccrueTo.DUE,
        "day_count": rp.DayCount.ACT_365F,
        "repayment": rp.BalloonRemainder(6, 12),
    }
    assert built(**changes, ends_on=DATE(2026, 7, 15)).rows == built(**changes).rows


def test_listed_dates_must_cover_the_longer_term() -> None:
    dates = [DATE(2026, month, 15) for month in range(2, 8)]
    error = refusal_of(frequency=rp.Frequency.on_dates(dates), repayment=rp.BalloonRemainder(6, 12))
    assert (error.code, error.field) == ("terms.dates", "repayment.amortized_over")
    over: Any = error.data["dates"]
    repaired = rp.BalloonRemainder(6, over)
    assert len(built(frequency=rp.Frequency.on_dates(dates), repayment=repaired)) == 6


def test_a_remainder_that_pays_too_little_is_refused_with_a_count() -> None:
    changes: dict[str, object] = {"principal": euros("10"), "rate": rp.Rate.annual("0.3")}
    error = refusal_of(**changes, repayment=rp.BalloonRemainder(5, 360))
    assert type(error) is rp.NegativeAmortizationError
    count: Any = error.data["count"]
    assert len(built(**changes, repayment=rp.BalloonRemainder(count, 360))) == count
    least: Any = error.data["least_payment"]
    assert built(**changes, repayment=rp.FixedPayment(least))


def test_the_longer_term_is_bounded() -> None:
    assert rp.BalloonRemainder(12, 12).amortized_over == 12
    for over in (11, 0, -1, 10_001, 10**6):
        with pytest.raises(rp.TermsError, match="12 to 10000") as caught:
            rp.BalloonRemainder(12, over)
        assert caught.value.field == "amortized_over"


# --- the seasons

WINTER = (2, 2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2)


def test_equal_weights_are_a_level_payment() -> None:
    for weight in (1, 7, 10**6):
        assert built(repayment=rp.SeasonalPayments(12, (weight,) * 12)).rows == built().rows


def test_each_payment_is_the_weight_of_its_month() -> None:
    # without interest: February to July weigh 2, 1, 1, 1, 1 and 2, and 1,200 in eight parts are 150 each
    weights = (0, 2, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0)
    schedule = built(rate=FREE, repayment=rp.SeasonalPayments(6, weights))
    assert units(schedule, "amount") == [30000, 15000, 15000, 15000, 15000, 30000]


def test_each_payment_is_rounded_once_from_the_one_exact_unit() -> None:
    # 10 cents in eight parts are 1.25: twice that is 2.5, not twice the 1 that it would round to
    weights = (0, 2, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0)
    for rounding, payments in (
        (rp.Rounding.HALF_UP, [3, 1, 1, 1, 1, 3]),
        (rp.Rounding.HALF_EVEN, [2, 1, 1, 1, 1, 4]),
    ):
        schedule = built(
            principal=cents(10), rate=FREE, rounding=rounding, repayment=rp.SeasonalPayments(6, weights)
        )
        assert units(schedule, "amount") == payments


def test_months_without_a_weight_have_no_row_and_interest_runs_on() -> None:
    schedule = built(repayment=rp.SeasonalPayments(6, WINTER))
    assert [row.due_on for row in schedule] == [
        DATE(2026, 2, 15),
        DATE(2026, 3, 15),
        DATE(2026, 11, 15),
        DATE(2026, 12, 15),
        DATE(2027, 1, 15),
        DATE(2027, 2, 15),
    ]
    rates = [PERCENT, PERCENT, 8 * PERCENT, PERCENT, PERCENT, PERCENT]
    weights = [2, 1, 1, 2, 2, 2]
    discount, sum_ = Fraction(1), Fraction(0)
    for rate, weight in zip(rates, weights, strict=True):
        discount /= 1 + rate
        sum_ += weight * discount
    payments = [round(weight * 120000 / sum_) for weight in weights]
    assert rows_of(schedule) == run_down(120000, rates, payments[:-1])


def test_a_first_month_without_a_weight_is_part_of_the_first_period() -> None:
    # from 10 January: a month and five days to February, and three more months to May
    weights = (0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0)
    schedule = built(starts_on=DATE(2026, 1, 10), repayment=rp.SeasonalPayments(2, weights))
    assert units(schedule, "interest")[0] == 1200 + 200 + 3 * 1200


def test_the_month_is_that_of_the_scheduled_date() -> None:
    # Saturday 28 February is moved to 2 March, and weighs what February does
    weights = (0, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    schedule = built(
        rate=FREE,
        starts_on=DATE(2026, 1, 28),
        first_due=DATE(2026, 2, 28),
        calendar=rp.WeekendCalendar(),
        repayment=rp.SeasonalPayments(2, weights),
    )
    assert units(schedule, "amount") == [30000, 90000]


def test_rows_of_interest_before_the_seasons_skip_no_month() -> None:
    weights = (0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)
    schedule = built(repayment=rp.InterestOnly(2, then=rp.SeasonalPayments(2, weights)))
    assert [row.due_on.month for row in schedule] == [2, 3, 6, 7]
    assert units(schedule, "interest")[:3] == [1200, 1200, 3600]


def test_free_periods_among_the_skipped_ones_stay_free() -> None:
    # due in May and June; interest is free to April, so May's row bears one month
    weights = (0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0)
    schedule = built(grace=rp.Grace(interest_free=3), repayment=rp.SeasonalPayments(2, weights))
    assert units(schedule, "interest")[0] == 1200


@pytest.mark.parametrize("frequency", [rp.Frequency.ANNUAL, rp.Frequency.SEMI_ANNUAL, rp.Frequency.QUARTERLY])
def test_months_that_no_date_reaches_are_refused(frequency: rp.Frequency) -> None:
    error = refusal_of(frequency=frequency, repayment=rp.SeasonalPayments(2, (1, *(0,) * 11)))
    assert (error.code, error.field) == ("terms.weights", "repayment.weights")


def test_a_year_of_days_without_a_payment_is_waited_for() -> None:
    schedule = built(
        frequency=rp.Frequency.every_days(1),
        rate=FREE,
        repayment=rp.SeasonalPayments(2, (1, *(0,) * 11)),
    )
    assert [row.due_on for row in schedule] == [DATE(2027, 1, 1), DATE(2027, 1, 2)]


def test_dates_that_end_before_a_month_is_reached_are_refused() -> None:
    for changes in (
        {"ends_on": DATE(2026, 12, 15)},
        {"frequency": rp.Frequency.on_dates([DATE(2026, 2, 15), DATE(2026, 3, 15)])},
    ):
        error = refusal_of(**changes, repayment=rp.SeasonalPayments(1, (1, *(0,) * 11)))
        assert (error.code, error.data["dates"]) == ("terms.dates", 0)


def test_seasons_with_too_many_rows_are_refused_with_the_greatest_count() -> None:
    error = refusal_of(principal=cents(5), rate=FREE, repayment=rp.SeasonalPayments(12, (1,) * 12))
    assert (error.code, error.data["count"]) == ("terms.count", 5)
    schedule = built(principal=cents(5), rate=FREE, repayment=rp.SeasonalPayments(5, (1,) * 12))
    assert len(schedule) == 5


def test_a_season_too_light_for_its_interest_is_refused() -> None:
    weights = (*(1,) * 11, 10**6)
    error = refusal_of(repayment=rp.SeasonalPayments(24, weights))
    assert type(error) is rp.NegativeAmortizationError
    count = error.data["count"]
    assert isinstance(count, int)
    assert "ends_on" not in error.data
    assert "least_payment" not in error.data  # no fixed payment has the months of the seasons
    assert len(built(repayment=rp.SeasonalPayments(count, weights))) == count


@pytest.mark.parametrize(
    ("weights", "field"),
    [
        ((1,) * 11, "weights"),
        ((1,) * 13, "weights"),
        ((), "weights"),
        ((0,) * 12, "weights"),
        ((*(1,) * 11, -1), "weights[11]"),
        ((10**6 + 1, *(1,) * 11), "weights[0]"),
    ],
)
def test_weights_that_make_no_year_are_refused(weights: tuple[int, ...], field: str) -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.SeasonalPayments(12, weights)
    assert caught.value.field == field


@pytest.mark.parametrize("disabled", [False, True])
@pytest.mark.parametrize(
    ("weights", "field"),
    [
        (12, "weights"),
        ("1" * 12, "weights"),
        (None, "weights"),
        (dict.fromkeys(range(12), 1), "weights"),
        ((1.0,) * 12, "weights[0]"),
        ((True,) * 12, "weights[0]"),
        ((*(1,) * 11, "1"), "weights[11]"),
    ],
)
def test_weights_of_another_type_are_refused(weights: Any, field: str, *, disabled: bool) -> None:  # noqa: ANN401  wrong on purpose
    attrs.validators.set_disabled(disabled)
    try:
        with pytest.raises(rp.InputTypeError) as caught:
            rp.SeasonalPayments(12, weights)
    finally:
        attrs.validators.set_disabled(False)  # its only argument
    assert caught.value.field == field


def test_a_list_of_weights_is_kept_as_a_tuple() -> None:
    assert rp.SeasonalPayments(12, [1] * 12) == rp.SeasonalPayments(12, (1,) * 12)


# --- all of them


@pytest.mark.parametrize(
    "repayment",
    [
        rp.Balloon(10_000, euros("1000")),
        rp.BalloonRemainder(10_000, 10_000),
        rp.BalloonRemainder(2, 10_000),
        rp.SeasonalPayments(10_000, (6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5)),
    ],
)
@pytest.mark.parametrize("day_count", [rp.DayCount.NOMINAL, rp.DayCount.ACT_ACT_ISDA])
def test_the_longest_schedules_build(repayment: Any, day_count: rp.DayCount) -> None:  # noqa: ANN401  any of them
    schedule = built(
        principal=euros("1000000"),
        rate=rp.Rate.annual("0.05"),
        starts_on=DATE(2026, 2, 14),
        frequency=rp.Frequency.every_days(1),
        day_count=day_count,
        repayment=repayment,
    )
    assert (len(schedule), schedule[-1].closing) == (repayment.count, cents(0))


@pytest.mark.parametrize(
    "repayment", [rp.Balloon(5, euros("300")), rp.BalloonRemainder(5, 12), rp.SeasonalPayments(5, WINTER)]
)
def test_patterns_and_their_schedules_pickle(repayment: Repayment) -> None:
    assert repickled(repayment) == repayment
    schedule = built(repayment=repayment)
    assert repickled(schedule) == schedule
    assert repickled(terms_with(repayment=repayment)) == terms_with(repayment=repayment)
