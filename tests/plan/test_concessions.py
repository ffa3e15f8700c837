from __future__ import annotations

from typing import Any

import attrs
import pytest

import repayplan as rp
from tests.plan import AS_OF, FIRST_DUE, HOUSE, able_to_pay, debt_of, money, plan_rules, refusal_of

KIND = rp.NextStepKind


def steps(
    debt: rp.Debt,
    capacity: int,
    rules: rp.PlanRules | None = None,
    **options: Any,  # noqa: ANN401  # by name
) -> tuple[rp.NextStep, ...]:
    outcome = rp.propose(
        debt,
        able_to_pay(capacity),
        rules=rules or plan_rules(),
        first_due=FIRST_DUE,
        **options,
    )
    return refusal_of(outcome).next_steps


def kinds(found: tuple[rp.NextStep, ...]) -> list[rp.NextStepKind]:
    return [step.kind for step in found]


def offer_of(step: rp.NextStep) -> rp.Offer:
    assert step.offer is not None
    return step.offer


def rate_of(step: rp.NextStep) -> rp.Rate:
    rate = offer_of(step).terms.rate
    assert isinstance(rate, rp.Rate)
    return rate


# --- what comes first


@pytest.mark.parametrize(("capacity", "others"), [(0, 0), (1, 1)])
def test_hold_and_free_advice_come_first_and_stand_alone_without_capacity(capacity: int, others: int) -> None:
    found = steps(debt_of(3_600_000, "0.18"), capacity)
    assert kinds(found)[:2] == [KIND.HOLD, KIND.FREE_ADVICE]
    assert len(found) == 2 + others
    assert all(step.forgone is None and step.offer is None for step in found[:2])


def test_a_weekly_capacity_of_less_than_a_unit_leaves_nothing_to_concede() -> None:
    assert len(steps(debt_of(3_600_000, "0.18"), 4, frequency=rp.Frequency.WEEKLY)) == 2  # 4 x 12/52 < 1


def test_a_step_does_not_show_amounts() -> None:
    assert repr(steps(debt_of(3_600_000, "0.18"), 0)[0]) == "<NextStep: hold>"


# --- a lower rate


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (rp.Rate.annual("0.18"), " % a year."),
        (rp.Rate.monthly("0.015"), " % a month."),
        (rp.Rate.daily("0.0005"), " % a day."),
    ],
)
def test_a_lower_rate_is_stated_in_the_unit_of_the_contract(rate: rp.Rate, text: str) -> None:
    step = steps(debt_of(3_600_000, rate), 80_000)[2]
    assert step.kind is KIND.LOWER_RATE
    assert step.text.startswith("Lower the rate of interest from ")
    assert step.text.endswith(text)
    assert rate_of(step).unit is rate.unit
    assert 0 < rate_of(step).value < rate.value


def test_the_text_states_the_rate_of_the_offer() -> None:
    step = steps(debt_of(3_600_000, "0.18"), 80_000)[2]
    whole, hundredths = divmod(rate_of(step).value * 10_000, 100)
    assert (hundredths.denominator, hundredths % 10 != 0) == (1, True)
    assert (
        step.text == f"Lower the rate of interest from 18 % a year to {whole}.{int(hundredths):02} % a year."
    )


def test_a_contract_without_interest_cannot_be_helped_by_a_lower_rate() -> None:
    assert KIND.LOWER_RATE not in kinds(steps(debt_of(3_600_000), 50_000))


def test_a_rate_below_the_grid_can_only_be_dropped() -> None:
    # A contract at 0.005 % a year, just too much: no rate of the 0.01 % grid lies between it and zero.
    step = steps(debt_of(3_600_000, "0.00005"), 60_000)[2]
    assert step.kind is KIND.NO_INTEREST
    assert rate_of(step).value == 0
    assert step.text == "Charge no further interest."


# --- what is owed besides principal


def test_waiving_what_is_owed_besides_principal_may_be_enough() -> None:
    found = steps(debt_of(3_600_000, interest=60_000, fees=100, penalties=20), 60_000)
    assert kinds(found)[2:] == [KIND.WAIVE_CARRIED]
    assert found[2].forgone == money(60_120)
    assert offer_of(found[2]).schedule.waived == money(60_120)


