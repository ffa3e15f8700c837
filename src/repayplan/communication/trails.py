"""What the record says of the communication with one client, up to a moment."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import attrs
import pendulum

from repayplan.checks import check_instance
from repayplan.communication.amendments import corrected
from repayplan.communication.channels import Direction, Outcome
from repayplan.communication.client import Client
from repayplan.communication.contact_points import ContactPoint
from repayplan.communication.difficulties import Difficulty, DifficultyNote
from repayplan.communication.log import CommunicationLog
from repayplan.communication.parties import VerificationResult
from repayplan.communication.profiles import ContactPointNote, PointSource, PreferenceNote
from repayplan.communication.purposes import Purpose
from repayplan.communication.wishes import in_order, noted_wish
from repayplan.moments import check_moment, instant

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator
    from collections.abc import Set as AbstractSet

    from repayplan.communication.circumstances import Vulnerability
    from repayplan.communication.consents import Consent, ConsentWithdrawal
    from repayplan.communication.contact import Contact
    from repayplan.communication.contact_points import ContactPreference
    from repayplan.communication.records import Record

__all__ = ["PointState", "Trail", "trail_of"]

R = TypeVar("R", "Consent", "ConsentWithdrawal", "DifficultyNote", "PreferenceNote", "Vulnerability")


@attrs.frozen(repr=False)
class PointState:
    """A contact point as one record said that it is.

    Attributes:
        record_id: The record: a note on the point, or an amendment of one.
        at: When it was recorded.
        source: From where it is known.
        point: The contact point.
    """

    record_id: str
    at: pendulum.DateTime
    source: PointSource
    point: ContactPoint

    @property
    def in_use(self) -> bool:
        """Whether the point was in use on the day of the record, or was yet to be."""
        return self.point.valid_until is None or self.point.valid_until >= self.at.date()

    def is_verified_by(self, sources: Collection[PointSource]) -> bool:
        """Tell whether the point was verified, and from a source that is permitted for that."""
        return self.point.verified_on is not None and self.source in sources


@attrs.frozen(repr=False, slots=False)
class Trail:
    """The records that concern one client, as they were known at a moment.

    Days are read off the clock by which a moment was written.

    Attributes:
        log: The log as it was at the moment.
        client: The client.
        as_of: The moment.
        case_id: The case; None takes every case of the log.
    """

    log: CommunicationLog
    client: Client
    as_of: pendulum.DateTime
    case_id: str | None

    @cached_property
    def all_contacts(self) -> tuple[Contact, ...]:
        """The contacts with anybody, tried or made, the earliest first."""
        return tuple(found for found in self.log.contacts() if self._counts(found))

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """Those with the client, and not with others."""
        return tuple(filter(self._concerns, self.all_contacts))

    @cached_property
    def by_id(self) -> dict[str, Contact]:
        """The contacts with the client, by their ids."""
        return {contact.id: contact for contact in self.contacts}

    @cached_property
    def point_states(self) -> tuple[PointState, ...]:
        """What was noted of contact points over time, those of other parties included."""
        if not self.log.records(ContactPointNote):
            return ()
        found = [
            state for entry in self.log if entry.kind == _POINT_NOTE for state in self._states(entry.record)
        ]
        return tuple(sorted(found, key=lambda state: instant(state.at)))

    def records(self, kind: type[R]) -> tuple[R, ...]:
        """Give the records of a kind that are about the client, as their amendments leave them."""
        found = (record for record in self.log.records(kind) if self._counts(record))
        return tuple(record for record in found if record.party_id == self.client.party.id)

    def notes(self, contact: Contact, difficulty: Difficulty) -> tuple[DifficultyNote, ...]:
        """Give the notes that the client had a difficulty in a contact."""
        found = self._difficulties.get(contact.id)
        return () if found is None else tuple(note for note in found if difficulty in note.difficulties)

    def wish(self, moment: pendulum.DateTime) -> ContactPreference:
        """Give how the client wished to be reached: as noted last by then, otherwise as ``client`` says."""
        day = moment.date()
        known = (note for note in reversed(self._wishes) if instant(note.recorded_at) <= instant(moment))
        return noted_wish(known, day) or self.client.preference_on(day)

    @cached_property
    def outcomes(self) -> frozenset[Outcome]:
        """What became of any of the contacts."""
        return frozenset(contact.outcome for contact in self.contacts)

    @cached_property
    def wishes(self) -> dict[str, ContactPreference]:
        """How the client wished to be reached when each contact began, by its id."""
        lasting = None if self._wishes else self.client.lasting_preference
        if lasting is not None:
            return dict.fromkeys((contact.id for contact in self.contacts), lasting)
        return {contact.id: self.wish(contact.started_at) for contact in self.contacts}

    def may_show(self, difficulty: Difficulty, outcomes: AbstractSet[Outcome] = frozenset()) -> bool:
        """Tell whether any contact had one of these outcomes or a note of a difficulty.

        Where none had, which is nearly always so, nobody needs to look for what overcame it.
        """
        noted = any(difficulty in note.difficulties for note in self.records(DifficultyNote))
        return noted or not self.outcomes.isdisjoint(outcomes)

    def heard(self, contact: Contact) -> bool:
        """Tell whether the client was heard in a contact: talked, or began it."""
        return contact.id in self._heard

    def spoke(self, contact: Contact) -> bool:
        """Tell whether the client was heard and said something: a call that was missed says nothing."""
        return self.heard(contact) and contact.outcome in _WITH_WORDS

    def refused(self, contact: Contact) -> bool:
        """Tell whether the client did not wish to talk; somebody else who does not speaks for nobody."""
        return contact.outcome is Outcome.REFUSED and self._is_client(contact)

    def made_sure(self, contact: Contact) -> bool:
        """Tell whether the client talked, and it was confirmed that it is the client."""
        return contact.is_conversation and any(
            one.party.id == self.client.party.id and one.is_verified for one in contact.participants
        )

    @cached_property
    def answered(self) -> frozenset[str]:
        """The ids of the contacts that a message or a call of the client answers."""
        return frozenset(found.answers for found in self.contacts if found.answers and self.heard(found))

    @cached_property
    def _heard(self) -> frozenset[str]:
        return frozenset(
            contact.id
            for contact in self.contacts
            if (contact.outcome is Outcome.CONVERSATION or contact.direction is Direction.INBOUND)
            and self._is_client(contact)
        )

    @cached_property
    def _wishes(self) -> tuple[PreferenceNote, ...]:
        return in_order(self.records(PreferenceNote), self.client.party.id)

    @cached_property
    def _difficulties(self) -> dict[str, tuple[DifficultyNote, ...]]:
        found: dict[str, tuple[DifficultyNote, ...]] = {}
        for note in self.records(DifficultyNote):
            found[note.contact_id] = (*found.get(note.contact_id, ()), note)
        return found

    def _states(self, note: Record) -> Iterator[PointState]:
        amendments = self.log.amendments(note.id)
        for made in range(len(amendments) + 1):
            said = corrected(note, amendments[:made])
            source = amendments[made - 1] if made else note
            if isinstance(said, ContactPointNote) and said.point is not None and self._counts(said):
                yield PointState(source.id, source.recorded_at, said.source, said.point)

    def _counts(self, record: Record) -> bool:
        return self.case_id is None or record.case_id == self.case_id

    def _concerns(self, contact: Contact) -> bool:
        """Tell whether it was meant for the client: by who took part, otherwise by whose point it is."""
        me = self.client.party.id
        if any(one.party.id == me for one in contact.participants):
            return True
        if contact.point is not None:
            return contact.point.owner == me
        nobody = not contact.participants and contact.purpose is not Purpose.LOCATION
        return nobody or contact.outcome is Outcome.WRONG_PERSON

    def _is_client(self, contact: Contact) -> bool:
        """Tell whether it was the client, as far as anybody knows, who took part."""
        mine = [one for one in contact.participants if one.party.id == self.client.party.id]
        failed = any(
            one.verification is not None and one.verification.result is VerificationResult.FAILED
            for one in mine
        )
        return not failed and (bool(mine) or not contact.participants)


_WITH_WORDS = {Outcome.CONVERSATION, Outcome.RECEIVED, Outcome.VOICEMAIL_LEFT}
_POINT_NOTE = ContactPointNote.__name__


def trail_of(
    log: CommunicationLog,
    client: Client,
    as_of: datetime.datetime | None = None,
    case_id: str | None = None,
) -> Trail | None:
    """Give the trail of a client; None where nothing was known by the moment.

    Args:
        log: The log.
        client: The client.
        as_of: The moment; None is that of the last entry.
        case_id: The case; None takes every case of the log.
    """
    check_instance(log, CommunicationLog, "log")
    check_instance(client, Client, "client")
    moment = None if as_of is None else check_moment(as_of, "as_of")
    known = log if moment is None else log.known_by(moment)
    if not len(known):
        return None
    return Trail(known, client, known[-1].at if moment is None else moment, case_id)
