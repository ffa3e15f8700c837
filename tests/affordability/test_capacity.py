from __future__ import annotations

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
    assert (caught.value.code, caught.value.field) == ("capacity.negative", "monthly")


def test_a_capacity_that_is_not_money_is_refused() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Capacity(100)  # type: ignore[arg-type]  # the point
    assert caught.value.field == "monthly"


def test_what_is_no_frequency_is_refused() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        MONTHLY.per("weekly")  # type: ignore[arg-type]  # the point
    assert caught.value.field == "frequency"
