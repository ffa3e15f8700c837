"""The client: who it is, how to be reached, and who else takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance
from repayplan.communication.contact_points import ContactPoint, ContactPreference
from repayplan.communication.fields import check_items, check_members
from repayplan.communication.parties import Party
from repayplan.communication.reasons import SupportNeed
from repayplan.errors import CommunicationError, shown
from repayplan.moments import check_zone
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import pendulum

__all__ = ["Client"]

_NO_WISH: Final = ContactPreference()


def _to_zones(value: Sequence[str]) -> tuple[str, ...]:
    found = check_items(value, str, "zones")
    return tuple(check_zone(name, f"zones[{place}]") for place, name in enumerate(found))


def _to_points(value: Sequence[ContactPoint]) -> tuple[ContactPoint, ...]:
    return check_items(value, ContactPoint, "points")


def _to_preferences(value: Sequence[ContactPreference]) -> tuple[ContactPreference, ...]:
    return check_items(value, ContactPreference, "preferences")


def _to_others(value: Sequence[Party]) -> tuple[Party, ...]:
    return check_items(value, Party, "others")


def _to_needs(value: Collection[SupportNeed]) -> frozenset[SupportNeed]:
    return check_members(value, SupportNeed, "needs")


@attrs.frozen(kw_only=True, repr=False)
class Client(Value):
    """A person who owes, as far as communication with the person goes.

    Attributes:
        party: Who it is, in a capacity that owes.
        zones: The time zones of the places where the client may be, the likeliest first; a time must suit
            all of them, since it is not known which one is right.
        points: Where the client is reached; those of other parties too, each with its owner.
        preferences: How the client wishes to be reached, over time; of those in force the last counts.
        others: Who else takes part: joint debtors, representatives, interpreters, emergency contacts.
        needs: What the client needs care for, as far as it may be known (:class:`repayplan.Vulnerability`).

    Raises:
        CommunicationError: The party does not owe, an id is used twice, a point's owner is nobody here, or no
            zone is named.
        DateError: There is no such zone.
    """

    party: Party
    zones: tuple[str, ...] = attrs.field(converter=_to_zones)
    points: tuple[ContactPoint, ...] = attrs.field(default=(), converter=_to_points)
    preferences: tuple[ContactPreference, ...] = attrs.field(default=(), converter=_to_preferences)
    others: tuple[Party, ...] = attrs.field(default=(), converter=_to_others)
    needs: frozenset[SupportNeed] = attrs.field(factory=frozenset[SupportNeed], converter=_to_needs)

    def __attrs_post_init__(self) -> None:
        """Check that the parts fit together."""
        check_instance(self.party, Party, "party")
        if not self.party.role.owes:
            message = f"expected a party who owes, got {shown(self.party.role.value)}"
            raise CommunicationError("client.role", "party.role", message)
        if not self.zones:
            message = "expected at least one time zone; without one nobody can say when to call"
            raise CommunicationError("client.zones", "zones", message)
        _check_unique((self.party.id, *(party.id for party in self.others)), "others")
        _check_unique((point.id for point in self.points), "points")
        known = {self.party.id, *(party.id for party in self.others)}
        for place, point in enumerate(self.points):
            if point.owner not in known:
                message = "expected the id of the client or of another party here, got neither"
                raise CommunicationError("client.owner", f"points[{place}].owner", message)

    def __repr__(self) -> str:
        """Give the id: the rest is personal."""
        return f"<Client {self.party.id}>"

    def preference_on(self, day: pendulum.Date) -> ContactPreference:
        """Give the wishes in force on a day; the last of several, and none where there are none."""
        in_force = (wish for wish in reversed(self.preferences) if wish.is_in_force(day))
        return next(in_force, _NO_WISH)

    @property
    def lasting_preference(self) -> ContactPreference | None:
        """The wishes in force on every day; None where they change over time."""
        dated = any(wish.valid_from or wish.valid_until for wish in self.preferences)
        return None if dated else next(reversed(self.preferences), _NO_WISH)

    def points_on(self, day: pendulum.Date, owner: str | None = None) -> tuple[ContactPoint, ...]:
        """Give the contact points in use on a day: the client's own, or those of another party."""
        whose = self.party.id if owner is None else owner
        return tuple(point for point in self.points if point.owner == whose and point.is_in_use(day))

    def other(self, party_id: str) -> Party | None:
        """Give another party by its id; None where there is none."""
        return next((party for party in self.others if party.id == party_id), None)


def _check_unique(ids: Iterable[str], field: str) -> None:
    seen: set[str] = set()
    for item in ids:
        if item in seen:
            message = f"expected each id once, got {shown(item)} twice"
            raise CommunicationError("client.twice", field, message, {"id": item})
        seen.add(item)
