"""Law 9 over time: capacity of every month is the exact sum of that month, rounded down once."""

from __future__ import annotations

import calendar
import math
import pickle
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pendulum
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import plan_strategies
from tests.laws.budget_strategies import AS_OF, cases, incomes, outgoings
from tests.laws.test_affordability_laws import half_up

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

MONTHS = [(year, month) for year in range(2027, 2031) for month in range(1, 13)]


# --- a recount of its own, by days


def first_and_last(month: tuple[int, int]) -> tuple[datetime.date, datetime.date]:
    year, number = month
    return pendulum.date(year, number, 1), pendulum.date(year, number, calendar.monthrange(year, number)[1])


def counts(line: Any, month: tuple[int, int]) -> bool:  # noqa: ANN401  # any line
    """An income counts if it covers every day of the month, what goes out if it touches one."""
    first, last = first_and_last(month)
    starts, ends = line.starts_on or first, line.ends_on or last
    if isinstance(line, (rp.Income, rp.IrregularIncome)):
        return bool(starts <= first and ends >= last)
    return bool(starts <= last and ends >= first)


def amount_in(line: Any, month: tuple[int, int]) -> Fraction:  # noqa: ANN401  # any line
    """What a line comes to in a month, in exact units."""
    share: Fraction = line.share
    if isinstance(line, rp.IrregularIncome):
        return share * by_rule(line) if counts(line, month) else Fraction(0)
    amount = Fraction(line.amount.minor_units, 10**line.amount.currency.digits)
    dates = getattr(line.frequency, "dates", None)
    if dates is None:
        yearly = plan_strategies.periods_per_year(line.frequency)
        return share * amount * yearly / 12 if counts(line, month) else Fraction(0)
    first, last = first_and_last(month)
    starts, ends = line.starts_on or first, line.ends_on or last
    return share * amount * sum(1 for day in dates if first <= day <= last and starts <= day <= ends)


def by_rule(line: rp.IrregularIncome) -> Fraction:
    """What each rule of the strategies makes of a history with one payment a month."""
    paid = [Fraction(money.minor_units, 10**money.currency.digits) for _, money in line.history.payments]
    match line.rule:
        case rp.MeanOfMonths():
            return sum(paid[-3:], Fraction(0)) / 3
        case rp.WeakMonth():
            return sorted(paid)[1]
        case rp.QuantileMonth():
            return min(paid[-3:])
        case _:
            return sum(paid[-2:], Fraction(0)) / 2 * 13 / 12


def surplus_in(case: rp.Affordability, month: tuple[int, int]) -> Fraction:
    limit = case.rules.unverified_haircut
    haircut = Fraction(0) if limit is None else limit.value
    total = Fraction(0)
    for income in case.budget.incomes:
        if income.available:
            left = 1 - haircut if income.evidence is rp.LineEvidence.DECLARED else 1
            total += left * amount_in(income, month)
    for line in (*case.budget.expenses, *case.budget.commitments):
        total -= amount_in(line, month)
    return total


