"""Times of the week on a local clock."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_count
from repayplan.errors import CommunicationError, InputTypeError, shown
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["EVERY_DAY", "MINUTES_OF_A_DAY", "WeeklyTimes"]

EVERY_DAY: Final = frozenset(range(1, 8))
"""Monday (1) to Sunday (7), as ISO 8601 counts them."""

MINUTES_OF_A_DAY: Final = 1_440

_TIME: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)", re.ASCII)


def _to_weekdays(value: Collection[int]) -> frozenset[int]:
    if not isinstance(value, (frozenset, set, tuple, list, range)):
        message = f"expected a set of weekdays from 1 (Monday) to 7, got {shown(value)}"
        raise InputTypeError("set.type", "weekdays", message, {"expected": "int"})
    days = tuple(islice(value, len(EVERY_DAY) + 1))  # a range may be longer than any list
    if not 1 <= len(days) <= len(EVERY_DAY):
        message = f"expected 1 to {len(EVERY_DAY)} weekdays, got {'none' if not days else 'more'}"
        raise CommunicationError("times.weekdays", "weekdays", message)
    return frozenset(
        check_count(day, "weekdays", minimum=1, maximum=len(EVERY_DAY), error=CommunicationError)
        for day in days
    )


def _minutes(text: object, field: str) -> int:
    if type(text) is not str:
        raise InputTypeError("text.type", field, f"expected text, got {shown(text)}", {"expected": "str"})
    found = _TIME.fullmatch(text)
    minutes = MINUTES_OF_A_DAY + 1 if found is None else int(found[1]) * 60 + int(found[2])
    if minutes > MINUTES_OF_A_DAY:
        message = f"expected a time of the day from '00:00' to '24:00', got {shown(text)}"
        raise CommunicationError("times.time", field, message)
    return minutes


@attrs.frozen(kw_only=True)
class WeeklyTimes(Value):
    """The same hours on some days of the week, by the clock of whoever is reached.

    Attributes:
        weekdays: The days, from 1 (Monday) to 7 (Sunday).
        start: The first minute, as ``"08:00"``.
        end: The minute before which it ends, up to ``"24:00"``; hours over midnight are two values.

    Raises:
        CommunicationError: A day or a time does not exist, or the end is not after the start.
    """

    weekdays: frozenset[int] = attrs.field(default=EVERY_DAY, converter=_to_weekdays)
    start: str = "00:00"
    end: str = "24:00"

    def __attrs_post_init__(self) -> None:
        """Check the times."""
        if self.end_minute <= self.start_minute:
            message = f"expected a time after {self.start} (start), got {self.end}; split it at midnight"
            raise CommunicationError("times.order", "end", message)

    @property
    def start_minute(self) -> int:
        """The first minute of the day that is in it."""
        return _minutes(self.start, "start")

    @property
    def end_minute(self) -> int:
        """The first minute of the day that is no more in it."""
        return _minutes(self.end, "end")
