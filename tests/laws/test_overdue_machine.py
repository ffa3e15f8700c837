"""A plan through its life: pay, backdate, reverse, hold, waive, revise, let days pass, beside the oracle.

After every step the ledger and the standing are those of an engine that goes through the days one by one and
shares no code with the package (tests/laws/oracle_overdue.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import repayplan as rp
from tests.laws import oracle_overdue as oracle
from tests.laws import overdue_strategies as drawn
from tests.plan import AS_OF, FIRST_DUE, HOUSE, able_to_pay, debt_of, money, plan_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

ABLE: Final = able_to_pay(10**6)
ORDERS: Final = (
    rp.PENALTIES_FEES_INTEREST_PRINCIPAL,
    rp.PRINCIPAL_INTEREST_PENALTIES_FEES,
    attrs.evolve(rp.PENALTIES_FEES_INTEREST_PRINCIPAL, overpayment=rp.Overpayment.CREDIT),
    attrs.evolve(rp.PENALTIES_FEES_INTEREST_PRINCIPAL, overpayment=rp.Overpayment.LAST_INSTALLMENT),
    rp.CN_CIVIL_CODE_561,
)
STOPS: Final = (rp.HoldEffect.PLAN_DAYS_STOP, rp.HoldEffect.REGULATORY_DAYS_STOP, rp.HoldEffect.FEES_STOP)
UNITS: Final = st.integers(1, 60_000)
SHORT_WHILE: Final = st.integers(0, 40)


class PlanLife(RuleBasedStateMachine):
    """One plan, its versions, and all that happens to it."""

    @initialize(
        order=st.sampled_from(ORDERS),
        months=st.integers(1, 4),
        rate=st.sampled_from(["0", "0.12"]),
        interest=st.integers(0, 400),
        grace=st.integers(0, 6),
    )
    def agree(self, order: rp.AllocationOrder, months: int, rate: str, interest: int, grace: int) -> None:
        debt = debt_of(90_000, rate, interest=interest)
        rules = plan_rules(months, order=order)
        offers = rp.propose(debt, ABLE, rules=rules, first_due=FIRST_DUE)
        assert isinstance(offers, rp.Offers)
        self.plan = rp.agree(
            offers[0], on=AS_OF, form=rp.AgreementForm.ORAL, accepted_in="c", contact_by=rp.Channel.SMS
        )
        self.overdue = attrs.evolve(
            drawn.rules_of(order),
            grace_days=rp.Limit(grace, HOUSE),
            breach=rp.BreachRules(missed=rp.Limit(2, HOUSE)),
            cure=rp.CureRules(payments=rp.Limit(1, HOUSE), probation_days=rp.Limit(20, HOUSE)),
        )
        self.day = AS_OF
        self.payments: list[rp.Payment] = []
        self.holds: list[rp.Hold] = []
        self.waivers: list[rp.Waiver] = []
        self.count = 0
        self.believed: dict[pendulum.Date, tuple[object, object]] = {}
        self.in_force: dict[pendulum.Date, rp.Schedule] = {}

    def name(self) -> str:
        self.count += 1
        return f"f{self.count:03}"

    @property
    def start(self) -> pendulum.Date:
        return self.plan.schedule.terms.starts_on

    @property
    def own(self) -> Sequence[rp.Payment]:
        return self.plan.own_payments(self.payments)

    @rule(units=UNITS)
    def pay(self, units: int) -> None:
        self.payments.append(rp.Payment(self.name(), money(units), self.day))

    @rule(days=SHORT_WHILE)
    def pay_what_is_due(self, days: int) -> None:
        due = rp.standing_on(self.plan.schedule, self.own, self.day, self.overdue).next_due
        if due is not None:
            received = max(self.day, due.on.subtract(days=days))
            self.payments.append(rp.Payment(self.name(), due.amount, received))

    @rule(units=UNITS, days=SHORT_WHILE)
    def backdate(self, units: int, days: int) -> None:
        given_up = max(self.start, self.day.subtract(days=days))
        self.payments.append(rp.Payment(self.name(), money(units), self.day, effective_on=given_up))

    @rule(units=UNITS, status=st.sampled_from([rp.PaymentStatus.PENDING, rp.PaymentStatus.FAILED]))
    def announce(self, units: int, status: rp.PaymentStatus) -> None:
        self.payments.append(rp.Payment(self.name(), money(units), self.day, status=status))

    @precondition(lambda self: any(self.undoable))
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        payment = data.draw(st.sampled_from(self.undoable))
        self.payments.append(rp.Payment(self.name(), payment.amount, self.day, reverses=payment.id))

    @property
    def undoable(self) -> list[rp.Payment]:
        counted = set() if self.plan.revision is None else set(self.plan.revision.counted)
        undone = {payment.reverses for payment in self.payments}
        return [
            payment
            for payment in self.payments
            if payment.status is rp.PaymentStatus.CLEARED
            and payment.reverses is None
            and payment.id not in undone | counted
        ]

    @rule(
        before=st.integers(-30, 30), length=SHORT_WHILE, effects=st.sets(st.sampled_from(STOPS), min_size=1)
    )
    def hold(self, before: int, length: int, effects: set[rp.HoldEffect]) -> None:
        first = self.day.subtract(days=before)
        last = first.add(days=length)
        self.holds.append(
            rp.Hold(self.name(), rp.HoldKind.COMPLAINT, effects, first, last, recorded_on=self.day)
        )

    @rule(data=st.data())
    def waive(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(list(self.plan.schedule)))
        left = row.interest + row.carried_interest
        gone = [waiver.amount for waiver in self.waivers if waiver.installment == row.number]
        most = left.minor_units - sum(amount.minor_units for amount in gone)
        if most > 0:
            amount = money(data.draw(st.integers(1, most)))
            self.waivers.append(rp.Waiver(self.name(), amount, row.number, rp.Component.INTEREST, self.day))

    @rule(days=st.integers(1, 35))
    def let_days_pass(self, days: int) -> None:
        self.believed[self.day] = self.answers(self.day)
        self.in_force[self.day] = self.plan.schedule
        self.day = self.day.add(days=days)

    @precondition(lambda self: self.can_be_revised)
    @rule(kind=st.sampled_from(list(rp.RevisionKind)))
    def revise(self, kind: rp.RevisionKind) -> None:
        before, own = self.plan, self.own
        ledger = rp.ledger_on(before.schedule, own, as_of=self.day, order=self.overdue.order)
        found = rp.revise(
            before,
            self.payments,
            affordability=ABLE,
            on=self.day,
            reason=rp.HardshipReason.ILLNESS,
            rules=plan_rules(12, order=self.overdue.order),
            kind=kind,
        )
        if isinstance(found, rp.NoAffordablePlan):  # the same payment may take longer than the rules allow
            assert kind is rp.RevisionKind.RE_AGE
            return
        asked = sum(row.amount.minor_units for row in before.schedule if row.due_on < self.day)
        paid = sum(payment.amount.minor_units for payment in ledger.payments)
        owed = asked + rp.payoff(before.schedule, self.day).total.minor_units - paid
        assert found.offer.debt.total.minor_units == owed
        old = found.versions[-2]
        assert attrs.evolve(old, acts=old.acts[:-1]) == before
        self.plan, self.holds, self.waivers, self.believed = found, [], [], {}

    @precondition(lambda self: self.plan.revision is not None and self.plan.revision.counted)
    @rule(data=st.data())
    def a_counted_payment_is_returned(self, data: st.DataObject) -> None:
        assert self.plan.revision is not None
        before, identity = self.plan, data.draw(st.sampled_from(self.plan.revision.counted))
        amount = next(payment.amount for payment in self.payments if payment.id == identity)
        self.payments.append(rp.Payment(self.name(), amount, self.day, reverses=identity))
        with pytest.raises(rp.PaymentError):
            before.own_payments(self.payments)
        yesterday = self.day.subtract(days=1)
        assert before.own_payments(self.payments, known_on=yesterday) == before.own_payments(
            self.payments[:-1]
        )
        self.plan = before.reopened(self.payments, on=self.day, reason="returned")
        assert self.plan.withdrawn[-1] is before
        assert self.plan.state is rp.PlanState.ACTIVE
        self.holds, self.waivers, self.believed = [], [], {}

    @property
    def can_be_revised(self) -> bool:
        """A date of the plan is left, nothing was waived, and principal is outstanding."""
        if self.waivers or self.day >= self.plan.schedule.scheduled[-1]:
            return False
        ledger = rp.ledger_on(self.plan.schedule, self.own, as_of=self.day, order=self.overdue.order)
        return bool(rp.outstanding_on(ledger).principal)

    def facts(self, known_on: pendulum.Date | None = None) -> oracle.Facts:
        return oracle.Facts(
            schedule=self.plan.schedule,
            payments=tuple(self.own),
            order=self.overdue.order,
            holds=tuple(self.holds),
            waivers=tuple(self.waivers),
            known_on=known_on,
        )

    def answers(self, day: pendulum.Date) -> tuple[object, object]:
        """What the ledger and the standing say of a day with what was known on it."""
        known = self.facts(known_on=day)
        standing = drawn.standing_of(known, day, self.overdue)
        return drawn.figures(drawn.ledger_of(known, day)), drawn.where_it_stands(standing)

    @invariant()
    def every_figure_is_the_oracles(self) -> None:
        facts, day = self.facts(), oracle.plain(self.day)
        assert drawn.figures(drawn.ledger_of(facts, day)) == drawn.expected(oracle.snapshot_on(facts, day))
        late = oracle.standings(facts, day, self.overdue)[-1]
        assert drawn.where_it_stands(drawn.standing_of(facts, day, self.overdue)) == late

    @invariant()
    def the_version_of_any_day_is_the_one_that_was_in_force(self) -> None:
        for day, schedule in self.in_force.items():
            assert self.plan.version_on(day).schedule == schedule, day
            assert self.plan.version_on(self.day, known_on=day).schedule == schedule, day

    @invariant()
    def what_was_believed_on_a_day_is_answered_for_ever(self) -> None:
        for day, answers in self.believed.items():
            assert self.answers(day) == answers, day


TestPlanLife = PlanLife.TestCase
TestPlanLife.settings = settings(
    max_examples=settings().max_examples // 2, stateful_step_count=12, deadline=None
)
