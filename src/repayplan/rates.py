"""Interest rates and day counts, all exact fractions."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from repayplan.checks import check_date, check_instance
from repayplan.errors import DateError, RateError, shown
from repayplan.exact import Number, read_fraction
from repayplan.months import MonthEnd, month_grid, months_and_days
from repayplan.values import Value

__all__ = ["ANNUAL_RATE_MAX", "DayCount", "Rate", "RateUnit"]

ANNUAL_RATE_MAX: Final = 4
"""The highest rate, as a share of the principal in a year: 400 %, so that 5 cannot pass for 5 %."""

_PLACES_MAX = 12
_JANUARY, _FEBRUARY = 1, 2
_THIRTY = 30


class RateUnit(enum.Enum):
    """The time for which a rate is stated."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"

    @property
    def per_year(self) -> int:
        """How many of them make a year, for the ceiling and for comparison: 1, 12 or 365."""
        return {"year": 1, "month": 12, "day": 365}[self.value]


def _to_rate(value: Number) -> Fraction:
    if type(value) is int and value != 0:
        message = f"expected a share such as '0.05', got the whole number {shown(value)}; write 100 % as '1'"
        raise RateError("rate.percentage", "rate", message)
    return read_fraction(value, "rate", error=RateError)


@attrs.frozen
class Rate(Value):
    """A simple rate of interest: the share of the principal that is due for a time.

    Make one with :meth:`annual`, :meth:`monthly` or :meth:`daily`, as a share, never as a percentage:
    ``Rate.annual("0.18")`` is 18 % a year. A daily rate counts actual days whatever the day count; a monthly
    rate is a twelfth of the annual one.

    Attributes:
        value: The share, zero or more.
        unit: The time for which it is due.

    Raises:
        RateError: The rate is negative, above 400 % a year, a whole number other than 0 (which is likely to
            mean a percentage; write 100 % as ``"1"``), or has too many digits.
        InputTypeError: The rate is a float or of another type.
    """

    value: Fraction = attrs.field(converter=_to_rate)
    unit: RateUnit

    def __attrs_post_init__(self) -> None:
        """Check the range."""
        check_instance(self.unit, RateUnit, "unit")
        if not 0 <= self.value * self.unit.per_year <= ANNUAL_RATE_MAX:
            given = f"{shown(self.value)} a {self.unit.value}"
            message = f"expected a share from 0 to {ANNUAL_RATE_MAX} a year, got {given}; write 5 % as '0.05'"
            raise RateError("rate.range", "rate", message, {"maximum": ANNUAL_RATE_MAX})

    @classmethod
    def annual(cls, value: Number) -> Rate:
        """State a rate for a year."""
        return cls(value, RateUnit.YEAR)

    @classmethod
    def monthly(cls, value: Number) -> Rate:
        """State a rate for a month."""
        return cls(value, RateUnit.MONTH)

    @classmethod
    def daily(cls, value: Number) -> Rate:
        """State a rate for a day."""
        return cls(value, RateUnit.DAY)

    @property
    def per_year(self) -> Fraction:
        """The share for a year; a daily rate for 365 days."""
        return self.value * self.unit.per_year

    def __str__(self) -> str:
        """Give the percentage and its unit, such as ``0.05 % a day``."""
        percent = self.value * 100
        places = next((n for n in range(_PLACES_MAX) if (percent * 10**n).denominator == 1), None)
        if places is None:
            return f"{percent} % a {self.unit.value}"
        whole, part = divmod(int(percent * 10**places), 10**places)
        decimals = f".{part:0{places}}" if places else ""
        return f"{whole}{decimals} % a {self.unit.value}"


