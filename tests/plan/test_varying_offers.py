"""Offers where capacity changes: each installment within its own month."""

from __future__ import annotations

from typing import Any

import attrs
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
    offers_of,
    plan_rules,
    refusal_of,
)

DATE = pendulum.date
JUNE, SEPTEMBER = DATE(2026, 6, 1), DATE(2026, 9, 1)


def proposed(
    units: int,
    affordability: rp.Affordability,
    months: int = 12,
    **options: Any,  # noqa: ANN401  # by name
) -> rp.Offers | rp.NoAffordablePlan:
    return rp.propose(debt_of(units), affordability, rules=plan_rules(months), first_due=FIRST_DUE, **options)


def asked(offer: rp.Offer) -> list[int]:
    return [row.amount.minor_units for row in offer.schedule]


def test_as_capacity_rises_so_does_the_shortest_plan() -> None:
    offers = offers_of(proposed(1_000, able_to_pay_over_time((AS_OF, 100), (JUNE, 300))))
    assert [offer.name for offer in offers] == ["gentlest", "balanced", "rising"]
    assert asked(offers[0]) == [84] * 11 + [76]
    assert asked(offers[-1]) == [100] * 4 + [300, 300]
    assert "rise as more can be paid" in offers[-1].rationale


def test_as_capacity_falls_so_does_a_plan() -> None:
    offers = offers_of(proposed(1_000, able_to_pay_over_time((AS_OF, 200), (JUNE, 30))))
    assert [asked(offer) for offer in offers] == [[190] * 4 + [30] * 8, [198] * 4 + [30] * 6 + [28]]
    assert {offer.name for offer in offers} == {"gentlest", "shortest"}  # where none is level, by place alone


def test_a_month_in_which_nothing_can_be_paid_has_no_installment() -> None:
    gap = able_to_pay_over_time((AS_OF, 100), (JUNE, 0), (SEPTEMBER, 100))
    offers = offers_of(proposed(600, gap))
    for offer in offers:
        months = {row.scheduled_for.month for row in offer.schedule}
        assert not months & {6, 7, 8}
    assert [row.scheduled_for for row in offers[-1].schedule][4:6] == [DATE(2026, 9, 1), DATE(2026, 10, 1)]


def test_a_plan_begins_when_there_is_something_to_pay_from() -> None:
    offers = offers_of(proposed(600, able_to_pay_over_time((AS_OF, 0), (JUNE, 200))))
    assert {offer.schedule.due[0] for offer in offers} == {JUNE}
    assert {drop.candidate.shape for drop in offers.dropped} == {rp.Shape.DEFERRED}
    assert asked(offers[-1]) == [200, 200, 200]
    assert offers[0].terms.frequency == rp.Frequency.MONTHLY


def test_a_deferral_keeps_the_anchor_of_the_first_date() -> None:
    offers = offers_of(
        rp.propose(
            debt_of(600),
            able_to_pay_over_time((AS_OF, 0), (DATE(2026, 2, 1), 0), (DATE(2026, 4, 1), 200)),
            rules=plan_rules(12),
            first_due=DATE(2026, 1, 31),
        )
    )
    assert [day.day for day in offers[-1].schedule.due] == [30, 31, 30]


def test_where_the_first_start_fails_a_later_one_is_tried() -> None:
    # The first installment asks for the interest of 50 owed at the start, which only June allows.
    later = able_to_pay_over_time((AS_OF, 40), (JUNE, 200))
    first = rp.CarriedTreatments(interest=rp.CarriedTreatment.FIRST)
    debt = attrs.evolve(debt_of(600, "0.12"), interest=money(50))
    offers = offers_of(rp.propose(debt, later, rules=plan_rules(12), first_due=FIRST_DUE, carried=first))
    assert offers[0].schedule.due[0] == JUNE
    assert {offer.name for offer in offers} <= {"gentlest", "balanced", "shortest", "lighter", "faster"}


def test_capacity_that_ends_before_the_debt_does_is_an_answer() -> None:
    ends = able_to_pay_over_time((AS_OF, 100), (JUNE, 0))
    assert isinstance(proposed(400, ends), rp.Offers)
    refusal = refusal_of(proposed(401, ends))
    assert [step.kind for step in refusal.next_steps][2:] == [rp.NextStepKind.FORGIVE_PRINCIPAL]
    assert refusal.next_steps[2].offer is not None
    assert refusal.next_steps[2].offer.schedule.total == money(400)


