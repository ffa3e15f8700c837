"""An action: the next right step in a case, why, by when, and how the client is reached for it."""

from __future__ import annotations

from typing import Final

import attrs
import pendulum

from repayplan.communication.channels import Channel
from repayplan.communication.contact_points import ContactPoint
from repayplan.communication.contact_rules import ContactWindow
from repayplan.communication.messages.facts import MessageFacts
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.purposes import Purpose
from repayplan.communication.remedy_kinds import Remedy
from repayplan.plan.joint_offer import JointOffers
from repayplan.plan.no_plan import NoAffordablePlan
from repayplan.plan.offer import Offers
from repayplan.rules import Finding
from repayplan.values import Enumeration, Value

__all__ = ["Action", "ActionKind", "Urgency"]


class Urgency(Enumeration):
    """How an action ranks; the first comes first."""

    MISSED_DUTY = "missed duty"
    """A rule from outside set a day for it, and the day is over."""
    DUTY = "duty"
    """A rule from outside sets a day for it."""
    PROTECTION = "protection"
    """Collection has to stop, or the case belongs elsewhere."""
    HELP = "help"
    """The client asked for something, or cannot pay."""
    ARREARS = "arrears"
    """A payment or a promise was missed."""
    REMINDER = "reminder"
    ROUTINE = "routine"


class ActionKind(Enumeration):
    """What is to be done."""

    ANSWER_CLIENT = "answer the client"
    REFER = "refer the case"
    """Nobody collects in this state: the case goes to whoever deals with it."""
    ESTABLISH_LIMITATION = "establish whether limitation has expired"
    ARREARS_NOTICE = "give the arrears notice"
    REMOVE_BARRIER = "remove a barrier"
    VERIFY_DATA = "verify data"
    FIND_WAY = "find a way to reach the client"
    """What is due has no permitted channel within the horizon: a person decides how."""
    ASK_CAUSE = "ask for the cause of a missed payment"
    FOLLOW_UP_PROMISE = "follow up a promise"
    TAKE_BUDGET = "take a budget"
    OFFER = "make an offer"
    """Plans within what the client can pay, or, where there is none, a pause and free advice."""
    KEEP_WORD = "do what we said"
    """What was agreed in a contact to happen next."""
    OPEN_QUESTION = "decide an open question"
    """Nothing more follows from the record alone: a person decides."""
    REMIND = "remind of a payment"
    CHECK_PAYMENT = "check whether a payment came in"
    REVIEW_TEMPORARY_PLAN = "review a temporary plan"
    REVIEW_BUDGET = "review the budget"
    CONFIRM_AGREEMENT = "confirm what was agreed in writing"
    CONFIRM_PROMISE = "confirm that a promise was kept"
    CONFIRM_CURE = "confirm that the plan is in order again"
    CONFIRM_COMPLETION = "confirm that the debt is repaid"
    CLOSE = "close the plan"


_PLACES: Final = {urgency: place for place, urgency in enumerate(Urgency)}
_KINDS: Final = {kind: place for place, kind in enumerate(ActionKind)}


@attrs.frozen(kw_only=True, repr=False)
class Action(Value):
    """The next right step; made by :func:`repayplan.next_actions`.

    Attributes:
        key: What tells it from all other actions of the case, the same whenever it is proposed; a contact
            names it (:class:`repayplan.Contact`), and a step of the desk is noted under it
            (:class:`repayplan.StepNote`).
        kind: What.
        debts: The ids of the debts that it concerns.
        why: The rule behind it, with its source: passed while the last day for it is not over.
        urgency: How it ranks.
        opens_on: The first day for it.
        by: The last day for it.
        text: What to do, in plain words, where the kind does not say it all.
        purpose: What the contact is for; None for a step of the desk, which contacts nobody.
        recipient: The id of the party to contact.
        channel: By which channel.
        point: At which contact point.
        window: When the contact may begin.
        message: The kind of message to send, or to go by in a talk.
        facts: What it says, for :func:`repayplan.render_message`; None where the case has no desk, or a fact
            that it needs is not known.
        answers: The id of the contact that it answers.
        offers: The plans to offer, none above capacity; or why there is none, and what would help.
        remedy: The remedy of a barrier.
    """

    key: str
    kind: ActionKind
    debts: tuple[str, ...]
    why: Finding
    urgency: Urgency
    opens_on: pendulum.Date
    by: pendulum.Date
    text: str = ""
    purpose: Purpose | None = None
    recipient: str | None = None
    channel: Channel | None = None
    point: ContactPoint | None = None
    window: ContactWindow | None = None
    message: MessageKind | None = None
    facts: MessageFacts | None = None
    answers: str | None = None
    offers: Offers | JointOffers | NoAffordablePlan | None = None
    remedy: Remedy | None = None

    def __repr__(self) -> str:
        """Give the kind and the day: why and for whom is personal."""
        return f"<Action: {self.kind.value} by {self.by}>"

    @property
    def is_contact(self) -> bool:
        """Whether somebody is contacted."""
        return self.purpose is not None

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """How actions are sorted: by urgency, last day, kind and key."""
        return _PLACES[self.urgency], self.by.toordinal(), _KINDS[self.kind], self.key
