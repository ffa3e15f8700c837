"""Stress: the exact shock that an offer survives, and scenarios."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.plan.stress import SCENARIOS_MAX
from tests.plan import (
    EUR,
    FIRST_DUE,
    able_to_pay,
    able_to_pay_over_time,
    debt_of,
    money,
    offers_of,
    plan_rules,
)

DATE = pendulum.date


def offer(units: int = 600, capacity: int = 100, **options: Any) -> rp.Offer:  # noqa: ANN401  # by name
    found = rp.propose(
        debt_of(units), able_to_pay(capacity), rules=plan_rules(12), first_due=FIRST_DUE, **options
    )
    return offers_of(found)[-1]  # six times 1.00 a month from February on


def budget(income: int, spent: int = 0, **lines: Any) -> rp.Budget:  # noqa: ANN401  # by name
    return rp.Budget(
        currency=EUR,
        household=rp.Household(1),
        incomes=(rp.Income("wage", money(income)), *lines.get("incomes", ())),
        expenses=(rp.Expense("all", money(spent)), *lines.get("expenses", ())),
        commitments=lines.get("commitments", ()),
    )


def test_the_slack_of_the_tightest_month_is_what_may_be_lost() -> None:
    found = rp.break_even(offer(), budget(500, 300))
    assert found.income_fall == rp.Shock(Fraction(1), Fraction(1, 5), (2026, 2), (2026, 2))
    assert found.expense_rise == rp.Shock(Fraction(1), Fraction(1, 3), (2026, 2), (2026, 2))


def test_the_month_that_breaks_first_is_named() -> None:
    school = rp.Expense("school", money(50), frequency=rp.Frequency.once(DATE(2026, 5, 3)))
    found = rp.break_even(offer(), budget(500, 300, expenses=(school,)))
    assert found.income_fall.amount == Fraction(1, 2)
    assert (found.income_fall.breaks_in, found.expense_rise.breaks_in) == ((2026, 5), (2026, 5))
    assert found.expense_rise.share == Fraction(50, 350)


def test_amount_and_share_may_break_in_different_months() -> None:
    bonus = rp.Income("bonus", money(9_500), frequency=rp.Frequency.once(DATE(2026, 3, 3)))
    rent = rp.Expense("rent", money(9_490), frequency=rp.Frequency.once(DATE(2026, 3, 9)))
    found = rp.break_even(offer(), budget(500, 300, incomes=(bonus,), expenses=(rent,)))
    assert (found.income_fall.breaks_in, found.income_fall.share_breaks_in) == ((2026, 2), (2026, 3))


def test_commitments_and_incomes_that_may_not_be_asked_for_are_left_out() -> None:
    benefit = rp.Income("benefit", money(10**6), available=False)
    fine = rp.Commitment("fine", money(100), kind=rp.CommitmentKind.FINE)
    found = rp.break_even(offer(), budget(500, 300, incomes=(benefit,), commitments=(fine,)))
    assert found.income_fall.amount == 0


def test_a_plan_that_does_not_hold_as_things_are_has_less_than_nothing_to_lose() -> None:
    found = rp.break_even(offer(), budget(100, 50))
    assert found.income_fall.amount == Fraction(-1, 2)
    assert found.income_fall.share == Fraction(-1, 2)


def test_a_plan_that_does_not_hold_in_a_month_without_income_survives_no_share() -> None:
    plan = offer()
    ends = rp.Income("wage", money(500), ends_on=DATE(2026, 4, 30))
    broke = attrs.evolve(budget(0), incomes=(ends,), expenses=())
    found = rp.break_even(plan, broke)
    assert found.income_fall == rp.Shock(Fraction(-1), None, (2026, 5), None)


def test_without_expenses_their_rise_has_no_share() -> None:
    shock = rp.break_even(offer(), budget(500)).expense_rise
    assert (shock.amount, shock.share, shock.share_breaks_in) == (Fraction(4), None, None)


def test_installments_oftener_than_monthly_are_held_each_against_their_part() -> None:
    weekly = offer(frequency=rp.Frequency.WEEKLY)
    (each, *_) = (row.amount.exact for row in weekly.schedule)
    found = rp.break_even(weekly, budget(500))
    assert found.income_fall.amount == 5 - each * Fraction(52, 12)


def test_a_weekly_plan_with_weeks_left_out_is_held_to_each_week_and_to_the_month() -> None:
    gap = able_to_pay_over_time((DATE(2026, 1, 1), 520), (DATE(2026, 3, 1), 0), (DATE(2026, 4, 1), 520))
    found = rp.propose(
        debt_of(2_000),
        gap,
        rules=plan_rules(12),
        first_due=DATE(2026, 1, 1),
        frequency=rp.Frequency.WEEKLY,
    )
    shortest = offers_of(found)[-1]
    amounts = [row.amount.minor_units for row in shortest.schedule]
    # January and April have five Thursdays; 520 * 12 / 52 is 120.
    assert amounts == [104] * 5 + [120] * 4 + [104] * 5 + [120] * 4
    # Five times 1.04 in January, and 1.20 a week in February, are both 5.20 a month.
    assert rp.break_even(shortest, budget(600)).income_fall.amount == Fraction(8, 10)


def test_what_is_paid_up_front_is_asked_for_too() -> None:
    found = rp.evaluate(
        rp.Proposal(money(50), FIRST_DUE, upfront=money(90)), debt_of(600), able_to_pay(100), plan_rules(12)
    )
    assert found.offer is not None
    assert rp.break_even(found.offer, budget(100)).income_fall == rp.Shock(
        Fraction(1, 10), Fraction(1, 10), (2026, 1), (2026, 1)
    )


def test_a_budget_in_another_currency_is_refused() -> None:
    foreign = rp.Budget(
        currency=rp.Currency.of("CNY"),
        household=rp.Household(1),
        incomes=(rp.Income("wage", rp.Money(1, "CNY")),),
    )
    with pytest.raises(rp.MoneyError):
        rp.break_even(offer(), foreign)
    with pytest.raises(rp.InputTypeError):
        rp.break_even(offer(), "budget")  # type: ignore[arg-type]  # the point


# --- scenarios


def test_the_share_that_keeps_the_plan_and_when_the_others_break() -> None:
    surpluses = [[100] * 6, [100, 100, 99, 100, 0, 100], [100] * 5 + [-5], [200] * 6, [99] * 6]
    found = rp.survival(offer(), [[money(units) for units in scenario] for scenario in surpluses])
    assert found.kept == Fraction(2, 5)
    assert found.broke_in == (None, (2026, 4), (2026, 7), None, (2026, 2))
    assert found.breaks_by_month == (((2026, 2), 1), ((2026, 4), 1), ((2026, 7), 1))


def test_a_month_without_an_installment_asks_for_nothing() -> None:
    gap = able_to_pay_over_time((DATE(2026, 1, 1), 100), (DATE(2026, 3, 1), 0), (DATE(2026, 4, 1), 100))
    found = offers_of(rp.propose(debt_of(200), gap, rules=plan_rules(12), first_due=FIRST_DUE))[-1]
    assert [row.scheduled_for.month for row in found.schedule] == [2, 4]
    assert rp.survival(found, [[money(100), money(-900), money(100)]]).kept == 1


@pytest.mark.parametrize(
    ("scenarios", "error", "code"),
    [
        ([], rp.TermsError, "survival.scenarios"),
        ([[]] * (SCENARIOS_MAX + 1), rp.TermsError, "survival.scenarios"),
        ([[money(1)] * 5], rp.TermsError, "survival.months"),
        ([[money(1)] * 7], rp.TermsError, "survival.months"),
        ([[rp.Money(1, "CNY")] * 6], rp.MoneyError, "money.currency"),
        ([[1] * 6], rp.InputTypeError, "type.wrong"),
        ([None], rp.InputTypeError, "tuple.type"),
        (5, rp.InputTypeError, "type.wrong"),
    ],
)
def test_what_makes_no_scenarios_is_refused(
    scenarios: Any,  # noqa: ANN401  # the point
    error: type[rp.RepayPlanError],
    code: str,
) -> None:
    with pytest.raises(error) as caught:
        rp.survival(offer(), scenarios)
    assert caught.value.code == code


# --- what it costs the bank


def contract() -> rp.Schedule:
    return rp.build_schedule(
        attrs.evolve(offer().terms, rate=rp.Rate.annual("0.12"), repayment=rp.LevelPayment(6))
    )


def test_the_bank_sees_what_it_loses_against_the_contract() -> None:
    rate = rp.Rate.annual("0.12")
    threshold = rp.Limit(Fraction(1, 100), plan_rules().max_months.citation, comparison=rp.Comparison.AT_MOST)
    found = rp.bank_cost(offer(), contract(), rate, threshold=threshold)
    assert found.contract_value == rp.present_value(contract(), rate)
    assert found.offer_value == rp.present_value(offer().schedule, rate)
    assert found.loss == found.contract_value - found.offer_value
    assert found.loss_share == Fraction(found.loss.minor_units, found.contract_value.minor_units)
    assert found.finding is not None
    assert (found.finding.rule, found.finding.passed) == ("diminished_obligation", False)
    assert (found.waived, found.forgiven) == (money(0), money(0))
    assert "6" not in repr(found)


def test_what_is_waived_and_forgiven_is_stated() -> None:
    refusal = rp.propose(
        debt_of(900, interest=30), able_to_pay(50), rules=plan_rules(12), first_due=FIRST_DUE
    )
    assert isinstance(refusal, rp.NoAffordablePlan)
    conceded = refusal.next_steps[-1].offer
    assert conceded is not None
    found = rp.bank_cost(conceded, contract(), rp.Rate.annual(0))
    assert (found.waived, found.forgiven, found.finding) == (money(30), money(300), None)


@pytest.mark.parametrize("threshold", ["1 %", rp.Limit("1 %", plan_rules().max_months.citation)])
def test_a_threshold_that_is_none_is_refused(threshold: Any) -> None:  # noqa: ANN401  # the point
    with pytest.raises(rp.InputTypeError):
        rp.bank_cost(offer(), contract(), rp.Rate.annual(0), threshold=threshold)
