"""Payments that may leave interest to later ones: laws 1 to 3 against a loop of its own."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp

EUR = rp.Currency.of("EUR")
START = pendulum.date(2026, 1, 1)


def money(units: int) -> rp.Money:
    return rp.Money.from_minor_units(units, EUR)


@st.composite
def deferring_terms(draw: st.DrawFn) -> rp.Terms:
    """Terms of payments anywhere between nothing worth while and more than what is owed."""
    principal = draw(st.integers(1, 10**7))
    count = draw(st.integers(1, 30))
    yearly = draw(st.fractions(0, 2, max_denominator=1_000))
    around = principal // count + 1
    payments = draw(st.lists(st.integers(1, 2 * around), min_size=count - 1, max_size=count - 1))
    last = st.sampled_from([10**10, around, 2 * around])
    steps = [(1, money(units)) for units in [*payments, draw(last)]]
    return rp.Terms(
        principal=money(principal),
        rate=rp.Rate.annual(yearly),
        starts_on=START,
        first_due=START.add(months=draw(st.integers(1, 14))),
        repayment=rp.DeferringPayments(steps),
        grace=rp.Grace(principal=draw(st.sampled_from([0, 0, 2]))),
    )


def rows_of(terms: rp.Terms) -> list[tuple[int, int, int, int]] | None:
    """Give opening, principal, interest asked and charged; None where payments do not clear the debt so."""
    assert isinstance(terms.repayment, rp.DeferringPayments)
    assert isinstance(terms.rate, rp.Rate)
    opening, owed, rows = terms.principal.minor_units, 0, []
    payments = [amount.minor_units for _, amount in terms.repayment.steps]
    first = (terms.first_due.year - START.year) * 12 + terms.first_due.month - START.month
    for place in range(terms.grace.principal + len(payments)):
        months = first if place == 0 else 1
        charged = round(opening * terms.rate.per_year * Fraction(months, 12))  # half to even
        owed += charged
        if place < terms.grace.principal:
            rows.append((opening, 0, charged, charged))
            owed = 0
            continue
        payment = payments[place - terms.grace.principal]
        if place == terms.grace.principal + len(payments) - 1:
            rows.append((opening, opening, owed, charged))
            return rows if opening + owed <= payment else None
        interest = min(payment, owed)
        principal = payment - interest
        if principal >= opening:
            return None
        rows.append((opening, principal, interest, charged))
        owed -= interest
        opening -= principal
    return rows


def built(terms: rp.Terms) -> rp.Schedule | None:
    try:
        return rp.build_schedule(terms)
    except rp.TermsError:
        return None


@given(deferring_terms())
def test_rows_are_those_of_a_loop_that_pays_interest_first(terms: rp.Terms) -> None:
    schedule, rows = built(terms), rows_of(terms)
    if rows is not None and terms.grace.principal and min(row[1] + row[2] for row in rows) == 0:
        assert schedule is None  # a row of interest alone that bears none would ask for nothing
        return
    assert (schedule is None) is (rows is None)
    if schedule is None or rows is None:
        return
    assert [
        (
            row.opening.minor_units,
            row.principal.minor_units,
            row.interest.minor_units,
            row.accrued.minor_units,
        )
        for row in schedule
    ] == rows
    assert min(schedule.amounts) > 0
    assert schedule[-1].closing == money(0)
    assert sum(row.interest.minor_units for row in schedule) == schedule.total_interest.minor_units


@given(deferring_terms())
def test_the_columns_make_the_same_schedule_and_others_are_refused(terms: rp.Terms) -> None:
    schedule = built(terms)
    if schedule is None:
        return
    columns = (schedule.scheduled, schedule.due, schedule.principals, schedule.interests)
    assert rp.Schedule(terms, *columns) == schedule
    for place in range(len(schedule) - 1):
        if schedule.principals[place] and schedule.interests == (0,) * len(schedule):
            moved = list(schedule.principals)
            moved[place], moved[place + 1] = moved[place] - 1, moved[place + 1] + 1
            with pytest.raises(rp.TermsError):
                rp.Schedule(terms, *columns[:2], moved, schedule.interests)


@given(deferring_terms())
def test_steps_above_the_interest_are_the_same_in_both_patterns(terms: rp.Terms) -> None:
    assert isinstance(terms.repayment, rp.DeferringPayments)
    refusing = built(attrs.evolve(terms, repayment=rp.StepPayments(terms.repayment.steps)))
    if refusing is not None:
        schedule = rp.build_schedule(terms)
        assert schedule.rows == refusing.rows


@given(deferring_terms())
def test_what_clears_the_debt_on_a_due_date_is_all_that_is_not_yet_asked_for(terms: rp.Terms) -> None:
    schedule = built(terms)
    if schedule is None:
        return
    for number, row in enumerate(schedule, start=1):
        charged = sum(other.accrued.minor_units for other in schedule[:number])
        asked = sum(other.interest.minor_units for other in schedule[: number - 1])
        assert rp.payoff(schedule, row.due_on).total == money(row.opening.minor_units + charged - asked)
