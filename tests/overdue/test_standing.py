"""Standing: every figure of it on hand-made plans of 100.00 a month, due on the first."""

from __future__ import annotations

import pickle
import time
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.facts import Facts
from repayplan.overdue.standing import standing_of
from tests.overdue import (
    BUCKETS,
    CLASSES,
    DATE,
    FEES,
    HOUSE,
    INTEREST,
    PRINCIPAL,
    START,
    Wrong,
    bearing,
    days,
    money,
    overdue_rules,
    pay,
    plain,
    schedule_of,
)

if TYPE_CHECKING:
    import datetime

FEBRUARY, MARCH, APRIL, MAY = (DATE(2026, month, 1) for month in range(2, 6))
State = rp.StandingState
WEEKDAYS = rp.WeekendCalendar()
CREDIT = rp.AllocationOrder.of("credit", tuple(rp.Component), overpayment=rp.Overpayment.CREDIT)
STOP, MOVE, REGULATOR = (
    rp.HoldEffect.PLAN_DAYS_STOP,
    rp.HoldEffect.DUE_DATES_MOVE,
    rp.HoldEffect.REGULATORY_DAYS_STOP,
)


def standing(
    payments: list[rp.Payment],
    as_of: datetime.date,
    schedule: rp.Schedule | None = None,
    rules: rp.OverdueRules | rp.OverdueRuleVersions | None = None,
    **more: Wrong,
) -> rp.Standing:
    return rp.standing_on(
        plain() if schedule is None else schedule,
        payments,
        as_of,
        overdue_rules() if rules is None else rules,
        **more,
    )


def hold(
    first: datetime.date, last: datetime.date | None, *effects: rp.HoldEffect, name: str = "h", **more: Wrong
) -> rp.Hold:
    return rp.Hold(name, rp.HoldKind.OTHER, frozenset(effects or (STOP,)), first, last, **more)


def tolerating(floor: int, share: str = "0") -> rp.OverdueRules:
    return overdue_rules(tolerance=rp.Tolerance(money(floor), Fraction(share)))


def breaching(**more: int) -> rp.OverdueRules:
    return overdue_rules(breach=rp.BreachRules(**{field: days(value) for field, value in more.items()}))


def finding(found: rp.Standing, rule: str) -> rp.Finding:
    return next(finding for finding in found.findings if finding.rule == rule)


PAID_LATE = [pay("a", 10_000, DATE(2026, 2, 10))]
ALL_PAID = [pay("a", 30_000, FEBRUARY)]


# ------------------------------------------------------------------------------------------ states


def test_before_the_first_due_day_a_plan_is_on_track() -> None:
    assert standing([], DATE(2026, 1, 31)).state is State.ON_TRACK


def test_on_the_due_day_something_is_due_until_it_is_paid() -> None:
    assert standing([], FEBRUARY).state is State.DUE
    assert standing([pay("a", 9_999, FEBRUARY)], FEBRUARY).state is State.DUE
    assert standing([pay("a", 10_000, FEBRUARY)], FEBRUARY).state is State.ON_TRACK


def test_the_due_day_itself_is_not_late() -> None:
    on_the_day = standing([], FEBRUARY)
    assert (on_the_day.days_past_due, on_the_day.past_due, on_the_day.bucket) == (0, money(0), "M0")
    assert on_the_day.oldest_unpaid_due_on is None
    day_after = standing([], DATE(2026, 2, 2))
    assert (day_after.days_past_due, day_after.past_due, day_after.bucket) == (1, money(10_000), "M1")
    assert day_after.oldest_unpaid_due_on == FEBRUARY


def test_within_the_grace_it_is_late_and_after_it_beyond() -> None:
    rules = overdue_rules(grace_days=days(10))
    last = standing([], DATE(2026, 2, 11), rules=rules)
    assert (last.state, last.days_past_due, last.days_beyond_grace) == (State.LATE, 10, 0)
    after = standing([], DATE(2026, 2, 12), rules=rules)
    assert (after.state, after.days_past_due, after.days_beyond_grace) == (State.BEYOND_GRACE, 11, 1)


@pytest.mark.parametrize("rules", [overdue_rules(), overdue_rules(grace_days=days(0))])
def test_without_a_grace_every_late_day_is_beyond_it(rules: rp.OverdueRules) -> None:
    found = standing([], DATE(2026, 2, 2), rules=rules)
    assert (found.state, found.days_beyond_grace) == (State.BEYOND_GRACE, 1)


def test_a_breach_comes_before_lateness() -> None:
    assert standing([], FEBRUARY, rules=breaching(missed=1)).state is State.DUE
    assert standing([], DATE(2026, 2, 2), rules=breaching(missed=1)).state is State.IN_BREACH


@pytest.mark.parametrize("effect", [STOP, MOVE])
def test_a_hold_comes_before_a_breach(effect: rp.HoldEffect) -> None:
    day = DATE(2026, 2, 20)
    found = standing([], day, rules=breaching(missed=1), holds=[hold(day, day, effect)])
    assert found.state is State.HELD
    assert found.is_in_breach  # the other state that holds is a finding
    assert not finding(found, "breach_missed").passed


@pytest.mark.parametrize("effect", [effect for effect in rp.HoldEffect if effect not in {STOP, MOVE}])
def test_other_effects_hold_no_plan(effect: rp.HoldEffect) -> None:
    day = DATE(2026, 2, 20)
    assert standing([], day, holds=[hold(day, day, effect)]).state is State.BEYOND_GRACE


