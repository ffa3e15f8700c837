from __future__ import annotations

import datetime as dt
from typing import Any

import pendulum
import pytest

import repayplan as rp
from repayplan.policies import cn
from tests.plan import (
    EUR,
    FIRST_DUE,
    able_to_pay,
    debt_of,
    main_offers,
    money,
    offers_of,
    plan_rules,
    refusal_of,
)

DEBT = debt_of(1_000_000, "0.12")
STATED: dict[str, Any] = {"rules": plan_rules(), "first_due": FIRST_DUE}


def test_the_main_job_gives_three_offers_the_gentlest_first() -> None:
    offers = offers_of(main_offers())
    assert [offer.name for offer in offers] == ["gentlest", "balanced", "shortest"]
    assert [len(offer.schedule) for offer in offers] == [60, 32, 17]
    assert offers[0].schedule.due[0] == dt.date(2026, 12, 31)


def test_each_option_reaches_the_terms() -> None:
    calendar = rp.WeekendCalendar({7})
    (offer, *_) = offers_of(
        rp.propose(
            debt_of(1_000_000, "0.12", interest=5, fees=6, penalties=7),
            able_to_pay(100_000),
            rules=plan_rules(24),
            first_due=pendulum.date(2026, 2, 28),
            frequency=rp.Frequency.BIMONTHLY,
            anchor_day=31,
            calendar=calendar,
            convention=rp.BusinessDayConvention.PRECEDING,
            day_count=rp.DayCount.ACT_365F,
            rounding=rp.Rounding.HALF_UP,
            carried=rp.CarriedTreatments(
                interest=rp.CarriedTreatment.FIRST,
                fees=rp.CarriedTreatment.WAIVE,
                penalties=rp.CarriedTreatment.CAPITALIZE,
            ),
        )
    )
    assert offer.terms == rp.Terms(
        principal=money(1_000_000),
        rate=rp.Rate.annual("0.12"),
        starts_on=dt.date(2026, 1, 1),
        first_due=pendulum.date(2026, 2, 28),
        repayment=offer.terms.repayment,
        frequency=rp.Frequency.BIMONTHLY,
        anchor_day=31,
        calendar=calendar,
        convention=rp.BusinessDayConvention.PRECEDING,
        day_count=rp.DayCount.ACT_365F,
        rounding=rp.Rounding.HALF_UP,
        carried=rp.CarriedBalances(
            interest=rp.CarriedBalance(money(5), rp.CarriedTreatment.FIRST),
            fees=rp.CarriedBalance(money(6), rp.CarriedTreatment.WAIVE),
            penalties=rp.CarriedBalance(money(7), rp.CarriedTreatment.CAPITALIZE),
        ),
    )


def test_carried_balances_are_spread_unless_stated() -> None:
    offer = offers_of(main_offers())[0]
    assert offer.terms.carried.interest is not None
    assert offer.terms.carried.interest.treatment is rp.CarriedTreatment.SPREAD


@pytest.mark.parametrize("component", ["fees", "penalties"])
def test_capitalizing_fees_is_refused_for_chinas_cards(component: str) -> None:
    treatments = {component: rp.CarriedTreatment.CAPITALIZE}
    with pytest.raises(rp.PolicyError) as caught:
        rp.propose(
            debt_of(100, currency=rp.Currency.of("CNY")),
            able_to_pay(100, rp.Currency.of("CNY")),
            rules=cn.CREDIT_CARD.in_force(dt.date(2026, 1, 1)).plan,
            first_due=FIRST_DUE,
            carried=rp.CarriedTreatments(**treatments),
        )
    assert (caught.value.code, caught.value.field) == ("rules.treatment", component)


# --- no plan


def test_without_a_plan_the_findings_say_why() -> None:
    refusal = refusal_of(rp.propose(DEBT, able_to_pay(1_000), **STATED))
    assert refusal.debt == DEBT
    assert [(finding.rule, finding.passed) for finding in refusal.findings] == [
        ("gentlest_within_capacity", False)
    ]
    (finding,) = refusal.findings
    assert finding.limit == money(1_000)
    assert isinstance(finding.observed, rp.Money)
    assert finding.observed > money(1_000)


def test_without_capacity_the_findings_say_that_too() -> None:
    refusal = refusal_of(rp.propose(DEBT, able_to_pay(0), **STATED))
    assert {finding.rule for finding in refusal.findings} == {
        "income_exceeds_expenses",
        "capacity_above_zero",
        "gentlest_within_capacity",
    }
    assert not any(finding.passed for finding in refusal.findings)