def test_only_what_the_rules_allow_is_waived() -> None:
    rules = plan_rules(waivable=["interest"])
    found = steps(debt_of(3_600_000, interest=60_000, fees=60), 60_001, rules)
    assert kinds(found)[2:] == [KIND.WAIVE_CARRIED]
    offer = offer_of(found[2])
    assert offer.schedule.waived == money(60_000)
    assert offer.schedule.total_carried == money(60)


def test_where_the_rules_let_nothing_be_waived_nothing_is() -> None:
    found = steps(debt_of(3_600_000, "0.10", interest=60_000), 61_000, plan_rules(waivable=[]))
    assert KIND.WAIVE_CARRIED not in kinds(found)
    assert all(offer_of(step).schedule.waived == money(0) for step in found[2:])


def test_concessions_come_in_the_order_of_the_rules_whatever_they_cost() -> None:
    def order(*concessions: rp.NextStepKind) -> list[rp.NextStepKind]:
        rules = attrs.evolve(plan_rules(), concessions=rp.Limit(concessions, HOUSE))
        return kinds(steps(debt_of(3_600_000, "0.02", interest=70_000), 64_000, rules))[2:]

    assert order(KIND.LOWER_RATE, KIND.WAIVE_CARRIED) == [KIND.LOWER_RATE, KIND.WAIVE_CARRIED]
    assert order(KIND.WAIVE_CARRIED, KIND.LOWER_RATE) == [KIND.WAIVE_CARRIED, KIND.LOWER_RATE]


# --- the last resorts


def test_no_further_interest_and_a_waiver_together_may_be_needed() -> None:
    found = steps(debt_of(3_600_000, "0.18", interest=600_000), 60_000)
    assert kinds(found)[2:] == [KIND.WAIVE_ALL_INTEREST]
    offer = offer_of(found[2])
    assert (offer.cost.total, offer.schedule.waived) == (money(3_600_000), money(600_000))


def test_a_part_of_the_principal_is_forgiven_only_as_the_last_resort() -> None:
    found = steps(debt_of(3_600_000, "0.18", interest=600_000), 59_999)
    assert kinds(found)[2:] == [KIND.FORGIVE_PRINCIPAL]


@pytest.mark.parametrize("units", [7_600_000, 10_000_000, 3_600_001])
def test_no_more_is_forgiven_than_capacity_over_the_longest_term_leaves(units: int) -> None:
    # 60 x 400.00 repays 24,000.00 to the cent: whatever else is owed, and not a cent more, is forgiven.
    step = steps(debt_of(units, "0.18"), 40_000)[2]
    assert step.kind is KIND.FORGIVE_PRINCIPAL
    assert offer_of(step).cost.total == money(2_400_000)
    assert str(money(units - 2_400_000)) in step.text


def test_no_more_of_a_small_debt_is_forgiven_than_capacity_leaves() -> None:
    # 130.00 in weeks of 0.50: 257 weeks repay 128.50, so 1.50 is forgiven, not half the debt.
    step = steps(debt_of(13_000), 220, frequency=rp.Frequency.WEEKLY)[2]
    assert step.kind is KIND.FORGIVE_PRINCIPAL
    assert offer_of(step).cost.total == money(12_850)


def test_what_cannot_be_waived_may_leave_no_way_at_all() -> None:
    # The interest owed alone is more than the client can pay, and the rules do not let it go.
    found = steps(debt_of(3_600_000, interest=6_000_000), 60_000, plan_rules(waivable=[]))
    assert kinds(found) == [KIND.HOLD, KIND.FREE_ADVICE]


def test_a_concession_is_priced_against_the_contract_over_the_longest_term() -> None:
    debt = debt_of(3_600_000, "0.18")
    step = steps(debt, 80_000)[2]
    contract = rp.build_schedule(
        rp.Terms(
            principal=debt.principal,
            rate=debt.rate,
            starts_on=debt.as_of,
            first_due=FIRST_DUE,
            repayment=rp.LevelPayment(60, rounding=rp.Rounding.CEILING),
        )
    )
    assert step.forgone == contract.total - offer_of(step).cost.total


