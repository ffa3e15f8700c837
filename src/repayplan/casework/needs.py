"""A need: what a rule of following up wants done, before anybody asks how the client is reached."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs
import pendulum

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.communication.channels import Channel
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.purposes import Purpose
from repayplan.communication.remedy_kinds import Remedy
from repayplan.plan.joint_offer import JointOffers
from repayplan.plan.no_plan import NoAffordablePlan
from repayplan.plan.offer import Offers
from repayplan.rules import Citation, Comparison, Finding, Force

__all__ = ["Need", "is_binding"]

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@attrs.frozen(kw_only=True, eq=False)
class Need:
    """What is to be done; see :class:`repayplan.Action` for fields of the same name.

    Attributes:
        key: What tells it from all others of the case.
        kind: What.
        debts: The debts.
        rule: The name of the rule behind it.
        citation: The source of the last day.
        urgency: How it ranks while the last day is not over.
        opens_on: The first day.
        by: The last day.
        until: The last day on which it makes sense at all; None for always.
        since: The moment at which its reason arose: a contact from then on meets it. For contacts alone.
        arose_in: The id of the contact in which its reason arose, which itself does not meet it.
        purpose: What the contact is for; None for a step of the desk.
        channels: The channels that will do; None for all.
        facts: The facts of the message besides those of the desk and the client's name.
    """

    key: str
    kind: ActionKind
    debts: tuple[str, ...]
    rule: str
    citation: Citation | None
    urgency: Urgency
    opens_on: pendulum.Date
    by: pendulum.Date
    until: pendulum.Date | None = None
    since: pendulum.DateTime | None = None
    arose_in: str | None = None
    text: str = ""
    purpose: Purpose | None = None
    channels: frozenset[Channel] | None = None
    message: MessageKind | None = None
    facts: Mapping[str, Any] = _NOTHING
    answers: str | None = None
    offers: Offers | JointOffers | NoAffordablePlan | None = None
    remedy: Remedy | None = None

    def why(self, day: pendulum.Date) -> Finding:
        """Give the finding: whether the last day is not over on a day."""
        return Finding(self.rule, day <= self.by, day, self.by, self.citation, Comparison.AT_MOST)

    def urgency_on(self, day: pendulum.Date) -> Urgency:
        """Give the rank on a day: what a rule from outside wants comes before all else."""
        if not is_binding(self.citation):
            return self.urgency
        return Urgency.DUTY if day <= self.by else Urgency.MISSED_DUTY


def is_binding(citation: Citation | None) -> bool:
    """Tell whether a rule comes from outside the house and its trade."""
    return citation is not None and citation.force in {Force.LAW, Force.GUIDANCE, Force.STANDARD}
