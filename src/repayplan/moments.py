"""Moments: points in time with their offset from UTC, and the names of time zones."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import pendulum
from pendulum.tz.timezone import FixedTimezone

from repayplan.errors import DateError, InputTypeError, shown, type_shown

__all__ = ["check_moment", "check_zone", "instant", "moment_text", "parse_moment", "zone_of"]

_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+){0,3}", re.ASCII)
_MACHINES_OWN: Final = re.compile(r"(?:posix|right)/|(?:localtime|posixrules|Factory)$", re.ASCII)
"""What some machines have beside the zones, and others have not."""
_ZONE_LENGTH_MAX: Final = 64
_MOMENT: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{6}))?([+-])(\d\d):(\d\d)", re.ASCII
)
_SECONDS_OF_A_MINUTE: Final = 60
_MINUTES_OF_AN_HOUR: Final = 60
_SECONDS_OF_A_DAY: Final = 86_400
_MICROSECONDS: Final = 1_000_000


def check_moment(value: object, field: str) -> pendulum.DateTime:
    """Return ``value``, any datetime with an offset from UTC, as a moment with that offset.

    Nothing of a zone is kept but its offset at the moment: whoever needs the zone keeps its name.

    Raises:
        InputTypeError: It is no datetime.
        DateError: It is naive, its offset is not in whole minutes, or in UTC it lies outside the years 1 to
            9999.
    """
    if not isinstance(value, datetime.datetime):
        message = f"expected a moment, got {shown(value)}; use pendulum.datetime(2026, 12, 31, 9, 30, tz=...)"
        raise InputTypeError("moment.type", field, message, {"expected": "datetime"})
    offset = _offset_of(value, field)
    minutes, rest = divmod(offset, datetime.timedelta(minutes=1))
    if rest:
        message = f"expected an offset from UTC in whole minutes, got {offset}"
        raise DateError("moment.offset", field, message)
    plain = value.replace(tzinfo=None, fold=0)
    _check_range(plain, offset, field)
    return _moment(plain, minutes)


def _offset_of(value: datetime.datetime, field: str) -> datetime.timedelta:
    try:
        offset = value.utcoffset()
    except Exception as error:  # whatever a caller's own zone raises
        message = "expected a moment with a time zone, got one whose offset from UTC cannot be told"
        raise DateError("moment.offset", field, message) from error
    if offset is None:
        message = "expected a moment with a time zone, got a naive datetime; say where its clock stood"
        raise DateError("moment.naive", field, message)
    return offset


def _check_range(plain: datetime.datetime, offset: datetime.timedelta, field: str) -> None:
    try:
        _ = plain - offset
    except OverflowError:
        message = "expected a moment in the years 1 to 9999 of UTC"
        raise DateError("moment.range", field, message) from None


def _moment(plain: datetime.datetime, minutes: int) -> pendulum.DateTime:
    return pendulum.DateTime(
        plain.year,
        plain.month,
        plain.day,
        plain.hour,
        plain.minute,
        plain.second,
        plain.microsecond,
        tzinfo=_fixed(minutes),
    )


@lru_cache(maxsize=2_000)  # there are 2,879 offsets, of which the world uses forty
def _fixed(minutes: int) -> FixedTimezone:
    return FixedTimezone(minutes * _SECONDS_OF_A_MINUTE)


def instant(moment: datetime.datetime) -> int:
    """Give a moment as whole microseconds of UTC, counted from a fixed day, to compare and to sort."""
    seconds = (moment.hour * _MINUTES_OF_AN_HOUR + moment.minute) * _SECONDS_OF_A_MINUTE + moment.second
    local = (moment.toordinal() * _SECONDS_OF_A_DAY + seconds) * _MICROSECONDS + moment.microsecond
    return local - _offset_of(moment, "moment") // datetime.timedelta(microseconds=1)


def moment_text(moment: datetime.datetime) -> str:
    """Write a moment as in RFC 3339, such as ``2026-12-31T09:30:00+08:00``; microseconds only where set.

    Written out here because the standard library's own forms have changed between versions of Python, and
    this text is hashed.
    """
    minutes = _offset_of(moment, "moment") // datetime.timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), _MINUTES_OF_AN_HOUR)
    fraction = f".{moment.microsecond:06d}" if moment.microsecond else ""
    return (
        f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"
        f"T{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}{fraction}"
        f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"
    )


def parse_moment(text: str, field: str) -> pendulum.DateTime:
    """Read a moment exactly as :func:`moment_text` writes it.

    Raises:
        DateError: It is written in another way, or there is no such moment.
    """
    found = _MOMENT.fullmatch(text)
    moment = None if found is None else _read(found, field)
    if moment is None or moment_text(moment) != text:
        message = "expected a moment such as '2026-12-31T09:30:00+08:00', got another text"
        raise DateError("moment.text", field, message)
    return moment


def _read(found: re.Match[str], field: str) -> pendulum.DateTime | None:
    *parts, microsecond, sign, hours, minutes = found.groups()
    offset = int(hours) * _MINUTES_OF_AN_HOUR + int(minutes)
    try:
        zone = datetime.timezone(datetime.timedelta(minutes=-offset if sign == "-" else offset))
        plain = datetime.datetime(*map(int, parts), int(microsecond or 0), tzinfo=zone)  # type: ignore[arg-type, misc]  # six numbers
    except ValueError:
        return None
    return check_moment(plain, field)


def check_zone(name: object, field: str) -> str:
    """Return ``name`` if it is that of a time zone in the IANA database, such as ``Asia/Shanghai``.

    Raises:
        DateError: There is no such zone.
    """
    if type(name) is not str:
        raise InputTypeError(
            "text.type", field, f"expected text, got {type_shown(name)}", {"expected": "str"}
        )
    zone_of(name, field)
    return name


def zone_of(name: str, field: str = "zone") -> ZoneInfo:
    """Give the zone of a name in the IANA database; the first use of a name opens its file.

    Raises:
        DateError: There is no such zone.
    """
    known = len(name) <= _ZONE_LENGTH_MAX and _ZONE.fullmatch(name) and not _MACHINES_OWN.match(name)
    zone = _zone(name) if known else None
    if zone is None:
        message = "expected a time zone of the IANA database, such as 'Asia/Shanghai', got another text"
        raise DateError("zone.unknown", field, message)
    return zone


@lru_cache(maxsize=1_024)  # bounded, since names come from outside; the database has some six hundred
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # a folder of zones, a file that is none, no such key
        return None
