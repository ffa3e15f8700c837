"""Several debts of one client, and how one capacity is shared among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance, check_tuple
from repayplan.errors import DateError, TermsError
from repayplan.money import Money, check_currency
from repayplan.plan.debt import Debt
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.currency import Currency

__all__ = ["Debts", "FreedShare"]

DEBTS_MAX = 50


class FreedShare(Enumeration):
    """What becomes of a debt's share of capacity once that debt is repaid."""

    FLOWS = "flows"
    """It flows to the debts that are left, whose installments rise."""
    STAYS = "stays"
    """It stays with the client; the other installments stay level."""


def _to_debts(value: Sequence[Debt]) -> tuple[Debt, ...]:
    return check_tuple(value, Debt, "debts", maximum=DEBTS_MAX, error=TermsError)


@attrs.frozen(repr=False)
class Debts(Value):
    """Debts repaid from one capacity: priority debts first, the others in proportion to what is owed.

    Attributes:
        debts: 1 to 50 debts with different ids, stated on one day.
        minimum: The least installment for each creditor but the last one; None where there is none.
        freed: What becomes of a share once its debt is repaid.

    Raises:
        TermsError: There is no debt, one has no id or that of another, or the minimum is not above zero.
        DateError: The debts are stated on several days.
        MoneyError: The debts are in several currencies.
    """

    debts: tuple[Debt, ...] = attrs.field(converter=_to_debts)
    minimum: Money | None = None
    freed: FreedShare = FreedShare.FLOWS

    def __attrs_post_init__(self) -> None:
        """Check the debts against one another."""
        if not self.debts:
            raise TermsError("debts.empty", "debts", "expected at least one debt, got none")
        ids: set[str] = set()
        for index, debt in enumerate(self.debts):
            if not debt.id or debt.id in ids:
                message = "expected an id that no other debt has, so that each can be told apart"
                raise TermsError("debts.id", f"debts[{index}].id", message)
            ids.add(debt.id)
            check_currency(debt.principal, self.currency, f"debts[{index}]")
            if debt.as_of != self.as_of:
                message = f"expected balances on {self.as_of} like the first, got {debt.as_of}"
                raise DateError("debts.as_of", f"debts[{index}].as_of", message)
        check_instance(self.freed, FreedShare, "freed")
        if self.minimum is not None:
            check_currency(check_instance(self.minimum, Money, "minimum"), self.currency, "minimum")
            if self.minimum.minor_units <= 0:
                raise TermsError("debts.minimum", "minimum", f"expected above zero, got {self.minimum}")

    def __repr__(self) -> str:
        """Give the extent: balances are personal."""
        return f"<Debts: {len(self.debts)} in {self.currency} on {self.as_of}>"

    @property
    def currency(self) -> Currency:
        """The currency of every balance."""
        return self.debts[0].currency

    @property
    def as_of(self) -> pendulum.Date:
        """The day on which the balances stand."""
        return self.debts[0].as_of

    @property
    def total(self) -> Money:
        """All that is owed."""
        return Money.total((debt.total for debt in self.debts), self.currency)
