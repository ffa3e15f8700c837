"""From a budget to capacity, exactly, month by month, with every step laid open."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.affordability.budget import Budget
from repayplan.affordability.capacity import ALWAYS, STEPS_MAX, Capacity
from repayplan.affordability.categories import Category
from repayplan.affordability.month import MonthCalculation, surpluses
from repayplan.affordability.rules import AffordabilityRules
from repayplan.checks import check_date, check_instance
from repayplan.errors import BudgetError
from repayplan.money import Money, check_currency
from repayplan.months import LAST_MONTH, MonthEnd, date_in_month, month_index
from repayplan.rules import Comparison, Finding
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from repayplan.affordability.lines import BudgetLine, Expense
    from repayplan.explanation import Explanation

__all__ = ["Affordability", "assess"]


def _to_as_of(value: datetime.date) -> pendulum.Date:
    return check_date(value, "as_of")


@attrs.frozen
class Affordability(Value):
    """What the client can pay; everything follows from the budget and the rules.

    Capacity of a month = floor(surplus - contingency - protected minimum), all exact and rounded down once.
    The other amounts are those of the month of ``as_of``, rounded half up for display; they never enter the
    sum.

    Attributes:
        budget: What comes in and goes out.
        rules: What stays with the client.
        as_of: The day on which the budget was taken.

    Raises:
        MoneyError: The rules' amounts are not in the currency of the budget.
        BudgetError: The rules have no figure for the household.
    """

    budget: Budget
    rules: AffordabilityRules
    as_of: pendulum.Date = attrs.field(converter=_to_as_of)

    def __attrs_post_init__(self) -> None:
        """Check the currencies."""
        check_instance(self.budget, Budget, "budget")
        check_instance(self.rules, AffordabilityRules, "rules")
        amounts = {"protected_minimum": self.protected_minimum}
        for field in ("contingency_cap", "capacity_step"):
            limit = getattr(self.rules, field)
            if limit is not None:
                amounts[field] = limit.value
        for field, amount in amounts.items():
            check_currency(amount, self.budget.currency, f"rules.{field}")
        for line in self._lines:
            line.result  # noqa: B018  # refuses a sum beyond the bounds of Money now rather than on first use
        self.capacity  # noqa: B018  # likewise

    @property
    def income(self) -> Money:
        """All incomes in a month that may be asked for."""
        return self._lines["income"].result

    @property
    def expenses(self) -> Money:
        """All expenses in a month."""
        return self._lines["expenses"].result

    @property
    def commitments(self) -> Money:
        """All payments in a month that come before any offer."""
        if not self.budget.commitments:
            return Money.zero(self.budget.currency)
        return self._lines["commitments"].result

    @property
    def surplus(self) -> Money:
        """Income less expenses and commitments in a month; negative is a deficit."""
        return self._lines["surplus"].result

    @property
    def contingency(self) -> Money:
        """The part of the surplus left with the client."""
        return self._lines["contingency"].result

    @property
    def protected_minimum(self) -> Money:
        """What is left with the client besides."""
        return self.rules.minimum_of(self.budget.household)

    @cached_property
    def capacity(self) -> Capacity:
        """What may be asked of the client, month by month: zero where nothing is left.

        Months before that of ``as_of`` count as it does: the budget says nothing else of them.
        """
        months = list(surpluses(self.budget, self.rules, self.as_of))
        if len(months) > STEPS_MAX:
            message = f"expected at most {STEPS_MAX} months in which the budget changes, got {len(months)}"
            raise BudgetError("budget.changes", "budget", message)
        (_, now), *later = [(month, self._calculation.capacity(surplus)) for month, surplus in months]
        changes = [(date_in_month(month, 1, MonthEnd.CLAMP), amount) for month, amount in later]
        return Capacity([(ALWAYS, now), *changes])

    @property
    def missing_essentials(self) -> tuple[Category, ...]:
        """Categories that nearly every household spends on and the budget does not state, in their order.

        A category is stated if some expense of it runs in every month from that of ``as_of`` on: rent that
        ends in June and is followed by no other is missing from July on. An expense of zero states that
        someone else pays it.
        """
        return tuple(self._unstated_from)

    @cached_property
    def _unstated_from(self) -> dict[Category, int]:
        """The first month in which the budget says nothing of an essential category, where there is one."""
        first = {
            category: _unstated_from(
                (line for line in self.budget.expenses if line.category is category), month_index(self.as_of)
            )
            for category in Category
            if category in self.rules.essentials.value
        }
        return {category: month for category, month in first.items() if month is not None}

    @property
    def provisional(self) -> bool:
        """Whether essentials are missing from the budget, so that capacity and every offer may yet fall."""
        return bool(self.missing_essentials)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What an adviser should look at; none of it refuses the budget."""
        now = self.capacity.steps[0][1]
        return (
            _at_least_one("incomes_stated", self.budget.incomes),
            _at_least_one("expenses_stated", self.budget.expenses),
            self._essentials_stated(),
            _above_zero("income_exceeds_expenses", self._lines["surplus"].exact > 0, self.surplus),
            _above_zero("capacity_above_zero", bool(now), now),
        )

    def _essentials_stated(self) -> Finding:
        missing, limit, now = self.missing_essentials, self.rules.essentials, month_index(self.as_of)
        names = ", ".join(
            category.value if month <= now else f"{category.value} from {month // 12}-{month % 12 + 1:02} on"
            for category, month in self._unstated_from.items()
        )
        ask = (
            f"Ask what the household spends on {names}; state zero for what someone else pays."
            if missing
            else ""
        )
        wanted = tuple(category for category in Category if category in limit.value)  # a set has no order
        stated = tuple(category for category in wanted if category not in missing)
        return Finding("essentials_stated", not missing, stated, wanted, limit.citation, ask=ask)

    def explain(self, on: datetime.date | None = None) -> Explanation:
        """Lay the calculation out: each line with its inputs, factor, result and rounding.

        Args:
            on: A day of the month to lay out; None is that of ``as_of``.
        """
        if on is None:
            return self._lines
        return self._calculation.explanation(month_index(check_date(on, "on")))

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each line of :meth:`explain`: text, numbers, dates and exact Decimals."""
        from repayplan.affordability.showing import affordability_rows  # noqa: PLC0415  # loaded when a table is asked for

        return affordability_rows(self)

    def _repr_html_(self) -> str:
        """Show the calculation, and how capacity changes, in a notebook."""
        from repayplan.affordability.showing import affordability_html  # noqa: PLC0415  # only notebooks need it

        return affordability_html(self)

    @cached_property
    def _lines(self) -> Explanation:
        return self._calculation.explanation(month_index(self.as_of))

    @property
    def _calculation(self) -> MonthCalculation:
        return MonthCalculation(self.budget, self.rules, self.as_of)


def _at_least_one(rule: str, lines: Sequence[BudgetLine]) -> Finding:
    return Finding(rule, bool(lines), len(lines), 1, comparison=Comparison.AT_LEAST)


def _above_zero(rule: str, passed: bool, observed: Money) -> Finding:  # noqa: FBT001  # judged exactly, before rounding
    return Finding(rule, passed, observed, Money.zero(observed.currency), comparison=Comparison.MORE_THAN)


def _unstated_from(lines: Iterable[Expense], first: int) -> int | None:
    """Give the first month from ``first`` on in which none of the lines runs; None where one always does."""
    spans = sorted(map(_running, lines))
    for start, end in spans:
        if start <= first <= end:
            first = end + 1
    return None if first > LAST_MONTH else first


def _running(line: Expense) -> tuple[int, int]:
    """Give the months in which an expense runs; between listed dates it does as well."""
    starts = [0 if first is None else first for first, _ in line.spans]
    ends = [LAST_MONTH if last is None else last for _, last in line.spans]
    return (min(starts), max(ends)) if starts else (0, -1)


def assess(budget: Budget, *, rules: AffordabilityRules, as_of: datetime.date) -> Affordability:
    """Work out what the client can pay.

    Amounts are brought to a month by exact factors (weekly x 52/12, fortnightly x 26/12, four-weekly x 13/12,
    twice a month x 2, quarterly / 3, yearly / 12). An income counts in the months that it covers wholly, an
    expense or a commitment in every month that it touches, and what falls on a date in the month of the date.
    A deficit is an answer, not an error.

    Args:
        budget: What comes in and goes out.
        rules: What stays with the client, such as ``policy.affordability``.
        as_of: The day on which the budget was taken.

    Raises:
        MoneyError: The rules' amounts are not in the currency of the budget.
        BudgetError: The rules have no figure for the household.
    """
    return Affordability(budget, rules, as_of)
