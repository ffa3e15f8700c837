"""A simulation: next actions are played against a client's behaviour, day by day.

Every contact is asked of ``may_contact`` at the moment at which it is made, no action may come twice, and no
day may have more than a handful, so a loop or a broken rule fails at once.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import attrs
import pendulum

import repayplan as rp
from repayplan.casework.actions import ActionKind
from repayplan.casework.follow_up import next_actions
from repayplan.casework.liabilities import CollectionStop, StopKind
from repayplan.casework.suspensions import blocked_spans
from repayplan.communication.contact_rule_book import ContactRules
from tests.casework import examples as made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.casework.actions import Action
    from repayplan.casework.case import Case

START = pendulum.date(2026, 12, 2)
ACTIONS_OF_A_DAY = 30
"""More than any client can cause in a day; a loop has no end."""
ASKING = {rp.Purpose.MISSED_PAYMENT, rp.Purpose.HARDSHIP_TALK, rp.Purpose.OFFER, rp.Purpose.ANSWER}


@attrs.frozen
class Reply:
    """What the client does when reached: the outcome, and what follows by the client's own call."""

    outcome: rp.Outcome | None = None
    calls_back: bool = True


class Behaviour:
    """A client who answers, tells the cause, states a budget, accepts the first offer and pays on the day."""

    late_days = 0
    language: str | None = None

    def pays(self, row: rp.Installment, version: int) -> pendulum.Date | None:  # noqa: ARG002  # as others have it
        """The day on which an installment of a version of the plan is paid; None for never."""
        return row.due_on.add(days=self.late_days)

    def reached(self, action: Action, world: World) -> Reply:  # noqa: ARG002  # as others have it
        """What comes of a contact."""
        return Reply()

    def speaks(self, day: pendulum.Date, world: World) -> None:
        """What the client does on a day by own initiative."""

    def says(self, action: Action, world: World) -> dict[str, Any]:  # noqa: ARG002  # as others have it
        """What the client says when calling back."""
        return {"hardship": rp.HardshipReason.INCOME_LOSS}

    def talks(self, world: World) -> dict[str, Any]:  # noqa: ARG002  # as others have it
        """How the client talks, whatever it is about."""
        return {}


