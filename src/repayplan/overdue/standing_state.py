"""The states of a standing."""

from __future__ import annotations

from repayplan.values import Enumeration

__all__ = ["StandingState"]


class StandingState(Enumeration):
    """Where a plan stands; of several that hold, the first in the order below is given."""

    COMPLETED = "completed"
    """Nothing is left to pay."""
    COMPLETED_WITHIN_TOLERANCE = "completed within tolerance"
    """Everything has fallen due, and no more is left to pay than is tolerated."""
    HELD = "held"
    """A hold stops the days of the plan, or moves its due dates, on this day."""
    IN_BREACH = "in breach"
    """A rule says that the arrangement is broken; what follows is for the bank to decide, after notice."""
    BEYOND_GRACE = "beyond grace"
    """Something is past due, and for more days than the grace has."""
    LATE = "late"
    """Something is past due, within its grace."""
    DUE = "due"
    """Something is due today and unpaid."""
    CURED = "cured"
    """Installments were missed and made good, and the probation after that still runs."""
    ON_TRACK = "on track"
    """None of the above."""
