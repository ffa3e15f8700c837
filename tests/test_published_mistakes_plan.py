"""A mistake that others published: the last installment above capacity though the first is below.

A level payment is rounded once, and the last installment clears what the roundings left. Where they left
too little repaid, the last one is the highest, and a check of the first row alone would offer what cannot
be paid.
"""

from __future__ import annotations

import pytest

import repayplan as rp
from tests.plan import FIRST_DUE, able_to_pay, debt_of, money, offers_of, plan_rules


def schedule_of(debt: rp.Debt, count: int, rounding: rp.Rounding) -> rp.Schedule:
    return rp.build_schedule(
        rp.Terms(
            principal=debt.principal,
            rate=debt.rate,
            starts_on=debt.as_of,
            first_due=FIRST_DUE,
            repayment=rp.LevelPayment(count),
            rounding=rounding,
        )
    )


CASES = [
    # 10,000 at 12 % in 3 (Apache Fineract's example): 3400.22, 3400.22 and 3400.23.
    (debt_of(1_000_000, "0.12"), 3, rp.Rounding.HALF_EVEN, 340_022, 340_023),
    # 100 at no interest in 3: 33.33, 33.33 and 33.34.
    (debt_of(10_000), 3, rp.Rounding.HALF_EVEN, 3_333, 3_334),
    # Rounded down over five years, the pennies gather: 59 x 1.66 leave 2.06.
    (debt_of(10_000), 60, rp.Rounding.DOWN, 166, 206),
    (debt_of(100, currency=rp.Currency.of("JPY")), 3, rp.Rounding.HALF_EVEN, 33, 34),
]


@pytest.mark.parametrize(("debt", "count", "rounding", "level", "last"), CASES)
def test_the_last_installment_can_be_the_highest(
    debt: rp.Debt, count: int, rounding: rp.Rounding, level: int, last: int
) -> None:
    amounts = [row.amount.minor_units for row in schedule_of(debt, count, rounding)]
    assert amounts == [level] * (count - 1) + [last]


@pytest.mark.parametrize(("debt", "count", "rounding", "level", "last"), CASES)
def test_a_plan_is_not_offered_whose_last_installment_is_above_capacity(
    debt: rp.Debt, count: int, rounding: rp.Rounding, level: int, last: int
) -> None:
    for capacity in range(level, last):
        outcome = rp.propose(
            debt,
            able_to_pay(capacity, debt.currency),
            rules=plan_rules(count),
            first_due=FIRST_DUE,
            rounding=rounding,
        )
        if isinstance(outcome, rp.Offers):  # a shorter plan may fit, or one that rounds its installments up
            assert all(drop.candidate.highest.minor_units <= capacity for drop in outcome.dropped)
            assert all(offer.schedule.highest.minor_units <= capacity for offer in outcome)


@pytest.mark.parametrize(("debt", "count", "rounding", "level", "last"), CASES)
def test_the_same_plan_is_offered_or_beaten_once_capacity_reaches_the_last_installment(
    debt: rp.Debt, count: int, rounding: rp.Rounding, level: int, last: int
) -> None:
    offers = offers_of(
        rp.propose(
            debt,
            able_to_pay(last, debt.currency),
            rules=plan_rules(count),
            first_due=FIRST_DUE,
            rounding=rounding,
        )
    )
    looked_at = [len(offer.schedule) for offer in offers]
    looked_at += [drop.candidate.installments for drop in offers.dropped]
    assert count in looked_at
    assert level < last


def test_fineracts_three_installments_are_refused_for_a_cent() -> None:
    debt, three = debt_of(1_000_000, "0.12"), plan_rules(3)
    refused = rp.propose(debt, able_to_pay(340_022), rules=three, first_due=FIRST_DUE)
    assert isinstance(refused, rp.NoAffordablePlan)
    finding = refused.findings[-1]
    assert (finding.rule, finding.passed) == ("gentlest_within_capacity", False)
    assert (finding.observed, finding.limit) == (money(340_023), money(340_022))
    (offer,) = offers_of(rp.propose(debt, able_to_pay(340_023), rules=three, first_due=FIRST_DUE))
    assert [row.amount for row in offer.schedule] == [money(340_023), money(340_023), money(340_021)]


def test_carried_parts_count_against_capacity_too() -> None:
    # 100 and 2 of fees in 3: the first two installments get the fees' larger parts.
    debt, three = debt_of(9_999, fees=2), plan_rules(3)
    assert isinstance(
        rp.propose(debt, able_to_pay(3_333), rules=three, first_due=FIRST_DUE), rp.NoAffordablePlan
    )
    (offer,) = offers_of(rp.propose(debt, able_to_pay(3_334), rules=three, first_due=FIRST_DUE))
    assert [row.amount for row in offer.schedule] == [money(3_334), money(3_334), money(3_333)]
