"""What installments may ask for by their dates, given a capacity."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from repayplan.affordability.capacity import Capacity
from repayplan.frequencies import Frequency

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

__all__ = ["Limits"]

_MONTHLY = 12


@attrs.frozen
class Limits:
    """The limits of installments at a frequency, in minor units.

    Each keeps to ``capacity.per(frequency)`` on its date. Where they come monthly or less often, all of a
    calendar month keep to that month's capacity too, and so do those whose dates are listed.

    Attributes:
        capacity: What may be asked for in a month.
        frequency: How often an installment was to fall due.
        listed: Whether the dates are listed one by one, as where some of a weekly plan are left out.
    """

    capacity: Capacity
    frequency: Frequency
    listed: bool

    @property
    def by_month(self) -> bool:
        """Whether the installments of a calendar month are limited together."""
        return self.listed or self.frequency.periods_per_year <= _MONTHLY

    def on(self, day: pendulum.Date) -> int:
        """Give what an installment on a day may ask for, of itself."""
        return self._each[self.capacity.place_on(day)]

    def month(self, day: pendulum.Date) -> int:
        """Give what may be asked for in the month of a day."""
        return self.capacity.steps[self.capacity.place_on(day)][1].minor_units

    def rows(self, days: Sequence[pendulum.Date]) -> list[int]:
        """Give what each of the installments on these days may ask for, an equal part of its month's."""
        steps = list(map(self.capacity.place_on, days))
        each = [self._each[step] for step in steps]
        if not self.by_month:
            return each
        months = Counter((day.year, day.month) for day in days)
        return [
            min(limit, self.capacity.steps[step][1].minor_units // months[day.year, day.month])
            for limit, step, day in zip(each, steps, days, strict=True)
        ]

    @property
    def per_month(self) -> Fraction:
        """How many installments one month's capacity must bear; one where no frequency says it."""
        return Fraction(1) if self.frequency.date_count is not None else self.frequency.periods_per_month

    @cached_property
    def _each(self) -> list[int]:
        count = self.per_month
        return [
            amount.minor_units * count.denominator // count.numerator for _, amount in self.capacity.steps
        ]
