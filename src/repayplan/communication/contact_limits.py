"""How often contact is permitted, as data: limits in windows, quiet days, and consents to more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_count, check_instance
from repayplan.communication.channels import Channel, Direction
from repayplan.communication.fields import check_members
from repayplan.communication.parties import PartyRole
from repayplan.communication.periods import check_limit
from repayplan.communication.purposes import Purpose
from repayplan.errors import PolicyError
from repayplan.rules import Limit
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Collection

    from repayplan.communication.contact import Contact

__all__ = [
    "CalendarSpan",
    "ConsecutiveDays",
    "ContactLimit",
    "CountedContacts",
    "CountedPer",
    "ExtraContactRule",
    "LocationRule",
    "QuietDays",
]

_DAYS_MAX: Final = 366
_COUNT_MAX: Final = 10_000


class CountedContacts(Enumeration):
    """Which contacts a limit counts."""

    ATTEMPTS = "attempts"
    """What the bank began and what connected, answered or not."""
    CONTACTS_MADE = "contacts made"
    """What the bank began and somebody, or a machine that keeps messages, took."""

    def includes(self, contact: Contact) -> bool:
        """Tell whether it counts a contact."""
        if contact.direction is not Direction.OUTBOUND:
            return False
        return contact.outcome.connected if self is CountedContacts.ATTEMPTS else contact.outcome.made_contact


class CountedPer(Enumeration):
    """Of what a limit allows so many; contacts that differ in it are counted apart."""

    PERSON = "person"
    DEBT = "debt"
    """An unanswered call counts for the debts that its record names (12 CFR 1006 Supp. I, 14(b)(4)-2)."""
    CHANNEL = "channel"


@attrs.frozen
class ConsecutiveDays(Value):
    """Any so many days in a row, by the local clock; the day of a contact is day 1.

    Attributes:
        days: How many; 1 is the local day.

    Raises:
        PolicyError: They are not from 1 to 366.
    """

    days: int

    def __attrs_post_init__(self) -> None:
        """Check the number."""
        check_count(self.days, "days", minimum=1, maximum=_DAYS_MAX, error=PolicyError)

    def first_after(self, day: int) -> int:
        """Give the ordinal of the first day for which a contact of a day does not count any more."""
        return day + self.days

    @property
    def longest(self) -> int:
        """The most days that it has."""
        return self.days


class CalendarSpan(Enumeration):
    """A span of the local calendar."""

    WEEK = "week"
    """From Monday."""
    MONTH = "month"

    def first_after(self, day: int) -> int:
        """Give the ordinal of the first day for which a contact of a day does not count any more."""
        date = pendulum.Date.fromordinal(day)
        if self is CalendarSpan.WEEK:
            return day + 8 - date.isoweekday()
        return day + 1 + date.days_in_month - date.day

    @property
    def longest(self) -> int:
        """The most days that it has."""
        return 7 if self is CalendarSpan.WEEK else 31


def _to_channels(value: Collection[Channel]) -> frozenset[Channel]:
    return check_members(value, Channel, "channels")


def _to_per(value: Collection[CountedPer]) -> frozenset[CountedPer]:
    return check_members(value, CountedPer, "per")


def _to_purposes(value: Collection[Purpose] | None) -> frozenset[Purpose] | None:
    return None if value is None else check_members(value, Purpose, "purposes")


def _to_spares(value: Collection[Purpose]) -> frozenset[Purpose]:
    return check_members(value, Purpose, "spares")


def _to_roles(value: Collection[PartyRole]) -> frozenset[PartyRole]:
    return check_members(value, PartyRole, "roles")


@attrs.frozen(kw_only=True)
class ContactLimit(Value):
    """At most so many contacts in a window.

    Attributes:
        most: How many, the one in question included.
        window: In which time.
        counts: Which contacts count.
        per: Of what. A limit per debt holds for each debt in question; where none is named, every contact
            counts.
        channels: The channels that it is for and counts.
        purposes: The purposes that it is for and counts; None for all.
        spares: Purposes that it counts and yet never bars, such as an answer that the client asked for.

    Raises:
        PolicyError: A figure is out of range.
    """

    most: Limit[int]
    window: ConsecutiveDays | CalendarSpan
    counts: CountedContacts
    per: frozenset[CountedPer] = attrs.field(default=frozenset({CountedPer.PERSON}), converter=_to_per)
    channels: frozenset[Channel] = attrs.field(converter=_to_channels)
    purposes: frozenset[Purpose] | None = attrs.field(default=None, converter=_to_purposes)
    spares: frozenset[Purpose] = attrs.field(factory=frozenset[Purpose], converter=_to_spares)

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        _check_figure(self.most, "most", _COUNT_MAX)
        if not isinstance(self.window, CalendarSpan):
            check_instance(self.window, ConsecutiveDays, "window")
        check_instance(self.counts, CountedContacts, "counts")

    def is_for(self, channel: Channel, purpose: Purpose) -> bool:
        """Tell whether it is for a channel and a purpose."""
        return channel in self.channels and (self.purposes is None or purpose in self.purposes)

    def bars(self, channel: Channel, purpose: Purpose) -> bool:
        """Tell whether it bars a channel and a purpose once it is reached."""
        return self.is_for(channel, purpose) and purpose not in self.spares


@attrs.frozen(kw_only=True)
class QuietDays(Value):
    """Days without contact after a conversation, whoever began it; the day of the conversation is day 1.

    A call in which people talked is one even if it broke off, or ended with the wish not to talk.

    Attributes:
        days: How many.
        per: As for :class:`ContactLimit`; debts that the other side brought up are in the conversation too.
        channels: The channels of the conversation, and of the contact that waits.

    Raises:
        PolicyError: The figure is out of range.
    """

    days: Limit[int]
    per: frozenset[CountedPer] = attrs.field(default=frozenset({CountedPer.PERSON}), converter=_to_per)
    channels: frozenset[Channel] = attrs.field(converter=_to_channels)

    def __attrs_post_init__(self) -> None:
        """Check the figure."""
        _check_figure(self.days, "days", _DAYS_MAX)


@attrs.frozen(kw_only=True)
class ExtraContactRule(Value):
    """How long a consent to more contact holds: it ends with the next conversation at the latest.

    What is tried under such a consent does not count, and neither limits nor quiet days bar it.

    Attributes:
        days: The days for which it holds, that on which it was given being day 1.

    Raises:
        PolicyError: The figure is out of range.
    """

    days: Limit[int]

    def __attrs_post_init__(self) -> None:
        """Check the figure."""
        _check_figure(self.days, "days", _DAYS_MAX)


@attrs.frozen(kw_only=True)
class LocationRule(Value):
    """Whom the bank may ask how the client can be reached, and how often; never about finances.

    Attributes:
        roles: Whom.
        most: How many contacts with one person may be made for that, for ever.

    Raises:
        PolicyError: The figure is out of range.
    """

    roles: frozenset[PartyRole] = attrs.field(converter=_to_roles)
    most: Limit[int]

    def __attrs_post_init__(self) -> None:
        """Check the figure."""
        _check_figure(self.most, "most", _COUNT_MAX)


def _check_figure(limit: Limit[int], field: str, maximum: int) -> None:
    check_limit(limit, int, field)
    check_count(limit.value, f"{field}.value", minimum=1, maximum=maximum, error=PolicyError)
