"""When payments fall after an advance, in the units of time of four rule books."""

from __future__ import annotations

import calendar
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from repayplan.errors import TermsError
from repayplan.frequencies import EveryDays, EveryMonths, SemiMonthly
from repayplan.months import DateGrid, MonthEnd, date_in_month, month_grid, month_index, months_and_days
from repayplan.schedule.effective import Compound, Discounting, Moment, Nominal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pendulum

    from repayplan.frequencies import Frequency
    from repayplan.schedule.cash_flows import CashFlows

__all__ = ["Timed", "actual_days", "equal_periods", "eu_intervals", "us_unit_periods"]

Timed: TypeAlias = tuple[Discounting, list[tuple[Moment, int]]]
"""How a rate discounts, and when each payment falls, with its minor units."""

_WEEK: Final = 7
_YEAR_DAYS: Final = 365
_YEAR_WEEKS: Final = 52
_YEAR_MONTHS: Final = 12
_SEMI_MONTH_DAYS: Final = 15
_MONTH_DAYS: Final = 30
_LAST_OF_FEBRUARY: Final = (2, 28)
_NO_PART: Final = Fraction(0)


class _Span(NamedTuple):
    """The time from the advance to a day: full months back from the day, and the days that are left."""

    months: int
    days: int
    back: DateGrid
    """The day itself at place 0, and the days that are whole months before it."""


def equal_periods(flows: CashFlows) -> Timed:
    """Put the payments at the ends of equal periods, in their order."""
    unit = _required(flows)
    periods = flows.periods or range(1, len(flows.payments) + 1)
    payments = [
        (Moment(period, _NO_PART), amount.minor_units)
        for period, (_, amount) in zip(periods, flows.payments, strict=True)
    ]
    return Nominal(unit.periods_per_year), payments


def actual_days(flows: CashFlows) -> Timed:
    """Count the actual days, 365 to a year."""
    return Compound(_YEAR_DAYS), _timed(flows, lambda day: Moment(_days(flows.on, day), _NO_PART))


def us_unit_periods(flows: CashFlows) -> Timed:
    """Count unit-periods by 12 CFR 1026, Appendix J (b)(5)."""
    unit = _required(flows)
    if len(_paid_days(flows)) == 1:
        return _single_payment(flows, unit)
    span = _measure(flows, unit)
    if isinstance(unit, EveryDays) and unit.days <= _YEAR_DAYS:
        # (iv) "dividing the number of days between the 2 given dates by the number of days per unit-period"
        payments = _timed(flows, lambda day: _divided(_days(flows.on, day), unit.days))
    elif isinstance(unit, SemiMonthly):
        # (iii) "30 times the number of full months measured back from the later date, plus the number of
        # remaining days", divided by 15
        payments = _timed(flows, lambda day: _divided(_thirties(span(day)), _SEMI_MONTH_DAYS))
    elif isinstance(unit, EveryMonths) and unit.months < _YEAR_MONTHS:
        # (ii) and (iii) the same, divided by 30 or "the appropriate multiple of 30"
        payments = _timed(flows, lambda day: _divided(_thirties(span(day)), _MONTH_DAYS * unit.months))
    else:  # (b)(4)(i) a unit-period does not exceed one year
        return Nominal(Fraction(1)), _timed(flows, lambda day: _years(flows.on, span(day)))
    return Nominal(unit.periods_per_year), payments


def _single_payment(flows: CashFlows, unit: Frequency) -> Timed:
    """Take the term as the unit-period, a year at most: (b)(4)(ii), (b)(5)(vi) and (vii).

    A term of whole months may be counted in months or in days; the cash flows' unit-period says which.
    """
    span = _measure(flows, unit)(_paid_days(flows)[0])
    if span.months >= _YEAR_MONTHS:
        return Nominal(Fraction(1)), _timed(flows, lambda _: _years(flows.on, span))
    days = _days(flows.on, span.back(0))
    in_months = span.months > 0 and span.days == 0 and not isinstance(unit, EveryDays)
    per_year = Fraction(_YEAR_MONTHS, span.months) if in_months else Fraction(_YEAR_DAYS, max(days, 1))
    return Nominal(per_year), _timed(flows, lambda _: Moment(min(days, 1), _NO_PART))


