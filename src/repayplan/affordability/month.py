"""One month of a budget, laid out line by line: what comes in, what goes out, and what may be asked."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from repayplan.explanation import Explanation, ExplanationInput, ExplanationLine
from repayplan.months import LAST_MONTH, month_index
from repayplan.rounding import Rounding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pendulum

    from repayplan.affordability.budget import AnyIncome, Budget
    from repayplan.affordability.lines import BudgetLine
    from repayplan.affordability.rules import AffordabilityRules
    from repayplan.money import Money

__all__ = ["MonthCalculation", "surpluses"]


class MonthCalculation:
    """The arithmetic of one month, from the lines of a budget down to capacity."""

    def __init__(self, budget: Budget, rules: AffordabilityRules, as_of: pendulum.Date) -> None:
        """Take the budget, what stays with the client, and the day of the assessment."""
        self._budget = budget
        self._rules = rules
        self._as_of = as_of

    def explanation(self, month: int) -> Explanation:
        """Lay out a month, by :func:`repayplan.months.month_index`."""
        budget = self._budget
        incomes, expenses = self._shown("incomes", month), self._shown("expenses", month)
        counted = [line for line, income in zip(incomes, budget.incomes, strict=True) if income.available]
        haircut = self._haircut(month)
        income = self._line("income", [*map(_carried_down, counted), *map(_taken_away, haircut)])
        expense = self._line("expenses", [*map(_carried_down, expenses)])
        surplus_inputs = [_carried_down(income), _taken_away(expense)]
        lines = [*incomes, *haircut, income, *expenses, expense]
        if budget.commitments:
            commitments = self._shown("commitments", month)
            commitment = self._line("commitments", [*map(_carried_down, commitments)])
            surplus_inputs.append(_taken_away(commitment))
            lines += [*commitments, commitment]
        surplus = self._line("surplus", surplus_inputs)
        return Explanation((*lines, surplus, *self._left_over(surplus)))

    def capacity(self, surplus: Fraction) -> Money:
        """Give what may be asked in a month with an exact surplus."""
        inputs = [ExplanationInput("surplus", surplus)]
        return self._left_over(self._line("surplus", inputs))[-1].result

    def _left_over(self, surplus: ExplanationLine) -> list[ExplanationLine]:
        """Lay out how a surplus becomes capacity: contingency, protected minimum, share, one rounding down.

        Where less than nothing is left, the lines say so, and nothing is asked for.
        """
        contingency = self._contingency(surplus.exact)
        minimum = self._rules.minimum_of(self._budget.household).exact
        protected = ExplanationInput("protected minimum", minimum, subtracted=True)
        inputs = [_carried_down(surplus), _taken_away(contingency), protected]
        share = self._share(surplus.exact)
        if share is not None and share.exact < sum(entry.signed for entry in inputs):
            return [contingency, share, self._rounded_down([_carried_down(share)])]
        capacity = self._rounded_down(inputs)
        if capacity.exact >= 0:
            return [contingency, capacity]
        return [contingency, self._line("left over", inputs), self._line("capacity", [])]

    def _contingency(self, surplus: Fraction) -> ExplanationLine:
        share, cap = self._rules.contingency.value, self._rules.contingency_cap
        if surplus <= 0:
            return self._line("contingency", [])
        if cap is not None and cap.value.exact < share * surplus:
            return self._line("contingency", [ExplanationInput("cap", cap.value.exact)])
        return self._line("contingency", [ExplanationInput("surplus", surplus)], factor=share)

    def _share(self, surplus: Fraction) -> ExplanationLine | None:
        limit = self._rules.surplus_share
        if limit is None or surplus <= 0:
            return None
        inputs = [ExplanationInput("surplus", surplus)]
        return self._line("share of the surplus", inputs, factor=limit.value)

    def _rounded_down(self, inputs: Sequence[ExplanationInput]) -> ExplanationLine:
        limit = self._rules.capacity_step
        step = None if limit is None else limit.value
        return self._line("capacity", inputs, rounding=Rounding.FLOOR, step=step)

    def _haircut(self, month: int) -> list[ExplanationLine]:
        """Lay out what is taken off the incomes for which there is the client's word alone."""
        limit = self._rules.unverified_haircut
        if limit is None:
            return []
        declared = [
            ExplanationInput(income.name, income.in_month(month))
            for income in self._budget.incomes
            if _is_unverified(income, self._as_of)
        ]
        return [self._line("haircut on unverified income", declared, factor=limit.value)]

    def _shown(self, field: str, month: int) -> list[ExplanationLine]:
        lines: Sequence[BudgetLine] = getattr(self._budget, field)
        return [
            self._line(
                f"{field}[{index}]",
                line.inputs(month) if line.counts_in(month) else (),
                label=line.name,
                factor=line.factor,
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
        step: Money | None = None,
    ) -> ExplanationLine:
        currency = self._budget.currency
        return ExplanationLine(key, label or key, tuple(inputs), factor, rounding, currency, step)


def surpluses(
    budget: Budget, rules: AffordabilityRules, as_of: pendulum.Date
) -> Iterator[tuple[int, Fraction]]:
    """Give the exact surplus of the month of ``as_of``, and of every later month in which it changes.

    Each span of months adds its amount where it begins and takes it away after it ends, so that the work
    grows with the spans and not with the months.
    """
    start = month_index(as_of)
    changes: dict[int, Fraction] = {start: Fraction(0)}
    for line, weight in _weighted(budget, rules, as_of):
        for first, last in line.spans:
            begins = start if first is None else max(first, start)
            if last is not None and last < begins:
                continue
            amount = weight * line.in_month(begins)
            changes[begins] = changes.get(begins, Fraction(0)) + amount
            if last is not None and last < LAST_MONTH:
                changes[last + 1] = changes.get(last + 1, Fraction(0)) - amount
    surplus = Fraction(0)
    for month in sorted(changes):
        surplus += changes[month]
        yield month, surplus


def _weighted(
    budget: Budget, rules: AffordabilityRules, as_of: pendulum.Date
) -> Iterator[tuple[BudgetLine, Fraction]]:
    """Give each line that counts with what its amount is multiplied by in the surplus."""
    limit = rules.unverified_haircut
    verified, unverified = Fraction(1), Fraction(1) if limit is None else 1 - limit.value
    for income in budget.incomes:
        if income.available:
            yield income, unverified if _is_unverified(income, as_of) else verified
    for line in (*budget.expenses, *budget.commitments):
        yield line, Fraction(-1)


def _is_unverified(income: AnyIncome, as_of: pendulum.Date) -> bool:
    return income.available and not income.is_verified_or_documented(as_of)


def _carried_down(line: ExplanationLine) -> ExplanationInput:
    return ExplanationInput(line.label, line.exact)


def _taken_away(line: ExplanationLine) -> ExplanationInput:
    return ExplanationInput(line.label, line.exact, subtracted=True)