class World:
    """A case that goes on from day to day; each contact names its action, or none does."""

    def __init__(self, case: Case, behaviour: Behaviour, *, names_actions: bool = False) -> None:
        self.case = case
        self.names_actions = names_actions
        self.behaviour = behaviour
        self.seen: set[str] = set()
        self.ends: list[str] = []
        self.kinds: list[str] = []
        self.numbers = count()

    def run(self, days: int, start: pendulum.Date = START) -> World:
        """Go on for so many days, or until the plan is closed and nothing is left to do."""
        for ahead in range(days):
            day = start.add(days=ahead)
            self._pay(day)
            self.behaviour.speaks(day, self)
            self._work(day)
        return self

    @property
    def plan(self) -> rp.Plan | None:
        """The plan of the only debt."""
        return self.case.accounts[0].plan

    def name(self, what: str) -> str:
        """A new id."""
        return f"{what} {next(self.numbers)}"

    def at(self, day: pendulum.Date, hour: int = 10) -> pendulum.DateTime:
        """A moment of a day, never before the last entry of the log."""
        moment = pendulum.datetime(day.year, day.month, day.day, hour, tz=made.ZONE)
        return max(moment, self.case.log[-1].at) if len(self.case.log) else moment

    def inbound(self, at: pendulum.DateTime, **fields: Any) -> rp.Contact:  # noqa: ANN401  # any field
        """The client calls, and it is entered."""
        given: dict[str, Any] = {
            "id": self.name("call"),
            "direction": rp.Direction.INBOUND,
            "spoken_language": self.behaviour.language or "zh",
        }
        contact = made.contact(at, **(given | fields))
        self.case = made.recorded(self.case, contact)
        return contact

    def _pay(self, day: pendulum.Date) -> None:
        plan = self.plan
        if plan is None or plan.state is not rp.PlanState.ACTIVE:
            return
        version = len(plan.versions)
        for row in plan.schedule:
            if self.behaviour.pays(row, version) == day:
                payment = rp.Payment(f"v{version} {row.number}", row.amount, received_on=day)
                self.case = self.case.with_payment("card", payment)

    def _work(self, day: pendulum.Date) -> None:
        for turn in count():
            assert turn < ACTIONS_OF_A_DAY, "a loop"
            at = self.at(day)
            action = self._next(next_actions(self.case, at, 0), day)
            if action is None:
                return
            assert action.key not in self.seen, f"twice: {action.key}"
            self.seen.add(action.key)
            self.kinds.append(action.kind.name)
            if action.is_contact:
                self._contact(action)
            else:
                self._step(action, at)

    def _next(self, actions: Sequence[Action], day: pendulum.Date) -> Action | None:
        for action in actions:
            if not action.is_contact:
                return action
            assert action.window is not None
            if action.window.start.date() == day:
                return action
        return None

    def _step(self, action: Action, at: pendulum.DateTime) -> None:
        if action.kind is ActionKind.CLOSE:
            assert self.plan is not None
            act = rp.PlanAct(kind=rp.ActKind.COMPLETE, on=at.date(), reason="repaid")
            self.case = self.case.with_plan("card", self.plan.record(act))
            self.ends.append("completion")
            return
        if action.kind in {ActionKind.REFER, ActionKind.OPEN_QUESTION, ActionKind.FIND_WAY}:
            self.ends.append("referral" if action.kind is ActionKind.REFER else "open question")
        self.case = made.done(self.case, action, at)

    def _contact(self, action: Action) -> None:
        check_permitted(self.case, action)
        assert action.window is not None
        at = max(action.window.start, self.at(action.window.start.date()))
        reply = self.behaviour.reached(action, self)
        more: dict[str, Any] = {"actions": [action.key] if self.names_actions else []}
        if reply.outcome is not None:
            more["outcome"] = reply.outcome
        self.case = made.done(self.case, action, at, **more)
        silent = reply.outcome is not None and reply.outcome.is_failure
        if reply.calls_back and not silent and action.purpose in ASKING:
            self._call_back(action, at)

    def _call_back(self, action: Action, at: pendulum.DateTime) -> None:
        later = at.add(minutes=30)
        if isinstance(action.offers, rp.Offers):
            self.inbound(later, **self.behaviour.talks(self))
            self._accept(action.offers[-1], later.date())
            return
        self.inbound(later, **(self.behaviour.talks(self) | self.behaviour.says(action, self)))
        if self.case.budgets[-1].stated_on < at.date():
            stated = made.statement(at.date(), budget=made.budget(7600))
            self.case = self.case.with_budget(stated)

    def _accept(self, offer: rp.Offer, day: pendulum.Date) -> None:
        plan = self.plan
        if plan is None:
            agreed = rp.agree(
                offer, on=day, form=rp.AgreementForm.ORAL, accepted_in="call", contact_by=rp.Channel.SMS
            )
        else:
            budget = self.case.budgets[-1]
            found = rp.revise(
                plan,
                self.case.accounts[0].payments,
                affordability=rp.assess(
                    budget.budget, rules=made.POLICY.affordability, as_of=budget.stated_on
                ),
                on=day,
                reason=rp.HardshipReason.INCOME_LOSS,
                rules=made.POLICY.plan,
                offer=offer,
            )
            assert isinstance(found, rp.Plan)
            agreed = found
        self.case = self.case.with_plan("card", agreed)
        self.ends.append("agreement")


def check_permitted(
    case: Case,
    action: Action,
    blocked_at: pendulum.DateTime | None = None,
    log: rp.CommunicationLog | None = None,
) -> None:
    """Hold a contact against the rules of contact at the start of its window, and at its end.

    Args:
        case: The case.
        action: The contact.
        blocked_at: When the facts that bar contact are looked at; None is the start of the window.
        log: The log that is asked; None is that of the case.
    """
    assert action.window is not None
    assert action.purpose is not None
    assert action.recipient is not None
    assert action.channel is not None
    policy = case.policy.in_force(action.window.start.date())
    rules = policy.contact if policy.has("contact") else ContactRules()
    blocked = blocked_spans(case, blocked_at or action.window.start)
    for moment in (action.window.start, action.window.end.subtract(minutes=1)):
        answer = rp.may_contact(
            action.purpose,
            action.recipient,
            action.debts,
            action.channel,
            action.point,
            moment,
            log or case.log,
            case.client,
            rules,
            blocked,
        )
        assert isinstance(answer, rp.Allowed), (action, moment, answer)


