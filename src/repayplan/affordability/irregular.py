"""Income that differs from month to month, brought to a month by a named rule from what came in before."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from repayplan.affordability.income_rules import IncomeHistory, IncomeRule
from repayplan.affordability.lines import BudgetLine
from repayplan.checks import check_instance
from repayplan.explanation import ExplanationInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from repayplan.money import Money

__all__ = ["IrregularIncome"]


@attrs.frozen(repr=False)
class IrregularIncome(BudgetLine):
    """Money that comes in irregularly: a rule makes a month's amount of its history.

    Attributes:
        history: What came in.
        rule: How it becomes an amount in a month.
        available: Whether it may be asked for, as for :class:`repayplan.Income`.

    Raises:
        BudgetError: The history is shorter than the rule needs, or as for :class:`repayplan.Income`.
    """

    counts_part_months: ClassVar[bool] = False

    history: IncomeHistory
    rule: IncomeRule
    available: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the fields, and the history against the rule."""
        super().__attrs_post_init__()
        check_instance(self.history, IncomeHistory, "history")
        check_instance(self.rule, IncomeRule, "rule")
        check_instance(self.available, bool, "available")
        self.rule.taken(self.history)

    @property
    def named_amount(self) -> Money:
        """The first amount of the history."""
        return self.history.payments[0][1]

    def inputs(self, month: int) -> Sequence[ExplanationInput]:
        """Give the amounts of the history that count; they are the same in every month."""
        del month
        return [
            ExplanationInput(f"{self.name} {when}", amount) for when, amount in self.rule.taken(self.history)
        ]

    @property
    def factor(self) -> Fraction:
        """The share, times what the rule multiplies by."""
        return self.share * self.rule.factor
