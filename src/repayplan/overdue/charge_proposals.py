"""What rules of late charges propose: the bank decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_date
from repayplan.explanation import Explanation
from repayplan.money import Money
from repayplan.overdue.adjustments import Charge
from repayplan.overdue.charge_rules import (
    LateInterestRule,
    LateRule,
)
from repayplan.rules import Finding
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

    from repayplan.overdue.components import Component

__all__ = ["ChargeProposal", "LateCharges"]


@attrs.frozen(repr=False)
class ChargeProposal(Value):
    """A late charge that a rule proposes.

    Attributes:
        rule: The rule.
        installment: The installment that is late, 0 for the up-front payment.
        amount: How much, above zero.
        on: The day on which it falls.
        explanation: How the amount comes about.
    """

    rule: LateRule
    installment: int
    amount: Money
    on: pendulum.Date
    explanation: Explanation

    def __repr__(self) -> str:
        """Give the id and the day: amounts are personal."""
        return f"<ChargeProposal {self.charge_id} of {self.on}>"

    @property
    def component(self) -> Component:
        """What the charge is."""
        return self.rule.component

    @property
    def charge_id(self) -> str:
        """The id of the charge if it is accepted: the rule and the installment, and of interest the day."""
        day = f":{self.on}" if isinstance(self.rule, LateInterestRule) else ""
        return f"{self.rule.name}:{self.installment}{day}"

    def to_charge(self, recorded_on: datetime.date | None = None) -> Charge:
        """Give the charge that accepts the proposal.

        Args:
            recorded_on: The day on which it is recorded; None is the day on which it falls.
        """
        recorded = None if recorded_on is None else check_date(recorded_on, "recorded_on")
        return Charge(self.charge_id, self.amount, self.installment, self.component, self.on, recorded)


@attrs.frozen(repr=False)
class LateCharges(Value):
    """What the rules say about late charges; made by :func:`repayplan.late_charges`.

    Attributes:
        due: Charges that are not recorded yet, by the day on which they fall.
        to_withdraw: Recorded charges of these rules that the facts do not justify, or no longer.
        findings: Whether all recorded charges are justified, and of each charge that does not arise, why.
    """

    due: tuple[ChargeProposal, ...]
    to_withdraw: tuple[Charge, ...]
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        """Give the counts: amounts are personal."""
        return f"<LateCharges: {len(self.due)} due, {len(self.to_withdraw)} to withdraw>"
