"""Laws 1 to 5 of schedules, each exact: no tolerance anywhere."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle, strategies
from tests.laws.schedule_strategies import COUNT_MAX, build_or_follow_advice, later, schedules, terms

COMPONENTS = ("interest", "fees", "penalties")


def units(amounts: list[rp.Money]) -> list[int]:
    return [amount.minor_units for amount in amounts]


# --- law 1: nothing is lost


@given(schedule=schedules())
def test_what_the_engine_makes_passes_every_check_of_the_constructor(schedule: rp.Schedule) -> None:
    # the engine skips these checks for speed, so this is what makes them hold
    columns = (schedule.scheduled, schedule.due, schedule.principals, schedule.interests)
    assert rp.Schedule(schedule.terms, *columns) == schedule


@given(schedule=schedules())
def test_law_1_principal_sums_to_the_amortized_debt(schedule: rp.Schedule) -> None:
    owed = oracle.amortized(schedule.terms)
    assert sum(units([row.principal for row in schedule])) == owed
    assert schedule.total_principal.minor_units == schedule[0].opening.minor_units == owed
    assert schedule[-1].closing.minor_units == 0


@given(schedule=schedules())
def test_law_1_each_row_opens_where_the_one_before_closed(schedule: rp.Schedule) -> None:
    for row in schedule:
        assert row.closing == row.opening - row.principal
    for before, after in pairwise(schedule):
        assert after.opening == before.closing


@given(schedule=schedules())
def test_law_1_each_carried_balance_is_asked_for_capitalized_or_waived(schedule: rp.Schedule) -> None:
    waived = capitalized = asked = 0
    for component in COMPONENTS:
        parts = sum(units([getattr(row, f"carried_{component}") for row in schedule]))
        balance = getattr(schedule.terms.carried, component)
        if balance is None:
            assert parts == 0
            continue
        owed, treatment = balance.amount.minor_units, balance.treatment
        if treatment in {rp.CarriedTreatment.FIRST, rp.CarriedTreatment.SPREAD}:
            assert parts == owed
            asked += owed
        else:
            assert parts == 0
        waived += owed if treatment is rp.CarriedTreatment.WAIVE else 0
        capitalized += owed if treatment is rp.CarriedTreatment.CAPITALIZE else 0
    assert units([schedule.total_carried, schedule.waived, schedule.capitalized]) == [
        asked,
        waived,
        capitalized,
    ]


@given(schedule=schedules())
def test_law_1_a_spread_balance_falls_in_parts_that_differ_by_one_unit_at_most(schedule: rp.Schedule) -> None:
    for component in COMPONENTS:
        balance = getattr(schedule.terms.carried, component)
        if balance is not None and balance.treatment is rp.CarriedTreatment.SPREAD:
            parts = units([getattr(row, f"carried_{component}") for row in schedule])
            assert parts == sorted(parts, reverse=True)
            assert parts[0] - parts[-1] <= 1


@given(schedule=schedules())
def test_law_1_totals_equal_the_sums_of_the_rows(schedule: rp.Schedule) -> None:
    assert schedule.total.minor_units == sum(units([row.amount for row in schedule]))
    assert schedule.total_interest.minor_units == sum(units([row.interest for row in schedule]))
    assert schedule.highest.minor_units == max(units([row.amount for row in schedule]))


# --- law 2: rows are numbered, positive and in order


@given(schedule=schedules())
def test_law_2_every_amount_and_every_principal_is_above_zero(schedule: rp.Schedule) -> None:
    for row in schedule:
        assert row.amount.minor_units > 0
        assert row.principal.minor_units > 0
        assert row.interest.minor_units >= 0


@given(schedule=schedules())
def test_law_2_numbers_run_from_one_to_the_count(schedule: rp.Schedule) -> None:
    assert [row.number for row in schedule] == list(range(1, len(schedule) + 1))


@given(schedule=schedules(("counted", "custom")))
def test_law_2_a_pattern_with_a_count_gives_exactly_that_many_rows(schedule: rp.Schedule) -> None:
    assert len(schedule) == oracle.row_count(schedule.terms)


@given(schedule=schedules())
def test_law_2_due_dates_never_go_back_and_none_is_before_the_start(schedule: rp.Schedule) -> None:
    assert all(before.scheduled_for < after.scheduled_for for before, after in pairwise(schedule))
    assert all(before.due_on <= after.due_on for before, after in pairwise(schedule))
    assert schedule[0].scheduled_for == schedule.terms.first_due
    assert schedule[0].due_on >= schedule.terms.starts_on


@given(schedule=schedules())
def test_law_2_a_move_is_at_most_the_closed_run_that_it_leaves(schedule: rp.Schedule) -> None:
    calendar = schedule.terms.calendar
    for row in schedule:
        distance = abs(oracle.days_between(row.scheduled_for, row.due_on))
        if calendar is None or schedule.terms.convention is rp.BusinessDayConvention.NO_ADJUST:
            assert distance == 0
            continue
        assert oracle.is_open(calendar, row.due_on)
        run = 0
        while not oracle.is_open(calendar, later(row.scheduled_for, run)):
            run += 1
        before = 0
        while run and not oracle.is_open(calendar, later(row.scheduled_for, -before - 1)):
            before += 1
        assert distance <= run + before


# --- law 3: interest is the exact product, rounded once


def rates_of(schedule: rp.Schedule) -> list[Fraction]:
    return oracle.period_rates(schedule.terms, [(row.scheduled_for, row.due_on) for row in schedule])


@given(schedule=schedules())
def test_law_3_interest_is_the_exact_product_rounded_once(schedule: rp.Schedule) -> None:
    flat = isinstance(schedule.terms.repayment, rp.FlatInterest)
    mode = schedule.terms.rounding.name
    for row, rate in zip(schedule, rates_of(schedule), strict=True):
        base = schedule[0].opening if flat else row.opening
        assert row.interest.minor_units == oracle.rounded(base.minor_units * rate, mode)


@given(schedule=schedules())
def test_law_3_a_row_made_again_from_its_fields_is_that_row(schedule: rp.Schedule) -> None:
    for row in schedule:
        again = rp.Installment(
            **{field.name: getattr(row, field.name) for field in attrs.fields(rp.Installment)}
        )
        assert again == row
        assert (again.amount, again.closing) == (row.amount, row.closing)
        parts = (
            row.principal,
            row.interest,
            row.fees,
            row.carried_interest,
            row.carried_fees,
            row.carried_penalties,
        )
        assert row.amount.minor_units == sum(part.minor_units for part in parts)


# --- law 4: level payments are level, and the last one is near


@st.composite
def level_schedules(draw: st.DrawFn) -> rp.Schedule:
    """Schedules of level payments, with and without a step and a rounding of their own."""
    asked = draw(terms(("counted",)))
    pattern = asked.repayment
    assert isinstance(pattern, (rp.LevelPayment, rp.EqualPrincipal, rp.FlatInterest))
    step = draw(
        st.none()
        | st.integers(1, 1_000).map(lambda n: rp.Money.from_minor_units(n, asked.principal.currency))
    )
    level = rp.LevelPayment(pattern.count, step, draw(st.none() | strategies.roundings()))
    return build_or_follow_advice(attrs.evolve(asked, repayment=level))


def own_amounts(schedule: rp.Schedule) -> list[int]:
    """Principal and interest of each row, before carried parts."""
    return [row.principal.minor_units + row.interest.minor_units for row in schedule]


@given(schedule=level_schedules())
def test_law_4_all_level_installments_but_the_last_are_equal(schedule: rp.Schedule) -> None:
    pattern = schedule.terms.repayment
    assert isinstance(pattern, rp.LevelPayment)
    exact = oracle.level(oracle.amortized(schedule.terms), rates_of(schedule))
    mode = (pattern.rounding or schedule.terms.rounding).name
    payment = oracle.to_step(exact, pattern.step, mode)
    assert own_amounts(schedule)[:-1] == [payment] * (len(schedule) - 1)


@given(schedule=level_schedules())
def test_law_4_the_last_installment_is_within_the_exact_bound_of_the_level_one(schedule: rp.Schedule) -> None:
    amounts = own_amounts(schedule)
    rates = rates_of(schedule)
    exact = oracle.level(oracle.amortized(schedule.terms), rates)
    level = Fraction(amounts[0])
    unit = Fraction(1) if schedule.terms.rounding.is_directed else Fraction(1, 2)
    bound = sum(
        (abs(level - exact) + unit)
        * math.prod((1 + later_rate for later_rate in rates[k + 1 :]), start=Fraction(1))
        for k in range(len(rates))
    )
    assert abs(amounts[-1] - level) <= bound


# --- law 5: more time, or a lower rate, never costs more


def level_payment_of(asked: rp.Terms) -> int | None:
    """The level payment of terms, or None if they are refused."""
    try:
        return own_amounts(rp.build_schedule(asked))[0]
    except rp.TermsError:
        return None


def with_level(asked: rp.Terms, count: int) -> rp.Terms:
    return attrs.evolve(asked, calendar=None, repayment=rp.LevelPayment(count))


@given(asked=terms(), count=st.integers(2, COUNT_MAX), more=st.integers(1, 12))
def test_law_5_a_longer_term_never_raises_the_level_payment(asked: rp.Terms, count: int, more: int) -> None:
    shorter, longer = (level_payment_of(with_level(asked, rows)) for rows in (count, count + more))
    if shorter is not None and longer is not None:
        assert longer <= shorter


@st.composite
def raised_rates(draw: st.DrawFn, asked: rp.Terms) -> rp.Terms:
    """The same terms at a rate that is as high or higher."""
    ceiling = Fraction(4, asked.rate.unit.per_year)
    share = draw(st.fractions(0, 1, max_denominator=1_000))
    value = asked.rate.value + (ceiling - asked.rate.value) * share
    return attrs.evolve(asked, rate=attrs.evolve(asked.rate, value=value))


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
@given(data=st.data(), schedule=schedules(("counted",)))
def test_law_5_where_principal_is_fixed_a_higher_rate_never_lowers_total_interest(
    pattern: type[rp.EqualPrincipal | rp.FlatInterest], data: st.DataObject, schedule: rp.Schedule
) -> None:
    asked = attrs.evolve(schedule.terms, repayment=pattern(len(schedule)))
    lower = build_or_follow_advice(asked)
    higher = rp.build_schedule(data.draw(raised_rates(lower.terms)))
    assert lower.total_interest <= higher.total_interest
    assert lower.principals == higher.principals


@given(schedule=schedules())
def test_law_5_a_zero_rate_is_zero_interest(schedule: rp.Schedule) -> None:
    free = attrs.evolve(schedule.terms, rate=attrs.evolve(schedule.terms.rate, value=Fraction(0)))
    without_interest = build_or_follow_advice(free)
    assert without_interest.total_interest.minor_units == 0
    assert without_interest.total == without_interest.total_principal + without_interest.total_carried
