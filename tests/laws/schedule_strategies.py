"""Strategies for terms and schedules: every pattern, calendar, treatment and kind of first period.

Nothing is filtered out: terms that are refused stay in ``terms()``; ``schedules()`` follows the advice of the
refusal instead of dropping the case, so that the hardest terms reach the laws too.
"""

from __future__ import annotations

import datetime as dt
import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle, strategies
from tests.laws.advice import build_or_follow_advice
from tests.laws.repayment_strategies import KINDS, patterns, some_money

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.schedule.fees import Fee

PRINCIPAL_MAX: Final = 10**15


def principals() -> st.SearchStrategy[int]:
    """Minor units of a debt: a handful, which strains every rounding, up to a thousand million million."""
    return st.one_of(
        st.integers(1, 60),
        st.integers(1, 100_000),
        st.integers(1, PRINCIPAL_MAX),
        st.sampled_from([1, 2, 5, 99, 1_000, 10_000_000, PRINCIPAL_MAX]),
    )


# --- dates that belong together


def _anchors(first: dt.date, month_end: rp.MonthEnd) -> list[int | None]:
    """The anchor days that lead to ``first``, stated or not; found by trying them all."""
    month = oracle.month_index(first)
    homes = [month, month - 1] if month_end is rp.MonthEnd.ROLL else [month]
    days = {
        day
        for home in homes
        for day in range(1, 32)
        if oracle.day_in_month(home, day, month_end.name) == first
    }
    return [None, *sorted(days)]


@st.composite
def date_fields(draw: st.DrawFn) -> dict[str, Any]:
    """The frequency, the start and the first due date: one period apart, irregular, or on one day."""
    month_end = draw(strategies.month_ends())
    frequency = draw(strategies.frequencies())
    start = draw(strategies.dates())
    months = getattr(frequency, "months", None)
    days = getattr(frequency, "days", None)
    gap = draw(st.one_of(st.just(0), st.integers(0, 70), st.integers(0, 500)))
    after_gap = start + dt.timedelta(days=gap)
    regular = draw(st.booleans())
    anchor: int | None = None
    if months is not None:
        home = oracle.month_index(start) + months
        first = oracle.day_in_month(home, start.day, month_end.name) if regular else after_gap
        anchor = draw(st.sampled_from(_anchors(first, month_end)))
    elif days is not None:
        first = start + dt.timedelta(days=days) if regular else after_gap
    else:
        pair = (frequency.first_day, frequency.second_day)  # type: ignore[attr-defined]  # the third kind
        # The other policy is refused for these days: 30 February would be 1 March, which is due too.
        month_end = rp.MonthEnd.CLAMP if pair[0] == 1 and pair[1] in {29, 30} else month_end
        first = _next_of_pair(after_gap, pair, month_end)
        if regular:
            start = strategies.to_date(_before_in_pair(first, pair, month_end))
    return {
        "frequency": frequency,
        "starts_on": start,
        "first_due": strategies.to_date(first),
        "anchor_day": anchor,
        "month_end": month_end,
    }


def _days_of_pair(around: dt.date, pair: Sequence[int], month_end: rp.MonthEnd) -> list[dt.date]:
    month = oracle.month_index(around)
    return [
        oracle.day_in_month(k, day, "CLAMP" if day == 31 else month_end.name)
        for k in range(month - 2, month + 3)
        for day in pair
    ]


def _next_of_pair(day: dt.date, pair: Sequence[int], month_end: rp.MonthEnd) -> dt.date:
    return min(other for other in _days_of_pair(day, pair, month_end) if other >= day)


def _before_in_pair(day: dt.date, pair: Sequence[int], month_end: rp.MonthEnd) -> dt.date:
    return max(other for other in _days_of_pair(day, pair, month_end) if other < day)


# --- what is owed


@st.composite
def carried_balances(draw: st.DrawFn, currency: rp.Currency) -> rp.CarriedBalances:
    """Interest, fees and penalties in all four treatments, zero and absent ones among them."""
    balance = st.builds(
        rp.CarriedBalance,
        strategies.minor_units(0, 10**9).map(lambda units: rp.Money.from_minor_units(units, currency)),
        st.sampled_from(rp.CarriedTreatment),
    )
    return rp.CarriedBalances(*draw(st.tuples(*[st.none() | balance] * 3)))


