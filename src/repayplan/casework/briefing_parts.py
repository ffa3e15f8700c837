"""The parts of a briefing, each a value of its own."""

from __future__ import annotations

import attrs
import pendulum

from repayplan.affordability.assessment import Affordability
from repayplan.casework.actions import ActionKind
from repayplan.casework.liabilities import Liability
from repayplan.communication.barriers import Barrier
from repayplan.communication.channel_choices import PassedOverReason
from repayplan.communication.channels import AccessibleFormat, Channel
from repayplan.communication.circumstances import VerificationState
from repayplan.communication.contact_rules import ContactWindow
from repayplan.communication.limitation import Limitation
from repayplan.communication.reasons import HardshipReason, SupportNeed
from repayplan.communication.remedy_kinds import Remedy
from repayplan.money import Money
from repayplan.overdue.promises import PromiseStanding
from repayplan.overdue.standing import Standing
from repayplan.plan.debt import Debt
from repayplan.plan.states import PlanState
from repayplan.rules import Finding
from repayplan.values import Value

__all__ = [
    "AccountBrief",
    "BarrierBrief",
    "BudgetChange",
    "CapacityBrief",
    "ClientBrief",
    "Deadline",
    "PaymentHistory",
    "ReasonBrief",
    "Said",
    "WayToReach",
]


@attrs.frozen(kw_only=True)
class WayToReach(Value):
    """One channel at one contact point, and whether it can be used now.

    Attributes:
        channel: The channel.
        point_id: The id of the contact point.
        window: The next time in which a talk about the debts may begin; None where there is none.
        is_open_now: Whether the window has begun.
        against: What stands against it besides the rules of contact; None where nothing does.
    """

    channel: Channel
    point_id: str
    window: ContactWindow | None
    is_open_now: bool
    against: PassedOverReason | None = None


@attrs.frozen(kw_only=True, repr=False)
class ClientBrief(Value):
    """Who the client is, and how to talk.

    Attributes:
        party_id: The id of the client.
        name: The name; None where it is not known.
        talk_to: The id of whoever is to be talked to: the client, or a representative by the rules.
        spoken_language: The language in which to talk; None where it is not known.
        written_language: The language in which to write; None where it is not known.
        interpreter: The id of an interpreter of the case; None where there is none.
        needs_interpreter: Whether a language barrier is open, or sign language is wished for.
        formats: Forms that the client needs.
        needs: What the client needs care for.
        ways: The channels, the best first.
    """

    party_id: str
    name: str | None
    talk_to: str
    spoken_language: str | None
    written_language: str | None
    interpreter: str | None
    needs_interpreter: bool
    formats: frozenset[AccessibleFormat]
    needs: frozenset[SupportNeed]
    ways: tuple[WayToReach, ...]


@attrs.frozen(kw_only=True, repr=False)
class PaymentHistory(Value):
    """Payments on a plan at a glance.

    Attributes:
        count: How many payments came in.
        total: How much.
        last_on: The day of the last one; None where there is none.
        due: How many installments have fallen due before today.
        in_time: How many of them were paid by their day.
        late: How many were paid later.
        open: How many are unpaid or paid in part.
    """

    count: int
    total: Money
    last_on: pendulum.Date | None
    due: int
    in_time: int
    late: int
    open: int


@attrs.frozen(kw_only=True, repr=False)
class AccountBrief(Value):
    """One debt.

    Attributes:
        debt_id: The id.
        owed: What is owed by component, on its ``as_of``; None where no principal is left to state.
        since: Since when something of it is past due; None where nothing is.
        history: The payments on the plan; None without a plan.
        plan_state: What has become of the plan; None without one.
        standing: Where the plan stands; None without one that is running or suspended.
        limitation: Whether the claim may still be enforced.
        promises: The client's promises with what became of them.
        liabilities: Who else owes it, and whether they consented to the plan.
        stops: Why nobody collects, in words; empty where somebody does.
        holds: Why something rests, in words.
    """

    debt_id: str
    owed: Debt | None
    since: pendulum.Date | None
    history: PaymentHistory | None
    plan_state: PlanState | None
    standing: Standing | None
    limitation: Limitation
    promises: tuple[PromiseStanding, ...]
    liabilities: tuple[Liability, ...]
    stops: tuple[str, ...]
    holds: tuple[str, ...]


@attrs.frozen(kw_only=True, repr=False)
class BudgetChange(Value):
    """What changed in one line of the budget.

    Attributes:
        line: The name of the line, in the client's words.
        before: The amount a month before, rounded half up; None where there was none.
        after: The amount now; None where there is none.
    """

    line: str
    before: Money | None
    after: Money | None


@attrs.frozen(kw_only=True, repr=False)
class CapacityBrief(Value):
    """What the client can pay, and what changed.

    Attributes:
        affordability: By the latest budget.
        stated_on: When it was stated.
        before: What could be paid a month by the budget before; None where there is none.
        changes: What changed since the budget before, in the order of the lines.
    """

    affordability: Affordability
    stated_on: pendulum.Date
    before: Money | None
    changes: tuple[BudgetChange, ...]


@attrs.frozen(kw_only=True, repr=False)
class ReasonBrief(Value):
    """A reason that was given for not paying.

    Attributes:
        record_id: The record in which it was given.
        on: The day.
        reason: The reason; None where the words alone were noted.
        verification: Whether it was checked.
    """

    record_id: str
    on: pendulum.Date
    reason: HardshipReason | None
    verification: VerificationState


@attrs.frozen(kw_only=True, repr=False)
class BarrierBrief(Value):
    """An open barrier, and what can be done about it.

    Attributes:
        barrier: The barrier.
        remedies: What can be done, the kindest first.
    """

    barrier: Barrier
    remedies: tuple[Remedy, ...]


@attrs.frozen(kw_only=True, repr=False)
class Said(Value):
    """What was said in a contact.

    Attributes:
        contact_id: The contact.
        on: The day.
        text: What was said, or agreed to happen next.
    """

    contact_id: str
    on: pendulum.Date
    text: str


@attrs.frozen(kw_only=True)
class Deadline(Value):
    """A last day.

    Attributes:
        by: The day.
        kind: What is to be done by then.
        debts: The debts that it concerns.
        finding: The rule behind it, passed while the day is not over.
    """

    by: pendulum.Date
    kind: ActionKind
    debts: tuple[str, ...]
    finding: Finding
