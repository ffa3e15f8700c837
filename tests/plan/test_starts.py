"""On which dates a plan may be paid: whatever month allows less or nothing, more capacity is never worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from tests.plan import AS_OF, FIRST_DUE, able_to_pay_over_time, debt_of, money, plan_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

KIND = rp.NextStepKind
FIRST = rp.CarriedTreatments(interest=rp.CarriedTreatment.FIRST)


def by_month(limits: Sequence[int]) -> rp.Affordability:
    """So much in each month from that of the first due date on, and nothing after."""
    months = [(FIRST_DUE.replace(day=1).add(months=place), units) for place, units in enumerate(limits)]
    after = FIRST_DUE.replace(day=1).add(months=len(limits))
    return able_to_pay_over_time((AS_OF, 0), *months, (after, 0))


def proposed(
    debt: rp.Debt,
    limits: Sequence[int],
    months: int | None = None,
    carried: rp.CarriedTreatments | None = None,
    extended: int | None = None,
) -> rp.Offers | rp.NoAffordablePlan:
    rules = plan_rules(months or len(limits))
    if extended is not None:
        rules = attrs.evolve(rules, extended_months=attrs.evolve(rules.max_months, value=extended))
    treatments = carried or rp.CarriedTreatments()
    return rp.propose(debt, by_month(limits), rules=rules, first_due=FIRST_DUE, carried=treatments)


def asked(offer: rp.Offer) -> list[int]:
    return [row.amount.minor_units for row in offer.schedule]


def steps_of(outcome: rp.Offers | rp.NoAffordablePlan) -> dict[rp.NextStepKind, rp.NextStep]:
    assert isinstance(outcome, rp.NoAffordablePlan)
    return {step.kind: step for step in outcome.next_steps}


@pytest.mark.parametrize(
    ("debt", "limits", "shortest"),
    [
        # Spread over fewer rows, what is carried asks for more than the low months allow: they are left out.
        (debt_of(300, interest=600), [60, 40] * 5 + [60, 2_000], [900]),
        (debt_of(15, fees=35), [15, 12, 66], [50]),
        (debt_of(150, "0.9", fees=61), [20, 953, 0, 939, 333], [233]),  # 150 + 61 + 22 of interest
        (debt_of(7_383, fees=500), [50] * 4 + [28_714] * 6 + [0] * 12, [7_883]),
    ],
)
def test_low_months_are_left_out_where_what_is_spread_asks_for_more(
    debt: rp.Debt, limits: list[int], shortest: list[int]
) -> None:
    outcome = proposed(debt, limits)
    assert isinstance(outcome, rp.Offers)
    assert asked(outcome[-1]) == shortest


limits_of_months = st.lists(st.integers(0, 400), min_size=2, max_size=8)


@given(limits_of_months, st.data())
def test_more_in_one_month_never_loses_or_lengthens_the_shortest_plan(
    limits: list[int], data: st.DataObject
) -> None:
    debt = debt_of(data.draw(st.integers(1, 900)), fees=data.draw(st.integers(0, 900)))
    place = data.draw(st.integers(0, len(limits) - 1))
    more = limits.copy()
    more[place] += data.draw(st.integers(1, 300))
    before, after = proposed(debt, limits), proposed(debt, more)
    if isinstance(before, rp.Offers):
        assert isinstance(after, rp.Offers)
        assert after[-1].cost.months <= before[-1].cost.months


def test_a_longer_term_is_found_whatever_month_allows_nothing() -> None:
    gap = [100] * 10 + [0] + [100] * 40
    found = steps_of(proposed(debt_of(3_000), gap, months=24, extended=60))
    assert found[KIND.LONGER_TERM].text == "Allow 31 months instead of 24."


def test_a_longer_term_is_found_where_nothing_can_be_paid_within_the_first() -> None:
    found = steps_of(proposed(debt_of(3_000), [0] * 25 + [100] * 35, months=24, extended=60))
    assert found[KIND.LONGER_TERM].text == "Allow 55 months instead of 24."


def test_a_waiver_is_judged_on_the_months_that_it_makes_payable() -> None:
    # With the carried 300 first, nothing could begin before the seventh month; without it, the first can.
    found = steps_of(proposed(debt_of(2_500, interest=300), [100] * 6 + [400] * 6, carried=FIRST))
    offer = found[KIND.WAIVE_CARRIED].offer
    assert offer is not None
    assert offer.schedule.due[0] == FIRST_DUE
    assert KIND.FORGIVE_PRINCIPAL not in found


def test_the_gentlest_is_not_above_the_lowest_proposal_that_works() -> None:
    debt, able, rules = debt_of(100_000, "0.12"), by_month([500_000] * 60), plan_rules(60)
    gentlest = rp.propose(debt, able, rules=rules, first_due=FIRST_DUE)
    assert isinstance(gentlest, rp.Offers)
    lowest = rp.evaluate(rp.Proposal(money(1), first_due=FIRST_DUE), debt, able, rules)
    assert lowest.counter_offer is not None
    assert gentlest[0].schedule.highest == lowest.counter_offer.schedule.highest == money(2_225)


def test_a_budget_without_an_end_is_written_with_the_last_day_there_is() -> None:
    wage = rp.Income("wage", money(1_000), ends_on=pendulum.date(9999, 12, 31))
    budget = rp.Budget(currency=rp.Currency.of("EUR"), household=rp.Household(1), incomes=[wage])
    rules = able_to_pay_over_time((AS_OF, 0)).rules
    assert rp.assess(budget, rules=rules, as_of=AS_OF).capacity.on(pendulum.date(9999, 12, 1)) == money(1_000)


@pytest.mark.parametrize("low", [0, 1, 1_000, 1_001, 3_000])
@pytest.mark.parametrize("fees", [12_000, 12_001])
@pytest.mark.parametrize("carried", [FIRST, rp.CarriedTreatments()])
def test_no_low_month_and_no_odd_cent_makes_a_plan_impossible(
    carried: rp.CarriedTreatments, fees: int, low: int
) -> None:
    debt = debt_of(50_000, interest=5_001, fees=fees)
    limits = [10_000] * 5 + [low] + [10_000] * 6
    assert isinstance(proposed(debt, limits, carried=carried), rp.Offers)


def test_a_month_that_bears_the_last_part_to_the_cent_is_used() -> None:
    assert isinstance(proposed(debt_of(108_801, interest=1_201), [10_000] * 11 + [101]), rp.Offers)


@pytest.mark.parametrize("months", [10, 12, 60])
def test_no_longer_term_makes_a_plan_impossible_where_nothing_can_be_paid_later(months: int) -> None:
    able = able_to_pay_over_time((AS_OF, 5_200), (pendulum.date(2026, 11, 1), 0))
    outcome = rp.propose(
        debt_of(45_500),
        able,
        rules=plan_rules(months),
        first_due=FIRST_DUE,
        frequency=rp.Frequency.FORTNIGHTLY,
    )
    assert isinstance(outcome, rp.Offers)
