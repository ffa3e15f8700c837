from __future__ import annotations

import pickle
from decimal import Decimal

import pendulum
import pytest

import repayplan as rp

MONTHLY = rp.Capacity(rp.Money("100", "EUR"))


@pytest.mark.parametrize(
    ("frequency", "each"),
    [
        (rp.Frequency.WEEKLY, "23.07"),  # 100 x 12/52 = 23.076..., rounded down
        (rp.Frequency.FORTNIGHTLY, "46.15"),
        (rp.Frequency.FOUR_WEEKLY, "92.30"),
        (rp.Frequency.SEMI_MONTHLY, "50.00"),
        (rp.Frequency.semi_monthly(1, 16), "50.00"),
        (rp.Frequency.MONTHLY, "100.00"),
        (rp.Frequency.BIMONTHLY, "200.00"),
        (rp.Frequency.QUARTERLY, "300.00"),
        (rp.Frequency.SEMI_ANNUAL, "600.00"),
        (rp.Frequency.ANNUAL, "1200.00"),
        (rp.Frequency.every_days(1), "3.28"),  # 100 x 12/365 = 3.287...
        (rp.Frequency.every_days(10), "32.87"),
        (rp.Frequency.every_weeks(3), "69.23"),
        (rp.Frequency.every_months(5), "500.00"),
    ],
)
def test_a_months_capacity_becomes_that_of_another_frequency_rounded_down(
    frequency: rp.Frequency, each: str
) -> None:
    assert MONTHLY.per(frequency) == rp.Money(each, "EUR")


@pytest.mark.parametrize("frequency", [rp.Frequency.WEEKLY, rp.Frequency.ANNUAL])
def test_no_capacity_is_none_at_any_frequency(frequency: rp.Frequency) -> None:
    assert rp.Capacity(rp.Money("0", "EUR")).per(frequency) == rp.Money("0", "EUR")


def test_a_capacity_below_zero_is_refused() -> None:
    with pytest.raises(rp.BudgetError) as caught:
        rp.Capacity(rp.Money("-0.01", "EUR"))
    assert (caught.value.code, caught.value.field) == ("capacity.negative", "steps[0][1]")


def test_a_capacity_that_is_not_money_is_refused() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Capacity(100)  # type: ignore[arg-type]  # the point
    assert caught.value.field == "steps"


def test_what_is_no_frequency_is_refused() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        MONTHLY.per("weekly")  # type: ignore[arg-type]  # the point
    assert caught.value.field == "frequency"


# --- over time

MARCH, JUNE, TODAY = (pendulum.date(2026, month, 1) for month in (3, 6, 1))


def euros(units: int) -> rp.Money:
    return rp.Money(units, "EUR")


def rising() -> rp.Capacity:
    return rp.Capacity([(TODAY, euros(100)), (MARCH, euros(300)), (JUNE, euros(200))])


@pytest.mark.parametrize(
    ("day", "units"),
    [
        (pendulum.date(2026, 1, 1), 100),
        (pendulum.date(2026, 2, 28), 100),
        (pendulum.date(2026, 3, 1), 300),
        (pendulum.date(2026, 5, 31), 300),
        (pendulum.date(2026, 6, 1), 200),
        (pendulum.date(2999, 1, 1), 200),
    ],
)
def test_a_month_has_the_amount_of_the_step_in_force(day: pendulum.Date, units: int) -> None:
    assert rising().on(day) == euros(units)
    assert rising().per(rp.Frequency.QUARTERLY, on=day) == euros(3 * units)


def test_without_a_day_the_lowest_step_counts() -> None:
    assert rising().monthly == rising().per(rp.Frequency.MONTHLY) == euros(100)


def test_before_its_first_step_a_capacity_is_not_known() -> None:
    with pytest.raises(rp.DateError) as caught:
        rising().on(pendulum.date(2025, 12, 31))
    assert (caught.value.code, caught.value.data["first"]) == ("capacity.unknown", TODAY)
    with pytest.raises(rp.DateError):
        rising().between(pendulum.date(2025, 12, 31), JUNE)