@pytest.mark.parametrize("units", [0, 1])
def test_no_capacity_at_all_is_an_answer(units: int) -> None:
    refusal = refusal_of(proposed(10**6, able_to_pay(units)))
    assert [step.kind.value for step in refusal.next_steps][:2] == ["hold", "free advice"]


def test_several_frequencies_and_treatments_are_searched_together() -> None:
    debt = debt_of(60_000, "0.12", interest=1_200)
    treatments = [rp.CarriedTreatments(interest=rp.CarriedTreatment(name)) for name in ("spread", "first")]
    offers = offers_of(
        rp.propose(
            debt,
            able_to_pay(9_000),
            rules=plan_rules(24),
            first_due=FIRST_DUE,
            frequency=[rp.Frequency.MONTHLY, rp.Frequency.FORTNIGHTLY],
            carried=treatments,
        )
    )
    looked_at = [drop.candidate for drop in offers.dropped]
    assert {candidate.frequency for candidate in looked_at} == {
        rp.Frequency.MONTHLY,
        rp.Frequency.FORTNIGHTLY,
    }
    assert {candidate.carried for candidate in looked_at} == set(treatments)


@pytest.mark.parametrize("choices", [[], [rp.Frequency.MONTHLY] * 7])
def test_no_choice_and_too_many_are_refused(choices: list[rp.Frequency]) -> None:
    with pytest.raises(rp.TermsError):
        proposed(600, able_to_pay(100), frequency=choices)


def test_choices_multiply() -> None:
    spread = rp.CarriedTreatments()
    with pytest.raises(rp.TermsError) as caught:
        proposed(600, able_to_pay(100), frequency=[rp.Frequency.MONTHLY] * 3, carried=[spread] * 3)
    assert caught.value.code == "propose.choices"


def test_dates_that_follow_pay_days_are_kept_to() -> None:
    days = rp.due_dates_after_payday(
        DATE(2026, 1, 25), rp.Frequency.MONTHLY, 12, business_days=2, calendar=rp.WeekendCalendar()
    )
    offers = offers_of(
        rp.propose(
            debt_of(600),
            able_to_pay(100),
            rules=plan_rules(12),
            first_due=days[0],
            frequency=rp.Frequency.on_dates(days),
        )
    )
    for offer in offers:
        assert list(offer.schedule.due) == list(days[: len(offer.schedule)])


def test_listed_dates_may_begin_later_too() -> None:
    days = [DATE(2026, month, 15) for month in range(2, 13)]
    offers = offers_of(
        rp.propose(
            debt_of(600),
            able_to_pay_over_time((AS_OF, 0), (JUNE, 200)),
            rules=plan_rules(12),
            first_due=days[0],
            frequency=rp.Frequency.on_dates(days),
        )
    )
    assert offers[-1].schedule.due == (DATE(2026, 6, 15), DATE(2026, 7, 15), DATE(2026, 8, 15))


def test_offers_on_a_budget_without_essentials_are_provisional() -> None:
    offers = offers_of(proposed(600, able_to_pay(100)))
    assert all(offer.provisional for offer in offers)
    with pytest.raises(rp.InputTypeError):
        rp.Offer("x", offers[0].debt, offers[0].certificate, offers[0].rules, "yes")  # type: ignore[arg-type]


# --- concessions that the rules add


def rules(**changes: Any) -> rp.PlanRules:  # noqa: ANN401  # by name
    return attrs.evolve(plan_rules(12), **changes)


def months(count: int) -> rp.Limit[int]:
    return rp.Limit(count, plan_rules().max_months.citation)


def next_steps(
    units: int, capacity: int, stated: rp.PlanRules, rate: str = "0"
) -> dict[rp.NextStepKind, rp.NextStep]:
    outcome = rp.propose(debt_of(units, rate), able_to_pay(capacity), rules=stated, first_due=FIRST_DUE)
    return {step.kind: step for step in refusal_of(outcome).next_steps[2:]}


def test_a_longer_term_is_as_long_as_it_takes() -> None:
    found = next_steps(1_500, 100, rules(extended_months=months(60)))
    longer = found[rp.NextStepKind.LONGER_TERM]
    assert longer.text == "Allow 15 months instead of 12."
    assert longer.offer is not None
    assert len(longer.offer.schedule) == 15
    assert longer.offer.rules.max_months.value == 60
    assert longer.forgone == money(0)


