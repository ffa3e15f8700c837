"""Strategies for the ground floor: currencies, money, rates, days, moments, frequencies, calendars, texts.

They are bounded so that an example stays readable and cheap, and lean on the values that break naive code:
month ends, 29 February, currencies without a minor unit, names that need more than ASCII.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import pendulum
from hypothesis import strategies as st

from repayplan.calendars import CalendarLike, ExplicitCalendar, WeekendCalendar
from repayplan.currency import Currency
from repayplan.frequencies import Frequency
from repayplan.money import Money
from repayplan.rates import Rate, RateUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "AMOUNT_MAX",
    "FIRST_DAY",
    "LAST_DAY",
    "calendars",
    "currencies",
    "dates",
    "digests",
    "frequencies",
    "languages",
    "moments",
    "money",
    "names",
    "rates",
    "salts",
    "units_of",
    "zones",
]

FIRST_DAY: Final = pendulum.date(2000, 1, 1)
LAST_DAY: Final = pendulum.date(2060, 12, 31)
"""The days that are drawn unless others are asked for; what follows from them may lie later."""

AMOUNT_MAX: Final = 10_000_000
"""The highest amount, in units of its currency."""

_CURRENCIES: Final = tuple(Currency.of(code) for code in ("EUR", "CNY", "USD", "JPY", "KWD"))
_FREQUENCIES: Final = (
    Frequency.MONTHLY,
    Frequency.WEEKLY,
    Frequency.FORTNIGHTLY,
    Frequency.FOUR_WEEKLY,
    Frequency.BIMONTHLY,
    Frequency.QUARTERLY,
    Frequency.every_days(10),
)
_OFFSETS: Final = (0, 480, 60, -300, 345)
_STEPS_PER_UNIT: Final = {RateUnit.YEAR: 10**4, RateUnit.MONTH: 10**5, RateUnit.DAY: 10**6}
_NAMES: Final = ("a", "rent", "王小明", "O'Brien & Söhne", "=1+1", "<b>x</b>")


@functools.cache
def currencies() -> st.SearchStrategy[Currency]:
    """Draw a currency of ISO 4217 with no, two or three decimal places; euros are the simplest."""
    return st.sampled_from(_CURRENCIES)


def units_of(currency: Currency, amount: int = AMOUNT_MAX) -> int:
    """Count the minor units of an amount in units of its currency."""
    return int(amount * 10**currency.digits)


def money(
    currency: Currency | str | None = None, *, least: int = 0, most: int | None = None
) -> st.SearchStrategy[Money]:
    """Draw money, from nothing to 10,000,000, cents and large amounts alike.

    Args:
        currency: Its currency; None draws one.
        least: The least amount in minor units.
        most: The most in minor units; None is 10,000,000 units of the currency.
    """
    if currency is None:
        return currencies().flatmap(lambda drawn: money(drawn, least=least, most=most))
    known = Currency.of(currency) if isinstance(currency, str) else currency
    highest = units_of(known) if most is None else most
    units = st.integers(least, min(highest, max(least, 100_000))) | st.integers(least, highest)
    return units.map(lambda unit: Money.from_minor_units(unit, known))


@st.composite
def rates(draw: st.DrawFn, *, most: Fraction = Fraction(1), unit: RateUnit | None = None) -> Rate:
    """Draw a rate as contracts quote it, a year, a month or a day, from nothing to 100 % a year.

    Args:
        draw: Given by Hypothesis.
        most: The highest, as a share for a year.
        unit: The time for which it is stated; None draws one.
    """
    chosen = draw(st.sampled_from(RateUnit)) if unit is None else unit
    steps = _STEPS_PER_UNIT[chosen]
    return Rate(Fraction(draw(st.integers(0, int(most / chosen.per_year * steps))), steps), chosen)


@functools.lru_cache(maxsize=100)
def dates(first: dt.date = FIRST_DAY, last: dt.date = LAST_DAY) -> st.SearchStrategy[pendulum.Date]:
    """Draw a day from ``first`` to ``last``, the ends of months and of February above their share."""
    earliest, latest = dt.date.fromordinal(first.toordinal()), dt.date.fromordinal(last.toordinal())
    anywhere = st.dates(earliest, latest).map(_day)
    month_ends = anywhere.map(_month_end)
    februaries = anywhere.map(lambda day: _month_end(day.replace(day=1, month=2)))
    edges = (month_ends | februaries).map(lambda day: _day(min(max(day, earliest), latest)))
    return anywhere | edges


def _month_end(day: dt.date) -> dt.date:
    in_next_month = day.replace(day=28).toordinal() + 4
    return dt.date.fromordinal(in_next_month - dt.date.fromordinal(in_next_month).day)


def _day(day: dt.date) -> pendulum.Date:
    return pendulum.Date.fromordinal(day.toordinal())


@st.composite
def moments(
    draw: st.DrawFn, first: dt.date = FIRST_DAY, last: dt.date = LAST_DAY, *, after: dt.datetime | None = None
) -> pendulum.DateTime:
    """Draw a moment with an offset of whole minutes, on a day from ``first`` to ``last``.

    It has an offset and no zone by name, as every moment that a value of the library keeps: what a service
    does where clocks change needs examples of its own.

    Args:
        draw: Given by Hypothesis.
        first: The first day, in UTC.
        last: The last day, in UTC.
        after: Instead of those days: at that moment or within 90 days of it.
    """
    zone = dt.timezone(dt.timedelta(minutes=draw(st.sampled_from(_OFFSETS))))
    if after is None:
        day = draw(dates(first, last))
        start, minutes = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC), draw(st.integers(0, 1439))
    else:
        start, minutes = after, draw(st.just(0) | st.integers(0, 90 * 1440))
    return pendulum.instance((start + dt.timedelta(minutes=minutes)).astimezone(zone))


@functools.cache
def frequencies() -> st.SearchStrategy[Frequency]:
    """Draw a frequency: monthly, by weeks or days, by several months, or two days of each month."""
    pairs = st.tuples(st.integers(1, 27), st.just(31) | st.integers(28, 31))
    return st.one_of(
        st.just(Frequency.MONTHLY),
        st.sampled_from(_FREQUENCIES),
        pairs.map(lambda pair: Frequency.semi_monthly(*pair)),
    )


@st.composite
def _explicit_calendars(draw: st.DrawFn) -> ExplicitCalendar:
    """Draw a calendar of 1980 to 2199 with up to five closed days and one working Saturday or Sunday."""
    closed = draw(st.frozensets(dates(), max_size=5))
    opened = draw(st.frozensets(dates(), max_size=1))
    known = pendulum.date(1980, 1, 1), pendulum.date(2199, 12, 31)
    return ExplicitCalendar(*known, closed=closed, opened=opened - closed)


@functools.cache
def calendars() -> st.SearchStrategy[CalendarLike]:
    """Draw a calendar: of weekends, or of listed days, closed and opened; they can be stored."""
    weekends = st.sampled_from([frozenset({6, 7}), frozenset({5, 6}), frozenset[int]()])
    return weekends.map(WeekendCalendar) | _explicit_calendars()


@functools.lru_cache(maxsize=100)
def names(*, longest: int = 20) -> st.SearchStrategy[str]:
    """Draw a line of visible text, such as a name or an id: letters of many scripts, and some markup."""
    letters = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=longest)
    return st.sampled_from([name for name in _NAMES if len(name) <= longest]) | letters


def _count_up(seed: int) -> Iterator[bytes]:
    return (number.to_bytes(16, "big") for number in itertools.count(seed << 64))


def salts() -> st.SearchStrategy[Iterator[bytes]]:
    """Draw an endless source of salts of 16 bytes that differ, which is all that a test needs.

    They can be guessed: outside of tests, salts come from ``secrets.token_bytes``.
    """
    return st.integers(0, 2**32).map(_count_up)


@functools.cache
def zones() -> st.SearchStrategy[str]:
    """Draw the name of a time zone: without changes of the clock, with them, and far from UTC."""
    return st.sampled_from(
        ["UTC", "Asia/Shanghai", "Europe/London", "America/St_Johns", "Pacific/Kiritimati"]
    )


@functools.cache
def languages() -> st.SearchStrategy[str]:
    """Draw a language tag, with and without a script or a region."""
    return st.sampled_from(["en", "zh-Hans", "es-MX", "ar", "yue"])


@functools.cache
def digests() -> st.SearchStrategy[str]:
    """Draw a SHA-256 digest in lower-case hexadecimal digits."""
    return st.binary(min_size=32, max_size=32).map(bytes.hex)
