"""Strategies for what happens to a plan: payments, holds, waivers, charges, promises; ledgers and standings.

With a schedule, days lean on its due dates and those beside them, and amounts on what an installment asks
for and one minor unit more or less: that is where services go wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
from hypothesis import strategies as st

import repayplan as rp
from repayplan.overdue.facts import Facts
from repayplan.testing.derived import of
from repayplan.testing.drawing import values
from repayplan.testing.ground import money, names
from repayplan.testing.registry import Strategy, attempt, relation_of, strategy_for, was_made
from repayplan.testing.relating import by_id, in_order, soon_after
from repayplan.testing.rule_books import overdue_rules
from repayplan.testing.schedule import schedules

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pendulum

__all__ = ["days_near", "holds", "payments", "reversals"]

_ROWS: Final = 8
_DELAYS: Final = st.none() | st.integers(0, 40)
_LENGTHS: Final = st.integers(0, 90)
_ROUGH_DAYS: Final = st.tuples(st.integers(0, _ROWS), st.sampled_from([0, -1, 1]) | st.integers(-40, 70))
"""Which due date, the start being the last of them, and how many days off."""
_ROUGH_AMOUNTS: Final = st.tuples(
    st.sampled_from([1_000, 1_000_000]) | st.integers(1, 999), st.sampled_from([0, -1, 1])
)
"""So many thousandths of the first installment, and a minor unit more or less."""
_STATUSES: Final = st.just(rp.PaymentStatus.CLEARED) | st.sampled_from(rp.PaymentStatus)
_WHICH: Final = st.none() | st.integers(0, _ROWS)
_EFFECTS: Final = st.frozensets(st.sampled_from(rp.HoldEffect), min_size=1, max_size=3)
_KINDS: Final = st.sampled_from(rp.HoldKind)
# what is drawn is told of a schedule afterwards: strategies made anew at each draw would cost most of a test


@st.composite
def days_near(draw: st.DrawFn, schedule: rp.Schedule) -> pendulum.Date:
    """Draw a day on or about a due date, none before the schedule starts."""
    which, off = draw(_ROUGH_DAYS)
    starts_on = schedule.terms.starts_on
    marks = [*schedule.due[: _ROWS - 1], schedule.last_due, starts_on]
    return max(starts_on, marks[which % len(marks)].add(days=off))


@st.composite
def _amounts_near(draw: st.DrawFn, schedule: rp.Schedule) -> rp.Money:
    """Draw what an installment asks for, a minor unit more or less, a part of it, or far more than all."""
    asked, (thousandths, more) = schedule[0].amount, draw(_ROUGH_AMOUNTS)
    units = asked.minor_units * thousandths // 1_000 + more
    return rp.Money.from_minor_units(max(1, units), asked.currency)


def _delayed(day: pendulum.Date, delay: int | None) -> pendulum.Date | None:
    return None if delay is None else day.add(days=delay)


@st.composite
def payments(draw: st.DrawFn, schedule: rp.Schedule, *, id: str | None = None) -> rp.Payment:  # noqa: A002  # the name of the field
    """Draw a payment on a schedule: late, early, partial, backdated, announced, or meant for an installment.

    Args:
        draw: Given by Hypothesis.
        schedule: What falls due.
        id: Its id; None draws one.
    """
    received_on = draw(days_near(schedule))
    back, which = draw(_DELAYS), draw(_WHICH)
    earliest = schedule.terms.starts_on
    return rp.Payment(
        draw(names()) if id is None else id,
        draw(_amounts_near(schedule)),
        received_on,
        effective_on=None if back is None else max(earliest, received_on.subtract(days=back)),
        recorded_on=_delayed(received_on, draw(_DELAYS)),
        status=draw(_STATUSES),
        installment=None if which is None else schedule[which % len(schedule)].number,
    )


@st.composite
def reversals(draw: st.DrawFn, payment: rp.Payment, *, id: str | None = None) -> rp.Payment:  # noqa: A002  # the name of the field
    """Draw the reversal of a cleared payment, received on its day or up to 90 days later.

    Args:
        draw: Given by Hypothesis.
        payment: What is undone.
        id: The id of the reversal; None is that of the payment with a mark.
    """
    received_on = payment.received_on.add(days=draw(_LENGTHS))
    name = f"{payment.id} undone" if id is None else id
    return rp.Payment(name, payment.amount, received_on, reverses=payment.id)


@st.composite
def holds(draw: st.DrawFn, schedule: rp.Schedule, *, id: str | None = None) -> rp.Hold:  # noqa: A002  # the name of the field
    """Draw a hold near the dates of a schedule, with any effects; one that moves due dates has an end.

    Args:
        draw: Given by Hypothesis.
        schedule: What is held.
        id: Its id; None draws one.
    """
    effects, first_day = draw(_EFFECTS), draw(days_near(schedule))
    length = draw(_LENGTHS) if rp.HoldEffect.DUE_DATES_MOVE in effects else draw(st.none() | _LENGTHS)
    return rp.Hold(
        draw(names()) if id is None else id,
        draw(_KINDS),
        effects,
        first_day,
        _delayed(first_day, length),
        recorded_on=_delayed(first_day, draw(_DELAYS)),
    )


@st.composite
def _facts(draw: st.DrawFn, schedule: rp.Schedule) -> Facts:
    """Draw what was paid, undone, held and charged; nothing contradicts anything else."""
    paid: list[rp.Payment] = list(by_id(draw(st.lists(payments(schedule), max_size=3))))
    cleared = [payment for payment in paid if payment.status is rp.PaymentStatus.CLEARED]
    if draw(st.booleans()):
        paid.extend(draw(reversals(payment)) for payment in cleared[:1])
    held = by_id(draw(st.lists(holds(schedule), max_size=2)))
    amount = of(rp.Money, schedule.terms.principal.currency)
    charged = values(rp.Charge, amount=amount, installment=1, charged_on=days_near(schedule))
    charge: rp.Charge | None = draw(st.none() | charged)
    return Facts(schedule, tuple(paid), held, charges=() if charge is None else (charge,))


@strategy_for(Facts)
def _all_facts(currency: rp.Currency) -> Strategy:
    return schedules(currency, installments=_ROWS).flatmap(_facts)


@st.composite
def _on_a_day(draw: st.DrawFn, currency: rp.Currency) -> tuple[Facts, pendulum.Date]:
    facts: Facts = draw(of(Facts, currency))
    return facts, draw(days_near(facts.schedule))


@strategy_for(rp.Ledger)
def _ledgers(currency: rp.Currency) -> Strategy:
    """Draw a ledger on a day about the due dates."""
    parts = st.tuples(_on_a_day(currency), of(rp.AllocationOrder, currency))
    return parts.map(lambda drawn: rp.Ledger(drawn[0][0], drawn[1], drawn[0][1]))


@strategy_for(rp.Standing)
def _standings(currency: rp.Currency) -> Strategy:
    """Draw a standing on a day about the due dates."""
    parts = st.tuples(_on_a_day(currency), overdue_rules(currency))
    return parts.map(lambda drawn: attempt(_standing, *drawn)).filter(was_made)


def _standing(on_a_day: tuple[Facts, pendulum.Date], rules: rp.OverdueRules) -> rp.Standing:
    facts, day = on_a_day
    return rp.standing_on(facts.schedule, facts.payments, day, rules, facts.holds, charges=facts.charges)


# --- relations


@relation_of(rp.Payment)
def _payment(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    received_on = fields["received_on"]
    back = draw(st.none() | st.integers(0, 40))
    reverses = fields["reverses"] if fields["reverses"] != fields["id"] else None
    return {
        "effective_on": None if back is None else received_on.subtract(days=back),
        "recorded_on": _delayed(received_on, draw(_DELAYS)),
        "reverses": None if fields["status"] is not rp.PaymentStatus.CLEARED else reverses,
    }


@relation_of(rp.Hold)
def _hold(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    moves = rp.HoldEffect.DUE_DATES_MOVE in fields["effects"]
    ends = moves or fields["last_day"] is not None
    return {"last_day": soon_after(draw, fields["first_day"]) if ends else None}


@relation_of(rp.Waiver, rp.Charge)
def _adjustment(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    day = fields["waived_on"] if "waived_on" in fields else fields["charged_on"]
    principal = fields["component"] is rp.Component.PRINCIPAL and "charged_on" in fields
    component = rp.Component.FEES if principal else fields["component"]
    return {"component": component, "recorded_on": _delayed(day, draw(_DELAYS))}


@relation_of(rp.Promise)
def _promise(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    made_on = fields["made_on"]
    return {"by": soon_after(draw, made_on), "recorded_on": _delayed(made_on, draw(_DELAYS))}


@relation_of(rp.PromiseStanding)
def _promise_standing(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let nothing of it be paid, a part, or all, from a day on."""
    promise, part = fields["promise"], draw(st.integers(0, 2))
    as_of = soon_after(draw, promise.made_on)
    paid = rp.Money.from_minor_units(promise.amount.minor_units * part // 2, promise.amount.currency)
    reached_on = promise.made_on.add(days=draw(st.integers(0, (as_of - promise.made_on).days)))
    return {"as_of": as_of, "paid": paid, "reached_on": reached_on if paid == promise.amount else None}


@relation_of(rp.Balance)
def _balance(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    disputed = fields["disputed"]
    return {"disputed": None if disputed is None else min(disputed, fields["amount"])}


@strategy_for(rp.ExcessAllocation)
def _excess_allocations(currency: rp.Currency) -> Strategy:
    """Allocate an excess to up to three balances."""
    balances = st.lists(of(rp.Balance, currency), max_size=3, unique_by=lambda balance: balance.id)
    return st.builds(rp.allocate_excess, money(currency), balances)


@relation_of(rp.Timeline)
def _timeline(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let only the days past due differ on the last day from where the last change led."""
    last = fields["changes"][-1].after if fields["changes"] else fields["opening"]
    closing = attrs.evolve(last, days_past_due=fields["closing"].days_past_due)
    return {**in_order(fields, "start", "end"), "closing": closing}
