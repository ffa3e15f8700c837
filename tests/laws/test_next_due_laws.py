"""What is next due, by the same judgement as what is past due: who pays it is not late."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle_overdue as oracle
from tests.laws import overdue_strategies as drawn

if TYPE_CHECKING:
    from fractions import Fraction

    import pendulum

    from tests.laws.oracle_overdue import Facts
    from tests.laws.overdue_strategies import Day, PlanOrder

EVERY_ORDER = st.one_of(drawn.ORDERS, drawn.ORDERS_THAT_SAVE)
TOLERATED = st.none() | drawn.TOLERANCES
"""Before or after the payments of the day, which are taken by id."""
NAMES = st.sampled_from(["a", "z"])

Rough = dict[str, Any]


def rules_with(facts: Facts, rough: Rough, tolerated: tuple[int, Fraction] | None) -> rp.OverdueRules:
    tolerance = None if tolerated is None else drawn.tolerance_of(facts.schedule, tolerated)
    return drawn.rules_of(facts.order, rough, tolerance=tolerance)


def paid(facts: Facts, name: str, amount: rp.Money, day: pendulum.Date) -> Facts:
    if not amount:
        return facts
    return dataclasses.replace(facts, payments=(*facts.payments, rp.Payment(name, amount, day)))


@given(
    facts=drawn.WITH_WAIVERS,
    order=EVERY_ORDER,
    rough=drawn.RULES,
    tolerated=TOLERATED,
    middle=drawn.DAYS,
    name=NAMES,
)
def test_who_pays_what_is_next_due_on_its_day_is_not_past_due_the_day_after(  # each is drawn
    facts: Facts,
    order: PlanOrder,
    rough: Rough,
    tolerated: tuple[int, Fraction] | None,
    middle: Day,
    name: str,
) -> None:
    day = drawn.day_near(facts.schedule, middle)
    told = oracle.known_by(dataclasses.replace(facts, order=order), day)
    rules = rules_with(told, rough, tolerated)
    standing = drawn.standing_of(told, day, rules)
    told = paid(told, f"{name}-late", standing.past_due, day)
    while (asked := standing.next_due) is not None:
        assert asked.on >= standing.as_of
        told = paid(told, f"{name}-{asked.on}", asked.amount, asked.on)
        standing = drawn.standing_of(told, asked.on.add(days=1), rules)
        assert (standing.past_due.minor_units, standing.days_past_due) == (0, 0), asked
    if not standing.past_due:  # nothing more is asked for, and nothing more grows late
        after = drawn.standing_of(told, max(standing.as_of, facts.schedule.last_due).add(days=100), rules)
        assert not after.past_due


@given(facts=drawn.FACTS, rough=drawn.RULES, tolerated=TOLERATED, middle=drawn.DAYS)
def test_what_is_next_due_is_the_oracles(
    facts: Facts, rough: Rough, tolerated: tuple[int, Fraction] | None, middle: Day
) -> None:
    assert_equal_to_the_oracles(facts, rules_with(facts, rough, tolerated), middle)


@given(facts=drawn.WITH_WAIVERS, rough=drawn.RULES, middle=drawn.DAYS)
def test_what_is_next_due_after_a_waiver_is_the_oracles(facts: Facts, rough: Rough, middle: Day) -> None:
    assert_equal_to_the_oracles(facts, rules_with(facts, rough, None), middle)


def assert_equal_to_the_oracles(facts: Facts, rules: rp.OverdueRules, middle: Day) -> None:
    day = drawn.day_near(facts.schedule, middle)
    found = drawn.standing_of(facts, day, rules).next_due
    told = None if found is None else (oracle.plain(found.on), found.amount.minor_units)
    assert told == oracle.next_due(facts, oracle.plain(day), rules)


@given(
    facts=drawn.WITH_WAIVERS,
    order=EVERY_ORDER,
    rough=drawn.RULES,
    middle=drawn.DAYS,
    ahead=st.integers(1, 90),
)
def test_what_is_due_soon_is_what_is_next_due_and_what_follows(
    facts: Facts, order: PlanOrder, rough: Rough, middle: Day, ahead: int
) -> None:
    day = drawn.day_near(facts.schedule, middle)
    told = oracle.known_by(dataclasses.replace(facts, order=order), day)
    rules = attrs.evolve(drawn.rules_of(order, rough), reminder_days=rp.Limit(ahead, drawn.HOUSE))
    standing = drawn.standing_of(told, day, rules)
    reminder, *_ = rp.early_warnings(
        told.schedule,
        told.payments,
        day,
        rules,
        told.holds,
        waivers=told.waivers,
        charges=told.charges,
        contract_due_on=told.contract_due_on,
    )
    told, total = paid(told, "z-late", standing.past_due, day), 0
    while (asked := standing.next_due) is not None and asked.on <= day.add(days=ahead):
        total += asked.amount.minor_units
        told = paid(told, f"z-{asked.on}", asked.amount, asked.on)
        standing = drawn.standing_of(told, asked.on.add(days=1), rules)
    observed = reminder.observed
    assert isinstance(observed, rp.Money)
    assert observed.minor_units == total
