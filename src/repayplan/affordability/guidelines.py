"""Guideline figures for spending, by household and date: what is usual, never what is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.affordability.categories import Category
from repayplan.affordability.household import HouseholdTable
from repayplan.checks import check_date, check_instance
from repayplan.errors import BudgetError, DateError
from repayplan.money import Money, check_currency
from repayplan.rules import Citation
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

    from repayplan.affordability.household import Household
    from repayplan.currency import Currency

__all__ = ["SpendingGuideline"]


def _to_effective_from(value: datetime.date) -> pendulum.Date:
    return check_date(value, "effective_from")


def _to_effective_to(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "effective_to")


@attrs.frozen(kw_only=True)
class SpendingGuideline(Value):
    """What households usually spend in a month on some categories together.

    Attributes:
        categories: The categories that it covers, added up.
        low: The figure below which to ask; None where there is none.
        high: The figure above which to ask; None where there is none.
        effective_from: The first day on which the figures hold.
        effective_to: The last such day; None while no newer figures are known.
        citation: Where they come from.

    Raises:
        BudgetError: There is no category or no figure, or the dates go back.
        MoneyError: The figures are in two currencies.
    """

    categories: frozenset[Category]
    low: HouseholdTable | None = None
    high: HouseholdTable | None = None
    effective_from: pendulum.Date = attrs.field(converter=_to_effective_from)
    effective_to: pendulum.Date | None = attrs.field(default=None, converter=_to_effective_to)
    citation: Citation

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        for category in check_instance(self.categories, frozenset, "categories"):
            check_instance(category, Category, "categories")
        if not self.categories:
            raise BudgetError("guideline.categories", "categories", "expected a category, got none")
        check_instance(self.citation, Citation, "citation")
        figures = [figure for figure in (self.low, self.high) if figure is not None]
        if not figures:
            raise BudgetError("guideline.figures", "high", "expected a low or a high figure, got neither")
        for figure in figures:
            check_instance(figure, HouseholdTable, "high")
            check_currency(figure.named_amounts[0][1], figures[0].currency, "high")
        if self.effective_to is not None and self.effective_to < self.effective_from:
            message = f"expected {self.effective_from} (effective_from) or later, got {self.effective_to}"
            raise BudgetError("guideline.dates", "effective_to", message)

    @property
    def currency(self) -> Currency:
        """The currency of the figures."""
        return next(figure.currency for figure in (self.low, self.high) if figure is not None)

    def range_for(self, household: Household, on: datetime.date) -> tuple[Money | None, Money | None]:
        """Give the low and the high figure of a household on a day.

        Raises:
            BudgetError: The table does not know the household, or its low figure is above the high one.
            DateError: The figures do not hold on the day.
        """
        day = check_date(on, "on")
        if day < self.effective_from or (self.effective_to is not None and day > self.effective_to):
            until = "" if self.effective_to is None else f" to {self.effective_to}"
            message = f"the figures hold from {self.effective_from}{until}, got {day}; use those of the day"
            raise DateError("guideline.not_in_force", "on", message)
        low = None if self.low is None else self.low.of(household)
        high = None if self.high is None else self.high.of(household)
        if low is not None and high is not None and low > high:
            message = f"expected at least the low figure of {low}, got {high}"
            raise BudgetError("guideline.range", "high", message, {"low": low, "high": high})
        return low, high