class Late(Behaviour):
    """Agrees, pays five days late, and does not call back while the plan runs."""

    late_days = 5

    def reached(self, action: Action, world: World) -> Reply:  # noqa: ARG002  # as the base has it
        return Reply(calls_back=world.plan is None)


class Misses(Behaviour):
    """Cannot pay the first plan after two installments, tells why, and keeps the revised one."""

    def pays(self, row: rp.Installment, version: int) -> pendulum.Date | None:
        return None if version == 1 and row.number > 2 else row.due_on


class BreaksPromises(Behaviour):
    """Promises to pay what was missed, and does not; then tells why."""

    promised = False

    def pays(self, row: rp.Installment, version: int) -> pendulum.Date | None:
        return None if version == 1 and row.number > 1 else row.due_on

    def says(self, action: Action, world: World) -> dict[str, Any]:
        if action.kind is not ActionKind.ASK_CAUSE or world.plan is None or self.promised:
            return super().says(action, world)
        self.promised = True
        assert action.window is not None
        day = action.window.start.date()
        promise = rp.Promise(world.name("promise"), rp.Money(500, "CNY"), by=day.add(days=7), made_on=day)
        world.case = world.case.with_promise("card", promise)
        return {"client_said": {rp.ClientStatement.PROMISES_PAYMENT}, "promise_ids": (promise.id,)}


class AsksForHelp(Behaviour):
    """Asks for help before a payment is missed."""

    def speaks(self, day: pendulum.Date, world: World) -> None:
        if world.plan is not None and len(world.plan.versions) == 1 and day == pendulum.date(2027, 2, 10):
            world.case = world.case.with_budget(made.statement(day, budget=made.budget(6900)))
            world.inbound(
                world.at(day),
                debts=(),
                debts_raised=("card",),
                client_said={rp.ClientStatement.ASKS_FOR_HELP},
                hardship=rp.HardshipReason.REDUCED_HOURS,
            )


class Disputes(Behaviour):
    """Says on the first contact that the debt is not owed, and stays with it."""

    def says(self, action: Action, world: World) -> dict[str, Any]:
        if action.kind is ActionKind.ASK_CAUSE and not world.ends:
            day = world.at(START).date()
            effects = {rp.HoldEffect.CONTACT_STOPS, rp.HoldEffect.ENFORCEMENT_STOPS}
            hold = rp.Hold("dispute", rp.HoldKind.DISPUTE, effects, first_day=day, last_day=None)
            world.case = world.case.with_hold("card", hold)
            world.ends.append("open question")
            return {"client_said": {rp.ClientStatement.DISPUTES_DEBT}}
        return {}


class Silent(Behaviour):
    """Never answers."""

    def reached(self, action: Action, world: World) -> Reply:  # noqa: ARG002  # as others have it
        live = action.channel is not None and action.channel.is_live
        return Reply(rp.Outcome.NO_ANSWER if live else None, calls_back=False)


class WrongNumber(Behaviour):
    """The number belongs to somebody else, and messages come back."""

    def reached(self, action: Action, world: World) -> Reply:  # noqa: ARG002  # as others have it
        live = action.channel is not None and action.channel.is_live
        return Reply(rp.Outcome.WRONG_PERSON if live else rp.Outcome.BOUNCED, calls_back=False)


class SpeaksAnotherLanguage(Behaviour):
    """Speaks Uyghur: the first talk shows it, and an interpreter helps once that remedy was taken."""

    language = "ug"

    def talks(self, world: World) -> dict[str, Any]:
        if not any("interpreter" in key for key in world.seen):
            return {}
        return {"interpreter": rp.Party(id="helper", role=rp.PartyRole.INTERPRETER)}


class Dies(Behaviour):
    """Pays twice, and dies."""

    def pays(self, row: rp.Installment, version: int) -> pendulum.Date | None:  # noqa: ARG002  # as others have it
        return row.due_on if row.number <= 2 else None

    def speaks(self, day: pendulum.Date, world: World) -> None:
        if day == pendulum.date(2027, 2, 20):
            stop = CollectionStop(id="death", kind=StopKind.DECEASED, first_day=day)
            world.case = world.case.with_stop("card", stop)
