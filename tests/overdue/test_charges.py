"""Late charges: what makes a rule, what it proposes, and which recorded charges are not justified."""

from __future__ import annotations

import datetime
import pickle
from fractions import Fraction
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.charge_proposals import ChargeProposal, LateCharges
from repayplan.overdue.charge_rules import LateChargeRule, LateInterestRule, LateRule, ReturnedPaymentRule
from repayplan.overdue.charges import late_charges
from repayplan.overdue.orders import CN_CREDIT_CARD
from tests.overdue import (
    DATE,
    FEES,
    FIRST,
    HOUSE,
    INTEREST,
    PENALTIES,
    PRINCIPAL,
    Wrong,
    bearing,
    days,
    money,
    overdue_rules,
    pay,
    plain,
)

FEE = LateChargeRule(
    name="late fee", component=FEES, after_days=days(10), fixed=rp.Limit(money(2_000), HOUSE)
)
SHARE = LateChargeRule(
    name="penalty", component=PENALTIES, after_days=days(1), share=rp.Limit(Fraction(1, 20), HOUSE)
)
DAILY = LateInterestRule(
    name="late interest", rate=rp.Rate.daily("0.001"), day_count=rp.DayCount.ACT_365F, citation=HOUSE
)
RETURNED = ReturnedPaymentRule(name="returned", component=FEES, fixed=rp.Limit(money(500), HOUSE))
WEEKENDS = rp.WeekendCalendar()


def charged(
    payments: list[rp.Payment],
    as_of: datetime.date,
    *rules: LateRule,
    schedule: rp.Schedule | None = None,
    overdue: rp.OverdueRules | None = None,
    **more: Wrong,
) -> LateCharges:
    plan, judged = schedule or plain(), overdue or overdue_rules()
    return late_charges(plan, payments, as_of, rules=rules, overdue_rules=judged, **more)


def proposed(found: LateCharges) -> list[tuple[int, int, datetime.date]]:
    return [(one.installment, one.amount.minor_units, one.on) for one in found.due]


def reasons(found: LateCharges) -> list[tuple[str, object]]:
    return [(finding.rule, finding.observed) for finding in found.findings[1:]]


def held(first: datetime.date, last: datetime.date | None, *effects: rp.HoldEffect, **more: Wrong) -> rp.Hold:
    return rp.Hold("h1", rp.HoldKind.BREATHING_SPACE, effects, first, last, **more)


def failed(name: str, units: int, received: datetime.date, returned: datetime.date) -> rp.Payment:
    return pay(name, units, received, recorded_on=returned, status=rp.PaymentStatus.FAILED)


# ------------------------------------------------------------------------------------------ amounts, once


def test_an_installment_is_charged_once_on_the_day_on_which_it_is_late_enough() -> None:
    for as_of, expected in (
        (DATE(2026, 2, 10), []),
        (DATE(2026, 2, 11), [(1, 2_000, DATE(2026, 2, 11))]),
        (DATE(2026, 3, 10), [(1, 2_000, DATE(2026, 2, 11))]),
        (DATE(2026, 3, 11), [(1, 2_000, DATE(2026, 2, 11)), (2, 2_000, DATE(2026, 3, 11))]),
    ):
        assert proposed(charged([], as_of, FEE)) == expected


def test_what_is_paid_by_the_end_of_the_day_is_not_missed() -> None:
    for on, expected in ((11, []), (12, [(1, 2_000, DATE(2026, 2, 11))])):
        found = charged([pay("p1", 10_000, DATE(2026, 2, on))], DATE(2026, 2, 28), FEE)
        assert proposed(found) == expected


def test_a_share_is_of_what_was_missed_and_rounded_as_the_schedule_rounds() -> None:
    payment = pay("p1", 10, FIRST)
    for rounding, expected in ((rp.Rounding.HALF_EVEN, 500), (rp.Rounding.DOWN, 499)):
        found = charged([payment], DATE(2026, 2, 2), SHARE, schedule=plain(rounding=rounding))
        assert proposed(found) == [(1, expected, DATE(2026, 2, 2))]


