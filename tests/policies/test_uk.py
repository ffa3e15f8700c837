"""The figures of the United Kingdom against the collected rules and the published example."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pendulum
import pytest

import repayplan as rp
from repayplan.policies import uk, uk_breathing_space
from repayplan.policies.uk_breathing_space import breathing_space, crisis_breathing_space
from tests.policies.books import rule
from tests.reference import case

POLICY = uk.CONSUMER_CREDIT.in_force(dt.date(2026, 12, 1))
GBP = rp.Currency.of("GBP")
READ = rp.Citation(title="Limitation Act 1980", force=rp.Force.LAW, evidence=rp.Evidence.PRIMARY)


def test_the_contingency_is_a_tenth_and_at_most_twenty_pounds() -> None:
    expected, rules = rule("uk.contingency"), POLICY.affordability
    assert rules.contingency_cap is not None
    assert rules.contingency.value == Fraction(str(expected["pct_of_surplus"]))
    assert rules.contingency_cap.value == rp.Money(expected["cap_month"], GBP)
    for limit in (rules.contingency, rules.contingency_cap):
        assert limit.citation.evidence is rp.Evidence.PRIMARY
        assert limit.citation.force is rp.Force.GUIDANCE
        assert "Scotland" in limit.citation.applies_to
        assert limit.citation.effective_from == dt.date(2024, 8, 27)


@pytest.mark.parametrize(("surplus", "contingency"), [(100, 10), (200, 20), (300, 20)])
def test_the_example_of_the_notes(surplus: int, contingency: int) -> None:
    example = case("worked_examples.json", None, "aib-contingency")
    budget = rp.Budget(
        currency=GBP,
        household=rp.Household(1),
        incomes=[rp.Income("surplus", rp.Money(surplus, GBP))],
    )
    found = rp.assess(budget, rules=POLICY.affordability, as_of=dt.date(2026, 12, 1))
    assert found.contingency == rp.Money(contingency, GBP)
    if surplus == example["inputs"]["surplus"]:
        assert contingency == example["expected"]["contingency_max"]
        assert found.capacity.monthly == rp.Money(example["expected"]["surplus_after"], GBP)


def test_conc_7_is_in_its_present_form() -> None:
    expected, duties = rule("uk.conc7"), POLICY.plan.duties
    assert duties is not None
    assert expected["consider"] == [
        "suspend_reduce_waive_interest",
        "token_payments_reasonable_time",
        "longer_term",
        "debt_advice_referral",
    ]
    assert expected["must_not"] == [
        "demand_one_or_few_unreasonable_payments",
        "unreasonably_short_time",
        "push_to_borrow_or_sell_home",
    ]
    assert duties.value == (
        rp.PlanDuty.CONSIDER_FORBEARANCE,
        rp.PlanDuty.ALLOW_TOKEN_PAYMENTS,
        rp.PlanDuty.ALLOW_REASONABLE_TIME,
        rp.PlanDuty.NO_PRESSURE_TO_BORROW_OR_SELL,
        rp.PlanDuty.POINT_TO_DEBT_ADVICE,
    )
    assert duties.citation.effective_from == POLICY.effective_from == dt.date(2024, 11, 4)
    assert duties.citation.evidence is rp.Evidence.SECONDARY
    assert all(duty.value.find("suspend") < 0 for duty in duties.value)  # struck out by PS24/2


def test_the_longest_term_is_the_houses_since_conc_states_none() -> None:
    assert POLICY.plan.max_months.citation.force is rp.Force.HOUSE


@pytest.mark.parametrize("part", ["contact", "records"])
def test_what_has_no_rule_is_absent(part: str) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        getattr(POLICY, part)
    assert (caught.value.code, caught.value.field) == ("policy.absent", part)


def test_the_years_of_limitation_are_the_callers() -> None:
    period = rp.Limit(rp.Period(6, rp.PeriodUnit.YEARS), READ, comparison=rp.Comparison.AT_MOST)
    rules = uk.records(limitation=period, citation=READ)
    assert rules.limitation is not None
    assert rules.limitation.period is period
    assert rules.limitation.restarts_on == frozenset()
    with pytest.raises(rp.InputTypeError):
        uk.records(limitation=6, citation=READ)  # type: ignore[arg-type]  # no limit


# --- breathing space

REGISTERED = pendulum.date(2026, 3, 1)


def test_breathing_space_is_sixty_days_from_the_day_after_the_entry() -> None:
    hold = breathing_space("h", registered_on=REGISTERED, debtor="ann")
    assert rule("uk.breathing")["days"] == uk_breathing_space.STANDARD_DAYS.value == 60
    assert hold.first_day == pendulum.date(2026, 3, 2)
    assert hold.last_day is not None
    assert hold.last_day == pendulum.date(2026, 4, 30)
    assert (hold.last_day - hold.first_day).days + 1 == 60
    assert (hold.kind, hold.debtor) == (rp.HoldKind.BREATHING_SPACE, "ann")


def test_breathing_space_stops_what_the_law_names_and_is_no_payment_holiday() -> None:
    frozen = {
        "interest": rp.HoldEffect.INTEREST_STOPS,
        "fees": rp.HoldEffect.FEES_STOP,
        "enforcement": rp.HoldEffect.ENFORCEMENT_STOPS,
        "contact_to_collect": rp.HoldEffect.CONTACT_STOPS,
    }
    assert frozen.keys() == set(rule("uk.breathing")["freezes"])
    assert breathing_space("h", registered_on=REGISTERED).effects == set(frozen.values())


def test_a_crisis_lasts_for_the_treatment_and_thirty_days() -> None:
    assert rule("uk.breathing")["mental_health"] == "treatment+30 days"
    going_on = crisis_breathing_space("h", registered_on=REGISTERED, treatment_ended_on=None)
    assert (going_on.first_day, going_on.last_day) == (pendulum.date(2026, 3, 2), None)
    ended = crisis_breathing_space("h", registered_on=REGISTERED, treatment_ended_on=dt.date(2026, 5, 31))
    assert ended.last_day == pendulum.date(2026, 6, 30)
    assert ended.effects == going_on.effects == uk_breathing_space.EFFECTS


def test_one_standard_moratorium_in_twelve_months() -> None:
    months = uk_breathing_space.STANDARD_MONTHS
    assert months.value == rule("uk.breathing")["once_per_months"]
    assert (months.citation.force, months.citation.evidence) == (rp.Force.LAW, rp.Evidence.SECONDARY)


def test_there_was_no_breathing_space_before_the_law() -> None:
    begins = dt.date(2021, 5, 4)
    assert breathing_space("h", registered_on=begins).first_day == dt.date(2021, 5, 5)
    with pytest.raises(rp.DateError) as caught:
        breathing_space("h", registered_on=begins - dt.timedelta(days=1))
    assert caught.value.field == "registered_on"


def test_a_treatment_that_ended_before_the_moratorium_is_refused() -> None:
    first = REGISTERED.add(days=1)
    hold = crisis_breathing_space("h", registered_on=REGISTERED, treatment_ended_on=first)
    assert hold.last_day == first.add(days=30)
    with pytest.raises(rp.DateError) as caught:
        crisis_breathing_space("h", registered_on=REGISTERED, treatment_ended_on=REGISTERED)
    assert caught.value.field == "treatment_ended_on"
