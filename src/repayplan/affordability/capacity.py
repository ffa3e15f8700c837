"""Capacity: what may be asked of the client in a month, as it changes over time."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

import attrs
import pendulum

from repayplan.checks import check_date, check_instance
from repayplan.errors import BudgetError, DateError, InputTypeError, shown
from repayplan.frequencies import Frequency, check_frequency
from repayplan.money import Money, check_currency
from repayplan.rounding import Rounding
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence

    from repayplan.currency import Currency

__all__ = ["ALWAYS", "STEPS_MAX", "Capacity", "CapacityStep"]

STEPS_MAX = 10_000
"""The most amounts that one capacity may have over time."""

CapacityStep: TypeAlias = tuple[pendulum.Date, Money]
"""The first day of a month, and what may be asked in that month and those after it."""


ALWAYS = pendulum.Date(1, 1, 1)
"""The first day of a capacity that knows no beginning."""


def _to_steps(value: Money | Sequence[tuple[datetime.date, Money]]) -> tuple[CapacityStep, ...]:
    if isinstance(value, Money):
        return ((ALWAYS, value),)
    if not isinstance(value, (list, tuple)):
        message = f"expected Money, or a sequence of (from, Money) pairs, got {shown(value)}"
        raise InputTypeError("type.wrong", "steps", message)
    if not 1 <= len(value) <= STEPS_MAX:
        message = f"expected 1 to {STEPS_MAX} pairs of a date and an amount, got {len(value)}"
        raise BudgetError("capacity.steps", "steps", message)
    return tuple(_to_step(f"steps[{index}]", step) for index, step in enumerate(value))


def _to_step(field: str, step: tuple[object, object]) -> CapacityStep:
    match step:
        case (start, Money() as amount):
            day = check_date(start, f"{field}[0]")
        case _:
            message = f"expected a pair of a date and Money, got {shown(step)}"
            raise InputTypeError("type.wrong", field, message)
    if day.day != 1:
        message = f"expected the first day of a month, since capacity is by the month, got {day}"
        raise BudgetError("capacity.month", f"{field}[0]", message)
    return day, amount


@attrs.frozen
class Capacity(Value):
    """An amount per month that no plan may exceed; a step function over time.

    ``Capacity(money)`` is the same in every month. ``Capacity([(day, money), …])`` begins with the month of
    the first day and is not known before it; equal steps in a row are joined.

    Attributes:
        steps: Pairs of the first day of a month and what may be asked from then on, zero or more.

    Raises:
        BudgetError: There is no step, a day is not the first of its month, the days do not rise, or an amount
            is negative.
        MoneyError: The amounts are in several currencies.
    """

    steps: tuple[CapacityStep, ...] = attrs.field(converter=_to_steps)

    def __attrs_post_init__(self) -> None:
        """Check the steps, and join equal ones."""
        before = None
        for index, (day, amount) in enumerate(self.steps):
            if before is not None and day <= before:
                message = f"expected a month after {before}, got {day}"
                raise BudgetError("capacity.order", f"steps[{index}][0]", message)
            check_currency(amount, self.currency, f"steps[{index}][1]")
            if amount.minor_units < 0:
                message = f"expected zero or more, got {amount}"
                raise BudgetError("capacity.negative", f"steps[{index}][1]", message)
            before = day
        runs = groupby(self.steps, key=lambda step: step[1])
        object.__setattr__(self, "steps", tuple(next(run) for _, run in runs))

    @property
    def currency(self) -> Currency:
        """The currency of every amount."""
        return self.steps[0][1].currency

    @property
    def is_constant(self) -> bool:
        """Whether it never changes."""
        return len(self.steps) == 1

    @property
    def monthly(self) -> Money:
        """What may be asked in every month: the lowest of the steps."""
        return min(amount for _, amount in self.steps)

    def on(self, day: datetime.date) -> Money:
        """Give what may be asked in the month of a day.

        Raises:
            DateError: The day is before the first step.
        """
        return self.steps[self.place_on(check_date(day, "day"))][1]

    def between(self, first: datetime.date, last: datetime.date) -> tuple[CapacityStep, ...]:
        """Give the steps in force from one day to another, both included, the first beginning on ``first``.

        Raises:
            DateError: The last day is before the first one, or the first before the first step.
        """
        start, end = check_date(first, "first"), check_date(last, "last")
        if end < start:
            raise DateError("capacity.between", "last", f"expected {start} (first) or later, got {end}")
        place = self.place_on(start)
        later = self.steps[place + 1 : bisect_right(self._days, end)]
        return ((start, self.steps[place][1]), *later)

    def per(self, frequency: Frequency, on: datetime.date | None = None) -> Money:
        """Give what may be asked each time at ``frequency``, rounded down: monthly x 12/52 for weekly.

        Args:
            frequency: How often.
            on: The day on which it is asked; None is any day, and so the lowest of the steps.
        """
        check_frequency(frequency)
        monthly = self.monthly if on is None else self.on(on)
        return monthly.scaled(1 / frequency.periods_per_month, Rounding.DOWN)

    def __add__(self, other: Capacity) -> Capacity:
        """Add what may be asked of two, from the first month in which both are known."""
        return self._with(other, Money.__add__)

    def minimum(self, other: Capacity) -> Capacity:
        """Give the lower of two in every month, from the first month in which both are known."""
        return self._with(other, min)

    def less(self, other: Capacity) -> Capacity:
        """Take another away in every month, down to zero at the least."""
        nothing = Money.zero(self.currency)
        return self._with(other, lambda own, taken: max(own - taken, nothing))

    def floored(self, step: Money) -> Capacity:
        """Round every amount down to a multiple of ``step``, such as 50 yuan.

        Raises:
            BudgetError: The step is not above zero.
        """
        check_currency(check_instance(step, Money, "step"), self.currency, "step")
        if step.minor_units <= 0:
            raise BudgetError("capacity.step", "step", f"expected above zero, got {step}")
        return Capacity(
            [(day, step * (amount.minor_units // step.minor_units)) for day, amount in self.steps]
        )

    def to_rows(self) -> list[dict[str, object]]:
        """Give plain rows for a table: the first day, the exact Decimal and the currency code."""
        return [
            {"from": day, "monthly": amount.amount, "currency": amount.currency.code}
            for day, amount in self.steps
        ]

    def _repr_html_(self) -> str:
        """Show the steps in a notebook."""
        from repayplan.affordability.showing import capacity_html  # noqa: PLC0415  # only notebooks need it

        return capacity_html(self)

    def place_on(self, day: pendulum.Date) -> int:
        """Give the place, from 0, of the step in force on a day.

        Raises:
            DateError: The day is before the first step.
        """
        place = bisect_right(self._days, day) - 1
        if place < 0:
            message = f"capacity is known from {self.steps[0][0]} on, got {day}; assess an earlier day"
            raise DateError("capacity.unknown", "on", message, {"first": self.steps[0][0], "on": day})
        return place

    @cached_property
    def _days(self) -> list[pendulum.Date]:
        return [day for day, _ in self.steps]

    def _with(self, other: Capacity, combine: Callable[[Money, Money], Money]) -> Capacity:
        check_currency(check_instance(other, Capacity, "other").steps[0][1], self.currency, "other")
        start = max(self.steps[0][0], other.steps[0][0])
        days = sorted({start} | {day for day, _ in (*self.steps, *other.steps) if day > start})
        return Capacity([(day, combine(self.on(day), other.on(day))) for day in days])