def test_a_least_amount_and_a_cap_by_what_was_missed() -> None:
    least = attrs.evolve(SHARE, least=money(1_000))
    uncapped = attrs.evolve(least, capped_by_missed=False)
    for paid, rule, expected in (
        (9_000, least, 1_000),
        (9_400, least, 600),
        (9_400, uncapped, 1_000),
        (9_400, SHARE, 30),
    ):
        found = charged([pay("p1", paid, FIRST)], DATE(2026, 2, 2), rule)
        assert [one.amount for one in found.due] == [money(expected)]


def test_nothing_is_charged_that_rounds_to_nothing() -> None:
    found = charged([pay("p1", 9_995, FIRST)], DATE(2026, 2, 2), SHARE)
    assert not found.due


def test_a_charge_waits_until_the_grace_is_over() -> None:
    for rules, expected in (
        (overdue_rules(grace_days=days(9)), DATE(2026, 2, 11)),
        (overdue_rules(grace_days=days(14)), DATE(2026, 2, 16)),
        # 1 February 2026 is a Sunday: the tenth business day after it is the 13th
        (overdue_rules(grace_days=days(10), grace_calendar=WEEKENDS), DATE(2026, 2, 14)),
        (overdue_rules(counted_days=WEEKENDS), DATE(2026, 2, 13)),
    ):
        assert [one.on for one in charged([], DATE(2026, 2, 28), FEE, overdue=rules).due] == [expected]
    in_grace = overdue_rules(grace_days=days(30), grace_calendar=WEEKENDS)
    assert not charged([], DATE(2026, 2, 28), FEE, overdue=in_grace).due


def test_a_tolerated_shortfall_is_no_ground() -> None:
    tolerant = overdue_rules(tolerance=rp.Tolerance(money(100), Fraction(0)))
    for paid, count in ((9_899, 1), (9_900, 0)):
        found = charged([pay("p1", paid, FIRST)], DATE(2026, 2, 28), FEE, overdue=tolerant)
        assert len(found.due) == count


def test_who_pays_the_own_amount_of_each_month_is_charged_for_one_missed_month_alone() -> None:
    payments = [pay(f"p{month}", 10_000, DATE(2026, month, 1)) for month in (3, 4)]
    found = charged(payments, DATE(2026, 6, 1), FEE)
    assert proposed(found) == [(1, 2_000, DATE(2026, 2, 11))]
    assert reasons(found) == [
        ("no_charge_where_own_amount_is_paid", 2),
        ("no_charge_where_own_amount_is_paid", 3),
    ]


def test_what_is_paid_late_for_one_installment_does_not_count_for_the_next() -> None:
    found = charged([pay("p1", 10_000, DATE(2026, 2, 5))], DATE(2026, 3, 20), FEE)
    assert proposed(found) == [(2, 2_000, DATE(2026, 3, 11))]


def test_an_upfront_payment_can_be_late_too() -> None:
    found = charged([], DATE(2026, 1, 20), FEE, schedule=plain(upfront=money(5_000)))
    assert proposed(found) == [(0, 2_000, DATE(2026, 1, 11))]


def test_of_two_rules_the_earlier_event_is_charged_and_then_the_first_rule() -> None:
    other = attrs.evolve(FEE, name="other", fixed=rp.Limit(money(700), HOUSE))
    assert [one.rule for one in charged([], DATE(2026, 2, 28), FEE, other).due] == [FEE]
    assert [one.rule for one in charged([], DATE(2026, 2, 28), other, FEE).due] == [other]
    assert [one.rule for one in charged([], DATE(2026, 2, 28), FEE, SHARE).due] == [SHARE]
    kept = charged([], DATE(2026, 2, 11), FEE).due[0].to_charge()
    found = charged([], DATE(2026, 2, 28), SHARE, FEE, charges=[kept])
    assert (found.due, found.to_withdraw) == ((), ())


def test_a_rule_charges_within_its_own_days() -> None:
    for first, last, expected in (
        (datetime.date(2026, 3, 11), None, [2]),
        (datetime.date(2026, 3, 12), None, []),
        (None, datetime.date(2026, 2, 11), [1]),
        (None, datetime.date(2026, 2, 10), []),
    ):
        found = charged([], DATE(2026, 3, 31), attrs.evolve(FEE, first_day=first, last_day=last))
        assert [one.installment for one in found.due] == expected
        assert reasons(found) == []


# ------------------------------------------------------------------------------------------ what stops