def test_a_hold_is_over_on_the_day_after_its_last() -> None:
    holds = [hold(DATE(2026, 2, 10), DATE(2026, 2, 20))]
    states = [standing([], DATE(2026, 2, day), holds=holds).state for day in (9, 10, 20, 21)]
    assert states == [State.BEYOND_GRACE, State.HELD, State.HELD, State.BEYOND_GRACE]


def test_what_is_paid_is_completed_even_while_a_hold_runs() -> None:
    found = standing(ALL_PAID, DATE(2026, 2, 20), holds=[hold(DATE(2026, 2, 20), None)])
    assert (found.state, found.next_due) == (State.COMPLETED, None)
    assert standing([pay("a", 29_999, FEBRUARY)], FEBRUARY).state is State.ON_TRACK


def test_an_open_charge_keeps_a_plan_from_being_completed() -> None:
    charge = rp.Charge("c", money(1), 1, FEES, APRIL)
    assert standing(ALL_PAID, DATE(2026, 5, 5), charges=[charge]).state is State.ON_TRACK
    assert standing(ALL_PAID, DATE(2026, 5, 5), rules=tolerating(1), charges=[charge]).state is (
        State.COMPLETED_WITHIN_TOLERANCE
    )


def test_a_plan_is_completed_within_tolerance_once_everything_has_fallen_due() -> None:
    payments = [pay("a", 29_500, FEBRUARY)]
    assert standing(payments, DATE(2026, 3, 31), rules=tolerating(500)).state is State.ON_TRACK
    assert standing(payments, APRIL, rules=tolerating(500)).state is State.COMPLETED_WITHIN_TOLERANCE
    assert standing(payments, APRIL, rules=tolerating(499)).state is State.DUE
    assert standing(payments, DATE(2026, 4, 2), rules=tolerating(499)).state is State.BEYOND_GRACE


def test_what_is_tolerated_of_each_may_be_too_much_for_all() -> None:
    # 4.00 are missing of each, which is tolerated; 12.00 in all are more than 5.00
    payments = [
        pay(name, 9_600, day, installment=place + 1)
        for place, (name, day) in enumerate((("a", FEBRUARY), ("b", MARCH), ("c", APRIL)))
    ]
    order = rp.AllocationOrder.of("named", tuple(rp.Component), honours_installment=True)
    rules = attrs.evolve(tolerating(500), order=order)
    found = standing(payments, MAY, rules=rules)
    assert (found.days_past_due, found.past_due) == (0, money(0))
    assert found.state is State.ON_TRACK
    # 5 % of each are 5.00, and of all 15.00
    share = attrs.evolve(tolerating(0, "1/20"), order=order)
    assert standing(payments, MAY, rules=share).state is State.COMPLETED_WITHIN_TOLERANCE


def curing(payments: int, probation: int | None = None, **more: Wrong) -> rp.OverdueRules:
    cure = rp.CureRules(
        payments=days(payments), probation_days=None if probation is None else days(probation)
    )
    return overdue_rules(cure=cure, **more)


def test_a_cure_is_watched_while_its_probation_runs() -> None:
    rules = curing(1, 30)
    payments = [*PAID_LATE, pay("b", 10_000, MARCH), pay("c", 10_000, MARCH)]
    payments[-1] = pay("c", 10_000, APRIL)
    four = plain(4)
    states = {
        day: standing(payments, day, four, rules).state
        for day in (
            DATE(2026, 2, 9),
            DATE(2026, 2, 10),
            MARCH,
            DATE(2026, 3, 2),
            DATE(2026, 3, 31),
            APRIL,
        )
    }
    assert list(states.values()) == [
        State.BEYOND_GRACE,  # missed
        State.ON_TRACK,  # paid, but not yet made good
        State.ON_TRACK,  # the next is paid, on a day that is not over
        State.CURED,  # the day after tells that it was in time: the day of the cure
        State.CURED,  # 29 days after it
        State.ON_TRACK,  # 30 days after it
    ]
    assert standing(payments, DATE(2026, 2, 20), four, rules).history.missed == 1


def test_what_is_due_comes_before_a_cure() -> None:
    payments = [*PAID_LATE, pay("b", 10_000, MARCH)]
    assert standing(payments, APRIL, rules=curing(1, 60)).state is State.DUE
    assert standing(payments, DATE(2026, 3, 31), rules=curing(1, 60)).state is State.CURED


def test_without_payments_to_make_and_with_probation_the_cure_is_the_day_of_payment() -> None:
    rules = curing(0, 5)
    assert standing(PAID_LATE, DATE(2026, 2, 10), rules=rules).state is State.CURED
    assert standing(PAID_LATE, DATE(2026, 2, 14), rules=rules).state is State.CURED
    assert standing(PAID_LATE, DATE(2026, 2, 15), rules=rules).state is State.ON_TRACK


@pytest.mark.parametrize("rules", [overdue_rules(), curing(0), curing(1)])
def test_without_a_probation_there_is_none(rules: rp.OverdueRules) -> None:
    payments = [*PAID_LATE, pay("b", 10_000, MARCH)]
    assert standing(payments, DATE(2026, 3, 2), rules=rules).state is State.ON_TRACK


def test_a_relapse_ends_the_probation() -> None:
    payments = [*PAID_LATE, pay("b", 10_000, MARCH), pay("c", 10_000, DATE(2026, 4, 5))]
    found = standing(payments, DATE(2026, 4, 10), plain(4), curing(1, 90))
    assert (found.history.missed, found.state) == (1, State.ON_TRACK)


def test_states_hold_in_the_order_of_their_definition() -> None:
    assert [state.name for state in State] == [
        "COMPLETED",
        "COMPLETED_WITHIN_TOLERANCE",
        "HELD",
        "IN_BREACH",
        "BEYOND_GRACE",
        "LATE",
        "DUE",
        "CURED",
        "ON_TRACK",
    ]


