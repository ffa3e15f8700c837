"""Mistakes of others about lateness, each as a test that would catch it here."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import pytest

import repayplan as rp
from tests.overdue import (
    DATE,
    FEES,
    HOUSE,
    INTEREST,
    PENALTIES,
    PRINCIPAL,
    bearing,
    days,
    money,
    overdue_rules,
    pay,
    plain,
)

if TYPE_CHECKING:
    import pendulum

FEBRUARY, MARCH, APRIL = DATE(2026, 2, 1), DATE(2026, 3, 1), DATE(2026, 4, 1)
State = rp.StandingState
STOP = frozenset({rp.HoldEffect.PLAN_DAYS_STOP, rp.HoldEffect.REGULATORY_DAYS_STOP})
BREACH = overdue_rules(breach=rp.BreachRules(missed=days(1)))


def hold(name: str, first: pendulum.Date, last: pendulum.Date) -> rp.Hold:
    return rp.Hold(name, rp.HoldKind.BREATHING_SPACE, STOP, first, last)


@pytest.mark.parametrize("last", [DATE(2026, 1, 10), DATE(2026, 1, 31), FEBRUARY])
def test_a_hold_that_lies_before_the_due_date_does_not_lower_the_days(last: pendulum.Date) -> None:
    holds = [hold("h", DATE(2026, 1, 2), last)]
    found = rp.standing_on(plain(), [], DATE(2026, 2, 11), overdue_rules(), holds)
    assert (found.days_past_due, found.regulatory_days_past_due, found.held_days) == (10, 10, 0)


def test_a_hold_that_lies_after_the_day_does_not_lower_the_days() -> None:
    holds = [hold("h", DATE(2026, 2, 12), DATE(2026, 3, 12))]
    assert rp.standing_on(plain(), [], DATE(2026, 2, 11), overdue_rules(), holds).days_past_due == 10


def test_two_holds_over_the_same_days_do_not_count_twice() -> None:
    # the 2nd to the 5th and the 4th to the 7th are six days
    holds = [hold("a", DATE(2026, 2, 2), DATE(2026, 2, 5)), hold("b", DATE(2026, 2, 4), DATE(2026, 2, 7))]
    assert rp.standing_on(plain(), [], DATE(2026, 2, 11), overdue_rules(), holds).days_past_due == 4


def test_a_hold_of_other_effects_is_no_payment_holiday() -> None:
    space = rp.Hold(
        "h",
        rp.HoldKind.BREATHING_SPACE,
        {rp.HoldEffect.INTEREST_STOPS, rp.HoldEffect.CONTACT_STOPS},
        DATE(2026, 2, 2),
        DATE(2026, 4, 2),
    )
    found = rp.standing_on(plain(), [], DATE(2026, 2, 11), overdue_rules(), [space])
    assert (found.days_past_due, found.state) == (10, State.BEYOND_GRACE)


def test_the_due_day_is_not_counted_as_late() -> None:
    found = rp.standing_on(plain(), [], FEBRUARY, BREACH)
    assert (found.days_past_due, found.state, found.bucket, found.missed) == (0, State.DUE, "M0", 0)
    after = rp.standing_on(plain(), [], DATE(2026, 2, 2), BREACH)
    assert (after.days_past_due, after.state, after.bucket, after.missed) == (1, State.IN_BREACH, "M1", 1)


@pytest.mark.parametrize("units", [1, 5_000, 9_999])
def test_a_partial_payment_does_not_cure(units: int) -> None:
    nothing = rp.standing_on(plain(), [], DATE(2026, 3, 4), BREACH)
    part = rp.standing_on(plain(), [pay("a", units, DATE(2026, 3, 3))], DATE(2026, 3, 4), BREACH)
    for found in (nothing, part):
        assert (found.days_past_due, found.oldest_unpaid_due_on, found.bucket) == (31, FEBRUARY, "M2+")
        assert (found.state, found.history.missed) == (State.IN_BREACH, 2)
    assert part.past_due == money(20_000 - units)


def test_grace_is_not_applied_twice() -> None:
    # 40 days after the due day: the bucket reads 40, and the grace of 15 comes off once, for the state alone
    rules = overdue_rules(grace_days=days(15))
    found = rp.standing_on(plain(), [], DATE(2026, 3, 13), rules)
    assert (found.days_past_due, found.regulatory_days_past_due, found.days_beyond_grace) == (40, 40, 25)
    assert found.bucket == "M2+"
    # held days come off once, too, and not also off the grace
    holds = [hold("h", DATE(2026, 2, 2), DATE(2026, 2, 11))]
    held = rp.standing_on(plain(), [], DATE(2026, 3, 13), rules, holds)
    assert (held.days_past_due, held.days_beyond_grace) == (30, 15)


def test_a_grace_does_not_outlive_the_schedule_that_it_was_for() -> None:
    # the state is that of the facts: after new due dates nothing is remembered of the old ones
    rules = overdue_rules(grace_days=days(15))
    assert rp.standing_on(plain(), [], DATE(2026, 2, 10), rules).state is State.LATE
    renewed = plain(starts_on=DATE(2026, 2, 10), first_due=DATE(2026, 3, 10))
    found = rp.standing_on(renewed, [], DATE(2026, 2, 10), rules)
    assert (found.state, found.days_past_due, found.days_beyond_grace) == (State.ON_TRACK, 0, 0)
    late = rp.standing_on(renewed, [], DATE(2026, 3, 20), rules)
    assert (late.state, late.days_past_due) == (State.LATE, 10)


def test_a_backdated_payment_leaves_no_charge_standing() -> None:
    rule = rp.LateChargeRule(
        name="late fee", component=FEES, after_days=days(5), fixed=rp.Limit(money(500), HOUSE)
    )
    schedule, day = plain(), DATE(2026, 2, 20)

    def asked(payments: list[rp.Payment], recorded: list[rp.Charge]) -> tuple[list[int], list[str]]:
        found = rp.late_charges(
            schedule, payments, day, rules=[rule], overdue_rules=overdue_rules(), charges=recorded
        )
        due = [proposal.amount.minor_units for proposal in found.due]
        return due, [charge.id for charge in found.to_withdraw]

    assert asked([], []) == ([500], [])
    proposal = rp.late_charges(schedule, [], day, rules=[rule], overdue_rules=overdue_rules()).due[0]
    charge = proposal.to_charge()
    assert asked([], [charge]) == ([], [])
    backdated = [pay("a", 10_000, DATE(2026, 2, 19), effective_on=FEBRUARY)]
    assert asked(backdated, [charge]) == ([], [charge.id])
    assert asked(backdated, []) == ([], [])


def test_a_backdated_payment_leaves_no_late_day_standing() -> None:
    late = [pay("a", 10_000, DATE(2026, 2, 19))]
    assert rp.standing_on(plain(), late, DATE(2026, 2, 25), BREACH).history.cured_on is not None
    backdated = [pay("a", 10_000, DATE(2026, 2, 19), effective_on=FEBRUARY)]
    found = rp.standing_on(plain(), backdated, DATE(2026, 2, 10), BREACH)
    assert (found.days_past_due, found.history.missed, found.state) == (0, 0, State.ON_TRACK)
    assert found.history.cured_on is None


@pytest.mark.parametrize("day", [DATE(2026, 1, 1), DATE(2026, 2, 11), DATE(2026, 3, 1), DATE(2026, 7, 1)])
@pytest.mark.parametrize("overpayment", rp.Overpayment)
def test_what_a_new_plan_takes_over_loses_and_makes_no_cent(
    day: pendulum.Date, overpayment: rp.Overpayment
) -> None:
    third = rp.CarriedBalance(money(1_000), rp.CarriedTreatment.SPREAD)
    schedule = bearing(carried=rp.CarriedBalances(interest=third, fees=third, penalties=third))
    order = rp.AllocationOrder.of("ours", tuple(rp.Component), overpayment=overpayment)
    payments = [pay("a", 3_333, DATE(2026, 1, 1)), pay("b", 7_777, DATE(2026, 2, 11))]
    ledger = rp.ledger_on(schedule, payments, as_of=day, order=order)
    found = rp.outstanding_on(ledger)
    paid = sum(payment.amount.minor_units for payment in payments if payment.effective <= day)
    unpaid = rp.outstanding_on(rp.ledger_on(schedule, [], as_of=day, order=order))
    saved = unpaid.total.minor_units - (found.total.minor_units - found.credit.minor_units + paid)
    # only interest may be saved, and only where principal was repaid early
    assert saved == 0 if not overpayment.saves_interest else 0 <= saved <= 200
    if day >= APRIL:  # all interest is charged: what is left by component is what the ledger says
        assert found.total == ledger.outstanding - ledger.credit
        for component in (PENALTIES, FEES, INTEREST, PRINCIPAL):
            assert ledger.outstanding_of(component) >= getattr(found, component.value)


@pytest.mark.parametrize("field", ["grace_calendar", "counted_days"])
def test_a_loop_over_closed_days_ends(field: str) -> None:
    rules = overdue_rules(grace_days=days(10), **{field: lambda _day: False})
    started = time.thread_time()
    found = rp.standing_on(plain(), [], DATE(2046, 2, 1), rules)
    assert found.days_beyond_grace == 0
    assert found.next_due is None
    assert time.thread_time() - started < 5


def test_what_is_left_of_a_partly_paid_installment_is_still_asked_for() -> None:
    before = rp.standing_on(plain(), [pay("a", 9_000, DATE(2026, 1, 20))], DATE(2026, 1, 30), overdue_rules())
    assert before.next_due == rp.NextDue(FEBRUARY, money(1_000))
    on_the_day = rp.standing_on(plain(), [pay("a", 9_000, FEBRUARY)], FEBRUARY, overdue_rules())
    assert (on_the_day.state, on_the_day.next_due) == (State.DUE, rp.NextDue(FEBRUARY, money(1_000)))
    after = rp.standing_on(plain(), [pay("a", 9_000, FEBRUARY)], DATE(2026, 2, 2), overdue_rules())
    assert (after.state, after.partly_paid, after.missed) == (State.BEYOND_GRACE, 1, 0)
    assert after.past_due == money(1_000)


def test_a_charge_brings_no_charge_and_no_lateness() -> None:
    # whoever pays each installment on its day is never late, however many charges are open
    charges = [rp.Charge(f"c{number}", money(900), 1, PENALTIES, DATE(2026, 1, 10)) for number in range(5)]
    payments = [pay("a", 10_000, FEBRUARY), pay("b", 10_000, MARCH)]
    for day in (FEBRUARY, DATE(2026, 2, 2), MARCH, DATE(2026, 3, 31)):
        found = rp.standing_on(plain(), payments, day, overdue_rules(), charges=charges)
        assert (found.days_past_due, found.past_due) == (0, money(0))


def test_a_tolerance_is_for_each_installment_and_does_not_hide_a_missed_one() -> None:
    rules = overdue_rules(tolerance=rp.Tolerance(money(500), Fraction(1, 20)))
    found = rp.standing_on(plain(), [pay("a", 500, FEBRUARY)], DATE(2026, 2, 11), rules)
    assert (found.days_past_due, found.past_due) == (10, money(9_500))


def test_the_answer_for_a_day_in_the_past_is_given_by_what_was_known_then() -> None:
    payments = [pay("a", 10_000, DATE(2026, 2, 5), recorded_on=DATE(2026, 2, 20))]
    day, rules = DATE(2026, 2, 10), attrs.evolve(BREACH, grace_days=days(3))
    assert rp.standing_on(plain(), payments, day, rules, known_on=day).state is State.IN_BREACH
    assert rp.standing_on(plain(), payments, day, rules).state is State.ON_TRACK