@pytest.mark.parametrize(
    ("first", "last", "count"), [(11, 11, 0), (10, 12, 0), (2, 10, 1), (12, 28, 1), (11, None, 0)]
)
def test_nothing_is_charged_on_a_day_on_which_fees_stop(first: int, last: int | None, count: int) -> None:
    days_held = DATE(2026, 2, first), None if last is None else DATE(2026, 2, last)
    found = charged([], DATE(2026, 3, 1), FEE, holds=[held(*days_held, rp.HoldEffect.FEES_STOP)])
    assert len(found.due) == count
    assert reasons(found) == [("no_charge_while_fees_stop", 1)] * (1 - count)


@pytest.mark.parametrize(("first", "last", "count"), [(1, 11, 0), (11, None, 0), (1, 10, 1), (12, 20, 1)])
def test_nothing_is_charged_while_the_arrangement_is_kept(first: int, last: int | None, count: int) -> None:
    span = DATE(2026, 2, first), None if last is None else DATE(2026, 2, last)
    found = charged([], DATE(2026, 3, 1), FEE, kept_spans=[span], known_on=DATE(2026, 3, 1))
    assert len(found.due) == count
    assert reasons(found) == [("no_charge_while_kept", 1)] * (1 - count)


def test_only_holds_that_are_known_protect_the_debtor_and_name_the_effect_count() -> None:
    all_month = DATE(2026, 2, 1), DATE(2026, 2, 28)
    mine = held(*all_month, rp.HoldEffect.FEES_STOP, debtor="a", recorded_on=DATE(2026, 2, 20))
    for hold, known_on, debtor, count in (
        (mine, None, "a", 0),
        (mine, None, "b", 1),
        (mine, DATE(2026, 2, 19), "a", 1),
        (held(*all_month, rp.HoldEffect.INTEREST_STOPS), None, "a", 1),
    ):
        found = charged([], DATE(2026, 3, 1), FEE, holds=[hold], known_on=known_on, debtor=debtor)
        assert len(found.due) == count


def test_days_that_are_not_counted_put_the_charge_off() -> None:
    hold = held(DATE(2026, 2, 5), DATE(2026, 2, 9), rp.HoldEffect.PLAN_DAYS_STOP)
    assert proposed(charged([], DATE(2026, 2, 28), FEE, holds=[hold])) == [(1, 2_000, DATE(2026, 2, 16))]
    assert not charged([], DATE(2026, 2, 15), FEE, holds=[hold]).due


# ------------------------------------------------------------------------------------------ recorded charges


def test_an_accepted_proposal_is_not_proposed_again() -> None:
    proposal = charged([], DATE(2026, 2, 11), FEE).due[0]
    charge = proposal.to_charge(datetime.date(2026, 2, 12))
    assert charge == rp.Charge(
        "late fee:1", money(2_000), 1, FEES, DATE(2026, 2, 11), recorded_on=DATE(2026, 2, 12)
    )
    assert proposal.to_charge().recorded == DATE(2026, 2, 11)
    found = charged([], DATE(2026, 2, 28), FEE, charges=[charge])
    assert (found.due, found.to_withdraw) == ((), ())
    assert found.findings == (rp.Finding("recorded_charges_justified", passed=True, observed=(), limit=()),)
    assert charged([], DATE(2026, 2, 28), FEE, charges=[charge], known_on=DATE(2026, 2, 11)).due


def test_a_backdated_payment_takes_away_the_ground_of_a_charge() -> None:
    charge = charged([], DATE(2026, 2, 11), FEE).due[0].to_charge()
    late = pay("p1", 10_000, DATE(2026, 2, 20), effective_on=DATE(2026, 2, 1))
    found = charged([late], DATE(2026, 2, 28), FEE, charges=[charge])
    assert found.to_withdraw == (charge,)
    assert not found.findings[0].passed
    before = charged([late], DATE(2026, 2, 28), FEE, charges=[charge], known_on=DATE(2026, 2, 19))
    assert before.to_withdraw == ()


def test_a_reversal_gives_the_ground_back() -> None:
    payments = [pay("p1", 10_000, FIRST), pay("p2", 10_000, DATE(2026, 2, 20), reverses="p1")]
    assert proposed(charged(payments, DATE(2026, 2, 28), FEE)) == [(1, 2_000, DATE(2026, 2, 11))]


