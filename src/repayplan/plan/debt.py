"""What is owed when a plan is made, by component."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_instance, check_text
from repayplan.errors import TermsError
from repayplan.money import Money, check_currency
from repayplan.overdue.fields import to_as_of
from repayplan.rates import Rate
from repayplan.schedule.carried import CARRIED, CarriedBalance, CarriedBalances, CarriedTreatments
from repayplan.values import Value

if TYPE_CHECKING:
    from repayplan.currency import Currency

__all__ = ["Debt"]


def _to_principal(value: Money) -> Money:
    return check_instance(value, Money, "principal")


def _nothing(debt: Debt) -> Money:
    return Money.zero(debt.principal.currency)


@attrs.frozen(kw_only=True, repr=False)
class Debt(Value):
    """The balances owed on a day.

    Attributes:
        principal: What bears interest, above zero.
        interest: Interest owed; it bears no interest unless it is capitalized.
        fees: Fees owed.
        penalties: Penalties owed.
        rate: The rate of the contract.
        as_of: The day on which the balances stand; interest runs from it.
        id: The contract's id, by which several debts are told apart; empty where there is one alone.
        priority: Whether it comes before other debts, since not paying it may cost a home, heat or freedom.

    Raises:
        TermsError: The principal is not above zero, another balance is negative, or the id is no plain text.
        MoneyError: The balances are not all in one currency.
    """

    principal: Money = attrs.field(converter=_to_principal)
    interest: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))
    fees: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))
    penalties: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))
    rate: Rate
    as_of: pendulum.Date = attrs.field(converter=to_as_of)
    id: str = ""
    priority: bool = False

    def __attrs_post_init__(self) -> None:
        """Check the balances."""
        if self.principal.minor_units <= 0:
            raise TermsError("debt.principal", "principal", f"expected above zero, got {self.principal}")
        check_instance(self.rate, Rate, "rate")
        if check_instance(self.id, str, "id"):
            check_text(self.id, "id", error=TermsError)
        check_instance(self.priority, bool, "priority")
        for component in CARRIED:
            balance = check_instance(getattr(self, component), Money, component)
            check_currency(balance, self.currency, component)
            if balance.minor_units < 0:
                raise TermsError("debt.balance", component, f"expected zero or more, got {balance}")

    def __repr__(self) -> str:
        """Give the day and the currency: balances are personal."""
        return f"<Debt in {self.currency} on {self.as_of}>"

    @property
    def currency(self) -> Currency:
        """The currency of every balance."""
        return self.principal.currency

    @property
    def total(self) -> Money:
        """All that is owed."""
        return self.principal + self.interest + self.fees + self.penalties

    def carried(self, treatments: CarriedTreatments) -> CarriedBalances:
        """Give the balances that are not principal, each with where it goes."""
        balances = {
            component: CarriedBalance(getattr(self, component), getattr(treatments, component))
            for component in CARRIED
            if getattr(self, component)
        }
        return CarriedBalances(**balances)