def _years(on: pendulum.Date, span: _Span) -> Moment:
    """Count full years back; the rest is months / 12 if they are whole, otherwise days / 365: (b)(5)(v)."""
    years, months = divmod(span.months, _YEAR_MONTHS)
    if span.days == 0:
        return Moment(years, Fraction(months, _YEAR_MONTHS))
    rest = _divided(_days(on, span.back(-_YEAR_MONTHS * years)), _YEAR_DAYS)
    return Moment(years + rest.units, rest.part)


def _thirties(span: _Span) -> int:
    return _MONTH_DAYS * span.months + span.days


def _divided(days: int, length: int) -> Moment:
    units, left = divmod(days, length)
    return Moment(units, Fraction(left, length))


def eu_intervals(flows: CashFlows) -> Timed:
    """Express intervals in years by Directive (EU) 2023/2225, Annex III, remark (c)."""
    unit, paid = flows.unit_period, _paid_days(flows)
    span = _measure(flows, unit)
    by_month = isinstance(unit, (EveryMonths, SemiMonthly))
    by_week = isinstance(unit, EveryDays) and unit.days % _WEEK == 0
    if not by_month and not by_week:
        by_month = not any(span(day).days for day in paid)
        by_week = not any(_days(flows.on, day) % _WEEK for day in paid)
    if by_month:
        return Compound(_YEAR_MONTHS), _timed(flows, lambda day: _months_and_days(flows.on, span(day), 1))
    if by_week:
        return Compound(_YEAR_WEEKS), _timed(flows, lambda day: _weeks_and_days(flows.on, day))
    return Compound(1), _timed(flows, lambda day: _months_and_days(flows.on, span(day), _YEAR_MONTHS))


def _months_and_days(on: pendulum.Date, span: _Span, length: int) -> Moment:
    """Count whole periods of ``length`` months backwards, then the days that are left to the drawdown."""
    periods = span.months // length
    last = span.back(-periods * length)
    return Moment(periods, Fraction(_days(on, last), _year_to(last)))


def _weeks_and_days(on: pendulum.Date, day: pendulum.Date) -> Moment:
    weeks, days = divmod(_days(on, day), _WEEK)
    return Moment(weeks, Fraction(days, _year_to(on.fromordinal(on.toordinal() + days))))


def _year_to(last: pendulum.Date) -> int:
    """Count the days of "the complete year counted backwards from the last day to the same day" before it."""
    past_february = (last.month, last.day) > _LAST_OF_FEBRUARY
    return _YEAR_DAYS + calendar.isleap(last.year if past_february else last.year - 1)


def _required(flows: CashFlows) -> Frequency:
    if flows.unit_period is None:
        message = "this method needs a unit-period and there is none; give CashFlows one, or use XIRR"
        raise TermsError("cash_flows.unit_period", "unit_period", message)
    return flows.unit_period


def _paid_days(flows: CashFlows) -> list[pendulum.Date]:
    return [day for day, _ in flows.payments]


def _timed(flows: CashFlows, moment: Callable[[pendulum.Date], Moment]) -> list[tuple[Moment, int]]:
    return [(moment(day), amount.minor_units) for day, amount in flows.payments]


def _days(start: pendulum.Date, end: pendulum.Date) -> int:
    return end.toordinal() - start.toordinal()


def _measure(flows: CashFlows, unit: Frequency | None) -> Callable[[pendulum.Date], _Span]:
    anchor = _anchor(flows, unit)

    def span(day: pendulum.Date) -> _Span:
        back = month_grid(day, anchor(day), MonthEnd.CLAMP)
        return _Span(*months_and_days(flows.on, back), back)

    return span


def _anchor(flows: CashFlows, unit: Frequency | None) -> Callable[[pendulum.Date], int | None]:
    """Say on which day of the month a payment really falls, if it is at the end of a month that lacks it.

    From 31 January to 28 February is a month where all payments are on the last day of theirs, and 28 days
    where they are on the 28th.
    """
    if isinstance(unit, SemiMonthly):
        second = unit.second_day
        return lambda day: second if _fall_on(second, (day,)) else None
    days = _paid_days(flows)
    latest = max(day.day for day in days)
    for candidate in (max(latest, flows.on.day), latest):
        if _fall_on(candidate, days):
            return lambda _: candidate
    return lambda _: None


def _fall_on(anchor_day: int, days: Sequence[pendulum.Date]) -> bool:
    return all(date_in_month(month_index(day), anchor_day, MonthEnd.CLAMP) == day for day in days)
