"""Moments and the names of zones: what is kept, what is refused, and the text that is hashed."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from repayplan.errors import DateError, InputTypeError, RepayPlanError
from repayplan.moments import check_moment, check_zone, instant, moment_text, parse_moment, zone_of

HOUR = dt.timedelta(hours=1)
FIRST, LAST = dt.datetime.min, dt.datetime.max  # noqa: DTZ901  # naive on purpose
MINUTES_MOST = 23 * 60 + 59


def offset(minutes: int) -> dt.timezone:
    return dt.timezone(dt.timedelta(minutes=minutes))


def local(text: str, zone: str, *, fold: int = 0) -> dt.datetime:
    """A clock time in a zone, as the standard library reads it."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def zone_refusal(name: object) -> RepayPlanError:
    with pytest.raises(RepayPlanError) as caught:
        check_zone(name, "zone")
    return caught.value


# ------------------------------------------------------------------------------------------ check_moment


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(dt.datetime(2026, 12, 31, 9, 30, tzinfo=dt.UTC), "2026-12-31T09:30:00+00:00", id="UTC"),
        pytest.param(
            dt.datetime(2026, 12, 31, 9, 30, tzinfo=offset(480)), "2026-12-31T09:30:00+08:00", id="offset"
        ),
        pytest.param(
            dt.datetime(2026, 1, 1, tzinfo=offset(-210)), "2026-01-01T00:00:00-03:30", id="half an hour west"
        ),
        pytest.param(
            dt.datetime(2026, 1, 1, tzinfo=offset(-1)), "2026-01-01T00:00:00-00:01", id="a minute west"
        ),
        pytest.param(
            dt.datetime(2026, 1, 1, tzinfo=offset(MINUTES_MOST)), "2026-01-01T00:00:00+23:59", id="most east"
        ),
        pytest.param(
            dt.datetime(2026, 1, 1, tzinfo=offset(-MINUTES_MOST)), "2026-01-01T00:00:00-23:59", id="most west"
        ),
        pytest.param(local("2026-12-01T09:30", "Asia/Kathmandu"), "2026-12-01T09:30:00+05:45", id="zone"),
        pytest.param(
            pendulum.datetime(2026, 7, 1, 9, tz="Europe/Paris"), "2026-07-01T09:00:00+02:00", id="pendulum"
        ),
    ],
)
def test_a_moment_keeps_its_clock_and_its_offset(value: dt.datetime, text: str) -> None:
    found = check_moment(value, "at")
    assert type(found) is pendulum.DateTime
    assert moment_text(found) == text
    assert found == value
    assert found.utcoffset() == value.utcoffset()


def test_a_moment_keeps_its_microseconds() -> None:
    found = check_moment(dt.datetime(2026, 1, 2, 3, 4, 5, 67, tzinfo=dt.UTC), "at")
    assert found.microsecond == 67
    assert moment_text(found) == "2026-01-02T03:04:05.000067+00:00"


def test_a_moment_forgets_its_zone_but_for_the_offset() -> None:
    given_in_paris = check_moment(pendulum.datetime(2026, 3, 28, 12, tz="Europe/Paris"), "at")
    assert given_in_paris.add(days=1).utcoffset() == HOUR  # Paris itself has changed its clocks by then


@pytest.mark.parametrize(
    ("fold", "text"), [(0, "2026-10-25T02:30:00+02:00"), (1, "2026-10-25T02:30:00+01:00")]
)
def test_an_hour_that_comes_twice_is_told_apart_by_its_fold(fold: int, text: str) -> None:
    found = check_moment(local("2026-10-25T02:30", "Europe/Berlin", fold=fold), "at")
    assert moment_text(found) == text
    assert found.fold == 0


def test_the_two_hours_of_a_fold_are_an_hour_apart() -> None:
    first, second = (
        check_moment(local("2026-11-01T01:30", "America/New_York", fold=fold), "at") for fold in (0, 1)
    )
    assert instant(second) - instant(first) == 3_600_000_000


