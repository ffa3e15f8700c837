"""The client's own proposal: findings, and the offer nearest to it."""

from __future__ import annotations

from typing import Any

import pendulum
import pytest

import repayplan as rp
from tests.plan import (
    AS_OF,
    FIRST_DUE,
    able_to_pay,
    able_to_pay_over_time,
    debt_of,
    money,
    plan_rules,
)

DATE = pendulum.date


def evaluated(
    amount: int,
    capacity: rp.Affordability | int = 100,
    debt: rp.Debt | None = None,
    **fields: Any,  # noqa: ANN401
) -> rp.Evaluation:
    able = able_to_pay(capacity) if isinstance(capacity, int) else capacity
    proposal = rp.Proposal(money(amount), fields.pop("first_due", FIRST_DUE), **fields)
    return rp.evaluate(proposal, debt or debt_of(600), able, plan_rules(12))


def verdicts(found: rp.Evaluation) -> dict[str, bool]:
    return {finding.rule: finding.passed for finding in found.findings}


def asked(offer: rp.Offer | None) -> list[int]:
    assert offer is not None
    return [row.amount.minor_units for row in offer.schedule]


def test_a_proposal_that_can_be_kept_becomes_an_offer() -> None:
    found = evaluated(70)
    assert verdicts(found) == {"above_interest": True, "clears_in_time": True, "within_capacity": True}
    assert asked(found.offer) == [70] * 8 + [40]
    assert found.counter_offer is None
    assert found.offer is not None
    assert found.offer.rationale.startswith("as the client proposed: 9 installments")
    assert repr(found) == "<Evaluation: acceptable>"


def test_one_above_capacity_is_answered_with_capacity() -> None:
    found = evaluated(120)
    assert verdicts(found) == {"above_interest": True, "clears_in_time": True, "within_capacity": False}
    assert asked(found.counter_offer) == [100] * 6
    assert found.offer is None
    assert repr(found) == "<Evaluation: within_capacity>"


def test_one_that_is_too_high_in_some_months_is_answered_with_less_in_those() -> None:
    found = evaluated(
        120, able_to_pay_over_time((AS_OF, 150), (DATE(2026, 4, 1), 50), (DATE(2026, 5, 1), 150))
    )
    assert asked(found.counter_offer) == [120, 120, 50, 120, 120, 70]


def test_one_that_takes_too_long_is_answered_with_the_lowest_that_does_not() -> None:
    found = evaluated(40)
    assert verdicts(found) == {"above_interest": True, "clears_in_time": False, "within_capacity": True}
    assert asked(found.counter_offer) == [50] * 12
    assert found.findings[1].limit == money(50)


def test_one_below_the_interest_says_so() -> None:
    debt = debt_of(60_000, "0.12")
    found = evaluated(600, 100_000, debt)
    assert verdicts(found) == {"above_interest": False, "clears_in_time": False, "within_capacity": True}
    assert found.findings[0].limit == money(600)
    assert verdicts(evaluated(601, 100_000, debt))["above_interest"]


def test_what_is_carried_comes_within_the_amount() -> None:
    debt = debt_of(600, interest=100)
    found = evaluated(100, 100, debt)
    assert found.offer is not None
    assert asked(found.offer)[0] <= 100
    assert found.offer.schedule.total == money(700)
    assert sum(row.carried_interest.minor_units for row in found.offer.schedule) == 100


def test_where_nothing_is_affordable_there_is_no_counter_offer() -> None:
    found = evaluated(40, 30)
    assert (found.offer, found.counter_offer) == (None, None)
    assert not any(list(verdicts(found).values())[1:])


def test_an_upfront_payment_counts_and_is_lowered_where_it_is_too_high() -> None:
    found = evaluated(80, upfront=money(90))
    assert found.offer is not None
    assert asked(found.offer) == [80] * 6 + [30]
    assert found.offer.schedule.upfront == money(90)
    too_high = evaluated(80, upfront=money(101))
    assert verdicts(too_high)["within_capacity"] is False
    assert asked(too_high.counter_offer) == [80] * 6 + [20]
    assert too_high.counter_offer is not None
    assert too_high.counter_offer.schedule.upfront == money(100)


def test_a_proposal_may_be_weekly_and_anchored() -> None:
    weekly = evaluated(20, frequency=rp.Frequency.WEEKLY)
    assert asked(weekly.offer) == [20] * 30
    last = evaluated(100, first_due=DATE(2026, 2, 28), anchor_day=31)
    assert last.offer is not None
    assert last.offer.schedule.due[1] == DATE(2026, 3, 31)


