from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

import pendulum
import pytest

from repayplan.calendars import BusinessDayConvention, ExplicitCalendar, WeekendCalendar
from repayplan.dates import due_dates, due_dates_after_payday
from repayplan.errors import DateError, InputTypeError
from repayplan.frequencies import INSTALLMENTS_MAX, Frequency
from repayplan.months import MonthEnd
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable


def day(text: str) -> pendulum.Date:
    return pendulum.Date.fromisoformat(text)


def days(text: str) -> list[pendulum.Date]:
    return [day(one) for one in text.split()]


# ------------------------------------------------------------------------------------------ Frequency

PER_YEAR = [
    ("WEEKLY", Fraction(52)),
    ("FORTNIGHTLY", Fraction(26)),
    ("FOUR_WEEKLY", Fraction(13)),
    ("SEMI_MONTHLY", Fraction(24)),
    ("MONTHLY", Fraction(12)),
    ("BIMONTHLY", Fraction(6)),
    ("QUARTERLY", Fraction(4)),
    ("SEMI_ANNUAL", Fraction(2)),
    ("ANNUAL", Fraction(1)),
]


@pytest.mark.parametrize(("name", "periods"), PER_YEAR, ids=[name for name, _ in PER_YEAR])
def test_a_named_frequency_has_its_periods_per_year(name: str, periods: Fraction) -> None:
    frequency = getattr(Frequency, name)
    assert frequency.periods_per_year == periods
    assert frequency.periods_per_month == periods / 12
    assert type(frequency.periods_per_year) is Fraction


@pytest.mark.parametrize(
    ("made", "equal"),
    [
        pytest.param(Frequency.every_days(7), Frequency.WEEKLY, id="seven days"),
        pytest.param(Frequency.every_weeks(2), Frequency.FORTNIGHTLY, id="two weeks"),
        pytest.param(Frequency.every_weeks(4), Frequency.FOUR_WEEKLY, id="four weeks"),
        pytest.param(Frequency.every_months(1), Frequency.MONTHLY, id="a month"),
        pytest.param(Frequency.every_months(12), Frequency.ANNUAL, id="twelve months"),
        pytest.param(Frequency.semi_monthly(15, 31), Frequency.SEMI_MONTHLY, id="the 15th and the last"),
    ],
)
def test_a_made_frequency_equals_the_named_one(made: Frequency, equal: Frequency) -> None:
    assert made == equal
    assert hash(made) == hash(equal)


@pytest.mark.parametrize(
    ("frequency", "periods"),
    [
        (Frequency.every_days(10), Fraction(73, 2)),
        (Frequency.every_days(30), Fraction(73, 6)),
        (Frequency.every_weeks(3), Fraction(52, 3)),
        (Frequency.every_months(5), Fraction(12, 5)),
        (Frequency.every_months(120), Fraction(1, 10)),
    ],
    ids=repr,
)
def test_a_made_frequency_has_exact_periods_per_year(frequency: Frequency, periods: Fraction) -> None:
    assert frequency.periods_per_year == periods


MAKERS: list[tuple[str, Callable[[int], Frequency], int]] = [
    ("days", Frequency.every_days, 3_660),
    ("weeks", Frequency.every_weeks, 522),
    ("months", Frequency.every_months, 120),
]


@pytest.mark.parametrize(("field", "make", "maximum"), MAKERS, ids=[maker[0] for maker in MAKERS])
def test_a_made_frequency_takes_its_bounds_and_not_one_beyond(
    field: str, make: Callable[[int], Frequency], maximum: int
) -> None:
    assert make(1) != make(maximum)
    for beyond in (0, -1, maximum + 1, 12 * 10**6, 10**5000):
        with pytest.raises(DateError) as caught:
            make(beyond)
        assert (caught.value.code, caught.value.field) == ("count.range", field)


@pytest.mark.parametrize(("field", "make", "maximum"), MAKERS, ids=[maker[0] for maker in MAKERS])
@pytest.mark.parametrize("value", [True, 1.0, "1", None, Fraction(1)], ids=repr)
def test_a_made_frequency_counts_in_ints(
    field: str, make: Callable[[int], Frequency], maximum: int, value: int
) -> None:
    assert maximum > 1
    with pytest.raises(InputTypeError) as caught:
        make(value)
    assert caught.value.field == field