def test_a_charge_that_is_too_high_too_soon_or_for_another_installment_is_withdrawn() -> None:
    good = charged([], DATE(2026, 2, 11), FEE).due[0].to_charge()
    for changes, is_kept in (
        ({}, True),
        ({"amount": money(1)}, True),
        ({"charged_on": DATE(2026, 2, 20)}, True),
        ({"amount": money(2_001)}, False),
        ({"charged_on": DATE(2026, 2, 10)}, False),
        ({"installment": 2}, False),
        ({"id": "late fee:x"}, False),
    ):
        charge = attrs.evolve(good, **changes)
        found = charged([], DATE(2026, 2, 28), FEE, charges=[charge])
        assert found.to_withdraw == (() if is_kept else (charge,))
        assert len(found.due) == (0 if is_kept else 1)


def test_charges_of_other_rules_are_left_alone_and_are_no_ground() -> None:
    other = rp.Charge("by hand", money(9_999), 1, FEES, DATE(2026, 2, 2))
    payment = pay("p1", 10_000, FIRST)
    found = charged([payment], DATE(2026, 2, 28), FEE, SHARE, DAILY, charges=[other])
    assert (found.due, found.to_withdraw) == ((), ())
    unpaid = charged([], DATE(2026, 2, 11), DAILY, charges=[other])
    assert unpaid.due == charged([], DATE(2026, 2, 11), DAILY).due


# ------------------------------------------------------------------------------------------ returned payments


def test_a_returned_payment_is_charged_to_the_installment_due_before() -> None:
    payment = failed("p1", 3_000, DATE(2026, 3, 1), DATE(2026, 3, 4))
    paid = pay("p2", 20_000, FIRST)
    assert not charged([paid, payment], DATE(2026, 3, 3), RETURNED).due
    assert proposed(charged([paid, payment], DATE(2026, 3, 4), RETURNED)) == [(2, 500, DATE(2026, 3, 4))]
    assert not charged([payment], DATE(2026, 3, 9), RETURNED, known_on=DATE(2026, 3, 3)).due
    small = attrs.evolve(RETURNED, fixed=rp.Limit(money(20_000), HOUSE))
    assert [one.amount for one in charged([payment], DATE(2026, 3, 9), small).due] == [money(10_000)]


def test_a_payment_that_is_tried_again_is_charged_once() -> None:
    first = failed("p1", 3_000, DATE(2026, 2, 20), DATE(2026, 2, 22))
    again = failed("p2", 3_000, DATE(2026, 2, 20), DATE(2026, 3, 5))
    another = failed("p3", 3_000, DATE(2026, 3, 3), DATE(2026, 3, 6))
    assert proposed(charged([first, again], DATE(2026, 3, 9), RETURNED)) == [(1, 500, DATE(2026, 2, 22))]
    assert [one.installment for one in charged([another, first], DATE(2026, 3, 9), RETURNED).due] == [1, 2]


def test_a_payment_returned_before_anything_was_due_is_not_charged() -> None:
    early = failed("p1", 3_000, DATE(2026, 1, 20), DATE(2026, 2, 1))
    again = failed("p2", 3_000, DATE(2026, 1, 20), DATE(2026, 2, 5))
    assert not charged([early, again], DATE(2026, 3, 9), RETURNED).due


def test_late_and_returned_are_one_event_of_an_installment() -> None:
    payment = failed("p1", 10_000, FIRST, DATE(2026, 2, 4))
    returned = charged([payment], DATE(2026, 2, 5), FEE, RETURNED).due
    assert [one.rule for one in returned] == [RETURNED]
    charge = returned[0].to_charge()
    later = charged([payment], DATE(2026, 2, 28), FEE, RETURNED, charges=[charge])
    assert (later.due, later.to_withdraw) == ((), ())


# ------------------------------------------------------------------------------------------ interest


def test_interest_runs_from_the_day_after_the_due_day() -> None:
    for as_of, expected in ((1, []), (2, [10]), (11, [100]), (28, [270])):
        found = charged([], DATE(2026, 2, as_of), DAILY)
        assert [one.amount.minor_units for one in found.due] == expected
        assert all(one.on == DATE(2026, 2, as_of) for one in found.due)


