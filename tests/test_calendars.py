from __future__ import annotations

import datetime as dt

import pendulum
import pytest

from repayplan.calendars import (
    CLOSED_RUN_MAX,
    BusinessDayConvention,
    Calendar,
    CalendarLike,
    ExplicitCalendar,
    WeekendCalendar,
    check_calendar,
)
from repayplan.errors import DateError, InputTypeError

Convention = BusinessDayConvention
DATETIME = dt.datetime(2026, 2, 17, tzinfo=dt.UTC)


def day(text: str) -> pendulum.Date:
    return pendulum.Date.fromisoformat(text)


def year_2026(**days: list[str]) -> ExplicitCalendar:
    """China's spring festival of 2026 as a list of days: closed on weekdays, worked on weekends."""
    return ExplicitCalendar(
        day("2026-01-01"),
        day("2026-12-31"),
        closed=[day(text) for text in days.get("closed", ["2026-02-16", "2026-02-17", "2026-02-18"])],
        opened=[day(text) for text in days.get("opened", ["2026-02-14", "2026-02-28"])],
    )


# ------------------------------------------------------------------------------------------ WeekendCalendar


def test_a_weekend_is_saturday_and_sunday_if_not_stated() -> None:
    week = [day("2026-01-05").add(days=n) for n in range(7)]
    assert [WeekendCalendar().is_business_day(one) for one in week] == [True] * 5 + [False] * 2


@pytest.mark.parametrize("weekend", [{5, 6}, (5, 6), [6, 5, 6], frozenset({5, 6})], ids=repr)
def test_a_weekend_may_be_any_set_of_weekdays(weekend: frozenset[int]) -> None:
    calendar = WeekendCalendar(weekend)
    assert calendar == WeekendCalendar(frozenset({5, 6}))
    assert not calendar.is_business_day(day("2026-01-09"))
    assert calendar.is_business_day(day("2026-01-11"))


def test_there_may_be_no_weekend() -> None:
    assert WeekendCalendar(frozenset()).is_business_day(day("2026-01-11"))


@pytest.mark.parametrize("weekend", [{0}, {8}, {-1}, set(range(1, 8))], ids=repr)
def test_a_weekend_leaves_a_working_day(weekend: frozenset[int]) -> None:
    with pytest.raises(DateError) as caught:
        WeekendCalendar(weekend)
    assert caught.value.field == "weekend"


@pytest.mark.parametrize("weekend", ["67", 6, None, {6.0}, {True}, {"6"}, range(6, 8)], ids=repr)
def test_a_weekend_of_another_type_is_refused(weekend: frozenset[int]) -> None:
    with pytest.raises(InputTypeError) as caught:
        WeekendCalendar(weekend)
    assert caught.value.field == "weekend"


@pytest.mark.parametrize("calendar", [WeekendCalendar(), year_2026()], ids=lambda c: type(c).__name__)
@pytest.mark.parametrize("value", [DATETIME, pendulum.datetime(2026, 2, 17), "2026-02-17", None], ids=repr)
def test_a_calendar_answers_about_dates_only(calendar: Calendar, value: pendulum.Date) -> None:
    with pytest.raises(InputTypeError):
        calendar.is_business_day(value)


# ------------------------------------------------------------------------------------------ ExplicitCalendar


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        pytest.param("2026-01-01", True, id="the first day known"),
        pytest.param("2026-12-31", True, id="the last day known"),
        pytest.param("2026-02-17", False, id="a holiday"),
        pytest.param("2026-02-14", True, id="a make-up Saturday"),
        pytest.param("2026-02-15", False, id="a Sunday"),
        pytest.param("2026-02-19", True, id="a weekday"),
    ],
)
def test_an_explicit_calendar_knows_its_days(text: str, *, is_open: bool) -> None:
    assert year_2026().is_business_day(day(text)) is is_open
    assert year_2026().is_business_day(dt.date.fromisoformat(text)) is is_open


