from __future__ import annotations

from fractions import Fraction

import pytest

import repayplan as rp
from repayplan.affordability.budget import LINES_MAX
from repayplan.affordability.household import PERSONS_MAX
from tests.plan import EUR, money

ONE = rp.Household(adults=1)
SALARY = rp.Income("salary", money(100))


def budget(**fields: object) -> rp.Budget:
    stated: dict[str, object] = {"currency": EUR, "household": ONE, "incomes": (SALARY,)}
    return rp.Budget(**{**stated, **fields})  # type: ignore[arg-type]  # wrong types are some tests' point


# --- the household


@pytest.mark.parametrize(("adults", "children"), [(1, 0), (PERSONS_MAX, PERSONS_MAX)])
def test_a_household_at_the_bounds_is_kept(adults: int, children: int) -> None:
    household = rp.Household(adults, children)
    assert (household.adults, household.children) == (adults, children)


@pytest.mark.parametrize(
    ("adults", "children", "field"),
    [(0, 0, "adults"), (PERSONS_MAX + 1, 0, "adults"), (1, -1, "children"), (1, PERSONS_MAX + 1, "children")],
)
def test_a_household_beyond_the_bounds_is_refused(adults: int, children: int, field: str) -> None:
    with pytest.raises(rp.BudgetError) as caught:
        rp.Household(adults, children)
    assert caught.value.field == field


# --- the lines


@pytest.mark.parametrize(
    ("frequency", "monthly"),
    [
        (rp.Frequency.WEEKLY, Fraction(1300, 3)),
        (rp.Frequency.FORTNIGHTLY, Fraction(650, 3)),
        (rp.Frequency.FOUR_WEEKLY, Fraction(325, 3)),
        (rp.Frequency.SEMI_MONTHLY, Fraction(200)),
        (rp.Frequency.MONTHLY, Fraction(100)),
        (rp.Frequency.BIMONTHLY, Fraction(50)),
        (rp.Frequency.QUARTERLY, Fraction(100, 3)),
        (rp.Frequency.SEMI_ANNUAL, Fraction(50, 3)),
        (rp.Frequency.ANNUAL, Fraction(25, 3)),
    ],
)
def test_a_line_is_brought_to_a_month_by_an_exact_factor(frequency: rp.Frequency, monthly: Fraction) -> None:
    assert rp.Income("x", money(10_000), frequency).monthly == monthly
    assert rp.Expense("x", money(10_000), frequency).monthly == monthly


def test_a_line_is_monthly_and_an_expense_is_essential_unless_stated() -> None:
    expense = rp.Expense("doctor", money(0))
    assert (expense.frequency, expense.category) == (rp.Frequency.MONTHLY, rp.Category.OTHER_ESSENTIAL)


@pytest.mark.parametrize("kind", [rp.Income, rp.Expense])
def test_a_negative_line_is_refused(kind: type[rp.Income | rp.Expense]) -> None:
    with pytest.raises(rp.BudgetError) as caught:
        kind("x", money(-1))
    assert (caught.value.code, caught.value.field) == ("budget.negative", "amount")


def test_a_category_must_be_one_of_the_list() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Expense("x", money(1), category="food")  # type: ignore[arg-type]  # the point
    assert caught.value.field == "category"


# --- the budget


def test_a_budget_of_incomes_alone_or_of_expenses_alone_is_kept() -> None:
    assert budget().expenses == ()
    assert budget(incomes=(), expenses=[rp.Expense("rent", money(1))]).expenses == (
        rp.Expense("rent", money(1)),
    )


def test_an_empty_budget_is_refused() -> None:
    with pytest.raises(rp.BudgetError) as caught:
        budget(incomes=())
    assert (caught.value.code, caught.value.field) == ("budget.empty", "incomes")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"incomes": (SALARY, rp.Income("x", rp.Money(1, "USD")))}, "incomes[1].amount"),
        ({"expenses": (rp.Expense("x", rp.Money(1, "USD")),)}, "expenses[0].amount"),
        ({"expenses": (rp.Expense("x", rp.Money(1, rp.Currency("EUR", 3))),)}, "expenses[0].amount"),
    ],
)
def test_a_line_in_another_currency_is_refused(fields: dict[str, object], field: str) -> None:
    with pytest.raises(rp.MoneyError) as caught:
        budget(**fields)
    assert (caught.value.code, caught.value.field) == ("money.currency", field)
    assert caught.value.data["expected"] == EUR


@pytest.mark.parametrize("field", ["incomes", "expenses"])
def test_as_many_lines_as_the_bound_are_kept_and_one_more_is_refused(field: str) -> None:
    line = SALARY if field == "incomes" else rp.Expense("rent", money(1))
    assert len(getattr(budget(**{field: (line,) * LINES_MAX}), field)) == LINES_MAX
    with pytest.raises(rp.BudgetError) as caught:
        budget(**{field: (line,) * (LINES_MAX + 1)})
    assert caught.value.field == field


@pytest.mark.parametrize("value", [rp.Household(2, 3), SALARY, rp.Expense("rent", money(77)), budget()])
def test_what_is_personal_is_not_shown(value: object) -> None:
    # Who lives together, the client's words and the amounts must not reach a log by way of repr.
    shown = repr(value)
    assert not any(secret in shown for secret in ("salary", "rent", "77", "100", "2", "3"))
