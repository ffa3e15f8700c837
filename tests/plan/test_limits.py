from __future__ import annotations

import pendulum
import pytest

import repayplan as rp
from repayplan.plan.limits import Limits
from tests.plan import money

JANUARY, MARCH = pendulum.date(2026, 1, 1), pendulum.date(2026, 3, 1)
RISING = rp.Capacity([(JANUARY, money(100)), (MARCH, money(300))])
DAYS = [pendulum.date(2026, month, 28) for month in (1, 2, 3)]


@pytest.mark.parametrize(
    ("frequency", "rows"),
    [
        (rp.Frequency.MONTHLY, [100, 100, 300]),
        (rp.Frequency.QUARTERLY, [100, 100, 300]),
        (rp.Frequency.WEEKLY, [23, 23, 69]),
        (rp.Frequency.SEMI_MONTHLY, [50, 50, 150]),
        (rp.Frequency.on_dates(DAYS), [100, 100, 300]),
    ],
)
def test_each_row_keeps_to_its_own_month(frequency: rp.Frequency, rows: list[int]) -> None:
    assert Limits(RISING, frequency, frequency.date_count is not None).rows(DAYS) == rows


def test_rows_of_one_month_share_it_equally() -> None:
    days = [pendulum.date(2026, 3, day) for day in (1, 15, 31)]
    limits = Limits(RISING, rp.Frequency.on_dates(days), listed=True)
    assert limits.rows(days) == [100, 100, 100]
    assert limits.on(days[0]) == limits.month(days[0]) == 300
    assert limits.by_month


def test_a_weekly_plan_with_weeks_left_out_keeps_to_weeks_and_to_months() -> None:
    days = [pendulum.date(2026, 1, day) for day in (1, 8, 15, 22, 29)]
    limits = Limits(RISING, rp.Frequency.WEEKLY, listed=True)
    assert limits.by_month
    assert limits.rows(days) == [20] * 5  # a fifth of 100, which is below 100 * 12 / 52
    assert limits.rows(days[:2]) == [23] * 2


def test_before_capacity_is_known_there_is_no_limit_to_give() -> None:
    with pytest.raises(rp.DateError):
        Limits(RISING, rp.Frequency.MONTHLY, listed=False).rows([pendulum.date(2025, 12, 31)])
