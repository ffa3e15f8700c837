"""Law 9: capacity is the exact sum rounded down once, and the explanation can be redone by hand."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import plan_strategies
from tests.plan import AS_OF

if TYPE_CHECKING:
    from collections.abc import Iterable


@st.composite
def cases(draw: st.DrawFn) -> rp.Affordability:
    currency = draw(plan_strategies.currencies())
    budget = draw(plan_strategies.budgets(currency))
    return rp.assess(budget, rules=draw(plan_strategies.rules_of_affordability(currency)), as_of=AS_OF)


@st.composite
def lines_to_add(draw: st.DrawFn) -> tuple[rp.Affordability, rp.Income, rp.Expense]:
    case = draw(cases())
    currency = case.budget.currency
    return case, draw(plan_strategies.incomes(currency)), draw(plan_strategies.expenses(currency))


def monthly_units(lines: Iterable[Any]) -> Fraction:
    """What lines come to in a month, in exact minor units, apart from the library's own factors."""
    return sum(
        (line.amount.minor_units * plan_strategies.periods_per_year(line.frequency) / 12 for line in lines),
        Fraction(0),
    )


def exact_surplus(case: rp.Affordability) -> Fraction:
    return monthly_units(case.budget.incomes) - monthly_units(case.budget.expenses)


def exact_contingency(case: rp.Affordability) -> Fraction:
    share = case.rules.contingency.value * max(exact_surplus(case), Fraction(0))
    cap = case.rules.contingency_cap
    return share if cap is None else min(share, Fraction(cap.value.minor_units))


def with_lines(
    case: rp.Affordability, *, incomes: tuple[rp.Income, ...] = (), expenses: tuple[rp.Expense, ...] = ()
) -> rp.Affordability:
    budget = attrs.evolve(
        case.budget,
        incomes=(*case.budget.incomes, *incomes),
        expenses=(*case.budget.expenses, *expenses),
    )
    return rp.assess(budget, rules=case.rules, as_of=case.as_of)


def half_up(units: Fraction) -> int:
    """Round to the nearest, a tie away from zero."""
    return math.floor(abs(units) + Fraction(1, 2)) * (1 if units >= 0 else -1)


@given(cases())
def test_capacity_is_the_exact_sum_rounded_down_once(case: rp.Affordability) -> None:
    left = exact_surplus(case) - exact_contingency(case) - case.protected_minimum.minor_units
    assert case.capacity.monthly.minor_units == max(0, math.floor(left))


@given(cases())
def test_the_displayed_amounts_are_the_exact_ones_rounded_half_up(case: rp.Affordability) -> None:
    assert case.income.minor_units == half_up(monthly_units(case.budget.incomes))
    assert case.expenses.minor_units == half_up(monthly_units(case.budget.expenses))
    assert case.surplus.minor_units == half_up(exact_surplus(case))
    assert case.contingency.minor_units == half_up(exact_contingency(case))


@given(cases())
def test_capacity_is_never_above_what_the_rules_leave(case: rp.Affordability) -> None:
    capacity = case.capacity.monthly.minor_units
    assert capacity >= 0
    if capacity:
        assert capacity + exact_contingency(case) + case.protected_minimum.minor_units <= exact_surplus(case)


@given(lines_to_add())
def test_another_expense_never_raises_capacity(case: tuple[rp.Affordability, rp.Income, rp.Expense]) -> None:
    before, _, expense = case
    assert with_lines(before, expenses=(expense,)).capacity.monthly <= before.capacity.monthly


