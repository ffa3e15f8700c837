"""The budget: who lives in the household, what comes in and what goes out."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_count, check_instance, check_text, check_tuple
from repayplan.currency import Currency
from repayplan.errors import BudgetError
from repayplan.frequencies import Frequency, check_frequency
from repayplan.money import Money, check_currency
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

__all__ = ["Budget", "Category", "Expense", "Household", "Income"]

PERSONS_MAX: Final = 50
LINES_MAX: Final = 500
"""The most incomes, and the most expenses, of one budget."""


class Category(enum.Enum):
    """What an expense is for; the groups of the standard financial statement, with short names."""

    HOUSING = "housing"
    UTILITIES = "utilities"
    TRANSPORT = "transport"
    HEALTH = "health"
    SCHOOL = "school"
    INSURANCE = "insurance"
    PROFESSIONAL = "professional"
    OTHER_ESSENTIAL = "other_essential"
    COMMUNICATIONS = "communications"
    FOOD = "food"
    PERSONAL = "personal"
    SAVINGS = "savings"


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


@attrs.frozen(repr=False)
class BudgetLine(Value):
    """What incomes and expenses have in common.

    Attributes:
        name: What it is, in the client's words.
        amount: How much each time, zero or more.
        frequency: How often.
    """

    name: str
    amount: Money
    frequency: Frequency = Frequency.MONTHLY

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.name, "name", error=BudgetError)
        check_instance(self.amount, Money, "amount")
        check_frequency(self.frequency)
        if self.amount.minor_units < 0:
            message = f"expected zero or more, got {self.amount}; an income is not a negative expense"
            raise BudgetError("budget.negative", "amount", message)

    def __repr__(self) -> str:
        """Give the type alone: names and amounts are personal."""
        return f"<{type(self).__name__}>"

    @property
    def monthly(self) -> Fraction:
        """The amount in a month, exactly: weekly x 52/12 and so on."""
        return self.amount.exact * self.frequency.periods_per_month


@attrs.frozen(repr=False)
class Income(BudgetLine):
    """Money that comes in regularly.

    Raises:
        BudgetError: The name is not one line of plain text, or the amount is negative.
    """


@attrs.frozen(repr=False)
class Expense(BudgetLine):
    """Money that goes out regularly.

    Attributes:
        category: What it is for.

    Raises:
        BudgetError: The name is not one line of plain text, or the amount is negative.
    """

    category: Category = Category.OTHER_ESSENTIAL

    def __attrs_post_init__(self) -> None:
        """Check the category too."""
        super().__attrs_post_init__()
        check_instance(self.category, Category, "category")


def _to_incomes(value: Sequence[Income]) -> tuple[Income, ...]:
    return check_tuple(value, Income, "incomes", maximum=LINES_MAX, error=BudgetError)


def _to_expenses(value: Sequence[Expense]) -> tuple[Expense, ...]:
    return check_tuple(value, Expense, "expenses", maximum=LINES_MAX, error=BudgetError)


@attrs.frozen(kw_only=True, repr=False)
class Budget(Value):
    """Incomes and expenses of a household, all in one currency.

    Attributes:
        currency: The currency of every amount.
        household: Who lives on it.
        incomes: What comes in, at most 500 lines.
        expenses: What goes out, at most 500 lines.

    Raises:
        BudgetError: There is neither an income nor an expense, or there are too many lines.
        MoneyError: An amount is in another currency.
    """

    currency: Currency
    household: Household
    incomes: tuple[Income, ...] = attrs.field(default=(), converter=_to_incomes)
    expenses: tuple[Expense, ...] = attrs.field(default=(), converter=_to_expenses)

    def __attrs_post_init__(self) -> None:
        """Check the lines against the currency."""
        check_instance(self.currency, Currency, "currency")
        check_instance(self.household, Household, "household")
        if not self.incomes and not self.expenses:
            message = (
                "expected an income or an expense, got neither; ask for the client's income and expenses"
            )
            raise BudgetError("budget.empty", "incomes", message)
        for field, lines in (("incomes", self.incomes), ("expenses", self.expenses)):
            for index, line in enumerate(lines):
                check_currency(line.amount, self.currency, f"{field}[{index}].amount")

    def __repr__(self) -> str:
        """Give the extent: names and amounts are personal."""
        return f"<Budget in {self.currency}, incomes: {len(self.incomes)}, expenses: {len(self.expenses)}>"
