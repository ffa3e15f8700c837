"""How plans of a debt count time, move dates and round, whoever proposes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.calendars import BusinessDayConvention, CalendarLike
from repayplan.daycounts import DayCount
from repayplan.errors import DateError
from repayplan.plan.grid import Grid
from repayplan.plan.search import Search
from repayplan.plan.term import months_later
from repayplan.rounding import Rounding
from repayplan.schedule.level import LevelPayment
from repayplan.schedule.terms import Terms

if TYPE_CHECKING:
    import pendulum

    from repayplan.affordability.capacity import Capacity
    from repayplan.frequencies import Frequency
    from repayplan.money import Money
    from repayplan.plan.debt import Debt
    from repayplan.schedule.carried import CarriedTreatments

__all__ = ["Conventions", "check_first_due"]


@attrs.frozen(kw_only=True)
class Conventions:
    """The day count, the rounding, and where a due date on a closed day goes.

    Attributes:
        day_count: How the time of a period becomes a part of a year.
        rounding: How interest is rounded.
        calendar: Which days are worked; None moves no due date.
        convention: Where a due date on a closed day goes.
    """

    day_count: DayCount
    rounding: Rounding
    calendar: CalendarLike | None
    convention: BusinessDayConvention

    @classmethod
    def of(cls, terms: Terms) -> Conventions:
        """Take them from terms."""
        return cls(
            day_count=terms.day_count,
            rounding=terms.rounding,
            calendar=terms.calendar,
            convention=terms.convention,
        )

    def search(  # each a field of the terms
        self,
        debt: Debt,
        capacity: Capacity,
        max_months: int,
        *,
        first_due: pendulum.Date,
        frequency: Frequency,
        anchor_day: int | None,
        carried: CarriedTreatments,
        upfront: Money | None = None,
    ) -> Search:
        """Make the search for plans of a debt.

        Raises:
            DateError: No due date lies within the longest term.
        """
        terms = Terms(
            principal=debt.principal,
            rate=debt.rate,
            starts_on=debt.as_of,
            first_due=first_due,
            repayment=LevelPayment(1),
            frequency=frequency,
            anchor_day=anchor_day,
            day_count=self.day_count,
            rounding=self.rounding,
            calendar=self.calendar,
            convention=self.convention,
            carried=debt.carried(carried),
            upfront=upfront,
        )
        search = Search(Grid(terms, max_months), capacity)
        if not search.grid.due_dates:
            message = f"expected a date that a move keeps within {max_months} months, got {first_due}"
            raise DateError("plan.first_due", "first_due", message, {"max_months": max_months})
        return search


def check_first_due(first_due: pendulum.Date, debt: Debt, max_months: int) -> pendulum.Date:
    """Refuse a first due date beyond the longest term."""
    if first_due > months_later(debt.as_of, max_months):
        message = f"expected a date within {max_months} months of {debt.as_of}, got {first_due}"
        raise DateError("plan.first_due", "first_due", message, {"max_months": max_months})
    return first_due
