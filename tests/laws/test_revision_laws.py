"""Law 13: paid parts never move, the old version is reproducible, debt carried is debt outstanding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import overdue_strategies as drawn
from tests.plan import AS_OF, FIRST_DUE, able_to_pay, debt_of, plan_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

PLENTY = able_to_pay(10**9)
RATES = ("0", "0.07", "0.1825", "0.36")


@st.composite
def plans(draw: st.DrawFn) -> rp.Plan:
    """A plan of 1 to 10 installments, with what is carried, on several day counts and calendars."""
    months = draw(st.integers(1, 10))
    debt = debt_of(
        draw(st.integers(months * 50, 10**6)),
        draw(st.sampled_from(RATES)),
        interest=draw(st.integers(0, 500)),
        fees=draw(st.integers(0, 500)),
    )
    outcome = rp.propose(
        debt,
        PLENTY,
        rules=plan_rules(months + 1, order=draw(drawn.ORDERS)),
        first_due=FIRST_DUE,
        day_count=draw(st.sampled_from([rp.DayCount.NOMINAL, rp.DayCount.ACT_365F])),
        calendar=draw(st.sampled_from([None, rp.WeekendCalendar()])),
        carried=rp.CarriedTreatments(
            interest=draw(st.sampled_from([rp.CarriedTreatment.FIRST, rp.CarriedTreatment.SPREAD]))
        ),
    )
    assert isinstance(outcome, rp.Offers)
    offer = draw(st.sampled_from(outcome.offers))
    return rp.agree(offer, on=AS_OF, form=rp.AgreementForm.ORAL, accepted_in="c", contact_by=rp.Channel.SMS)


def payments_of(schedule: rp.Schedule, draws: Sequence[tuple[int, int, int]]) -> list[rp.Payment]:
    """Each installment paid so many days late, in so many tenths; some not at all."""
    return [
        rp.Payment(
            f"p{row.number}",
            rp.Money.from_minor_units(max(1, row.amount.minor_units * tenths // 10), row.amount.currency),
            max(row.due_on.add(days=late), AS_OF),
        )
        for row, (paid, tenths, late) in zip(schedule, draws, strict=False)
        if paid
    ]


cases = st.tuples(
    plans(),
    st.lists(st.tuples(st.integers(0, 1), st.integers(1, 14), st.integers(-20, 60)), max_size=10),
    st.integers(0, 400),
)


def day_of(plan: rp.Plan, days: int) -> pendulum.Date:
    """A day from the start to the last due date."""
    span = plan.schedule.last_due.toordinal() - AS_OF.toordinal()
    return AS_OF.add(days=days % (span + 1))


@given(cases)
def test_debt_carried_is_debt_outstanding(case: tuple[rp.Plan, list[tuple[int, int, int]], int]) -> None:
    plan, draws, days = case
    on, payments = day_of(plan, days), payments_of(plan.schedule, draws)
    found = rp.outstanding_on(rp.ledger_on(plan.schedule, payments, as_of=on, order=plan.order))
    asked = sum(row.amount.minor_units for row in plan.schedule if row.due_on < on)
    paid = sum(payment.amount.minor_units for payment in payments if payment.effective <= on)
    owed = asked + rp.payoff(plan.schedule, on).total.minor_units - paid
    assert found.total.minor_units - found.credit.minor_units == owed
    assert not (found.total and found.credit)


@given(cases, st.sampled_from(list(rp.RevisionKind)))
def test_a_revision_takes_over_what_is_outstanding_and_keeps_what_was(
    case: tuple[rp.Plan, list[tuple[int, int, int]], int], kind: rp.RevisionKind
) -> None:
    plan, draws, days = case
    on, payments = day_of(plan, days), payments_of(plan.schedule, draws)
    if (
        on >= plan.schedule.scheduled[-1]
        or not rp.outstanding_on(rp.ledger_on(plan.schedule, payments, as_of=on, order=plan.order)).principal
    ):
        return
    debt = rp.outstanding_debt(plan, payments, on)
    new = rp.revise(
        plan,
        payments,
        affordability=PLENTY,
        on=on,
        reason=rp.HardshipReason.OTHER,
        rules=plan_rules(60, order=plan.order),
        kind=kind,
    )
    assert isinstance(new, rp.Plan)
    assert new.offer.debt == debt
    standing = rp.standing_on(plan.schedule, payments, on, drawn.rules_of(plan.order))
    told = rp.outstanding_on(standing.ledger)
    assert (debt.principal, debt.interest, debt.fees, debt.penalties) == (
        told.principal,
        told.interest,
        told.fees,
        told.penalties,
    )
    assert new.schedule.total_principal + new.schedule.total_carried == debt.total
    assert all(row.due_on >= on for row in new.schedule)
    assert attrs.evolve(new.versions[0], acts=()) == plan
    before = rp.ledger_on(plan.schedule, payments, as_of=on, order=plan.order)
    kept = [payment for payment in payments if payment not in new.own_payments(payments)]
    assert (
        rp.ledger_on(new.versions[0].schedule, kept, as_of=on, order=plan.order).allocations
        == before.allocations
    )
    assert {payment.id for payment in kept} == {payment.id for payment in before.payments}


def units_of(plan: rp.Plan, units: int) -> rp.Money:
    return rp.Money.from_minor_units(units, plan.offer.debt.currency)


@given(cases, st.sampled_from(list(rp.RevisionKind)), st.integers(1, 60))
def test_a_plan_that_is_nearly_paid_is_revised_like_any_other(
    case: tuple[rp.Plan, list[tuple[int, int, int]], int], kind: rp.RevisionKind, units: int
) -> None:
    plan, _, days = case
    on = day_of(plan, days)
    if on >= plan.schedule.scheduled[-1]:
        return
    rest = rp.outstanding_debt(plan, (), on).total.minor_units - units
    payments = [rp.Payment("p", units_of(plan, rest), on)] if rest > 0 else []
    options: dict[str, Any] = {"affordability": PLENTY, "on": on, "reason": rp.HardshipReason.OTHER}
    options |= {"rules": plan_rules(60, order=plan.order), "kind": kind}
    ledger = rp.ledger_on(plan.schedule, payments, as_of=on, order=plan.order)
    if not rp.outstanding_on(ledger).principal:
        with pytest.raises(rp.TermsError) as caught:
            rp.revise(plan, payments, **options)
        assert caught.value.code == "revision.no_principal"
        return
    new = rp.revise(plan, payments, **options)
    assert isinstance(new, rp.Plan)
    assert new.schedule.total_principal + new.schedule.total_carried == new.offer.debt.total
    assert new.offer.debt.total == rp.outstanding_on(ledger).total
    if kind is rp.RevisionKind.RE_AMORTIZE:
        left = [day for day in plan.schedule.scheduled if day > on]
        assert list(new.schedule.scheduled) == left[: len(new.schedule)]


@given(cases, st.integers(0, 9), st.integers(0, 40))
def test_a_returned_payment_withdraws_what_counted_it_and_nothing_that_was_before(
    case: tuple[rp.Plan, list[tuple[int, int, int]], int], which: int, later: int
) -> None:
    plan, draws, days = case
    on, payments = day_of(plan, days), payments_of(plan.schedule, draws)
    ledger = rp.ledger_on(plan.schedule, payments, as_of=on, order=plan.order)
    is_last = on >= plan.schedule.scheduled[-1]
    if is_last or not ledger.payments or not rp.outstanding_on(ledger).principal:
        return
    options: dict[str, Any] = {"affordability": PLENTY, "reason": rp.HardshipReason.OTHER}
    options |= {"rules": plan_rules(60, order=plan.order), "first_due": on.add(days=80)}
    wrong = rp.revise(plan, payments, on=on, **options)
    assert isinstance(wrong, rp.Plan)
    undone, day = ledger.payments[which % len(ledger.payments)], on.add(days=1 + later)
    every = [*payments, rp.Payment("r", undone.amount, day, reverses=undone.id)]
    assert wrong.own_payments(every, known_on=on) == wrong.own_payments(payments)
    before = wrong.reopened(every, on=day, reason="returned")
    new = rp.revise(before, every, on=day, **options)
    assert isinstance(new, rp.Plan)
    assert new.offer.debt == rp.outstanding_debt(plan, every, day)
    assert new.version_on(on) is wrong
    assert new.version_on(day) is new
    assert new.version_on(day, known_on=on) is wrong
    assert new.versions[0].schedule == plan.schedule