def test_interest_is_on_what_is_still_past_due_when_a_day_ends() -> None:
    payments = [pay("p1", 4_000, DATE(2026, 2, 6)), pay("p2", 6_000, DATE(2026, 2, 11))]
    # 4 days on 100.00 and 5 on 60.00
    assert proposed(charged(payments, DATE(2026, 2, 28), DAILY)) == [(1, 70, DATE(2026, 2, 28))]


def test_interest_is_rounded_once() -> None:
    payments = [pay(f"p{on}", 1, DATE(2026, 2, on)) for on in range(2, 28)]
    exact = sum(Fraction(10_000 - max(0, min(on, 27) - 1), 1_000) for on in range(2, 29))
    found = charged(payments, DATE(2026, 2, 28), DAILY)
    assert [one.amount.minor_units for one in found.due] == [round(exact)]


@pytest.mark.parametrize(
    ("day_count", "expected"),
    [
        (rp.DayCount.ACT_365F, Fraction(59, 365)),
        (rp.DayCount.ACT_360, Fraction(59, 360)),
        (rp.DayCount.ACT_364, Fraction(59, 364)),
        (rp.DayCount.ACT_ACT_ISDA, Fraction(59, 365)),
        (rp.DayCount.ACT_ACT_YEAR_END, Fraction(59, 365)),
        (rp.DayCount.THIRTY_E_360, Fraction(60, 360)),
    ],
)
def test_a_yearly_rate_goes_by_its_day_count(day_count: rp.DayCount, expected: Fraction) -> None:
    rule = attrs.evolve(DAILY, rate=rp.Rate.annual("0.36"), day_count=day_count)
    found = charged([], DATE(2026, 4, 1), rule, schedule=plain(1))
    assert [one.amount.minor_units for one in found.due] == [round(10_000 * expected * Fraction(36, 100))]
    held_days = held(DATE(2026, 2, 10), DATE(2026, 2, 9 + 10), rp.HoldEffect.INTEREST_STOPS)
    less = charged([], DATE(2026, 4, 1), rule, schedule=plain(1), holds=[held_days])
    part = Fraction(10, 59 if expected.denominator != 6 else 60)
    assert [one.amount.minor_units for one in less.due] == [
        round(10_000 * expected * (1 - part) * Fraction(36, 100))
    ]


def test_days_on_which_interest_stops_or_the_arrangement_is_kept_are_left_out() -> None:
    stop = rp.HoldEffect.INTEREST_STOPS
    for holds, spans, expected in (
        ([held(DATE(2026, 1, 1), DATE(2026, 1, 31), stop)], [], 27),
        ([held(DATE(2026, 1, 1), DATE(2026, 2, 1), stop)], [], 27),
        ([held(DATE(2026, 1, 1), DATE(2026, 2, 2), stop)], [], 26),
        ([held(DATE(2026, 2, 10), DATE(2026, 2, 10), stop)], [], 26),
        ([held(DATE(2026, 2, 28), None, stop)], [], 26),
        ([held(DATE(2026, 3, 1), None, stop)], [], 27),
        ([held(DATE(2026, 2, 2), DATE(2026, 2, 28), rp.HoldEffect.FEES_STOP)], [], 27),
        ([], [(DATE(2026, 2, 5), DATE(2026, 2, 6)), (DATE(2026, 2, 20), None)], 16),
        ([held(DATE(2026, 2, 4), DATE(2026, 2, 6), stop)], [(DATE(2026, 2, 6), DATE(2026, 2, 8))], 22),
    ):
        found = charged([], DATE(2026, 2, 28), DAILY, holds=holds, kept_spans=spans)
        assert [one.amount.minor_units for one in found.due] == [10 * expected]
    through = charged(
        [], DATE(2026, 2, 28), DAILY, holds=[held(DATE(2026, 2, 2), None, rp.HoldEffect.INTEREST_STOPS)]
    )
    assert not through.due


def test_interest_keeps_to_the_days_of_its_rule() -> None:
    for first, last, expected in ((10, None, 190), (None, 10, 90), (5, 6, 20), (1, 28, 270)):
        rule = attrs.evolve(
            DAILY,
            first_day=None if first is None else DATE(2026, 2, first),
            last_day=None if last is None else DATE(2026, 2, last),
        )
        assert [one.amount.minor_units for one in charged([], DATE(2026, 2, 28), rule).due] == [expected]


