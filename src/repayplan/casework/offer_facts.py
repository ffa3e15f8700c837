"""Offers as a message tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.messages.parts import PlanTerms
from repayplan.communication.messages.rhythms import has_rhythm
from repayplan.plan.offer import Offers

if TYPE_CHECKING:
    from repayplan.plan.agreement import Plan
    from repayplan.plan.joint_offer import JointOffers
    from repayplan.plan.no_plan import NoAffordablePlan
    from repayplan.plan.offer import Offer

__all__ = ["message_of", "plan_facts", "terms_of"]


def message_of(offers: Offers | JointOffers | NoAffordablePlan | None) -> tuple[MessageKind, dict[str, Any]]:
    """Give the kind of message that tells offers, with its facts; without a choice it asks for a talk."""
    if isinstance(offers, Offers):
        return MessageKind.OFFERS, {"offers": [terms_of(offer) for offer in offers]}
    return MessageKind.INVITATION_TO_SPEAK, {}


def plan_facts(plan: Plan) -> dict[str, Any]:
    """Give the facts of an agreement; a rhythm that has no name is for a person to put into words."""
    facts: dict[str, Any] = {"agreed_on": plan.agreed_on}
    if has_rhythm(plan.offer.certificate.frequency):
        facts["plan"] = terms_of(plan.offer)
    return facts


def terms_of(offer: Offer) -> PlanTerms:
    """Give an offer as a client weighs it."""
    schedule = offer.schedule
    return PlanTerms(
        max(row.amount for row in schedule),
        len(schedule),
        offer.certificate.frequency,
        schedule[0].due_on,
        schedule.total,
    )
