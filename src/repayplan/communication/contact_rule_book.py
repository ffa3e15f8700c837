"""The rules of contact of one jurisdiction, as data; every figure with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_count, check_instance, check_tuple
from repayplan.communication.contact_hours import PermittedHours, PublicHolidays
from repayplan.communication.contact_limits import (
    ContactLimit,
    ExtraContactRule,
    LocationRule,
    QuietDays,
)
from repayplan.communication.parties import PartyRole
from repayplan.communication.periods import check_limit
from repayplan.communication.profiles import VERIFYING_SOURCES, PointSource
from repayplan.communication.purposes import Purpose
from repayplan.errors import PolicyError, shown
from repayplan.rules import Citation, Comparison, Force, Limit
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.calendars import CalendarLike

__all__ = ["CONTACT_HORIZON_MAX", "ContactRules"]

_RULES_MAX: Final = 100
CONTACT_HORIZON_MAX: Final = 366
"""The most days that are looked ahead."""

_HOUSE: Final = Citation(
    title="repayplan house default",
    force=Force.HOUSE,
    applies_to="no figure of law is known; replace it with the bank's own",
)
_NOTICES: Final = Limit(frozenset({Purpose.STATUTORY_NOTICE}), _HOUSE)
_ANSWERS: Final = Limit(frozenset({Purpose.ANSWER, Purpose.COMPLAINT}), _HOUSE)
_SOURCES: Final = Limit(VERIFYING_SOURCES, _HOUSE)
_HORIZON: Final = Limit(60, _HOUSE, comparison=Comparison.AT_MOST, unit="days")


def _to_hours(value: Sequence[PermittedHours]) -> tuple[PermittedHours, ...]:
    return check_tuple(value, PermittedHours, "hours", maximum=_RULES_MAX, error=PolicyError)


def _to_limits(value: Sequence[ContactLimit]) -> tuple[ContactLimit, ...]:
    return check_tuple(value, ContactLimit, "limits", maximum=_RULES_MAX, error=PolicyError)


def _to_quiet(value: Sequence[QuietDays]) -> tuple[QuietDays, ...]:
    return check_tuple(value, QuietDays, "quiet", maximum=_RULES_MAX, error=PolicyError)


def _to_holidays(value: Sequence[PublicHolidays]) -> tuple[PublicHolidays, ...]:
    found = check_tuple(value, PublicHolidays, "holidays", maximum=_RULES_MAX, error=PolicyError)
    zones = [item.zone for item in found]
    for place, zone in enumerate(zones):
        if zone in zones[:place]:
            message = f"expected each zone once, got {shown(zone)} twice"
            raise PolicyError("contact.holidays", f"holidays[{place}].zone", message)
    return found


@attrs.frozen(kw_only=True)
class ContactRules(Value):
    """When whom the bank may contact, how and how often.

    What the client wishes and forbids holds under all of them: times and places that do not suit, opt-outs,
    and the demand that contact ceases.

    Attributes:
        hours: The permitted hours.
        limits: How often.
        quiet: How long nobody is called after a conversation.
        uncounted: Whom neither limits nor quiet days protect, such as the attorney of the client; None for
            nobody.
        extra_contact: How long a consent to more contact holds; None where such a consent changes nothing.
        outside_hours: The rule by which contact outside the hours is permitted to whom consents to it; None
            for none. Hours without any time bar a place, and such a consent does not open it.
        replies: The rule by which a message that comes at a time, or concerns a place, that does not suit may
            be answered once, on its own channel and day; None for none.
        confirmations: How many electronic messages may confirm an opt-out through what was opted out of;
            None for none. Nobody is called, visited or written a letter to say that this stops.
        location: Who may be asked how the client can be reached; None for nobody.
        third_parties: The rule by which nobody is contacted but who owes or speaks for the client.
        represented_by: Who stands between the bank and the client while an authority is in force, so that
            nobody else is asked where the client is either; None for nobody.
        wishes: The rule by which times and places that do not suit are kept.
        stops: The rule by which an opt-out, and the demand that contact ceases, are kept.
        notices: Purposes that no wish, limit, quiet day, stop or representative bars; the contacts count.
        answers: Purposes that neither a representative nor the demand that contact ceases bars, since the
            client asked; an opt-out of a channel or an address does.
        sources: The sources from which a contact point is verified again after somebody else answered there.
        horizon: How many days are looked ahead.
        holidays: The public holidays, by time zone.

    Raises:
        PolicyError: A figure is out of range, or a zone has two calendars.
    """

    hours: tuple[PermittedHours, ...] = attrs.field(default=(), converter=_to_hours)
    limits: tuple[ContactLimit, ...] = attrs.field(default=(), converter=_to_limits)
    quiet: tuple[QuietDays, ...] = attrs.field(default=(), converter=_to_quiet)
    uncounted: Limit[frozenset[PartyRole]] | None = None
    extra_contact: ExtraContactRule | None = None
    outside_hours: Citation | None = None
    replies: Citation | None = None
    confirmations: Limit[int] | None = None
    location: LocationRule | None = None
    third_parties: Citation = _HOUSE
    represented_by: Limit[frozenset[PartyRole]] | None = None
    wishes: Citation = _HOUSE
    stops: Citation = _HOUSE
    notices: Limit[frozenset[Purpose]] = _NOTICES
    answers: Limit[frozenset[Purpose]] = _ANSWERS
    sources: Limit[frozenset[PointSource]] = _SOURCES
    horizon: Limit[int] = _HORIZON
    holidays: tuple[PublicHolidays, ...] = attrs.field(default=(), converter=_to_holidays)

    def __attrs_post_init__(self) -> None:
        """Check the types and the figures."""
        for field, kind in _LIMITS.items():
            if getattr(self, field) is not None:
                check_limit(getattr(self, field), kind, field)
        for field, kind in _KINDS.items():
            if getattr(self, field) is not None:
                check_instance(getattr(self, field), kind, field)
        for field in _CITATIONS:
            check_instance(getattr(self, field), Citation, field)
        check_count(
            self.horizon.value, "horizon.value", minimum=1, maximum=CONTACT_HORIZON_MAX, error=PolicyError
        )

    def with_holidays(self, zone: str, calendar: CalendarLike) -> ContactRules:
        """Give these rules with the public holidays of a zone, in place of those that it had.

        Args:
            zone: The name of the time zone.
            calendar: Whose closed days are the holidays (:class:`PublicHolidays`).
        """
        others = (item for item in self.holidays if item.zone != zone)
        return attrs.evolve(self, holidays=(*others, PublicHolidays(zone, calendar)))

    def holidays_of(self, zone: str) -> PublicHolidays:
        """Give the public holidays of a zone.

        Raises:
            PolicyError: They are not known here.
        """
        for item in self.holidays:
            if item.zone == zone:
                return item
        message = f"expected the public holidays of {zone}, since hours depend on them; use with_holidays"
        raise PolicyError("contact.holidays", "rules.holidays", message, {"zone": zone})

    @property
    def lookback_days(self) -> int:
        """How many days back a contact may bear on an answer, two days for the clocks of other zones."""
        windows = [limit.window.longest for limit in self.limits]
        windows += [quiet.days.value for quiet in self.quiet]
        consent = 0 if self.extra_contact is None else self.extra_contact.days.value
        return max(windows, default=0) + consent + 2


_LIMITS: Final[dict[str, type]] = {
    "uncounted": frozenset,
    "confirmations": int,
    "represented_by": frozenset,
    "notices": frozenset,
    "answers": frozenset,
    "sources": frozenset,
    "horizon": int,
}
_KINDS: Final[dict[str, type]] = {
    "extra_contact": ExtraContactRule,
    "outside_hours": Citation,
    "replies": Citation,
    "location": LocationRule,
}
_CITATIONS: Final = ("third_parties", "wishes", "stops")