@pytest.mark.parametrize(
    ("fold", "text"), [(0, "2026-03-29T02:30:00+01:00"), (1, "2026-03-29T02:30:00+02:00")]
)
def test_an_hour_that_no_clock_showed_has_the_offset_that_the_zone_gives(fold: int, text: str) -> None:
    # PEP 495: fold 0 takes the offset before the gap, fold 1 the one after it
    assert moment_text(check_moment(local("2026-03-29T02:30", "Europe/Berlin", fold=fold), "at")) == text


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(dt.datetime(2026, 1, 1), id="datetime"),  # noqa: DTZ001  # the point of the case
        pytest.param(pendulum.naive(2026, 1, 1), id="pendulum"),
        pytest.param(FIRST, id="the first"),
        pytest.param(LAST, id="the last"),
    ],
)
def test_a_naive_moment_is_refused(value: dt.datetime) -> None:
    with pytest.raises(DateError, match="time zone") as caught:
        check_moment(value, "started_at")
    assert (caught.value.code, caught.value.field) == ("moment.naive", "started_at")


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(local("1900-01-01T00:00", "Asia/Shanghai"), id="Shanghai, +08:05:43"),
        pytest.param(local("1850-01-01T00:00", "America/New_York"), id="New York, -04:56:02"),
        pytest.param(
            dt.datetime(2026, 1, 1, tzinfo=dt.timezone(dt.timedelta(microseconds=1))), id="a microsecond"
        ),
        pytest.param(
            dt.datetime(2026, 1, 1, tzinfo=dt.timezone(dt.timedelta(seconds=-59))), id="59 seconds west"
        ),
    ],
)
def test_an_offset_with_seconds_is_refused(value: dt.datetime) -> None:
    with pytest.raises(DateError, match="whole minutes") as caught:
        check_moment(value, "at")
    assert (caught.value.code, caught.value.field) == ("moment.offset", "at")


@pytest.mark.parametrize("minutes", [1, 60, MINUTES_MOST])
def test_the_first_and_the_last_moment_of_utc_are_kept_in_every_offset_that_can_write_them(
    minutes: int,
) -> None:
    first = (FIRST + dt.timedelta(minutes=minutes)).replace(tzinfo=offset(minutes))
    last = (LAST - dt.timedelta(minutes=minutes)).replace(tzinfo=offset(-minutes))
    assert check_moment(first, "at") == FIRST.replace(tzinfo=dt.UTC)
    assert check_moment(last, "at") == LAST.replace(tzinfo=dt.UTC)
    for beyond in (first - dt.timedelta(microseconds=1), last + dt.timedelta(microseconds=1)):
        with pytest.raises(DateError) as caught:
            check_moment(beyond, "at")
        assert caught.value.code == "moment.range"


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(FIRST.replace(tzinfo=offset(1)), id="a minute too early"),
        pytest.param(LAST.replace(tzinfo=offset(-1)), id="a minute too late"),
        pytest.param(pendulum.DateTime(1, 1, 1, tzinfo=pendulum.FixedTimezone(3600)), id="pendulum, early"),
        pytest.param(
            pendulum.DateTime(9999, 12, 31, 23, 59, tzinfo=pendulum.FixedTimezone(-3600)), id="pendulum, late"
        ),
        pytest.param(LAST.replace(tzinfo=ZoneInfo("America/New_York")), id="the last hour of New York"),
    ],
)
def test_a_moment_outside_the_years_of_utc_is_refused(value: dt.datetime) -> None:
    with pytest.raises(DateError, match="years 1 to 9999") as caught:
        check_moment(value, "at")
    assert (caught.value.code, caught.value.field) == ("moment.range", "at")


@pytest.mark.parametrize(
    "value",
    [
        None,
        0,
        True,
        1.5,
        b"2026",
        "2026-12-31T09:30:00+08:00",
        [],
        dt.date(2026, 1, 1),
        pendulum.date(2026, 1, 1),
        dt.time(9, 30),
    ],
    ids=repr,
)
def test_what_is_no_datetime_is_refused_with_an_example(value: object) -> None:
    with pytest.raises(InputTypeError, match=r"pendulum\.datetime\(") as caught:
        check_moment(value, "at")
    assert (caught.value.code, caught.value.field) == ("moment.type", "at")
    assert caught.value.data == {"expected": "datetime"}