def part_of(units: int, currency: rp.Currency) -> st.SearchStrategy[rp.Money]:
    """Money of one minor unit up to so many."""
    return strategies.minor_units(1, max(1, units)).map(lambda part: some_money(part, currency))


@st.composite
def rate_steps(draw: st.DrawFn, starts_on: dt.date, first_due: dt.date) -> list[tuple[dt.date, rp.Rate]]:
    """Rates of one unit that change on any day, on the first due date among them."""
    unit = st.sampled_from([draw(st.sampled_from(rp.RateUnit))])
    offsets = st.one_of(st.integers(1, 90), st.integers(1, 1_500), st.just((first_due - starts_on).days))
    later = [starts_on + dt.timedelta(days=days) for days in draw(st.sets(offsets, max_size=3)) if days > 0]
    opens = starts_on - dt.timedelta(days=draw(st.sampled_from([0, 0, 1, 400])))
    return [(strategies.to_date(day), draw(strategies.rates(unit))) for day in sorted({opens, *later})]


@st.composite
def graces(draw: st.DrawFn) -> rp.Grace:
    """Up to four periods of each kind of grace, in every order."""
    few = st.integers(0, 4)
    return rp.Grace(principal=draw(few), interest=draw(few), interest_free=draw(few))


@st.composite
def fees(draw: st.DrawFn, currency: rp.Currency, starts_on: dt.date) -> list[Fee]:
    """Up to three fees of every kind."""
    amount = st.one_of(st.integers(1, 100), st.integers(1, 10**9)).map(lambda n: some_money(n, currency))
    share = st.one_of(
        st.fractions(0, 1, max_denominator=1_000).filter(bool),
        st.sampled_from([Fraction(1), Fraction(1, 10**9)]),
    )
    day = st.integers(0, 200).map(lambda days: later(starts_on, days))
    kinds = [
        st.builds(rp.InstallmentFee, amount),
        st.builds(rp.PaymentShareFee, share),
        st.builds(rp.SingleFee, amount, day),
    ]
    return draw(st.lists(st.one_of(kinds), min_size=1, max_size=3))


# --- terms

FEATURES: Final = ("rates", "grace", "upfront", "fees", "review", "ends", "listed", "stub")


def features() -> st.SearchStrategy[frozenset[str]]:
    """What the terms have beside the plainest ones: nothing, one thing, or several."""
    one = st.sampled_from(FEATURES)
    return st.one_of(st.just(frozenset[str]()), one.map(lambda name: frozenset({name})), st.frozensets(one))


@st.composite
def terms(
    draw: st.DrawFn,
    kinds: Sequence[str] = KINDS,
    having: st.SearchStrategy[frozenset[str]] | None = None,
) -> rp.Terms:
    """Terms of all kinds, of which some give no schedule."""
    currency, units = draw(strategies.currencies()), draw(principals())
    has = draw(features() if having is None else having)
    fields = draw(date_fields())
    starts_on, first_due = (
        day for day in (fields["starts_on"], fields["first_due"]) if isinstance(day, dt.date)
    )
    around = draw(st.sampled_from([first_due, starts_on]))
    fields |= {
        "principal": rp.Money.from_minor_units(units, currency),
        "rate": draw(rate_steps(starts_on, first_due) if "rates" in has else strategies.rates()),
        "day_count": draw(strategies.day_counts()),
        "rounding": draw(strategies.roundings()),
        "calendar": draw(st.none() | strategies.calendars(around)),
        "convention": draw(strategies.conventions()),
        "accrue_to": draw(st.sampled_from(rp.AccrueTo)),
        "carried": draw(carried_balances(currency)),
        "first_period": draw(st.sampled_from(rp.FirstPeriod)),
        "grace": draw(graces()) if "grace" in has else rp.Grace(),
        "fees": draw(fees(currency, starts_on)) if "fees" in has else (),
        "repayment": rp.EqualPrincipal(1),
    }
    asked = rp.Terms(**fields)
    if "upfront" in has and oracle.amortized(asked) > 1:
        asked = attrs.evolve(asked, upfront=draw(part_of(oracle.amortized(asked) - 1, currency)))
    owed = oracle.amortized(asked)
    if "review" in has and owed > 1:
        far = strategies.to_date(dt.date.max)
        asked = attrs.evolve(asked, review_on=far, residual=draw(part_of(owed - 1, currency)))
    pattern = draw(patterns(draw(st.sampled_from(kinds)), asked, currency, owed))
    asked = attrs.evolve(asked, repayment=pattern)
    if "listed" in has:
        asked = draw(listed(asked))
    elif "ends" in has or "stub" in has:
        asked = draw(ended(asked))
    return asked if asked.review_on is None else draw(reviewed(asked))


