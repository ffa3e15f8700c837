"""Who takes part in a contact, with what authority, and how it was made sure that it is the right person."""

from __future__ import annotations

from typing import Final

import attrs
import pendulum

from repayplan.checks import check_instance
from repayplan.communication.fields import (
    check_id,
    check_optional,
    check_optional_text,
    to_at,
    to_valid_from,
    to_valid_until,
)
from repayplan.communication.records import check_order, covers_day
from repayplan.errors import CommunicationError
from repayplan.values import Enumeration, Value

__all__ = ["DEBTORS", "Authority", "Participant", "Party", "PartyRole", "Verification", "VerificationResult"]


class PartyRole(Enumeration):
    """In which capacity somebody takes part."""

    CLIENT = "client"
    JOINT_DEBTOR = "joint debtor"
    GUARANTOR = "guarantor"
    REPRESENTATIVE = "authorised representative"
    ATTORNEY = "attorney"
    INTERPRETER = "interpreter"
    ADVISER = "adviser"
    EMERGENCY_CONTACT = "emergency contact"
    THIRD_PARTY = "third party"
    """Anybody else, such as the person who answered a wrong number."""
    COLLECTOR = "collector"
    BANK = "bank"

    @property
    def owes(self) -> bool:
        """Whether the person owes the debt or answers for it."""
        return self in {PartyRole.CLIENT, PartyRole.JOINT_DEBTOR, PartyRole.GUARANTOR}

    @property
    def acts_for_client(self) -> bool:
        """Whether the person speaks for somebody who owes, and needs an authority to do so."""
        return self in {PartyRole.REPRESENTATIVE, PartyRole.ATTORNEY, PartyRole.ADVISER}

    @property
    def is_creditor_side(self) -> bool:
        """Whether the person speaks for the bank."""
        return self in {PartyRole.COLLECTOR, PartyRole.BANK}


DEBTORS: Final = frozenset({PartyRole.CLIENT, PartyRole.JOINT_DEBTOR})
"""Who owes the debt itself; a guarantor owes by a promise of its own."""


class VerificationResult(Enumeration):
    """What came of asking whether this is the right person."""

    CONFIRMED = "confirmed"
    FAILED = "failed"


@attrs.frozen(kw_only=True, repr=False)
class Authority(Value):
    """The authority by which somebody acts for another.

    Attributes:
        scope: What it covers, in words.
        valid_from: Its first day; None is not known.
        valid_until: Its last day; None while no end is known.
        document: Where the authority is kept, such as the id of a power of attorney.
    """

    scope: str
    valid_from: pendulum.Date | None = attrs.field(default=None, converter=to_valid_from)
    valid_until: pendulum.Date | None = attrs.field(default=None, converter=to_valid_until)
    document: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_id(self.scope, "scope")
        check_order(self.valid_from, self.valid_until, "valid_from", "valid_until")
        check_optional_text(self.document, "document")

    def __repr__(self) -> str:
        """Give the days: the rest is personal."""
        return f"<Authority from {self.valid_from} to {self.valid_until}>"

    def covers(self, day: pendulum.Date) -> bool:
        """Tell whether it holds on a day."""
        return covers_day(self.valid_from, self.valid_until, day)


@attrs.frozen(kw_only=True, repr=False)
class Party(Value):
    """A person or an organisation in one capacity.

    Attributes:
        id: What tells the party from all others of the case.
        role: The capacity.
        name: The name.
        organisation: The organisation for which the person acts.
        authority: By what authority, where the party acts for somebody who owes.

    Raises:
        CommunicationError: A text is not one visible line, or a debtor or the bank has an authority.
    """

    id: str
    role: PartyRole
    name: str | None = None
    organisation: str | None = None
    authority: Authority | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_id(self.id, "id")
        check_instance(self.role, PartyRole, "role")
        check_optional_text(self.name, "name")
        check_optional_text(self.organisation, "organisation")
        check_optional(self.authority, Authority, "authority")
        if self.authority is not None and (self.role.owes or self.role.is_creditor_side):
            message = f"expected no authority for a party in the role of {self.role.value}"
            raise CommunicationError("party.authority", "authority", message)

    def __repr__(self) -> str:
        """Give the id and the role: the rest is personal."""
        return f"<Party {self.id}: {self.role.value}>"


@attrs.frozen(kw_only=True)
class Verification(Value):
    """The right-party check: how, when, and what came of it.

    Attributes:
        method: How, such as three questions; never the answers.
        at: When.
        result: What came of it.
        by: Who asked; None is the operator of the contact.
    """

    method: str
    at: pendulum.DateTime = attrs.field(converter=to_at)
    result: VerificationResult
    by: str | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_id(self.method, "method")
        check_instance(self.result, VerificationResult, "result")
        check_optional_text(self.by, "by")


@attrs.frozen(kw_only=True)
class Participant(Value):
    """A party that was present, or to whom a message was sent.

    Attributes:
        party: Who.
        verification: Whether it was made sure that it is the right person; None where nobody asked.
    """

    party: Party
    verification: Verification | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.party, Party, "party")
        check_optional(self.verification, Verification, "verification")

    @property
    def is_verified(self) -> bool:
        """Whether it was confirmed that this is the right person."""
        return self.verification is not None and self.verification.result is VerificationResult.CONFIRMED
