"""The clock of a place, read at whole minutes of UTC, and the moments at which its days begin.

Minutes are counted from the start of the day before 1 January of the year 1, as :func:`instant` counts
microseconds. A clock is read at the first instant of a minute.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from repayplan.errors import DateError
from repayplan.moments import check_moment, instant, zone_of

if TYPE_CHECKING:
    import pendulum

__all__ = ["MINUTES_OF_A_DAY", "LocalClock", "check_minute", "minute_after", "minute_of"]

MINUTES_OF_A_DAY: Final = 1_440
_MICROSECONDS_OF_A_MINUTE: Final = 60_000_000
_MINUTE: Final = datetime.timedelta(minutes=1)
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2999


def minute_of(moment: datetime.datetime) -> int:
    """Give the minute of UTC in which a moment lies."""
    return instant(moment) // _MICROSECONDS_OF_A_MINUTE


def minute_after(moment: datetime.datetime) -> int:
    """Give the first minute of UTC that begins at a moment or after it."""
    return -(-instant(moment) // _MICROSECONDS_OF_A_MINUTE)


def check_minute(moment: object, field: str) -> int:
    """Return the minute of UTC in which a moment of the years 1900 to 2999 lies.

    Raises:
        InputTypeError: It is no datetime.
        DateError: It is naive, or lies in other years.
    """
    found = check_moment(moment, field)
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        message = f"expected a moment in the years {_FIRST_YEAR} to {_LAST_YEAR}, got one in {found.year}"
        raise DateError("moment.range", field, message)
    return minute_of(found)


class LocalClock:
    """The clock of a time zone.

    Summer time makes a clock leave out hours (a gap) and show hours twice (a fold). No zone of the IANA
    database changes its clock twice within a day, so a change between two minutes of a day is found by
    halving.

    Args:
        name: The name of the zone in the IANA database.

    Raises:
        DateError: There is no such zone.
    """

    __slots__ = ("_zone", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self._zone = zone_of(name)

    def moment(self, minute: int) -> pendulum.DateTime:
        """Give a minute as a moment with the offset of this clock."""
        local = self._local(minute)
        offset = datetime.timezone(self._offset(minute) * _MINUTE)
        return check_moment(local.replace(tzinfo=offset, fold=0), "moment")

    def reading(self, minute: int) -> tuple[int, int]:
        """Read the clock: the ordinal of the date, and the minutes since its midnight."""
        return divmod(minute + self._offset(minute), MINUTES_OF_A_DAY)

    def day(self, minute: int) -> int:
        """Give the ordinal of the latest day that has begun; it never goes back.

        A clock that is put back over midnight reads the day before once more, which begins no second time.
        """
        day, _ = self.reading(minute)
        return day + 1 if self.start_of(day + 1) <= minute else day

    def start_of(self, day: int) -> int:
        """Give the first minute at which the clock reads a day, or a later day if it leaves that one out."""
        midnight = datetime.datetime.fromordinal(day).replace(tzinfo=self._zone)
        offset = midnight.utcoffset()
        assert offset is not None  # noqa: S101  # a zone of the database always has one
        found = day * MINUTES_OF_A_DAY - offset // _MINUTE
        if self.reading(found - 1)[0] < day:
            return found
        # the clock leaps over midnight: the day begins with the leap
        before = range(found - MINUTES_OF_A_DAY, found)
        return before[bisect_left(before, day, key=lambda minute: self.reading(minute)[0])]

    def steady_until(self, minute: int, end: int) -> int:
        """Give the first minute after ``minute`` at which the clock was moved, at most ``end``.

        Args:
            minute: From when.
            end: At most a day later.
        """
        offset = self._offset(minute)
        if self._offset(end - 1) == offset:
            return end
        between = range(minute, end)
        return between[bisect_left(between, True, key=lambda other: self._offset(other) != offset)]  # noqa: FBT003  # the value looked for

    def _local(self, minute: int) -> datetime.datetime:
        start = datetime.datetime.min.replace(tzinfo=self._zone)  # `fromutc` reads its figures as UTC
        return self._zone.fromutc(start + datetime.timedelta(minutes=minute - MINUTES_OF_A_DAY))

    def _offset(self, minute: int) -> int:
        """Give the offset from UTC in whole minutes, rounded down as a clock that shows no seconds is."""
        offset = self._local(minute).utcoffset()
        assert offset is not None  # noqa: S101  # as above
        return offset // _MINUTE
