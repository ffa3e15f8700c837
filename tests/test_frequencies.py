"""Listed dates; the frequencies by rule are tested with the due dates that they give."""

from __future__ import annotations

import datetime
from typing import Any

import attrs
import pendulum
import pytest

from repayplan.calendars import WeekendCalendar
from repayplan.dates import due_dates
from repayplan.errors import DateError, InputTypeError
from repayplan.frequencies import INSTALLMENTS_MAX, Frequency, ListedDates, check_frequency
from repayplan.months import MonthEnd
from tests.schedule import repickled

DATE = pendulum.date
DAYS = [DATE(2026, 2, 28), DATE(2026, 3, 1), DATE(2028, 2, 29)]
LISTED = Frequency.on_dates(DAYS)


def test_listed_dates_are_kept_as_they_are() -> None:
    assert isinstance(LISTED, ListedDates)
    assert LISTED.dates == tuple(DAYS)
    assert LISTED.date_count == 3
    place = LISTED.grid(DAYS[0], None, MonthEnd.CLAMP)
    assert [place(k) for k in range(3)] == DAYS


def test_frequencies_by_rule_do_not_end() -> None:
    for frequency in (Frequency.WEEKLY, Frequency.MONTHLY, Frequency.SEMI_MONTHLY):
        assert frequency.date_count is None


def test_any_date_is_taken_and_kept_as_a_pendulum_date() -> None:
    listed = Frequency.on_dates([datetime.date(2026, 2, 28), DATE(2026, 3, 1), DATE(2028, 2, 29)])
    assert listed == LISTED
    assert {type(day) for day in due_dates(DAYS[0], listed, 3)} == {pendulum.Date}


def test_due_dates_of_a_list_move_off_closed_days() -> None:
    assert due_dates(DAYS[0], LISTED, 2) == (DATE(2026, 2, 28), DATE(2026, 3, 1))
    moved = due_dates(DAYS[0], LISTED, 3, calendar=WeekendCalendar())
    assert moved == (DATE(2026, 3, 2), DATE(2026, 3, 2), DATE(2028, 2, 29))


def test_more_dates_than_are_listed_are_refused_with_their_number() -> None:
    with pytest.raises(DateError, match="add the dates") as caught:
        due_dates(DAYS[0], LISTED, 4)
    assert (caught.value.code, caught.value.field, caught.value.data["count"]) == ("date.listed", "dates", 3)


@pytest.mark.parametrize("place", [-1, 3])
def test_a_place_off_the_list_is_refused(place: int) -> None:
    with pytest.raises(DateError) as caught:
        LISTED.grid(DAYS[0], None, MonthEnd.CLAMP)(place)
    assert caught.value.code == "date.listed"


def test_a_list_has_no_period_before_it() -> None:
    assert not LISTED.is_one_period(DATE(2026, 1, 31), LISTED.grid(DAYS[0], None, MonthEnd.CLAMP))


def test_a_list_has_no_number_of_periods_in_a_year() -> None:
    for name in ("periods_per_year", "periods_per_month"):
        with pytest.raises(DateError, match="state a frequency") as caught:
            getattr(LISTED, name)
        assert caught.value.code == "date.listed"


def test_a_list_begins_with_the_first_due_date() -> None:
    with pytest.raises(DateError, match="2026-02-28") as caught:
        LISTED.grid(DAYS[1], None, MonthEnd.CLAMP)
    assert (caught.value.code, caught.value.field) == ("date.anchor", "first_due")


def test_a_list_has_no_anchor() -> None:
    with pytest.raises(DateError, match="a list of dates has no anchor") as caught:
        LISTED.grid(DAYS[0], 28, MonthEnd.CLAMP)
    assert caught.value.field == "anchor_day"


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ([DATE(2026, 3, 1), DATE(2026, 3, 1)], "dates[1]"),
        ([DATE(2026, 3, 1), DATE(2026, 2, 28)], "dates[1]"),
        ([DATE(2026, 2, 1), DATE(2026, 2, 2), DATE(2026, 2, 2)], "dates[2]"),
    ],
)
def test_dates_that_repeat_or_go_back_are_refused_by_their_place(
    dates: list[pendulum.Date], field: str
) -> None:
    with pytest.raises(DateError) as caught:
        Frequency.on_dates(dates)
    assert (caught.value.code, caught.value.field) == ("date.order", field)
    assert caught.value.data["got"] == dates[-1]


def test_a_list_is_not_empty_and_has_a_bound() -> None:
    with pytest.raises(DateError, match="at least one") as caught:
        Frequency.on_dates([])
    assert (caught.value.code, caught.value.field) == ("date.listed", "dates")
    days = [DATE(2026, 1, 1).add(days=place) for place in range(INSTALLMENTS_MAX + 1)]
    assert Frequency.on_dates(days[:-1]).date_count == INSTALLMENTS_MAX
    with pytest.raises(DateError, match="10000"):
        Frequency.on_dates(days)


@pytest.mark.parametrize("disabled", [False, True])
@pytest.mark.parametrize(
    ("dates", "field"),
    [
        (None, "dates"),
        (20260301, "dates"),
        ("2026-03-01", "dates"),
        ({DATE(2026, 3, 1)}, "dates"),
        (["2026-03-01"], "dates[0]"),
        ([DATE(2026, 3, 1), None], "dates[1]"),
        ([DATE(2026, 3, 1), 1.5], "dates[1]"),
        ([True], "dates[0]"),
        ([datetime.datetime(2026, 3, 1)], "dates[0]"),  # noqa: DTZ001  wrong on purpose
        ([DATE(2026, 3, 1), pendulum.datetime(2026, 3, 2)], "dates[1]"),
    ],
)
def test_what_are_no_dates_is_refused_by_its_place(dates: Any, field: str, *, disabled: bool) -> None:  # noqa: ANN401  wrong on purpose
    attrs.validators.set_disabled(disabled)
    try:
        with pytest.raises(InputTypeError) as caught:
            Frequency.on_dates(dates)
    finally:
        attrs.validators.set_disabled(False)  # its only argument
    assert caught.value.field == field


def test_a_list_is_a_frequency_that_pickles_and_hashes() -> None:
    check_frequency(LISTED)
    assert repickled(LISTED) == LISTED
    assert hash(repickled(LISTED)) == hash(LISTED)
    assert Frequency.on_dates(DAYS[:2]) != LISTED


def test_what_is_no_frequency_is_told_the_names_of_those_that_are() -> None:
    with pytest.raises(InputTypeError, match=r"Frequency\.MONTHLY"):
        check_frequency("monthly")