def test_a_longer_term_that_is_not_long_enough_is_no_help() -> None:
    assert rp.NextStepKind.LONGER_TERM not in next_steps(1_500, 100, rules(extended_months=months(14)))


def test_no_interest_helps_where_the_rules_know_no_lower_rate() -> None:
    order = rp.Limit((rp.NextStepKind.NO_INTEREST,), plan_rules().max_months.citation)
    (step,) = next_steps(1_200, 100, rules(concessions=order), "0.12").values()
    assert step.kind is rp.NextStepKind.NO_INTEREST
    assert step.offer is not None
    assert step.offer.cost.interest == money(0)


def test_the_order_is_that_of_the_rules() -> None:
    kinds = (rp.NextStepKind.FORGIVE_PRINCIPAL, rp.NextStepKind.TOKEN_PAYMENTS)
    order = rp.Limit(kinds, plan_rules().max_months.citation)
    found = next_steps(5_000, 100, rules(concessions=order, token_months=months(6)))
    assert tuple(found) == kinds


def test_token_payments_leave_the_rest_for_a_review() -> None:
    found = next_steps(5_000, 100, rules(token_months=months(6)), "0.24")
    token = found[rp.NextStepKind.TOKEN_PAYMENTS]
    assert token.forgone is None
    assert token.offer is not None
    assert asked(token.offer) == [100] * 6
    assert token.offer.schedule.residual == money(4_400)
    assert token.offer.terms.review_on == DATE(2026, 7, 1)
    assert token.offer.rationale.endswith("44.00 EUR of principal is left for the review on 2026-07-01")


def test_token_payments_need_something_to_pay_from_until_the_review() -> None:
    stated = rules(token_months=months(6))
    ends = able_to_pay_over_time((AS_OF, 100), (DATE(2026, 4, 1), 0))
    refusal = refusal_of(rp.propose(debt_of(5_000), ends, rules=stated, first_due=FIRST_DUE))
    token = [step for step in refusal.next_steps if step.kind is rp.NextStepKind.TOKEN_PAYMENTS]
    assert [step.offer.schedule.total for step in token if step.offer is not None] == [money(200)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"concessions": (rp.NextStepKind.HOLD,)}, "rules.concessions"),
        ({"concessions": (rp.NextStepKind.LOWER_RATE,) * 2}, "rules.concessions"),
        ({"extended_months": 12}, "count.range"),
        ({"token_months": 0}, "count.range"),
    ],
)
def test_rules_that_are_none_are_refused(changes: dict[str, object], code: str) -> None:
    citation = plan_rules().max_months.citation
    with pytest.raises(rp.PolicyError) as caught:
        rules(**{field: rp.Limit(value, citation) for field, value in changes.items()})
    assert caught.value.code == code


def test_what_rounding_takes_above_the_limit_is_found_by_the_limit_itself() -> None:
    # 16.43 and a penalty of 0.39 in two months are 8.41 each; half of 16.43 rounds to 8.22: 8.42 is too much.
    debt = attrs.evolve(debt_of(1_643), penalties=money(39))
    offers = offers_of(rp.propose(debt, able_to_pay(841), rules=plan_rules(2), first_due=FIRST_DUE))
    assert [asked(offer) for offer in offers] == [[841, 841]]
    assert offers[0].schedule.principals == (821, 822)
    found = rp.evaluate(rp.Proposal(money(841), FIRST_DUE), debt, able_to_pay(841), plan_rules(2))
    assert found.offer is not None
    assert asked(found.offer) == [841, 841]


def test_token_payments_are_reviewed_within_the_longest_term() -> None:
    order = rp.Limit((rp.NextStepKind.TOKEN_PAYMENTS,), plan_rules().max_months.citation)
    at_most = attrs.evolve(months(3), comparison=rp.Comparison.AT_MOST)
    (token,) = next_steps(
        400, 100, rules(concessions=order, token_months=months(6), max_months=at_most)
    ).values()
    assert token.offer is not None
    assert asked(token.offer) == [100] * 3
    assert token.offer.schedule.residual == money(100)


def test_token_payments_wait_for_a_first_due_date_within_the_review() -> None:
    order = rp.Limit((rp.NextStepKind.TOKEN_PAYMENTS,), plan_rules().max_months.citation)
    stated = rules(concessions=order, token_months=months(2))
    refusal = refusal_of(
        rp.propose(debt_of(5_000), able_to_pay(100), rules=stated, first_due=DATE(2026, 6, 1))
    )
    assert len(refusal.next_steps) == 2


