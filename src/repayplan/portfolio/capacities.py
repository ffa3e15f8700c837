"""Capacity of many households, each budget being one income, one line of expenses and one of commitments."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

import attrs
import numpy as np

from repayplan.affordability.assessment import assess
from repayplan.affordability.budget import Budget
from repayplan.affordability.household import PERSONS_MAX, Household
from repayplan.affordability.lines import Commitment, Expense, Income
from repayplan.currency import is_standard
from repayplan.errors import BudgetError, RepayPlanError
from repayplan.portfolio.columns import Int64s, Mask

if TYPE_CHECKING:
    from collections.abc import Callable

    import pendulum

    from repayplan.affordability.rules import AffordabilityRules
    from repayplan.money import Money
    from repayplan.portfolio.accounts import Account
    from repayplan.portfolio.columns import Columns
    from repayplan.rules import Limit

__all__ = ["Capacities", "capacities_of", "capacity_of", "have_sound_budgets", "household_of"]

L = TypeVar("L", Income, Expense, Commitment)

_SCALE_MAX: Final = 2**12
_AMOUNT_MAX: Final = 2**46
"""Three amounts times three scales stay within 64 bits."""


def capacity_of(account: Account, rules: AffordabilityRules) -> Money:
    """Give what may be asked of one household in a month, as the scalar path says it.

    Raises:
        RepayPlanError: The budget is none, or the rules have no figure for it.
    """
    budget, as_of = household_of(account)
    return assess(budget, rules=rules, as_of=as_of).capacity.monthly


def household_of(account: Account) -> tuple[Budget, pendulum.Date]:
    """Give the budget of one household, and the day on which it is assessed.

    Raises:
        RepayPlanError: The budget is none.
    """
    commitments, currency = account.money("commitments"), account.currency
    adults, children = account.number("adults"), account.number("children")
    budget = Budget(
        currency=currency,
        household=Household(1 if adults is None else adults, children or 0),
        incomes=(_line(Income, "income", account.required_money("income")),),
        expenses=(_line(Expense, "expenses", account.required_money("expenses")),),
        commitments=() if commitments is None else (_line(Commitment, "commitments", commitments),),
    )
    return budget, account.required_date("starts_on")


def _line(make: Callable[[str, Money], L], column: str, amount: Money) -> L:
    try:
        return make(column, amount)
    except BudgetError as error:  # which calls it amount: here it is one of three columns
        raise BudgetError(error.code, column, error.message, error.data) from None


@attrs.frozen(eq=False)
class Capacities:
    """What may be asked of each household in a month, and for which of them columns say so."""

    units: Int64s
    columnar: Mask


def capacities_of(columns: Columns, rules: AffordabilityRules) -> Capacities:
    """Give the capacity of each household: all shares over one denominator, rounded down once."""
    taken, kept = _share(rules.unverified_haircut, Fraction(0)), rules.contingency.value
    most = _share(rules.surplus_share, Fraction(1))
    scale = taken.denominator * kept.denominator * most.denominator
    cap, step = _units(rules.contingency_cap, _AMOUNT_MAX), _units(rules.capacity_step, 1)
    minimum, columnar = _minimums(columns, rules)
    columnar &= _are_plain(columns) & _has_currency(columns, rules)
    if scale > _SCALE_MAX or step > _AMOUNT_MAX:
        columnar &= False
        scale = 1
    income, out = columns.numbers("income").values, columns.numbers("expenses").values
    out = out + columns.numbers("commitments").values
    income, out, minimum = (np.where(columnar, values, 0) for values in (income, out, minimum))
    # the surplus over the denominator of what is taken off the income, and then over all three
    surplus = income * (taken.denominator - taken.numerator) - out * taken.denominator
    positive = np.maximum(surplus, 0)
    contingency = positive * (kept.numerator * most.denominator)
    left = surplus * (kept.denominator * most.denominator) - minimum * scale
    left -= np.minimum(contingency, min(cap, _AMOUNT_MAX) * scale)
    asked = positive * (most.numerator * kept.denominator)
    left = np.where(surplus > 0, np.minimum(left, asked), left)
    return Capacities(np.maximum(left // (scale * step), 0) * step, columnar)


def _share(limit: Limit[Fraction] | None, default: Fraction) -> Fraction:
    return default if limit is None else limit.value


def _units(limit: Limit[Money] | None, default: int) -> int:
    return default if limit is None else limit.value.minor_units


def _minimums(columns: Columns, rules: AffordabilityRules) -> tuple[Int64s, Mask]:
    """Give what is left with each household, and for which of them there is a figure."""
    adults, children, known = _persons(columns)
    codes = np.where(known, adults * (PERSONS_MAX + 1) + children, 0)
    different, places = np.unique(codes, return_inverse=True)
    units = np.array([_minimum(rules, *divmod(code, PERSONS_MAX + 1)) for code in different.tolist()] or [0])
    found = units[places] if len(places) else np.zeros(0, dtype=np.int64)
    return found, known & (found >= 0)


def _persons(columns: Columns) -> tuple[Int64s, Int64s, Mask]:
    """Give the adults and the children of each household, and which of them are one."""
    adults, children = columns.numbers("adults").or_else(1), columns.numbers("children").values
    known = (adults >= 1) & (adults <= PERSONS_MAX) & (children >= 0) & (children <= PERSONS_MAX)
    return adults, children, known


def have_sound_budgets(columns: Columns) -> Mask:
    """Tell which rows have a budget, their currency and their day apart; False leaves it open."""
    return _are_plain(columns) & _persons(columns)[2]


def _minimum(rules: AffordabilityRules, adults: int, children: int) -> int:
    """Give the protected minimum; -1 where it is for the scalar route."""
    try:
        units = rules.minimum_of(Household(adults, children)).minor_units
    except RepayPlanError:
        return -1
    return units if units <= _AMOUNT_MAX else -1


def _are_plain(columns: Columns) -> Mask:
    """Tell which budgets have all amounts, none of them negative or beyond bounds."""
    plain = columns.numbers("income").valid & columns.numbers("expenses").valid
    for name in ("income", "expenses", "commitments"):
        values = columns.numbers(name).values
        plain &= (values >= 0) & (values <= _AMOUNT_MAX)
    return plain


def _has_currency(columns: Columns, rules: AffordabilityRules) -> Mask:
    """Tell which accounts are in the currency of the rules' amounts, which have the places of ISO 4217."""
    minimum = rules.protected_minimum.value
    amounts = [limit.value for limit in (rules.contingency_cap, rules.capacity_step) if limit is not None]
    currencies = {amount.currency for amount in amounts} | {minimum.currency}
    if len(currencies) > 1 or not all(map(is_standard, currencies)):
        return np.zeros(len(columns), dtype=np.bool_)
    has: Mask = columns.texts("currency").translated({currencies.pop().code: 1}, 0) == 1
    return has
