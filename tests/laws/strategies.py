"""Hypothesis strategies for the ground floor, in one place: currencies, money, rates, dates, calendars.

Every strategy leans on the values that break naive code: zero and the ceiling, month ends, 29 February, the
29th to the 31st, closed runs that cross a month, currencies without a minor unit or with a very fine one.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import pendulum
from hypothesis import strategies as st

from repayplan.calendars import BusinessDayConvention, CalendarLike, ExplicitCalendar, WeekendCalendar
from repayplan.currency import Currency
from repayplan.daycounts import DayCount
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.frequencies import Frequency
from repayplan.money import Money
from repayplan.months import MonthEnd
from repayplan.rates import ANNUAL_RATE_MAX, Rate, RateUnit
from repayplan.rounding import Rounding

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_DAY: Final = dt.date(1990, 1, 1)
LAST_DAY: Final = dt.date(2099, 12, 31)
"""The days that ``dates()`` draws from; a century without a leap day (2100) is reached by adding to them."""

_KNOWN_FROM: Final = dt.date(1980, 1, 1)
_KNOWN_TO: Final = dt.date(2999, 12, 31)

# ------------------------------------------------------------------------------------------ money

CUSTOMARY_CURRENCIES: Final = tuple(
    Currency.of(code) for code in ("CNY", "EUR", "USD", "JPY", "KRW", "KWD", "IQD", "CLF")
)
"""Currencies of ISO 4217 with 0, 2, 3 and 4 decimal places."""
FINE_CURRENCIES: Final = (Currency("USD", 10), Currency("EUR", 12))
"""Currencies with more places than the standard's, for checks against unrounded figures."""


def currencies() -> st.SearchStrategy[Currency]:
    return st.sampled_from(CUSTOMARY_CURRENCIES + FINE_CURRENCIES)


def minor_units(minimum: int = -MINOR_UNITS_MAX, maximum: int = MINOR_UNITS_MAX) -> st.SearchStrategy[int]:
    """Whole numbers of minor units: small ones, the bounds and everything between."""
    small = st.integers(max(minimum, -1_000), min(maximum, 1_000)) if minimum <= 1_000 else st.nothing()
    return st.one_of(small, st.integers(minimum, maximum), st.sampled_from([minimum, maximum]))


@st.composite
def money(
    draw: st.DrawFn,
    currency: st.SearchStrategy[Currency] | None = None,
    minimum: int = -MINOR_UNITS_MAX,
    maximum: int = MINOR_UNITS_MAX,
) -> Money:
    """Money of ``minimum`` to ``maximum`` minor units, both included."""
    return Money.from_minor_units(draw(minor_units(minimum, maximum)), draw(currency or currencies()))


def roundings() -> st.SearchStrategy[Rounding]:
    return st.sampled_from(Rounding)


# ------------------------------------------------------------------------------------------ rates


