"""What an offer costs the bank against the contract; for the bank alone, never for the client."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance
from repayplan.money import Money
from repayplan.plan.offer import Offer
from repayplan.rules import Finding, Limit
from repayplan.schedule.cost import present_value, present_value_change
from repayplan.values import Value

if TYPE_CHECKING:
    from repayplan.rates import Rate
    from repayplan.schedule.apr import AnnualPercentageRate
    from repayplan.schedule.schedule import Schedule

__all__ = ["BankCost", "bank_cost"]


@attrs.frozen(repr=False)
class BankCost(Value):
    """What the bank goes without.

    Attributes:
        contract_value: The present value of what the contract still asks for.
        offer_value: The present value of what the offer asks for.
        loss_share: What is lost of the contract's value, exactly; below zero where the offer is worth more.
        waived: Interest, fees and penalties owed so far that the offer does not ask for.
        forgiven: Principal that the offer does not ask for.
        finding: The loss held against the caller's threshold; None if there is none.
    """

    contract_value: Money
    offer_value: Money
    loss_share: Fraction
    waived: Money
    forgiven: Money
    finding: Finding | None = None

    @property
    def loss(self) -> Money:
        """What is lost of the contract's present value."""
        return self.contract_value - self.offer_value

    def __repr__(self) -> str:
        """Give the type alone: amounts are personal."""
        return f"<{type(self).__name__}>"


def bank_cost(
    offer: Offer,
    contract: Schedule,
    rate: Rate | AnnualPercentageRate,
    *,
    threshold: Limit[Fraction] | None = None,
) -> BankCost:
    """Value an offer against what the contract still asks for, on the day of the debt.

    With the contract's effective rate this is the test for a diminished financial obligation of the
    guidelines EBA/GL/2016/07, paragraphs 49 to 51; the threshold is the caller's (theirs is at most 1 %).

    Args:
        offer: What is offered.
        contract: What the contract asks for from the day of the debt on, overdue amounts included.
        rate: The effective yearly rate at which both are valued.
        threshold: How much of the contract's value may be lost.

    Raises:
        TermsError: Nothing of the contract is due on the day of the debt or later.
        MoneyError: The two are in different currencies.
        RateError: The rate is not an effective yearly one.
    """
    check_instance(offer, Offer, "offer")
    if threshold is not None:
        check_instance(threshold, Limit, "threshold")
        check_instance(threshold.value, Fraction, "threshold")
    day = offer.debt.as_of
    share = present_value_change(contract, offer.schedule, rate, on=day)
    return BankCost(
        contract_value=present_value(contract, rate, on=day),
        offer_value=present_value(offer.schedule, rate, on=day),
        loss_share=share,
        waived=offer.schedule.waived,
        forgiven=offer.debt.principal - offer.terms.principal,
        finding=None if threshold is None else Finding.against("diminished_obligation", share, threshold),
    )
