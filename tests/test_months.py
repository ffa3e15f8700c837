from __future__ import annotations

import pendulum
import pytest

from repayplan.errors import DateError, InputTypeError
from repayplan.months import MonthEnd, date_in_month, month_grid, month_index, months_and_days


def day(text: str) -> pendulum.Date:
    return pendulum.Date.fromisoformat(text)


def test_months_are_numbered_without_a_gap() -> None:
    assert month_index(day("2026-01-31")) + 1 == month_index(day("2026-02-01"))
    assert month_index(day("2025-12-31")) + 1 == month_index(day("2026-01-01"))


@pytest.mark.parametrize(
    ("month", "number", "month_end", "expected"),
    [
        pytest.param("2026-02-01", 28, MonthEnd.ROLL, "2026-02-28", id="a day that every month has"),
        pytest.param("2024-02-01", 29, MonthEnd.ROLL, "2024-02-29", id="29 February in a leap year"),
        pytest.param("2026-02-01", 29, MonthEnd.CLAMP, "2026-02-28", id="clamped"),
        pytest.param("2026-02-01", 29, MonthEnd.ROLL, "2026-03-01", id="rolled"),
        pytest.param("1900-02-01", 29, MonthEnd.CLAMP, "1900-02-28", id="1900 had no leap day"),
        pytest.param("2000-02-01", 29, MonthEnd.CLAMP, "2000-02-29", id="2000 had one"),
        pytest.param("2026-04-01", 31, MonthEnd.CLAMP, "2026-04-30", id="a short month"),
        pytest.param("2026-12-01", 31, MonthEnd.ROLL, "2026-12-31", id="December"),
    ],
)
def test_a_day_that_a_month_lacks_is_clamped_or_rolled(
    month: str, number: int, month_end: MonthEnd, expected: str
) -> None:
    assert date_in_month(month_index(day(month)), number, month_end) == day(expected)


@pytest.mark.parametrize("index", [11, 12 * 10_000], ids=["the year 0", "the year 10000"])
def test_a_month_outside_the_calendar_is_refused(index: int) -> None:
    with pytest.raises(DateError) as caught:
        date_in_month(index, 1, MonthEnd.CLAMP)
    assert caught.value.code == "date.range"


@pytest.mark.parametrize("anchor_day", [0, -1, 32, 10**9])
def test_an_anchor_is_a_day_of_a_month(anchor_day: int) -> None:
    with pytest.raises(DateError) as caught:
        month_grid(day("2026-01-31"), anchor_day, MonthEnd.CLAMP)
    assert caught.value.field == "anchor_day"


@pytest.mark.parametrize("anchor_day", ["31", True, 31.0], ids=repr)
def test_an_anchor_is_an_int(anchor_day: int) -> None:
    with pytest.raises(InputTypeError):
        month_grid(day("2026-01-31"), anchor_day, MonthEnd.CLAMP)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2026-01-15", "2026-03-15", (2, 0), id="whole months"),
        pytest.param("2026-01-10", "2026-03-15", (2, 5), id="odd days come first"),
        pytest.param("2026-01-16", "2026-03-15", (1, 30), id="one day short of a month"),
        pytest.param("2026-03-15", "2026-03-15", (0, 0), id="no time"),
        pytest.param("2026-03-14", "2026-03-15", (0, 1), id="a day"),
        pytest.param("2026-01-31", "2026-03-31", (2, 0), id="from month end to month end"),
        pytest.param("2026-02-28", "2026-03-31", (1, 0), id="a month that starts on a clamped day"),
        pytest.param("2025-12-31", "2026-02-28", (1, 28), id="back from the 28th"),
    ],
)
def test_months_and_days_count_back_from_the_end(start: str, end: str, expected: tuple[int, int]) -> None:
    place = month_grid(day(end), None, MonthEnd.CLAMP)
    assert months_and_days(day(start), place) == expected


def test_months_and_days_before_a_rolled_end() -> None:
    place = month_grid(day("2026-03-01"), 31, MonthEnd.ROLL)
    assert place(-1) == day("2026-01-31")
    assert months_and_days(day("2026-01-31"), place) == (1, 0)
    assert months_and_days(day("2026-02-01"), place) == (0, 28)


@pytest.mark.parametrize("start", ["0001-01-01", "0001-01-15"])
def test_months_and_days_in_the_first_month_of_all(start: str) -> None:
    place = month_grid(day("0001-01-15"), None, MonthEnd.CLAMP)
    assert months_and_days(day(start), place) == (0, 15 - day(start).day)