@pytest.mark.parametrize(
    ("fields", "error", "code"),
    [
        ({"amount": money(0)}, rp.TermsError, "proposal.amount"),
        ({"amount": money(-5)}, rp.TermsError, "proposal.amount"),
        ({"upfront": money(0)}, rp.TermsError, "proposal.amount"),
        ({"upfront": rp.Money(5, "CNY")}, rp.MoneyError, "money.currency"),
        ({"anchor_day": 5}, rp.DateError, "date.anchor"),
        ({"reason": "a\nb"}, rp.TermsError, "text.control"),
        ({"amount": 5}, rp.InputTypeError, "type.wrong"),
        ({"frequency": "monthly"}, rp.InputTypeError, "type.wrong"),
        ({"first_due": "2026-01-01"}, rp.InputTypeError, "date.type"),
    ],
)
def test_what_is_no_proposal_is_refused(
    fields: dict[str, object], error: type[rp.RepayPlanError], code: str
) -> None:
    stated: dict[str, Any] = {"amount": money(5), "first_due": FIRST_DUE, **fields}
    with pytest.raises(error) as caught:
        rp.Proposal(**stated)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("first_due", "code"), [(DATE(2025, 12, 31), "terms.first_due"), (DATE(2027, 1, 2), "plan.first_due")]
)
def test_a_first_date_out_of_the_term_is_refused(first_due: pendulum.Date, code: str) -> None:
    with pytest.raises(rp.DateError) as caught:
        evaluated(50, first_due=first_due)
    assert caught.value.code == code


def test_another_currency_is_refused() -> None:
    foreign = rp.Proposal(rp.Money(5, "CNY"), FIRST_DUE)
    with pytest.raises(rp.MoneyError):
        rp.evaluate(foreign, debt_of(600), able_to_pay(100), plan_rules(12))


def test_a_proposal_shows_nothing_personal() -> None:
    assert repr(rp.Proposal(money(987), FIRST_DUE, reason="ill")) == "<Proposal>"


@pytest.mark.parametrize("units", range(1, 40))
def test_tiny_debts_are_answered_too(units: int) -> None:
    for amount in (1, 2, 3, 7):
        found = evaluated(amount, 5, debt_of(units, interest=units // 2))
        assert (found.offer is None) or (found.counter_offer is None)
        for offer in (found.offer, found.counter_offer):
            if offer is not None:
                assert offer.schedule.highest <= money(5)


def test_a_month_that_allows_nothing_after_the_debt_is_cleared_is_no_trouble() -> None:
    ends = able_to_pay_over_time((AS_OF, 2), (DATE(2026, 3, 1), 0))
    found = evaluated(2, ends, debt_of(1, interest=2))
    assert (found.offer, found.counter_offer) == (None, None)


def test_a_proposal_keeps_the_conventions_of_the_contract() -> None:
    conventions: dict[str, Any] = {
        "day_count": rp.DayCount.ACT_365F,
        "calendar": rp.WeekendCalendar(),
        "rounding": rp.Rounding.HALF_UP,
        "convention": rp.BusinessDayConvention.FOLLOWING,
    }
    debt, proposal = debt_of(100_000, "0.12"), rp.Proposal(money(30_000), FIRST_DUE)
    found = rp.evaluate(proposal, debt, able_to_pay(50_000), plan_rules(12), **conventions)
    assert found.offer is not None
    terms = found.offer.terms
    assert {name: getattr(terms, name) for name in conventions} == conventions
    said: dict[str, Any] = {"on": AS_OF, "contact": "contact-1"}
    proposed = rp.Turn(side=rp.Side.CLIENT, kind=rp.TurnKind.PROPOSAL, proposal=proposal, **said)
    accepted = rp.Turn(side=rp.Side.BANK, kind=rp.TurnKind.ACCEPTANCE, offer=found.offer, **said)
    assert rp.Negotiation(debt, [proposed, accepted]).agreed == found.offer


def test_what_is_paid_up_front_leaves_the_rest_of_its_month() -> None:
    start = pendulum.date(2026, 1, 31)
    proposal = rp.Proposal(money(80), first_due=start, upfront=money(60))
    counter = rp.evaluate(proposal, debt_of(500), able_to_pay(100), plan_rules(12)).counter_offer
    assert counter is not None
    assert counter.terms.upfront == money(60)
    assert asked(counter)[0] == 40
