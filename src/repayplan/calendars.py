"""Business days: calendars that say which days are worked, and conventions that move a date off a closed one.

Sources: the conventions are those of ISDA (2006 ISDA Definitions, section 4.12); nearest is that of QuantLib.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol, TypeAlias, runtime_checkable

import attrs
import pendulum

from repayplan.checks import check_count, check_date
from repayplan.errors import DateError, InputTypeError, shown
from repayplan.values import Enumeration, Value

__all__ = [
    "CLOSED_RUN_MAX",
    "BusinessDayConvention",
    "Calendar",
    "CalendarLike",
    "ExplicitCalendar",
    "WeekendCalendar",
    "asked_once",
    "check_calendar",
]

CLOSED_RUN_MAX: Final = 366
"""The most closed days in a row that a move steps over before it gives up with an error."""

_LISTED_DAYS_MAX = 100_000
_LAST_ORDINAL = datetime.date.max.toordinal()
_SATURDAY_SUNDAY = frozenset({6, 7})


@runtime_checkable
class Calendar(Protocol):
    """Anything that knows which days are business days; a plain function of a date will do as well."""

    def is_business_day(self, day: pendulum.Date, /) -> bool:
        """Tell whether ``day`` is worked. Raise rather than guess about a day that is not known."""
        ...


CalendarLike: TypeAlias = Calendar | Callable[[pendulum.Date], bool]
"""A :class:`Calendar`, or a function that takes a date and tells whether it is a business day."""


def _to_weekend(value: Iterable[int]) -> frozenset[int]:
    if not isinstance(value, (frozenset, set, tuple, list)):
        message = f"expected ISO weekdays such as {{6, 7}}, got {shown(value)}"
        raise InputTypeError("calendar.weekend", "weekend", message)
    check_count(len(value), "weekend", minimum=0, maximum=7, error=DateError)
    days = [check_count(day, "weekend", minimum=1, maximum=7, error=DateError) for day in value]
    if len(set(days)) == len(range(1, 8)):
        raise DateError("calendar.weekend", "weekend", "expected at least one working weekday, got none")
    return frozenset(days)


def _to_first(value: datetime.date) -> pendulum.Date:
    return check_date(value, "first")


def _to_last(value: datetime.date) -> pendulum.Date:
    return check_date(value, "last")


def _to_closed(value: Iterable[datetime.date]) -> frozenset[pendulum.Date]:
    return _to_days(value, "closed")


def _to_opened(value: Iterable[datetime.date]) -> frozenset[pendulum.Date]:
    return _to_days(value, "opened")


def _to_days(value: Iterable[datetime.date], field: str) -> frozenset[pendulum.Date]:
    if not isinstance(value, (frozenset, set, tuple, list)):
        raise InputTypeError("calendar.days", field, f"expected a list of dates, got {shown(value)}")
    if len(value) > _LISTED_DAYS_MAX:
        message = f"expected at most {_LISTED_DAYS_MAX} days, got {len(value)}"
        raise DateError("calendar.days", field, message, {"maximum": _LISTED_DAYS_MAX})
    return frozenset(check_date(day, f"{field}[{index}]") for index, day in enumerate(value))


@attrs.frozen
class WeekendCalendar(Value):
    """A calendar whose only closed days are the weekend.

    Attributes:
        weekend: The closed weekdays as ISO numbers, Monday 1 to Sunday 7; Saturday and Sunday if not stated.
    """

    weekend: frozenset[int] = attrs.field(default=_SATURDAY_SUNDAY, converter=_to_weekend)

    def is_business_day(self, day: datetime.date, /) -> bool:
        """Tell whether ``day`` is outside the weekend."""
        return check_date(day, "day").isoweekday() not in self.weekend


@attrs.frozen
class ExplicitCalendar(Value):
    """A calendar known from its first to its last day, such as a government's list for a year.

    Attributes:
        first: The first day that the calendar knows.
        last: The last day that it knows, included.
        closed: Holidays.
        opened: Days worked although they fall on the weekend, such as China's make-up working days.
        weekend: The closed weekdays as ISO numbers, Monday 1 to Sunday 7.

    Raises:
        DateError: The last day is before the first, a listed day is outside, or one is listed twice.
    """

    first: pendulum.Date = attrs.field(converter=_to_first)
    last: pendulum.Date = attrs.field(converter=_to_last)
    closed: frozenset[pendulum.Date] = attrs.field(default=frozenset[pendulum.Date](), converter=_to_closed)
    opened: frozenset[pendulum.Date] = attrs.field(default=frozenset[pendulum.Date](), converter=_to_opened)
    weekend: frozenset[int] = attrs.field(default=_SATURDAY_SUNDAY, converter=_to_weekend)

    def __attrs_post_init__(self) -> None:
        """Check the days against the window and each other."""
        if self.last < self.first:
            message = f"expected {self.first} or later, got {self.last}"
            raise DateError("calendar.window", "last", message, {"first": self.first, "last": self.last})
        for field, days in (("closed", self.closed), ("opened", self.opened)):
            outside = [day for day in days if not self.first <= day <= self.last]
            if outside:
                message = f"expected days from {self.first} to {self.last}, got {min(outside)}"
                raise DateError("calendar.window", field, message, {"day": min(outside)})
        both = self.closed & self.opened
        if both:
            message = f"expected each day closed or opened, got {min(both)} as both"
            raise DateError("calendar.contradiction", "opened", message, {"day": min(both)})

    def is_business_day(self, day: datetime.date, /) -> bool:
        """Tell whether ``day`` is worked; raises :class:`DateError` outside the window."""
        asked = check_date(day, "day")
        if not self.first <= asked <= self.last:
            message = f"the calendar knows {self.first} to {self.last}, not {asked}; extend it"
            raise DateError("calendar.unknown_day", "calendar", message, {"day": asked})
        return asked in self.opened or not (asked.isoweekday() in self.weekend or asked in self.closed)


class BusinessDayConvention(Enumeration):
    """Where a date goes that falls on a closed day."""

    NO_ADJUST = "no_adjust"
    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified_following"
    PRECEDING = "preceding"
    MODIFIED_PRECEDING = "modified_preceding"
    NEAREST = "nearest"

    def adjust(self, day: datetime.date, calendar: CalendarLike) -> pendulum.Date:
        """Move ``day`` to a business day of ``calendar`` if it is closed.

        A modified convention turns back rather than leave the month. Nearest decides a tie forwards.

        Raises:
            DateError: More than ``CLOSED_RUN_MAX`` closed days stand in the way, or the calendar ends.
        """
        start = check_date(day, "day")
        check_calendar(calendar)
        if self is BusinessDayConvention.NO_ADJUST or _is_open(calendar, start):
            return start
        for found in (candidate for candidate in self._candidates(start) if _is_open(calendar, candidate)):
            return found
        message = f"no business day within {CLOSED_RUN_MAX} days of {start}; check the calendar"
        raise DateError("calendar.closed_run", "calendar", message, {"day": start, "maximum": CLOSED_RUN_MAX})

    def _candidates(self, start: pendulum.Date) -> Iterator[pendulum.Date]:
        """Give the days to which a closed ``start`` may move, the first choice first."""
        after, before = _days(start, 1), _days(start, -1)
        match self:
            case BusinessDayConvention.FOLLOWING:
                return after
            case BusinessDayConvention.PRECEDING:
                return before
            case BusinessDayConvention.MODIFIED_FOLLOWING:
                return itertools.chain(_within_month(start, after), before)
            case BusinessDayConvention.MODIFIED_PRECEDING:
                return itertools.chain(_within_month(start, before), after)
            case _:
                pairs = itertools.chain.from_iterable(itertools.zip_longest(after, before))
                return (day for day in pairs if day is not None)


def check_calendar(calendar: object) -> None:
    """Refuse what can be neither a calendar nor a function of a date."""
    if isinstance(calendar, type) or not (isinstance(calendar, Calendar) or callable(calendar)):
        message = f"expected a calendar or a function of a date, got {shown(calendar)}"
        raise InputTypeError("calendar.type", "calendar", message)


def asked_once(calendar: CalendarLike) -> Callable[[pendulum.Date], bool]:
    """Give ``calendar`` as a function that asks about each day once and keeps to the first answer."""
    check_calendar(calendar)
    ask = _question_of(calendar)  # asked whether it is a calendar once, which takes longer than its answer

    @functools.cache
    def is_open(day: pendulum.Date) -> bool:
        return _answer(ask, day)

    return is_open


def _days(start: pendulum.Date, direction: int) -> Iterator[pendulum.Date]:
    for distance in range(1, CLOSED_RUN_MAX + 1):
        ordinal = start.toordinal() + direction * distance
        if not 1 <= ordinal <= _LAST_ORDINAL:
            return
        day = datetime.date.fromordinal(ordinal)  # pendulum's own fromordinal takes four times as long
        yield pendulum.Date(day.year, day.month, day.day)


def _within_month(start: pendulum.Date, days: Iterator[pendulum.Date]) -> Iterator[pendulum.Date]:
    month = (start.year, start.month)
    return itertools.takewhile(lambda day: (day.year, day.month) == month, days)


def _is_open(calendar: CalendarLike, day: pendulum.Date) -> bool:
    return _answer(_question_of(calendar), day)


def _question_of(calendar: CalendarLike) -> Callable[[pendulum.Date], bool]:
    return calendar.is_business_day if isinstance(calendar, Calendar) else calendar


def _answer(ask: Callable[[pendulum.Date], bool], day: pendulum.Date) -> bool:
    try:
        answer = ask(day)
    except Exception as error:
        error.add_note(f"while the calendar was asked about {day}")
        raise
    return _checked_answer(answer, day)


def _checked_answer(answer: object, day: pendulum.Date) -> bool:
    """Refuse what another's code may answer instead of True or False, such as None for a day it forgot."""
    if not isinstance(answer, bool):
        message = f"expected True or False for {day}, got {shown(answer)}"
        raise InputTypeError("calendar.answer", "calendar", message, {"day": day})
    return answer
