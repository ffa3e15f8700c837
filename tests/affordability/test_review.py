from __future__ import annotations

from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.plan import AS_OF, HOUSE, affordability_rules

GBP = rp.Currency.of("GBP")


def pounds(amount: str) -> rp.Money:
    return rp.Money(amount, GBP)


RENT = rp.Expense("rent", pounds("600"), category=rp.Category.HOUSING)
FOOD = rp.Expense("food", pounds("300"), category=rp.Category.FOOD)
POWER = rp.Expense("power", pounds("80"), category=rp.Category.UTILITIES)
WAGE = rp.Income("wage", pounds("1500"), evidence=rp.LineEvidence.DOCUMENTED)
SOUND = {"incomes": (WAGE,), "expenses": (RENT, FOOD, POWER)}


def reviewed(budget: dict[str, Any] | None = None, **options: Any) -> dict[str, rp.Finding]:  # noqa: ANN401
    """The findings by rule; a guideline is the only rule that may come twice, and does not here."""
    fields = {**SOUND, **(budget or {})}
    stated = rp.Budget(currency=GBP, household=rp.Household(1), **fields)
    found = rp.review(rp.assess(stated, rules=affordability_rules(GBP), as_of=AS_OF), **options)
    assert len({finding.rule for finding in found}) == len(found)
    assert all(bool(finding.ask) is not finding.passed for finding in found)
    return {finding.rule: finding for finding in found}


def failed(found: dict[str, rp.Finding]) -> set[str]:
    return {rule for rule, finding in found.items() if not finding.passed}


def test_a_sound_budget_raises_no_question() -> None:
    found = reviewed()
    assert failed(found) == set()
    assert list(found) == [
        "essentials_stated",
        "income_exceeds_expenses",
        "incomes_evidenced",
        "no_duplicates",
        "histories_recent",
        "capacity_without_gaps",
        "frequencies_plausible",
    ]


def test_a_category_that_nearly_every_household_has_is_asked_for() -> None:
    found = reviewed({"expenses": (RENT, POWER)})
    assert failed(found) == {"essentials_stated"}
    assert found["essentials_stated"].ask == (
        "Ask what the household spends on food; state zero for what someone else pays."
    )


def test_a_deficit_is_asked_about_before_anything_is_asked_for() -> None:
    found = reviewed({"expenses": (RENT, FOOD, POWER, rp.Expense("loan", pounds("600")))})
    assert failed(found) == {"income_exceeds_expenses"}
    assert "free debt advice" in found["income_exceeds_expenses"].ask


def test_an_income_on_the_clients_word_alone_is_asked_to_be_shown() -> None:
    benefit = rp.Income("benefit", pounds("5"), available=False)  # never counted, so never asked about
    found = reviewed(
        {"incomes": (rp.Income("tips", pounds("90")), rp.Income("rooms", pounds("900")), benefit)}
    )
    assert found["incomes_evidenced"].ask == "Ask for a payslip or a statement that shows tips and rooms."
    assert found["incomes_evidenced"].observed == 2


def test_a_line_that_stands_twice_is_asked_about() -> None:
    again = rp.Expense("  RENT ", pounds("600"), category=rp.Category.OTHER_ESSENTIAL)
    found = reviewed({"expenses": (RENT, FOOD, POWER, again)})
    assert failed(found) >= {"no_duplicates"}
    assert "RENT" in found["no_duplicates"].ask
    other = rp.Expense("rent", pounds("601"), category=rp.Category.HOUSING)
    assert failed(reviewed({"expenses": (RENT, FOOD, POWER, other)})) == {"income_exceeds_expenses"}


def tips(*payments: tuple[int, int, str], name: str = "tips") -> rp.IrregularIncome:
    history = rp.IncomeHistory(
        [(pendulum.date(year, month, 1), pounds(amount)) for year, month, amount in payments]
    )
    return rp.IrregularIncome(name, history, rp.WeakMonth(), evidence=rp.LineEvidence.DOCUMENTED)


def test_a_history_that_stands_twice_is_asked_about() -> None:
    last = AS_OF.year, AS_OF.month
    once, other = tips((*last, "900")), tips((*last, "800"))
    assert failed(reviewed({"incomes": (WAGE, once, other)})) == set()
    found = reviewed({"incomes": (WAGE, once, once)})
    assert failed(found) == {"no_duplicates"}
    assert "tips" in found["no_duplicates"].ask


@pytest.mark.parametrize(
    ("months", "recent"), [(-13, False), (-12, True), (-1, True), (0, True), (1, False), (400, False)]
)
def test_a_history_long_past_or_yet_to_come_is_asked_about(months: int, recent: bool) -> None:  # noqa: FBT001
    day = AS_OF.add(months=months)
    found = reviewed({"incomes": (WAGE, tips((day.year, day.month, "900")))})["histories_recent"]
    assert found.passed is recent
    assert found.ask == ("" if recent else "Ask what came in of tips in the months before now.")


def test_an_income_verified_after_the_budget_was_taken_is_asked_to_be_shown() -> None:
    def verified(day: pendulum.Date) -> rp.Income:
        return rp.Income("wage", pounds("1500"), evidence=rp.LineEvidence.VERIFIED, verified_on=day)

    assert reviewed({"incomes": (verified(AS_OF),)})["incomes_evidenced"].passed
    assert not reviewed({"incomes": (verified(AS_OF.add(days=1)),)})["incomes_evidenced"].passed


