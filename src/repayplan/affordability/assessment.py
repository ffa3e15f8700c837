"""From a budget to capacity, exactly, with every step laid open."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.affordability.budget import Budget, BudgetLine
from repayplan.affordability.capacity import Capacity
from repayplan.affordability.rules import AffordabilityRules
from repayplan.checks import check_date, check_instance
from repayplan.explanation import Explanation, ExplanationInput, ExplanationLine
from repayplan.money import Money, check_currency
from repayplan.rounding import Rounding
from repayplan.rules import Comparison, Finding
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = ["Affordability", "assess"]


def _to_as_of(value: datetime.date) -> pendulum.Date:
    return check_date(value, "as_of")


@attrs.frozen
class Affordability(Value):
    """What the client can pay; everything follows from the budget and the rules.

    Capacity = floor(surplus - contingency - protected minimum), all exact and rounded down once. The other
    amounts are rounded half up for display and never enter the sum.

    Attributes:
        budget: What comes in and goes out.
        rules: What stays with the client.
        as_of: The day on which the budget was taken.

    Raises:
        MoneyError: The rules' amounts are not in the currency of the budget.
    """

    budget: Budget
    rules: AffordabilityRules
    as_of: pendulum.Date = attrs.field(converter=_to_as_of)

    def __attrs_post_init__(self) -> None:
        """Check the currencies."""
        check_instance(self.budget, Budget, "budget")
        check_instance(self.rules, AffordabilityRules, "rules")
        for field in ("protected_minimum", "contingency_cap"):
            limit = getattr(self.rules, field)
            if limit is not None:
                check_currency(limit.value, self.budget.currency, f"rules.{field}")
        for line in self._lines:
            line.result  # noqa: B018  # refuses a sum beyond the bounds of Money now rather than on first use

    @property
    def income(self) -> Money:
        """All incomes in a month."""
        return self._lines["income"].result

    @property
    def expenses(self) -> Money:
        """All expenses in a month."""
        return self._lines["expenses"].result

    @property
    def surplus(self) -> Money:
        """Income less expenses in a month; negative is a deficit."""
        return self._lines["surplus"].result

    @property
    def contingency(self) -> Money:
        """The part of the surplus left with the client."""
        return self._lines["contingency"].result

    @property
    def protected_minimum(self) -> Money:
        """What is left with the client besides."""
        return self.rules.protected_minimum.value

    @cached_property
    def capacity(self) -> Capacity:
        """What may be asked of the client: zero where nothing is left."""
        return Capacity(self._lines["capacity"].result)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What an adviser should look at; none of it refuses the budget."""
        return (
            _at_least_one("incomes_stated", self.budget.incomes),
            _at_least_one("expenses_stated", self.budget.expenses),
            _above_zero("income_exceeds_expenses", self._lines["surplus"].exact > 0, self.surplus),
            _above_zero("capacity_above_zero", bool(self.capacity.monthly), self.capacity.monthly),
        )

    def explain(self) -> Explanation:
        """Lay the calculation out: each line with its inputs, factor, result and rounding."""
        return self._lines

    @cached_property
    def _lines(self) -> Explanation:
        incomes = self._months_of("incomes", self.budget.incomes)
        expenses = self._months_of("expenses", self.budget.expenses)
        income = self._line("income", [_carried_down(line) for line in incomes])
        expense = self._line("expenses", [_carried_down(line) for line in expenses])
        surplus = self._line("surplus", [_carried_down(income), _taken_away(expense)])
        contingency = self._contingency(surplus.exact)
        minimum = ExplanationInput("protected minimum", self.protected_minimum.exact, subtracted=True)
        left = self._capacity([_carried_down(surplus), _taken_away(contingency), minimum])
        return Explanation((*incomes, income, *expenses, expense, surplus, contingency, *left))

    def _capacity(self, inputs: Sequence[ExplanationInput]) -> list[ExplanationLine]:
        """Round what is left down, once; where less than nothing is left, say so and ask for nothing."""
        capacity = self._line("capacity", inputs, rounding=Rounding.FLOOR)
        if capacity.exact >= 0:
            return [capacity]
        return [self._line("left over", inputs), self._line("capacity", [])]

    def _contingency(self, surplus: Fraction) -> ExplanationLine:
        share, cap = self.rules.contingency.value, self.rules.contingency_cap
        if surplus <= 0:
            return self._line("contingency", [])
        if cap is not None and cap.value.exact < share * surplus:
            return self._line("contingency", [ExplanationInput("cap", cap.value.exact)])
        return self._line("contingency", [ExplanationInput("surplus", surplus)], factor=share)

    def _months_of(self, field: str, lines: Sequence[BudgetLine]) -> list[ExplanationLine]:
        return [
            self._line(
                f"{field}[{index}]",
                [ExplanationInput(line.name, line.amount.exact)],
                label=line.name,
                factor=line.frequency.periods_per_month,
            )
            for index, line in enumerate(lines)
        ]

    def _line(
        self,
        key: str,
        inputs: Sequence[ExplanationInput],
        *,
        label: str | None = None,
        factor: Fraction = Fraction(1),
        rounding: Rounding = Rounding.HALF_UP,
    ) -> ExplanationLine:
        return ExplanationLine(key, label or key, tuple(inputs), factor, rounding, self.budget.currency)


def _at_least_one(rule: str, lines: Sequence[BudgetLine]) -> Finding:
    return Finding(rule, bool(lines), len(lines), 1, comparison=Comparison.AT_LEAST)


def _above_zero(rule: str, passed: bool, observed: Money) -> Finding:  # noqa: FBT001  # judged exactly, before rounding
    return Finding(rule, passed, observed, Money.zero(observed.currency), comparison=Comparison.MORE_THAN)


def _carried_down(line: ExplanationLine) -> ExplanationInput:
    return ExplanationInput(line.label, line.exact)


def _taken_away(line: ExplanationLine) -> ExplanationInput:
    return ExplanationInput(line.label, line.exact, subtracted=True)


def assess(budget: Budget, *, rules: AffordabilityRules, as_of: datetime.date) -> Affordability:
    """Work out what the client can pay.

    Amounts are brought to a month by exact factors (weekly x 52/12, fortnightly x 26/12, four-weekly x 13/12,
    twice a month x 2, quarterly / 3, yearly / 12). A deficit is an answer, not an error.

    Args:
        budget: What comes in and goes out.
        rules: What stays with the client, such as ``policy.affordability``.
        as_of: The day on which the budget was taken.

    Raises:
        MoneyError: The rules' amounts are not in the currency of the budget.
    """
    return Affordability(budget, rules, as_of)