# ------------------------------------------------------------------------------------------ tolerance


@pytest.mark.parametrize(
    ("rules", "most"),
    [
        (overdue_rules(), 0),
        (tolerating(500), 500),
        (tolerating(0, "1/20"), 500),
        (tolerating(300, "1/20"), 500),
    ],
)
def test_a_shortfall_that_is_tolerated_is_not_late(rules: rp.OverdueRules, most: int) -> None:
    day = DATE(2026, 2, 20)
    within = standing([pay("a", 10_000 - most, FEBRUARY)], day, rules=rules)
    assert (within.days_past_due, within.past_due, within.missed, within.partly_paid) == (0, money(0), 0, 0)
    beyond = standing([pay("a", 9_999 - most, FEBRUARY)], day, rules=rules)
    assert (beyond.days_past_due, beyond.past_due, beyond.partly_paid) == (19, money(most + 1), 1)


# ------------------------------------------------------------------------------------------ past due


def test_what_is_past_due_is_named_by_component() -> None:
    found = standing([pay("a", 200, FEBRUARY)], DATE(2026, 3, 2), bearing())
    # 103.00 and 102.00 are due, 2.00 of the first interest are paid
    assert found.past_due == money(20_300)
    assert found.past_due_by_component == {
        rp.Component.PENALTIES: money(0),
        FEES: money(0),
        INTEREST: money(300),
        PRINCIPAL: money(20_000),
    }


def test_missed_and_partly_paid_installments_are_counted_apart() -> None:
    found = standing([pay("a", 4_000, FEBRUARY)], DATE(2026, 3, 2))
    assert (found.missed, found.partly_paid, found.past_due) == (1, 1, money(16_000))
    assert (standing([], DATE(2026, 4, 2)).missed, standing([], FEBRUARY).missed) == (3, 0)


def test_a_part_of_the_oldest_does_not_lower_the_days() -> None:
    payments = [pay("a", 9_999, DATE(2026, 2, 20))]
    assert standing(payments, DATE(2026, 3, 10)).days_past_due == 37
    rest = [*payments, pay("b", 1, DATE(2026, 3, 5))]
    assert standing(rest, DATE(2026, 3, 10)).days_past_due == 9


def test_charges_neither_age_nor_count_as_past_due() -> None:
    charge = rp.Charge("c", money(500), 1, FEES, DATE(2026, 2, 5))
    found = standing([pay("a", 10_000, DATE(2026, 2, 10))], DATE(2026, 2, 25), charges=[charge])
    assert (found.days_past_due, found.past_due, found.state) == (0, money(0), State.ON_TRACK)
    assert found.ledger.charges_outstanding == money(500)


def test_a_backdated_payment_was_never_late() -> None:
    payments = [pay("a", 10_000, DATE(2026, 2, 20), effective_on=FEBRUARY)]
    assert standing(payments, DATE(2026, 2, 10)).days_past_due == 0
    assert standing(payments, DATE(2026, 2, 10), known_on=DATE(2026, 2, 19)).days_past_due == 9


def test_a_reversal_brings_back_the_lateness() -> None:
    payments = [pay("a", 10_000, FEBRUARY), pay("r", 10_000, DATE(2026, 2, 20), reverses="a")]
    assert standing(payments, DATE(2026, 2, 25)).days_past_due == 24
    assert standing(payments, DATE(2026, 2, 25), known_on=DATE(2026, 2, 19)).days_past_due == 0


# ------------------------------------------------------------------------------------------ holds


def test_held_days_do_not_count_and_are_named() -> None:
    holds = [
        hold(DATE(2026, 1, 20), DATE(2026, 2, 5), name="a"),  # 2 to 5 February: 4 days
        hold(DATE(2026, 2, 4), DATE(2026, 2, 8), name="b"),  # 6 to 8: 3 more
        hold(DATE(2026, 2, 25), DATE(2026, 3, 31), name="c"),  # after the day
    ]
    found = standing([], DATE(2026, 2, 20), holds=holds)
    assert (found.days_past_due, found.held_days) == (12, 7)
    assert standing([], FEBRUARY, holds=holds).held_days == 0


def test_a_hold_before_the_due_day_changes_nothing() -> None:
    holds = [hold(DATE(2026, 1, 1), FEBRUARY)]
    found = standing([], DATE(2026, 2, 20), holds=holds)
    assert (found.days_past_due, found.held_days) == (19, 0)


def test_each_clock_is_stopped_by_its_own_effect() -> None:
    day = DATE(2026, 2, 20)

    def clocks(*effects: rp.HoldEffect) -> tuple[int, int]:
        found = standing([], day, holds=[hold(DATE(2026, 2, 11), day, *effects)])
        return found.days_past_due, found.regulatory_days_past_due

    assert clocks(STOP) == (9, 19)
    assert clocks(REGULATOR) == (19, 9)
    assert clocks(STOP, REGULATOR) == (9, 9)
    assert clocks(rp.HoldEffect.CONTACT_STOPS) == (19, 19)


def test_a_due_date_that_moves_is_late_from_the_day_after_it() -> None:
    holds = [hold(DATE(2026, 1, 25), DATE(2026, 2, 10), MOVE)]
    assert standing([], DATE(2026, 2, 11), holds=holds).state is State.DUE
    late = standing([], DATE(2026, 2, 12), holds=holds)
    assert (late.days_past_due, late.oldest_unpaid_due_on) == (1, DATE(2026, 2, 11))


