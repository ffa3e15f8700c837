"""The hours in which contact is permitted, and the public holidays of a place, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.calendars import CalendarLike, asked_once, check_calendar
from repayplan.checks import check_instance
from repayplan.communication.channels import Channel, Place
from repayplan.communication.fields import check_members
from repayplan.communication.periods import check_limit
from repayplan.communication.phases import Span, merged
from repayplan.communication.weekly import WeeklyTimes
from repayplan.errors import PolicyError
from repayplan.moments import check_zone
from repayplan.rules import Limit
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pendulum

__all__ = ["PermittedHours", "PublicHolidays", "minutes_on"]

_TIMES_MAX: Final = 100


def _to_channels(value: Collection[Channel]) -> frozenset[Channel]:
    return check_members(value, Channel, "channels")


def _to_places(value: Collection[Place] | None) -> frozenset[Place] | None:
    return None if value is None else check_members(value, Place, "places")


@attrs.frozen(kw_only=True)
class PermittedHours(Value):
    """The hours in which some channels may be used, by the clock of whoever is reached.

    Where several apply to a contact, all of them must permit it.

    Attributes:
        channels: The channels that they are for.
        places: Only for contact points at these places; None for all.
        times: The hours; none at all forbids the channels.
        holiday_times: The hours on public holidays; None where these are days like any other.

    Raises:
        PolicyError: The figures are no limits on hours, or too many.
    """

    channels: frozenset[Channel] = attrs.field(converter=_to_channels)
    places: frozenset[Place] | None = attrs.field(default=None, converter=_to_places)
    times: Limit[tuple[WeeklyTimes, ...]]
    holiday_times: Limit[tuple[WeeklyTimes, ...]] | None = None

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        _check_times(self.times, "times")
        if self.holiday_times is not None:
            _check_times(self.holiday_times, "holiday_times")

    def applies_to(self, channel: Channel, place: Place | None) -> bool:
        """Tell whether they are for a channel and a place; None is a place that is not known."""
        return channel in self.channels and (self.places is None or place is None or place in self.places)


def _check_times(limit: Limit[tuple[WeeklyTimes, ...]], field: str) -> None:
    check_limit(limit, tuple, field)
    if len(limit.value) > _TIMES_MAX:
        message = f"expected at most {_TIMES_MAX} hours, got {len(limit.value)}"
        raise PolicyError("tuple.length", f"{field}.value", message, {"maximum": _TIMES_MAX})
    for place, times in enumerate(limit.value):
        check_instance(times, WeeklyTimes, f"{field}.value[{place}]")


def minutes_on(times: Sequence[WeeklyTimes], day: pendulum.Date) -> tuple[Span, ...]:
    """Give the minutes of a day that lie in any of the hours."""
    weekday = day.isoweekday()
    return merged((item.start_minute, item.end_minute) for item in times if weekday in item.weekdays)


@attrs.frozen
class PublicHolidays(Value):
    """The public holidays of the places that share a time zone.

    Attributes:
        zone: The name of the time zone.
        calendar: Whose closed days are the holidays. Weekends are no holidays, so give it none:
            ``ExplicitCalendar(first, last, closed=..., weekend=())``.

    Raises:
        DateError: There is no such zone.
    """

    zone: str
    calendar: CalendarLike

    def __attrs_post_init__(self) -> None:
        """Check both."""
        check_zone(self.zone, "zone")
        check_calendar(self.calendar)

    def include(self, day: pendulum.Date) -> bool:
        """Tell whether a day is a holiday.

        Raises:
            DateError: The calendar does not know the day.
            InputTypeError: It answers something else than True or False.
        """
        return not asked_once(self.calendar)(day)