class DayCount(enum.Enum):
    """How the time between two dates becomes a fraction of a year.

    Sources: 2006 ISDA Definitions, section 4.16, for ``ACT_ACT_ISDA`` (b), ``ACT_365F`` (d), ``ACT_360`` (e),
    ``THIRTY_E_360`` (g) and ``THIRTY_E_360_ISDA`` (h); SIA, Standard Securities Calculation Methods, for
    ``THIRTY_360_US`` with its February rule. ``ACT_364`` takes a year of 52 weeks.
    """

    NOMINAL = "nominal"
    """A period is one over the periods in a year; what is not regular, whole months / 12 + odd days / 360."""
    ACT_365F = "act_365f"
    ACT_360 = "act_360"
    ACT_364 = "act_364"
    ACT_ACT_ISDA = "act_act_isda"
    THIRTY_360_US = "thirty_360_us"
    THIRTY_E_360 = "thirty_e_360"
    THIRTY_E_360_ISDA = "thirty_e_360_isda"

    def fraction(
        self, start: datetime.date, end: datetime.date, *, maturity: datetime.date | None = None
    ) -> Fraction:
        """Give the exact part of a year from ``start`` to ``end``.

        Args:
            start: The first day, which counts.
            end: The last day, which does not.
            maturity: The end of the contract, which only ``THIRTY_E_360_ISDA`` asks about: a February that
                ends there keeps its own last day.

        Raises:
            DateError: The end is before the start.
        """
        first, last = check_date(start, "start"), check_date(end, "end")
        if last < first:
            message = f"expected {first} or later, got {last}"
            raise DateError("date.order", "end", message, {"start": first, "end": last})
        final = None if maturity is None else check_date(maturity, "maturity")
        return Fraction(*_RATIOS[self](first, last, final))

    @property
    def ratio(self) -> _Ratio:
        """The function behind :meth:`fraction`, for checked dates: ``(start, end, maturity)`` to a ratio."""
        return _RATIOS[self]


_Ratio: TypeAlias = Callable[[datetime.date, datetime.date, datetime.date | None], tuple[int, int]]


def _nominal(start: datetime.date, end: datetime.date, _: datetime.date | None) -> tuple[int, int]:
    place = month_grid(check_date(end, "end"), None, MonthEnd.CLAMP)
    months, days = months_and_days(check_date(start, "start"), place)
    return 30 * months + days, 360


def _actual_over(year: int) -> _Ratio:
    return lambda start, end, _: (end.toordinal() - start.toordinal(), year)


def _act_act_isda(start: datetime.date, end: datetime.date, _: datetime.date | None) -> tuple[int, int]:
    if start.year == end.year:
        return end.toordinal() - start.toordinal(), _days_in_year(start.year)
    opening = datetime.date(start.year, 12, 31).toordinal() + 1 - start.toordinal()
    closing = end.toordinal() - datetime.date(end.year, _JANUARY, 1).toordinal()
    start_year, end_year = _days_in_year(start.year), _days_in_year(end.year)
    whole_years = end.year - start.year - 1
    numerator = opening * end_year + closing * start_year + whole_years * start_year * end_year
    return numerator, start_year * end_year


def _thirty_360_us(start: datetime.date, end: datetime.date, _: datetime.date | None) -> tuple[int, int]:
    start_day, end_day = start.day, end.day
    if _ends_february(start):
        if _ends_february(end):
            end_day = _THIRTY
        start_day = _THIRTY
    if end_day > _THIRTY and start_day >= _THIRTY:
        end_day = _THIRTY
    return _thirty_days(start, min(start_day, _THIRTY), end, end_day)


def _thirty_e_360(start: datetime.date, end: datetime.date, _: datetime.date | None) -> tuple[int, int]:
    return _thirty_days(start, min(start.day, _THIRTY), end, min(end.day, _THIRTY))


def _thirty_e_360_isda(
    start: datetime.date, end: datetime.date, maturity: datetime.date | None
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


def _days_in_year(year: int) -> int:
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365


_RATIOS: dict[DayCount, _Ratio] = {
    DayCount.NOMINAL: _nominal,
    DayCount.ACT_365F: _actual_over(365),
    DayCount.ACT_360: _actual_over(360),
    DayCount.ACT_364: _actual_over(364),
    DayCount.ACT_ACT_ISDA: _act_act_isda,
    DayCount.THIRTY_360_US: _thirty_360_us,
    DayCount.THIRTY_E_360: _thirty_e_360,
    DayCount.THIRTY_E_360_ISDA: _thirty_e_360_isda,
}