@st.composite
def rates(
    draw: st.DrawFn,
    units: st.SearchStrategy[RateUnit] | None = None,
    maximum: Fraction = Fraction(ANNUAL_RATE_MAX),
) -> Rate:
    """Rates of every unit up to ``maximum`` a year: zero, tiny, as quoted, any fraction, the ceiling."""
    unit = draw(st.sampled_from(RateUnit) if units is None else units)
    ceiling = maximum / unit.per_year
    tiny = st.integers(1, 9).map(lambda figure: Fraction(figure, 10**38))
    quoted = st.integers(0, ceiling * 10**5 // 1).map(lambda steps: Fraction(steps, 10**5))
    exact = st.fractions(0, ceiling, max_denominator=10**9)
    share = draw(st.one_of(st.just(Fraction(0)), tiny, quoted, exact, st.just(ceiling)))
    return Rate(share, unit)


def day_counts() -> st.SearchStrategy[DayCount]:
    return st.sampled_from(DayCount)


# ------------------------------------------------------------------------------------------ dates


def to_date(day: dt.date) -> pendulum.Date:
    """The same day as the library's own kind of date."""
    return pendulum.Date(day.year, day.month, day.day)


def _plain(day: dt.date) -> dt.date:
    return dt.date(day.year, day.month, day.day)


def _month_end(day: dt.date) -> dt.date:
    return pendulum.Date(day.year, day.month, 1).end_of("month")


def _february_end(day: dt.date) -> dt.date:
    return pendulum.Date(day.year, 2, 1).end_of("month")


def dates(first: dt.date = FIRST_DAY, last: dt.date = LAST_DAY) -> st.SearchStrategy[pendulum.Date]:
    """Days from ``first`` to ``last``, month ends and the ends of February far above their share."""
    anywhere = st.dates(_plain(first), _plain(last))
    edges = st.one_of(anywhere.map(_month_end), anywhere.map(_february_end))
    return st.one_of(
        anywhere,
        edges.map(lambda day: min(max(day, first), last)),
        st.sampled_from([first, last]),
    ).map(to_date)


def all_dates() -> st.SearchStrategy[pendulum.Date]:
    """Every day that a calendar date can hold, the year 1 and the year 9999 included."""
    return dates(dt.date.min, dt.date.max)


@st.composite
def spans(
    draw: st.DrawFn, first: dt.date = FIRST_DAY, last: dt.date = LAST_DAY
) -> tuple[pendulum.Date, pendulum.Date]:
    """Two days in order, often within a few months of each other."""
    start = draw(dates(first, last))
    near = min(last, start + dt.timedelta(days=min(100, (last - start).days)))
    return start, draw(st.one_of(dates(start, near), dates(start, last)))


def month_ends() -> st.SearchStrategy[MonthEnd]:
    return st.sampled_from(MonthEnd)


# ------------------------------------------------------------------------------------------ frequencies

NAMED_FREQUENCIES: Final = (
    Frequency.WEEKLY,
    Frequency.FORTNIGHTLY,
    Frequency.FOUR_WEEKLY,
    Frequency.SEMI_MONTHLY,
    Frequency.MONTHLY,
    Frequency.BIMONTHLY,
    Frequency.QUARTERLY,
    Frequency.SEMI_ANNUAL,
    Frequency.ANNUAL,
)


def day_frequencies() -> st.SearchStrategy[Frequency]:
    """Frequencies of a fixed number of days, whole weeks among them."""
    return st.one_of(
        st.sampled_from([Frequency.WEEKLY, Frequency.FORTNIGHTLY, Frequency.FOUR_WEEKLY]),
        st.integers(1, 400).map(Frequency.every_days),
        st.integers(1, 60).map(Frequency.every_weeks),
    )


def month_frequencies() -> st.SearchStrategy[Frequency]:
    """Frequencies of a fixed number of months."""
    return st.one_of(
        st.sampled_from([Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.ANNUAL]),
        st.integers(1, 24).map(Frequency.every_months),
    )


@st.composite
def semi_monthly_frequencies(draw: st.DrawFn) -> Frequency:
    first_day = draw(st.integers(1, 27))
    return Frequency.semi_monthly(first_day, draw(st.one_of(st.just(31), st.integers(first_day + 1, 31))))


def frequencies() -> st.SearchStrategy[Frequency]:
    """Frequencies of all kinds; a semi-monthly one needs a first date on one of its days, see ``starts``."""
    return st.one_of(
        st.sampled_from(NAMED_FREQUENCIES), day_frequencies(), month_frequencies(), semi_monthly_frequencies()
    )


@st.composite
def starts(
    draw: st.DrawFn, first: dt.date = FIRST_DAY, last: dt.date = LAST_DAY
) -> tuple[Frequency, pendulum.Date]:
    """A frequency of any kind and a first date that suits it under every month-end policy."""
    frequency, day = draw(frequencies()), draw(dates(first, last))
    own_days = (getattr(frequency, "first_day", None), getattr(frequency, "second_day", None))
    if own_days != (None, None):
        # The first of the two days is 27 at most, so that every month has it.
        day = to_date(day.replace(day=own_days[0]))
    return frequency, day


# ------------------------------------------------------------------------------------------ calendars


def conventions() -> st.SearchStrategy[BusinessDayConvention]:
    return st.sampled_from(BusinessDayConvention)


def weekends() -> st.SearchStrategy[frozenset[int]]:
    """The usual weekends of the world, none, and any other that leaves a working day."""
    usual = st.sampled_from([frozenset({6, 7}), frozenset({5, 6}), frozenset({7}), frozenset[int]()])
    return st.one_of(usual, st.frozensets(st.integers(1, 7), max_size=6))


def weekend_calendars() -> st.SearchStrategy[CalendarLike]:
    return weekends().map(WeekendCalendar)


@st.composite
def explicit_calendars(draw: st.DrawFn, around: dt.date | None = None) -> ExplicitCalendar:
    """Calendars with closed runs and make-up working days near ``around``, known for centuries about it."""
    centre = around or draw(dates())
    runs = draw(st.lists(st.tuples(st.integers(-60, 60), st.integers(1, 45)), max_size=4))
    closed = {centre + dt.timedelta(days=offset + step) for offset, length in runs for step in range(length)}
    makeup = {
        centre + dt.timedelta(days=offset) for offset in draw(st.sets(st.integers(-60, 60), max_size=6))
    }
    return ExplicitCalendar(
        to_date(_KNOWN_FROM),
        to_date(_KNOWN_TO),
        closed=frozenset(map(to_date, closed)),
        opened=frozenset(map(to_date, makeup - closed)),
        weekend=draw(weekends()),
    )


def _open_on(cycle: int, opened: frozenset[int]) -> Callable[[pendulum.Date], bool]:
    def is_open(day: pendulum.Date) -> bool:
        return day.toordinal() % cycle in opened

    is_open.__qualname__ = f"open_on_{sorted(opened)}_of_each_{cycle}_days"
    return is_open


@st.composite
def function_calendars(draw: st.DrawFn) -> Callable[[pendulum.Date], bool]:
    """Plain functions of a date that open a few days of every cycle of up to 100 days."""
    cycle = draw(st.integers(1, 100))
    return _open_on(cycle, draw(st.frozensets(st.integers(0, cycle - 1), min_size=1, max_size=10)))


def calendars(around: dt.date | None = None) -> st.SearchStrategy[CalendarLike]:
    """Calendars of all kinds; those with a list have it near ``around``."""
    return st.one_of(weekend_calendars(), explicit_calendars(around), function_calendars())
