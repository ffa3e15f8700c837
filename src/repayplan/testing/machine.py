"""A state machine that puts a service which embeds the library through the life of a plan.

It draws a schedule and rules, then payments (in time, late, early, in part, backdated, failed, undone),
holds, days that pass and records, hands each to the service, and after every step holds the service's answer
against what the library says of the same facts. What it finds shrinks to a short story.

The salts of a service's log are its own, so that its head cannot be foreseen: the machine compares the
records one by one, and the head of every step with those entries a step later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import repayplan as rp
from repayplan.errors import RepayPlanError
from repayplan.testing import overdue
from repayplan.testing.derived import defaults_of
from repayplan.testing.drawing import values
from repayplan.testing.ground import moments
from repayplan.testing.model import PlanModel
from repayplan.testing.rule_books import overdue_rules
from repayplan.testing.schedule import schedules

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pendulum

__all__ = ["PlanMachine"]

_CASE: Final = "case"
_INSTALLMENTS_MAX: Final = 6
_PLAIN_FIELDS: Final = frozenset(
    {"id", "case_id", "recorded_at", "direction", "channel", "purpose", "outcome", "started_at", "content"}
)
"""The fields of a contact that matter to a log; the others are left out, so that a story stays short."""


def _records(name: str, now: pendulum.DateTime) -> st.SearchStrategy[rp.Record]:
    """Draw a step of the desk or a short contact, recorded at once."""
    shared = {"id": name, "case_id": _CASE, "recorded_at": now}
    empty = {name: value for name, value in defaults_of(rp.Contact).items() if name not in _PLAIN_FIELDS}
    return values(rp.StepNote, **shared) | values(rp.Contact, **{**empty, **shared, "started_at": now})


class PlanMachine(RuleBasedStateMachine):
    """One plan in a service, from its opening on; inherit it and implement the methods of the service.

    ``open``, ``receive``, ``hold`` and ``standing`` are needed; ``record`` and ``log`` belong together and
    may be left out. ``schedules`` and ``overdue_rules`` may be narrowed to what the service takes. The test
    for pytest is ``TestMyService = MyService.TestCase``.

    Attributes:
        model: The facts so far, and what the library says of them.
    """

    model: PlanModel

    # --- what the service does

    def open(self, schedule: rp.Schedule, rules: rp.OverdueRules) -> None:
        """Begin anew with one plan."""
        raise NotImplementedError

    def receive(self, payment: rp.Payment) -> None:
        """Take a payment or a reversal."""
        raise NotImplementedError

    def hold(self, hold: rp.Hold) -> None:
        """Take a hold."""
        raise NotImplementedError

    def standing(self, day: pendulum.Date) -> rp.Standing | Mapping[str, object]:
        """Say where the plan stands on a day: a standing, or some figures of one by name."""
        raise NotImplementedError

    def record(self, record: rp.Record, at: pendulum.DateTime) -> None:
        """Enter a record into the log at a moment."""
        raise NotImplementedError

    def log(self) -> rp.CommunicationLog:
        """Give the log as it stands."""
        raise NotImplementedError

    # --- what is drawn

    def schedules(self) -> st.SearchStrategy[rp.Schedule]:
        """Give the schedules to open with; of at most six installments in any currency if not narrowed."""
        return schedules(installments=_INSTALLMENTS_MAX)

    def overdue_rules(self, schedule: rp.Schedule) -> st.SearchStrategy[rp.OverdueRules]:
        """Give the rules to open with; any if not narrowed."""
        return overdue_rules(schedule.terms.principal.currency)

    # --- what happens

    @initialize(data=st.data())
    def a_plan_is_opened(self, data: st.DataObject) -> None:
        """Open a plan."""
        schedule = data.draw(self.schedules(), label="schedule")
        self.model = PlanModel(schedule, data.draw(self.overdue_rules(schedule), label="rules"))
        self.open(schedule, self.model.rules)

    @rule(data=st.data())
    def a_payment_arrives(self, data: st.DataObject) -> None:
        """Receive any payment on or about a due date, today's or another."""
        payment = overdue.payments(self.model.schedule, id=self.model.next_id())
        self.take_payment(data.draw(payment, label="payment"))

    @rule(late=st.sampled_from([0, 1, -1]) | st.integers(0, 70))
    def what_is_next_due_is_paid(self, late: int) -> None:
        """Receive exactly what is asked for next, so many days after its day."""
        due = self.model.standing(self.model.today).next_due
        if due is not None:
            day = max(self.model.schedule.terms.starts_on, due.on.add(days=late))
            self.take_payment(rp.Payment(self.model.next_id(), due.amount, day))

    @precondition(lambda self: bool(self.model.undoable))
    @rule(data=st.data())
    def a_payment_is_undone(self, data: st.DataObject) -> None:
        """Reverse a payment that cleared."""
        payment = data.draw(st.sampled_from(self.model.undoable), label="payment")
        self.take_payment(data.draw(overdue.reversals(payment, id=self.model.next_id()), label="reversal"))

    @rule(data=st.data())
    def a_hold_is_set(self, data: st.DataObject) -> None:
        """Stop something for a time."""
        hold = overdue.holds(self.model.schedule, id=self.model.next_id())
        self.take_hold(data.draw(hold, label="hold"))

    @rule(days=st.integers(1, 35))
    def days_pass(self, days: int) -> None:
        """Let some days go by."""
        self.model.today = self.model.today.add(days=days)

    @rule(data=st.data())
    def another_day_is_asked_for(self, data: st.DataObject) -> None:
        """Ask where the plan stands on a day in the past or to come."""
        self._check(data.draw(overdue.days_near(self.model.schedule), label="day"))

    @precondition(lambda self: self._keeps_records)
    @rule(data=st.data())
    def something_is_recorded(self, data: st.DataObject) -> None:
        """Enter a contact or a step of today into the log."""
        now = data.draw(moments(self.model.today, self.model.today), label="moment")
        at = max([now, *(moment for _, moment in self.model.records)])
        record = data.draw(_records(self.model.next_id(), now), label="record")
        self.model.records.append((record, at))
        self.record(record, at)

    # --- what must hold

    @invariant()
    def the_standing_is_that_of_the_facts(self) -> None:
        """Hold the standing of today against the facts."""
        self._check(self.model.today)

    @precondition(lambda self: self._keeps_records)
    @invariant()
    def the_log_is_what_was_recorded(self) -> None:
        """Hold the log against the records, and against what it was before."""
        self.model.check_log(self.log())

    # --- how

    @property
    def _keeps_records(self) -> bool:
        return type(self).record is not PlanMachine.record

    def _check(self, day: pendulum.Date) -> None:
        self.model.check_standing(self.standing(day), day)

    def take_payment(self, payment: rp.Payment) -> None:
        """Hand a payment to the service, unless the library refuses it beside the others."""
        if self._fits(payment, self.model.payments):
            self.model.payments.append(payment)
            self.receive(payment)

    def take_hold(self, hold: rp.Hold) -> None:
        """Hand a hold to the service, unless the library refuses it beside the others."""
        if self._fits(hold, self.model.holds):
            self.model.holds.append(hold)
            self.hold(hold)

    def _fits(self, fact: Any, facts: list[Any]) -> bool:  # noqa: ANN401  # a payment or a hold
        """Tell whether the library takes a fact; a service need not take what it refuses."""
        facts.append(fact)
        try:
            self.model.standing(self.model.today)
        except RepayPlanError:
            return False
        finally:
            facts.pop()
        return True
