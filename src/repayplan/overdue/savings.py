"""The interest that is no longer charged once principal has been repaid early."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pendulum

from repayplan.schedule.amortization import balances
from repayplan.schedule.periods import factors_to, period_factors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from repayplan.schedule.schedule import Schedule

__all__ = ["Savings"]


class Savings:
    """The interest of each row, worked out anew from what was repaid early and when.

    A row bears interest on its opening principal, and from the day of an early repayment on not on what that
    repaid of it and of later rows; the parts are added exactly and rounded once, like those of a rate that
    changes inside a period. Flat interest is on the first principal, so that nothing is saved.
    """

    def __init__(self, schedule: Schedule) -> None:
        """Begin with nothing repaid early."""
        terms, rows = schedule.terms, schedule.periods
        self._schedule = schedule
        self._whole = {
            row: Fraction(*factor) for row, factor in enumerate(period_factors(terms, rows, rows[-1][1]))
        }
        openings = balances(terms.amortized.minor_units, schedule.principals)
        self._bases = [openings[0]] * len(rows) if terms.repayment.flat else openings
        self._repaid = [0] * len(rows)
        self._before: list[Fraction] = [Fraction(0)] * len(rows)

    def repay(self, units: Sequence[int], day: int) -> None:
        """Repay principal of each row on a day, none earlier than that of the last repayment."""
        if self._schedule.terms.repayment.flat:
            return
        elapsed = self._elapsed(pendulum.Date.fromordinal(day))
        after = 0
        for row in reversed(range(len(units))):
            after += units[row]
            self._repaid[row] += after
            self._before[row] += after * elapsed.get(row, Fraction(0))

    @property
    def interests(self) -> list[int]:
        """What each row is charged in all."""
        return self._interests(self._whole)

    def interest_to(self, day: pendulum.Date) -> list[int]:
        """Give what each row that has begun is charged to a day, not earlier than the last repayment."""
        return self._interests(self._elapsed(day))

    def _elapsed(self, day: pendulum.Date) -> dict[int, Fraction]:
        """Give the rate from the start of each row that has begun to a day, or to its end."""
        terms, rows = self._schedule.terms, self._schedule.periods
        return {row: Fraction(*factor) for row, factor in factors_to(terms, rows, 0, day)}

    def _interests(self, until: Mapping[int, Fraction]) -> list[int]:
        """Charge each row for what is left of its principal, and for what was repaid until it was."""
        apply = self._schedule.terms.rounding.apply
        return [
            apply((self._bases[row] - self._repaid[row]) * factor + self._before[row])
            for row, factor in until.items()
        ]
