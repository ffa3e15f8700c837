"""Day counts: how the time between two dates becomes an exact part of a year."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeAlias

from repayplan.checks import check_date, check_instance
from repayplan.errors import DateError
from repayplan.months import months_and_days_between
from repayplan.values import Enumeration

__all__ = ["DayCount"]

_COMMON_YEAR, _LEAP_YEAR = 365, 366
_FEBRUARY: Final = 2
_LEAP_DAY = (2, 29)
_NEW_YEARS_EVE = (12, 31)
_THIRTY: Final = 30


class DayCount(Enumeration):
    """How the time between two dates becomes a fraction of a year.

    Sources: 2006 ISDA Definitions, section 4.16, for ``ACT_ACT_ISDA`` (b), ``ACT_365F`` (d), ``ACT_360`` (e),
    ``THIRTY_E_360`` (g) and ``THIRTY_E_360_ISDA`` (h); SIA, Standard Securities Calculation Methods, for
    ``THIRTY_360_US`` with its February rule; those of the others stand beside them.
    """

    NOMINAL = "nominal"
    """A period is one over the periods in a year; what is not regular, whole months / 12 + odd days / 360."""
    ACT_365F = "act_365f"
    ACT_360 = "act_360"
    ACT_364 = "act_364"
    """A year of 52 weeks."""
    ACT_365L = "act_365l"
    """Days over 366 or 365: with one payment a year, 366 if a 29 February lies after the start and not after
    the end; with any other frequency, 366 if the end lies in a leap year (ICMA, rule 251.1(i); ISMA-Year)."""
    ACT_ACT_ISDA = "act_act_isda"
    """Days in leap years over 366, all others over 365; the 31 December belongs to the year that it ends."""
    ACT_ACT_YEAR_END = "act_act_year_end"
    """As ``ACT_ACT_ISDA``, split one day sooner: what is earned from 31 December on counts over the next
    year's length (Apache Fineract, progressive schedules with actual days)."""
    ACT_ACT_AFB = "act_act_afb"
    """Days over 366 if the time, its first day included and its last one not, holds a 29 February, otherwise
    over 365; a time longer than a year is whole years, counted back from its end, and what is left before
    them (AFB and FBF Master Agreements, ``Exact/Exact``). The original asks for no end of February to be kept
    when years are counted back; the rule that ISDA's memorandum of 1999 adds is not applied."""
    ACT_ACT_START_YEAR = "act_act_start_year"
    """All days over the length of the year in which the time starts. A lender's custom, without a standard
    that names it."""
    THIRTY_360_US = "thirty_360_us"
    THIRTY_E_360 = "thirty_e_360"
    THIRTY_E_360_ISDA = "thirty_e_360_isda"

    def fraction(
        self,
        start: datetime.date,
        end: datetime.date,
        *,
        maturity: datetime.date | None = None,
        annual: bool = False,
    ) -> Fraction:
        """Give the exact part of a year from ``start`` to ``end``.

        Args:
            start: The first day, which counts.
            end: The last day, which does not.
            maturity: The end of the contract, which only ``THIRTY_E_360_ISDA`` asks about: a February that
                ends there keeps its own last day.
            annual: Whether payments fall due once a year, which only ``ACT_365L`` asks about.

        Raises:
            DateError: The end is before the start.
        """
        first, last = check_date(start, "start"), check_date(end, "end")
        if last < first:
            message = f"expected {first} or later, got {last}"
            raise DateError("date.order", "end", message, {"start": first, "end": last})
        final = None if maturity is None else check_date(maturity, "maturity")
        return Fraction(*_RATIOS[self](first, last, final, check_instance(annual, bool, "annual")))

    @property
    def ratio(self) -> _Ratio:
        """The function behind :meth:`fraction`, for checked dates: ``(start, end, maturity, annual)``."""
        return _RATIOS[self]


_Ratio: TypeAlias = Callable[[datetime.date, datetime.date, datetime.date | None, bool], tuple[int, int]]


def _nominal(start: datetime.date, end: datetime.date, *_: object) -> tuple[int, int]:
    months, days = months_and_days_between(check_date(start, "start"), check_date(end, "end"))
    return 30 * months + days, 360


def _actual_over(year: int) -> _Ratio:
    def ratio(start: datetime.date, end: datetime.date, *_: object) -> tuple[int, int]:
        return end.toordinal() - start.toordinal(), year

    return ratio


def _act_365l(
    start: datetime.date,
    end: datetime.date,
    _: datetime.date | None,
    annual: bool,  # noqa: FBT001  # the table's functions are called by position
) -> tuple[int, int]:
    is_long = _leap_days_by(end) > _leap_days_by(start) if annual else _days_in_year(end.year) == _LEAP_YEAR
    return end.toordinal() - start.toordinal(), _LEAP_YEAR if is_long else _COMMON_YEAR


def _act_act_isda(start: datetime.date, end: datetime.date, *_: object) -> tuple[int, int]:
    return _split_by_year(start.toordinal(), start.year, end.toordinal(), end.year)


