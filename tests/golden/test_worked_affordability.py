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


@pytest.mark.parametrize("identity", ["prorata-mah", "prorata-strongtower"])
def test_what_is_available_is_shared_in_proportion_to_the_debts(identity: str) -> None:
    example = worked(identity)
    debts = example["inputs"]["debts"]
    available = example["inputs"].get("available") or example["expected"]["disposable"]
    shares = pounds(available).allocate(tuple(debts.values()))
    offers = example["expected"]["offers"]
    assert dict(zip(debts, shares, strict=True)) == {name: pounds(offer) for name, offer in offers.items()}
