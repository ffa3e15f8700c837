"""A right service passes, and each seeded defect is found and named."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import pendulum
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

import repayplan as rp
from repayplan import testing

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY: Final = pendulum.date(2026, 1, 31)
TERMS: Final = rp.Terms(
    principal=rp.Money(300, "EUR"),
    rate=rp.Rate.annual("0.12"),
    starts_on=DAY,
    first_due=DAY.add(months=1),
    repayment=rp.LevelPayment(3),
)
HOUSE: Final = rp.Citation(title="house", force=rp.Force.HOUSE)
RULES: Final = rp.OverdueRules(
    buckets=rp.DelinquencyScale((rp.Band(0, 0, "M0"), rp.Band(1, None, "M1+")), HOUSE)
)


class Service(testing.PlanMachine):
    """A service that does what it should, with salts of its own."""

    def open(self, schedule: rp.Schedule, rules: rp.OverdueRules) -> None:
        self.plan, self.lateness = schedule, rules
        self.paid: list[rp.Payment] = []
        self.held: list[rp.Hold] = []
        self.kept = rp.CommunicationLog("service")
        self.salts = (number.to_bytes(16, "big") for number in itertools.count())

    def receive(self, payment: rp.Payment) -> None:
        self.paid.append(payment)

    def hold(self, hold: rp.Hold) -> None:
        self.held.append(hold)

    def standing(self, day: pendulum.Date) -> rp.Standing | Mapping[str, object]:
        return rp.standing_on(self.plan, self.paid, day, self.lateness, self.held)

    def record(self, record: rp.Record, at: pendulum.DateTime) -> None:
        self.kept = self.kept.append(record, at=at, salts=self.salts)

    def log(self) -> rp.CommunicationLog:
        return self.kept


class OneSchedule(Service):
    """The same for one kind of plan alone, so that the story is short."""

    def schedules(self) -> st.SearchStrategy[rp.Schedule]:
        return st.just(rp.build_schedule(TERMS))

    def overdue_rules(self, schedule: rp.Schedule) -> st.SearchStrategy[rp.OverdueRules]:
        assert schedule.terms == TERMS
        return st.just(RULES)


class IgnoresReversals(OneSchedule):
    def receive(self, payment: rp.Payment) -> None:
        if payment.reverses is None:
            super().receive(payment)


class CountsByDayOfReceipt(OneSchedule):
    def receive(self, payment: rp.Payment) -> None:
        late = payment.effective_on is not None and payment.effective_on < payment.received_on
        super().receive(rp.Payment(payment.id, payment.amount, payment.received_on) if late else payment)


class EndsHoldsADayEarly(OneSchedule):
    def hold(self, hold: rp.Hold) -> None:
        last = hold.last_day
        if last is not None and last > hold.first_day:
            hold = rp.Hold(hold.id, hold.kind, hold.effects, hold.first_day, last.subtract(days=1))
        super().hold(hold)


class CountsOnlyWhatWasReceived(OneSchedule):
    """Gives two figures of its own making, of which one forgets holds."""

    def standing(self, day: pendulum.Date) -> Mapping[str, object]:
        right = rp.standing_on(self.plan, self.paid, day, self.lateness, self.held)
        wrong = rp.standing_on(self.plan, self.paid, day, self.lateness)
        return {"past_due": right.past_due, "days_past_due": wrong.days_past_due}


class LosesRecords(OneSchedule):
    def record(self, record: rp.Record, at: pendulum.DateTime) -> None:
        if len(self.kept) != 1:
            super().record(record, at)


class EntersLate(OneSchedule):
    def record(self, record: rp.Record, at: pendulum.DateTime) -> None:
        super().record(record, at.add(hours=1))


class WritesAnew(OneSchedule):
    """Makes the log again from its records at each entry, with other salts."""

    def record(self, record: rp.Record, at: pendulum.DateTime) -> None:
        pairs = [*((entry.record, entry.at) for entry in self.kept), (record, at)]
        self.kept = rp.CommunicationLog("service").extend(pairs, salts=self.salts)


class KeepsNoRecords(testing.PlanMachine):
    open, receive, hold, standing = Service.open, Service.receive, Service.hold, Service.standing


def run(
    service: type[testing.PlanMachine],
    examples: int = 200,
    steps: int = 12,
    phases: tuple[Phase, ...] = (Phase.generate,),
) -> None:
    run_state_machine_as_test(
        service,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, phases=phases, database=None, derandomize=True
        ),
    )


@pytest.mark.parametrize("service", [Service, OneSchedule, KeepsNoRecords])
def test_a_right_service_passes(service: type[testing.PlanMachine]) -> None:
    run(service, examples=25)


@pytest.mark.parametrize(
    ("service", "says"),
    [
        (IgnoresReversals, r"the standing on .* differs after \d+ payments and \d+ holds:\n  "),
        (CountsByDayOfReceipt, "the service says .*, the facts say "),
        (EndsHoldsADayEarly, "the service says "),
        (CountsOnlyWhatWasReceived, r"holds:\n  days_past_due: the service says \d+, the facts say \d+"),
        (LosesRecords, "the log has 1 entries, but 2 records were given to it"),
        (EntersLate, "entry 0 of the log is not the record that was given, or not of its moment"),
        (WritesAnew, "the first 1 entries of the log were written anew"),
    ],
)
def test_a_seeded_defect_is_found_and_named(service: type[testing.PlanMachine], says: str) -> None:
    with pytest.raises(AssertionError, match=says):
        run(service)


def test_what_is_found_shrinks_to_a_short_story() -> None:
    with pytest.raises(AssertionError) as found:
        run(LosesRecords, steps=3, phases=(Phase.generate, Phase.shrink))
    story = "\n".join(found.value.__notes__)
    assert story.count("state.something_is_recorded") == 2
    assert "(payment)" not in story
    assert story.count("StepNote(") == 2


@pytest.mark.parametrize("name", ["open", "receive", "hold", "standing", "record", "log"])
def test_what_a_service_does_is_for_it_to_say(name: str) -> None:
    machine = testing.PlanMachine()
    arguments = {"open": (TERMS, RULES), "record": (None, None), "log": ()}.get(name, (None,))
    with pytest.raises(NotImplementedError):
        getattr(machine, name)(*arguments)


def test_a_figure_that_no_standing_has_is_refused() -> None:
    model = testing.PlanModel(rp.build_schedule(TERMS), RULES)
    with pytest.raises(rp.UnknownKeyError, match="such as state, past_due, days_past_due, got 'dpd'"):
        model.check_standing({"dpd": 0}, DAY)


def test_a_model_takes_facts_as_they_come() -> None:
    model = testing.PlanModel(rp.build_schedule(TERMS), RULES)
    assert model.today == DAY
    assert model.next_id() == "f1"
    payment = rp.Payment("f1", rp.Money(100, "EUR"), DAY)
    model.payments.append(payment)
    assert model.undoable == [payment]
    model.payments.append(rp.Payment("f2", payment.amount, DAY, reverses="f1"))
    assert model.undoable == []
    model.check_standing(model.standing(DAY), DAY)


def test_a_fact_that_the_library_refuses_is_not_handed_over() -> None:
    machine = OneSchedule()
    machine.model = testing.PlanModel(rp.build_schedule(TERMS), RULES)
    machine.open(machine.model.schedule, RULES)
    hold = rp.Hold("h", rp.HoldKind.COMPLAINT, frozenset({rp.HoldEffect.FEES_STOP}), DAY, None)
    machine.take_hold(hold)
    machine.take_hold(hold)  # of the same id
    payment = rp.Payment("p", rp.Money(1, "USD"), DAY)
    machine.take_payment(payment)
    assert (machine.held, machine.paid) == ([hold], [])