@pytest.mark.parametrize(("first_day", "second_day"), [(1, 2), (1, 31), (27, 28), (27, 31)])
def test_semi_monthly_days_within_bounds(first_day: int, second_day: int) -> None:
    assert Frequency.semi_monthly(first_day, second_day).periods_per_year == 24


@pytest.mark.parametrize(
    ("first_day", "second_day", "field"),
    [
        (0, 15, "first_day"),
        (-1, 15, "first_day"),
        (28, 31, "first_day"),
        (15, 15, "second_day"),
        (15, 1, "second_day"),
        (15, 32, "second_day"),
    ],
)
def test_semi_monthly_days_differ_in_every_month(first_day: int, second_day: int, field: str) -> None:
    with pytest.raises(DateError) as caught:
        Frequency.semi_monthly(first_day, second_day)
    assert caught.value.field == field


@pytest.mark.parametrize(("first_day", "second_day"), [(True, 15), (1.0, 15), ("1", 15), (1, None)], ids=repr)
def test_semi_monthly_days_are_ints(first_day: int, second_day: int) -> None:
    with pytest.raises(InputTypeError):
        Frequency.semi_monthly(first_day, second_day)


def test_a_frequency_is_a_value_and_cannot_be_bare() -> None:
    assert isinstance(Frequency.MONTHLY, Value)
    with pytest.raises(TypeError, match="abstract"):
        Frequency()  # type: ignore[abstract]  # on purpose


# ------------------------------------------------------------------------------------------ due_dates

SEQUENCES = [
    pytest.param(
        "2026-01-31",
        Frequency.MONTHLY,
        None,
        "CLAMP",
        "2026-01-31 2026-02-28 2026-03-31 2026-04-30",
        id="month end",
    ),
    pytest.param(
        "2026-01-31",
        Frequency.MONTHLY,
        None,
        "ROLL",
        "2026-01-31 2026-03-01 2026-03-31 2026-05-01",
        id="rolled",
    ),
    pytest.param(
        "2024-01-30",
        Frequency.MONTHLY,
        None,
        "CLAMP",
        "2024-01-30 2024-02-29 2024-03-30",
        id="the 30th in a leap year",
    ),
    pytest.param(
        "2026-02-28",
        Frequency.MONTHLY,
        31,
        "CLAMP",
        "2026-02-28 2026-03-31 2026-04-30",
        id="anchored on the last day",
    ),
    pytest.param(
        "2026-02-28",
        Frequency.MONTHLY,
        None,
        "CLAMP",
        "2026-02-28 2026-03-28 2026-04-28",
        id="anchored on the 28th",
    ),
    pytest.param(
        "2026-02-28",
        Frequency.MONTHLY,
        30,
        "CLAMP",
        "2026-02-28 2026-03-30 2026-04-30",
        id="anchored on the 30th",
    ),
    pytest.param(
        "2026-03-01",
        Frequency.MONTHLY,
        31,
        "ROLL",
        "2026-03-01 2026-03-31 2026-05-01",
        id="a first date that rolled",
    ),
    pytest.param(
        "2026-03-01",
        Frequency.MONTHLY,
        1,
        "ROLL",
        "2026-03-01 2026-04-01 2026-05-01",
        id="the first of the month",
    ),
    pytest.param(
        "2024-02-29",
        Frequency.ANNUAL,
        None,
        "CLAMP",
        "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29",
        id="29 February",
    ),
    pytest.param(
        "2024-02-29",
        Frequency.ANNUAL,
        None,
        "ROLL",
        "2024-02-29 2025-03-01 2026-03-01 2027-03-01 2028-02-29",
        id="rolled",
    ),
    pytest.param(
        "2096-02-29", Frequency.every_months(48), None, "CLAMP", "2096-02-29 2100-02-28", id="no 2100-02-29"
    ),
    pytest.param(
        "1996-02-29", Frequency.every_months(48), None, "CLAMP", "1996-02-29 2000-02-29", id="but 2000-02-29"
    ),
    pytest.param(
        "2025-11-30", Frequency.QUARTERLY, None, "CLAMP", "2025-11-30 2026-02-28 2026-05-30", id="quarters"
    ),
    pytest.param(
        "2026-12-28", Frequency.WEEKLY, None, "CLAMP", "2026-12-28 2027-01-04 2027-01-11", id="weeks"
    ),
    pytest.param(
        "2026-12-28", Frequency.every_days(10), None, "ROLL", "2026-12-28 2027-01-07", id="ten days"
    ),
    pytest.param(
        "2026-01-15",
        Frequency.SEMI_MONTHLY,
        None,
        "CLAMP",
        "2026-01-15 2026-01-31 2026-02-15 2026-02-28 2026-03-15",
        id="half months from the first half",
    ),
    pytest.param(
        "2026-02-28",
        Frequency.SEMI_MONTHLY,
        None,
        "ROLL",
        "2026-02-28 2026-03-15 2026-03-31",
        id="31 is the last day under either policy",
    ),
    pytest.param(
        "2026-02-28",
        Frequency.semi_monthly(15, 30),
        None,
        "CLAMP",
        "2026-02-28 2026-03-15 2026-03-30",
        id="clamped half",
    ),
    pytest.param(
        "2026-03-01",
        Frequency.semi_monthly(15, 30),
        None,
        "ROLL",
        "2026-03-01 2026-03-15 2026-03-30",
        id="rolled half",
    ),
    pytest.param(
        "2026-01-30",
        Frequency.semi_monthly(15, 30),
        None,
        "ROLL",
        "2026-01-30 2026-02-15 2026-03-01",
        id="rolling half",
    ),
    pytest.param(
        "2026-02-01",
        Frequency.semi_monthly(1, 28),
        None,
        "ROLL",
        "2026-02-01 2026-02-28 2026-03-01",
        id="1st and 28th",
    ),
]


