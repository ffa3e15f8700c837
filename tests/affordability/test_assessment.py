from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pendulum
import pytest

import repayplan as rp
from tests.plan import AS_OF, EUR, affordability_rules, money


def assessed(
    incomes: tuple[int, ...] = (), expenses: tuple[int, ...] = (), **rules: object
) -> rp.Affordability:
    budget = rp.Budget(
        currency=EUR,
        household=rp.Household(adults=1),
        incomes=[rp.Income("pay", money(units)) for units in incomes],
        expenses=[rp.Expense("cost", money(units)) for units in expenses],
    )
    return rp.assess(budget, rules=affordability_rules(**rules), as_of=AS_OF)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("incomes", "expenses", "rules", "expected"),
    [
        # (surplus, contingency, capacity) in minor units
        ((10_000,), (), {"share": Fraction(1, 10)}, (10_000, 1_000, 9_000)),
        ((10_000,), (4_000,), {"share": Fraction(1, 10), "cap": 500}, (6_000, 500, 5_500)),
        ((10_000,), (4_000,), {"share": Fraction(1, 10), "cap": 600}, (6_000, 600, 5_400)),
        ((10_000,), (4_000,), {"share": Fraction(1, 10), "cap": 601}, (6_000, 600, 5_400)),
        ((10_000,), (), {"protected": 4_000}, (10_000, 0, 6_000)),
        ((10_000,), (), {"protected": 10_000}, (10_000, 0, 0)),
        ((10_000,), (), {"protected": 10_001}, (10_000, 0, 0)),
        ((10_000,), (), {"share": Fraction(1)}, (10_000, 10_000, 0)),
        ((10_000,), (10_000,), {"share": Fraction(1, 10)}, (0, 0, 0)),
        ((), (10_000,), {"share": Fraction(1, 10), "cap": 5}, (-10_000, 0, 0)),
        ((5,), (), {"share": Fraction(1, 10)}, (5, 1, 4)),  # 0.5 shows as 1, and 4.5 is rounded down
    ],
)
def test_capacity_is_what_the_rules_leave_of_the_surplus(
    incomes: tuple[int, ...],
    expenses: tuple[int, ...],
    rules: dict[str, object],
    expected: tuple[int, int, int],
) -> None:
    found = assessed(incomes, expenses, **rules)
    surplus, contingency, capacity = map(money, expected)
    assert (found.surplus, found.contingency, found.capacity) == (surplus, contingency, rp.Capacity(capacity))


def test_income_expenses_and_the_protected_minimum_are_stated() -> None:
    found = assessed((100, 20), (30, 4), protected=7)
    assert (found.income, found.expenses, found.protected_minimum) == (money(120), money(34), money(7))


def test_the_exact_surplus_is_rounded_once_and_not_line_by_line() -> None:
    # Three weekly cents are 13/100 a month; rounded line by line they would make 12.
    lines = [rp.Income("x", money(1), rp.Frequency.WEEKLY)] * 3
    budget = rp.Budget(currency=EUR, household=rp.Household(1), incomes=lines)
    assert rp.assess(budget, rules=affordability_rules(), as_of=AS_OF).capacity.monthly == money(13)


@pytest.mark.parametrize(
    ("incomes", "expenses", "failed"),
    [
        ((100,), (50,), set()),
        ((100,), (), {"expenses_stated"}),
        ((), (50,), {"incomes_stated", "income_exceeds_expenses", "capacity_above_zero"}),
        ((50,), (50,), {"income_exceeds_expenses", "capacity_above_zero"}),
    ],
)
def test_the_findings_name_what_an_adviser_should_look_at(
    incomes: tuple[int, ...], expenses: tuple[int, ...], failed: set[str]
) -> None:
    findings = assessed(incomes, expenses).findings
    assert {finding.rule for finding in findings if not finding.passed} == failed
    assert len(findings) == 4


def test_a_protected_minimum_alone_can_leave_no_capacity() -> None:
    failed = {
        finding.rule for finding in assessed((100,), (50,), protected=50).findings if not finding.passed
    }
    assert failed == {"capacity_above_zero"}


@pytest.mark.parametrize("field", ["protected_minimum", "contingency_cap"])
def test_rules_in_another_currency_are_refused(field: str) -> None:
    usd = rp.Currency.of("USD")
    stated = {"protected_minimum": {"protected": 0}, "contingency_cap": {"cap": 1}}[field]
    rules = affordability_rules(EUR, cap=1)
    mixed = affordability_rules(usd, **stated)  # type: ignore[arg-type]  # by name
    merged = rp.AffordabilityRules(
        contingency=rules.contingency,
        contingency_cap=mixed.contingency_cap if field == "contingency_cap" else rules.contingency_cap,
        protected_minimum=mixed.protected_minimum
        if field == "protected_minimum"
        else rules.protected_minimum,
    )
    budget = rp.Budget(currency=EUR, household=rp.Household(1), incomes=(rp.Income("pay", money(1)),))
    with pytest.raises(rp.MoneyError) as caught:
        rp.assess(budget, rules=merged, as_of=AS_OF)
    assert caught.value.field == f"rules.{field}"


def test_a_sum_beyond_the_bounds_of_money_is_refused_at_once() -> None:
    with pytest.raises(rp.MoneyError):
        assessed((10**18, 1))


@pytest.mark.parametrize("given", [dt.date(2026, 1, 1), pendulum.date(2026, 1, 1)])
def test_the_day_of_the_budget_is_kept_as_the_librarys_date(given: dt.date) -> None:
    budget = rp.Budget(currency=EUR, household=rp.Household(1), incomes=(rp.Income("pay", money(1)),))
    assert type(rp.assess(budget, rules=affordability_rules(), as_of=given).as_of) is pendulum.Date


def test_an_affordability_does_not_show_what_is_personal() -> None:
    shown = repr(assessed((123_456,), (654_321,)))
    assert not any(secret in shown for secret in ("1234", "6543", "pay", "cost"))


def test_what_is_left_over_below_nothing_is_stated_and_nothing_is_asked_for() -> None:
    found = assessed((), (5,))
    assert found.explain()["left over"].result == money(-5)
    assert found.explain()["capacity"].result == found.capacity.monthly == money(0)
