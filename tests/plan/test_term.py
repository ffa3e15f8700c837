from __future__ import annotations

import pendulum
import pytest

from repayplan.plan.term import months_later, months_to

D = pendulum.date


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (D(2026, 1, 31), 0, D(2026, 1, 31)),
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2026, 1, 31), 2, D(2026, 3, 31)),
        (D(2026, 12, 1), 60, D(2031, 12, 1)),
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2024, 2, 29), 48, D(2028, 2, 29)),
    ],
)
def test_so_many_months_later_is_the_same_day_or_the_months_last(
    start: pendulum.Date, months: int, end: pendulum.Date
) -> None:
    assert months_later(start, months) == end


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (D(2026, 1, 31), D(2026, 1, 31), 0),
        (D(2026, 1, 31), D(2026, 2, 1), 1),
        (D(2026, 1, 31), D(2026, 2, 28), 1),
        (D(2026, 1, 31), D(2026, 3, 1), 2),
        (D(2026, 1, 31), D(2026, 3, 31), 2),
        (D(2026, 1, 31), D(2026, 4, 1), 3),
        (D(2026, 1, 1), D(2026, 2, 1), 1),
        (D(2026, 1, 1), D(2026, 2, 2), 2),
        (D(2026, 12, 15), D(2027, 1, 14), 1),
        (D(2026, 12, 15), D(2027, 1, 16), 2),
    ],
)
def test_a_month_begun_counts_as_one(start: pendulum.Date, end: pendulum.Date, months: int) -> None:
    assert months_to(start, end) == months