def test_the_base_is_principal_unless_more_is_stated() -> None:
    # of 103.00, principal is 100.00 and interest 3.00
    schedule, as_of = bearing(), DATE(2026, 2, 11)
    for base, expected in (({PRINCIPAL}, 100), ([PRINCIPAL, INTEREST], 103), ({INTEREST}, 3), ({FEES}, None)):
        rule = attrs.evolve(DAILY, base=base)
        found = charged([], as_of, rule, schedule=schedule)
        assert [one.amount.minor_units for one in found.due] == ([] if expected is None else [expected])


def test_what_is_paid_within_its_grace_bears_no_interest() -> None:
    graceful = overdue_rules(grace_days=days(5))
    for on, expected in ((6, []), (7, []), (8, [60])):
        found = charged([pay("p1", 10_000, DATE(2026, 2, on))], DATE(2026, 2, 28), DAILY, overdue=graceful)
        assert [one.amount.minor_units for one in found.due] == expected
    assert not charged([], DATE(2026, 2, 6), DAILY, overdue=graceful).due


def test_interest_is_never_on_more_than_sums_leave_missing() -> None:
    # Principal comes first from 91 days of the contract on: by the order 3.00 of interest stay open each
    # month, by the sums nothing is missing.
    schedule, contract = bearing(), DATE(2025, 6, 1)
    rules = overdue_rules(order=CN_CREDIT_CARD)
    rule = attrs.evolve(DAILY, base={PRINCIPAL, INTEREST})
    payments = [pay("p1", 10_300, FIRST), pay("p2", 10_200, DATE(2026, 3, 1))]
    kept = charged(
        payments, DATE(2026, 3, 31), rule, schedule=schedule, overdue=rules, contract_due_on=contract
    )
    assert not kept.due
    part = charged(payments[:1], DATE(2026, 3, 11), rule, schedule=schedule, overdue=rules)
    assert proposed(part) == [(2, 102, DATE(2026, 3, 11))]
    filled = [*payments[:1], pay("p2", 4_000, DATE(2026, 3, 6)), pay("p3", 6_200, DATE(2026, 3, 9))]
    later = charged(
        filled, DATE(2026, 3, 31), rule, schedule=schedule, overdue=rules, contract_due_on=contract
    )
    # 4 days on 102.00 and 3 on 62.00, of which the order leaves 3.00 of interest to others
    assert [one.installment for one in later.due] == [2]
    assert later.due[0].amount <= money(round(Fraction(4 * 10_200 + 3 * 6_200, 1_000)))


def test_the_rest_of_the_interest_is_proposed_from_the_next_day_on() -> None:
    first = charged([], DATE(2026, 2, 11), DAILY).due[0]
    assert first.charge_id == "late interest:1:2026-02-11"
    charge = first.to_charge()
    again = charged([], DATE(2026, 2, 11), DAILY, charges=[charge])
    assert (again.due, again.to_withdraw) == ((), ())
    later = charged([], DATE(2026, 2, 28), DAILY, charges=[charge])
    assert proposed(later) == [(1, 170, DATE(2026, 2, 28))]
    assert later.due[0].explanation.to_text().splitlines() == [
        "installment 1, 2026-02-02 to 2026-02-28: past due 100.00 x 27/1000 = 2.70 EUR",
        "late interest: 2.70 EUR",
        "to charge: late interest 2.70 - charged before 1.00 = 1.70 EUR",
    ]


def test_interest_that_is_recorded_beyond_what_has_run_is_withdrawn_the_latest_first() -> None:
    first = charged([], DATE(2026, 2, 11), DAILY).due[0].to_charge()
    second = charged([], DATE(2026, 2, 28), DAILY, charges=[first]).due[0].to_charge()
    paid = pay("p1", 10_000, DATE(2026, 3, 2), effective_on=DATE(2026, 2, 15))
    found = charged([paid], DATE(2026, 2, 28), DAILY, charges=[second, first])
    assert found.to_withdraw == (second,)
    assert proposed(found) == [(1, 30, DATE(2026, 2, 28))]
    sooner = attrs.evolve(paid, effective_on=FIRST)
    assert charged([sooner], DATE(2026, 2, 28), DAILY, charges=[second, first]).to_withdraw == (second, first)