def test_a_hold_protects_its_debtor_alone() -> None:
    holds = [hold(DATE(2026, 2, 2), DATE(2026, 2, 10), debtor="a")]
    day = DATE(2026, 2, 20)
    assert [standing([], day, holds=holds, debtor=debtor).days_past_due for debtor in ("a", "b", None)] == [
        10,
        19,
        19,
    ]


def test_a_hold_that_was_recorded_later_was_not_known() -> None:
    holds = [hold(DATE(2026, 2, 2), DATE(2026, 2, 10), recorded_on=MARCH)]
    day = DATE(2026, 2, 10)
    assert standing([], day, holds=holds).state is State.HELD
    found = standing([], day, holds=holds, known_on=DATE(2026, 2, 28))
    assert (found.state, found.days_past_due, found.held_days) == (State.BEYOND_GRACE, 9, 0)


# ------------------------------------------------------------------------------------------ business days

# 1 February 2026 is a Sunday


def test_days_past_due_may_be_business_days() -> None:
    rules = overdue_rules(counted_days=WEEKDAYS)
    # 2 to 6 February, and the 9th
    assert [standing([], DATE(2026, 2, day), rules=rules).days_past_due for day in (2, 6, 8, 9)] == [
        1,
        5,
        5,
        6,
    ]
    holds = [hold(DATE(2026, 2, 5), DATE(2026, 2, 7))]
    found = standing([], DATE(2026, 2, 9), rules=rules, holds=holds)
    assert (found.days_past_due, found.held_days) == (4, 3)
    assert found.regulatory_days_past_due == 6


def test_grace_may_be_business_days() -> None:
    rules = overdue_rules(grace_days=days(6), grace_calendar=WEEKDAYS)
    # 2 to 6 and the 9th: the grace ends on Monday
    last = standing([], DATE(2026, 2, 9), rules=rules)
    assert (last.state, last.days_past_due, last.days_beyond_grace) == (State.LATE, 8, 0)
    after = standing([], DATE(2026, 2, 11), rules=rules)
    assert (after.state, after.days_beyond_grace) == (State.BEYOND_GRACE, 2)


def test_a_held_day_uses_up_no_grace_whichever_days_it_counts() -> None:
    holds = [hold(DATE(2026, 2, 2), DATE(2026, 2, 11))]
    for rules in (
        overdue_rules(grace_days=days(5)),
        overdue_rules(grace_days=days(5), grace_calendar=WEEKDAYS),
    ):
        found = standing([], DATE(2026, 2, 12), rules=rules, holds=holds)
        assert (found.days_past_due, found.days_beyond_grace, found.state) == (1, 0, State.LATE)


@pytest.mark.parametrize("day", [9, 10])
def test_the_finding_on_the_grace_holds_what_it_observed_against_its_limit(day: int) -> None:
    rules = overdue_rules(grace_days=days(6), grace_calendar=WEEKDAYS)
    found = finding(standing([], DATE(2026, 2, day), rules=rules), "within_grace")
    assert found.comparison is not None
    assert found.comparison.holds(found.observed, found.limit) is found.passed
    assert found.passed is (day == 9)


def test_a_calendar_that_is_never_open_ends_the_count() -> None:
    rules = overdue_rules(
        grace_days=days(3), grace_calendar=lambda _day: False, counted_days=lambda _day: False
    )
    found = standing([], DATE(2028, 2, 1), rules=rules)
    assert (found.days_past_due, found.days_beyond_grace, found.state) == (0, 0, State.LATE)


def test_a_calendar_that_does_not_know_a_day_says_so() -> None:
    known = rp.ExplicitCalendar(DATE(2026, 1, 1), DATE(2026, 2, 15))
    found = standing([], DATE(2026, 2, 16), rules=overdue_rules(counted_days=known))
    with pytest.raises(rp.DateError):
        found.days_past_due  # noqa: B018  # the property raises


# ------------------------------------------------------------------------------------------ ageing


def test_days_may_count_from_the_first_arrears() -> None:
    payments = [pay("a", 10_000, DATE(2026, 3, 5))]
    day = DATE(2026, 3, 10)
    assert standing(payments, day).days_past_due == 9
    found = standing(payments, day, rules=overdue_rules(ageing=rp.Ageing.FIRST_ARREARS))
    assert (found.days_past_due, found.oldest_unpaid_due_on) == (37, MARCH)  # 27 and 1 and 9
    assert found.regulatory_days_past_due == 37
    assert found.bucket == "M2+"


# ------------------------------------------------------------------------------------------ materiality


def material(floor: int, share: str = "0") -> rp.OverdueRules:
    return overdue_rules(materiality=rp.Tolerance(money(floor), Fraction(share)))


def regulatory(payments: list[rp.Payment], as_of: datetime.date, rules: rp.OverdueRules) -> int:
    found = standing(payments, as_of, rules=rules)
    assert found.days_past_due >= 0
    return found.regulatory_days_past_due


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (material(0), 37),
        (material(9_999), 37),
        (material(10_000), 9),  # exactly as much is not more: from the second installment on
        (material(19_999), 9),
        (material(20_000), 0),
        (material(0, "1/3"), 9),  # 100.00 of 300.00 is exactly a third
        (material(0, "1/4"), 37),
        (material(15_000, "1/4"), 9),  # both must be exceeded
    ],
)
def test_the_regulators_clock_runs_from_the_day_on_which_arrears_are_material(
    rules: rp.OverdueRules, expected: int
) -> None:
    found = standing([], DATE(2026, 3, 10), rules=rules)
    assert (found.days_past_due, found.regulatory_days_past_due) == (37, expected)


