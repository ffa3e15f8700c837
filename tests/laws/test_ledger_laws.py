"""Laws of the ledger (law 10), each exact, and every figure of it by the second engine."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle_overdue as oracle
from tests.laws import overdue_strategies as drawn

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Sequence

    from tests.laws.oracle_overdue import Facts
    from tests.laws.overdue_strategies import Day, PlanOrder, Reversal

SOME_DAYS = st.lists(drawn.DAYS, min_size=3, max_size=3)
ANY_ORDER = st.none() | drawn.ORDERS_THAT_SAVE
"""Another order, of those that save interest, or the one that was drawn."""
KINDS = ("payments", "holds", "waivers", "charges")
AMONG_ALL = st.integers(0, 99)


def by_any_order(facts: Facts, order: PlanOrder | None) -> Facts:
    return facts if order is None else dataclasses.replace(facts, order=order)


def figures_on(facts: Facts, day: dt.date) -> dict[str, Any]:
    return drawn.figures(drawn.ledger_of(facts, day))


def counted(facts: Facts, as_of: dt.date) -> int:
    """The sum of all cleared payments that are effective by a day and not reversed."""
    units = [
        payment.amount.minor_units
        for payment in oracle.counting_payments(facts)
        if oracle.effective(payment) <= as_of
    ]
    return sum(units)


# --- item by item


@given(facts=drawn.FACTS, days=SOME_DAYS)
def test_every_item_and_allocation_is_the_oracles(facts: Facts, days: list[Day]) -> None:
    for day in drawn.days_near(facts.schedule, days):
        assert figures_on(facts, day) == drawn.expected(oracle.snapshot_on(facts, day)), day


@given(facts=drawn.WITH_WAIVERS, days=SOME_DAYS)
def test_what_is_waived_is_free_from_the_day_of_the_waiver_on(facts: Facts, days: list[Day]) -> None:
    for day in drawn.days_near(facts.schedule, days):
        assert figures_on(facts, day) == drawn.expected(oracle.snapshot_on(facts, day)), day


@given(facts=drawn.FACTS, days=SOME_DAYS)
def test_every_allocation_names_the_order_and_the_timing_that_decided_it(
    facts: Facts, days: list[Day]
) -> None:
    for day in drawn.days_near(facts.schedule, days):
        ledger = drawn.ledger_of(facts, day)
        due = {row.number: row.due_on for row in ledger.installments}
        for allocation in ledger.allocations:
            order = oracle.order_on(facts, oracle.plain(allocation.on))
            assert allocation.order is order
            assert allocation.rule.startswith(order.name)
            if allocation.charge is None:
                assert allocation.timing is timing(due[allocation.installment], allocation.on)


def timing(due: dt.date, day: dt.date) -> rp.Timing:
    if due == day:
        return rp.Timing.DUE
    return rp.Timing.PAST_DUE if due < day else rp.Timing.IN_ADVANCE


# --- law 10


@given(facts=drawn.WITH_WAIVERS, order=ANY_ORDER, days=SOME_DAYS)
def test_no_money_is_lost_or_made(facts: Facts, order: PlanOrder | None, days: list[Day]) -> None:
    told = by_any_order(facts, order)
    for day in drawn.days_near(facts.schedule, days):
        ledger = drawn.ledger_of(told, day)
        allocated = sum(allocation.amount.minor_units for allocation in ledger.allocations)
        assert allocated + ledger.credit.minor_units == counted(told, day), day
        assert sum(payment.amount.minor_units for payment in ledger.payments) == counted(told, day)


@given(facts=drawn.WITH_WAIVERS, order=ANY_ORDER, days=SOME_DAYS)
def test_what_is_paid_of_a_part_is_the_sum_of_its_allocations_and_never_too_much(
    facts: Facts, order: PlanOrder | None, days: list[Day]
) -> None:
    for day in drawn.days_near(facts.schedule, days):
        ledger = drawn.ledger_of(by_any_order(facts, order), day)
        for row in ledger.installments:
            for part in row.parts:
                paid = [one.amount for one in row.allocations if one.component is part.component]
                assert part.paid.minor_units == sum(amount.minor_units for amount in paid)
                assert all(amount.minor_units > 0 for amount in paid)
                assert min(part.asked.minor_units, part.waived.minor_units, part.saved.minor_units) >= 0
                assert part.outstanding.minor_units >= 0
        left = [row.outstanding.minor_units for row in ledger.installments]
        assert ledger.outstanding.minor_units == ledger.charges_outstanding.minor_units + sum(left)
        components = [ledger.outstanding_of(component) for component in rp.Component]
        assert ledger.outstanding.minor_units == sum(amount.minor_units for amount in components)


@given(facts=drawn.WITH_WAIVERS, order=ANY_ORDER, days=SOME_DAYS, seed=st.randoms(use_true_random=False))
def test_the_order_of_arrival_is_irrelevant(
    facts: Facts, order: PlanOrder | None, days: list[Day], seed: random.Random
) -> None:
    told = by_any_order(facts, order)
    shuffled: dict[str, Any] = {}
    for kind in KINDS:
        arrived = list(getattr(facts, kind))
        seed.shuffle(arrived)
        shuffled[kind] = tuple(arrived)
    for day in drawn.days_near(facts.schedule, days):
        assert figures_on(dataclasses.replace(told, **shuffled), day) == figures_on(told, day), day


@given(facts=drawn.WITH_WAIVERS, order=ANY_ORDER, days=SOME_DAYS)
def test_a_reversal_undoes_exactly(facts: Facts, order: PlanOrder | None, days: list[Day]) -> None:
    undone = {one.reverses for one in facts.payments if one.reverses is not None}
    kept = tuple(one for one in facts.payments if one.reverses is None and one.id not in undone)
    told = dataclasses.replace(by_any_order(facts, order), known_on=None)
    never = dataclasses.replace(told, payments=kept)
    for day in drawn.days_near(facts.schedule, days):
        assert figures_on(told, day) == figures_on(never, day), day


@given(
    facts=drawn.WITH_WAIVERS,
    order=ANY_ORDER,
    days=SOME_DAYS,
    when=drawn.DAYS,
    amount=drawn.AMOUNTS,
    undo=drawn.REVERSALS,
)
def test_another_payment_and_its_reversal_change_nothing_on_any_day(  # each is drawn
    facts: Facts,
    order: PlanOrder | None,
    days: list[Day],
    when: Day,
    amount: drawn.Amount,
    undo: Reversal,
) -> None:
    plan = facts.schedule
    payment = rp.Payment("new", drawn.amount_near(plan, amount), drawn.day_near(plan, when))
    told = dataclasses.replace(by_any_order(facts, order), known_on=None)
    more = dataclasses.replace(told, payments=(drawn.reversal_of(payment, undo), *facts.payments, payment))
    for day in drawn.days_near(plan, days):
        assert figures_on(more, day) == figures_on(told, day), day


@given(facts=drawn.WITH_WAIVERS, days=SOME_DAYS, known=drawn.DAYS)
def test_what_was_known_is_what_was_recorded_by_then(facts: Facts, days: list[Day], known: Day) -> None:
    known_on = drawn.day_near(facts.schedule, known)
    by_then: dict[str, Any] = {
        kind: tuple(fact for fact in getattr(facts, kind) if recorded_on(fact) <= known_on) for kind in KINDS
    }
    names = {payment.id for payment in by_then["payments"]}
    by_then["payments"] = tuple(
        payment for payment in by_then["payments"] if payment.reverses is None or payment.reverses in names
    )
    told = dataclasses.replace(facts, known_on=None, **by_then)
    asked = dataclasses.replace(facts, known_on=known_on)
    for day in drawn.days_near(facts.schedule, days):
        assert figures_on(asked, day) == figures_on(told, day), day


def recorded_on(fact: rp.Payment | rp.Hold | rp.Waiver | rp.Charge) -> dt.date:
    if fact.recorded_on is not None:
        return fact.recorded_on
    if isinstance(fact, rp.Payment):
        return fact.received_on
    if isinstance(fact, rp.Hold):
        return fact.first_day
    return fact.waived_on if isinstance(fact, rp.Waiver) else fact.charged_on


@given(facts=drawn.FACTS, days=SOME_DAYS)
def test_what_was_allocated_by_a_day_stays_as_days_go_by(facts: Facts, days: list[Day]) -> None:
    seen = drawn.days_near(facts.schedule, days)
    last = drawn.ledger_of(facts, seen[-1]).allocations
    for day in seen:
        by_then = [allocation for allocation in last if allocation.on <= day]
        assert list(drawn.ledger_of(facts, day).allocations) == by_then, day


# --- one id twice


def again(facts: Sequence[Any], which: int, place: int) -> tuple[Any, ...]:
    """Facts with one of them once more, anywhere among them."""
    cut = place % (len(facts) + 1)
    return (*facts[:cut], facts[which % len(facts)], *facts[cut:])


@given(
    facts=drawn.WITH_WAIVERS,
    hold=drawn.HOLDS,
    kind=st.sampled_from(KINDS),
    which=AMONG_ALL,
    place=AMONG_ALL,
)
def test_one_id_twice_is_refused(
    facts: Facts, hold: list[dict[str, Any]], kind: str, which: int, place: int
) -> None:
    plan = facts.schedule
    day, amount = plan.terms.starts_on, drawn.money(1, plan)
    first: dict[str, tuple[Any, ...]] = {
        "payments": (rp.Payment("x", amount, day),),
        "holds": drawn.holds_of(plan, hold[:1]),
        "waivers": (rp.Waiver("x", amount, 1, rp.Component.PRINCIPAL, day),),
        "charges": (rp.Charge("x", amount, 1, rp.Component.FEES, day),),
    }
    every = getattr(facts, kind) or first[kind]
    if not every:  # no hold was drawn at all
        every = (rp.Hold("x", rp.HoldKind.OTHER, drawn.DAYS_STOP, day, day),)
    doubled: dict[str, Any] = {kind: again(every, which, place)}
    told = dataclasses.replace(facts, **doubled)
    with pytest.raises(rp.PaymentError) as caught:
        drawn.ledger_of(told, day)
    assert caught.value.code.endswith(".duplicate")
    assert caught.value.field.startswith(kind)


@given(facts=drawn.FACTS, undo=st.tuples(drawn.REVERSALS, drawn.REVERSALS), place=AMONG_ALL)
def test_a_payment_is_undone_once_only(facts: Facts, undo: tuple[Reversal, Reversal], place: int) -> None:
    plan = facts.schedule
    payment = rp.Payment("x", plan[0].amount, plan.terms.starts_on)
    first, second = (
        attrs.evolve(drawn.reversal_of(payment, one), id=name) for one, name in zip(undo, "yz", strict=True)
    )
    cut = place % (len(facts.payments) + 1)
    payments = (second, *facts.payments[:cut], payment, *facts.payments[cut:], first)
    with pytest.raises(rp.PaymentError) as caught:
        drawn.ledger_of(dataclasses.replace(facts, payments=payments), plan.last_due)
    assert caught.value.code == "payment.reversal"