def test_interest_on_every_late_installment_and_none_on_charges() -> None:
    charges = [rp.Charge("by hand", money(50_000), 1, PENALTIES, DATE(2026, 2, 2))]
    found = charged([], DATE(2026, 3, 11), DAILY, charges=charges)
    assert proposed(found) == [(1, 380, DATE(2026, 3, 11)), (2, 100, DATE(2026, 3, 11))]


def test_late_interest_stands_beside_a_charge() -> None:
    found = charged([], DATE(2026, 2, 28), DAILY, FEE)
    assert [one.component for one in found.due] == [FEES, INTEREST]
    accepted = [one.to_charge() for one in found.due]
    again = charged([], DATE(2026, 2, 28), DAILY, FEE, charges=accepted)
    assert (again.due, again.to_withdraw) == ((), ())


def test_what_was_waived_since_is_no_ground() -> None:
    waiver = rp.Waiver("w1", money(10_000), 1, PRINCIPAL, DATE(2026, 2, 20))
    charge = charged([], DATE(2026, 2, 11), FEE).due[0].to_charge()
    for as_of, withdrawn in ((DATE(2026, 2, 19), ()), (DATE(2026, 2, 20), (charge,))):
        found = charged([], as_of, FEE, charges=[charge], waivers=[waiver])
        assert (found.due, found.to_withdraw) == ((), withdrawn)


# ------------------------------------------------------------------------------------------ laid out


def test_a_proposal_explains_itself() -> None:
    rule = attrs.evolve(SHARE, least=money(1_000))
    paid = [pay("p1", 9_400, FIRST)]
    assert charged(paid, DATE(2026, 2, 2), rule).due[0].explanation.to_text().splitlines() == [
        "missed of installment 1: 6.00 EUR",
        "penalty: missed 6.00 x 1/20 = 0.30 EUR",
        "at least: 10.00 EUR",
        "no more than what was missed of installment 1: 6.00 EUR",
    ]
    returned = failed("p2", 100, DATE(2026, 2, 2), DATE(2026, 2, 3))
    assert charged([returned], DATE(2026, 2, 4), RETURNED).due[0].explanation.to_text().splitlines() == [
        "asked for of installment 1: 100.00 EUR",
        "returned: 5.00 EUR",
    ]


def test_the_last_line_comes_to_the_amount() -> None:
    for rule in (FEE, SHARE, DAILY):
        for proposal in charged([pay("p1", 1_234, FIRST)], DATE(2026, 4, 30), rule).due:
            assert proposal.explanation.lines[-1].result == proposal.amount


def test_amounts_are_not_shown() -> None:
    found = charged([], DATE(2026, 2, 28), FEE)
    assert repr(found) == "<LateCharges: 1 due, 0 to withdraw>"
    assert repr(found.due[0]) == "<ChargeProposal late fee:1 of 2026-02-11>"


def test_all_of_it_pickles() -> None:
    found = charged([], DATE(2026, 2, 28), FEE, DAILY)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own bytes
    assert isinstance(found.due[0], ChargeProposal)


def test_each_rule_knows_its_source() -> None:
    law = rp.Citation(title="a law", force=rp.Force.LAW, evidence=rp.Evidence.PRIMARY)
    fixed, share = rp.Limit(money(1), law), rp.Limit(Fraction(1), law)
    rules = (
        attrs.evolve(FEE, fixed=fixed),
        attrs.evolve(SHARE, share=share),
        attrs.evolve(RETURNED, fixed=fixed),
        attrs.evolve(DAILY, citation=law),
    )
    assert {rule.citation for rule in rules} == {law}


# ------------------------------------------------------------------------------------------ refused


