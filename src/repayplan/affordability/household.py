"""Who lives on a budget, and amounts that go by who lives there."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_count, check_instance, check_tuple
from repayplan.errors import BudgetError
from repayplan.money import Money, check_currency
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.currency import Currency

__all__ = ["PERSONS_MAX", "Household", "HouseholdAmounts", "HouseholdTable", "PersonAmounts"]

PERSONS_MAX: Final = 50
"""The most adults, and the most children, of one household."""


@attrs.frozen(repr=False)
class Household(Value):
    """Who lives on the budget.

    Attributes:
        adults: 1 to 50.
        children: 0 to 50.
    """

    adults: int
    children: int = 0

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        check_count(self.adults, "adults", minimum=1, maximum=PERSONS_MAX, error=BudgetError)
        check_count(self.children, "children", minimum=0, maximum=PERSONS_MAX, error=BudgetError)

    def __repr__(self) -> str:
        """Give the type alone: who lives together is personal."""
        return "<Household>"


@attrs.frozen
class HouseholdTable(Value, abc.ABC):
    """Amounts that go by who lives in a household."""

    @property
    @abc.abstractmethod
    def named_amounts(self) -> Sequence[tuple[str, Money]]:
        """Every amount of the table after its field."""

    @abc.abstractmethod
    def of(self, household: Household) -> Money:
        """Give the amount of a household.

        Raises:
            BudgetError: The table has no figure for it.
        """

    def __attrs_post_init__(self) -> None:
        """Check the amounts."""
        if not self.named_amounts:
            raise BudgetError("household.amounts", "amounts", "expected at least one amount, got none")
        for field, amount in self.named_amounts:
            check_currency(check_instance(amount, Money, field), self.currency, field)
            if amount.minor_units < 0:
                raise BudgetError("household.amounts", field, f"expected zero or more, got {amount}")

    @property
    def currency(self) -> Currency:
        """The currency of all amounts."""
        return self.named_amounts[0][1].currency


def _to_amounts(value: Sequence[Money]) -> tuple[Money, ...]:
    return check_tuple(value, Money, "amounts", maximum=PERSONS_MAX, error=BudgetError)


@attrs.frozen
class HouseholdAmounts(HouseholdTable):
    """So much for one adult, for two and so on, and so much for each child.

    Attributes:
        by_adults: The amount for a household of one adult, of two, and so on, each zero or more.
        each_child: What each child adds; None where the table knows no households with children.
        each_further_adult: What each adult beyond the list adds; None where the table ends there.

    Raises:
        BudgetError: There is no amount, or one is negative.
        MoneyError: The amounts are in several currencies.
    """

    by_adults: tuple[Money, ...] = attrs.field(converter=_to_amounts)
    each_child: Money | None = None
    each_further_adult: Money | None = None

    @property
    def named_amounts(self) -> Sequence[tuple[str, Money]]:
        """Every amount of the table after its field."""
        added = [("each_child", self.each_child), ("each_further_adult", self.each_further_adult)]
        listed = [(f"by_adults[{index}]", amount) for index, amount in enumerate(self.by_adults)]
        return listed + [(field, amount) for field, amount in added if amount is not None] if listed else []

    def of(self, household: Household) -> Money:
        """Give the amount of a household.

        Raises:
            BudgetError: The table has no figure for so many adults, or for children.
        """
        amount = _counted(self.by_adults, self.each_further_adult, household.adults, "adults")
        if not household.children:
            return amount
        if self.each_child is None:
            raise _not_in_table("households without children")
        return amount + self.each_child * household.children


@attrs.frozen
class PersonAmounts(HouseholdTable):
    """So much for one person, for two and so on, whatever their age.

    Attributes:
        by_persons: The amount for a household of one person, of two, and so on, each zero or more.
        each_further_person: What each person beyond the list adds; None where the table ends there.

    Raises:
        BudgetError: There is no amount, or one is negative.
        MoneyError: The amounts are in several currencies.
    """

    by_persons: tuple[Money, ...] = attrs.field(converter=_to_amounts)
    each_further_person: Money | None = None

    @property
    def named_amounts(self) -> Sequence[tuple[str, Money]]:
        """Every amount of the table after its field."""
        listed = [(f"by_persons[{index}]", amount) for index, amount in enumerate(self.by_persons)]
        further = self.each_further_person
        return listed if further is None or not listed else [*listed, ("each_further_person", further)]

    def of(self, household: Household) -> Money:
        """Give the amount of a household.

        Raises:
            BudgetError: The table has no figure for so many persons.
        """
        persons = household.adults + household.children
        return _counted(self.by_persons, self.each_further_person, persons, "persons")


def _counted(listed: Sequence[Money], further: Money | None, count: int, who: str) -> Money:
    if count <= len(listed):
        return listed[count - 1]
    if further is None:
        raise _not_in_table(f"households of at most {len(listed)} {who}")
    return listed[-1] + further * (count - len(listed))


def _not_in_table(known: str) -> BudgetError:
    message = f"expected one of the {known} that the table knows; use a table for this household"
    return BudgetError("household.not_in_table", "household", message)