def test_a_constant_capacity_is_always_known() -> None:
    assert MONTHLY.on(pendulum.date(1, 1, 1)) == MONTHLY.on(pendulum.date(9999, 12, 31)) == euros(100)
    assert MONTHLY.is_constant
    assert not rising().is_constant


def test_between_two_days_the_steps_are_cut_to_them() -> None:
    april, july = pendulum.date(2026, 4, 15), pendulum.date(2026, 7, 1)
    assert rising().between(april, july) == ((april, euros(300)), (JUNE, euros(200)))
    assert rising().between(april, april) == ((april, euros(300)),)
    assert rising().between(JUNE, JUNE) == ((JUNE, euros(200)),)
    with pytest.raises(rp.DateError) as caught:
        rising().between(july, april)
    assert caught.value.field == "last"


def test_equal_steps_are_joined() -> None:
    joined = rp.Capacity([(TODAY, euros(1)), (MARCH, euros(1)), (JUNE, euros(2))])
    assert joined == rp.Capacity([(TODAY, euros(1)), (JUNE, euros(2))])
    assert len(joined.steps) == 2


def test_capacities_are_added_compared_and_taken_away_month_by_month() -> None:
    other = rp.Capacity([(pendulum.date(2026, 2, 1), euros(150)), (MARCH, euros(250))])
    february = pendulum.date(2026, 2, 1)
    assert (rising() + other).steps == ((february, euros(250)), (MARCH, euros(550)), (JUNE, euros(450)))
    assert rising().minimum(other).steps == ((february, euros(100)), (MARCH, euros(250)), (JUNE, euros(200)))
    assert rising().less(other).steps == ((february, euros(0)), (MARCH, euros(50)), (JUNE, euros(0)))


def test_it_is_rounded_down_to_a_step() -> None:
    assert rp.Capacity(rp.Money("149.99", "EUR")).floored(euros(50)) == rp.Capacity(euros(100))
    assert rising().floored(euros(1000)) == rp.Capacity([(TODAY, euros(0))])
    for step in (0, -50):
        with pytest.raises(rp.BudgetError) as caught:
            MONTHLY.floored(euros(step))
        assert caught.value.code == "capacity.step"


def test_it_gives_rows_for_a_table() -> None:
    assert rising().to_rows()[1] == {"from": MARCH, "monthly": Decimal("300.00"), "currency": "EUR"}
    assert len(rising().to_rows()) == 3


def test_it_pickles_to_an_equal_one() -> None:
    assert pickle.loads(pickle.dumps(rising())) == rising()  # noqa: S301  # our own bytes


@pytest.mark.parametrize(
    ("steps", "error", "field"),
    [
        ([], rp.BudgetError, "steps"),
        ([(MARCH, euros(1)), (MARCH, euros(2))], rp.BudgetError, "steps[1][0]"),
        ([(MARCH, euros(1)), (TODAY, euros(2))], rp.BudgetError, "steps[1][0]"),
        ([(pendulum.date(2026, 3, 2), euros(1))], rp.BudgetError, "steps[0][0]"),
        ([(MARCH, euros(1)), (JUNE, euros(-1))], rp.BudgetError, "steps[1][1]"),
        ([(MARCH, euros(1)), (JUNE, rp.Money(1, "CNY"))], rp.MoneyError, "steps[1][1]"),
        ([(MARCH, 5)], rp.InputTypeError, "steps[0]"),
        ([MARCH], rp.InputTypeError, "steps[0]"),
        ([("2026-03-01", euros(1))], rp.InputTypeError, "steps[0][0]"),
    ],
)
def test_steps_that_are_none_are_refused(
    steps: list[tuple[pendulum.Date, rp.Money]], error: type[rp.RepayPlanError], field: str
) -> None:
    with pytest.raises(error) as caught:
        rp.Capacity(steps)
    assert caught.value.field == field


def test_ten_thousand_steps_are_kept_and_one_more_is_refused() -> None:
    day = pendulum.date(1000, 1, 1)
    steps = [(day.add(months=place), euros(place % 2)) for place in range(10_001)]
    assert len(rp.Capacity(steps[:-1]).steps) == 10_000
    with pytest.raises(rp.BudgetError) as caught:
        rp.Capacity(steps)
    assert caught.value.code == "capacity.steps"
