"""The rate of interest that each period of a schedule bears."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import chain, compress, islice, repeat
from typing import TYPE_CHECKING, TypeAlias

import pendulum

from repayplan.frequencies import EveryMonths, Frequency
from repayplan.months import month_grid, months_and_days, months_and_days_between
from repayplan.rates import Rate
from repayplan.schedule.accrual import FirstPeriod
from repayplan.schedule.grace import Grace
from repayplan.schedule.rate_steps import RateSteps, to_steps
from repayplan.schedule.uneven import SeasonalPayments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from repayplan.schedule.annuity import Factor
    from repayplan.schedule.terms import Terms
    from repayplan.schedule.timeline import Row

__all__ = ["factor_after", "factors_to", "period_factors", "period_starts"]

Span: TypeAlias = tuple[pendulum.Date, pendulum.Date, int, int]
"""The dates between which a row bears interest, and their places in the grid; -1 is ``starts_on``."""

Clock: TypeAlias = Callable[[pendulum.Date, pendulum.Date], tuple[int, int]]
"""The time between two dates in units of the rate, as numerator and denominator."""

Measure: TypeAlias = Callable[[pendulum.Date, pendulum.Date, int, int], tuple[int, int]]
"""The time of a span in units of the rate, as numerator and denominator."""

Part: TypeAlias = Callable[[Span, pendulum.Date], "Factor"]
"""The rate of a span from its start to a day in it."""


_NO_GRACE = Grace()


def period_factors(terms: Terms, rows: Iterable[Row], maturity: pendulum.Date | None) -> Iterator[Factor]:
    """Give the rate of each row's period, the first one starting on ``starts_on``.

    A daily rate counts actual days whatever the day count; a nominal period does not look at its days. A
    period in which the rate changes is cut there, and its parts are added exactly; a nominal period is shared
    out by its days.
    """
    if _is_regular(terms):
        return _regular_factors(terms, rows)
    if not terms.is_nominal and not terms.grace.interest_free and isinstance(terms.rate, Rate):
        return _factors_by_date(terms, terms.rate, rows, _clock(terms, maturity))
    measure, spans = _measure(terms, maturity), _spans(terms, rows)
    if isinstance(terms.rate, RateSteps):
        part = _part(terms, measure)
        return (part(span, span[1]) for span in spans)
    return _at_one_rate(terms, terms.rate, measure, spans)


def factors_to(
    terms: Terms, rows: Sequence[Row], first: int, on: pendulum.Date
) -> Iterator[tuple[int, Factor]]:
    """Give the rate from the start of each period to a day, of the rows from ``first`` on that have begun."""
    part = _part(terms, _measure(terms, rows[-1][1]))
    for row, span in enumerate(islice(_spans(terms, rows), first, None), start=first):
        if on <= span[0]:
            return
        yield row, part(span, min(on, span[1]))


def factor_after(terms: Terms, start: pendulum.Date, on: pendulum.Date) -> Factor:
    """Give the rate from the end of the last period to a later day; nominal time is measured by its dates."""
    measure = _nominal_listed if terms.is_nominal else _measure(terms, None)
    return _part(terms, measure)((start, on, 0, 1), on)


def period_starts(terms: Terms, rows: Iterable[Row]) -> Iterator[pendulum.Date]:
    """Give the date from which each row's period bears interest, or would if it were not free of it."""
    before = terms.starts_on
    for start, end, _, place in _spans(terms, rows):
        yield before if place < terms.grace.interest_free else start
        before = end


def _is_regular(terms: Terms) -> bool:
    """Tell whether all nominal periods but the first bear the same, so that none need be measured."""
    return (
        terms.is_nominal
        and not isinstance(terms.rate, RateSteps)
        and terms.grace == _NO_GRACE
        and terms.date_count is None
        and not isinstance(terms.repayment.core, SeasonalPayments)
    )


def _regular_factors(terms: Terms, rows: Iterable[Row]) -> Iterator[Factor]:
    numerator, denominator = terms.highest_rate.yearly
    first, regular = (
        (numerator * time.numerator, denominator * time.denominator) for time in _nominal_times(terms)
    )
    # a row is a pair, never empty: one factor each
    return compress(chain((first,), repeat(regular)), rows)


