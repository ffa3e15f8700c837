"""How a party is reached, as it was noted on a day: contact points and wishes, as records of the log."""

from __future__ import annotations

from typing import Final

import attrs

from repayplan.checks import check_instance
from repayplan.communication.contact_points import ContactPoint, ContactPreference
from repayplan.communication.fields import PERSONAL, check_id, check_optional
from repayplan.communication.records import Record
from repayplan.errors import CommunicationError, shown
from repayplan.values import Enumeration

__all__ = ["VERIFYING_SOURCES", "ContactPointNote", "PointSource", "PreferenceNote"]


class PointSource(Enumeration):
    """From where the bank knows a contact point."""

    CLIENT = "client"
    CONTRACT = "contract"
    REPRESENTATIVE = "authorised representative"
    PUBLIC_REGISTER = "public register"
    CREDIT_BUREAU = "credit bureau"
    OTHER = "other"


VERIFYING_SOURCES: Final = frozenset(
    {PointSource.CLIENT, PointSource.CONTRACT, PointSource.REPRESENTATIVE, PointSource.PUBLIC_REGISTER}
)
"""House default: the sources from which contact data may be verified."""


@attrs.frozen(kw_only=True, repr=False)
class ContactPointNote(Record):
    """A contact point as it is known from now on; a later note on the same point replaces it.

    Attributes:
        point_id: The id of the contact point.
        source: From where it is known.
        point: The contact point; None after its erasure.
    """

    point_id: str
    source: PointSource
    point: ContactPoint | None = attrs.field(default=None, metadata=PERSONAL)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        Record.__attrs_post_init__(self)
        check_id(self.point_id, "point_id")
        check_instance(self.source, PointSource, "source")
        check_optional(self.point, ContactPoint, "point")
        if self.point is not None and self.point.id != self.point_id:
            message = f"expected the contact point {shown(self.point_id)} (point_id), got another"
            raise CommunicationError("note.point", "point", message)


@attrs.frozen(kw_only=True, repr=False)
class PreferenceNote(Record):
    """How a party wishes to be reached from now on; a later note replaces it.

    Attributes:
        party_id: Whose wish it is.
        preference: The wish; None after its erasure.
    """

    party_id: str
    preference: ContactPreference | None = attrs.field(default=None, metadata=PERSONAL)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        Record.__attrs_post_init__(self)
        check_id(self.party_id, "party_id")
        check_optional(self.preference, ContactPreference, "preference")
