"""Which facts each kind of message needs, and which it may have: a missing or an extra one is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance
from repayplan.communication.messages.facts import MessageFacts
from repayplan.communication.messages.kinds import MessageKind
from repayplan.errors import CommunicationError
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COUNT_PLACES", "PLACES_BY_FACT", "SMS_DATES", "KindFacts", "check_facts", "facts_of", "places_of"]

_ALWAYS: Final = frozenset({"sender", "contact"})
_NAMED: Final = _ALWAYS | {"client_name"}
_COMMON: Final = frozenset(
    {"creditor", "reference", "adviser", "query_route", "complaint_route", "basis", "rights", "opt_out"}
)


@attrs.frozen
class KindFacts(Value):
    """The facts of one kind of message.

    Attributes:
        required: Without them there is no message.
        optional: Each adds a sentence of its own.
    """

    required: frozenset[str]
    optional: frozenset[str]

    @property
    def allowed(self) -> frozenset[str]:
        """All facts that the kind takes."""
        return self.required | self.optional


def _kind(required: str = "", optional: str = "") -> KindFacts:
    needed = _NAMED | set(required.split())
    return KindFacts(needed, (_COMMON | set(optional.split())) - needed)


_FACTS: Final[Mapping[MessageKind, KindFacts]] = {
    MessageKind.WELCOME: _kind(optional="agent write_to"),
    MessageKind.REMINDER: _kind("amount due_on", "pay_by"),
    MessageKind.DUE_TODAY: _kind("amount due_on", "pay_by"),
    MessageKind.MISSED_PAYMENT: _kind("amount due_on adviser", "past_due days_past_due costs options pay_by"),
    MessageKind.PROMISE_BROKEN: _kind("amount due_on adviser", "paid options"),
    MessageKind.PROMISE_KEPT: _kind("amount due_on", "next_payment"),
    MessageKind.OFFERS: _kind("offers adviser", "answer_by conditions"),
    MessageKind.AGREEMENT: _kind("agreed_on plan", "conditions pay_by"),
    MessageKind.PLAN_CHANGED: _kind("agreed_on plan", "conditions pay_by"),
    MessageKind.PLAN_COMPLETED: _kind("completed_on", "amount"),
    MessageKind.PAUSE_GRANTED: _kind("pause_from pause_until", "next_payment conditions"),
    MessageKind.INVITATION_TO_SPEAK: _kind(optional="agent options write_to answer_by"),
    MessageKind.COMPLAINT_RECEIVED: _kind("received_on answer_by", "agent"),
    # nothing but the statement itself (12 CFR 1006.14(h)(2)(i)), who makes it, and how to reach them
    MessageKind.OPT_OUT_CONFIRMED: KindFacts(_NAMED | {"channel"}, frozenset()),
    MessageKind.CREDIT_FILE: _kind("credit_bureau", "reported_from kept_years"),
    MessageKind.NEUTRAL: KindFacts(_ALWAYS, frozenset({"client_name", "agent", "opt_out"})),
}

_PLAN_PLACES: Final = ("plan_amount", "plan_rhythm", "plan_count", "plan_first_due", "plan_total")

PLACES_BY_FACT: Final[Mapping[str, tuple[str, ...]]] = {
    **{field.name: (field.name,) for field in attrs.fields(MessageFacts)},
    "contact": ("contact_phone", "contact_hours"),
    "adviser": ("adviser_name", "adviser_phone"),
    "next_payment": ("next_amount", "next_due_on"),
    "plan": _PLAN_PLACES,
    "offers": ("offer_number", *_PLAN_PLACES),
}
"""The places in a template that each fact fills; those of offers are filled once for each offer."""

COUNT_PLACES: Final = frozenset({"days_past_due", "kept_years", "plan_count"})
"""The places whose number may pick a plural form."""

SMS_DATES: Final[Mapping[MessageKind, frozenset[str]]] = {
    MessageKind.REMINDER: frozenset({"due_on"}),
    MessageKind.PAUSE_GRANTED: frozenset({"pause_until"}),
    MessageKind.COMPLAINT_RECEIVED: frozenset({"answer_by"}),
}
"""The dates that a short form may show beside the sender, the phone number and the way to opt out."""


def facts_of(kind: MessageKind) -> KindFacts:
    """Give the facts that a kind of message takes.

    Where a payment was missed, or a plan is to be chosen, free independent help is among the required ones.
    """
    return _FACTS[check_instance(kind, MessageKind, "kind")]


def places_of(facts: frozenset[str]) -> frozenset[str]:
    """Give the places that these facts fill."""
    return frozenset(place for fact in facts for place in PLACES_BY_FACT[fact])


def check_facts(kind: MessageKind, facts: MessageFacts) -> None:
    """Hold the facts that are given against those that the kind takes.

    Raises:
        CommunicationError: One is missing, or one is given that the message would not show.
    """
    takes = facts_of(kind)
    for name in sorted(takes.required - facts.given):
        message = f"expected this fact for a message of kind {kind.value!r}, got none"
        raise CommunicationError("message.fact_missing", f"facts.{name}", message, {"kind": kind.value})
    for name in sorted(facts.given - takes.allowed):
        message = f"expected nothing, since a message of kind {kind.value!r} would not show it; leave it out"
        raise CommunicationError("message.fact_extra", f"facts.{name}", message, {"kind": kind.value})
