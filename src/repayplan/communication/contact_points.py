"""Where somebody is reached, and how somebody wishes to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import attrs
import pendulum

from repayplan.checks import check_instance, check_text
from repayplan.communication.channels import AccessibleFormat, Channel, Place, PointKind
from repayplan.communication.fields import (
    check_id,
    check_items,
    check_members,
    check_optional,
    to_valid_from,
    to_valid_until,
    to_verified_on,
)
from repayplan.communication.records import check_order, covers_day
from repayplan.communication.weekly import WeeklyTimes
from repayplan.errors import CommunicationError, shown
from repayplan.languages import check_language
from repayplan.moments import check_zone
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["ContactPoint", "ContactPreference", "PointIdentity"]

PointIdentity: TypeAlias = str | tuple[PointKind, str]
"""The id of a contact point, or its number, address or account as it is compared."""


@attrs.frozen(kw_only=True, repr=False)
class ContactPoint(Value):
    """A number, an address or an account at which somebody is reached.

    Attributes:
        id: What tells it from all others of the case.
        kind: What it is, from which the channels follow.
        value: The number, the address or the account.
        owner: The id of the party whom it reaches.
        place: Where it finds the person.
        shared: Whether others see or hear what comes there; None where it is not known.
        valid_from: The first day; None is not known.
        valid_until: The last day; None while it is in use.
        verified_on: The day on which it was last made sure that it reaches the owner; None for never.
        zone: The time zone in which it lies, where that is known.

    Raises:
        CommunicationError: A text is not one visible line, or the days are out of order.
        DateError: There is no such zone.
    """

    id: str
    kind: PointKind
    value: str
    owner: str
    place: Place = Place.ANYWHERE
    shared: bool | None = None
    valid_from: pendulum.Date | None = attrs.field(default=None, converter=to_valid_from)
    valid_until: pendulum.Date | None = attrs.field(default=None, converter=to_valid_until)
    verified_on: pendulum.Date | None = attrs.field(default=None, converter=to_verified_on)
    zone: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_id(self.id, "id")
        check_instance(self.kind, PointKind, "kind")
        check_text(self.value, "value", error=CommunicationError)
        check_id(self.owner, "owner")
        check_instance(self.place, Place, "place")
        check_optional(self.shared, bool, "shared")
        check_order(self.valid_from, self.valid_until, "valid_from", "valid_until")
        if self.zone is not None:
            check_zone(self.zone, "zone")

    def __repr__(self) -> str:
        """Give the id and the kind: the rest is personal."""
        return f"<ContactPoint {self.id}: {self.kind.value}>"

    def is_in_use(self, day: pendulum.Date) -> bool:
        """Tell whether it is valid on a day."""
        return covers_day(self.valid_from, self.valid_until, day)

    def is_same_as(self, other: ContactPoint) -> bool:
        """Tell whether both are one number, address or account, by their ids or by how they are written.

        Blanks, signs and the case of letters make no other number or address; a missing country code does.
        """
        return not self.identities.isdisjoint(other.identities)

    @property
    def identities(self) -> frozenset[PointIdentity]:
        """By what it is told from others; two that share one are the same."""
        return frozenset({self.id, _comparable(self)})


_NUMBERS: Final = {PointKind.MOBILE, PointKind.LANDLINE, PointKind.FAX}


def _comparable(point: ContactPoint) -> tuple[PointKind, str]:
    digits = "".join(str(int(character)) for character in point.value if character.isdecimal())
    if point.kind in _NUMBERS and digits:
        return PointKind.LANDLINE, digits  # whether it is mobile is a guess: the number is the same
    return point.kind, " ".join(point.value.casefold().split())


def _to_channels(value: Sequence[Channel]) -> tuple[Channel, ...]:
    found = check_items(value, Channel, "channels")
    for place, channel in enumerate(found):
        if channel in found[:place]:
            message = f"expected each channel once, got {shown(channel.value)} twice"
            raise CommunicationError("preference.twice", f"channels[{place}]", message)
    return found


def _to_inconvenient(value: Sequence[WeeklyTimes]) -> tuple[WeeklyTimes, ...]:
    return check_items(value, WeeklyTimes, "inconvenient")


def _to_convenient(value: Sequence[WeeklyTimes]) -> tuple[WeeklyTimes, ...]:
    return check_items(value, WeeklyTimes, "convenient")


def _to_not_at(value: Collection[Place]) -> frozenset[Place]:
    return check_members(value, Place, "not_at")


def _to_formats(value: Collection[AccessibleFormat]) -> frozenset[AccessibleFormat]:
    return check_members(value, AccessibleFormat, "formats")


@attrs.frozen(kw_only=True, repr=False)
class ContactPreference(Value):
    """How somebody wishes to be reached.

    Attributes:
        channels: The channels wished for, the first first; no other is wished for, unless none is named.
        convenient: When; empty is at any time.
        inconvenient: When not.
        not_at: Places at which the person does not wish to be contacted, such as work.
        spoken_language: The language in which to talk.
        written_language: The language in which to write.
        formats: Forms that the person needs.
        valid_from: The first day; None is from ever.
        valid_until: The last day; None is until it is changed.

    Raises:
        CommunicationError: A channel is named twice, a language is unknown, or the days are out of order.
    """

    channels: tuple[Channel, ...] = attrs.field(default=(), converter=_to_channels)
    convenient: tuple[WeeklyTimes, ...] = attrs.field(default=(), converter=_to_convenient)
    inconvenient: tuple[WeeklyTimes, ...] = attrs.field(default=(), converter=_to_inconvenient)
    not_at: frozenset[Place] = attrs.field(factory=frozenset[Place], converter=_to_not_at)
    spoken_language: str | None = None
    written_language: str | None = None
    formats: frozenset[AccessibleFormat] = attrs.field(
        factory=frozenset[AccessibleFormat], converter=_to_formats
    )
    valid_from: pendulum.Date | None = attrs.field(default=None, converter=to_valid_from)
    valid_until: pendulum.Date | None = attrs.field(default=None, converter=to_valid_until)

    def __attrs_post_init__(self) -> None:
        """Check the languages and the days."""
        for field in ("spoken_language", "written_language"):
            if getattr(self, field) is not None:
                object.__setattr__(self, field, check_language(getattr(self, field), field))
        check_order(self.valid_from, self.valid_until, "valid_from", "valid_until")

    def __repr__(self) -> str:
        """Give the days: the rest is personal."""
        return f"<ContactPreference from {self.valid_from} to {self.valid_until}>"

    def is_in_force(self, day: pendulum.Date) -> bool:
        """Tell whether it holds on a day."""
        return covers_day(self.valid_from, self.valid_until, day)