def _factors_by_date(terms: Terms, rate: Rate, rows: Iterable[Row], clock: Clock) -> Iterator[Factor]:
    """Give what the general way gives where dates alone say how long each period is."""
    numerator, denominator = rate.value.as_integer_ratio() if terms.is_daily else rate.yearly
    start = terms.starts_on
    for _, end in rows:
        time, unit = clock(start, end)
        yield numerator * time, denominator * unit
        start = end


def _at_one_rate(terms: Terms, rate: Rate, measure: Measure, spans: Iterable[Span]) -> Iterator[Factor]:
    numerator, denominator = rate.value.as_integer_ratio() if terms.is_daily else rate.yearly
    for start, end, before, place in spans:
        time, unit = measure(start, end, before, place)
        yield numerator * time, denominator * unit


def _spans(terms: Terms, rows: Iterable[Row]) -> Iterator[Span]:
    free = terms.grace.interest_free
    start, before = terms.starts_on, -1
    for place, end in rows:
        if place < free:
            start, before = end, place
        elif before < free - 1:  # interest begins at a date on which nothing was due
            start, before = min(terms.grid()(free - 1), end), free - 1
        yield start, end, before, place
        start, before = end, place


def _part(terms: Terms, measure: Measure) -> Part:
    rates = to_steps(terms.rate, terms.starts_on)

    def added_up(span: Span, on: pendulum.Date) -> Factor:
        start, _, before, place = span
        total = Fraction(0)
        for part_start, part_end in rates.cuts(start, on):
            rate = rates.on(part_start)
            time = Fraction(*measure(part_start, part_end, before, place))
            total += time * (rate.value if terms.is_daily else rate.per_year)
        return total.as_integer_ratio()

    def shared_out(span: Span, on: pendulum.Date) -> Factor:
        start, end, _, _ = span
        days = end.toordinal() - start.toordinal()
        if days == 0:
            return 0, 1
        parts = [
            rates.on(first).per_year * (last.toordinal() - first.toordinal())
            for first, last in rates.cuts(start, on)
        ]
        return (Fraction(*measure(*span)) * sum(parts) / days).as_integer_ratio()

    return shared_out if terms.is_nominal else added_up


def _measure(terms: Terms, maturity: pendulum.Date | None) -> Measure:
    if terms.is_nominal:
        return _nominal_listed if terms.frequency.date_count is not None else _nominal(terms)
    clock = _clock(terms, maturity)
    return lambda start, end, _before, _place: clock(start, end)


def _clock(terms: Terms, maturity: pendulum.Date | None) -> Clock:
    if terms.is_daily:
        return lambda start, end: (end.toordinal() - start.toordinal(), 1)
    ratio, annual = terms.day_count.ratio, terms.frequency == Frequency.ANNUAL
    return lambda start, end: ratio(start, end, maturity, annual)


def _nominal_listed(start: pendulum.Date, end: pendulum.Date, before: int, place: int) -> tuple[int, int]:
    if before == place:
        return 0, 1
    months, days = months_and_days_between(start, end)
    return 30 * months + days, 360


def _nominal(terms: Terms) -> Measure:
    first, regular = _nominal_times(terms)
    ratio, first_ratio, stub = regular.as_integer_ratio(), first.as_integer_ratio(), terms.stub_place

    def measure(start: pendulum.Date, end: pendulum.Date, before: int, place: int) -> tuple[int, int]:
        if place == stub:
            return _nominal_listed(start, end, before, place)
        width = place - before
        if width == 1:
            return ratio if place else first_ratio
        time = first + place * regular if before < 0 else width * regular
        return time.as_integer_ratio()

    return measure


def _nominal_times(terms: Terms) -> tuple[Fraction, Fraction]:
    """Give the parts of a year that the first period and a regular one take."""
    regular = 1 / terms.frequency.periods_per_year
    if terms.frequency.is_one_period(terms.starts_on, terms.grid()):
        return regular, regular
    if terms.first_period is FirstPeriod.ACTUAL_DAYS:
        return Fraction(terms.first_due.toordinal() - terms.starts_on.toordinal(), 365), regular
    if isinstance(terms.frequency, EveryMonths):
        back = month_grid(terms.first_due, terms.anchor_day, terms.month_end)
        months, days = months_and_days(terms.starts_on, back)
    else:
        months, days = months_and_days_between(terms.starts_on, terms.first_due)
    return Fraction(30 * months + days, 360), regular