def test_without_arrears_nothing_is_material() -> None:
    assert regulatory([], FEBRUARY, material(0)) == 0
    assert regulatory(ALL_PAID, DATE(2026, 5, 1), material(0)) == 0


def test_a_part_that_makes_arrears_immaterial_stops_the_clock_and_the_next_starts_it_anew() -> None:
    # 200.00 from 2 March; 60.00 on the 5th leave 140.00; 240.00 from 2 April
    payments = [pay("a", 6_000, DATE(2026, 3, 5))]
    rules = material(15_000)
    assert regulatory(payments, DATE(2026, 3, 4), rules) == 3
    assert regulatory(payments, DATE(2026, 3, 10), rules) == 0
    assert regulatory(payments, DATE(2026, 4, 11), rules) == 10


def test_a_payment_in_time_or_early_lowers_no_arrears() -> None:
    # the first in time; the second and the third are missed: 200.00 from 2 April
    payments = [pay("a", 10_000, FEBRUARY)]
    assert regulatory(payments, DATE(2026, 4, 11), material(15_000)) == 10
    early = [pay("a", 10_000, DATE(2026, 1, 20))]
    assert regulatory(early, DATE(2026, 4, 11), material(15_000)) == 10


def test_a_payment_on_the_first_late_day_lowers_the_arrears_once() -> None:
    # the first is paid on 2 February; the second is missed: 100.00 from 2 March
    payments = [pay("a", 10_000, DATE(2026, 2, 2))]
    assert regulatory(payments, DATE(2026, 3, 10), material(0)) == 9
    # a part of it: 40.00 are left, and 140.00 from 2 March
    part = [pay("a", 6_000, DATE(2026, 2, 2))]
    assert regulatory(part, DATE(2026, 3, 10), material(0)) == 37
    assert regulatory(part, DATE(2026, 3, 10), material(13_999)) == 9


def test_arrears_that_are_material_at_the_end_of_each_day_were_so_without_a_break() -> None:
    # on 2 March the first is paid and the second becomes past due: 100.00 on each day from 2 February on
    payments = [pay("a", 10_000, DATE(2026, 3, 2))]
    assert regulatory(payments, DATE(2026, 3, 10), material(0)) == 37
    # two payments on one day, of which only both together make the rest immaterial
    both = [pay("a", 5_000, DATE(2026, 2, 10)), pay("b", 4_000, DATE(2026, 2, 10))]
    assert regulatory(both, DATE(2026, 2, 20), material(500)) == 19


def test_where_sums_judge_what_is_past_due_they_judge_whether_it_is_material() -> None:
    # 103.00 in time, and 101.50 of the second row's 102.00 a month early, 1.00 of which goes to the interest
    # of the third: 0.50 are past due from 2 March, and 101.50 from 2 April
    order = rp.AllocationOrder.of(
        "ours", (INTEREST, FEES, rp.Component.PENALTIES, PRINCIPAL), sweep=rp.Sweep.ACROSS
    )
    rules = attrs.evolve(material(100), order=order)
    payments = [pay("a", 10_300, FEBRUARY), pay("b", 10_150, DATE(2026, 2, 2))]
    march = standing(payments, DATE(2026, 3, 10), bearing(), rules)
    assert (march.past_due, march.days_past_due, march.regulatory_days_past_due) == (money(50), 9, 0)
    april = standing(payments, DATE(2026, 4, 10), bearing(), rules)
    assert (april.past_due, april.days_past_due, april.regulatory_days_past_due) == (money(10_150), 40, 9)


def test_a_hold_stops_the_regulators_clock_of_material_arrears() -> None:
    holds = [hold(DATE(2026, 3, 5), DATE(2026, 3, 8), REGULATOR)]
    found = standing([], DATE(2026, 3, 10), rules=material(15_000), holds=holds)
    assert found.regulatory_days_past_due == 5


@pytest.mark.parametrize("field", ["tolerance", "materiality"])
def test_a_tolerance_in_another_currency_is_refused(field: str) -> None:
    yen = rp.Tolerance(rp.Money(100, "JPY"), Fraction(0))
    with pytest.raises(rp.MoneyError):
        standing([], DATE(2026, 2, 10), rules=overdue_rules(**{field: yen}))


# ------------------------------------------------------------------------------------------ breach and cure


def test_so_many_missed_installments_are_a_breach() -> None:
    rules = breaching(missed=2)
    one = standing([], DATE(2026, 3, 1), rules=rules)
    assert (one.history.missed, one.is_in_breach) == (1, False)
    two = standing([], DATE(2026, 3, 2), rules=rules)
    assert (two.history.missed, two.is_in_breach) == (2, True)
    found = finding(two, "breach_missed")
    assert (found.passed, found.observed, found.limit, found.citation) == (False, 2, 2, HOUSE)
    assert finding(one, "breach_missed").passed


def test_missed_installments_in_a_row_are_counted_apart() -> None:
    rules = attrs.evolve(breaching(missed=3, in_a_row=2), cure=rp.CureRules(payments=days(3)))
    # February's is late, March's in time, April's late
    payments = [pay("a", 20_000, MARCH), pay("b", 10_000, DATE(2026, 4, 10))]
    found = standing(payments, DATE(2026, 4, 20), plain(6), rules)
    assert (found.history.missed, found.history.in_a_row, found.is_in_breach) == (2, 1, False)
    # and May's as well
    later = standing(payments, DATE(2026, 5, 2), plain(6), rules)
    assert (later.history.missed, later.history.in_a_row) == (3, 2)
    assert [finding(later, rule).passed for rule in ("breach_missed", "breach_in_a_row")] == [False, False]


