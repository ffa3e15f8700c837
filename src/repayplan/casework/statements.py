"""What the client stated of incomes and expenses, on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.affordability.budget import Budget
from repayplan.checks import check_date, check_instance, check_text
from repayplan.errors import CaseError
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

__all__ = ["BudgetStatement"]


def _to_stated_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "stated_on")


def _to_recorded_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "recorded_on")


@attrs.frozen(kw_only=True, repr=False)
class BudgetStatement(Value):
    """What the client stated of incomes and expenses on a day.

    Attributes:
        id: What tells it from all others of the case.
        budget: The incomes and expenses.
        stated_on: The day.
        recorded_on: The day on which the bank recorded it; None is the same day.
        contact_id: The contact in which it was stated.
    """

    id: str
    budget: Budget
    stated_on: pendulum.Date = attrs.field(converter=_to_stated_on)
    recorded_on: pendulum.Date | None = attrs.field(default=None, converter=_to_recorded_on)
    contact_id: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.id, "id", error=CaseError)
        check_instance(self.budget, Budget, "budget")
        if self.recorded < self.stated_on:
            message = f"expected {self.stated_on} (stated_on) or later, got {self.recorded}"
            raise CaseError("statement.recorded", "recorded_on", message)
        if self.contact_id is not None:
            check_text(self.contact_id, "contact_id", error=CaseError)

    def __repr__(self) -> str:
        """Give the id and the day: the rest is personal."""
        return f"<BudgetStatement {self.id} of {self.stated_on}>"

    @property
    def recorded(self) -> pendulum.Date:
        """The day on which the bank recorded it."""
        return self.stated_on if self.recorded_on is None else self.recorded_on
