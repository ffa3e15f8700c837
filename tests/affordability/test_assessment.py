from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.plan import AS_OF, EUR, HOUSE, affordability_rules, money


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
        ((100,), (50,), set[str]()),
        ((100,), (), {"expenses_stated"}),
        ((), (50,), {"incomes_stated", "income_exceeds_expenses", "capacity_above_zero"}),
        ((50,), (50,), {"income_exceeds_expenses", "capacity_above_zero"}),
    ],
)
def test_the_findings_name_what_an_adviser_should_look_at(
    incomes: tuple[int, ...], expenses: tuple[int, ...], failed: set[str]
) -> None:
    findings = assessed(incomes, expenses).findings
    assert {finding.rule for finding in findings if not finding.passed} == failed | {"essentials_stated"}
    assert len(findings) == 5


def test_a_protected_minimum_alone_can_leave_no_capacity() -> None:
    failed = {
        finding.rule for finding in assessed((100,), (50,), protected=50).findings if not finding.passed
    }
    assert failed == {"essentials_stated", "capacity_above_zero"}


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
    assert not any(secret in shown for secret in ("1234", "6543", "'pay'", "'cost'"))


def test_what_is_left_over_below_nothing_is_stated_and_nothing_is_asked_for() -> None:
    found = assessed((), (5,))
    assert found.explain()["left over"].result == money(-5)
    assert found.explain()["capacity"].result == found.capacity.monthly == money(0)


# --- over time, and with every rule


def budget(**lines: object) -> rp.Budget:
    fields: dict[str, object] = {"incomes": (rp.Income("pay", money(10_000)),), **lines}
    return rp.Budget(currency=EUR, household=rp.Household(adults=1), **fields)  # type: ignore[arg-type]  # by name


def test_commitments_come_before_any_offer() -> None:
    assert assessed((100,)).commitments == money(0)
    fine = rp.Commitment("fine", money(1_000), kind=rp.CommitmentKind.FINE)
    found = rp.assess(budget(commitments=(fine,)), rules=affordability_rules(), as_of=AS_OF)
    assert (found.commitments, found.surplus) == (money(1_000), money(9_000))
    assert found.capacity == rp.Capacity(money(9_000))


def test_capacity_follows_the_budget_over_time() -> None:
    june = pendulum.date(2026, 6, 1)
    lines = {
        "expenses": (rp.Expense("loan", money(4_000), ends_on=pendulum.date(2026, 5, 20)),),
        "commitments": (rp.Commitment("fine", money(500), starts_on=june, ends_on=june),),
    }
    found = rp.assess(budget(**lines), rules=affordability_rules(), as_of=AS_OF)
    assert [(str(day), amount.minor_units) for day, amount in found.capacity.steps[1:]] == [
        ("2026-06-01", 9_500),
        ("2026-07-01", 10_000),
    ]
    assert found.surplus == money(6_000)
    assert found.explain(on=june)["surplus"].result == money(9_500)
    assert found.explain(on=june)["expenses[0]"].result == money(0)


def test_rules_may_keep_a_share_a_haircut_and_a_step() -> None:
    rules = attrs.evolve(
        affordability_rules(),
        surplus_share=rp.Limit(Fraction(1, 2), HOUSE),
        unverified_haircut=rp.Limit(Fraction(1, 10), HOUSE),
        capacity_step=rp.Limit(money(1_000), HOUSE),
    )
    found = rp.assess(budget(), rules=rules, as_of=AS_OF)
    assert (found.income, found.capacity.monthly) == (money(9_000), money(4_000))
    lines = {line.key: line.to_text() for line in found.explain()}
    assert (
        lines["haircut on unverified income"] == "haircut on unverified income: pay 100.00 x 1/10 = 10.00 EUR"
    )
    assert lines["share of the surplus"] == "share of the surplus: surplus 90.00 x 6/12 = 45.00 EUR"
    assert lines["capacity"] == "capacity: share of the surplus 45.00 = 40.00 EUR (rounded down from 45.00)"


def test_a_share_that_leaves_more_than_the_rest_does_not_show() -> None:
    rules = attrs.evolve(affordability_rules(protected=6_000), surplus_share=rp.Limit(Fraction(1, 2), HOUSE))
    found = rp.assess(budget(), rules=rules, as_of=AS_OF)
    assert found.capacity.monthly == money(4_000)
    assert "share of the surplus" not in {line.key for line in found.explain()}


def test_what_may_not_be_asked_for_is_shown_and_not_counted() -> None:
    benefit = rp.Income("benefit", money(5_000), available=False)
    found = rp.assess(
        budget(incomes=(rp.Income("pay", money(10_000)), benefit)), rules=affordability_rules(), as_of=AS_OF
    )
    assert found.income == money(10_000)
    assert found.explain()["incomes[1]"].result == money(5_000)


def test_a_minimum_may_go_by_household() -> None:
    table = rp.HouseholdAmounts([money(1_000), money(1_500)])
    rules = attrs.evolve(affordability_rules(), protected_minimum=rp.Limit(table, HOUSE))
    assert rp.assess(budget(), rules=rules, as_of=AS_OF).capacity.monthly == money(9_000)
    crowd = attrs.evolve(budget(), household=rp.Household(3))
    with pytest.raises(rp.BudgetError):
        rp.assess(crowd, rules=rules, as_of=AS_OF)


def test_a_step_in_another_currency_is_refused() -> None:
    rules = attrs.evolve(affordability_rules(), capacity_step=rp.Limit(rp.Money(1, "CNY"), HOUSE))
    with pytest.raises(rp.MoneyError) as caught:
        rp.assess(budget(), rules=rules, as_of=AS_OF)
    assert caught.value.field == "rules.capacity_step"