def test_too_many_days_behind_are_a_breach() -> None:
    rules = breaching(behind_days=30)
    last = standing([], DATE(2026, 3, 3), rules=rules)
    assert (last.days_past_due, last.is_in_breach) == (30, False)
    after = standing([], DATE(2026, 3, 4), rules=rules)
    assert (after.days_past_due, after.is_in_breach) == (31, True)
    found = finding(after, "breach_behind_days")
    assert (found.observed, found.limit, found.comparison) == (31, 30, rp.Comparison.AT_MOST)


def test_an_installment_within_its_grace_is_not_missed() -> None:
    rules = attrs.evolve(breaching(missed=1), grace_days=days(10))
    assert standing([], DATE(2026, 2, 11), rules=rules).state is State.LATE
    assert standing([], DATE(2026, 2, 12), rules=rules).state is State.IN_BREACH
    # paid on the day after the grace: it was late for the ten days of it alone
    in_time, too_late = ([pay("a", 10_000, DATE(2026, 2, day))] for day in (12, 13))
    cure = attrs.evolve(rules, cure=rp.CureRules(payments=days(3)))
    assert standing(in_time, DATE(2026, 2, 20), rules=cure).history.missed == 0
    assert standing(too_late, DATE(2026, 2, 20), rules=cure).history.missed == 1


def test_a_partial_payment_cures_no_breach() -> None:
    payments = [pay("a", 9_999, DATE(2026, 2, 10))]
    assert standing(payments, DATE(2026, 2, 11), rules=breaching(missed=1)).state is State.IN_BREACH
    assert standing(PAID_LATE, DATE(2026, 2, 11), rules=breaching(missed=1)).state is State.ON_TRACK


def test_one_of_two_missed_installments_paid_cures_no_breach() -> None:
    # February's is paid in March, when March's is past due
    payments = [pay("a", 10_000, DATE(2026, 3, 5))]
    found = standing(payments, DATE(2026, 3, 10), rules=breaching(missed=2))
    assert (found.history.missed, found.state) == (2, State.IN_BREACH)


def test_while_what_was_missed_is_not_made_good_the_finding_says_how_far() -> None:
    rules = curing(3)
    payments = [*PAID_LATE, pay("b", 10_000, MARCH)]
    found = finding(standing(payments, DATE(2026, 3, 2), plain(6), rules), "cured")
    assert (found.passed, found.observed, found.limit, found.citation) == (False, 1, 3, HOUSE)
    assert "cured" not in {made.rule for made in standing([], FEBRUARY, rules=rules).findings}


def test_holds_keep_an_installment_from_being_missed() -> None:
    holds = [hold(DATE(2026, 2, 2), DATE(2026, 2, 20))]
    found = standing([], DATE(2026, 2, 20), rules=breaching(missed=1), holds=holds)
    assert (found.history.missed, found.is_in_breach) == (0, False)


# ------------------------------------------------------------------------------------------ next due


def test_the_next_due_amount_is_that_of_the_next_day_with_something_open() -> None:
    assert standing([], DATE(2026, 1, 10)).next_due == rp.NextDue(FEBRUARY, money(10_000))
    assert standing([], FEBRUARY).next_due == rp.NextDue(FEBRUARY, money(10_000))
    assert standing([], DATE(2026, 2, 2)).next_due == rp.NextDue(MARCH, money(10_000))
    assert standing([pay("a", 4_000, START)], START).next_due == rp.NextDue(FEBRUARY, money(6_000))
    assert standing([pay("a", 10_000, START)], START).next_due == rp.NextDue(MARCH, money(10_000))
    assert standing([], DATE(2026, 4, 2)).next_due is None


@pytest.mark.parametrize(
    ("held", "on", "units"),
    [(0, FEBRUARY, 10_000), (3_000, FEBRUARY, 7_000), (10_000, MARCH, 10_000), (15_000, MARCH, 5_000)],
)
def test_credit_that_is_held_is_taken_off(held: int, on: datetime.date, units: int) -> None:
    payments = [pay("a", held, START)] if held else []
    found = standing(payments, DATE(2026, 1, 10), rules=overdue_rules(order=CREDIT))
    assert found.next_due == rp.NextDue(DATE(on.year, on.month, on.day), money(units))
    assert found.ledger.credit == money(held)


def test_where_credit_covers_it_all_nothing_is_next() -> None:
    found = standing([pay("a", 30_000, START)], START, rules=overdue_rules(order=CREDIT))
    assert (found.next_due, found.state) == (None, State.ON_TRACK)


@pytest.mark.parametrize(
    ("paid", "on", "units"),
    [(213_238, DATE(2027, 3, 31), 106_619), (150_000, DATE(2027, 2, 28), 63_238)],
)
def test_money_that_an_order_spread_over_later_installments_counts_for_the_next(
    paid: int, on: pendulum.Date, units: int
) -> None:
    card = rp.build_schedule(
        rp.Terms(
            principal=rp.Money(12_000, "CNY"),
            rate=rp.Rate.annual("0.12"),
            starts_on=DATE(2027, 1, 1),
            first_due=DATE(2027, 1, 31),
            anchor_day=31,
            repayment=rp.LevelPayment(12),
        )
    )
    rules = overdue_rules(order=rp.CN_CREDIT_CARD)
    payments = [rp.Payment("a", rp.Money.from_minor_units(paid, "CNY"), DATE(2027, 1, 31))]
    asked = standing(payments, DATE(2027, 2, 1), card, rules).next_due
    assert asked == rp.NextDue(on, rp.Money.from_minor_units(units, "CNY"))
    assert asked is not None  # for the checkers too
    payments.append(rp.Payment("b", asked.amount, asked.on))
    after = standing(payments, asked.on.add(days=1), card, rules)
    assert (after.state, after.past_due.minor_units) == (State.ON_TRACK, 0)


