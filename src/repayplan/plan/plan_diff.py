"""What changed from one version of a plan to another."""

from __future__ import annotations

from functools import cached_property

import attrs

from repayplan.checks import check_instance
from repayplan.money import Money, check_currency
from repayplan.plan.agreement import Plan
from repayplan.schedule.comparison import Match, ScheduleComparison, compare
from repayplan.values import Value

__all__ = ["PlanDiff", "diff"]


@attrs.frozen(repr=False)
class PlanDiff(Value):
    """Two versions of a plan side by side; a difference is the second less the first.

    Attributes:
        first: The one version.
        second: The other.

    Raises:
        MoneyError: They are in different currencies.
    """

    first: Plan
    second: Plan

    def __attrs_post_init__(self) -> None:
        """Check the types and currencies."""
        check_instance(self.first, Plan, "first")
        check_instance(self.second, Plan, "second")
        check_currency(self.second.offer.debt.principal, self.first.offer.debt.currency, "second")

    def __repr__(self) -> str:
        """Give the days: amounts are personal."""
        return f"<PlanDiff of {self.first.agreed_on} and {self.second.agreed_on}>"

    @cached_property
    def rows(self) -> ScheduleComparison:
        """Their installments by date."""
        return compare(self.first.schedule, self.second.schedule, match=Match.DATE)

    @property
    def debt(self) -> Money:
        """Difference of the debt that they repay."""
        return self.second.offer.debt.total - self.first.offer.debt.total

    @property
    def highest(self) -> Money:
        """Difference of the highest installment."""
        return self.second.schedule.highest - self.first.schedule.highest

    @property
    def total(self) -> Money:
        """Difference of all that is asked for; of a revision, what was paid before is no longer in it."""
        return self.second.schedule.total - self.first.schedule.total

    @property
    def days_later(self) -> int:
        """By how many days the last due date moved."""
        return self.second.schedule.last_due.toordinal() - self.first.schedule.last_due.toordinal()

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each scheduled date: text, numbers, dates and exact Decimals."""
        from repayplan.plan.showing_plans import diff_rows  # noqa: PLC0415  # loaded when a table is asked for

        return diff_rows(self)

    def _repr_html_(self) -> str:
        """Show both side by side in a notebook."""
        from repayplan.plan.showing_plans import diff_html  # noqa: PLC0415  # only notebooks need it

        return diff_html(self)


def diff(first: Plan, second: Plan) -> PlanDiff:
    """Set two versions of a plan side by side.

    Args:
        first: The one version, as a rule the earlier.
        second: The other.

    Raises:
        MoneyError: They are in different currencies.
    """
    return PlanDiff(first, second)