def test_a_moment_is_pickled_and_equal() -> None:
    moment = check_moment(local("2026-12-01T09:30:15", "Asia/Shanghai"), "at")
    again = pickle.loads(pickle.dumps(moment))  # noqa: S301  # our own
    assert again == moment
    assert moment_text(again) == moment_text(moment)


# ------------------------------------------------------------------------------------------ instant


def test_instants_compare_clocks_of_all_zones() -> None:
    there = check_moment(local("2026-12-01T09:00", "Asia/Shanghai"), "at")
    here = check_moment(local("2026-12-01T01:00", "UTC"), "at")
    assert instant(there) == instant(here)
    assert instant(here.add(microseconds=1)) - instant(there) == 1


def test_an_instant_counts_microseconds() -> None:
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    later = dt.datetime(1970, 1, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
    assert instant(later) - instant(epoch) == (86_400 + 3 * 3_600 + 4 * 60 + 5) * 1_000_000 + 6


MOMENTS = st.datetimes(
    min_value=dt.datetime(1, 1, 2),  # noqa: DTZ001  # the offset comes from the next strategy
    max_value=dt.datetime(9999, 12, 30, 23, 59, 59, 999_999),  # noqa: DTZ001
    timezones=st.integers(-MINUTES_MOST, MINUTES_MOST).map(offset),
)


@given(MOMENTS, MOMENTS)
def test_instants_are_as_far_apart_as_the_standard_library_says(
    first: dt.datetime, second: dt.datetime
) -> None:
    assert instant(second) - instant(first) == (second - first) // dt.timedelta(microseconds=1)


def test_a_naive_moment_has_no_instant_and_no_text() -> None:
    naive = dt.datetime(2026, 1, 1)  # noqa: DTZ001  # the point of the case
    for act in (instant, moment_text):
        with pytest.raises(DateError) as caught:
            act(naive)
        assert caught.value.code == "moment.naive"


# ------------------------------------------------------------------------------------------ the text


@given(MOMENTS)
@example(FIRST.replace(tzinfo=dt.UTC))
@example(LAST.replace(tzinfo=dt.UTC))
@example(dt.datetime(2026, 1, 1, tzinfo=offset(-1)))
def test_a_moment_is_read_as_it_was_written(value: dt.datetime) -> None:
    text = moment_text(check_moment(value, "at"))
    again = parse_moment(text, "at")
    assert type(again) is pendulum.DateTime
    assert (again, again.utcoffset(), again.replace(tzinfo=None)) == (
        value,
        value.utcoffset(),
        value.replace(tzinfo=None),
    )
    assert moment_text(again) == text
    assert dt.datetime.fromisoformat(text) == value


@given(st.text() | st.from_regex(r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?[+-]\d\d:\d\d\Z"))
def test_text_is_read_only_if_it_is_written_so(text: str) -> None:
    try:
        moment = parse_moment(text, "at")
    except DateError as error:
        assert error.field == "at"  # noqa: PT017  # either way is right, and checked
        assert error.code in {"moment.text", "moment.range"}  # noqa: PT017
    else:
        assert moment_text(moment) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-12-31",
        "2026-12-31T09:30:00",
        "2026-12-31T09:30:00Z",
        "2026-12-31t09:30:00+08:00",
        "2026-12-31 09:30:00+08:00",
        "2026-12-31T09:30+08:00",
        "2026-12-31T09:30:00+0800",
        "2026-12-31T09:30:00+08",
        "2026-12-31T09:30:00-00:00",
        "2026-12-31T09:30:00+24:00",
        "2026-12-31T09:30:00-24:00",
        "2026-12-31T09:30:00+08:60",
        "2026-12-31T24:00:00+08:00",
        "2026-12-31T09:60:00+08:00",
        "2026-12-31T09:30:60+08:00",
        "2026-13-01T09:30:00+08:00",
        "2026-02-29T09:30:00+08:00",
        "0000-01-01T00:00:00+00:00",
        "12026-01-01T00:00:00+00:00",
        "2026-12-31T09:30:00.000000+08:00",
        "2026-12-31T09:30:00.5+08:00",
        "2026-12-31T09:30:00,500000+08:00",
        "2026-12-31T09:30:00.5000000+08:00",
        "2026-12-31T09:30:00+08:00\n",
        " 2026-12-31T09:30:00+08:00",
        "\u0662\u0660\u0662\u0666-12-31T09:30:00+08:00",
        "2026-12-31T09:30:00\u221208:00",
        "\ud800",
        "2026-12-31T09:30:00+08:00[Asia/Shanghai]",
        "9" * 10_000_000,
    ],
    ids=lambda text: ascii(text[:40]),
)
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="expected a moment such as") as caught:
        parse_moment(text, "entries[3].at")
    assert (caught.value.code, caught.value.field) == ("moment.text", "entries[3].at")
    assert caught.value.message.isascii()
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 200


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"])
def test_a_text_outside_the_years_of_utc_is_refused(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_moment(text, "at")
    assert (caught.value.code, caught.value.field) == ("moment.range", "at")


# ------------------------------------------------------------------------------------------ zones


@pytest.mark.parametrize(
    "name",
    [
        "Asia/Shanghai",
        "Asia/Urumqi",
        "America/Argentina/Buenos_Aires",
        "America/Port-au-Prince",
        "Etc/GMT+12",
        "EST5EDT",
        "UTC",
    ],
)
def test_a_zone_of_the_database_is_known(name: str) -> None:
    assert check_zone(name, "zone") == name
    assert zone_of(name).key == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "..",
        "../x",
        "../../etc/passwd",
        "/etc/passwd",
        "Asia/../Asia/Shanghai",
        "Asia//Shanghai",
        "Asia",
        "Asia/",
        "America/Argentina",
        "Asia/Shanghai/",
        "Asia/Shanghai ",
        "Asia/Shanghai\n",
        "Asia/Shanghai\x00",
        "\x00",
        "Asia\\Shanghai",
        "Mars/Base",
        "Asia/Shang\u200bhai",
        "\uff21sia/Shanghai",
        "\ud800",
        "tzdata.zi",
        "leapseconds",
        "__init__",
        "+08:00",
        "C:/Windows",
        "a/b/c/d/e",
        "A" * 64,
        "A" * 65,
        "A" * 10_000_000,
    ],
    ids=lambda name: ascii(name[:30]),
)
def test_an_unknown_zone_is_refused_shortly_and_on_one_line(name: str) -> None:
    error = zone_refusal(name)
    assert type(error) is DateError
    assert (error.code, error.field) == ("zone.unknown", "zone")
    assert error.message.isascii()
    assert error.message.isprintable()
    assert len(error.message) < 200
    with pytest.raises(DateError):
        zone_of(name, "zone")