def test_a_charge_that_was_paid_does_not_raise_what_is_next_due() -> None:
    charge = rp.Charge("c", money(500), 1, FEES, DATE(2026, 2, 10))
    payments = [pay("a", 10_000, DATE(2026, 2, 5)), pay("b", 2_000, DATE(2026, 2, 20))]
    found = standing(payments, DATE(2026, 2, 26), charges=[charge])
    assert found.ledger.charges_outstanding == money(0)
    assert found.next_due == rp.NextDue(MARCH, money(8_000))


def test_a_shortfall_that_was_tolerated_is_asked_for_with_the_next_amount() -> None:
    payments = [pay("a", 9_900, FEBRUARY)]
    asked = standing(payments, FEBRUARY, rules=tolerating(100)).next_due
    assert asked == rp.NextDue(MARCH, money(10_100))
    rest = [pay("b", 10_100, MARCH), pay("c", 9_900, APRIL)]
    assert standing([*payments, *rest], APRIL, rules=tolerating(100)).next_due is None


def test_what_moves_to_one_day_is_asked_for_together() -> None:
    holds = [hold(DATE(2026, 1, 20), MARCH, MOVE)]
    assert standing([], START, holds=holds).next_due == rp.NextDue(DATE(2026, 3, 2), money(20_000))


# ------------------------------------------------------------------------------------------ clocks, versions


def test_the_contracts_clock_runs_beside_the_plans() -> None:
    # 31 October, 30 November, 31 December, 31 January and 9: 1 October to 9 February are 131 days
    found = standing([], DATE(2026, 2, 9), contract_due_on=DATE(2025, 10, 1))
    assert (found.days_past_due, found.class_) == (8, "normal")
    assert (found.contract_days_past_due, found.contract_class) == (131, "bad")
    holds = [hold(DATE(2026, 1, 1), DATE(2026, 2, 11), REGULATOR)]
    held = standing([], DATE(2026, 2, 9), contract_due_on=DATE(2025, 10, 1), holds=holds)
    assert held.contract_days_past_due == 91  # to 31 December


def test_without_a_contract_that_is_past_due_there_is_no_such_clock() -> None:
    found = standing([], DATE(2026, 2, 9))
    assert (found.contract_days_past_due, found.contract_class) == (None, None)
    ahead = standing([], DATE(2026, 2, 9), contract_due_on=MARCH)
    assert (ahead.contract_days_past_due, ahead.contract_class) == (0, "normal")


def test_without_classes_there_is_no_class() -> None:
    rules = overdue_rules(classes=None)
    found = standing([], DATE(2026, 2, 9), rules=rules, contract_due_on=DATE(2025, 10, 1))
    assert (found.class_, found.contract_class, found.bucket) == (None, None, "M1")


def test_a_question_is_answered_by_the_rules_in_force_on_its_day() -> None:
    versions = rp.OverdueRuleVersions(
        ((START, overdue_rules(grace_days=days(30))), (DATE(2026, 2, 10), overdue_rules(grace_days=days(5))))
    )
    assert standing([], DATE(2026, 2, 9), rules=versions).state is State.LATE
    assert standing([], DATE(2026, 2, 10), rules=versions).state is State.BEYOND_GRACE
    with pytest.raises(rp.PolicyError) as caught:
        standing([], DATE(2025, 12, 31), rules=versions)
    assert caught.value.code == "rules.not_in_force"


# ------------------------------------------------------------------------------------------ findings


def test_findings_say_what_was_held_against_what() -> None:
    rules = attrs.evolve(breaching(missed=2, in_a_row=2, behind_days=30), grace_days=days(5))
    found = standing([], DATE(2026, 2, 11), rules=rules)
    assert [(made.rule, made.passed, made.observed, made.limit) for made in found.findings] == [
        ("nothing_past_due", False, money(10_000), money(0)),
        ("within_grace", False, 10, 5),
        ("breach_missed", True, 1, 2),
        ("breach_in_a_row", True, 1, 2),
        ("breach_behind_days", True, 10, 30),
    ]
    assert {made.citation for made in found.findings[1:]} == {HOUSE}
    for made in found.findings:
        assert made.comparison is not None
        assert made.comparison.holds(made.observed, made.limit) is made.passed


def test_where_nothing_is_past_due_the_finding_passes() -> None:
    (only,) = standing([], FEBRUARY).findings
    assert (only.rule, only.passed, only.observed) == ("nothing_past_due", True, money(0))


def test_tables_with_gaps_are_found() -> None:
    gap = rp.DelinquencyScale((rp.Band(0, 10, "a"), rp.Band(20, None, "b")), HOUSE)
    found = standing([], DATE(2026, 2, 16), rules=overdue_rules(buckets=gap, classes=gap))
    assert (found.days_past_due, found.bucket, found.class_) == (15, None, None)
    assert [made.rule for made in found.findings[1:]] == ["scale_without_gaps"] * 2
    assert not any(made.passed for made in found.findings)


# ------------------------------------------------------------------------------------------ explain


