"""Limitation: whether a claim may still be enforced, and what in the record bears on that.

It informs, and gives no legal advice: whether an event has the effect is for a court to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_date, check_instance
from repayplan.communication.channels import Direction, Outcome
from repayplan.communication.contact import Contact
from repayplan.communication.fields import check_id, check_optional_text
from repayplan.communication.limitation_rules import LimitationRules, RestartKind
from repayplan.communication.purposes import ClientStatement
from repayplan.rules import Citation, Finding
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from repayplan.communication.log import CommunicationLog

__all__ = [
    "Limitation",
    "LimitationEvent",
    "LimitationState",
    "arrival_of",
    "events_of",
    "limitation_events",
    "limitation_on",
]


class LimitationState(Enumeration):
    """Whether a claim may still be enforced."""

    RUNNING = "running"
    EXPIRED = "expired"
    """The debtor may refuse to pay; a court in China does not raise it by itself (Civil Code, 193)."""
    UNKNOWN = "unknown"
    """The rules or the due day are not known: treat it as expired until they are."""


def _to_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "on")


@attrs.frozen(kw_only=True)
class LimitationEvent(Value):
    """Something that may make a period of limitation run anew.

    Attributes:
        kind: What it is.
        on: The day.
        debt: The id of the debt.
        record_id: The record that shows it; None where it is not in the log, such as a suit.
        citation: The rule by which it has the effect; None where the caller states it.
    """

    kind: RestartKind
    on: pendulum.Date = attrs.field(converter=_to_on)
    debt: str
    record_id: str | None = None
    citation: Citation | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.kind, RestartKind, "kind")
        check_id(self.debt, "debt")
        check_optional_text(self.record_id, "record_id")


@attrs.frozen(kw_only=True)
class Limitation(Value):
    """Whether a claim may still be enforced on a day; made by :func:`repayplan.limitation_on`.

    Attributes:
        state: Whether it may.
        as_of: The day.
        expires_on: The last day of the period; None where it is not known.
        long_stop_on: The day after which nothing restarts it; None where there is none.
        restarted_by: The events that restarted it, in their order.
        finding: The same as a finding, with its source.
    """

    state: LimitationState
    as_of: pendulum.Date
    expires_on: pendulum.Date | None
    long_stop_on: pendulum.Date | None
    restarted_by: tuple[LimitationEvent, ...]
    finding: Finding


_KIND_OF: Final = {
    ClientStatement.ACKNOWLEDGES_DEBT: RestartKind.DEBTOR_AGREES,
    ClientStatement.PROMISES_PAYMENT: RestartKind.DEBTOR_AGREES,
    ClientStatement.ASKS_TO_DEFER: RestartKind.REQUEST_TO_DEFER,
    ClientStatement.PROPOSES_PLAN: RestartKind.REPAYMENT_PLAN_PROMISE,
    ClientStatement.OFFERS_SECURITY: RestartKind.SECURITY_OFFERED,
}
_PLACES: Final = {kind: place for place, kind in enumerate(RestartKind)}
_MAY_HAVE_ARRIVED: Final = {Outcome.SENT, Outcome.DELIVERED}


def limitation_events(
    source: Contact | CommunicationLog, rules: LimitationRules
) -> tuple[LimitationEvent, ...]:
    """Give what in a contact, or in a log, may restart the limitation of the debts that it concerns.

    Only what the client or a joint debtor took part in, or was sent, counts, and nobody whose identity was
    asked for and not confirmed; what a guarantor says, or is asked for, is about the guarantee. A demand has
    reached the debtor in a talk, when there is a receipt, on its day, or when it was sent on one of the
    rules' channels to a known address and did not come back. Days are those of the client's time zone.
    """
    check_instance(rules, LimitationRules, "rules")
    return events_of((source,) if isinstance(source, Contact) else source.contacts(), rules)


def events_of(contacts: Iterable[Contact], rules: LimitationRules) -> tuple[LimitationEvent, ...]:
    """Give what in contacts may restart limitation, as :func:`limitation_events` does."""
    with_effect = rules.restarts_on | rules.revived_by
    return tuple(
        LimitationEvent(kind=kind, on=day, debt=debt, record_id=contact.id, citation=rules.citation)
        for contact in contacts
        for kind, day in _effects_of(contact, rules)
        if kind in with_effect
        for debt in contact.all_debts
    )


def _effects_of(contact: Contact, rules: LimitationRules) -> list[tuple[RestartKind, pendulum.Date]]:
    found: dict[RestartKind, pendulum.Date] = {}
    if contact.client_said and contact.reached_debtor:  # what somebody else says is not the debtor's word
        said = {_KIND_OF[statement] for statement in contact.client_said if statement in _KIND_OF}
        found = dict.fromkeys(said, contact.local_day())
    if _is_demand_that_arrived(contact, rules):
        found[RestartKind.DEMAND_REACHED_DEBTOR] = arrival_of(contact)
    return sorted(found.items(), key=_place_of) if found else []


def _place_of(effect: tuple[RestartKind, pendulum.Date]) -> int:
    return _PLACES[effect[0]]


def arrival_of(contact: Contact) -> pendulum.Date:
    """Give the day on which something reached its receiver: of the first receipt, else of the contact.

    It is never before the contact, whatever a receipt says.
    """
    began = contact.local_day()
    return max(began, min((contact.local_day(receipt.at) for receipt in contact.receipts), default=began))


def _is_demand_that_arrived(contact: Contact, rules: LimitationRules) -> bool:
    if contact.direction is not Direction.OUTBOUND or not contact.purpose.asks_for_payment:
        return False
    posted = contact.channel in rules.demand_channels and contact.outcome in _MAY_HAVE_ARRIVED
    proven = contact.is_conversation or bool(contact.receipts) or (posted and contact.point is not None)
    return contact.reached_debtor and proven


def limitation_on(
    as_of: datetime.date,
    *,
    last_due_on: datetime.date | None,
    rules: LimitationRules | None,
    debt: str,
    events: Iterable[LimitationEvent] = (),
) -> Limitation:
    """Say whether the claim for a debt may still be enforced.

    The period runs from the day on which the last installment was due (in China by article 189 of the Civil
    Code) and anew from each event that restarts it before it has expired, or that revives it.

    Args:
        as_of: The day.
        last_due_on: The due day of the last installment; None where it is not known.
        rules: The rules; None where they are not known.
        debt: The id of the debt.
        events: What may have restarted it, in any order; those of other debts are left out.
    """
    day = check_date(as_of, "as_of")
    if rules is None or last_due_on is None:
        finding = Finding("limitation", passed=False, observed="unknown")
        return Limitation(
            state=LimitationState.UNKNOWN,
            as_of=day,
            expires_on=None,
            long_stop_on=None,
            restarted_by=(),
            finding=finding,
        )
    check_instance(rules, LimitationRules, "rules")
    start = check_date(last_due_on, "last_due_on")
    stop = None if rules.long_stop is None else rules.long_stop.value.after(start)
    before = sorted((event for event in events if event.debt == debt and event.on <= day), key=_in_order)
    expires, restarted = _run(rules, start, before)
    last = expires if stop is None else min(expires, stop)
    finding = Finding("limitation", day <= last, day, last, rules.period.citation, rules.period.comparison)
    return Limitation(
        state=LimitationState.RUNNING if day <= last else LimitationState.EXPIRED,
        as_of=day,
        expires_on=last,
        long_stop_on=stop,
        restarted_by=restarted,
        finding=finding,
    )


def _in_order(event: LimitationEvent) -> tuple[int, str, str]:
    return event.on.toordinal(), event.kind.name, event.record_id or ""


def _run(
    rules: LimitationRules, start: pendulum.Date, events: Iterable[LimitationEvent]
) -> tuple[pendulum.Date, tuple[LimitationEvent, ...]]:
    expires, restarted = rules.period.value.after(start), list[LimitationEvent]()
    for event in events:
        kinds = rules.restarts_on if event.on <= expires else rules.revived_by
        if event.on > start and event.kind in kinds | rules.revived_by:
            expires = max(expires, rules.period.value.after(event.on))
            restarted.append(event)
    return expires, tuple(restarted)
