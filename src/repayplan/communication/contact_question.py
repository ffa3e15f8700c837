"""The question of a contact: who is to be reached, how and when, and what the log has about it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance
from repayplan.communication.blocked_spans import BlockedSpan, check_blocked
from repayplan.communication.channels import Channel, Direction, Outcome, Place
from repayplan.communication.client import Client
from repayplan.communication.consents import Consent, ConsentWithdrawal
from repayplan.communication.contact_points import ContactPoint, ContactPreference
from repayplan.communication.contact_rule_book import ContactRules
from repayplan.communication.fields import check_id, check_ids
from repayplan.communication.local_clock import MINUTES_OF_A_DAY, LocalClock, check_minute
from repayplan.communication.log import CommunicationLog
from repayplan.communication.parties import Party, PartyRole
from repayplan.communication.profiles import PreferenceNote
from repayplan.communication.purposes import Purpose
from repayplan.communication.wishes import in_order, noted_wish
from repayplan.errors import CommunicationError, shown

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    import pendulum

    from repayplan.communication.contact import Contact

__all__ = ["ContactQuestion", "ask", "counterparts", "people_talked", "reaches"]


@attrs.frozen(repr=False, eq=False, slots=False)
class ContactQuestion:
    """A checked question; made by :func:`ask`.

    Attributes:
        purpose: What for.
        recipient: Whom.
        debts: About which debts.
        channel: By which channel.
        point: At which contact point; None where none is named.
        minute: The minute of UTC in which it is asked.
        log: The record.
        client: The client.
        rules: The rules.
        blocked: What blocks from outside the record.
        clocks: The clocks of the places where the recipient may be.
    """

    purpose: Purpose
    recipient: Party
    debts: tuple[str, ...]
    channel: Channel
    point: ContactPoint | None
    minute: int
    log: CommunicationLog
    client: Client
    rules: ContactRules
    blocked: tuple[BlockedSpan, ...]
    clocks: tuple[LocalClock, ...]

    @property
    def end(self) -> int:
        """The first minute after the horizon."""
        return self.minute + self.rules.horizon.value * MINUTES_OF_A_DAY

    @property
    def is_for_client(self) -> bool:
        """Whether the client is to be reached."""
        return self.recipient.id == self.client.party.id

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """The contacts of the log that may bear on the answer by when they began, the earliest first."""
        first = self.minute - self.rules.lookback_days * MINUTES_OF_A_DAY
        clock = self.clocks[0]
        return self.log.contacts(since=clock.moment(first), before=clock.moment(self.end))

    @cached_property
    def own_contacts(self) -> tuple[Contact, ...]:
        """Those of them by which the recipient was to be reached, or which came from the recipient."""
        return tuple(item for item in self.contacts if reaches(item, self.recipient.id, self.client))

    @cached_property
    def consents(self) -> tuple[Consent, ...]:
        """All consents of the log."""
        return self.log.records(Consent)

    @cached_property
    def withdrawals(self) -> tuple[ConsentWithdrawal, ...]:
        """All withdrawals of the log."""
        return self.log.records(ConsentWithdrawal)

    @cached_property
    def noted_wishes(self) -> tuple[PreferenceNote, ...]:
        """What the log notes of the recipient's wishes, the earliest first."""
        return in_order(self.log.records(PreferenceNote), self.recipient.id)

    def wish_on(self, day: pendulum.Date, notes: int) -> ContactPreference:
        """Give what the recipient wishes on a day, where so many of the notes are known."""
        noted = noted_wish((self.noted_wishes[place] for place in reversed(range(notes))), day)
        if noted is not None:
            return noted
        return self.client.preference_on(day) if self.is_for_client else ContactPreference()

    def contacts_for(self, purpose: Purpose, *, since: datetime.datetime | None = None) -> list[Contact]:
        """Give what the bank began for a purpose to reach the recipient, however long ago."""
        found = self.log.contacts(since=since, direction=Direction.OUTBOUND, purpose=purpose)
        return [item for item in found if reaches(item, self.recipient.id, self.client)]


def reaches(contact: Contact, party_id: str, client: Client) -> bool:
    """Tell whether a contact was with a party, or tried to reach it.

    An attempt that reached nobody goes by the owner of its contact point, and where that is not known either,
    as after an erasure, it was for the client.
    """
    others = counterparts(contact)
    if others:
        return party_id in others
    return party_id == (client.party.id if contact.point is None else contact.point.owner)


