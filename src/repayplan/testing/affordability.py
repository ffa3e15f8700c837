"""Strategies for households, lines of budgets, budgets, and what may be asked of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

import repayplan as rp
from repayplan.testing.derived import of
from repayplan.testing.drawing import values
from repayplan.testing.ground import dates, money
from repayplan.testing.registry import attempt, relation_of, strategy_for, was_made
from repayplan.testing.relating import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["budgets"]

_HISTORY_MAX: Final = 6


def budgets(currency: rp.Currency | str | None = None) -> st.SearchStrategy[rp.Budget]:
    """Draw a budget of up to three incomes, expenses and commitments each: with a surplus or a deficit."""
    if currency is None:
        return values(rp.Budget)
    return values(rp.Budget, currency=rp.Currency.of(currency) if isinstance(currency, str) else currency)


@relation_of(rp.Household)
def _household(draw: st.DrawFn, _: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"adults": draw(st.integers(1, 6)), "children": draw(st.integers(0, 6))}


@relation_of(rp.HouseholdAmounts)
def _household_amounts(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """State the further members mostly: a table without them knows few households."""
    stated = money(fields["by_adults"][0].currency)
    return {name: fields[name] or draw(stated | st.none()) for name in ("each_child", "each_further_adult")}


@relation_of(rp.PersonAmounts)
def _person_amounts(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    stated = money(fields["by_persons"][0].currency)
    return {"each_further_person": fields["each_further_person"] or draw(stated | st.none())}


@relation_of(rp.Income, rp.Expense, rp.Commitment)
def _line(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    verified = fields["evidence"] is rp.LineEvidence.VERIFIED
    return {
        "share": fields["share"] or Fraction(1),
        "verified_on": fields["verified_on"] or draw(dates()) if verified else None,
        **in_order(fields, "starts_on", "ends_on"),
    }


@relation_of(rp.IncomeHistory)
def _history(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let payments come on the same day of consecutive months."""
    first, amount = fields["payments"][0]
    first = first.replace(day=min(first.day, 28))
    amounts = draw(st.lists(money(amount.currency), min_size=3, max_size=_HISTORY_MAX))
    return {"payments": tuple((first.add(months=place), paid) for place, paid in enumerate(amounts))}


@relation_of(rp.IrregularIncome)
def _irregular(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take a rule that the shortest history satisfies."""
    rule = draw(values(rp.WeakMonth, place=1, months=3) | values(rp.MeanOfMonths, count=3))
    return {**_line(draw, fields), "rule": rule}


@relation_of(rp.SpendingGuideline)
def _guideline(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    neither = fields["low"] is None and fields["high"] is None
    low = draw(values(rp.HouseholdAmounts)) if neither else fields["low"]
    return {"low": low, **in_order(fields, "effective_from", "effective_to")}


@relation_of(rp.Capacity)
def _capacity(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let the steps begin on rising firsts of months; the amounts may be nothing."""
    months = sorted({day.replace(day=1) for day, _ in fields["steps"]})
    return {"steps": tuple((day, draw(money(fields["steps"][0][1].currency))) for day in months)}


@strategy_for(rp.Affordability)
def _affordabilities(currency: rp.Currency) -> st.SearchStrategy[rp.Affordability]:
    """Assess a budget, by rules whose table knows its household."""
    parts = st.tuples(of(rp.Budget, currency), of(rp.AffordabilityRules, currency), dates())
    return parts.map(lambda drawn: attempt(rp.assess, drawn[0], rules=drawn[1], as_of=drawn[2])).filter(
        was_made
    )
