"""Hours of the week: their days, their times, and what is no time."""

from __future__ import annotations

from typing import Any

import pytest

import repayplan as rp
from repayplan.communication.weekly import EVERY_DAY, MINUTES_OF_A_DAY


def refusal(**fields: Any) -> rp.RepayPlanError:  # noqa: ANN401  # any wrong value
    with pytest.raises(rp.RepayPlanError) as caught:
        rp.WeeklyTimes(**fields)
    return caught.value


def test_by_default_it_is_the_whole_week() -> None:
    times = rp.WeeklyTimes()
    assert times.weekdays == EVERY_DAY == {1, 2, 3, 4, 5, 6, 7}
    assert (times.start_minute, times.end_minute) == (0, MINUTES_OF_A_DAY)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("00:00", "00:01", (0, 1)),
        ("08:00", "20:00", (480, 1200)),
        ("09:59", "10:00", (599, 600)),
        ("19:30", "23:59", (1170, 1439)),
        ("23:59", "24:00", (1439, 1440)),
    ],
)
def test_times_are_minutes_of_the_day(start: str, end: str, minutes: tuple[int, int]) -> None:
    times = rp.WeeklyTimes(start=start, end=end)
    assert (times.start_minute, times.end_minute) == minutes


@pytest.mark.parametrize("weekdays", [{1}, frozenset({7}), [1, 2], (6, 7), range(1, 8), [3, 3]], ids=repr)
def test_days_of_any_collection_become_a_set(weekdays: Any) -> None:  # noqa: ANN401
    times = rp.WeeklyTimes(weekdays=weekdays)
    assert times.weekdays == set(weekdays)
    assert type(times.weekdays) is frozenset


@pytest.mark.parametrize("day", [0, 8, -1, 10**30])
def test_a_day_that_no_week_has_is_refused(day: int) -> None:
    error = refusal(weekdays={1, day})
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("count.range", "weekdays")
    assert error.data == {"minimum": 1, "maximum": 7}


@pytest.mark.parametrize("day", [True, 1.0, "1", None, b"1"], ids=repr)
def test_a_day_that_is_no_whole_number_is_refused(day: object) -> None:
    error = refusal(weekdays=[day])
    assert type(error) is rp.InputTypeError
    assert (error.code, error.field) == ("count.type", "weekdays")


@pytest.mark.parametrize(
    "weekdays",
    [(), frozenset(), range(0), [1] * 8, range(1, 9), [1] * 1_000_000],
    ids=lambda days: str(len(days)),
)
def test_no_day_and_more_than_a_week_are_refused(weekdays: Any) -> None:  # noqa: ANN401
    error = refusal(weekdays=weekdays)
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("times.weekdays", "weekdays")


def test_a_range_longer_than_any_list_is_refused_too() -> None:
    error = refusal(weekdays=range(1, 10**30))
    assert (error.code, error.field) == ("times.weekdays", "weekdays")


@pytest.mark.parametrize(
    "weekdays", [None, 1, True, 1.5, b"\x01", "123", {1: 1}, iter([1])], ids=lambda v: type(v).__name__
)
def test_what_is_no_collection_of_days_is_refused(weekdays: Any) -> None:  # noqa: ANN401
    error = refusal(weekdays=weekdays)
    assert type(error) is rp.InputTypeError
    assert (error.code, error.field, error.data) == ("set.type", "weekdays", {"expected": "int"})


@pytest.mark.parametrize("field", ["start", "end"])
@pytest.mark.parametrize(
    "text",
    [
        *("", "8:00", "08:0", "08.00", "0800", "08:60", "24:01", "24:59", "25:00", "30:00", "-1:00"),
        *(
            "08:00 ",
            " 08:00",
            "08:00\n",
            "08:00:00",
            "noon",
            "8 pm",
            "\u0660\u0668:\u0660\u0660",
            "\uff10\uff18:00",
        ),
        *("08\uff1a00", "\ud800", "0" * 1_000_000),
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_what_is_no_time_of_the_day_is_refused(field: str, text: str) -> None:
    error = refusal(**{field: text})
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("times.time", field)
    assert str(error).isascii()
    assert len(str(error)) < 150


@pytest.mark.parametrize("field", ["start", "end"])
@pytest.mark.parametrize("value", [None, 8, True, 8.0, b"08:00", ["08:00"]], ids=repr)
def test_a_time_that_is_no_text_is_refused(field: str, value: Any) -> None:  # noqa: ANN401
    error = refusal(**{field: value})
    assert type(error) is rp.InputTypeError
    assert (error.code, error.field) == ("text.type", field)


@pytest.mark.parametrize(
    ("start", "end"), [("08:00", "08:00"), ("20:00", "08:00"), ("00:00", "00:00"), ("24:00", "24:00")]
)
def test_hours_end_after_they_start(start: str, end: str) -> None:
    error = refusal(start=start, end=end)
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("times.order", "end")
    assert "split it at midnight" in error.message
