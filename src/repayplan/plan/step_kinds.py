"""What may be done where no plan is affordable."""

from __future__ import annotations

from typing import Final

from repayplan.values import Enumeration

__all__ = ["CONCESSIONS", "NextStepKind"]


class NextStepKind(Enumeration):
    """What to do where no plan is affordable."""

    HOLD = "hold"
    FREE_ADVICE = "free advice"
    LONGER_TERM = "longer term"
    LOWER_RATE = "lower rate"
    NO_INTEREST = "no further interest"
    WAIVE_CARRIED = "waive what is owed besides principal"
    WAIVE_ALL_INTEREST = "no further interest, and what is owed besides principal waived"
    TOKEN_PAYMENTS = "token payments until a review"  # noqa: S105  # no password
    FORGIVE_PRINCIPAL = "forgive a part of the principal"

    @property
    def is_concession(self) -> bool:
        """Whether the bank goes without something that the contract or the rules give it."""
        return self in CONCESSIONS


CONCESSIONS: Final = (
    NextStepKind.LONGER_TERM,
    NextStepKind.LOWER_RATE,
    NextStepKind.NO_INTEREST,
    NextStepKind.WAIVE_CARRIED,
    NextStepKind.WAIVE_ALL_INTEREST,
    NextStepKind.TOKEN_PAYMENTS,
    NextStepKind.FORGIVE_PRINCIPAL,
)
"""All concessions, in the order in which they are looked at unless the rules give another."""
