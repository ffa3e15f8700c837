"""Rates that change over time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import attrs
import pendulum

from repayplan.checks import check_date
from repayplan.errors import InputTypeError, RateError, shown
from repayplan.rates import Rate, RateUnit
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

__all__ = ["RateSteps", "Rates", "to_rates", "to_steps"]

_STEPS_MAX = 1_000


def _checked_steps(value: Iterable[tuple[datetime.date, Rate]]) -> tuple[tuple[pendulum.Date, Rate], ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        message = f"expected a Rate or a sequence of (from, Rate) pairs, got {shown(value)}"
        raise InputTypeError("type.wrong", "rate", message)
    if not 1 <= len(value) <= _STEPS_MAX:
        message = f"expected 1 to {_STEPS_MAX} pairs of a date and a rate, got {len(value)}"
        raise RateError("rate.steps", "rate", message, {"maximum": _STEPS_MAX})
    return tuple(_to_step(index, step) for index, step in enumerate(value))


def _to_step(index: int, step: tuple[object, object]) -> tuple[pendulum.Date, Rate]:
    match step:
        case (start, Rate() as rate):
            return check_date(start, f"rate[{index}][0]"), rate
        case _:
            message = f"expected a pair of a date and a rate, got {shown(step)}"
            raise InputTypeError("type.wrong", f"rate[{index}]", message)


@attrs.frozen
class RateSteps(Value):
    """Rates by the day from which each is in force; all of one unit.

    Attributes:
        steps: Pairs of the first day and the rate, in order of the day.

    Raises:
        RateError: The days do not rise, the units differ, or there are none or more than 1,000 pairs.
        InputTypeError: It is no sequence of a date and a :class:`repayplan.Rate`.
    """

    steps: tuple[tuple[pendulum.Date, Rate], ...] = attrs.field(converter=_checked_steps)

    def __attrs_post_init__(self) -> None:
        """Check the order and the unit."""
        for index, ((earlier, _), (later, rate)) in enumerate(pairwise(self.steps), start=1):
            if later <= earlier:
                message = f"expected a date after {earlier}, got {later}"
                raise RateError("rate.order", f"rate[{index}][0]", message)
            if rate.unit is not self.unit:
                message = f"expected a rate for a {self.unit.value} like the first, got {rate}"
                raise RateError("rate.unit", f"rate[{index}][1]", message)

    def check_start(self, day: pendulum.Date) -> None:
        """Refuse steps of which none is in force on a day."""
        if self.steps[0][0] > day:
            message = f"expected a rate in force on {day} (starts_on) or earlier, got {self.steps[0][0]}"
            raise RateError("rate.start", "rate[0][0]", message, {"starts_on": day})

    @property
    def unit(self) -> RateUnit:
        """The unit of all of them."""
        return self.steps[0][1].unit

    @property
    def highest(self) -> Rate:
        """The highest of the rates."""
        return max((rate for _, rate in self.steps), key=lambda rate: rate.value)

    def on(self, day: datetime.date) -> Rate:
        """Give the rate in force on a day, not before the first step."""
        return self.steps[self.place_on(day)][1]

    def place_on(self, day: datetime.date) -> int:
        """Give the place, from 0, of the step in force on a day, not before the first step."""
        return bisect_right(self.steps, day, key=_day) - 1

    def cuts(self, start: pendulum.Date, end: pendulum.Date) -> Iterator[tuple[pendulum.Date, pendulum.Date]]:
        """Cut a period at the days on which the rate changes inside it."""
        days = [day for day, _ in self._between(start, end)]
        return pairwise((start, *days, end))

    def _between(self, start: datetime.date, end: datetime.date) -> tuple[tuple[pendulum.Date, Rate], ...]:
        first = bisect_right(self.steps, start, key=_day)
        return self.steps[first : bisect_left(self.steps, end, lo=first, key=_day)]


def _day(step: tuple[pendulum.Date, Rate]) -> pendulum.Date:
    return step[0]


Rates: TypeAlias = Rate | RateSteps


def to_rates(value: Rates | Sequence[tuple[datetime.date, Rate]]) -> Rates:
    """Give a rate or its steps."""
    return value if isinstance(value, (Rate, RateSteps)) else RateSteps(value)


def to_steps(rates: Rates, start: pendulum.Date) -> RateSteps:
    """Give the steps of a rate; a single one is in force from ``start`` on."""
    return rates if isinstance(rates, RateSteps) else RateSteps([(start, rates)])
