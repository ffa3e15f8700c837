"""Several balances of one account, and which of them a payment beyond the minimum pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance, check_text, check_tuple
from repayplan.errors import PaymentError, UnknownKeyError, shown
from repayplan.money import Money, check_currency, money_of
from repayplan.rates import Rate
from repayplan.rules import Citation, Evidence, Force
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["BALANCES_MAX", "US_EXCESS", "Balance", "ExcessAllocation", "allocate_excess"]

BALANCES_MAX: Final = 1_000
"""The most balances of one account."""

US_EXCESS: Final = Citation(
    title="12 CFR Part 1026 (Regulation Z)",
    article="§ 1026.53(a)",
    evidence=Evidence.PRIMARY,
    force=Force.LAW,
    applies_to="credit cards under open-end plans in the United States: what exceeds the required minimum",
)
"""The highest annual rate first, then the others in descending order."""


@attrs.frozen(repr=False)
class Balance(Value):
    """One balance of an account, such as purchases or a transfer.

    Attributes:
        id: What tells it from the other balances of the account.
        amount: What is owed of it, zero or more.
        rate: The rate that it bears on the day that the bank allocates by: that of the end of the last cycle
            or of the credit (comment 53-2).
        disputed: How much of it the client disputes, which other amounts come before; None is nothing.

    Raises:
        PaymentError: An amount is negative, more is disputed than is owed, or the id is not one line of text.
        MoneyError: The amounts are in two currencies.
    """

    id: str
    amount: Money
    rate: Rate
    disputed: Money | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.id, "id", error=PaymentError)
        check_instance(self.amount, Money, "amount")
        check_instance(self.rate, Rate, "rate")
        if self.amount.minor_units < 0:
            raise PaymentError("balance.amount", "amount", f"expected zero or more, got {self.amount}")
        if self.disputed is not None:
            check_instance(self.disputed, Money, "disputed")
            check_currency(self.disputed, self.amount.currency, "disputed")
            if not 0 <= self.disputed.minor_units <= self.amount.minor_units:
                message = f"expected zero to {self.amount}, got {self.disputed}"
                raise PaymentError("balance.disputed", "disputed", message)

    def __repr__(self) -> str:
        """Give the id: what is owed is personal."""
        return f"<Balance {self.id}>"

    @property
    def undisputed(self) -> Money:
        """What is owed of it and not disputed."""
        return self.amount if self.disputed is None else self.amount - self.disputed


@attrs.frozen(repr=False)
class ExcessAllocation(Value):
    """Which balances a payment beyond the minimum pays; made by :func:`repayplan.allocate_excess`.

    Attributes:
        balances: The balances, in the order in which they were given.
        paid: What each of them gets, in the same order.
        remainder: What nothing takes, since no more is owed.

    Raises:
        PaymentError: There is not one amount for each balance.
    """

    balances: tuple[Balance, ...]
    paid: tuple[Money, ...]
    remainder: Money

    def __attrs_post_init__(self) -> None:
        """Check that each balance has its amount."""
        if len(self.paid) != len(self.balances):
            message = f"expected an amount for each of {len(self.balances)} balances, got {len(self.paid)}"
            raise PaymentError("balance.count", "paid", message)

    def __repr__(self) -> str:
        """Give the count: amounts are personal."""
        return f"<ExcessAllocation over {len(self.balances)} balances>"

    def __getitem__(self, identity: str) -> Money:
        """Give what the balance with an id gets.

        Raises:
            UnknownKeyError: No balance has the id.
        """
        paid = self.by_id.get(identity)
        if paid is None:
            message = f"expected the id of one of the {len(self.balances)} balances, got {shown(identity)}"
            raise UnknownKeyError("balance.unknown", "id", message)
        return paid

    @property
    def by_id(self) -> dict[str, Money]:
        """What each balance gets, by its id."""
        return {balance.id: paid for balance, paid in zip(self.balances, self.paid, strict=True)}


def allocate_excess(
    excess: Money, balances: Sequence[Balance], designated: str | None = None
) -> ExcessAllocation:
    """Allocate what a payment exceeds the required minimum by to the balances, the highest rate first.

    Balances of one rate are paid in the order in which they are given, for which the law leaves a choice
    (comment 53-5.iv). Disputed amounts come after all that is not disputed (comment 53-3). Nothing is lost:
    what the balances get and the remainder add up to the excess.

    Args:
        excess: The amount beyond the required minimum, zero or more.
        balances: The balances, in the order for those of one rate.
        designated: The balance that the client named to be paid first, where the law lets the client choose
            (Code of Banking Practice of Hong Kong, 46.12; Civil Code of China, article 560); what the client
            disputes of it is paid first too. None names none: Regulation Z, § 1026.53(a).

    Raises:
        PaymentError: The excess is negative, two balances have one id, or none has the designated one.
        MoneyError: The amounts are in several currencies.
    """
    every = _checked(check_instance(excess, Money, "excess"), balances)
    if designated is not None and designated not in {balance.id for balance in every}:
        raise PaymentError("balance.designated", "designated", "expected the id of one of the balances")
    left, paid = excess.minor_units, [0] * len(every)
    for place, units in _queue(every, designated):
        part = min(left, units)
        paid[place] += part
        left -= part
    currency = excess.currency
    return ExcessAllocation(
        every, tuple(money_of(units, currency) for units in paid), money_of(left, currency)
    )


def _checked(excess: Money, balances: Sequence[Balance]) -> tuple[Balance, ...]:
    if excess.minor_units < 0:
        raise PaymentError("balance.excess", "excess", f"expected zero or more, got {excess}")
    every = check_tuple(balances, Balance, "balances", maximum=BALANCES_MAX, error=PaymentError)
    seen: set[str] = set()
    for place, balance in enumerate(every):
        if balance.id in seen:
            message = f"expected each balance once, got the id of balances[{place}] again"
            raise PaymentError("balance.duplicate", f"balances[{place}].id", message, {"id": balance.id})
        seen.add(balance.id)
        check_currency(balance.amount, excess.currency, f"balances[{place}].amount")
    return every


def _queue(balances: Sequence[Balance], designated: str | None) -> Iterable[tuple[int, int]]:
    """Give places and minor units in the order of payment."""
    named = [place for place, balance in enumerate(balances) if balance.id == designated]
    others = [place for place, balance in enumerate(balances) if balance.id != designated]
    ranked = sorted(others, key=lambda place: -balances[place].rate.per_year)  # stable: ties as given
    for place in named:
        yield place, balances[place].amount.minor_units
    for place in ranked:
        yield place, balances[place].undisputed.minor_units
    for place in ranked:
        yield place, (balances[place].amount - balances[place].undisputed).minor_units
