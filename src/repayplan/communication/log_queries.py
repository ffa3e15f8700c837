"""What is asked of a log: contacts by what they are, the last conversation, attempts, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from repayplan.communication.amendments import Amendment, Redaction
from repayplan.communication.channels import Channel, Direction, Outcome
from repayplan.communication.contact_marks import marks_asked_for
from repayplan.communication.contact_points import ContactPoint
from repayplan.communication.fields import check_id, check_optional
from repayplan.communication.purposes import Purpose
from repayplan.communication.records import Record
from repayplan.errors import CommunicationError, shown
from repayplan.moments import check_moment, instant

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator

    from repayplan.communication.contact import Contact
    from repayplan.communication.contact_marks import Mark
    from repayplan.communication.log_store import View

__all__ = ["LogQueries"]

R = TypeVar("R", bound=Record)

_MESSAGES: Final = {Outcome.RECEIVED, Outcome.VOICEMAIL_LEFT}
_FOR_EVER: Final = 2**63
"""After every instant."""


class LogQueries:
    """The questions that a log answers; every record is given as its amendments leave it."""

    __slots__ = ()

    _view: View

    def record(self, record_id: str) -> Record:
        """Give the record of an id.

        Raises:
            CommunicationError: There is none.
        """
        number = self._view.number_of(check_id(record_id, "record_id"))
        if number is None:
            message = f"expected the id of a record in the log, got {shown(record_id)}"
            raise CommunicationError("log.unknown", "record_id", message)
        return self._view.current(number)

    @property
    def case_ids(self) -> frozenset[str]:
        """The ids of the cases whose records it holds."""
        return self._view.cases()

    def amendments(self, record_id: str) -> tuple[Amendment, ...]:
        """Give the corrections of a record, in their order."""
        found = (self._view.store.entries[number].record for number in self._view.amendments_of(record_id))
        return tuple(record for record in found if isinstance(record, Amendment))

    def records(self, kind: type[R]) -> tuple[R, ...]:
        """Give the records of a kind, in the order of their entries; only those are looked at."""
        found = map(self._view.current, self._view.numbers_of(kind))
        return tuple(record for record in found if isinstance(record, kind))

    def contacts(  # noqa: PLR0913  # each narrows down what is given
        self,
        *,
        since: datetime.datetime | None = None,
        before: datetime.datetime | None = None,
        channel: Channel | None = None,
        direction: Direction | None = None,
        purpose: Purpose | None = None,
        outcome: Outcome | None = None,
        point: ContactPoint | None = None,
        debt: str | None = None,
        party: str | None = None,
        case_id: str | None = None,
    ) -> tuple[Contact, ...]:
        """Give the contacts that began in a window, the earliest first.

        Only the window is looked at; and of it only what is for a purpose, or came to an outcome at a point.

        Args:
            since: The first moment of the window; None is from ever.
            before: The first moment after it; None is without end.
            channel: Only those on a channel.
            direction: Only those that one side began.
            purpose: Only those for a purpose.
            outcome: Only those of which that became.
            point: Only those at a number, an address or an account, under whatever id.
            debt: Only those that concern a debt, whoever brought it up.
            party: Only those in which a party took part; its id may stand for another in another case.
            case_id: Only those of a case.
        """
        for field, value, kind in (
            ("channel", channel, Channel),
            ("direction", direction, Direction),
            ("purpose", purpose, Purpose),
            ("outcome", outcome, Outcome),
            ("point", point, ContactPoint),
            ("debt", debt, str),
            ("party", party, str),
            ("case_id", case_id, str),
        ):
            check_optional(value, kind, field)
        return tuple(
            contact
            for contact in self._between(since, before, marks_asked_for(purpose, outcome, point))
            if (channel is None or contact.channel is channel)
            and (direction is None or contact.direction is direction)
            and (purpose is None or contact.purpose is purpose)
            and (outcome is None or contact.outcome is outcome)
            and (point is None or (contact.point is not None and contact.point.is_same_as(point)))
            and (debt is None or debt in contact.all_debts)
            and (party is None or party in contact.party_ids)
            and case_id in {None, contact.case_id}
        )

    def _between(
        self,
        since: datetime.datetime | None,
        before: datetime.datetime | None,
        marks: Collection[Mark] | None = None,
    ) -> Iterator[Contact]:
        first = 0 if since is None else instant(check_moment(since, "since"))
        end = _FOR_EVER if before is None else instant(check_moment(before, "before"))
        return self._view.contacts(first, end, marks)

    def attempts(
        self,
        *,
        since: datetime.datetime | None = None,
        before: datetime.datetime | None = None,
        channel: Channel | None = None,
        debt: str | None = None,
        party: str | None = None,
        case_id: str | None = None,
    ) -> tuple[Contact, ...]:
        """Give the contacts that the bank began in a window, reached or not, the earliest first."""
        return self.contacts(
            since=since,
            before=before,
            channel=channel,
            direction=Direction.OUTBOUND,
            debt=debt,
            party=party,
            case_id=case_id,
        )

    def last_conversation(
        self,
        *,
        before: datetime.datetime | None = None,
        debt: str | None = None,
        party: str | None = None,
        case_id: str | None = None,
    ) -> Contact | None:
        """Give the latest contact in which two people talked; None where there was none."""
        found = self.contacts(before=before, debt=debt, party=party, case_id=case_id)
        return next((contact for contact in reversed(found) if contact.is_conversation), None)

    def promises(self, *, case_id: str | None = None) -> tuple[Contact, ...]:
        """Give the contacts in which promises were given, the earliest first."""
        return tuple(contact for contact in self.contacts(case_id=case_id) if contact.promise_ids)

    def unanswered(self, *, case_id: str | None = None) -> tuple[Contact, ...]:
        """Give the messages of the client that no later contact of the bank says to answer."""
        found = self.contacts(case_id=case_id)
        answered: dict[str | None, int] = {}  # the latest answer to each message; the latest comes last
        for contact in found:
            if contact.direction is Direction.OUTBOUND:
                answered[contact.answers] = instant(contact.started_at)
        return tuple(
            contact
            for contact in found
            if contact.direction is Direction.INBOUND
            and contact.outcome in _MESSAGES
            and answered.get(contact.id, -1) < instant(contact.started_at)
        )

    def redactions(self) -> tuple[Redaction, ...]:
        """Give the notes of what was erased."""
        return self.records(Redaction)
