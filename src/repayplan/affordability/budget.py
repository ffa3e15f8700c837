"""The budget: who lives in the household, what comes in and what goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from repayplan.affordability.household import Household
from repayplan.affordability.irregular import IrregularIncome
from repayplan.affordability.lines import BudgetLine, Commitment, Expense, Income
from repayplan.checks import check_instance, check_tuple
from repayplan.currency import Currency
from repayplan.errors import BudgetError
from repayplan.money import check_currency
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["LINES_MAX", "AnyIncome", "Budget"]

LINES_MAX: Final = 500
"""The most incomes, expenses and commitments of one budget, each."""

AnyIncome: TypeAlias = Income | IrregularIncome


def _to_incomes(value: Sequence[AnyIncome]) -> tuple[AnyIncome, ...]:
    lines = check_tuple(value, BudgetLine, "incomes", maximum=LINES_MAX, error=BudgetError)  # type: ignore[type-abstract]  # only asked whether something is one
    for index, line in enumerate(lines):
        if not isinstance(line, IrregularIncome):
            check_instance(line, Income, f"incomes[{index}]")
    return lines  # type: ignore[return-value]  # each was just checked


def _to_expenses(value: Sequence[Expense]) -> tuple[Expense, ...]:
    return check_tuple(value, Expense, "expenses", maximum=LINES_MAX, error=BudgetError)


def _to_commitments(value: Sequence[Commitment]) -> tuple[Commitment, ...]:
    return check_tuple(value, Commitment, "commitments", maximum=LINES_MAX, error=BudgetError)


@attrs.frozen(kw_only=True, repr=False)
class Budget(Value):
    """Incomes, expenses and commitments of a household, all in one currency.

    Attributes:
        currency: The currency of every amount.
        household: Who lives on it.
        incomes: What comes in, at most 500 lines.
        expenses: What goes out for living, at most 500 lines.
        commitments: Payments on debts that come before any offer, at most 500 lines.

    Raises:
        BudgetError: There is neither an income nor an expense, or there are too many lines.
        MoneyError: An amount is in another currency.
    """

    currency: Currency
    household: Household
    incomes: tuple[AnyIncome, ...] = attrs.field(default=(), converter=_to_incomes)
    expenses: tuple[Expense, ...] = attrs.field(default=(), converter=_to_expenses)
    commitments: tuple[Commitment, ...] = attrs.field(default=(), converter=_to_commitments)

    def __attrs_post_init__(self) -> None:
        """Check the lines against the currency."""
        check_instance(self.currency, Currency, "currency")
        check_instance(self.household, Household, "household")
        if not self.incomes and not self.expenses:
            message = (
                "expected an income or an expense, got neither; ask for the client's income and expenses"
            )
            raise BudgetError("budget.empty", "incomes", message)
        for field, line in self.named_lines():
            check_currency(line.named_amount, self.currency, f"{field}.amount")

    def named_lines(self) -> Iterator[tuple[str, BudgetLine]]:
        """Give every line after its place, such as ``expenses[2]``."""
        for field in ("incomes", "expenses", "commitments"):
            lines: tuple[BudgetLine, ...] = getattr(self, field)
            for index, line in enumerate(lines):
                yield f"{field}[{index}]", line

    def __repr__(self) -> str:
        """Give the extent: names and amounts are personal."""
        return f"<Budget in {self.currency}, incomes: {len(self.incomes)}, expenses: {len(self.expenses)}>"

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each line: text, numbers, dates and exact Decimals."""
        from repayplan.affordability.showing import budget_rows  # noqa: PLC0415  # loaded when a table is asked for

        return budget_rows(self)

    def _repr_html_(self) -> str:
        """Show the lines in a notebook."""
        from repayplan.affordability.showing import budget_html  # noqa: PLC0415  # only notebooks need it

        return budget_html(self)
