"""Capacity: what may be asked of the client."""

from __future__ import annotations

import attrs

from repayplan.checks import check_instance
from repayplan.errors import BudgetError
from repayplan.frequencies import Frequency, check_frequency
from repayplan.money import Money
from repayplan.rounding import Rounding
from repayplan.values import Value

__all__ = ["Capacity"]


@attrs.frozen
class Capacity(Value):
    """An amount per month that no plan may exceed.

    Attributes:
        monthly: What may be asked in a month, zero or more.

    Raises:
        BudgetError: The amount is negative.
    """

    monthly: Money

    def __attrs_post_init__(self) -> None:
        """Check the amount."""
        if check_instance(self.monthly, Money, "monthly").minor_units < 0:
            raise BudgetError("capacity.negative", "monthly", f"expected zero or more, got {self.monthly}")

    def per(self, frequency: Frequency) -> Money:
        """Give what may be asked each time at ``frequency``, rounded down: monthly x 12/52 for weekly."""
        check_frequency(frequency)
        return self.monthly.scaled(1 / frequency.periods_per_month, Rounding.DOWN)
