"""Payments that follow capacity: the least level, and rows that are cleared."""

from __future__ import annotations

import pytest

import repayplan as rp
from repayplan.plan.following import least_interest, least_level, rows_to_clear, to_steps
from tests.plan import EUR, money

FREE = [(0, 1)] * 4
PERCENT = [(1, 100)] * 4
EVEN = rp.Rounding.HALF_EVEN.divide


@pytest.mark.parametrize(
    ("principal", "factors", "payments", "rows"),
    [
        (100, FREE, [25, 25, 25, 25], 4),
        (100, FREE, [50, 50, 1, 1], 2),
        (100, FREE, [25, 25, 25, 24], None),
        (100, FREE, [25, 0, 25, 50], None),  # a row of nothing
        (1_000, PERCENT, [10, 500, 500, 500], 4),  # the first pays the interest alone
        (1_000, PERCENT, [1, 500, 500, 24], 4),  # and here not even that: 9 are put off
        (1_000, PERCENT, [1, 500, 500, 23], None),
        (1_000, PERCENT, [11, 500, 500, 500], 4),
        (1_000, PERCENT, [1_010, 1, 1, 1], 1),
    ],
)
def test_rows_are_counted_until_the_debt_is_cleared(
    principal: int, factors: list[tuple[int, int]], payments: list[int], rows: int | None
) -> None:
    assert rows_to_clear(principal, factors, EVEN, payments) == rows


def test_where_the_first_row_sets_the_level_the_others_ask_for_less() -> None:
    # With 8 of 9 gone the first pays 1 at the only level that clears; 7 then would end it a row too early.
    assert least_level(5, FREE[:3], EVEN, [9] * 3, [8, 2, 1]) == [1, 2, 2]
    assert least_level(6, FREE[:3], EVEN, [9] * 3, [8, 2, 1]) == [1, 3, 2]
    assert least_level(8, FREE[:3], EVEN, [9] * 3, [8, 2, 1]) == [1, 4, 3]


@pytest.mark.parametrize(
    ("limits", "carried", "expected"),
    [
        ([100] * 4, [0] * 4, [25] * 4),
        ([10, 100, 100, 100], [0] * 4, [10, 30, 30, 30]),
        ([100, 10, 100, 10], [0] * 4, [40, 10, 40, 10]),
        ([30, 30, 30, 10], [0] * 4, [30, 30, 30, 10]),
        ([30, 30, 30, 9], [0] * 4, None),
        ([100] * 4, [10, 0, 0, 0], [18, 28, 28, 28]),
        ([20, 100, 100, 100], [20, 0, 0, 0], None),  # what is carried leaves nothing for the first row
    ],
)
def test_each_row_asks_for_the_least_level_or_its_limit(
    limits: list[int], carried: list[int], expected: list[int] | None
) -> None:
    assert least_level(100, FREE, EVEN, limits, carried) == expected


@pytest.mark.parametrize(
    ("limits", "interest"),
    [
        ([1_010, 1, 1, 1], 10),  # cleared with the first
        ([1, 500, 500, 500], 10 + 10 + 5 + 0),  # 1000, 1000, 519, 24 are open when interest is charged
        ([1, 1, 1, 1], 40),
    ],
)
def test_the_least_interest_is_what_the_limits_in_full_leave(limits: list[int], interest: int) -> None:
    assert least_interest(1_000, PERCENT, limits) == interest


def test_a_debt_of_fewer_units_than_rows_has_no_level() -> None:
    assert least_level(2, FREE, EVEN, [5] * 4, [0] * 4) is None


def test_equal_payments_become_one_step() -> None:
    assert to_steps([5, 5, 7, 5], EUR) == rp.DeferringPayments([(2, money(5)), (1, money(7)), (1, money(5))])
