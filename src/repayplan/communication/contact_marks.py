"""By what contacts are found without looking at all of them: their purpose, and what came of a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from repayplan.communication.channels import Outcome
from repayplan.communication.contact_points import PointIdentity
from repayplan.communication.purposes import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.communication.contact import Contact
    from repayplan.communication.contact_points import ContactPoint

__all__ = ["Mark", "marks_asked_for", "marks_of"]

Mark: TypeAlias = Purpose | tuple[Outcome, PointIdentity]
"""What a contact was for, or what came of it at a number, an address or an account."""


def marks_of(contact: Contact) -> Iterator[Mark]:
    """Give all marks of a contact."""
    yield contact.purpose
    if contact.point is not None:
        for identity in contact.point.identities:
            yield contact.outcome, identity


def marks_asked_for(
    purpose: Purpose | None, outcome: Outcome | None, point: ContactPoint | None
) -> frozenset[Mark] | None:
    """Give marks of which all that is asked for has one; None where only time narrows it down."""
    if outcome is not None and point is not None:
        return frozenset((outcome, identity) for identity in point.identities)
    return None if purpose is None else frozenset({purpose})