@pytest.mark.parametrize(("first", "frequency", "anchor_day", "month_end", "expected"), SEQUENCES)
def test_due_dates_are_counted_from_the_anchor(
    first: str, frequency: Frequency, anchor_day: int | None, month_end: str, expected: str
) -> None:
    found = due_dates(
        dt.date.fromisoformat(first),
        frequency,
        len(expected.split()),
        anchor_day=anchor_day,
        month_end=MonthEnd[month_end],
    )
    assert list(found) == days(expected)
    assert {type(one) for one in found} == {pendulum.Date}


def test_dates_do_not_drift_from_the_31st() -> None:
    assert list(due_dates(day("2026-01-31"), Frequency.MONTHLY, 3)) == days(
        "2026-01-31 2026-02-28 2026-03-31"
    )


def test_dates_move_off_closed_days_by_following_if_not_stated() -> None:
    moved = due_dates(day("2026-01-31"), Frequency.MONTHLY, 3, calendar=WeekendCalendar())
    assert list(moved) == days("2026-02-02 2026-03-02 2026-03-31")


def test_a_moved_date_does_not_move_the_next() -> None:
    moved = due_dates(
        day("2026-01-31"),
        Frequency.MONTHLY,
        3,
        calendar=WeekendCalendar(),
        convention=BusinessDayConvention.MODIFIED_FOLLOWING,
    )
    assert list(moved) == days("2026-01-30 2026-02-27 2026-03-31")


def test_a_calendar_that_ends_too_early_says_so() -> None:
    calendar = ExplicitCalendar(day("2026-01-01"), day("2026-12-31"))
    with pytest.raises(DateError, match="not 2027-01-15; extend it"):
        due_dates(day("2026-11-16"), Frequency.semi_monthly(15, 16), 4, calendar=calendar)


@pytest.mark.parametrize("count", [1, INSTALLMENTS_MAX])
def test_a_count_at_its_bounds(count: int) -> None:
    assert len(due_dates(day("2026-01-01"), Frequency.every_days(1), count)) == count


@pytest.mark.parametrize(
    "count",
    [0, -1, INSTALLMENTS_MAX + 1, 10**9, 10**5000],
    ids=lambda count: str(count)[:9] if count < 10**20 else "long",
)
def test_a_count_beyond_its_bounds_is_refused(count: int) -> None:
    with pytest.raises(DateError, match="from 1 to 10000") as caught:
        due_dates(day("2026-01-01"), Frequency.MONTHLY, count)
    assert caught.value.field == "count"


