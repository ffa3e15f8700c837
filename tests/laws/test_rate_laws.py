"""Day counts against slow, obvious oracles: a walk day by day, and the textbook formulas."""

from __future__ import annotations

import calendar
import datetime as dt
from fractions import Fraction

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repayplan.daycounts import DayCount
from repayplan.rates import ANNUAL_RATE_MAX, Rate, RateUnit
from tests.laws.strategies import all_dates, dates, day_counts, rates, spans

Span = tuple[pendulum.Date, pendulum.Date]
ACTUAL = {DayCount.ACT_365F: 365, DayCount.ACT_360: 360, DayCount.ACT_364: 364}
BY_YEAR = [DayCount.ACT_ACT_ISDA, DayCount.ACT_ACT_YEAR_END]
ADDITIVE = [*ACTUAL, *BY_YEAR, DayCount.THIRTY_E_360, DayCount.THIRTY_E_360_ISDA]
near = dt.date(2019, 1, 1), dt.date(2033, 1, 1)


def is_end_of_february(day: dt.date) -> bool:
    return (day + dt.timedelta(days=1)).day == 1 and day.month == 2


def textbook(start: dt.date, first_day: int, end: dt.date, second_day: int) -> Fraction:
    """The formula that all of the 30/360 family share; they differ in the two days only."""
    years, whole_months = end.year - start.year, end.month - start.month
    return Fraction(360 * years + 30 * whole_months + (second_day - first_day), 360)


@given(spans(*near))
@settings(max_examples=60)
def test_act_act_isda_is_a_walk_day_by_day(span: Span) -> None:
    start, end = span
    in_leap_years, in_common_years = 0, 0
    for ordinal in range(start.toordinal(), end.toordinal()):
        if calendar.isleap(dt.date.fromordinal(ordinal).year):
            in_leap_years += 1
        else:
            in_common_years += 1
    expected = Fraction(in_leap_years, 366) + Fraction(in_common_years, 365)
    assert DayCount.ACT_ACT_ISDA.fraction(start, end) == expected


@given(spans(*near))
@settings(max_examples=60)
def test_act_act_year_end_gives_a_day_to_the_year_in_which_it_ends(span: Span) -> None:
    start, end = span
    ends = [dt.date.fromordinal(ordinal + 1) for ordinal in range(start.toordinal(), end.toordinal())]
    leap = sum(calendar.isleap(day.year) for day in ends)
    expected = Fraction(leap, 366) + Fraction(len(ends) - leap, 365)
    assert DayCount.ACT_ACT_YEAR_END.fraction(start, end) == expected


@given(spans())
def test_act_act_year_end_is_isdas_a_day_later(span: Span) -> None:
    start, end = (day.add(days=1) for day in span)
    assert DayCount.ACT_ACT_YEAR_END.fraction(*span) == DayCount.ACT_ACT_ISDA.fraction(start, end)