def _act_act_year_end(start: datetime.date, end: datetime.date, *_: object) -> tuple[int, int]:
    # Each day counts over the year of the day after it, so that both dates move on by one.
    first_year = start.year + ((start.month, start.day) == _NEW_YEARS_EVE)
    last_year = end.year + ((end.month, end.day) == _NEW_YEARS_EVE)
    return _split_by_year(start.toordinal() + 1, first_year, end.toordinal() + 1, last_year)


def _split_by_year(first: int, first_year: int, last: int, last_year: int) -> tuple[int, int]:
    first_length = _days_in_year(first_year)
    if first_year == last_year:
        return last - first, first_length
    last_length = _days_in_year(last_year)
    opening, closing = _new_year(first_year + 1) - first, last - _new_year(last_year)
    whole_years = last_year - first_year - 1
    numerator = opening * last_length + closing * first_length + whole_years * first_length * last_length
    return numerator, first_length * last_length


def _act_act_afb(start: datetime.date, end: datetime.date, *_: object) -> tuple[int, int]:
    whole_years = end.year - start.year
    if whole_years and _years_before(end, whole_years) < start:
        whole_years -= 1
    stub_end = _years_before(end, whole_years)
    has_leap_day = _leap_days_before(stub_end) > _leap_days_before(start)
    length = _LEAP_YEAR if has_leap_day else _COMMON_YEAR
    return whole_years * length + stub_end.toordinal() - start.toordinal(), length


def _act_act_start_year(start: datetime.date, end: datetime.date, *_: object) -> tuple[int, int]:
    return end.toordinal() - start.toordinal(), _days_in_year(start.year)


def _thirty_360_us(start: datetime.date, end: datetime.date, *_: object) -> tuple[int, int]:
    start_day, end_day = start.day, end.day
    if _ends_february(start):
        if _ends_february(end):
            end_day = _THIRTY
        start_day = _THIRTY
    if end_day > _THIRTY and start_day >= _THIRTY:
        end_day = _THIRTY
    return _thirty_days(start, min(start_day, _THIRTY), end, end_day)


def _thirty_e_360(start: datetime.date, end: datetime.date, *_: object) -> tuple[int, int]:
    return _thirty_days(start, min(start.day, _THIRTY), end, min(end.day, _THIRTY))


def _thirty_e_360_isda(
    start: datetime.date, end: datetime.date, maturity: datetime.date | None, *_: object
) -> tuple[int, int]:
    if start == end:
        return 0, 360  # a February that is both start and maturity would otherwise count back
    start_day = _THIRTY if _ends_february(start) else min(start.day, _THIRTY)
    keeps_february = end == maturity or not _ends_february(end)
    return _thirty_days(start, start_day, end, min(end.day, _THIRTY) if keeps_february else _THIRTY)


def _thirty_days(start: datetime.date, start_day: int, end: datetime.date, end_day: int) -> tuple[int, int]:
    months = 12 * (end.year - start.year) + end.month - start.month
    return _THIRTY * months + end_day - start_day, 360


def _ends_february(day: datetime.date) -> bool:
    return day.month == _FEBRUARY and day.day == _days_in_year(day.year) - 337


def _years_before(day: datetime.date, years: int) -> datetime.date:
    year = day.year - years
    if (day.month, day.day) == _LEAP_DAY and _days_in_year(year) == _COMMON_YEAR:
        return datetime.date(year, 2, 28)
    return datetime.date(year, day.month, day.day)


def _leap_days_before(day: datetime.date) -> int:
    return _leap_years_to(day.year - ((day.month, day.day) <= _LEAP_DAY))


def _leap_days_by(day: datetime.date) -> int:
    return _leap_years_to(day.year - ((day.month, day.day) < _LEAP_DAY))


def _new_year(year: int) -> int:
    """Give the ordinal of 1 January, of the year 10000 too."""
    return 365 * (year - 1) + _leap_years_to(year - 1) + 1


def _leap_years_to(year: int) -> int:
    return year // 4 - year // 100 + year // 400


def _days_in_year(year: int) -> int:
    return _LEAP_YEAR if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else _COMMON_YEAR


_RATIOS: dict[DayCount, _Ratio] = {
    DayCount.NOMINAL: _nominal,
    DayCount.ACT_365F: _actual_over(365),
    DayCount.ACT_360: _actual_over(360),
    DayCount.ACT_364: _actual_over(364),
    DayCount.ACT_365L: _act_365l,
    DayCount.ACT_ACT_ISDA: _act_act_isda,
    DayCount.ACT_ACT_YEAR_END: _act_act_year_end,
    DayCount.ACT_ACT_AFB: _act_act_afb,
    DayCount.ACT_ACT_START_YEAR: _act_act_start_year,
    DayCount.THIRTY_360_US: _thirty_360_us,
    DayCount.THIRTY_E_360: _thirty_e_360,
    DayCount.THIRTY_E_360_ISDA: _thirty_e_360_isda,
}
