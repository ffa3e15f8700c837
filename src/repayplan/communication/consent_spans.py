"""When consents hold, and from when withdrawals, opt-outs and demands to cease bar contact."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import attrs

from repayplan.communication.channels import Direction
from repayplan.communication.consents import Consent, ConsentWithdrawal
from repayplan.communication.contact_question import people_talked
from repayplan.communication.local_clock import MINUTES_OF_A_DAY, minute_after, minute_of
from repayplan.communication.phases import FOREVER, Phases, Span, in_spans, in_turn, lifted
from repayplan.communication.purposes import ConsentScope, Purpose
from repayplan.moments import instant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.communication.channels import Channel
    from repayplan.communication.contact import Contact
    from repayplan.communication.contact_question import ContactQuestion

__all__ = ["Grant", "extra_grants", "grants", "reply_spans", "stopping"]

_INSTANTS_OF_A_MINUTE = 60_000_000


@attrs.frozen
class Grant:
    """A consent with the time in which it holds, in instants.

    Attributes:
        consent: The consent.
        start: The first instant.
        end: The first instant after it.
        ended_by: The id of the conversation that ended it, itself held under it; None for none.
    """

    consent: Consent
    start: int
    end: int
    ended_by: str | None = None

    @property
    def span(self) -> Span:
        """The whole minutes in which it holds."""
        return -(-self.start // _INSTANTS_OF_A_MINUTE), self.end // _INSTANTS_OF_A_MINUTE

    def covers(self, contact: Contact) -> bool:
        """Tell whether a contact began under it."""
        return contact.id == self.ended_by or self.start <= instant(contact.started_at) < self.end


def grants(question: ContactQuestion, party_id: str, scope: ConsentScope) -> Iterator[Grant]:
    """Give the consents of a party that permit the contact in question, until they end or are withdrawn."""
    withdrawn = [
        (instant(item.given_at), item)
        for item in question.withdrawals
        if (item.party_id, item.scope) == (party_id, scope)
    ]
    for consent in question.consents:
        if consent.party_id != party_id or consent.scope is not scope or not _permits_here(question, consent):
            continue
        given = instant(consent.given_at)
        ends = [at for at, item in withdrawn if at >= given and _ends(question, item, consent)]
        if consent.until is not None:
            ends.append(instant(consent.until))
        start = given if consent.starts_at is None else instant(consent.starts_at)
        yield Grant(consent, start, min(ends, default=FOREVER * _INSTANTS_OF_A_MINUTE))


def _ends(question: ContactQuestion, withdrawal: ConsentWithdrawal, consent: Consent) -> bool:
    if withdrawal.consent_id is not None:
        return withdrawal.consent_id == consent.id
    return _forbids_here(question, withdrawal.channel, withdrawal.point_id)


def extra_grants(question: ContactQuestion) -> tuple[Grant, ...]:
    """Give the recipient's consents to more contact; each ends with the next conversation at the latest."""
    rule = question.rules.extra_contact
    if rule is None:
        return ()
    earliest = question.minute - question.rules.lookback_days * MINUTES_OF_A_DAY
    found: list[Grant] = []
    for grant in grants(question, question.recipient.id, ConsentScope.EXTRA_CONTACT):
        given = minute_of(grant.consent.given_at)
        if earliest <= given < question.end:  # none other bears on the contacts that are looked at
            last = min(clock.start_of(clock.day(given) + rule.days.value) for clock in question.clocks)
            end = min(grant.end, last * _INSTANTS_OF_A_MINUTE)
            found.append(_ended_by_talk(question, attrs.evolve(grant, end=end)))
    return tuple(found)


def _ended_by_talk(question: ContactQuestion, grant: Grant) -> Grant:
    given = instant(grant.consent.given_at)
    for contact in question.own_contacts:
        if people_talked(contact) and given < instant(contact.started_at) < grant.end:
            began = instant(contact.started_at)
            return attrs.evolve(grant, end=began, ended_by=contact.id if began >= grant.start else None)
    return grant


def reply_spans(question: ContactQuestion, *, after: int = -FOREVER) -> Iterator[Span]:
    """Give when a message that came from the recipient may be answered at a time that does not suit.

    That is once, on its own channel and where it came from, to the end of its day. Source: 12 CFR 1006
    Supp. I, comment 6(b)(1)-2.

    Args:
        question: The question.
        after: Only for messages that came after an instant; all, unless one is given.
    """
    if question.rules.replies is None or question.purpose is not Purpose.ANSWER:
        return
    on_channel = [item for item in question.own_contacts if item.channel is question.channel]
    for message in on_channel:
        came_after = instant(message.started_at) > after
        if came_after and _is_message(message) and _came_from_here(question, message):
            came = minute_of(message.started_at)
            ends = [clock.start_of(clock.day(came) + 1) for clock in question.clocks]
            ends += [minute_of(item.started_at) for item in on_channel if _answers(item, message)]
            yield minute_after(message.started_at), min(ends)


