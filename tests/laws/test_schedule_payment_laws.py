"""Laws 4 and 5 of schedules, exact: what level payments are, and what time and rates do to them."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle, strategies
from tests.laws.advice import build_or_follow_advice
from tests.laws.repayment_strategies import COUNT_MAX, some_money
from tests.laws.schedule_sample import lead_of
from tests.laws.schedule_strategies import schedules, terms

if TYPE_CHECKING:
    from tests.laws.oracle_rates import Step

# --- law 4: level payments are level, and the last one is near


@st.composite
def level_terms(draw: st.DrawFn, difference: rp.Difference) -> rp.Terms:
    """Terms of level payments, with and without a step and a rounding of their own."""
    asked = draw(terms(("counted",)))
    step = draw(st.none() | st.integers(1, 1_000).map(lambda n: some_money(n, asked.principal.currency)))
    rounding, count = draw(st.none() | strategies.roundings()), oracle.row_count(asked)
    level = rp.LevelPayment(max(1, count - oracle.lead_rows(asked)), step, rounding, difference=difference)
    return attrs.evolve(asked, repayment=level)


def level_schedules(difference: rp.Difference) -> st.SearchStrategy[rp.Schedule]:
    return level_terms(difference).map(build_or_follow_advice)


def own_amounts(schedule: rp.Schedule) -> list[int]:
    """Principal and interest charged of each row that repays, before fees and carried parts."""
    rows = schedule[lead_of(schedule) :]
    return [row.principal.minor_units + row.accrued.minor_units for row in rows]


def own_rates(schedule: rp.Schedule) -> list[Fraction]:
    return oracle.factors(schedule.terms, len(schedule))[lead_of(schedule) :]


def exact_and_rounded(schedule: rp.Schedule) -> tuple[Fraction, int]:
    """The exact level payment, and what it is rounded to."""
    asked, pattern = schedule.terms, schedule.terms.repayment
    exact = oracle.level(oracle.amortized(asked), own_rates(schedule), oracle.residual_of(asked))
    step = getattr(pattern, "step", None)
    mode = (getattr(pattern, "rounding", None) or asked.rounding).name
    return exact, oracle.to_step(exact, step, mode)


@given(schedule=level_schedules(rp.Difference.LAST))
def test_law_4_all_level_installments_but_the_last_are_equal_and_it_is_within_the_exact_bound(
    schedule: rp.Schedule,
) -> None:
    amounts, rates = own_amounts(schedule), own_rates(schedule)
    exact, payment = exact_and_rounded(schedule)
    if isinstance(schedule.terms.repayment, rp.LevelPayment):
        assert amounts[:-1] == [payment] * (len(amounts) - 1)
    level = Fraction(amounts[0])
    unit = Fraction(1) if schedule.terms.rounding.is_directed else Fraction(1, 2)
    bound = sum(
        (abs(level - exact) + unit)
        * math.prod((1 + later_rate for later_rate in rates[k + 1 :]), start=Fraction(1))
        for k in range(len(rates))
    )
    assert abs(amounts[-1] - level) <= bound


@given(schedule=level_schedules(rp.Difference.FIRST))
def test_law_4_a_difference_on_the_first_row_leaves_the_last_no_higher_than_the_others(
    schedule: rp.Schedule,
) -> None:
    amounts = own_amounts(schedule)
    assert len(set(amounts[1:-1])) <= 1
    assert amounts[-1] <= amounts[1 % len(amounts)]
    if len(amounts) > 2:
        assert amounts[1] == exact_and_rounded(schedule)[1]


@given(schedule=level_schedules(rp.Difference.SPREAD))
def test_law_4_a_spread_difference_never_runs_a_step_away_from_the_exact_payments(
    schedule: rp.Schedule,
) -> None:
    pattern, amounts = schedule.terms.repayment, own_amounts(schedule)
    assert isinstance(pattern, (rp.LevelPayment, rp.EqualPrincipal))
    step = getattr(pattern, "step", None)
    size = 1 if step is None else step.minor_units
    exact, _ = exact_and_rounded(schedule)
    for number in range(1, len(amounts)):
        assert abs(sum(amounts[:number]) - number * exact) < size


# --- law 5: more time, or a lower rate, never costs more


def level_payment_of(asked: rp.Terms) -> int | None:
    """The level payment of terms, or None if they are refused."""
    try:
        return own_amounts(rp.build_schedule(asked))[0]
    except rp.TermsError:
        return None


def with_level(asked: rp.Terms, count: int) -> rp.Terms:
    """Level payments on the same grid, to a review that is far away."""
    ends: dict[str, Any] = {"calendar": None, "ends_on": None}
    if asked.review_on is not None:
        residual = asked.residual or some_money(1, asked.principal.currency)
        ends |= {"review_on": strategies.LAST_DAY.replace(year=9999), "residual": residual}
    if hasattr(asked.frequency, "dates"):
        ends["frequency"] = rp.Frequency.MONTHLY
    return attrs.evolve(asked, repayment=rp.LevelPayment(count), **ends)


@given(asked=terms(), count=st.integers(2, COUNT_MAX), more=st.integers(1, 12))
def test_law_5_a_longer_term_never_raises_the_level_payment(asked: rp.Terms, count: int, more: int) -> None:
    # With a residual it may: interest at a later, higher rate on what is left can exceed the payment.
    whole = attrs.evolve(asked, review_on=None, residual=None, repayment=rp.EqualPrincipal(1))
    shorter, longer = (level_payment_of(with_level(whole, rows)) for rows in (count, count + more))
    if shorter is not None and longer is not None:
        assert longer <= shorter


@st.composite
def raised_rates(draw: st.DrawFn, asked: rp.Terms) -> rp.Terms:
    """The same terms at rates that are as high or higher."""
    share = draw(st.fractions(0, 1, max_denominator=1_000))

    def raised(rate: rp.Rate) -> rp.Rate:
        ceiling = Fraction(4, rate.unit.per_year)
        return attrs.evolve(rate, value=rate.value + (ceiling - rate.value) * share)

    if isinstance(asked.rate, rp.Rate):
        return attrs.evolve(asked, rate=raised(asked.rate))
    steps: list[Step] = [(day, raised(rate)) for day, rate in asked.rate.steps]
    return attrs.evolve(asked, rate=steps)


@given(data=st.data(), asked=terms(), count=st.integers(2, COUNT_MAX))
def test_law_5_a_higher_rate_never_lowers_the_level_payment(
    data: st.DataObject, asked: rp.Terms, count: int
) -> None:
    lower = with_level(asked, count)
    higher = data.draw(raised_rates(lower))
    low, high = level_payment_of(lower), level_payment_of(higher)
    if low is not None and high is not None:
        assert low <= high


@pytest.mark.parametrize("pattern", [rp.EqualPrincipal, rp.FlatInterest])
@given(data=st.data(), schedule=schedules(("counted",)), difference=st.sampled_from(rp.Difference))
def test_law_5_where_principal_is_fixed_a_higher_rate_never_lowers_total_interest(
    pattern: type[rp.EqualPrincipal | rp.FlatInterest],
    data: st.DataObject,
    schedule: rp.Schedule,
    difference: rp.Difference,
) -> None:
    count = len(schedule) - lead_of(schedule)
    asked = attrs.evolve(schedule.terms, repayment=pattern(count, difference=difference))
    lower = build_or_follow_advice(asked)
    higher = rp.build_schedule(data.draw(raised_rates(lower.terms)))
    assert lower.total_interest <= higher.total_interest
    assert lower.principals == higher.principals