def test_a_month_in_which_one_wage_ends_and_the_next_begins_is_asked_about() -> None:
    old = attrs.evolve(WAGE, ends_on=pendulum.date(2027, 3, 14))
    new = attrs.evolve(WAGE, name="new wage", starts_on=pendulum.date(2027, 3, 15))
    found = reviewed({"incomes": (old, new)})
    assert failed(found) == {"capacity_without_gaps"}
    assert "2027-03" in found["capacity_without_gaps"].ask
    assert failed(reviewed({"incomes": (old,)})) == set()


def test_an_income_and_an_expense_of_one_name_are_no_duplicates() -> None:
    found = reviewed({"expenses": (RENT, FOOD, POWER, rp.Expense("wage", pounds("1")))})
    assert found["no_duplicates"].passed


@pytest.mark.parametrize(
    ("amount", "frequency", "usual", "question"),
    [
        # 600 a month, where 2600 is usual: 600 x 52/12 would be that.
        ("600", rp.Frequency.MONTHLY, "2600", "is not a weekly amount"),
        ("600", rp.Frequency.MONTHLY, "1300", "is not a fortnightly amount"),
        ("600", rp.Frequency.MONTHLY, "650", "is not a four-weekly amount"),
        ("600", rp.Frequency.MONTHLY, "200", "is not a quarterly amount"),
        ("600", rp.Frequency.MONTHLY, "50", "is not a yearly amount"),
        ("600", rp.Frequency.WEEKLY, "600", "is not a monthly amount"),
        ("600", rp.Frequency.WEEKLY, "1300", "is not a fortnightly amount"),
        ("600", rp.Frequency.ANNUAL, "600", "is not a monthly amount"),
        # A monthly rent of 52/12 times the usual, as if a month's rent had been taken for a week's.
        ("2600", rp.Frequency.MONTHLY, "600", "was not brought to a month as if it were a weekly amount"),
        ("600", rp.Frequency.MONTHLY, "138.46", "was not brought to a month as if it were a weekly amount"),
        ("600", rp.Frequency.MONTHLY, "7200", "was not brought to a month as if it were a yearly amount"),
        ("600", rp.Frequency.once(AS_OF), "2600", "is not a weekly amount"),
        ("600", rp.Frequency.MONTHLY, "600", None),
        ("600", rp.Frequency.WEEKLY, "2600", None),
        ("600", rp.Frequency.MONTHLY, "599", None),
        ("600", rp.Frequency.MONTHLY, "0", None),
    ],
)
def test_an_amount_that_would_be_usual_at_another_frequency_is_asked_about(
    amount: str, frequency: rp.Frequency, usual: str, question: str | None
) -> None:
    rent = rp.Expense("rent", pounds(amount), frequency, category=rp.Category.HOUSING)
    changes, known = {"expenses": (rent, FOOD, POWER)}, {"Rent": pounds(usual)}
    found = reviewed(changes, usual=known)["frequencies_plausible"]
    assert found.ask == ("" if question is None else f"Ask whether rent {question}.")


def test_what_is_spent_is_held_against_a_guideline() -> None:
    def of(low: str | None, high: str | None) -> dict[str, rp.Finding]:
        guideline = rp.SpendingGuideline(
            categories=frozenset({rp.Category.FOOD, rp.Category.UTILITIES}),
            low=None if low is None else rp.HouseholdAmounts([pounds(low)]),
            high=None if high is None else rp.HouseholdAmounts([pounds(high)]),
            effective_from=AS_OF,
            citation=HOUSE,
        )
        return reviewed(guidelines=[guideline])

    assert failed(of("380", "380")) == set()
    assert failed(of("380.01", None)) == {"not_below_guideline"}
    above = of(None, "379.99")
    assert failed(above) == {"not_above_guideline"}
    assert above["not_above_guideline"].observed == pounds("380")
    assert above["not_above_guideline"].citation == HOUSE
    assert "food and utilities" in above["not_above_guideline"].ask


def test_spending_is_judged_before_it_is_rounded() -> None:
    third = rp.Expense("food", pounds("100"), share="0.3333333", category=rp.Category.FOOD)
    guideline = rp.SpendingGuideline(
        categories=frozenset({rp.Category.FOOD}),
        low=rp.HouseholdAmounts([pounds("33.34")]),
        effective_from=AS_OF,
        citation=HOUSE,
    )
    found = reviewed({"expenses": (RENT, POWER, third)}, guidelines=[guideline])
    assert not found["not_below_guideline"].passed


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"guidelines": ["food"]}, rp.InputTypeError),
        ({"usual": {"rent": 5}}, rp.InputTypeError),
        ({"usual": {5: pounds("1")}}, rp.InputTypeError),
        ({"usual": [("rent", pounds("1"))]}, rp.InputTypeError),
        ({"usual": {"rent": rp.Money(1, "EUR")}}, rp.MoneyError),
    ],
)
def test_what_can_not_be_compared_is_refused(options: dict[str, Any], error: type[rp.RepayPlanError]) -> None:
    with pytest.raises(error):
        reviewed(**options)


def test_a_guideline_in_another_currency_is_refused() -> None:
    foreign = rp.SpendingGuideline(
        categories=frozenset({rp.Category.FOOD}),
        high=rp.HouseholdAmounts([rp.Money(1, "EUR")]),
        effective_from=AS_OF,
        citation=HOUSE,
    )
    with pytest.raises(rp.MoneyError):
        reviewed(guidelines=[foreign])
