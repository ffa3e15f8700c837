"""Sharing one amount among creditors, in proportion to what each is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar, overload

from repayplan.checks import check_instance
from repayplan.errors import InputTypeError, TermsError, shown
from repayplan.money import Money, check_currency
from repayplan.plan.debt import Debt
from repayplan.rounding import share_out

__all__ = ["DEBTS_MAX", "pro_rata", "shares"]

DEBTS_MAX = 1_000
"""The most debts among which an amount is shared."""

K = TypeVar("K")


@overload
def pro_rata(
    amount: Money, debts: Mapping[K, Money | Debt], *, minimum: Money | None = None
) -> dict[K, Money]: ...
@overload
def pro_rata(
    amount: Money, debts: Sequence[Money | Debt], *, minimum: Money | None = None
) -> tuple[Money, ...]: ...
def pro_rata(
    amount: Money,
    debts: Mapping[K, Money | Debt] | Sequence[Money | Debt],
    *,
    minimum: Money | None = None,
) -> dict[K, Money] | tuple[Money, ...]:
    """Share an amount among debts in proportion to what is owed on each, exact to the minor unit.

    The parts add up to the amount, or to all that is owed if that is less: largest remainder (Hamilton's
    method), ties to the earlier debt. No creditor gets more than is owed. With a least payment, a creditor
    whose part would be smaller gets the least payment (or all that is owed, if that is less), and the others
    share what is left in proportion.

    Args:
        amount: What there is to share, above zero.
        debts: Balances, or debts that count with all that is owed on them; by name or in order. Each is above
            zero.
        minimum: The least payment for each creditor; None where there is none.

    Returns:
        The parts, by the same names or in the same order.

    Raises:
        TermsError: There is no debt, more than 1,000, one of nothing or less, or the amount does not reach
            for the least payments; the error says what would.
        MoneyError: The amounts are in several currencies.
        InputTypeError: Something has the wrong type.
    """
    check_instance(amount, Money, "amount")
    if amount.minor_units <= 0:
        raise TermsError("pro_rata.amount", "amount", f"expected an amount above zero, got {amount}")
    if isinstance(debts, Mapping):
        parts = _parts(amount, list(debts.values()), minimum)
        return dict(zip(debts, parts, strict=True))
    if isinstance(debts, (list, tuple)):
        return _parts(amount, debts, minimum)
    message = f"expected a mapping, a list or a tuple of Money or Debt, got {shown(debts)}"
    raise InputTypeError("type.wrong", "debts", message)


def _parts(amount: Money, debts: Sequence[Money | Debt], minimum: Money | None) -> tuple[Money, ...]:
    if not 1 <= len(debts) <= DEBTS_MAX:
        message = f"expected 1 to {DEBTS_MAX} debts, got {len(debts)}"
        raise TermsError("pro_rata.debts", "debts", message, {"maximum": DEBTS_MAX})
    balances = [_balance(debt, amount, f"debts[{index}]") for index, debt in enumerate(debts)]
    least = 0 if minimum is None else _minor_units(minimum, amount, "minimum")
    needed = sum(min(least, balance) for balance in balances)
    if needed > amount.minor_units:
        reach = Money.from_minor_units(needed, amount.currency)
        message = f"expected at least {reach} for the least payments of {len(balances)} debts, got {amount}"
        raise TermsError("pro_rata.minimum", "amount", message, {"least": reach})
    units = shares(amount.minor_units, balances, least)
    return tuple(Money.from_minor_units(unit, amount.currency) for unit in units)


def _balance(debt: Money | Debt, amount: Money, field: str) -> int:
    return _minor_units(debt.total if isinstance(debt, Debt) else debt, amount, field)


def _minor_units(money: Money, amount: Money, field: str) -> int:
    check_currency(check_instance(money, Money, field), amount.currency, field)
    if money.minor_units <= 0:
        raise TermsError("pro_rata.balance", field, f"expected an amount above zero, got {money}")
    return money.minor_units


def shares(amount: int, balances: Sequence[int], least: int) -> list[int]:
    """Share ``amount`` in proportion to ``balances``, all in minor units; no part below ``least``.

    Balances are above zero, and the amount reaches for the least payments. Giving the least payment to one
    creditor leaves less for each of the others, so who is once below it stays below it, and the order in
    which they are found does not matter. Of proportional parts none is above its balance while the amount is
    not above their sum, which raising small parts does not change.
    """
    amount = min(amount, sum(balances))
    fixed: dict[int, int] = {}
    while True:
        open_ = [index for index in range(len(balances)) if index not in fixed]
        left, owed = amount - sum(fixed.values()), sum(balances[index] for index in open_)
        # Compared exactly, before anything is rounded: left * balance / owed < floor.
        small = [index for index in open_ if left * balances[index] < min(least, balances[index]) * owed]
        if not small:
            break
        fixed |= {index: min(least, balances[index]) for index in small}
    parts = share_out(left, [balances[index] for index in open_]) if open_ else []
    by_index = fixed | dict(zip(open_, parts, strict=True))
    return [by_index[index] for index in range(len(balances))]
