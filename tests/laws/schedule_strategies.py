"""Strategies for terms and schedules: every pattern, calendar, treatment and kind of first period.

Nothing is filtered out: terms that are refused stay in ``terms()``; ``schedules()`` follows the advice of the
refusal instead of dropping the case, so that the hardest terms reach the laws too.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle, strategies

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.schedule.repayment import Repayment

COUNT_MAX: Final = 40
PRINCIPAL_MAX: Final = 10**15


def principals() -> st.SearchStrategy[int]:
    """Minor units of a debt: a handful, which strains every rounding, up to a thousand million million."""
    return st.one_of(
        st.integers(1, 60),
        st.integers(1, 100_000),
        st.integers(1, PRINCIPAL_MAX),
        st.sampled_from([1, 2, 5, 99, 1_000, 10_000_000, PRINCIPAL_MAX]),
    )


def counts() -> st.SearchStrategy[int]:
    return st.one_of(st.integers(1, 12), st.integers(1, COUNT_MAX))


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
def date_fields(draw: st.DrawFn) -> dict[str, object]:
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


# --- what is owed, and how it is repaid


@st.composite
def carried_balances(draw: st.DrawFn, currency: rp.Currency) -> rp.CarriedBalances:
    """Interest, fees and penalties in all four treatments, zero and absent ones among them."""
    balance = st.builds(
        rp.CarriedBalance,
        strategies.minor_units(0, 10**9).map(lambda units: rp.Money.from_minor_units(units, currency)),
        st.sampled_from(rp.CarriedTreatment),
    )
    return rp.CarriedBalances(*draw(st.tuples(*[st.none() | balance] * 3)))


def _steps(currency: rp.Currency, principal: int) -> st.SearchStrategy[rp.Money | None]:
    units = st.sampled_from([1, 5, 100, 1_000, max(1, principal // 50), principal + 1])
    return st.none() | units.map(lambda unit: rp.Money.from_minor_units(unit, currency))


@st.composite
def counted(draw: st.DrawFn, currency: rp.Currency, principal: int, count: int | None = None) -> Repayment:
    """A pattern that states the number of installments."""
    rows = draw(counts()) if count is None else count
    step = draw(_steps(currency, principal))
    rounding = draw(st.none() | strategies.roundings())
    return draw(
        st.sampled_from(
            [rp.LevelPayment(rows, step, rounding), rp.EqualPrincipal(rows), rp.FlatInterest(rows, step)]
        )
    )


@st.composite
def fixed_payments(draw: st.DrawFn, currency: rp.Currency, principal: int) -> rp.FixedPayment:
    """A payment from far too small to more than the whole debt."""
    part = principal // draw(st.one_of(st.integers(1, 60), st.integers(1, 20_000))) + draw(st.integers(0, 3))
    return rp.FixedPayment(rp.Money.from_minor_units(max(1, part), currency))


@st.composite
def custom_payments(
    draw: st.DrawFn, fields: dict[str, object], currency: rp.Currency, principal: int
) -> rp.CustomPayments:
    """Payments at random, or those of a split of the principal, which clear the debt to the minor unit."""
    if draw(st.booleans()):
        units = draw(st.lists(st.integers(1, 2 * principal), min_size=1, max_size=12))
        return rp.CustomPayments([rp.Money.from_minor_units(unit, currency) for unit in units])
    cuts = sorted(draw(st.sets(st.integers(1, principal - 1), max_size=12))) if principal > 1 else []
    parts = [after - before for before, after in pairwise([0, *cuts, principal])]
    even = rp.Terms(**{**fields, "repayment": rp.EqualPrincipal(len(parts))})  # type: ignore[arg-type]
    try:
        days = [day for day, _ in zip(oracle.scheduled_and_due(even), parts, strict=False)]
    except oracle.NoDateError:
        return rp.CustomPayments([rp.Money.from_minor_units(principal, currency)])
    balance, payments = principal, []
    for part, rate in zip(parts, oracle.period_rates(even, days), strict=True):
        interest = oracle.rounded(balance * rate, even.rounding.name)
        payments.append(rp.Money.from_minor_units(part + interest, currency))
        balance -= part
    return rp.CustomPayments(payments)


@st.composite
def terms(draw: st.DrawFn, kinds: Sequence[str] = ("counted", "fixed", "custom")) -> rp.Terms:
    """Terms of all kinds, of which some give no schedule."""
    currency, units = draw(strategies.currencies()), draw(principals())
    fields = draw(date_fields())
    around = draw(st.sampled_from([fields["first_due"], fields["starts_on"]]))
    fields |= {
        "principal": rp.Money.from_minor_units(units, currency),
        "rate": draw(strategies.rates()),
        "day_count": draw(strategies.day_counts()),
        "rounding": draw(strategies.roundings()),
        "calendar": draw(st.none() | strategies.calendars(around if isinstance(around, dt.date) else None)),
        "convention": draw(strategies.conventions()),
        "accrue_to": draw(st.sampled_from(rp.AccrueTo)),
        "carried": draw(carried_balances(currency)),
    }
    owed = oracle.amortized(_with(fields, rp.EqualPrincipal(1)))
    kind = draw(st.sampled_from(kinds))
    if kind == "fixed":
        return _with(fields, draw(fixed_payments(currency, owed)))
    if kind == "custom":
        return _with(fields, draw(custom_payments(fields, currency, owed)))
    return _with(fields, draw(counted(currency, owed)))


def _with(fields: dict[str, object], repayment: Repayment) -> rp.Terms:
    return rp.Terms(**{**fields, "repayment": repayment})  # type: ignore[arg-type]  # drawn field by field


# --- schedules


def follow_advice(refused: rp.Terms, error: rp.TermsError) -> rp.Terms:
    """Change the terms as the refusal says: the count, the payment or the listed amount that would do."""
    pattern = refused.repayment
    if isinstance(pattern, rp.FixedPayment):
        return attrs.evolve(refused, repayment=rp.FixedPayment(error.data["least_payment"]))  # type: ignore[arg-type]
    if isinstance(pattern, rp.CustomPayments):
        return attrs.evolve(refused, repayment=rp.CustomPayments(_amended(pattern, error)))
    changed = attrs.evolve(pattern, count=error.data["count"])  # type: ignore[call-arg]
    return attrs.evolve(refused, repayment=changed)


def _amended(pattern: rp.CustomPayments, error: rp.TermsError) -> list[rp.Money]:
    place = int(str(error.data["number"])) - 1
    amounts = list(pattern.amounts)
    if "amount" in error.data:  # this payment must be the last
        return [*amounts[:place], error.data["amount"]]  # type: ignore[list-item]
    amounts[place] = error.data["least_payment"]  # type: ignore[call-overload]
    return amounts


def build_or_follow_advice(asked: rp.Terms) -> rp.Schedule:
    """Build the schedule, changing the terms as each refusal says; advice that leads nowhere never ends.

    Where a date does not exist there is no schedule whatever the pattern: the calendar goes first, and if the
    years themselves run out, one row remains.
    """
    try:
        return rp.build_schedule(asked)
    except rp.TermsError as error:
        return build_or_follow_advice(follow_advice(asked, error))
    except rp.DateError:
        if asked.calendar is None:
            return rp.build_schedule(attrs.evolve(asked, repayment=rp.EqualPrincipal(1)))
        return build_or_follow_advice(attrs.evolve(asked, calendar=None))


def schedules(kinds: Sequence[str] = ("counted", "fixed", "custom")) -> st.SearchStrategy[rp.Schedule]:
    """Schedules of every pattern; refused terms are changed as the refusal advises."""
    return terms(kinds).map(build_or_follow_advice)


def later(day: dt.date, days: int) -> pendulum.Date:
    """A day so many days later."""
    return strategies.to_date(day + dt.timedelta(days=days))