def leap_days(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every 29 February from ``first`` to ``last``, both included."""
    years = [year for year in range(first.year, last.year + 1) if calendar.isleap(year)]
    return [day for day in (dt.date(year, 2, 29) for year in years) if first <= day <= last]


@given(spans())
def test_act_act_afb_counts_years_back_one_by_one(span: Span) -> None:
    start, end = span
    years = 0
    while end.subtract(years=years + 1) >= start:
        years += 1
    stub_end = end.subtract(years=years)
    has_leap_day = start < stub_end and bool(leap_days(start, stub_end.subtract(days=1)))
    stub = Fraction(stub_end.toordinal() - start.toordinal(), 366 if has_leap_day else 365)
    assert DayCount.ACT_ACT_AFB.fraction(start, end) == years + stub


@given(spans(), st.booleans())
def test_act_365l_is_the_textbook_rule(span: Span, annual: bool) -> None:  # noqa: FBT001  # drawn
    start, end = span
    leap = bool(leap_days(start.add(days=1), end)) if annual else calendar.isleap(end.year)
    days = end.toordinal() - start.toordinal()
    assert DayCount.ACT_365L.fraction(start, end, annual=annual) == Fraction(days, 366 if leap else 365)


@given(spans())
def test_act_act_start_year_is_over_the_year_of_the_start(span: Span) -> None:
    start, end = span
    length = dt.date(start.year, 12, 31).timetuple().tm_yday
    days = end.toordinal() - start.toordinal()
    assert DayCount.ACT_ACT_START_YEAR.fraction(start, end) == Fraction(days, length)


@pytest.mark.parametrize("count", [*BY_YEAR, DayCount.ACT_ACT_AFB], ids=lambda count: count.name)
@given(start=dates(), years=st.integers(0, 30))
def test_a_year_from_a_day_to_the_same_day_is_about_one(
    count: DayCount, start: pendulum.Date, years: int
) -> None:
    end = start.add(years=years)
    if count is DayCount.ACT_ACT_AFB and end.day == start.day:
        assert count.fraction(start, end) == years
    assert abs(count.fraction(start, end) - years) <= Fraction(1, 365)


@given(spans(), st.sampled_from(list(ACTUAL)))
def test_actual_days_are_over_the_named_year(span: Span, count: DayCount) -> None:
    start, end = (dt.date(day.year, day.month, day.day) for day in span)
    assert count.fraction(start, end) == Fraction((end - start).days, ACTUAL[count])


@given(spans())
def test_thirty_360_us_is_the_textbook_formula(span: Span) -> None:
    start, end = span
    first_day, second_day = start.day, end.day
    if is_end_of_february(start) and is_end_of_february(end):
        second_day = 30
    if is_end_of_february(start):
        first_day = 30
    if second_day == 31 and first_day in {30, 31}:
        second_day = 30
    if first_day == 31:
        first_day = 30
    assert DayCount.THIRTY_360_US.fraction(start, end) == textbook(start, first_day, end, second_day)


@given(spans())
def test_thirty_e_360_is_the_textbook_formula(span: Span) -> None:
    start, end = span
    first_day = 30 if start.day == 31 else start.day
    second_day = 30 if end.day == 31 else end.day
    assert DayCount.THIRTY_E_360.fraction(start, end) == textbook(start, first_day, end, second_day)


@given(spans(), st.booleans())
def test_thirty_e_360_isda_is_the_textbook_formula(span: Span, ends_contract: bool) -> None:  # noqa: FBT001  # drawn
    start, end = span
    maturity = end if ends_contract and start < end else None
    first_day = 30 if start.day == 31 or is_end_of_february(start) else start.day
    second_day = 30 if end.day == 31 or (is_end_of_february(end) and end != maturity) else end.day
    found = DayCount.THIRTY_E_360_ISDA.fraction(start, end, maturity=maturity)
    assert found == textbook(start, first_day, end, second_day)


@given(spans())
def test_nominal_is_whole_months_back_from_the_end_and_odd_days(span: Span) -> None:
    start, end = span
    # An end of a month without the start's day stands for that day: 28 February for the 31st.
    day = max(start.day, end.day) if end.day == end.days_in_month else end.day

    def back(months: int) -> pendulum.Date:
        month = end.replace(day=1).subtract(months=months)
        return month.replace(day=min(day, month.days_in_month))

    whole = 0
    while back(whole + 1) >= start:
        whole += 1
    odd = back(whole).toordinal() - start.toordinal()
    assert DayCount.NOMINAL.fraction(start, end) == Fraction(whole, 12) + Fraction(odd, 360)


@given(dates(), st.integers(0, 400))
def test_nominal_takes_a_month_for_a_twelfth_whatever_its_days(end: pendulum.Date, count: int) -> None:
    assert DayCount.NOMINAL.fraction(end.subtract(months=count), end) == Fraction(count, 12)


@pytest.mark.parametrize("count", ADDITIVE, ids=lambda count: count.name)
@given(days=st.lists(dates(), min_size=3, max_size=3).map(sorted))
def test_parts_of_a_time_add_up_where_the_definition_says_so(
    count: DayCount, days: list[pendulum.Date]
) -> None:
    start, middle, end = days
    whole = count.fraction(start, end)
    assert count.fraction(start, middle) + count.fraction(middle, end) == whole


@given(spans(), day_counts())
def test_a_part_of_a_year_is_exact_and_not_negative(span: Span, count: DayCount) -> None:
    found = count.fraction(*span)
    assert type(found) is Fraction
    assert found >= 0


@given(all_dates(), day_counts())
def test_no_time_is_nothing(day: pendulum.Date, count: DayCount) -> None:
    assert count.fraction(day, day) == 0
    assert count.fraction(day, day, maturity=day) == 0


@given(st.lists(dates(), min_size=3, max_size=3).map(sorted), day_counts())
def test_a_later_end_is_never_a_shorter_time(days: list[pendulum.Date], count: DayCount) -> None:
    start, sooner, later = days
    if count is DayCount.ACT_365L:  # its length hangs on the end, so this holds for periods of up to a year
        sooner, later = (min(day, start.add(years=1)) for day in (sooner, later))
    assert count.fraction(start, sooner) <= count.fraction(start, later)


@given(rates())
def test_a_rate_is_an_exact_share_within_its_bounds(rate: Rate) -> None:
    assert type(rate.value) is Fraction
    assert 0 <= rate.per_year <= ANNUAL_RATE_MAX
    assert rate.per_year == rate.value * {"YEAR": 1, "MONTH": 12, "DAY": 365}[rate.unit.name]


@given(st.fractions(-1, 5, max_denominator=10**6), st.sampled_from(RateUnit))
def test_a_rate_is_taken_within_its_bounds_and_refused_beyond(share: Fraction, unit: RateUnit) -> None:
    if 0 <= share * unit.per_year <= ANNUAL_RATE_MAX:
        assert Rate(share, unit).value == share
    else:
        with pytest.raises(ValueError, match="from 0 to 4 a year"):
            Rate(share, unit)
