"""One step where no plan is affordable, and those that always come first."""

from __future__ import annotations

from typing import Final

import attrs

from repayplan.checks import check_instance
from repayplan.money import Money
from repayplan.plan.joint_offer import JointOffer
from repayplan.plan.offer import Offer
from repayplan.plan.step_kinds import NextStepKind
from repayplan.values import Value

__all__ = ["FIRST_STEPS", "NextStep"]


@attrs.frozen(repr=False)
class NextStep(Value):
    """One step, and where it is a concession, the plan that it would make possible.

    Attributes:
        kind: What to do.
        text: The same for a person to read.
        forgone: What the bank would go without, against the contract over the longest term, at least nothing;
            None for a step that is not a concession, and for temporary terms, which settle nothing yet.
        offer: The plan that the concession would make possible; None for a step that is not one, and for
            several debts.
        joint_offer: The same for several debts; None for one.
    """

    kind: NextStepKind
    text: str
    forgone: Money | None = None
    offer: Offer | None = None
    joint_offer: JointOffer | None = None

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_instance(self.kind, NextStepKind, "kind")
        check_instance(self.text, str, "text")
        if self.forgone is not None:
            check_instance(self.forgone, Money, "forgone")
        if self.offer is not None:
            check_instance(self.offer, Offer, "offer")
        if self.joint_offer is not None:
            check_instance(self.joint_offer, JointOffer, "joint_offer")

    def __repr__(self) -> str:
        """Give the kind: amounts are personal."""
        return f"<NextStep: {self.kind.value}>"


FIRST_STEPS: Final = (
    NextStep(NextStepKind.HOLD, "Ask for nothing now, and hold collection while a way is found."),
    NextStep(
        NextStepKind.FREE_ADVICE,
        "Point the client to free and independent debt advice, or to an insolvency route if there is one.",
    ),
)
