"""Balances owed at the start that bear no interest, and where the plan puts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance
from repayplan.errors import TermsError
from repayplan.money import Money
from repayplan.rounding import share_evenly
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.currency import Currency

__all__ = ["CARRIED", "CarriedBalance", "CarriedBalances", "CarriedTreatment", "CarriedTreatments"]

CARRIED = ("interest", "fees", "penalties")
"""The components that may be owed at the start besides principal."""


class CarriedTreatment(Enumeration):
    """Where a carried balance goes."""

    FIRST = "first"
    """All of it with the first installment."""
    SPREAD = "spread"
    """Equal parts over all installments, the earlier ones larger by one minor unit."""
    CAPITALIZE = "capitalize"
    """Into the principal, where the rules allow it; from then on it bears interest."""
    WAIVE = "waive"
    """Not asked for; recorded as waived."""

    def parts(self, minor_units: int, count: int) -> tuple[int, ...]:
        """Give the part that falls on each of ``count`` installments."""
        match self:
            case CarriedTreatment.FIRST:
                return (minor_units, *(0,) * (count - 1))
            case CarriedTreatment.SPREAD:
                return share_evenly(minor_units, count)
            case _:
                return (0,) * count


_ASKED_FOR = (CarriedTreatment.FIRST, CarriedTreatment.SPREAD)


@attrs.frozen
class CarriedBalance(Value):
    """One carried balance and its treatment.

    Attributes:
        amount: What is owed.
        treatment: Where it goes.

    Raises:
        TermsError: The amount is negative.
    """

    amount: Money
    treatment: CarriedTreatment

    def __attrs_post_init__(self) -> None:
        """Check both fields."""
        check_instance(self.amount, Money, "amount")
        check_instance(self.treatment, CarriedTreatment, "treatment")
        if self.amount.minor_units < 0:
            raise TermsError("carried.negative", "amount", f"expected zero or more, got {self.amount}")


@attrs.frozen
class CarriedBalances(Value):
    """What is owed at the start besides principal, each with its treatment; None where nothing is.

    Attributes:
        interest: Interest.
        fees: Fees.
        penalties: Penalties.
    """

    interest: CarriedBalance | None = None
    fees: CarriedBalance | None = None
    penalties: CarriedBalance | None = None

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        for field, balance in self:
            check_instance(balance, CarriedBalance, field)

    def __iter__(self) -> Iterator[tuple[str, CarriedBalance]]:
        """Give the component and its balance, of those that there are."""
        for field in CARRIED:
            balance = getattr(self, field)
            if balance is not None:
                yield field, balance

    def parts(self, component: str, count: int) -> tuple[int, ...]:
        """Give the part of ``component`` that falls on each of ``count`` installments, in minor units."""
        balance: CarriedBalance | None = getattr(self, component)
        return (0,) * count if balance is None else balance.treatment.parts(balance.amount.minor_units, count)

    @property
    def asked_for(self) -> int:
        """What the installments ask for besides principal and their own interest, in minor units."""
        return sum(balance.amount.minor_units for _, balance in self if balance.treatment in _ASKED_FOR)

    @property
    def treatments(self) -> CarriedTreatments:
        """Where each component goes; what is not owed is said to be spread."""
        return CarriedTreatments(**{component: balance.treatment for component, balance in self})

    def treated(self, treatment: CarriedTreatment, currency: Currency) -> Money:
        """Sum the balances with one treatment, such as all that is capitalized."""
        return Money.total(
            (balance.amount for _, balance in self if balance.treatment is treatment), currency
        )


@attrs.frozen(kw_only=True)
class CarriedTreatments(Value):
    """Where each component goes, whatever its amount.

    Attributes:
        interest: Where interest goes.
        fees: Where fees go.
        penalties: Where penalties go.
    """

    interest: CarriedTreatment = CarriedTreatment.SPREAD
    fees: CarriedTreatment = CarriedTreatment.SPREAD
    penalties: CarriedTreatment = CarriedTreatment.SPREAD

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        for component in CARRIED:
            check_instance(getattr(self, component), CarriedTreatment, component)