@given(lines_to_add())
def test_another_income_never_lowers_capacity(case: tuple[rp.Affordability, rp.Income, rp.Expense]) -> None:
    before, income, _ = case
    assert with_lines(before, incomes=(income,)).capacity.monthly >= before.capacity.monthly


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_and_the_names_of_lines_change_nothing(case: rp.Affordability, random: object) -> None:
    incomes, expenses = list(case.budget.incomes), list(case.budget.expenses)
    random.shuffle(incomes)  # type: ignore[attr-defined]  # a random.Random
    random.shuffle(expenses)  # type: ignore[attr-defined]
    budget = attrs.evolve(
        case.budget,
        incomes=tuple(attrs.evolve(line, name="surplus") for line in incomes),
        expenses=tuple(attrs.evolve(line, name="surplus") for line in expenses),
    )
    shuffled = rp.assess(budget, rules=case.rules, as_of=case.as_of)
    assert (shuffled.surplus, shuffled.capacity) == (case.surplus, case.capacity)


# --- the explanation, redone with a pencil from its data alone


def redone(line: rp.ExplanationLine) -> Fraction:
    total = Fraction(0)
    for entry in line.inputs:
        total = total - entry.value if entry.subtracted else total + entry.value
    return total * line.factor


@given(cases())
def test_every_line_of_the_explanation_can_be_redone(case: rp.Affordability) -> None:
    scale = 10**case.budget.currency.digits
    for line in case.explain():
        exact = redone(line)
        assert line.exact == exact
        down = line.key == "capacity" and bool(line.inputs)
        rounded = math.floor(exact * scale) if down else half_up(exact * scale)
        assert line.result == rp.Money.from_minor_units(rounded, case.budget.currency)
        assert line.rounding is (rp.Rounding.FLOOR if down else rp.Rounding.HALF_UP)
    assert case.explain()["capacity"].result == case.capacity.monthly


@given(cases())
def test_the_first_lines_are_the_budgets_own(case: rp.Affordability) -> None:
    # Found by key, which the client's words cannot take, however a line is named.
    explanation = case.explain()
    for field, lines in (("incomes", case.budget.incomes), ("expenses", case.budget.expenses)):
        for index, line in enumerate(lines):
            explained = explanation[f"{field}[{index}]"]
            assert isinstance(line, (rp.Income, rp.Expense))
            assert explained.label == line.name
            assert [(entry.label, entry.value) for entry in explained.inputs] == [
                (line.name, line.amount.exact)
            ]
            assert explained.factor == plan_strategies.periods_per_year(line.frequency) / 12


@given(cases())
def test_the_later_lines_go_on_with_the_exact_results_of_those_before(case: rp.Affordability) -> None:
    explanation = case.explain()
    by_key = {line.key: line for line in explanation}
    assert len(by_key) == len(list(explanation))  # no name of the client's took another line's key

    def carried(*keys: str) -> list[tuple[str, Fraction]]:
        return [(by_key[key].label, redone(by_key[key])) for key in keys]

    def inputs(key: str) -> list[tuple[str, Fraction]]:
        return [(entry.label, entry.value) for entry in by_key[key].inputs]

    assert inputs("income") == carried(*(f"incomes[{place}]" for place in range(len(case.budget.incomes))))
    assert inputs("expenses") == carried(
        *(f"expenses[{place}]" for place in range(len(case.budget.expenses)))
    )
    assert inputs("surplus") == carried("income", "expenses")
    assert [entry.subtracted for entry in by_key["surplus"].inputs] == [False, True]
    protected = ("protected minimum", case.protected_minimum.exact)
    last = "left over" if "left over" in by_key else "capacity"
    assert inputs(last) == [*carried("surplus", "contingency"), protected]
    assert [entry.subtracted for entry in by_key[last].inputs] == [False, True, True]
    assert (redone(by_key[last]) < 0) is (last == "left over")
    assert redone(by_key["capacity"]) >= 0
    assert redone(by_key["contingency"]) * 10**case.budget.currency.digits == exact_contingency(case)
    assert list(by_key)[-1] == "capacity"


@given(cases())
def test_the_text_has_one_line_for_each_step_whatever_the_names(case: rp.Affordability) -> None:
    steps = list(case.explain())
    lines = case.explain().to_text().split("\n")
    assert len(lines) == len(steps)
    for line, step in zip(lines, steps, strict=True):
        assert line.startswith(f"{step.label}: ")
        assert f"{step.result}" in line