def capacity_in(case: rp.Affordability, month: tuple[int, int]) -> int:
    """What may be asked in a month, in minor units."""
    rules, household, units = case.rules, case.budget.household, 10**case.budget.currency.digits
    surplus = surplus_in(case, month)
    if surplus <= 0:
        return 0
    contingency = rules.contingency.value * surplus
    if rules.contingency_cap is not None:
        contingency = min(contingency, Fraction(rules.contingency_cap.value.minor_units, units))
    minimum = rules.protected_minimum.value
    if isinstance(minimum, rp.HouseholdAmounts):
        protected = minimum.by_adults[min(household.adults, 2) - 1].minor_units
        assert minimum.each_child is not None
        assert minimum.each_further_adult is not None
        protected += minimum.each_child.minor_units * household.children
        protected += minimum.each_further_adult.minor_units * max(0, household.adults - 2)
    else:
        assert isinstance(minimum, rp.Money)
        protected = minimum.minor_units
    left = surplus - contingency - Fraction(protected, units)
    if rules.surplus_share is not None:
        left = min(left, rules.surplus_share.value * surplus)
    step: int = 1 if rules.capacity_step is None else rules.capacity_step.value.minor_units
    return max(0, int(left * units // step) * step)


# --- the laws


@given(cases())
def test_capacity_of_every_month_is_that_of_an_independent_recount(case: rp.Affordability) -> None:
    for month in MONTHS:
        for day in first_and_last(month):
            assert case.capacity.on(day).minor_units == capacity_in(case, month)


@given(cases(), st.data())
def test_another_income_never_lowers_any_month(case: rp.Affordability, data: st.DataObject) -> None:
    income = data.draw(incomes(case.budget.currency))
    more = attrs.evolve(case.budget, incomes=(*case.budget.incomes, income))
    after = rp.assess(more, rules=case.rules, as_of=AS_OF).capacity
    assert after.minimum(case.capacity) == case.capacity


@given(cases(), st.data())
def test_another_expense_or_commitment_never_raises_any_month(
    case: rp.Affordability, data: st.DataObject
) -> None:
    field, kind = data.draw(st.sampled_from([("expenses", rp.Expense), ("commitments", rp.Commitment)]))
    line: Any = data.draw(outgoings(kind, case.budget.currency))
    changes: dict[str, Any] = {field: (*getattr(case.budget, field), line)}
    after = rp.assess(attrs.evolve(case.budget, **changes), rules=case.rules, as_of=AS_OF).capacity
    assert after.minimum(case.capacity) == after


def redone(line: rp.ExplanationLine) -> Fraction:
    signed = [-entry.value if entry.subtracted else entry.value for entry in line.inputs]
    return sum(signed, Fraction(0)) * line.factor


def handed_down(explanation: rp.Explanation) -> Iterator[tuple[rp.ExplanationInput, set[Fraction]]]:
    """Every input that names a line, with the exact results of the lines before of that name."""
    before: dict[str, set[Fraction]] = {}
    for line in explanation:
        for entry in line.inputs:
            if entry.label in before and not line.key.endswith("]"):
                yield entry, before[entry.label]
        before.setdefault(line.label, set()).add(line.exact)


@given(cases(), st.sampled_from(MONTHS))
def test_the_explanation_of_a_month_can_be_redone_line_by_line(
    case: rp.Affordability, month: tuple[int, int]
) -> None:
    day, _ = first_and_last(month)
    explanation = case.explain(on=day)
    units = 10**case.budget.currency.digits
    for line in explanation:
        exact = redone(line)
        assert line.exact == exact
        step = 1 if line.step is None else line.step.minor_units
        if line.rounding is rp.Rounding.FLOOR:
            assert line.result.minor_units == math.floor(exact * units / step) * step
        else:
            assert line.result.minor_units == half_up(exact * units)
    assert explanation["surplus"].exact == surplus_in(case, month)
    assert explanation["capacity"].result == case.capacity.on(day)


@given(cases(), st.sampled_from(MONTHS))
def test_what_a_line_takes_from_lines_before_is_what_they_gave(
    case: rp.Affordability, month: tuple[int, int]
) -> None:
    for entry, results in handed_down(case.explain(on=first_and_last(month)[0])):
        assert entry.value in results or entry.label in {line.name for _, line in case.budget.named_lines()}


@given(cases())
def test_an_assessed_capacity_pickles_and_is_known_from_the_first_day_on(case: rp.Affordability) -> None:
    assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301  # our own bytes
    assert case.capacity.on(pendulum.date(1, 1, 1)) == case.capacity.on(AS_OF)


# --- capacities as functions of time


def known(capacity: rp.Capacity) -> list[int]:
    return [capacity.on(first_and_last(month)[0]).minor_units for month in MONTHS]


@given(cases(), cases(), st.integers(1, 10**6))
def test_capacities_are_combined_month_by_month(
    one: rp.Affordability, other: rp.Affordability, step: int
) -> None:
    mine = one.capacity
    if other.budget.currency != one.budget.currency:
        return
    theirs = other.capacity
    pairs = list(zip(known(mine), known(theirs), strict=True))
    assert known(mine + theirs) == [a + b for a, b in pairs]
    assert known(mine.minimum(theirs)) == [min(pair) for pair in pairs]
    assert known(mine.less(theirs)) == [max(0, a - b) for a, b in pairs]
    floored = mine.floored(rp.Money.from_minor_units(step, one.budget.currency))
    assert known(floored) == [a // step * step for a in known(mine)]
    assert mine.monthly.minor_units == min(amount.minor_units for _, amount in mine.steps)