@pytest.mark.parametrize("text", ["2025-12-31", "2027-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_outside_the_window_is_not_guessed(text: str) -> None:
    with pytest.raises(DateError, match=f"knows 2026-01-01 to 2026-12-31, not {text}; extend it") as caught:
        year_2026().is_business_day(day(text))
    assert (caught.value.code, caught.value.field) == ("calendar.unknown_day", "calendar")


def test_a_window_may_be_one_day_and_dates_of_any_kind() -> None:
    calendar = ExplicitCalendar(dt.date(2026, 1, 5), dt.date(2026, 1, 5))
    assert type(calendar.first) is pendulum.Date
    assert calendar.is_business_day(day("2026-01-05"))


def test_the_last_day_is_not_before_the_first() -> None:
    with pytest.raises(DateError, match="expected 2026-01-05 or later, got 2026-01-04") as caught:
        ExplicitCalendar(day("2026-01-05"), day("2026-01-04"))
    assert caught.value.field == "last"


@pytest.mark.parametrize("field", ["closed", "opened"])
@pytest.mark.parametrize("text", ["2025-12-31", "2027-01-01"])
def test_a_listed_day_lies_in_the_window(field: str, text: str) -> None:
    with pytest.raises(DateError, match=f"got {text}") as caught:
        year_2026(**{field: [text]})
    assert (caught.value.code, caught.value.field) == ("calendar.window", field)


def test_a_day_is_closed_or_opened_but_not_both() -> None:
    with pytest.raises(DateError, match="2026-02-17 as both") as caught:
        year_2026(closed=["2026-02-17"], opened=["2026-02-17"])
    assert caught.value.code == "calendar.contradiction"


@pytest.mark.parametrize("field", ["closed", "opened"])
@pytest.mark.parametrize(
    "item", [DATETIME, pendulum.datetime(2026, 2, 17), "2026-02-17", None, 739000], ids=repr
)
def test_a_listed_day_that_would_never_match_is_refused_by_place(field: str, item: object) -> None:
    with pytest.raises(InputTypeError) as caught:
        ExplicitCalendar(day("2026-01-01"), day("2026-12-31"), **{field: [day("2026-02-16"), item]})  # type: ignore[arg-type]  # on purpose
    assert caught.value.field == f"{field}[1]"


@pytest.mark.parametrize(
    "days", [None, "2026-02-17", day("2026-02-17"), {day("2026-02-17"): "festival"}], ids=repr
)
def test_listed_days_of_another_type_are_refused(days: frozenset[pendulum.Date]) -> None:
    with pytest.raises(InputTypeError, match="expected a list of dates"):
        ExplicitCalendar(day("2026-01-01"), day("2026-12-31"), closed=days)


def test_listed_days_at_the_bound_and_one_beyond() -> None:
    listed = [day("2026-02-17")] * 100_000
    assert ExplicitCalendar(day("2026-01-01"), day("2026-12-31"), closed=listed).closed == {day("2026-02-17")}
    with pytest.raises(DateError, match="at most 100000 days, got 100001"):
        ExplicitCalendar(day("2026-01-01"), day("2026-12-31"), closed=[*listed, listed[0]])


@pytest.mark.parametrize("field", ["first", "last"])
def test_the_window_refuses_datetimes_by_name(field: str) -> None:
    window: dict[str, object] = {"first": day("2026-01-01"), "last": day("2026-12-31"), field: DATETIME}
    with pytest.raises(InputTypeError) as caught:
        ExplicitCalendar(**window)  # type: ignore[arg-type]  # on purpose
    assert caught.value.field == field


# ------------------------------------------------------------------------------------------ conventions

# Saturday 31 January 2026 is followed by Sunday 1 February; Sunday 1 March 2026 is preceded by a Saturday.
MOVES = [
    ("2026-01-30", "NO_ADJUST", "2026-01-30"),
    ("2026-01-31", "NO_ADJUST", "2026-01-31"),
    ("2026-01-30", "FOLLOWING", "2026-01-30"),
    ("2026-01-31", "FOLLOWING", "2026-02-02"),
    ("2026-01-31", "MODIFIED_FOLLOWING", "2026-01-30"),
    ("2026-01-10", "MODIFIED_FOLLOWING", "2026-01-12"),
    ("2026-01-31", "PRECEDING", "2026-01-30"),
    ("2026-03-01", "PRECEDING", "2026-02-27"),
    ("2026-03-01", "MODIFIED_PRECEDING", "2026-03-02"),
    ("2026-01-11", "MODIFIED_PRECEDING", "2026-01-09"),
    ("2026-01-10", "NEAREST", "2026-01-09"),
    ("2026-01-11", "NEAREST", "2026-01-12"),
]


@pytest.mark.parametrize(("text", "name", "moved"), MOVES, ids=str)
def test_a_convention_moves_a_closed_day_as_its_name_says(text: str, name: str, moved: str) -> None:
    adjusted = BusinessDayConvention[name].adjust(dt.date.fromisoformat(text), WeekendCalendar())
    assert adjusted == day(moved)
    assert type(adjusted) is pendulum.Date


def test_there_are_these_conventions_and_no_others() -> None:
    assert {name for _, name, _ in MOVES} == {convention.name for convention in Convention}


def test_nearest_decides_a_tie_forwards() -> None:
    calendar = year_2026(closed=["2026-03-04"], opened=[])
    assert Convention.NEAREST.adjust(day("2026-03-04"), calendar) == day("2026-03-05")


@pytest.mark.parametrize("convention", Convention, ids=lambda convention: convention.name)
def test_an_open_day_stays(convention: Convention) -> None:
    assert convention.adjust(day("2026-02-14"), year_2026()) == day("2026-02-14")


@pytest.mark.parametrize(
    ("convention", "text", "moved"),
    [
        pytest.param(Convention.MODIFIED_FOLLOWING, "2023-12-31", "2023-12-29", id="the last day"),
        pytest.param(Convention.MODIFIED_PRECEDING, "2023-01-01", "2023-01-02", id="the first day"),
    ],
)
def test_a_modified_convention_needs_no_day_of_the_next_month(
    convention: Convention, text: str, moved: str
) -> None:
    # Whatever the next year's list says, the date may not leave its month: the answer is known.
    calendar = ExplicitCalendar(day("2023-01-01"), day("2023-12-31"))
    assert convention.adjust(day(text), calendar) == day(moved)


def only(*texts: str) -> CalendarLike:
    opened = {day(text) for text in texts}
    return opened.__contains__


@pytest.mark.parametrize(
    ("convention", "opened", "moved"),
    [
        pytest.param(
            Convention.MODIFIED_FOLLOWING, ("2026-06-01", "2027-06-01"), "2026-06-01", id="following"
        ),
        pytest.param(
            Convention.MODIFIED_PRECEDING, ("2026-06-28", "2025-06-20"), "2026-06-28", id="preceding"
        ),
        pytest.param(
            Convention.MODIFIED_FOLLOWING, ("2026-06-01",), "2026-06-01", id="following, then nothing"
        ),
        pytest.param(
            Convention.MODIFIED_PRECEDING, ("2026-06-28",), "2026-06-28", id="preceding, then nothing"
        ),
    ],
)
def test_the_same_month_of_another_year_is_another_month(
    convention: Convention, opened: tuple[str, ...], moved: str
) -> None:
    assert convention.adjust(day("2026-06-15"), only(*opened)) == day(moved)


@pytest.mark.parametrize("name", ["MODIFIED_FOLLOWING", "NEAREST", "PRECEDING"])
def test_the_last_day_of_all_turns_back(name: str) -> None:
    friday = day("9999-12-31")
    assert BusinessDayConvention[name].adjust(friday, WeekendCalendar({5})) == day("9999-12-30")


@pytest.mark.parametrize("name", ["MODIFIED_PRECEDING", "NEAREST", "FOLLOWING"])
def test_the_first_day_of_all_turns_forwards(name: str) -> None:
    monday = day("0001-01-01")
    assert BusinessDayConvention[name].adjust(monday, WeekendCalendar({1})) == day("0001-01-02")


@pytest.mark.parametrize(("name", "text"), [("FOLLOWING", "9999-12-31"), ("PRECEDING", "0001-01-01")])
def test_a_move_out_of_the_calendar_is_refused(name: str, text: str) -> None:
    with pytest.raises(DateError) as caught:
        BusinessDayConvention[name].adjust(day(text), WeekendCalendar({1, 5}))
    assert caught.value.code == "calendar.closed_run"


@pytest.mark.parametrize(
    "convention", [c for c in Convention if c is not Convention.NO_ADJUST], ids=lambda c: c.name
)
def test_a_calendar_without_a_business_day_ends_in_an_error(convention: Convention) -> None:
    asked: list[pendulum.Date] = []

    def closed(one: pendulum.Date) -> bool:
        asked.append(one)
        return False

    with pytest.raises(DateError, match="no business day within 366 days of 2026-01-31") as caught:
        convention.adjust(day("2026-01-31"), closed)
    assert caught.value.data == {"day": day("2026-01-31"), "maximum": CLOSED_RUN_MAX}
    assert len(asked) <= 2 * CLOSED_RUN_MAX + 1


def test_a_closed_run_of_the_longest_length_is_stepped_over_and_one_more_is_not() -> None:
    start = day("2026-01-01")
    first_open = start.add(days=CLOSED_RUN_MAX)
    assert Convention.FOLLOWING.adjust(start, lambda one: one >= first_open) == first_open
    with pytest.raises(DateError):
        Convention.FOLLOWING.adjust(start, lambda one: one > first_open)


def test_no_adjust_does_not_ask() -> None:
    assert Convention.NO_ADJUST.adjust(day("2030-01-05"), year_2026()) == day("2030-01-05")


@pytest.mark.parametrize("value", [DATETIME, "2026-01-31", None], ids=repr)
def test_a_move_starts_from_a_date(value: dt.date) -> None:
    with pytest.raises(InputTypeError) as caught:
        Convention.FOLLOWING.adjust(value, WeekendCalendar())
    assert caught.value.field == "day"


# ------------------------------------------------------------------------------------------ any calendar


class OpenOnFridays:
    def is_business_day(self, one: pendulum.Date, /) -> bool:
        return one.isoweekday() == 5


@pytest.mark.parametrize(
    "calendar", [OpenOnFridays(), OpenOnFridays().is_business_day], ids=["object", "function"]
)
def test_any_object_or_function_will_do(calendar: CalendarLike) -> None:
    check_calendar(calendar)
    assert Convention.FOLLOWING.adjust(day("2026-01-10"), calendar) == day("2026-01-16")


def test_a_function_is_given_a_pendulum_date() -> None:
    kinds: set[type] = set()

    def open_on_the_12th(one: pendulum.Date) -> bool:
        kinds.add(type(one))
        return one.day == 12

    Convention.FOLLOWING.adjust(dt.date(2026, 1, 10), open_on_the_12th)
    assert kinds == {pendulum.Date}


@pytest.mark.parametrize("calendar", [None, 5, "CN", {day("2026-02-17")}, [day("2026-02-17")]], ids=repr)
def test_what_is_no_calendar_is_refused(calendar: CalendarLike) -> None:
    with pytest.raises(InputTypeError) as caught:
        check_calendar(calendar)
    assert caught.value.code == "calendar.type"
    with pytest.raises(InputTypeError):
        Convention.FOLLOWING.adjust(day("2026-01-31"), calendar)


@pytest.mark.parametrize("answer", [None, 1, 0, "yes", []], ids=repr)
def test_an_answer_that_is_no_bool_is_refused(answer: bool) -> None:  # noqa: FBT001  # what a calendar gives
    with pytest.raises(InputTypeError, match="expected True or False for 2026-01-31") as caught:
        Convention.FOLLOWING.adjust(day("2026-01-31"), lambda _: answer)
    assert caught.value.data == {"day": day("2026-01-31")}


def test_an_error_of_the_calendar_passes_through_with_the_day() -> None:
    trouble = LookupError("the list ends here")

    def broken(one: pendulum.Date) -> bool:
        if one.day == 1:
            raise trouble
        return False

    with pytest.raises(LookupError) as caught:
        Convention.FOLLOWING.adjust(day("2026-01-31"), broken)
    assert caught.value is trouble
    assert trouble.__notes__ == ["while the calendar was asked about 2026-02-01"]