def counterparts(contact: Contact) -> frozenset[str]:
    """Give the ids of those on the other side; nobody where an attempt reached nobody."""
    parties = (participant.party for participant in contact.participants)
    return frozenset(
        party.id
        for party in parties
        if not party.role.is_creditor_side and party.role is not PartyRole.INTERPRETER
    )


def people_talked(contact: Contact) -> bool:
    """Tell whether people talked, however it ended.

    Who does not wish to talk has said so in a talk (12 CFR 1006 Supp. I, comment 14(b)(4)-1.ii; CFPB, debt
    collection rule FAQs, telephone call frequency, "Presumptions", question 6). A call that broke off is a
    talk where the record shows that somebody was there or that words were said; the law has no line there,
    and this one protects the client.
    """
    if contact.outcome is Outcome.DROPPED:
        return bool(counterparts(contact)) or any(getattr(contact, field) for field in _SAID)
    return contact.is_conversation or (contact.channel.is_live and contact.outcome is Outcome.REFUSED)


_SAID: Final = (
    "spoken_language",
    "content",
    "stated",
    "client_said",
    "promise_ids",
    "hardship",
    "debts_raised",
    "next_step",
)
"""The fields of a contact that show that words were said."""


def ask(  # noqa: PLR0913  # all of them bear on the answer, and the public functions take the same
    *,
    purpose: Purpose,
    recipient: str,
    debts: Sequence[str],
    channel: Channel,
    point: ContactPoint | None,
    at: datetime.datetime,
    log: CommunicationLog,
    client: Client,
    rules: ContactRules,
    blocked: Sequence[BlockedSpan],
) -> ContactQuestion:
    """Check what a question is made of.

    Raises:
        CommunicationError: The recipient is nobody of the case, or of the bank; the point is another's, or
            the channel does not reach it.
        DateError: The moment is naive, or not in the years 1900 to 2999.
        InputTypeError: Something is of a wrong type.
    """
    for value, kind, field in (
        (purpose, Purpose, "purpose"),
        (channel, Channel, "channel"),
        (log, CommunicationLog, "log"),
        (client, Client, "client"),
        (rules, ContactRules, "rules"),
    ):
        check_instance(value, kind, field)
    party = _party(client, check_id(recipient, "recipient"))
    _check_point(point, party, channel)
    return ContactQuestion(
        purpose=purpose,
        recipient=party,
        debts=check_ids(debts, "debts"),
        channel=channel,
        point=point,
        minute=check_minute(at, "at"),
        log=log,
        client=client,
        rules=rules,
        blocked=check_blocked(blocked),
        clocks=tuple(map(LocalClock, _zones(client, point))),
    )


def _party(client: Client, party_id: str) -> Party:
    party = client.party if client.party.id == party_id else client.other(party_id)
    if party is None:
        message = "expected the id of the client or of another party of the client, got neither"
        raise CommunicationError("contact.recipient", "recipient", message)
    if party.role.is_creditor_side:
        message = f"expected somebody who is not of the bank's side, got {shown(party.role.value)}"
        raise CommunicationError("contact.recipient", "recipient", message)
    return party


def _check_point(point: ContactPoint | None, party: Party, channel: Channel) -> None:
    if point is None:
        return
    check_instance(point, ContactPoint, "point")
    if point.owner != party.id:
        message = "expected a contact point of the recipient, got that of another"
        raise CommunicationError("contact.point", "point.owner", message)
    if channel not in point.kind.channels:
        reached = ", ".join(sorted(item.value for item in point.kind.channels))
        message = f"expected a channel that reaches a {point.kind.value} ({reached}), got {channel.value}"
        raise CommunicationError("contact.channel", "channel", message)


def _zones(client: Client, point: ContactPoint | None) -> tuple[str, ...]:
    """Give the zones whose hours must all suit (12 CFR 1006 Supp. I, comment 6(b)(1)(i)-2)."""
    if point is None or point.zone is None:
        return tuple(dict.fromkeys(client.zones))
    if point.place is Place.ANYWHERE:  # a mobile phone has left the place of its number
        return tuple(dict.fromkeys((point.zone, *client.zones)))
    return (point.zone,)