def test_token_payments_do_not_move_out_of_the_longest_term() -> None:
    # 1 March 2026 is a Sunday, and the longest term ends with it.
    order = rp.Limit((rp.NextStepKind.TOKEN_PAYMENTS,), plan_rules().max_months.citation)
    at_most = attrs.evolve(months(2), comparison=rp.Comparison.AT_MOST)
    stated = rules(concessions=order, token_months=months(2), max_months=at_most)
    refusal = refusal_of(
        rp.propose(
            debt_of(5_000),
            able_to_pay(100),
            rules=stated,
            first_due=FIRST_DUE,
            calendar=rp.WeekendCalendar(),
        )
    )
    assert len(refusal.next_steps) == 2


def test_a_plan_may_begin_when_more_can_be_paid_after_a_month_of_nothing() -> None:
    # 50.00 of interest owed come with the first installment: February is too little, March allows nothing.
    affordability = able_to_pay_over_time((AS_OF, 500), (DATE(2026, 3, 1), 0), (DATE(2026, 4, 1), 30_000))
    debt = attrs.evolve(debt_of(100_000, "0.18"), interest=money(5_000))
    first = rp.CarriedTreatments(interest=rp.CarriedTreatment.FIRST)
    found = rp.propose(debt, affordability, rules=plan_rules(12), first_due=FIRST_DUE, carried=first)
    assert {offer.schedule.due[0] for offer in offers_of(found)} == {DATE(2026, 4, 1)}


@pytest.mark.parametrize("units", [0, 1, 1_000, 14_999, 15_000, 15_001, 60_000])
def test_a_month_below_the_interest_leaves_a_choice_whatever_it_allows(units: int) -> None:
    # Interest is 150.00 a month; January of every year allows less than that, or a little more.
    steps = [(AS_OF, 60_000)]
    for year in range(2027, 2032):
        steps += [(DATE(year, 1, 1), units), (DATE(year, 2, 1), 60_000)]
    found = rp.propose(
        debt_of(1_000_000, "0.18"), able_to_pay_over_time(*steps), rules=plan_rules(), first_due=FIRST_DUE
    )
    offers = offers_of(found)
    assert len(offers) >= 3
    assert max(asked(offers[0])) < 30_000
    january = [row.amount.minor_units for row in offers[0].schedule if row.due_on.month == 1]
    assert all(amount <= units for amount in january)


def test_what_a_low_month_leaves_of_the_interest_is_asked_for_next_and_bears_none() -> None:
    little = able_to_pay_over_time((AS_OF, 1_000), (DATE(2026, 3, 1), 60_000))
    found = rp.propose(debt_of(1_000_000, "0.18"), little, rules=plan_rules(), first_due=FIRST_DUE)
    first, second, third = offers_of(found)[0].schedule[:3]
    assert (first.interest, first.accrued, first.principal) == (money(1_000), money(15_000), money(0))
    assert (second.opening, second.accrued, second.interest) == (
        money(1_000_000),
        money(15_000),
        second.amount,
    )
    assert second.interest + third.interest == money(44_000)


@pytest.mark.parametrize("months", [3, 4, 12, 24])
@pytest.mark.parametrize("first", [AS_OF, DATE(2026, 7, 1)])
def test_a_gap_of_many_months_leaves_a_choice(first: pendulum.Date, months: int) -> None:
    able = able_to_pay_over_time(
        (first.subtract(days=1), 60_000), (first, 0), (first.add(months=months), 60_000)
    )
    found = rp.propose(debt_of(1_000_000, "0.18"), able, rules=plan_rules(), first_due=FIRST_DUE)
    offers = offers_of(found)
    assert len(offers) >= 2
    assert max(asked(offers[0])) < 60_000


def test_a_weekly_plan_that_leaves_out_a_month_keeps_to_a_weeks_part_of_the_others() -> None:
    gap = able_to_pay_over_time((AS_OF, 52_000), (DATE(2026, 3, 1), 0), (DATE(2026, 4, 1), 52_000))
    offers = offers_of(proposed(200_000, gap, frequency=rp.Frequency.WEEKLY))
    for offer in offers:
        assert max(asked(offer)) <= 12_000  # 520.00 * 12 / 52
        assert offer.certificate.frequency == rp.Frequency.WEEKLY
        assert offer.certificate.lines[0].capacity == money(12_000)
    months = {row.scheduled_for.month for row in offers[-1].schedule}
    assert 3 not in months
    assert 4 in months
