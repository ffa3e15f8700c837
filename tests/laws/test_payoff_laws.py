"""Laws of what clears a debt on a day, each exact, and a recount by the second engine.

They hold of one sample of schedules, drawn once: drawing costs far more than checking.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import math
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle, oracle_rates, strategies
from tests.laws.schedule_strategies import schedules
from tests.schedule import DATE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pendulum

    from tests.laws.oracle_rates import Period

Days = list["pendulum.Date"]

COMPONENTS = ("interest", "fees", "penalties")
SHARES = st.lists(st.fractions(0, 1, max_denominator=10_000), min_size=2, max_size=2)
ONE_DAY = dt.timedelta(days=1)
SOME_TIME = dt.timedelta(days=500)
LAST_DAY = DATE(9999, 12, 30)
RUN_DAYS = 40
"""How many days in a row are looked at: more than a month."""


@functools.cache
def sample() -> list[tuple[rp.Schedule, Days]]:
    """Schedules of every kind, the simplest first, and days of each: its own dates, and any."""
    drawn: list[tuple[rp.Schedule, Days]] = []

    @settings(
        max_examples=settings().max_examples,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    @given(schedule=schedules(), shares=SHARES)
    def collect(schedule: rp.Schedule, shares: list[Fraction]) -> None:
        drawn.append((schedule, days_of(schedule, shares)))

    collect()
    return sorted(drawn, key=lambda pair: len(repr(pair[0].terms)))


def days_of(schedule: rp.Schedule, shares: list[Fraction]) -> Days:
    first, last = (
        schedule.terms.starts_on,
        min(end_of(schedule), min(schedule.last_due, LAST_DAY - SOME_TIME) + SOME_TIME),
    )
    span = (last - first).days
    drawn = [first + dt.timedelta(days=math.floor(share * span)) for share in shares]
    singles = [fee.on for fee in schedule.terms.fees if isinstance(fee, rp.SingleFee)]
    marks = [first, last, schedule.last_due, *drawn, *singles, *schedule.due[:3], *schedule.scheduled[:3]]
    near = {mark + dt.timedelta(days=shift) for mark in marks for shift in (-1, 0, 1) if mark <= LAST_DAY}
    return [strategies.to_date(day) for day in sorted({*near, last}) if first <= day <= last]


def end_of(schedule: rp.Schedule) -> pendulum.Date:
    """The last day that can be asked about: that of the review, where there is one."""
    return max(schedule.terms.review_on or schedule.last_due, schedule.last_due)


def for_every_schedule(law: Callable[[rp.Schedule, Days], None]) -> Callable[[], None]:
    """Make a test that holds a law of every schedule of the sample."""

    @functools.wraps(law, assigned=("__doc__", "__module__", "__name__", "__qualname__"))
    def check() -> None:
        for schedule, days in sample():
            try:
                law(schedule, days)
            except AssertionError as broken:
                broken.add_note(f"in the schedule of {schedule.terms}")
                raise

    del check.__wrapped__  # or pytest would look for fixtures of these names
    return check


def components(cleared: rp.Payoff) -> list[int]:
    carried = (cleared.carried_interest, cleared.carried_fees, cleared.carried_penalties)
    return [part.minor_units for part in (cleared.principal, cleared.interest, cleared.fees, *carried)]


def carried_of(row: rp.Installment) -> list[int]:
    return [part.minor_units for part in (row.carried_interest, row.carried_fees, row.carried_penalties)]


# --- the second engine's figure


def recount(terms: rp.Terms, day: dt.date) -> list[int]:
    """Give what is owed on a day from the terms alone, component by component."""
    rows = oracle.expected_rows(terms)
    assert rows is not None
    stops = list(itertools.islice(oracle.row_stops(terms), len(rows)))
    periods = list(oracle_rates.periods_of(terms, stops))
    paid = sum(1 for row in rows if row.due_on < day)
    principal = oracle.amortized(terms)
    flat = isinstance(oracle.innermost(terms.repayment), rp.FlatInterest)
    interest = sum(row.accrued - row.interest for row in rows[:paid])
    for row, period in list(zip(rows, periods, strict=True))[paid:]:
        base = principal if flat else row.opening
        interest += oracle.rounded(base * rate_to(terms, period, periods, day), terms.rounding.name)
    interest += oracle.rounded(rows[-1].closing * rate_after(terms, periods[-1], day), terms.rounding.name)
    carried = [sum(row.carried[place] for row in rows[paid:]) for place in range(3)]
    left = principal - sum(row.principal for row in rows[:paid])
    return [left, interest, fees_on(terms, rows, day), *carried]


def rate_to(terms: rp.Terms, period: Period, periods: Sequence[Period], day: dt.date) -> Fraction:
    """Give the rate from the start of a period to a day, or to its end if that comes first."""
    if is_nominal(terms):
        return nominal_rate_to(terms, period, day)
    start, end = period.accrued
    if day <= start:
        return Fraction(0)
    return oracle_rates.factor(terms, replace(period, accrued=(start, min(day, end))), periods[-1].accrued[1])


def rate_after(terms: rp.Terms, period: Period, day: dt.date) -> Fraction:
    """Give the rate from the end of the last period to a later day, as of a period without a place."""
    end = (period.scheduled if is_nominal(terms) else period.accrued)[1]
    if day <= end:
        return Fraction(0)
    after = replace(period, free=False, first_place=0, last_place=1, measured=True)
    return oracle_rates.factor(terms, replace(after, scheduled=(end, day), accrued=(end, day)), None)


def is_nominal(terms: rp.Terms) -> bool:
    return terms.day_count.name == "NOMINAL" and oracle_rates.rate_steps(terms)[0][1].unit.name != "DAY"


def nominal_rate_to(terms: rp.Terms, period: Period, day: dt.date) -> Fraction:
    """Give each day of the period an equal share of its time, and the rate in force on it."""
    start, end = period.scheduled
    if period.free or day <= start or start == end:
        return Fraction(0)
    steps = oracle_rates.rate_steps(terms)
    each = oracle_rates.nominal_time(terms, period) / oracle.days_between(start, end)
    total, last = Fraction(0), min(day, end)
    for index, (opens, rate) in enumerate(steps):
        since = max(start, opens) if index else start
        until = min(last, steps[index + 1][0]) if index + 1 < len(steps) else last
        yearly = rate.value * (12 if rate.unit.name == "MONTH" else 1)
        total += each * yearly * max(0, oracle.days_between(since, until))
    return total


def fees_on(terms: rp.Terms, rows: Sequence[oracle.Row], day: dt.date) -> int:
    """Give the fees of what is due on a day, or else the single ones that were charged since."""
    today = [row.fees for row in rows if row.due_on == day]
    if today:
        return sum(today)
    asked = [row.due_on for row in rows if row.due_on < day]
    return sum(
        fee.amount.minor_units
        for fee in terms.fees
        if isinstance(fee, rp.SingleFee) and fee.on <= day and all(fee.on > due for due in asked)
    )


# --- laws


@for_every_schedule
def test_every_component_equals_the_recount_of_the_second_engine(schedule: rp.Schedule, days: Days) -> None:
    for day in days:
        cleared = rp.payoff(schedule, day)
        assert components(cleared) == recount(schedule.terms, day), day
        assert cleared.total.minor_units == sum(components(cleared))
        assert cleared.on == day
        assert cleared.installments_paid == sum(1 for due in schedule.due if due < day)


@for_every_schedule
def test_at_the_start_it_is_what_is_owed(schedule: rp.Schedule, days: Days) -> None:
    terms = schedule.terms
    cleared = rp.payoff(schedule, days[0])
    owed, interest, _, *carried = components(cleared)
    assert (days[0], cleared.installments_paid) == (terms.starts_on, 0)
    assert (owed, interest) == (oracle.amortized(terms), 0)
    whole = [sum(parts) for parts in zip(*map(carried_of, schedule), strict=True)]
    assert carried == whole


@for_every_schedule
def test_on_a_due_date_it_is_the_amount_due_and_all_that_later_rows_still_hold(
    schedule: rp.Schedule, days: Days
) -> None:
    del days
    if schedule.terms.calendar is not None and not schedule.terms.accrues_to_due:
        return  # interest runs to another day than the one on which it is asked for
    put_off = 0
    for due, group in itertools.groupby(schedule, key=lambda row: row.due_on):
        rows = list(group)
        put_off += sum(row.accrued.minor_units - row.interest.minor_units for row in rows)
        if RUN_DAYS < rows[-1].number < len(schedule):
            continue  # the middle of ten thousand rows is like their beginning
        asked = sum(row.amount.minor_units for row in rows)
        carried = sum(sum(carried_of(row)) for row in schedule[rows[-1].number :])
        expected = asked + rows[-1].closing.minor_units + carried + put_off
        assert rp.payoff(schedule, due).total.minor_units == expected, due


@for_every_schedule
def test_it_is_never_below_the_principal_outstanding(schedule: rp.Schedule, days: Days) -> None:
    for day in days:
        cleared = rp.payoff(schedule, day)
        balances = [*(row.opening for row in schedule if row.due_on >= day), schedule[-1].closing]
        assert cleared.principal == balances[0]
        assert min(components(cleared)) >= 0
        assert cleared.total >= cleared.principal


@for_every_schedule
def test_interest_never_falls_while_nothing_falls_due(schedule: rp.Schedule, days: Days) -> None:
    if schedule.terms.day_count is rp.DayCount.ACT_365L:
        return  # the length of its year depends on the day to which it counts
    start = days[len(days) // 2]
    before = rp.payoff(schedule, start)
    for shift in range(1, min(RUN_DAYS, (end_of(schedule) - start).days) + 1):
        after = rp.payoff(schedule, strategies.to_date(start + dt.timedelta(days=shift)))
        if after.installments_paid == before.installments_paid:
            assert after.interest >= before.interest, after.on
        before = after


@for_every_schedule
def test_between_the_last_due_date_and_the_review_it_is_the_residual_with_interest(
    schedule: rp.Schedule, days: Days
) -> None:
    if days[-1] > schedule.last_due:
        cleared = rp.payoff(schedule, days[-1])
        owed, _, *besides = components(cleared)
        assert (owed, besides) == (schedule.residual.minor_units, [0, 0, 0, 0])
        assert cleared.installments_paid == len(schedule)


@for_every_schedule
def test_days_outside_the_schedule_are_refused(schedule: rp.Schedule, days: Days) -> None:
    del days
    outsides = [schedule.terms.starts_on - ONE_DAY]
    if end_of(schedule) <= LAST_DAY:
        outsides.append(end_of(schedule) + ONE_DAY)
    for outside in outsides:
        with pytest.raises(rp.DateError) as caught:
            rp.payoff(schedule, outside)
        assert (caught.value.code, caught.value.field) == ("payoff.date", "on")
        assert caught.value.data["starts_on"] == schedule.terms.starts_on