def _is_message(contact: Contact) -> bool:
    return contact.direction is Direction.INBOUND and not contact.is_conversation


def _came_from_here(question: ContactQuestion, message: Contact) -> bool:
    """Tell whether a message came from the point in question, as far as both are known."""
    if question.point is None or message.point is None:
        return True
    return question.point.is_same_as(message.point)


def _answers(contact: Contact, message: Contact) -> bool:
    return contact.direction is Direction.OUTBOUND and (
        contact.answers == message.id
        or (contact.purpose is Purpose.ANSWER and contact.started_at >= message.started_at)
    )


def stopping(question: ContactQuestion) -> Phases:
    """Bar what the recipient has opted out of, from when that reached the bank until a later consent.

    Opt-outs hold for every debt (12 CFR 1006 Supp. I, comment 14(h)(1)-3.ii). What came before the opt-out,
    or with it, is not answered there any more; whoever writes there again is (12 CFR 1006.14(h)(2)(ii)).
    """
    consents = list(grants(question, question.recipient.id, ConsentScope.CONTACT))
    starting = ((_stops_from(question, withdrawal), withdrawal) for withdrawal in question.withdrawals)
    stops = sorted((start, instant(stop.given_at)) for start, stop in starting if start is not None)
    latest = list(accumulate((given for _, given in stops), max))

    def after(count: int) -> Phases:
        """Bar by the latest of so many stops: what came after it came after the others too."""
        if not count:
            return in_spans(())
        given = latest[count - 1]
        later = [item.span for item in consents if instant(item.consent.given_at) > given]
        return lifted(in_spans([(-FOREVER, FOREVER)]), [*later, *reply_spans(question, after=given)])

    return in_turn([start for start, _ in stops], after)


def _stops_from(question: ContactQuestion, withdrawal: ConsentWithdrawal) -> int | None:
    """Give the minute from which a withdrawal bars the contact in question; None where it does not."""
    if (withdrawal.party_id, withdrawal.scope) != (question.recipient.id, ConsentScope.CONTACT):
        return None
    channel, point_id = _withdrawn(question, withdrawal)
    if not _forbids_here(question, channel, point_id):
        return None
    if channel is None and point_id is None:
        return None if question.purpose in question.rules.answers.value else minute_of(withdrawal.given_at)
    most = question.rules.confirmations
    is_confirmation = question.purpose is Purpose.OPT_OUT_CONFIRMATION
    if most is None or not is_confirmation or not question.channel.is_electronic_message:
        return minute_of(withdrawal.given_at)
    sent = question.contacts_for(Purpose.OPT_OUT_CONFIRMATION, since=withdrawal.given_at)
    through = [minute_of(item.started_at) for item in sent if item.channel is question.channel]
    return next(iter(through[most.value - 1 :]), None)


def _withdrawn(question: ContactQuestion, withdrawal: ConsentWithdrawal) -> tuple[Channel | None, str | None]:
    """Give what is opted out of: a withdrawal without channel and point is as wide as its consent."""
    own = withdrawal.channel, withdrawal.point_id
    if own == (None, None):
        for consent in question.consents:
            if consent.id == withdrawal.consent_id:
                return consent.channel, consent.point_id
    return own


def _permits_here(question: ContactQuestion, consent: Consent) -> bool:
    on_channel = consent.channel in {None, question.channel}
    return on_channel and (consent.point_id is None or _is_point(question, consent.point_id))


def _forbids_here(question: ContactQuestion, channel: Channel | None, point_id: str | None) -> bool:
    """Tell whether an opt-out is about the contact in question; where no point is named, it may be any."""
    on_channel = channel in {None, question.channel}
    return on_channel and (point_id is None or question.point is None or _is_point(question, point_id))


def _is_point(question: ContactQuestion, point_id: str) -> bool:
    """Tell whether the point in question has an id, or the number or address of the point that has it."""
    asked = question.point
    if asked is None:
        return False
    named = (item for item in question.client.points if item.id == point_id)
    return asked.id == point_id or any(map(asked.is_same_as, named))