# --- ends, lists and reviews, which lie where the rows do


def last_places(asked: rp.Terms, more: int = 0) -> list[dt.date]:
    """The scheduled dates from the first to that of the last row, and some more, as far as dates go."""
    free = attrs.evolve(asked, calendar=None)
    try:
        last = list(itertools.islice(oracle.row_places(free), oracle.row_count(free)))[-1].index
    except (oracle.NoDateError, IndexError):
        last = 5
    return [day for day, _ in zip(oracle.existing_dates(free), range(last + 1 + more), strict=False)]


@st.composite
def ended(draw: st.DrawFn, asked: rp.Terms) -> rp.Terms:
    """Terms with a last date on the grid or off it, mostly such that there are as many dates as rows."""
    stub = draw(st.sampled_from(rp.Stub))
    days = last_places(asked, more=3)
    place = max(0, len(days) - 4 - draw(st.sampled_from([0, 0, 0, 0, 0, 1, -1])))
    early, late = (place - 1, place) if stub is rp.Stub.SHORT else (place, place + 1)
    last = min(days[max(0, early)], days[-1]), days[min(late, len(days) - 1)]
    day = draw(st.one_of(st.dates(*map(oracle.plain, last)), st.just(days[min(place, len(days) - 1)])))
    return attrs.evolve(asked, ends_on=strategies.to_date(day), stub=stub)


@st.composite
def listed(draw: st.DrawFn, asked: rp.Terms) -> rp.Terms:
    """Terms with listed dates, mostly as many as rows."""
    gaps = draw(st.lists(st.one_of(st.integers(1, 70), st.integers(1, 400)), min_size=1, max_size=12))
    days = [asked.first_due]
    for gap, _ in zip(itertools.cycle(gaps), range(500), strict=False):
        days.append(later(days[-1], gap))
    whole = attrs.evolve(asked, frequency=rp.Frequency.on_dates(days), anchor_day=None)
    count = len(last_places(whole)) + draw(st.sampled_from([0, 0, 0, 0, 1, -1]))
    return attrs.evolve(whole, frequency=rp.Frequency.on_dates(days[: max(1, count)]))


@st.composite
def reviewed(draw: st.DrawFn, asked: rp.Terms) -> rp.Terms:
    """Terms reviewed on the last date or later; a fixed payment at any time, with a residual or without."""
    days = last_places(asked)
    last = draw(st.sampled_from(days)) if draw(st.integers(0, 5)) == 0 else days[-1]
    review_on = later(last, draw(st.sampled_from([0, 0, 1, 40])))
    if isinstance(oracle.innermost(asked.repayment), rp.FixedPayment) and draw(st.booleans()):
        review_on = later(asked.first_due, draw(st.integers(0, 1_000)))
        return attrs.evolve(asked, review_on=review_on, residual=None)
    return attrs.evolve(asked, review_on=review_on)


def later(day: dt.date, days: int) -> pendulum.Date:
    """A day so many days later."""
    return strategies.to_date(day + dt.timedelta(days=days))


def schedules(kinds: Sequence[str] = KINDS) -> st.SearchStrategy[rp.Schedule]:
    """Schedules of every pattern; refused terms are changed as the refusal advises."""
    return terms(kinds).map(build_or_follow_advice)
