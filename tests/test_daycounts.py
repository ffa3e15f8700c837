"""Day counts: examples worked by hand, and the vectors that others published."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pendulum
import pytest

from repayplan.daycounts import DayCount
from repayplan.errors import DateError, InputTypeError


def day(text: str) -> pendulum.Date:
    return pendulum.Date.fromisoformat(text)


# Worked by hand from the definitions; the February rows are those on which implementations disagree.
FRACTIONS = [
    ("ACT_365F", "2024-01-01", "2025-01-01", Fraction(366, 365)),
    ("ACT_360", "2026-01-31", "2026-02-28", Fraction(28, 360)),
    ("ACT_364", "2026-01-01", "2026-12-31", Fraction(1)),
    ("ACT_ACT_ISDA", "2003-11-01", "2004-05-01", Fraction(61, 365) + Fraction(121, 366)),  # ISDA memo of 1998
    ("ACT_ACT_ISDA", "2026-01-01", "2027-01-01", Fraction(1)),
    ("ACT_ACT_ISDA", "2024-01-01", "2025-01-01", Fraction(1)),
    ("ACT_ACT_ISDA", "2023-07-01", "2026-07-01", Fraction(184, 365) + 2 + Fraction(181, 365)),
    ("ACT_ACT_ISDA", "2024-02-29", "2024-03-01", Fraction(1, 366)),
    ("ACT_ACT_ISDA", "2023-12-31", "2024-01-01", Fraction(1, 365)),
    # ends on 31 December, on 1 January, starts on 31 December; the whole years between count one each
    ("ACT_ACT_YEAR_END", "2023-12-12", "2024-01-12", Fraction(19, 365) + Fraction(12, 366)),
    ("ACT_ACT_YEAR_END", "2023-12-12", "2023-12-31", Fraction(19, 365)),
    ("ACT_ACT_YEAR_END", "2023-12-30", "2024-01-01", Fraction(1, 365) + Fraction(1, 366)),
    ("ACT_ACT_YEAR_END", "2023-12-31", "2024-01-31", Fraction(31, 366)),
    ("ACT_ACT_YEAR_END", "2024-12-31", "2025-12-31", Fraction(1)),
    ("ACT_ACT_YEAR_END", "2023-07-01", "2026-07-01", Fraction(183, 365) + 2 + Fraction(182, 365)),
    ("ACT_ACT_YEAR_END", "9998-12-01", "9999-12-31", Fraction(30, 365) + 1),
    ("ACT_ACT_START_YEAR", "2023-12-12", "2024-01-12", Fraction(31, 365)),
    ("ACT_ACT_START_YEAR", "2024-12-12", "2025-01-12", Fraction(31, 366)),
    ("ACT_ACT_START_YEAR", "2023-12-31", "2025-01-01", Fraction(367, 365)),
    ("ACT_ACT_START_YEAR", "1900-03-01", "1900-03-31", Fraction(30, 365)),
    ("ACT_ACT_AFB", "2026-01-31", "2026-02-28", Fraction(28, 365)),
    ("ACT_ACT_AFB", "1900-02-01", "1900-03-31", Fraction(58, 365)),  # 1900 had no leap day
    ("ACT_ACT_AFB", "0001-01-01", "0004-02-29", 3 + Fraction(58, 365)),
    ("ACT_365L", "2023-12-28", "2024-01-28", Fraction(31, 366)),
    ("ACT_365L", "2024-12-28", "2025-01-28", Fraction(31, 365)),
    ("THIRTY_360_US", "2026-01-15", "2026-02-15", Fraction(30, 360)),
    ("THIRTY_360_US", "2026-01-31", "2026-03-31", Fraction(60, 360)),
    ("THIRTY_360_US", "2026-01-30", "2026-03-31", Fraction(60, 360)),
    ("THIRTY_360_US", "2026-01-29", "2026-03-31", Fraction(62, 360)),
    ("THIRTY_360_US", "2026-02-28", "2026-03-31", Fraction(30, 360)),
    ("THIRTY_360_US", "2026-02-28", "2027-02-28", Fraction(360, 360)),
    ("THIRTY_360_US", "2024-02-28", "2024-02-29", Fraction(1, 360)),
    ("THIRTY_360_US", "2024-02-29", "2025-02-28", Fraction(360, 360)),
    ("THIRTY_360_US", "2026-01-31", "2026-02-28", Fraction(28, 360)),
    ("THIRTY_E_360", "2026-01-29", "2026-03-31", Fraction(61, 360)),
    ("THIRTY_E_360", "2026-01-31", "2026-02-28", Fraction(28, 360)),
    ("THIRTY_E_360", "2026-02-28", "2026-03-31", Fraction(32, 360)),
    ("THIRTY_E_360", "2024-02-29", "2025-02-28", Fraction(359, 360)),
    ("THIRTY_E_360_ISDA", "2026-01-31", "2026-02-28", Fraction(30, 360)),
    ("THIRTY_E_360_ISDA", "2026-02-28", "2026-03-31", Fraction(30, 360)),
    ("THIRTY_E_360_ISDA", "2024-02-28", "2024-02-29", Fraction(2, 360)),
    ("THIRTY_E_360_ISDA", "2026-01-29", "2026-03-31", Fraction(61, 360)),
    ("NOMINAL", "2026-01-15", "2026-03-15", Fraction(2, 12)),
    ("NOMINAL", "2026-01-10", "2026-03-15", Fraction(2, 12) + Fraction(5, 360)),
    ("NOMINAL", "2026-01-31", "2026-03-31", Fraction(2, 12)),
    ("NOMINAL", "2025-03-15", "2026-03-15", Fraction(1)),
]


@pytest.mark.parametrize(("name", "start", "end", "expected"), FRACTIONS, ids=str)
def test_a_day_count_gives_the_exact_part_of_a_year(
    name: str, start: str, end: str, expected: Fraction
) -> None:
    found = DayCount[name].fraction(dt.date.fromisoformat(start), day(end))
    assert found == expected
    assert type(found) is Fraction


def test_every_day_count_has_a_worked_case() -> None:
    assert {name for name, *_ in FRACTIONS} == {count.name for count in DayCount}


# OpenGamma Strata (Apache-2.0), DayCountTest: the AFB examples. The first two are from the French original,
# the last eight from ISDA's memorandum of 1999.
AFB = [
    ("1994-02-10", "1997-06-30", 3, 140, 365),
    ("1994-02-10", "1994-06-30", 0, 140, 365),
    ("2011-12-28", "2012-02-28", 0, 62, 365),
    ("2011-12-28", "2012-02-29", 0, 63, 365),
    ("2011-12-28", "2012-03-01", 0, 64, 366),
    ("2011-12-28", "2016-02-28", 4, 62, 365),
    ("2011-12-28", "2016-02-29", 4, 63, 365),
    ("2011-12-28", "2016-03-01", 4, 64, 366),
    ("2012-02-28", "2012-03-28", 0, 29, 366),
    ("2012-02-29", "2012-03-28", 0, 28, 366),
    ("2012-03-01", "2012-03-28", 0, 27, 365),
    ("2004-02-10", "2005-02-10", 1, 0, 1),
    ("2004-02-28", "2005-02-28", 1, 0, 1),
    ("2004-02-29", "2005-02-28", 0, 365, 366),
    ("2004-03-01", "2005-03-01", 1, 0, 1),
    ("2003-02-28", "2005-02-27", 1, 364, 365),
    ("2003-02-28", "2008-02-28", 5, 0, 1),
    ("2003-02-28", "2008-02-29", 5, 0, 1),
    ("2003-02-28", "2008-03-01", 5, 1, 365),
    ("2004-02-28", "2005-02-27", 0, 365, 366),
    ("2004-02-28", "2005-03-01", 1, 2, 366),
    ("2004-02-28", "2008-02-27", 3, 365, 366),
    ("2004-02-28", "2008-02-28", 4, 0, 1),
    ("2004-02-28", "2008-02-29", 4, 1, 365),
    ("2004-02-28", "2008-03-01", 4, 2, 366),
    ("2004-02-29", "2005-03-01", 1, 1, 366),
    ("2004-02-29", "2008-02-27", 3, 364, 366),
    ("2004-02-29", "2008-02-28", 3, 365, 366),
    ("2004-02-29", "2008-02-29", 4, 0, 1),
    ("2004-02-29", "2008-03-01", 4, 1, 366),
    ("2004-03-01", "2005-02-28", 0, 364, 365),
    ("2004-03-01", "2008-02-28", 3, 364, 365),
    ("2004-03-01", "2008-02-29", 3, 364, 365),
    ("2003-03-01", "2008-02-28", 4, 364, 365),
    ("2003-03-01", "2008-02-29", 5, 0, 1),
    ("2006-02-28", "2008-02-29", 2, 0, 1),
    ("2003-11-01", "2004-05-01", 0, 182, 366),
    ("1999-02-01", "1999-07-01", 0, 150, 365),
    ("1999-07-01", "2000-07-01", 1, 0, 1),
    ("2002-08-15", "2003-07-15", 0, 334, 365),
    ("2003-07-15", "2004-01-15", 0, 184, 365),
    ("1999-07-30", "2000-01-30", 0, 184, 365),
    ("2000-01-30", "2000-06-30", 0, 152, 366),
    ("1999-11-30", "2000-04-30", 0, 152, 366),
]


@pytest.mark.parametrize(("start", "end", "years", "days", "length"), AFB, ids=str)
def test_the_published_examples_of_the_french_rule(
    start: str, end: str, years: int, days: int, length: int
) -> None:
    assert DayCount.ACT_ACT_AFB.fraction(day(start), day(end)) == years + Fraction(days, length)


# ISDA, The Actual/Actual Day Count Fraction (1999): each of its periods
ISDA = [
    ("2003-11-01", "2004-05-01", Fraction(61, 365) + Fraction(121, 366)),
    ("1999-02-01", "1999-07-01", Fraction(150, 365)),
    ("1999-07-01", "2000-07-01", Fraction(184, 365) + Fraction(182, 366)),
    ("2002-08-15", "2003-07-15", Fraction(334, 365)),
    ("2003-07-15", "2004-01-15", Fraction(170, 365) + Fraction(14, 366)),
    ("1999-07-30", "2000-01-30", Fraction(155, 365) + Fraction(29, 366)),
    ("2000-01-30", "2000-06-30", Fraction(152, 366)),
    ("1999-11-30", "2000-04-30", Fraction(32, 365) + Fraction(120, 366)),
]


@pytest.mark.parametrize(("start", "end", "expected"), ISDA, ids=str)
def test_the_published_examples_of_isda(start: str, end: str, expected: Fraction) -> None:
    assert DayCount.ACT_ACT_ISDA.fraction(day(start), day(end)) == expected


# OpenGamma Strata, DayCountTest: those of its ACT365L cases that end with their coupon period. Then both ends
# of "after the start and not after the end".
LEAP_LENGTHS = [
    pytest.param("2011-12-28", "2012-02-28", True, Fraction(62, 365), id="annual, a day short of it"),
    pytest.param("2011-12-28", "2012-02-29", True, Fraction(63, 366), id="annual, ends on it"),
    pytest.param("2011-12-28", "2012-02-28", False, Fraction(62, 366), id="ends in a leap year"),
    pytest.param("2011-12-28", "2012-02-29", False, Fraction(63, 366), id="ends in a leap year, on it"),
    pytest.param("2010-12-28", "2011-02-28", False, Fraction(62, 365), id="ends in a common year"),
    pytest.param("2012-02-29", "2013-02-28", True, Fraction(365, 365), id="annual, starts on it"),
    pytest.param("2012-02-28", "2013-02-28", True, Fraction(366, 366), id="annual, starts before it"),
    pytest.param("2012-03-01", "2016-02-29", True, Fraction(1460, 366), id="annual, the next one"),
    pytest.param("2096-03-01", "2104-02-28", True, Fraction(2919, 365), id="annual, 2100 has none"),
    pytest.param("2012-06-30", "2012-12-31", True, Fraction(184, 365), id="annual, none in the period"),
    pytest.param("2012-06-30", "2012-12-31", False, Fraction(184, 366), id="none in the period, a leap year"),
]


@pytest.mark.parametrize(("start", "end", "annual", "expected"), LEAP_LENGTHS)
def test_a_leap_length_hangs_on_the_frequency(
    start: str,
    end: str,
    annual: bool,  # noqa: FBT001  # a column of the table
    expected: Fraction,
) -> None:
    assert DayCount.ACT_365L.fraction(day(start), day(end), annual=annual) == expected


@pytest.mark.parametrize("count", [c for c in DayCount if c is not DayCount.ACT_365L], ids=lambda c: c.name)
def test_no_other_day_count_asks_for_the_frequency(count: DayCount) -> None:
    start, end = day("2023-12-31"), day("2024-02-28")
    assert count.fraction(start, end, annual=True) == count.fraction(start, end)


@pytest.mark.parametrize("annual", [None, 1, "no"], ids=repr)
def test_the_frequency_is_annual_or_not(annual: object) -> None:
    with pytest.raises(InputTypeError) as caught:
        DayCount.ACT_365L.fraction(day("2023-12-31"), day("2024-02-28"), annual=annual)  # type: ignore[arg-type]  # on purpose
    assert caught.value.field == "annual"


# OpenGamma Strata, DayCountTest: what the tables 30U360 (end of month) and 30E360ISDA count, in days.
THIRTY_DAYS = [
    ("THIRTY_360_US", "2012-02-29", "2012-03-28", 28),
    ("THIRTY_360_US", "2012-02-29", "2012-03-31", 30),
    ("THIRTY_360_US", "2012-02-29", "2013-02-28", 360),
    ("THIRTY_360_US", "2011-02-28", "2012-02-28", 358),
    ("THIRTY_360_US", "2011-02-28", "2012-02-29", 360),
    ("THIRTY_360_US", "2012-05-29", "2013-08-31", 452),
    ("THIRTY_360_US", "2012-05-30", "2013-08-31", 450),
    ("THIRTY_360_US", "2012-05-31", "2013-08-30", 450),
    ("THIRTY_E_360", "2012-05-29", "2013-08-31", 451),
    ("THIRTY_E_360", "2012-05-31", "2013-08-31", 450),
    ("THIRTY_E_360", "2012-02-29", "2012-03-28", 29),
    ("THIRTY_E_360_ISDA", "2011-12-28", "2012-02-29", 62),
    ("THIRTY_E_360_ISDA", "2012-02-29", "2012-03-28", 28),
    ("THIRTY_E_360_ISDA", "2011-02-28", "2012-02-28", 358),
    ("THIRTY_E_360_ISDA", "2011-02-28", "2012-02-29", 360),
    ("THIRTY_E_360_ISDA", "2012-05-29", "2013-08-31", 451),
]


@pytest.mark.parametrize(("name", "start", "end", "days"), THIRTY_DAYS, ids=str)
def test_the_published_examples_of_thirty_day_months(name: str, start: str, end: str, days: int) -> None:
    assert DayCount[name].fraction(day(start), day(end)) == Fraction(days, 360)


@pytest.mark.parametrize(
    ("maturity", "expected"),
    [
        pytest.param(None, Fraction(30, 360), id="none"),
        pytest.param("2027-02-28", Fraction(30, 360), id="later"),
        pytest.param("2026-02-28", Fraction(28, 360), id="the end itself"),
    ],
)
def test_a_february_that_ends_the_contract_keeps_its_last_day(
    maturity: str | None, expected: Fraction
) -> None:
    final = None if maturity is None else day(maturity)
    count = DayCount.THIRTY_E_360_ISDA
    assert count.fraction(day("2026-01-31"), day("2026-02-28"), maturity=final) == expected


@pytest.mark.parametrize(
    "count", [c for c in DayCount if c is not DayCount.THIRTY_E_360_ISDA], ids=lambda c: c.name
)
def test_no_other_day_count_asks_for_the_maturity(count: DayCount) -> None:
    start, end = day("2026-01-31"), day("2026-02-28")
    assert count.fraction(start, end, maturity=end) == count.fraction(start, end)


@pytest.mark.parametrize("count", DayCount, ids=lambda count: count.name)
@pytest.mark.parametrize("text", ["2026-02-28", "2024-02-29", "0001-01-01", "0001-01-15", "9999-12-31"])
@pytest.mark.parametrize("ends_contract", [False, True], ids=["", "at maturity"])
def test_no_time_is_no_part_of_a_year(count: DayCount, text: str, *, ends_contract: bool) -> None:
    assert count.fraction(day(text), day(text), maturity=day(text) if ends_contract else None) == 0


@pytest.mark.parametrize("count", DayCount, ids=lambda count: count.name)
def test_an_end_before_the_start_is_refused_with_both_dates(count: DayCount) -> None:
    with pytest.raises(DateError, match="expected 2026-02-28 or later, got 2026-02-27") as caught:
        count.fraction(day("2026-02-28"), day("2026-02-27"))
    assert (caught.value.code, caught.value.field) == ("date.order", "end")


@pytest.mark.parametrize("field", ["start", "end", "maturity"])
@pytest.mark.parametrize(
    "value",
    [dt.datetime(2026, 2, 1, tzinfo=dt.UTC), pendulum.datetime(2026, 2, 1), "2026-02-01", 5],
    ids=repr,
)
def test_a_day_count_takes_dates_only(field: str, value: object) -> None:
    arguments = {"start": day("2026-01-31"), "end": day("2026-02-28"), "maturity": None, field: value}
    with pytest.raises(InputTypeError) as caught:
        DayCount.ACT_365F.fraction(**arguments)  # type: ignore[arg-type]  # on purpose
    assert caught.value.field == field


@pytest.mark.parametrize("count", DayCount, ids=lambda count: count.name)
def test_the_ratio_is_the_fraction_unreduced(count: DayCount) -> None:
    start, end = day("2026-01-31"), day("2027-02-28")
    numerator, denominator = count.ratio(start, end, None, False)  # noqa: FBT003  # it takes no keywords
    assert Fraction(numerator, denominator) == count.fraction(start, end)