def test_the_rate_is_lowered_no_more_than_needed() -> None:
    # The next forty rates of the grid are tried, which move the installment far more than roundings do.
    debt = debt_of(100_000, "0.18")
    step = steps(debt, 2_100)[2]
    assert step.kind is KIND.LOWER_RATE
    lowered = rate_of(step).value * 10_000
    for steps_up in range(int(lowered) + 1, int(lowered) + 41):
        higher = debt_of(100_000, f"0.{steps_up:04}")
        outcome = rp.propose(higher, able_to_pay(2_100), rules=plan_rules(), first_due=FIRST_DUE)
        assert isinstance(outcome, rp.NoAffordablePlan), f"{steps_up} of 10,000 would do"


def test_a_bank_never_goes_without_less_than_nothing() -> None:
    # The plan at a lower rate takes all of the term, and so does the contract, whose interest is far more.
    outcome = rp.propose(
        debt_of(1_000_000, "0.18"), able_to_pay(20_000), rules=plan_rules(), first_due=AS_OF.add(months=5)
    )
    found = refusal_of(outcome).next_steps
    assert kinds(found)[2:] == [KIND.LOWER_RATE]
    assert found[2].forgone is not None
    assert found[2].forgone > money(0)


@pytest.mark.parametrize("months", [2, 5, 12])
def test_the_interest_of_a_long_first_period_is_borne_by_all_installments(months: int) -> None:
    late = rp.propose(
        debt_of(3_600_000, "0.18"),
        able_to_pay(140_000),
        rules=plan_rules(),
        first_due=AS_OF.add(months=months),
    )
    assert isinstance(late, rp.Offers)
    assert late[0].cost.months == 60
    first = late[0].schedule[0]
    assert first.interest == first.amount
    assert first.accrued > first.amount


# --- the order of the rules


def in_order(*order: rp.NextStepKind, capacity: int = 20_000) -> tuple[rp.NextStep, ...]:
    rules = attrs.evolve(plan_rules(), concessions=rp.Limit(order, HOUSE), token_months=rp.Limit(6, HOUSE))
    return steps(debt_of(1_000_000, "0.18"), capacity, rules)[2:]


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ((KIND.TOKEN_PAYMENTS, KIND.LOWER_RATE), [KIND.TOKEN_PAYMENTS, KIND.LOWER_RATE]),
        ((KIND.LOWER_RATE, KIND.TOKEN_PAYMENTS), [KIND.LOWER_RATE]),
        ((KIND.FORGIVE_PRINCIPAL, KIND.LOWER_RATE), [KIND.FORGIVE_PRINCIPAL, KIND.LOWER_RATE]),
        ((KIND.FORGIVE_PRINCIPAL,), [KIND.FORGIVE_PRINCIPAL]),
        ((KIND.FORGIVE_PRINCIPAL, KIND.NO_INTEREST), [KIND.NO_INTEREST]),
    ],
)
def test_concessions_come_in_the_order_of_the_rules(
    order: tuple[rp.NextStepKind, ...], found: list[rp.NextStepKind]
) -> None:
    assert kinds(in_order(*order)) == found


def test_no_more_is_conceded_with_the_principal_than_the_rules_allow() -> None:
    (alone,) = in_order(KIND.FORGIVE_PRINCIPAL)
    assert rate_of(alone) == rp.Rate.annual("0.18")
    assert alone.text.startswith("Forgive ")
    low = in_order(KIND.FORGIVE_PRINCIPAL, KIND.NO_INTEREST, capacity=10_000)
    assert kinds(low) == [KIND.FORGIVE_PRINCIPAL]
    assert rate_of(low[0]) == rp.Rate.annual(0)
    assert low[0].text == "Charge no further interest, and forgive 4000.00 EUR of the principal."


def test_a_token_payment_is_no_more_than_the_principal() -> None:
    debt = attrs.evolve(debt_of(1), fees=money(1_000_000))
    rules = attrs.evolve(plan_rules(waivable=[]), token_months=rp.Limit(6, HOUSE))
    token = next(step for step in steps(debt, 6_000, rules) if step.kind is KIND.TOKEN_PAYMENTS)
    assert token.text.startswith("Take 0.01 EUR at a time")
    assert offer_of(token).schedule.total == money(1)
