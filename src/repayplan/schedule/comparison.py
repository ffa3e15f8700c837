"""Two schedules side by side, for letters and for revisions."""

from __future__ import annotations

from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance
from repayplan.errors import TermsError
from repayplan.money import Money, check_currency
from repayplan.schedule.installment import Installment
from repayplan.schedule.schedule import Schedule
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pendulum

__all__ = ["Match", "RowComparison", "ScheduleComparison", "compare"]


class Match(Enumeration):
    """Which installments of two schedules stand beside each other."""

    NUMBER = "number"
    """Those of the same number."""
    DATE = "date"
    """Those scheduled for the same date, as after a revision, whose numbers begin anew."""


@attrs.frozen
class RowComparison(Value):
    """Two installments side by side; a difference is the second less the first, a missing one being nothing.

    Attributes:
        first: The installment of the first schedule; None where there is none.
        second: The installment of the second.

    Raises:
        TermsError: There is neither.
    """

    first: Installment | None
    second: Installment | None

    def __attrs_post_init__(self) -> None:
        """Check that there is one to compare."""
        for field in ("first", "second"):
            if getattr(self, field) is not None:
                check_instance(getattr(self, field), Installment, field)
        if self.first is None and self.second is None:
            raise TermsError("comparison.empty", "first", "expected at least one installment, got none")
        if self.first is not None and self.second is not None:
            check_currency(self.second.principal, self.first.principal.currency, "second")

    @property
    def principal(self) -> Money:
        """Difference of the principal."""
        return self._difference("principal")

    @property
    def interest(self) -> Money:
        """Difference of the interest asked for."""
        return self._difference("interest")

    @property
    def fees(self) -> Money:
        """Difference of the fees of the plan."""
        return self._difference("fees")

    @property
    def carried(self) -> Money:
        """Difference of what is asked for of balances owed at the start."""
        parts = [self._difference(f"carried_{name}") for name in ("interest", "fees", "penalties")]
        return Money.total(parts, parts[0].currency)

    @property
    def amount(self) -> Money:
        """Difference of the whole installment."""
        return self._difference("amount")

    @property
    def days_later(self) -> int | None:
        """How many days later the second is due, below zero where earlier; None where one is missing."""
        if self.first is None or self.second is None:
            return None
        return self.second.due_on.toordinal() - self.first.due_on.toordinal()

    @property
    def changed(self) -> bool:
        """Whether any part or the due date differ."""
        parts = (self.principal, self.interest, self.fees, self.carried)
        return self.days_later != 0 or any(part.minor_units for part in parts)

    def _difference(self, part: str) -> Money:
        amounts = [0 if row is None else getattr(row, part).minor_units for row in (self.first, self.second)]
        currency = next(row.principal.currency for row in (self.first, self.second) if row is not None)
        return Money.from_minor_units(amounts[1] - amounts[0], currency)


@attrs.frozen
class ScheduleComparison(Value):
    """Two schedules row by row and in all; a difference is the second less the first.

    Attributes:
        first: The schedule that is compared with.
        second: The other one.
        match: Which installments stand beside each other.

    Raises:
        MoneyError: The two are in different currencies.
    """

    first: Schedule
    second: Schedule
    match: Match = Match.NUMBER

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.first, Schedule, "first")
        check_instance(self.second, Schedule, "second")
        check_instance(self.match, Match, "match")
        check_currency(self.second.terms.principal, self.first.terms.principal.currency, "second")

    @cached_property
    def rows(self) -> tuple[RowComparison, ...]:
        """The installments side by side, in order of their number or of their date."""
        if self.match is Match.NUMBER:
            return tuple(RowComparison(*pair) for pair in zip_longest(self.first, self.second))
        first, second = _by_date(self.first), _by_date(self.second)
        days = sorted(first.keys() | second.keys())
        return tuple(RowComparison(first.get(day), second.get(day)) for day in days)

    @property
    def total(self) -> Money:
        """Difference of all that is to be paid."""
        return self._difference("total")

    @property
    def total_principal(self) -> Money:
        """Difference of the principal that the installments repay."""
        return self._difference("total_principal")

    @property
    def total_interest(self) -> Money:
        """Difference of the interest."""
        return self._difference("total_interest")

    @property
    def total_fees(self) -> Money:
        """Difference of the fees of the plan."""
        return self._difference("total_fees")

    @property
    def total_carried(self) -> Money:
        """Difference of what is asked for of balances owed at the start."""
        return self._difference("total_carried")

    @property
    def upfront(self) -> Money:
        """Difference of what is paid up front."""
        return self._difference("upfront")

    @property
    def residual(self) -> Money:
        """Difference of what is left for a review."""
        return self._difference("residual")

    @property
    def highest(self) -> Money:
        """Difference of the highest installments."""
        return self._difference("highest")

    @property
    def installments(self) -> int:
        """Difference of the numbers of installments."""
        return len(self.second) - len(self.first)

    @property
    def days_later(self) -> int:
        """How many days later the second ends."""
        return self.second.last_due.toordinal() - self.first.last_due.toordinal()

    def _difference(self, name: str) -> Money:
        second: Money = getattr(self.second, name)
        first: Money = getattr(self.first, name)
        return second - first


def compare(first: Schedule, second: Schedule, *, match: Match = Match.NUMBER) -> ScheduleComparison:
    """Compare two schedules, such as the contract's and a plan's, or a plan before and after a revision."""
    return ScheduleComparison(first, second, match)


def _by_date(rows: Iterable[Installment]) -> dict[pendulum.Date, Installment]:
    return {row.scheduled_for: row for row in rows}
