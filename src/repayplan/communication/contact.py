"""A contact: one communication about a client's repayment, tried or made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_body, check_date, check_instance
from repayplan.communication.channels import Channel, Direction, Outcome, possible_outcomes
from repayplan.communication.contact_points import ContactPoint
from repayplan.communication.documents import Document, Original, Receipt
from repayplan.communication.fields import (
    PERSONAL,
    check_ids,
    check_items,
    check_keys,
    check_members,
    check_optional,
    check_optional_text,
    to_ended_at,
    to_started_at,
)
from repayplan.communication.parties import DEBTORS, Participant, Party, PartyRole
from repayplan.communication.purposes import ClientStatement, Purpose, StatedItem
from repayplan.communication.reasons import HardshipReason
from repayplan.communication.records import Record, check_order
from repayplan.errors import CommunicationError
from repayplan.languages import check_language
from repayplan.moments import check_zone, zone_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Sequence

__all__ = ["Contact"]


def _to_debts(value: Sequence[str]) -> tuple[str, ...]:
    return check_ids(value, "debts")


def _to_external_ids(value: Sequence[str]) -> tuple[str, ...]:
    return check_ids(value, "external_ids")


def _to_debts_raised(value: Sequence[str]) -> tuple[str, ...]:
    return check_ids(value, "debts_raised")


def _to_promise_ids(value: Sequence[str]) -> tuple[str, ...]:
    return check_ids(value, "promise_ids")


def _to_actions(value: Sequence[str]) -> tuple[str, ...]:
    return check_keys(value, "actions")


def _to_next_step_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "next_step_on")


def _to_participants(value: Sequence[Participant]) -> tuple[Participant, ...]:
    return check_items(value, Participant, "participants")


def _to_documents_sent(value: Sequence[Document]) -> tuple[Document, ...]:
    return check_items(value, Document, "documents_sent")


def _to_documents_received(value: Sequence[Document]) -> tuple[Document, ...]:
    return check_items(value, Document, "documents_received")


def _to_receipts(value: Sequence[Receipt]) -> tuple[Receipt, ...]:
    return check_items(value, Receipt, "receipts")


def _to_stated(value: Collection[StatedItem]) -> frozenset[StatedItem]:
    return check_members(value, StatedItem, "stated")


def _to_client_said(value: Collection[ClientStatement]) -> frozenset[ClientStatement]:
    return check_members(value, ClientStatement, "client_said")


@attrs.frozen(kw_only=True, repr=False)
class Contact(Record):
    """One communication, tried or made; attempts count too.

    What the law wants complete is asked for by :func:`repayplan.missing_items` and not here: an attempt that
    reached nobody has no participants, and a field that was erased is absent.

    Attributes:
        direction: Who began.
        channel: By which channel.
        purpose: What for.
        outcome: What came of it.
        started_at: When it began or was sent, or when it arrived from the client.
        ended_at: When it ended, for talks.
        external_ids: The ids under which other systems know it, such as that of the telephone system.
        debts: The ids of the debts for which it was begun.
        debts_raised: The ids of debts that the other side brought up.
        point: At which number, address or account of the other side.
        bank_point: The bank's own number or address that was used.
        participants: Who took part, or to whom it was sent, with the right-party check.
        zone: The time zone of the client at the time.
        spoken_language: The language that was spoken.
        dialect: The dialect, in words, where the tag of the language does not tell.
        written_language: The language that was written.
        interpreter: Who interpreted.
        content: What was said or written, word for word or as minutes.
        original: Where the whole is kept, with its digest.
        stated: What the bank said, as far as rules demand that it be said.
        client_said: What the client said, as far as effects in law may follow.
        promise_ids: The promises that were given.
        hardship: The reason that was stated for not paying.
        documents_sent: What was sent with it.
        documents_received: What came with it.
        receipts: What proves that it reached its receiver.
        answers: The id of the message that it answers.
        actions: The keys of the proposed actions that it carried out (:class:`repayplan.Action`); where one
            is named, it carried out these and no others. Steps of the desk are noted apart
            (:class:`repayplan.StepNote`), but for finding a way, which the contact found.
        next_step: What was agreed to happen next, and who does it.
        next_step_on: By when.
        operator: Who did it for the bank.

    Raises:
        CommunicationError: A text is not fit to be stored, a language is unknown, an id is given twice, a
            message has the outcome of a call, or the moments are out of order.
        DateError: A moment is naive, or there is no such zone.
    """

    direction: Direction
    channel: Channel
    purpose: Purpose
    outcome: Outcome
    started_at: pendulum.DateTime = attrs.field(converter=to_started_at)
    ended_at: pendulum.DateTime | None = attrs.field(default=None, converter=to_ended_at)
    external_ids: tuple[str, ...] = attrs.field(default=(), converter=_to_external_ids)
    debts: tuple[str, ...] = attrs.field(default=(), converter=_to_debts)
    debts_raised: tuple[str, ...] = attrs.field(default=(), converter=_to_debts_raised)
    point: ContactPoint | None = attrs.field(default=None, metadata=PERSONAL)
    bank_point: str | None = None
    participants: tuple[Participant, ...] = attrs.field(
        default=(), converter=_to_participants, metadata=PERSONAL
    )
    zone: str | None = attrs.field(default=None, metadata=PERSONAL)
    spoken_language: str | None = attrs.field(default=None, metadata=PERSONAL)
    dialect: str | None = attrs.field(default=None, metadata=PERSONAL)
    written_language: str | None = attrs.field(default=None, metadata=PERSONAL)
    interpreter: Party | None = attrs.field(default=None, metadata=PERSONAL)
    content: str | None = attrs.field(default=None, metadata=PERSONAL)
    original: Original | None = attrs.field(default=None, metadata=PERSONAL)
    stated: frozenset[StatedItem] = attrs.field(factory=frozenset[StatedItem], converter=_to_stated)
    client_said: frozenset[ClientStatement] = attrs.field(
        factory=frozenset[ClientStatement], converter=_to_client_said
    )
    promise_ids: tuple[str, ...] = attrs.field(default=(), converter=_to_promise_ids)
    hardship: HardshipReason | None = attrs.field(default=None, metadata=PERSONAL)
    documents_sent: tuple[Document, ...] = attrs.field(
        default=(), converter=_to_documents_sent, metadata=PERSONAL
    )
    documents_received: tuple[Document, ...] = attrs.field(
        default=(), converter=_to_documents_received, metadata=PERSONAL
    )
    receipts: tuple[Receipt, ...] = attrs.field(default=(), converter=_to_receipts, metadata=PERSONAL)
    answers: str | None = None
    actions: tuple[str, ...] = attrs.field(default=(), converter=_to_actions)
    next_step: str | None = attrs.field(default=None, metadata=PERSONAL)
    next_step_on: pendulum.Date | None = attrs.field(default=None, converter=_to_next_step_on)
    operator: str | None = attrs.field(default=None, metadata=PERSONAL)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        Record.__attrs_post_init__(self)
        for field, kind in _KINDS.items():
            check_instance(getattr(self, field), kind, field)
        for field, kind in _OPTIONAL_KINDS.items():
            check_optional(getattr(self, field), kind, field)
        for field in ("bank_point", "dialect", "answers", "operator"):
            check_optional_text(getattr(self, field), field)
        self._check_texts()
        self._check_order()
        self._check_outcome()
        if self.interpreter is not None and self.interpreter.role is not PartyRole.INTERPRETER:
            message = f"expected a party in the role of an interpreter, got {self.interpreter.role.value}"
            raise CommunicationError("contact.interpreter", "interpreter", message)

    def __repr__(self) -> str:
        """Give the id, the channel and the outcome: the rest is personal."""
        return f"<Contact {self.id}: {self.direction.value} {self.channel.value}, {self.outcome.value}>"

    def _check_texts(self) -> None:
        for field in ("content", "next_step"):
            if getattr(self, field) is not None:
                check_body(getattr(self, field), field, error=CommunicationError)
        if self.zone is not None:
            check_zone(self.zone, "zone")
        for field in ("spoken_language", "written_language"):
            if getattr(self, field) is not None:
                object.__setattr__(self, field, check_language(getattr(self, field), field))

    def _check_order(self) -> None:
        check_order(self.started_at, self.ended_at, "started_at", "ended_at")
        check_order(self.started_at, self.recorded_at, "started_at", "recorded_at")
        check_order(self.ended_at, self.recorded_at, "ended_at", "recorded_at")
        if self.answers == self.id:
            raise CommunicationError("contact.itself", "answers", "expected another contact, got its own id")

    def _check_outcome(self) -> None:
        possible = possible_outcomes(self.channel, self.direction)
        if self.outcome not in possible:
            kind = f"{self.direction.value} {self.channel.value}"
            expected = ", ".join(sorted(outcome.value for outcome in possible))
            message = f"expected an outcome of an {kind} ({expected}), got {self.outcome.value}"
            raise CommunicationError("contact.outcome", "outcome", message)

    @property
    def is_conversation(self) -> bool:
        """Whether two people talked."""
        return self.outcome is Outcome.CONVERSATION

    @property
    def is_oral_agreement(self) -> bool:
        """Whether a plan was agreed in a talk."""
        return self.purpose is Purpose.AGREEMENT and self.channel.is_live and self.is_conversation

    @property
    def is_recorded(self) -> bool:
        """Whether a recording of the talk is kept."""
        return self.channel.is_live and self.original is not None and self.original.form.is_recording

    def local_day(self, moment: datetime.datetime | None = None) -> pendulum.Date:
        """Give the date of a moment where the client was; by the moment's own clock where no zone is known.

        Args:
            moment: The moment; None is the beginning of the contact.
        """
        asked = self.started_at if moment is None else moment
        there = asked if self.zone is None else asked.astimezone(zone_of(self.zone))
        return check_date(there.date(), "moment")

    @property
    def reached_debtor(self) -> bool:
        """Whether the client or a joint debtor took part or received it, and was not found to be another."""
        if self.outcome.is_failure:
            return False
        return any(
            item.party.role in DEBTORS and (item.verification is None or item.is_verified)
            for item in self.participants
        )

    @property
    def party_ids(self) -> frozenset[str]:
        """The ids of those who took part."""
        return frozenset(participant.party.id for participant in self.participants)

    @property
    def all_debts(self) -> tuple[str, ...]:
        """The debts that it concerns, whoever brought them up."""
        return tuple(dict.fromkeys((*self.debts, *self.debts_raised))) if self.debts_raised else self.debts


_KINDS: dict[str, type] = {
    "direction": Direction,
    "channel": Channel,
    "purpose": Purpose,
    "outcome": Outcome,
}
_OPTIONAL_KINDS: dict[str, type] = {
    "point": ContactPoint,
    "interpreter": Party,
    "original": Original,
    "hardship": HardshipReason,
}
