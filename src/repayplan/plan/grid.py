"""The rows that plans of one debt may have, before any schedule is built of them."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from repayplan.daycounts import DayCount
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.plan.following import least_interest, least_level, rows_to_clear
from repayplan.plan.term import months_later
from repayplan.schedule.carried import CARRIED, CarriedTreatment
from repayplan.schedule.periods import period_factors
from repayplan.schedule.terms import Terms
from repayplan.schedule.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.schedule.annuity import Factor

__all__ = ["Grid"]


def _own_timeline(grid: Grid) -> Timeline:
    return Timeline(grid.terms)


@attrs.frozen
class Grid:
    """The dates within the longest term, their interest, and what each asks for of what is carried.

    Attributes:
        terms: The terms; their pattern does not matter.
        max_months: The longest term from ``terms.starts_on``.
        rows_max: The most rows, where later dates are not to be used.
        timeline: The dates, which grids of other rates or amounts share, so that a calendar is asked once.
    """

    terms: Terms
    max_months: int
    rows_max: int = INSTALLMENTS_MAX
    timeline: Timeline = attrs.field(
        default=attrs.Factory(_own_timeline, takes_self=True), eq=False, repr=False
    )

    @cached_property
    def due_dates(self) -> list[pendulum.Date]:
        """The due dates within the longest term, in rising order."""
        end = months_later(self.terms.starts_on, self.max_months)
        return self.timeline.due_until(end)[: self.rows_max]

    def __len__(self) -> int:
        """Give the most rows that there may be."""
        return len(self.due_dates)

    @property
    def scheduled(self) -> list[pendulum.Date]:
        """Their dates before any move."""
        return self.timeline.scheduled[: len(self)]

    def least_total(self, limits: Sequence[int]) -> int:
        """Give what any plan within limits asks for in all, at least, in minor units.

        Whoever pays all of a limit at once owes no more interest than whoever pays later; each interest is
        rounded down, since a period without a row is rounded together with the next.
        """
        owed = self.terms.amortized.minor_units
        interest = least_interest(owed, self._factors(len(self)), limits)
        return owed + interest + self.terms.carried.asked_for

    def carried(self, count: int) -> list[int]:
        """Give what each of so many rows asks for of what is owed besides principal."""
        parts = [self.terms.carried.parts(component, count) for component in CARRIED]
        return list(map(sum, zip(*parts, strict=True)))

    @property
    def first_part(self) -> int:
        """What the first row asks for of what is carried, over the longest term."""
        return self.carried(len(self))[0]

    @property
    def begins_with_more(self) -> bool:
        """Whether all of some carried balance comes with the first row."""
        carried = self.terms.carried
        return any(balance.treatment is CarriedTreatment.FIRST and balance.amount for _, balance in carried)

    def clears(self, count: int, limits: Sequence[int]) -> bool:
        """Whether paying its limit with each of so many rows clears the debt."""
        return self._rows_to_clear(count, limits) is not None

    def clears_with_last(self, count: int, limits: Sequence[int]) -> bool:
        """Whether it does so with the last of them and not before."""
        return self._rows_to_clear(count, limits) == count

    def _rows_to_clear(self, count: int, limits: Sequence[int]) -> int | None:
        payments = [limit - part for limit, part in zip(limits, self.carried(count), strict=False)]
        principal, divide = self.terms.amortized.minor_units, self.terms.rounding.divide
        return rows_to_clear(principal, self._factors(count), divide, payments)

    def least_count(self, limits: Sequence[int]) -> int:
        """Give the least count at which rows that ask for these limits clear the debt, or one too many.

        More rows pay no less each, since what is spread over them is less for each.
        """
        counts = range(1, len(limits) + 1)
        return 1 + bisect_left(counts, 1, key=lambda count: self.clears(count, limits))

    def least_level(self, count: int, limits: Sequence[int]) -> list[int] | None:
        """Give what so many rows pay beside what is carried, at the least level within limits that clears."""
        principal, divide = self.terms.amortized.minor_units, self.terms.rounding.divide
        return least_level(principal, self._factors(count), divide, limits[:count], self.carried(count))

    def least_level_of_all(self) -> int:
        """Give the least level that clears the debt within the longest term."""
        count = len(self)
        levels = range(1, MINOR_UNITS_MAX + 1)
        return levels[bisect_left(levels, 1, key=lambda level: self.clears(count, [level] * count))]

    @property
    def interest_of_a_period(self) -> int:
        """What a row must exceed for the debt ever to fall, with what it asks for of what is carried.

        A first period may be a long one, whose interest later rows can make up for.
        """
        factors = self._factors(min(2, len(self)))
        numerator, denominator = min(factors, key=lambda factor: Fraction(*factor))
        interest = self.terms.rounding.divide(self.terms.amortized.minor_units * numerator, denominator)
        return interest + self.first_part

    def _factors(self, count: int) -> list[Factor]:
        if self.terms.day_count is DayCount.THIRTY_E_360_ISDA:  # asks for the last date of all
            return self._factors_to(count)
        return self._longest_factors[:count]

    @cached_property
    def _longest_factors(self) -> list[Factor]:
        return self._factors_to(len(self))

    def _factors_to(self, count: int) -> list[Factor]:
        rows = self.timeline.rows(count)
        return list(period_factors(self.terms, rows, rows[-1][1]))