ARGUMENTS: list[tuple[str, object]] = [
    ("first", "2026-01-31"),
    ("first", None),
    ("first", dt.datetime(2026, 1, 31, tzinfo=dt.UTC)),
    ("first", pendulum.datetime(2026, 1, 31)),
    ("frequency", "MONTHLY"),
    ("frequency", None),
    ("frequency", 1),
    ("frequency", Frequency),
    ("count", True),
    ("count", 12.0),
    ("count", "12"),
    ("calendar", "CN"),
    ("calendar", {dt.date(2026, 1, 1)}),
    ("calendar", WeekendCalendar),
    ("convention", "FOLLOWING"),
    ("convention", None),
    ("month_end", "clamp"),
    ("month_end", None),
    ("anchor_day", "31"),
    ("anchor_day", True),
    ("anchor_day", 31.0),
]


@pytest.mark.parametrize(("field", "value"), ARGUMENTS, ids=repr)
def test_an_argument_of_the_wrong_type_is_named(field: str, value: object) -> None:
    arguments = {"first": day("2026-01-31"), "frequency": Frequency.MONTHLY, "count": 12, field: value}
    with pytest.raises(InputTypeError) as caught:
        due_dates(**arguments)  # type: ignore[arg-type]  # on purpose
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("first", "frequency", "anchor_day", "month_end"),
    [
        pytest.param("2026-01-30", Frequency.MONTHLY, 31, MonthEnd.CLAMP, id="not the last day"),
        pytest.param("2026-02-28", Frequency.MONTHLY, 27, MonthEnd.CLAMP, id="after the anchor day"),
        pytest.param(
            "2026-02-28", Frequency.MONTHLY, 31, MonthEnd.ROLL, id="a missing day rolls, not clamps"
        ),
        pytest.param("2026-02-01", Frequency.MONTHLY, 31, MonthEnd.ROLL, id="January has a 31st"),
        pytest.param("2026-03-01", Frequency.MONTHLY, 31, MonthEnd.CLAMP, id="clamped, not rolled"),
        pytest.param("2026-01-31", Frequency.MONTHLY, 0, MonthEnd.CLAMP, id="day 0"),
        pytest.param("2026-01-31", Frequency.MONTHLY, 32, MonthEnd.CLAMP, id="day 32"),
        pytest.param("2026-01-31", Frequency.WEEKLY, 31, MonthEnd.CLAMP, id="a week has no month"),
        pytest.param(
            "2026-01-31", Frequency.SEMI_MONTHLY, 31, MonthEnd.CLAMP, id="half months have two days"
        ),
    ],
)
def test_an_anchor_that_does_not_fit_the_first_date_is_refused(
    first: str, frequency: Frequency, anchor_day: int, month_end: MonthEnd
) -> None:
    with pytest.raises(DateError) as caught:
        due_dates(day(first), frequency, 3, anchor_day=anchor_day, month_end=month_end)
    assert caught.value.field == "anchor_day"


@pytest.mark.parametrize("first", ["2026-01-14", "2026-01-30", "2026-02-27"])
def test_a_semi_monthly_first_date_is_one_of_its_days(first: str) -> None:
    with pytest.raises(DateError) as caught:
        due_dates(day(first), Frequency.SEMI_MONTHLY, 2)
    assert caught.value.code == "date.anchor"


@pytest.mark.parametrize("second_day", [29, 30])
def test_two_dates_that_would_meet_on_1_march_are_refused_with_the_cure(second_day: int) -> None:
    frequency = Frequency.semi_monthly(1, second_day)
    with pytest.raises(DateError, match="use CLAMP") as caught:
        due_dates(day("2026-01-01"), frequency, 2, month_end=MonthEnd.ROLL)
    assert caught.value.code == "date.month_end"
    assert list(due_dates(day("2026-02-01"), frequency, 2)) == days("2026-02-01 2026-02-28")


def test_the_1st_and_the_last_may_roll_since_the_last_never_does() -> None:
    found = due_dates(day("2026-02-01"), Frequency.semi_monthly(1, 31), 3, month_end=MonthEnd.ROLL)
    assert list(found) == days("2026-02-01 2026-02-28 2026-03-01")


