"""The rules by which a surplus becomes capacity."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import attrs

from repayplan.affordability.categories import Category
from repayplan.affordability.household import Household, HouseholdAmounts, HouseholdTable, PersonAmounts
from repayplan.checks import check_instance
from repayplan.errors import PolicyError, shown
from repayplan.money import Money
from repayplan.rules import Citation, Comparison, Force, Limit
from repayplan.values import Value

__all__ = ["ESSENTIALS", "AffordabilityRules"]

ESSENTIALS: Final = Limit(
    frozenset({Category.HOUSING, Category.UTILITIES, Category.FOOD}),
    Citation(
        title="repayplan house default",
        force=Force.HOUSE,
        applies_to="categories of expense that nearly every household has",
    ),
    comparison=Comparison.AT_LEAST,
    unit="categories",
)
"""The expenses without which a budget is provisional, unless the rules name others."""


@attrs.frozen(kw_only=True)
class AffordabilityRules(Value):
    """What stays with the client. Contingency and protected minimum must be stated: nothing is the default.

    Attributes:
        contingency: The share of a positive surplus that is left for the unforeseen, 0 to 1.
        contingency_cap: The most that the contingency may be in a month; None where there is no cap.
        protected_minimum: What is left in every month besides, one amount or by household, in the currency of
            the budget.
        surplus_share: The most that may be asked, as a share of the surplus; None is all that the other rules
            leave.
        unverified_haircut: The share that is taken off an income for which there is the client's word alone;
            None is nothing.
        capacity_step: What capacity is rounded down to a multiple of, such as 50 yuan; None: minor units.
        essentials: Categories of expense of which a budget must state each, or is provisional.

    Raises:
        PolicyError: A share is outside 0 to 1, or an amount is negative.
        InputTypeError: A field is not a limit of the right kind.
    """

    contingency: Limit[Fraction]
    contingency_cap: Limit[Money] | None = None
    protected_minimum: Limit[Money] | Limit[HouseholdAmounts] | Limit[PersonAmounts]
    surplus_share: Limit[Fraction] | None = None
    unverified_haircut: Limit[Fraction] | None = None
    capacity_step: Limit[Money] | None = None
    essentials: Limit[frozenset[Category]] = ESSENTIALS

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        _check_share(self.contingency, "contingency")
        check_instance(self.protected_minimum, Limit, "protected_minimum")
        if not isinstance(self.protected_minimum.value, HouseholdTable):
            _check_amount(self.protected_minimum, "protected_minimum")
        for field in ("surplus_share", "unverified_haircut"):
            if getattr(self, field) is not None:
                _check_share(getattr(self, field), field)
        for field in ("contingency_cap", "capacity_step"):
            if getattr(self, field) is not None:
                _check_amount(getattr(self, field), field)
        if self.capacity_step is not None and not self.capacity_step.value:
            raise PolicyError("rules.amount", "capacity_step", "expected a step above zero, got zero")
        check_instance(self.essentials, Limit, "essentials")
        for category in check_instance(self.essentials.value, frozenset, "essentials"):
            check_instance(category, Category, "essentials")

    def minimum_of(self, household: Household) -> Money:
        """Give the protected minimum of a household.

        Raises:
            BudgetError: The minimum goes by household, and the table does not know this one.
        """
        minimum = self.protected_minimum.value
        return minimum.of(household) if isinstance(minimum, HouseholdTable) else minimum


def _check_share(limit: Limit[Fraction], field: str) -> None:
    check_instance(limit, Limit, field)
    share = check_instance(limit.value, Fraction, field)
    if not 0 <= share <= 1:
        raise PolicyError("rules.share", field, f"expected a share from 0 to 1, got {shown(share)}")


def _check_amount(limit: Limit[Any], field: str) -> None:
    check_instance(limit, Limit, field)
    if check_instance(limit.value, Money, field).minor_units < 0:
        raise PolicyError("rules.amount", field, f"expected zero or more, got {limit.value}")
