"""The client's circumstances: why payments are hard, and what care the client needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_body, check_instance
from repayplan.communication.documents import Document
from repayplan.communication.fields import (
    PERSONAL,
    check_id,
    check_ids,
    check_items,
    check_members,
    check_optional,
    check_optional_text,
    to_review_on,
    to_since,
    to_verified_on,
)
from repayplan.communication.reasons import HardshipReason, SupportNeed, VulnerabilityBasis
from repayplan.communication.records import Record
from repayplan.errors import CommunicationError
from repayplan.values import Enumeration

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["Hardship", "VerificationState", "Vulnerability"]


class VerificationState(Enumeration):
    """Whether a statement was checked."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    CONTRADICTED = "contradicted"
    """Facts speak against it; the client is asked before anything follows from that."""


def _to_debts(value: Sequence[str]) -> tuple[str, ...]:
    return check_ids(value, "debts")


def _to_evidence(value: Sequence[Document]) -> tuple[Document, ...]:
    return check_items(value, Document, "evidence")


@attrs.frozen(kw_only=True, repr=False)
class Hardship(Record):
    """Why a party cannot pay as agreed, as the party states it.

    Attributes:
        party_id: Who stated it.
        contact_id: The contact in which it was stated.
        debts: The ids of the debts that it bears on; empty for all.
        reason: The reason.
        statement: The party's own words.
        since: The day since which it is so.
        evidence: What was shown for it.
        verification: Whether it was checked.
        verified_on: When it was checked.

    Raises:
        CommunicationError: A text is not fit to be stored, or a check has no day or a day no check.
    """

    party_id: str
    contact_id: str | None = None
    debts: tuple[str, ...] = attrs.field(default=(), converter=_to_debts)
    reason: HardshipReason | None = attrs.field(default=None, metadata=PERSONAL)
    statement: str | None = attrs.field(default=None, metadata=PERSONAL)
    since: pendulum.Date | None = attrs.field(default=None, converter=to_since, metadata=PERSONAL)
    evidence: tuple[Document, ...] = attrs.field(default=(), converter=_to_evidence, metadata=PERSONAL)
    verification: VerificationState = VerificationState.UNVERIFIED
    verified_on: pendulum.Date | None = attrs.field(default=None, converter=to_verified_on)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        Record.__attrs_post_init__(self)
        check_id(self.party_id, "party_id")
        check_optional_text(self.contact_id, "contact_id")
        check_optional(self.reason, HardshipReason, "reason")
        if self.statement is not None:
            check_body(self.statement, "statement", error=CommunicationError)
        check_instance(self.verification, VerificationState, "verification")
        if (self.verification is VerificationState.UNVERIFIED) != (self.verified_on is None):
            message = "expected the day of a check, and only where there was one"
            raise CommunicationError("hardship.verified", "verified_on", message)


def _to_needs(value: Collection[SupportNeed]) -> frozenset[SupportNeed]:
    return check_members(value, SupportNeed, "needs")


@attrs.frozen(kw_only=True, repr=False)
class Vulnerability(Record):
    """What makes a party need care; recorded only on a ground that allows it.

    Attributes:
        party_id: Whose need it is.
        basis: The ground on which it may be recorded.
        consent_id: The consent on which it rests, where that is the ground.
        needs: What the party needs care for.
        support: What helps, in words.
        review_on: When to ask whether it still holds.

    Raises:
        CommunicationError: A text is not fit to be stored, or the ground is a consent that is not named.
    """

    party_id: str
    basis: VulnerabilityBasis
    consent_id: str | None = None
    needs: frozenset[SupportNeed] = attrs.field(
        factory=frozenset[SupportNeed], converter=_to_needs, metadata=PERSONAL
    )
    support: str | None = attrs.field(default=None, metadata=PERSONAL)
    review_on: pendulum.Date | None = attrs.field(default=None, converter=to_review_on)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        Record.__attrs_post_init__(self)
        check_id(self.party_id, "party_id")
        check_instance(self.basis, VulnerabilityBasis, "basis")
        check_optional_text(self.consent_id, "consent_id")
        if (self.basis is VulnerabilityBasis.EXPLICIT_CONSENT) != (self.consent_id is not None):
            message = "expected the id of the consent, and only where that is the ground"
            raise CommunicationError("vulnerability.consent", "consent_id", message)
        if self.support is not None:
            check_body(self.support, "support", error=CommunicationError)