@pytest.mark.parametrize("name", ["localtime", "posixrules"])
def test_a_zone_that_is_another_on_each_machine_is_refused(name: str) -> None:
    # files in the folder of many a Unix system, beside those of the database
    assert zone_refusal(name).code == "zone.unknown"


@pytest.mark.parametrize("name", ["right/Asia/Shanghai", "posix/Asia/Shanghai", "right/UTC"])
def test_a_copy_of_the_database_in_a_folder_of_the_system_is_refused(name: str) -> None:
    # they exist on some systems only, and those of `right` count leap seconds
    assert zone_refusal(name).code == "zone.unknown"


@pytest.mark.parametrize(
    "name", [None, 8, True, 8.0, b"UTC", ["UTC"], type("Text", (str,), {})("UTC")], ids=repr
)
def test_a_zone_that_is_no_text_is_refused(name: Any) -> None:  # noqa: ANN401  # any wrong type
    error = zone_refusal(name)
    assert type(error) is InputTypeError
    assert (error.code, error.field, error.data) == ("text.type", "zone", {"expected": "str"})


def test_the_field_of_a_zone_is_named() -> None:
    with pytest.raises(DateError) as caught:
        zone_of("Mars/Base")
    assert caught.value.field == "zone"
    with pytest.raises(DateError) as caught:
        check_zone("Mars/Base", "zones[1]")
    assert caught.value.field == "zones[1]"