def test_missing_essentials_make_capacity_provisional_and_say_what_to_ask() -> None:
    essentials = [
        rp.Expense(category.value, money(1), category=category)
        for category in (rp.Category.HOUSING, rp.Category.FOOD, rp.Category.UTILITIES)
    ]
    whole = rp.assess(budget(expenses=essentials), rules=affordability_rules(), as_of=AS_OF)
    assert (whole.provisional, whole.missing_essentials) == (False, ())
    free_food = attrs.evolve(essentials[1], amount=money(0))
    paid_by_others = (essentials[0], free_food, essentials[2])
    stated = rp.assess(budget(expenses=paid_by_others), rules=affordability_rules(), as_of=AS_OF)
    assert not stated.provisional
    part = rp.assess(
        budget(expenses=(essentials[0], essentials[2])), rules=affordability_rules(), as_of=AS_OF
    )
    assert (part.provisional, part.missing_essentials) == (True, (rp.Category.FOOD,))
    (asked,) = (finding for finding in part.findings if finding.ask)
    assert asked.observed == (rp.Category.HOUSING, rp.Category.UTILITIES)


@pytest.mark.parametrize(
    ("dates", "missing_from"),
    [
        ({}, None),
        ({"ends_on": pendulum.date(2027, 6, 30)}, "housing from 2027-07 on"),
        ({"ends_on": pendulum.date(2020, 6, 30)}, "housing"),
        ({"starts_on": pendulum.date(2090, 1, 1)}, "housing"),
        ({"frequency": rp.Frequency.once(pendulum.date(2019, 1, 1))}, "housing"),
        ({"frequency": rp.Frequency.on_dates([AS_OF, pendulum.date(2027, 9, 1)])}, "housing from 2027-10 on"),
    ],
)
def test_an_essential_that_has_ended_or_not_begun_is_missing(
    dates: dict[str, Any], missing_from: str | None
) -> None:
    rent = attrs.evolve(rp.Expense("rent", money(1), category=rp.Category.HOUSING), **dates)
    others = [
        rp.Expense(category.value, money(1), category=category)
        for category in (rp.Category.FOOD, rp.Category.UTILITIES)
    ]
    found = rp.assess(budget(expenses=(rent, *others)), rules=affordability_rules(), as_of=AS_OF)
    assert found.provisional is (missing_from is not None)
    asks = [finding.ask for finding in found.findings if finding.ask]
    expected = f"Ask what the household spends on {missing_from}; state zero for what someone else pays."
    assert asks == ([] if missing_from is None else [expected])


def test_rent_that_is_followed_by_other_rent_is_not_missing() -> None:
    old = rp.Expense("old", money(1), category=rp.Category.HOUSING, ends_on=pendulum.date(2027, 6, 14))
    new = attrs.evolve(old, name="new", ends_on=None, starts_on=pendulum.date(2027, 7, 31))
    found = rp.assess(budget(expenses=(new, old)), rules=affordability_rules(), as_of=AS_OF)
    assert rp.Category.HOUSING not in found.missing_essentials
    later = attrs.evolve(new, starts_on=pendulum.date(2027, 8, 1))
    gap = rp.assess(budget(expenses=(later, old)), rules=affordability_rules(), as_of=AS_OF)
    assert rp.Category.HOUSING in gap.missing_essentials


def test_a_budget_that_changes_in_too_many_months_is_refused() -> None:
    # Each date is a month of its own, and the month after it another change.
    days = [pendulum.date(2027, 1, 1).add(months=2 * place) for place in range(5 * 1_200)]
    expenses = [
        rp.Expense("x", money(1), frequency=rp.Frequency.on_dates(days[start::5])) for start in range(5)
    ]
    with pytest.raises(rp.BudgetError) as caught:
        rp.assess(budget(expenses=expenses), rules=affordability_rules(), as_of=AS_OF)
    assert caught.value.code == "budget.changes"
    kept = rp.assess(budget(expenses=expenses[:4]), rules=affordability_rules(), as_of=AS_OF)
    assert len(kept.capacity.steps) == 9_601


def test_a_line_lists_a_date_for_each_month_of_a_century_at_most() -> None:
    days = [pendulum.date(2027, 1, 1).add(months=place) for place in range(1_201)]
    kept = rp.Expense("x", money(1), frequency=rp.Frequency.on_dates(days[:-1]))
    assert len(kept.spans) == 1_200
    with pytest.raises(rp.BudgetError) as caught:
        rp.Expense("x", money(1), frequency=rp.Frequency.on_dates(days))
    assert caught.value.code == "budget.dates_listed"


@pytest.mark.parametrize(
    "changes",
    [
        {"surplus_share": rp.Limit(Fraction(2), HOUSE)},
        {"unverified_haircut": rp.Limit(Fraction(-1), HOUSE)},
        {"capacity_step": rp.Limit(money(0), HOUSE)},
        {"capacity_step": rp.Limit(money(-5), HOUSE)},
    ],
)
def test_rules_out_of_bounds_are_refused(changes: dict[str, rp.Limit[object]]) -> None:
    with pytest.raises(rp.PolicyError):
        attrs.evolve(affordability_rules(), **changes)  # type: ignore[arg-type]  # by name


def test_essentials_are_a_set_of_categories() -> None:
    for wrong in ({"food"}, frozenset({"food"})):
        with pytest.raises(rp.InputTypeError):
            attrs.evolve(affordability_rules(), essentials=rp.Limit(wrong, HOUSE))  # type: ignore[arg-type]
