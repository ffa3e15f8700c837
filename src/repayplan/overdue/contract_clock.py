"""The contract's own days past due, which classes of the contract and orders that switch read alike."""

from __future__ import annotations

import attrs

from repayplan.overdue.held_days import HeldDays

__all__ = ["ContractClock"]


@attrs.frozen
class ContractClock:
    """The contract's days past due: all days but those on which a hold stops the regulator's clock.

    A calendar of counted days is a rule for the plan and plays no part, so that the ledger, which knows no
    such rule, and the standing give one figure.

    Attributes:
        due: The oldest due day of the contract that is unpaid, as an ordinal.
        held: The days on which the regulator's clock stops.
    """

    due: int
    held: HeldDays

    def days_on(self, day: int) -> int:
        """Count the days from the due day to a day, both as ordinals; none before it."""
        return max(0, day - self.due) - self.held.count_ordinals(self.due, day)
