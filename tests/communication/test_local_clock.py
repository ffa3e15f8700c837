"""The clock of a place: days, gaps and folds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import repayplan as rp
from repayplan.communication.local_clock import LocalClock, check_minute, minute_after, minute_of


def utc(text: str) -> int:
    return minute_of(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC))


def ordinal(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def test_a_moment_lies_in_its_minute_and_the_next_begins_after_it() -> None:
    start = dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC)
    assert minute_of(start) == minute_after(start)
    assert minute_of(start.replace(second=59)) == minute_of(start)
    assert minute_after(start.replace(second=1)) == minute_of(start) + 1


def test_a_clock_is_read_in_its_own_offset() -> None:
    clock = LocalClock("Asia/Kathmandu")
    assert clock.reading(utc("2026-12-01T18:15")) == (ordinal("2026-12-02"), 0)
    found = clock.moment(utc("2026-12-01T18:15"))
    assert (str(found.date()), found.hour, found.utcoffset()) == (
        "2026-12-02",
        0,
        dt.timedelta(hours=5, minutes=45),
    )


def test_a_clock_of_old_that_differs_by_seconds_shows_whole_minutes() -> None:
    clock = LocalClock("Africa/Monrovia")  # 44 minutes and 30 seconds behind until 1972
    assert clock.reading(utc("1960-01-01T00:45")) == (ordinal("1960-01-01"), 0)
    assert clock.start_of(ordinal("1960-01-01")) == utc("1960-01-01T00:45")


@pytest.mark.parametrize(
    ("zone", "day", "start"),
    [
        ("America/New_York", "2020-03-08", "2020-03-08T05:00"),
        ("America/New_York", "2020-03-09", "2020-03-09T04:00"),
        ("America/Sao_Paulo", "2017-10-15", "2017-10-15T03:00"),  # there was no midnight
        ("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00"),  # the hour before midnight came twice
        ("America/Toronto", "1919-03-31", "1919-03-31T04:30"),  # the clock leapt from 23:30 to 0:30
        ("America/St_Johns", "2006-10-29", "2006-10-29T02:30"),  # and at 0:01 went back to 23:01
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00"),  # a day that never was
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00"),
    ],
)
def test_a_day_begins_when_the_clock_first_shows_it(zone: str, day: str, start: str) -> None:
    clock = LocalClock(zone)
    found = clock.start_of(ordinal(day))
    assert found == utc(start)
    assert clock.day(found) >= ordinal(day)
    assert clock.day(found - 1) == ordinal(day) - (2 if day == "2011-12-31" else 1)


def test_a_day_that_has_begun_does_not_begin_again() -> None:
    clock = LocalClock("America/St_Johns")
    again = utc("2006-10-29T02:31")
    assert clock.reading(again) == (ordinal("2006-10-28"), 23 * 60 + 1)
    assert clock.day(again) == ordinal("2006-10-29")


def test_a_change_of_the_clock_is_found_to_the_minute() -> None:
    clock = LocalClock("America/New_York")
    midnight, change = utc("2020-03-08T05:00"), utc("2020-03-08T07:00")
    assert clock.steady_until(midnight, midnight + 1_440) == change
    assert clock.steady_until(midnight, change) == change
    assert clock.steady_until(change, change + 60) == change + 60


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (dt.datetime(2026, 12, 1), "moment.naive"),  # noqa: DTZ001  # the point of the test
        (dt.datetime(1899, 12, 31, 23, 59, tzinfo=dt.UTC), "moment.range"),
        (dt.datetime(3000, 1, 1, tzinfo=dt.UTC), "moment.range"),
        (dt.date(2026, 12, 1), "moment.type"),
    ],
)
def test_a_moment_out_of_reach_is_refused(value: Any, code: str) -> None:  # noqa: ANN401  # wrong types
    with pytest.raises((rp.DateError, rp.InputTypeError)) as caught:
        check_minute(value, "at")
    assert (caught.value.code, caught.value.field) == (code, "at")


def test_the_first_and_the_last_moment_in_reach() -> None:
    assert check_minute(dt.datetime(1900, 1, 1, tzinfo=dt.UTC), "at") == utc("1900-01-01T00:00")
    assert check_minute(dt.datetime(2999, 12, 31, 23, 59, tzinfo=dt.UTC), "at") == utc("2999-12-31T23:59")


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(rp.DateError) as caught:
        LocalClock("Mars/Olympus")
    assert caught.value.code == "zone.unknown"
