"""Published examples of what stays with the client, what a month is, and how late is named."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

import repayplan as rp
from repayplan.policies import cn
from tests.plan import AS_OF, HOUSE
from tests.reference import Case, case

GBP = rp.Currency.of("GBP")


def worked(identity: str) -> Case:
    return case("worked_examples.json", None, identity)


def pounds(amount: float) -> rp.Money:
    """Money from a figure of the file, by its shortest text: 54.17 and not its binary neighbour."""
    return rp.Money(Decimal(str(amount)), GBP)


def assessed(income: rp.Income, rules: rp.AffordabilityRules) -> rp.Affordability:
    budget = rp.Budget(currency=GBP, household=rp.Household(adults=1), incomes=(income,))
    return rp.assess(budget, rules=rules, as_of=AS_OF)


def rules(share: Fraction, cap: rp.Money | None) -> rp.AffordabilityRules:
    return rp.AffordabilityRules(
        contingency=rp.Limit(share, HOUSE),
        contingency_cap=None if cap is None else rp.Limit(cap, HOUSE),
        protected_minimum=rp.Limit(rp.Money.zero(GBP), HOUSE),
    )


def test_scotlands_contingency_of_a_tenth() -> None:
    example = worked("aib-contingency")
    found = assessed(
        rp.Income("surplus", pounds(example["inputs"]["surplus"])), rules(Fraction(1, 10), pounds(20))
    )
    assert found.contingency == pounds(example["expected"]["contingency_max"])
    assert found.capacity.monthly == pounds(example["expected"]["surplus_after"])


@pytest.mark.parametrize(
    ("surplus", "contingency"),
    [("199.99", "20.00"), ("199.90", "19.99"), ("200", "20"), ("200.01", "20"), ("5000", "20")],
)
def test_scotlands_contingency_is_at_most_twenty_pounds(surplus: str, contingency: str) -> None:
    # The same source: the lower of 10 % of the surplus and GBP 20 a month.
    assert "min(10% of surplus, 20 GBP per month)" in worked("aib-contingency")["note"]
    found = assessed(rp.Income("surplus", rp.Money(surplus, GBP)), rules(Fraction(1, 10), rp.Money(20, GBP)))
    assert found.contingency == rp.Money(contingency, GBP)


def test_a_four_weekly_income_in_a_month() -> None:
    example = worked("ndl-4weekly")
    income = rp.Income("benefit", pounds(example["inputs"]["amount"]), rp.Frequency.FOUR_WEEKLY)
    assert income.monthly == example["inputs"]["amount"] * Fraction(13, 12)
    assert assessed(income, rules(Fraction(0), None)).income == pounds(example["expected"]["monthly"])


def test_hours_of_a_week_in_a_month() -> None:
    example = worked("hourly-1040")
    weekly = example["inputs"]["hourly"] * example["inputs"]["hours_week"]
    income = rp.Income("wage", pounds(weekly), rp.Frequency.WEEKLY)
    assert assessed(income, rules(Fraction(0), None)).income == pounds(example["expected"]["monthly"])


def test_the_classes_of_chinas_cards_at_every_published_day() -> None:
    example = worked("cn-art92")
    overdue = cn.CREDIT_CARD.in_force(dt.date(2011, 1, 13)).overdue
    assert [overdue.class_of(days) for days in example["inputs"]["dpd"]] == example["expected"]["class"]


def test_fluctuating_earnings_are_averaged_over_the_payments_of_the_regulation() -> None:
    example = worked("tc17-fluct")
    rules_by_spacing = map(rp.fluctuating_income_rule, (rp.Frequency.MONTHLY, rp.Frequency.WEEKLY))
    averages = [f"last {rule.count} payments" for rule in rules_by_spacing]
    assert averages == example["expected"]["average_over"]


@pytest.mark.parametrize("identity", ["prorata-mah", "prorata-strongtower"])
def test_what_is_available_is_shared_in_proportion_to_the_debts(identity: str) -> None:
    example = worked(identity)
    debts = {name: pounds(owed) for name, owed in example["inputs"]["debts"].items()}
    available = example["inputs"].get("available") or example["expected"]["disposable"]
    offers = {name: pounds(offer) for name, offer in example["expected"]["offers"].items()}
    assert rp.pro_rata(pounds(available), debts) == offers


def test_shares_add_up_where_rounding_each_misses_a_penny() -> None:
    # rules.md, trap 9: 160 over 4550, 6700 and 1200 rounds to 159.99
    debts = [pounds(owed) for owed in (4550, 6700, 1200)]
    plain = [Fraction(160 * owed.minor_units, 1_245_000) for owed in debts]
    assert sum(round(share * 100) for share in plain) == 15_999
    assert rp.Money.total(rp.pro_rata(pounds(160), debts), GBP) == pounds(160)


def guideline(low: rp.HouseholdTable | None, high: rp.HouseholdTable) -> rp.SpendingGuideline:
    return rp.SpendingGuideline(
        categories=frozenset({rp.Category.FOOD}),
        low=low,
        high=high,
        effective_from=AS_OF,
        citation=HOUSE,
    )


def test_food_and_housekeeping_of_a_couple_with_a_child() -> None:
    example = worked("ndl-food-range")
    table, given = example["inputs"]["table"], example["inputs"]["household"]
    low, high = (
        rp.HouseholdAmounts(
            [pounds(table["single"][place]), pounds(table["couple"][place])],
            each_child=pounds(table["each_child"][place]),
        )
        for place in (0, 1)
    )
    household = rp.Household(given["adults"], given["children"])
    food = guideline(low, high)
    assert food.range_for(household, AS_OF) == tuple(map(pounds, example["expected"]["range"]))
    spent = rp.Expense("food", pounds(example["inputs"]["actual"]), category=rp.Category.FOOD)
    budget = rp.Budget(currency=GBP, household=household, expenses=(spent,))
    found = rp.review(rp.assess(budget, rules=rules(Fraction(0), None), as_of=AS_OF), guidelines=[food])
    verdicts = {finding.rule: finding.passed for finding in found}
    assert example["expected"]["verdict"] == "within_guideline"
    assert verdicts["not_below_guideline"]
    assert verdicts["not_above_guideline"]


def test_a_national_standard_goes_by_persons() -> None:
    example = worked("irs-ns-2019")
    totals = [rp.Money(total, "USD") for total in example["expected"]["total_monthly"]]
    standard = guideline(None, rp.PersonAmounts(totals))
    found = [standard.range_for(rp.Household(persons), AS_OF)[1] for persons in example["inputs"]["persons"]]
    assert found == totals


def test_arrears_are_cured_within_the_months_of_a_plan() -> None:
    example = worked("regz-55b5-4-ii")
    given, plan = example["inputs"], example["inputs"]["plan"]
    months = plan["cure_arrears_within_months"]
    cure = rp.build_schedule(
        rp.Terms(
            principal=pounds(given["arrears"]),
            rate=rp.Rate.annual(Decimal(str(plan["rate"]))),
            starts_on=AS_OF,
            first_due=AS_OF.add(months=1),
            repayment=rp.LevelPayment(months),
        )
    )
    assert {row.amount for row in cure} == {pounds(example["expected"]["arrears_per_month"])}
    after = [(AS_OF, rp.Rate.annual(0)), (cure.last_due, rp.Rate.annual(Decimal(str(given["rate_penalty"]))))]
    assert rp.RateSteps(after).highest.value == Fraction(
        str(example["expected"]["max_rate_after_completion"])
    )