@pytest.mark.parametrize(
    "frequency", [rp.Frequency.WEEKLY, rp.Frequency.MONTHLY, rp.Frequency.QUARTERLY, rp.Frequency.ANNUAL]
)
def test_every_finding_of_a_refusal_has_failed(frequency: rp.Frequency) -> None:
    # A quarterly installment within three months' capacity is still above that of its month.
    small = debt_of(20_000, "0.12")
    refusal = refusal_of(rp.propose(small, able_to_pay(300), **STATED, frequency=frequency))
    assert refusal.findings
    assert not any(finding.passed for finding in refusal.findings)


def test_a_refusal_shows_its_steps_and_no_amount() -> None:
    refusal = refusal_of(rp.propose(DEBT, able_to_pay(0), **STATED))
    assert repr(refusal) == "<NoAffordablePlan: hold, free advice>"


@pytest.mark.parametrize("field", ["debt", "affordability", "findings", "next_steps"])
def test_a_refusal_cannot_hold_what_is_none_of_its_parts(field: str) -> None:
    refusal = refusal_of(rp.propose(DEBT, able_to_pay(0), **STATED))
    parts: dict[str, Any] = {
        "debt": refusal.debt,
        "affordability": refusal.affordability,
        "findings": refusal.findings,
        "next_steps": refusal.next_steps,
    }
    with pytest.raises(rp.RepayPlanError):
        rp.NoAffordablePlan(**{**parts, field: 5})


# --- what is refused


def test_debt_and_affordability_in_two_currencies_are_refused() -> None:
    with pytest.raises(rp.MoneyError) as caught:
        rp.propose(DEBT, able_to_pay(1_000, rp.Currency.of("USD")), **STATED)
    assert (caught.value.code, caught.value.field) == ("money.currency", "affordability")
    assert caught.value.data["expected"] == EUR


@pytest.mark.parametrize("first_due", [dt.date(2025, 12, 31), dt.date.min])
def test_a_first_due_date_before_the_debt_is_refused(first_due: dt.date) -> None:
    with pytest.raises(rp.DateError) as caught:
        rp.propose(DEBT, able_to_pay(1_000), rules=plan_rules(), first_due=first_due)
    assert caught.value.field == "first_due"


@pytest.mark.parametrize(
    ("first_due", "refused"),
    [
        (dt.date(2026, 1, 1), False),
        (dt.date(2031, 1, 1), False),
        (dt.date(2031, 1, 2), True),
        (dt.date.max, True),
    ],
)
def test_a_first_due_date_beyond_the_longest_term_is_refused(first_due: dt.date, *, refused: bool) -> None:
    def proposed() -> object:
        return rp.propose(DEBT, able_to_pay(10**9), rules=plan_rules(60), first_due=first_due)

    if refused:
        with pytest.raises(rp.DateError) as caught:
            proposed()
        assert (caught.value.code, caught.value.field) == ("plan.first_due", "first_due")
        assert caught.value.data == {"max_months": 60}
    else:
        assert isinstance(proposed(), rp.Offers)


def test_a_first_due_date_that_a_holiday_moves_beyond_the_longest_term_is_refused() -> None:
    # 1 February 2026 is a Sunday, and Monday is a day too late for a month.
    with pytest.raises(rp.DateError) as caught:
        rp.propose(
            DEBT,
            able_to_pay(10**9),
            rules=plan_rules(1),
            first_due=FIRST_DUE,
            calendar=rp.WeekendCalendar(),
        )
    assert (caught.value.code, caught.value.field) == ("plan.first_due", "first_due")


def test_a_first_due_date_that_moves_beyond_the_longest_term_is_refused() -> None:
    last = dt.date(2031, 1, 1)
    with pytest.raises(rp.DateError) as caught:
        rp.propose(
            DEBT,
            able_to_pay(10**9),
            rules=plan_rules(60),
            first_due=last,
            calendar=lambda day: day != last,
            convention=rp.BusinessDayConvention.FOLLOWING,
        )
    assert (caught.value.code, caught.value.field) == ("plan.first_due", "first_due")


def test_plans_of_unlike_frequency_are_compared_by_what_they_ask_in_a_month() -> None:
    both = offers_of(
        rp.propose(
            debt_of(300_000, "0.18"),
            able_to_pay(30_000),
            rules=plan_rules(60),
            first_due=pendulum.date(2026, 1, 30),
            frequency=[rp.Frequency.WEEKLY, rp.Frequency.MONTHLY, rp.Frequency.QUARTERLY],
        )
    )
    monthly = [offer.monthly for offer in both]
    assert monthly == sorted(monthly)
    assert both[0].cost.months >= 58
    assert monthly[0] < 7_700