@pytest.mark.parametrize(
    "frequency",
    [Frequency.MONTHLY, Frequency.WEEKLY, Frequency.semi_monthly(15, 31), Frequency.ANNUAL],
    ids=repr,
)
def test_a_date_after_the_year_9999_is_refused(frequency: Frequency) -> None:
    last = day("9999-12-31")
    assert due_dates(last, frequency, 1) == (last,)
    with pytest.raises(DateError, match="shorten the term") as caught:
        due_dates(last, frequency, 2)
    assert caught.value.code == "date.range"


# ------------------------------------------------------------------------------------------ the grid


@pytest.mark.parametrize(
    ("frequency", "first", "before"),
    [
        (Frequency.WEEKLY, "2026-01-05", "2025-12-29"),
        (Frequency.MONTHLY, "2026-01-31", "2025-12-31"),
        (Frequency.QUARTERLY, "2026-05-31", "2026-02-28"),
        (Frequency.SEMI_MONTHLY, "2026-03-15", "2026-02-28"),
        (Frequency.SEMI_MONTHLY, "2026-03-31", "2026-03-15"),
    ],
    ids=str,
)
def test_place_minus_one_is_the_date_before(frequency: Frequency, first: str, before: str) -> None:
    place = frequency.grid(day(first), None, MonthEnd.CLAMP)
    assert (place(0), place(-1)) == (day(first), day(before))
    assert frequency.is_one_period(day(before), place)
    assert not frequency.is_one_period(day(before).subtract(days=1), place)


def test_a_period_may_lead_from_the_31st_to_the_28th() -> None:
    place = Frequency.MONTHLY.grid(day("2026-02-28"), None, MonthEnd.CLAMP)
    assert Frequency.MONTHLY.is_one_period(day("2026-01-31"), place)
    assert Frequency.MONTHLY.is_one_period(day("2026-01-28"), place)
    assert not Frequency.MONTHLY.is_one_period(day("2026-01-27"), place)


@pytest.mark.parametrize("frequency", [Frequency.MONTHLY, Frequency.WEEKLY], ids=repr)
def test_a_date_before_the_year_1_is_refused(frequency: Frequency) -> None:
    place = frequency.grid(day("0001-01-01"), None, MonthEnd.CLAMP)
    with pytest.raises(DateError) as caught:
        place(-1)
    assert caught.value.code == "date.range"


@pytest.mark.parametrize("frequency", [Frequency.MONTHLY, Frequency.SEMI_MONTHLY], ids=repr)
def test_a_grid_does_not_take_text_for_a_policy(frequency: Frequency) -> None:
    with pytest.raises(InputTypeError):
        frequency.grid(day("2026-01-31"), None, "clamp")  # type: ignore[arg-type]  # on purpose


# --- after pay day


def test_due_dates_follow_pay_days_by_business_days() -> None:
    # 25 January and 25 February 2027 are a Monday and a Thursday; 25 April is a Sunday: paid on the 23rd.
    found = due_dates_after_payday(
        day("2027-01-25"), Frequency.MONTHLY, 4, business_days=2, calendar=WeekendCalendar()
    )
    assert list(found) == days("2027-01-27 2027-03-01 2027-03-29 2027-04-27")
    same_day = due_dates_after_payday(
        day("2027-01-31"), Frequency.MONTHLY, 3, business_days=0, calendar=WeekendCalendar(), anchor_day=31
    )
    assert list(same_day) == days("2027-01-29 2027-02-26 2027-03-31")


def test_pay_days_that_lead_to_one_due_date_give_it_once() -> None:
    found = due_dates_after_payday(
        day("2027-01-01"), Frequency.every_days(1), 7, business_days=1, calendar=WeekendCalendar()
    )
    assert list(found) == days("2027-01-04 2027-01-05 2027-01-06 2027-01-07 2027-01-08")[: len(found)]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("business_days", [-1, 31])
def test_business_days_after_a_pay_day_have_bounds(business_days: int) -> None:
    with pytest.raises(DateError):
        due_dates_after_payday(
            day("2027-01-25"),
            Frequency.MONTHLY,
            1,
            business_days=business_days,
            calendar=WeekendCalendar(),
        )


def test_a_single_date_is_a_frequency_of_one() -> None:
    assert Frequency.once(dt.date(2027, 1, 25)) == Frequency.on_dates([day("2027-01-25")])
    with pytest.raises(InputTypeError):
        Frequency.once("2027-01-25")  # type: ignore[arg-type]  # the point