@pytest.mark.parametrize(
    ("rule", "field", "value", "code"),
    [
        (FEE, "name", "", "text.empty"),
        (FEE, "name", "n" * 101, "text.length"),
        (FEE, "name", "a:b", "charge.name"),
        (FEE, "component", "fees", "type.wrong"),
        (FEE, "component", PRINCIPAL, "charge.component"),
        (FEE, "component", INTEREST, "charge.component"),
        (FEE, "after_days", 10, "type.wrong"),
        (FEE, "after_days", days(0), "count.range"),
        (FEE, "after_days", days(4_000_001), "count.range"),
        (FEE, "capped_by_missed", 1, "type.wrong"),
        (FEE, "fixed", None, "charge.amount"),
        (FEE, "fixed", money(1), "type.wrong"),
        (FEE, "fixed", rp.Limit(1, HOUSE), "type.wrong"),
        (FEE, "fixed", rp.Limit(money(0), HOUSE), "charge.amount"),
        (FEE, "share", rp.Limit(Fraction(1, 2), HOUSE), "charge.amount"),
        (FEE, "least", money(1), "charge.least"),
        (FEE, "first_day", "2026-01-01", "date.type"),
        (SHARE, "share", Fraction(1, 20), "type.wrong"),
        (SHARE, "share", rp.Limit(0.05, HOUSE), "charge.share"),
        (SHARE, "share", rp.Limit(Fraction(0), HOUSE), "charge.share"),
        (SHARE, "share", rp.Limit(Fraction(21, 20), HOUSE), "charge.share"),
        (SHARE, "least", money(-1), "charge.amount"),
        (RETURNED, "fixed", money(1), "type.wrong"),
        (RETURNED, "fixed", rp.Limit(money(-1), HOUSE), "charge.amount"),
        (RETURNED, "name", ":", "charge.name"),
        (DAILY, "rate", "0.05", "type.wrong"),
        (DAILY, "citation", None, "type.wrong"),
        (DAILY, "day_count", "act_360", "type.wrong"),
        (DAILY, "day_count", rp.DayCount.NOMINAL, "charge.day_count"),
        (DAILY, "day_count", rp.DayCount.ACT_365L, "charge.day_count"),
        (DAILY, "base", PRINCIPAL, "set.type"),
        (DAILY, "base", [], "charge.base"),
        (DAILY, "base", [PRINCIPAL] * 5, "charge.base"),
        (DAILY, "base", ["principal"], "type.wrong"),
        (DAILY, "last_day", True, "date.type"),
    ],
)
def test_what_makes_no_rule_is_refused(rule: LateRule, field: str, value: Wrong, code: str) -> None:
    changes: dict[str, Any] = {field: value}
    with pytest.raises(rp.RepayPlanError) as caught:
        attrs.evolve(rule, **changes)
    assert caught.value.code == code


def test_a_rule_does_not_end_before_it_begins() -> None:
    assert attrs.evolve(FEE, first_day=FIRST, last_day=FIRST).last_day == FIRST
    with pytest.raises(rp.DateError) as caught:
        attrs.evolve(FEE, first_day=FIRST, last_day=FIRST.subtract(days=1))
    assert caught.value.code == "charge.days"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"rules": FEE}, "tuple.type"),
        ({"rules": [FEE, "late fee"]}, "type.wrong"),
        ({"rules": [FEE, attrs.evolve(SHARE, name="late fee")]}, "charge.duplicate"),
        ({"rules": [FEE] * 21}, "tuple.length"),
        ({"rules": [attrs.evolve(FEE, fixed=rp.Limit(rp.Money(1, "USD"), HOUSE))]}, "money.currency"),
        ({"rules": [attrs.evolve(SHARE, least=rp.Money(1, "USD"))]}, "money.currency"),
        ({"overdue_rules": None}, "type.wrong"),
        ({"as_of": None}, "date.type"),
        ({"known_on": "today"}, "date.type"),
        ({"kept_spans": None}, "tuple.type"),
        ({"kept_spans": [FIRST]}, "type.wrong"),
        ({"kept_spans": [(FIRST,)]}, "charge.kept_spans"),
        ({"kept_spans": [(FIRST, "later")]}, "date.type"),
        ({"kept_spans": [(FIRST, DATE(2026, 1, 31))]}, "hold.end"),
        ({"kept_spans": [(FIRST, FIRST)] * 501}, "tuple.length"),
    ],
)
def test_a_wrong_question_is_refused(options: dict[str, Any], code: str) -> None:
    question: dict[str, Any] = {
        "as_of": DATE(2026, 2, 28),
        "rules": [FEE],
        "overdue_rules": overdue_rules(),
        **options,
    }
    with pytest.raises(rp.RepayPlanError) as caught:
        late_charges(plain(), [], **question)
    assert caught.value.code == code


def test_days_are_the_librarys_own() -> None:
    rule = attrs.evolve(FEE, first_day=datetime.date(2026, 1, 1), last_day=datetime.date(2026, 12, 31))
    assert {type(rule.first_day), type(rule.last_day)} == {pendulum.Date}