def test_an_explanation_can_be_redone_with_a_pencil() -> None:
    holds = [hold(DATE(2026, 2, 3), DATE(2026, 2, 4))]
    found = standing([pay("a", 4_000, FEBRUARY)], DATE(2026, 3, 5), holds=holds)
    assert found.explain().to_text().split("\n") == [
        "installment 1, due 2026-02-01: asked for 100.00 - paid 40.00 = 60.00 EUR",
        "installment 2, due 2026-03-01: asked for 100.00 - paid 0.00 = 100.00 EUR",
        "past due: installment 1 60.00 + installment 2 100.00 = 160.00 EUR",
        "days past due: 2026-02-01 to 2026-03-05 = 32 - 2 (held) = 30",
    ]
    explained = found.explain()
    assert explained["past_due"].result == found.past_due
    assert sum(explained[f"installments[{number}]"].exact for number in (1, 2)) == explained["past_due"].exact
    assert [line.result for line in explained.days] == [found.days_past_due] == [30]


def test_days_that_are_not_counted_are_explained() -> None:
    found = standing([], DATE(2026, 2, 9), rules=overdue_rules(counted_days=WEEKDAYS))
    (line,) = found.explain().days
    assert (line.left_out, line.why, line.result) == (2, "held or not counted", 6)


def test_where_nothing_is_past_due_there_is_little_to_explain() -> None:
    explained = standing([], FEBRUARY).explain()
    assert (explained.to_text(), explained.days) == ("past due: 0.00 EUR", ())


def test_the_up_front_payment_is_explained_as_number_zero() -> None:
    schedule = schedule_of(35_000, rp.EqualPrincipal(3), upfront=money(5_000))
    found = standing([], DATE(2026, 1, 5), schedule)
    assert (found.days_past_due, found.past_due) == (4, money(5_000))
    assert found.explain()["installments[0]"].label == "installment 0, due 2026-01-01"


def test_first_arrears_are_explained_from_their_day() -> None:
    payments = [pay("a", 10_000, DATE(2026, 3, 5))]
    found = standing(payments, DATE(2026, 3, 10), rules=overdue_rules(ageing=rp.Ageing.FIRST_ARREARS))
    assert found.explain().days[0].since == FEBRUARY


# ------------------------------------------------------------------------------------------ the value


def test_a_standing_shows_its_state_alone_and_pickles() -> None:
    found = standing([pay("a", 4_000, FEBRUARY)], DATE(2026, 3, 5))
    assert repr(found) == "<Standing as of 2026-03-05: beyond grace>"
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own
    assert found.as_of == DATE(2026, 3, 5)


def test_facts_that_were_checked_may_be_asked_about_again() -> None:
    facts = Facts(plain(), [pay("a", 4_000, FEBRUARY)])
    rules = overdue_rules()
    asked = [standing_of(facts, day, rules, None).days_past_due for day in (FEBRUARY, MARCH, APRIL)]
    assert asked == [0, 28, 59]


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"schedule": None}, "schedule"),
        ({"payments": None}, "payments"),
        ({"as_of": None}, "as_of"),
        ({"as_of": pendulum.datetime(2026, 2, 1)}, "as_of"),
        ({"rules": None}, "rules"),
        ({"rules": BUCKETS}, "rules"),
        ({"holds": None}, "holds"),
        ({"known_on": "2026-02-01"}, "known_on"),
        ({"waivers": None}, "waivers"),
        ({"charges": None}, "charges"),
        ({"contract_due_on": 5}, "contract_due_on"),
        ({"debtor": 5}, "debtor"),
    ],
)
def test_a_wrong_question_is_refused_by_name(options: dict[str, Wrong], field: str) -> None:
    fields: dict[str, Wrong] = {
        "schedule": plain(),
        "payments": (),
        "as_of": FEBRUARY,
        "rules": overdue_rules(),
        **options,
    }
    with pytest.raises(rp.InputTypeError) as caught:
        rp.standing_on(**fields)
    assert caught.value.field == field


@pytest.mark.parametrize(("fields", "field"), [({"ledger": None}, "ledger"), ({"rules": CLASSES}, "rules")])
def test_a_standing_of_wrong_parts_is_refused(fields: dict[str, Wrong], field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        attrs.evolve(standing([], FEBRUARY), **fields)
    assert caught.value.field == field


def test_the_last_day_that_there_is_can_be_asked_about() -> None:
    last = DATE(9999, 12, 31)
    found = standing([], last, rules=attrs.evolve(breaching(missed=2), grace_days=days(10)))
    assert found.days_past_due == last.toordinal() - FEBRUARY.toordinal()
    assert found.state is State.IN_BREACH


def test_business_days_of_two_centuries_are_counted_in_time() -> None:
    rules = attrs.evolve(breaching(missed=2), counted_days=WEEKDAYS)
    started = time.thread_time()
    assert standing([], DATE(2226, 2, 1), plain(60), rules).state is State.IN_BREACH
    assert time.thread_time() - started < 5


@pytest.mark.parametrize(
    "order",
    [
        rp.AllocationOrder.of("parts", tuple(rp.Component)),
        rp.AllocationOrder.of("sums", tuple(rp.Component), sweep=rp.Sweep.ACROSS),
    ],
)
@pytest.mark.parametrize(
    ("waived_on", "units", "expected"),
    [
        (DATE(2026, 2, 11), 4_000, 9),  # 60.00 are not material; 160.00 are, from 2 March on
        (DATE(2026, 1, 20), 4_000, 9),
        (DATE(2026, 2, 11), 1_000, 37),  # 90.00 still are
    ],
)
def test_a_waiver_that_makes_arrears_immaterial_stops_the_regulators_clock(
    waived_on: datetime.date, units: int, expected: int, order: rp.AllocationOrder
) -> None:
    waiver = rp.Waiver("w", money(units), 1, PRINCIPAL, waived_on)
    rules = attrs.evolve(material(6_000), order=order)
    found = standing([], DATE(2026, 3, 10), rules=rules, waivers=[waiver])
    assert found.regulatory_days_past_due == expected
