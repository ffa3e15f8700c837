"""Strategies for budgets that change over time, and rules of every kind that make capacity of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import pendulum
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import plan_strategies, strategies
from tests.plan import HOUSE

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST: Final = pendulum.date(2026, 11, 1)
"""Dates are drawn from here on; the budget is taken some time later."""
AS_OF: Final = pendulum.date(2027, 1, 15)
DAYS: Final = 1_200


def days() -> st.SearchStrategy[pendulum.Date]:
    """Days about the time of the budget, the first and the last of months above all."""
    any_day = st.integers(0, DAYS).map(lambda offset: FIRST.add(days=offset))
    firsts = st.integers(0, 38).map(lambda months: FIRST.add(months=months))
    return st.one_of(any_day, firsts, firsts.map(lambda day: day.subtract(days=1)))


@st.composite
def spans(draw: st.DrawFn) -> dict[str, pendulum.Date | None]:
    """A start and an end, each or none."""
    ends = sorted(draw(st.lists(days(), min_size=2, max_size=2)))
    return {
        "starts_on": ends[0] if draw(st.booleans()) else None,
        "ends_on": ends[1] if draw(st.booleans()) else None,
    }


def frequencies() -> st.SearchStrategy[rp.Frequency]:
    """Regular ones, a single date and several."""
    listed = st.lists(days(), min_size=1, max_size=6, unique=True).map(sorted).map(rp.Frequency.on_dates)
    return st.one_of(strategies.frequencies(), days().map(rp.Frequency.once), listed)


def parts() -> st.SearchStrategy[Fraction]:
    return st.one_of(st.just(Fraction(1)), st.fractions(Fraction(1, 100), 1, max_denominator=100))


def evidence() -> st.SearchStrategy[rp.LineEvidence]:
    return st.sampled_from([rp.LineEvidence.DECLARED, rp.LineEvidence.DOCUMENTED])


@st.composite
def incomes(draw: st.DrawFn, currency: rp.Currency) -> rp.Income | rp.IrregularIncome:
    """Incomes of both kinds, counted and not."""
    amounts = plan_strategies.amounts(currency)
    common: dict[str, Any] = {
        **draw(spans()),
        "share": draw(parts()),
        "evidence": draw(evidence()),
        "available": draw(st.sampled_from([True, True, True, False])),
    }
    if draw(st.booleans()):
        return rp.Income(draw(plan_strategies.names()), draw(amounts), draw(frequencies()), **common)
    months = draw(st.lists(amounts, min_size=3, max_size=6))
    history = [(FIRST.subtract(months=12 - place), amount) for place, amount in enumerate(months)]
    rule = draw(
        st.sampled_from(
            [
                rp.MeanOfMonths(3),
                rp.WeakMonth(2),
                rp.QuantileMonth("0.25", months=3),
                rp.MeanOfPayments(2, rp.Frequency.FOUR_WEEKLY),
            ]
        )
    )
    return rp.IrregularIncome(draw(plan_strategies.names()), rp.IncomeHistory(history), rule, **common)


@st.composite
def outgoings(draw: st.DrawFn, kind: Any, currency: rp.Currency) -> Any:  # noqa: ANN401  # a kind and its line
    """Expenses or commitments."""
    amount = draw(plan_strategies.amounts(currency))
    dates = draw(spans())
    return kind(draw(plan_strategies.names()), amount, draw(frequencies()), share=draw(parts()), **dates)


@st.composite
def budgets(draw: st.DrawFn, currency: rp.Currency) -> rp.Budget:
    """Budgets whose surplus rises and falls, about zero often enough."""
    received: Sequence[rp.Income | rp.IrregularIncome] = draw(
        st.lists(incomes(currency), min_size=1, max_size=5)
    )
    wage = rp.Income("wage", draw(plan_strategies.amounts(currency)))
    return rp.Budget(
        currency=currency,
        household=rp.Household(draw(st.integers(1, 4)), draw(st.integers(0, 4))),
        incomes=(*received, wage),
        expenses=draw(st.lists(outgoings(rp.Expense, currency), max_size=3)),
        commitments=draw(st.lists(outgoings(rp.Commitment, currency), max_size=2)),
    )


@st.composite
def rules(draw: st.DrawFn, currency: rp.Currency) -> rp.AffordabilityRules:
    """Every rule stated or not."""

    def money(least: int = 0) -> rp.Money:
        units = draw(st.one_of(st.integers(least, 10_000), st.integers(least, 10**8)))
        return rp.Money.from_minor_units(units, currency)

    def share() -> rp.Limit[Fraction]:
        return rp.Limit(draw(plan_strategies.shares()), HOUSE)

    minimum: Any = rp.Limit(money(), HOUSE)
    if draw(st.booleans()):
        table = rp.HouseholdAmounts([money(), money()], each_child=money(), each_further_adult=money())
        minimum = rp.Limit(table, HOUSE)
    return rp.AffordabilityRules(
        contingency=share(),
        contingency_cap=rp.Limit(money(), HOUSE) if draw(st.booleans()) else None,
        protected_minimum=minimum,
        surplus_share=share() if draw(st.booleans()) else None,
        unverified_haircut=share() if draw(st.booleans()) else None,
        capacity_step=rp.Limit(money(least=1), HOUSE) if draw(st.booleans()) else None,
    )


@st.composite
def cases(draw: st.DrawFn) -> rp.Affordability:
    currency = draw(plan_strategies.currencies())
    return rp.assess(draw(budgets(currency)), rules=draw(rules(currency)), as_of=AS_OF)
