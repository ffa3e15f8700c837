"""A second look at a budget: what to ask, kindly, before anything rests on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from repayplan.affordability.assessment import Affordability
from repayplan.affordability.guidelines import SpendingGuideline
from repayplan.affordability.irregular import IrregularIncome
from repayplan.affordability.lines import RegularLine
from repayplan.checks import check_instance, check_tuple
from repayplan.errors import BudgetError
from repayplan.frequencies import Frequency
from repayplan.money import Money, check_currency
from repayplan.months import month_index
from repayplan.rounding import Rounding
from repayplan.rules import Comparison, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.affordability.lines import BudgetLine

__all__ = ["review"]

GUIDELINES_MAX: Final = 100
_RECENT_MONTHS: Final = 12

_NOTHING_USUAL: Final[Mapping[str, Money]] = MappingProxyType({})

_PER_MONTH: Final = {
    "weekly": Frequency.WEEKLY.periods_per_month,
    "fortnightly": Frequency.FORTNIGHTLY.periods_per_month,
    "four-weekly": Frequency.FOUR_WEEKLY.periods_per_month,
    "monthly": Fraction(1),
    "quarterly": Frequency.QUARTERLY.periods_per_month,
    "yearly": Frequency.ANNUAL.periods_per_month,
}
"""The frequencies for which an amount may be mistaken, by how often they come in a month."""


def review(
    affordability: Affordability,
    *,
    guidelines: Sequence[SpendingGuideline] = (),
    usual: Mapping[str, Money] = _NOTHING_USUAL,
) -> tuple[Finding, ...]:
    """Look at a budget for what may be forgotten, doubled or mistaken.

    Nothing here refuses a budget: each finding that did not pass says what to ask the client, whose answer
    may well be that all is right. Amounts are those of the month of ``affordability.as_of``, judged exactly.

    Args:
        affordability: The budget, assessed.
        guidelines: What is usual for such a household, up to 100.
        usual: What lines usually come to in a month, by their names, such as last year's rent; an amount that
            differs from it by a factor such as 52/12 may have the wrong frequency.

    Returns:
        ``essentials_stated``, ``income_exceeds_expenses``, ``incomes_evidenced``, ``no_duplicates``,
        ``histories_recent`` (no history ends more than a year before the assessment or after it),
        ``capacity_without_gaps`` (no stretch of nothing between months of something, as where one wage ends
        and the next begins within a month), ``frequencies_plausible``, and for each guideline
        ``not_below_guideline`` and
        ``not_above_guideline``, so far as it has the figure.

    Raises:
        BudgetError: A guideline does not know the household.
        DateError: A guideline does not hold on the day.
        MoneyError: A figure is in another currency than the budget.
    """
    check_instance(affordability, Affordability, "affordability")
    tables = check_tuple(
        guidelines, SpendingGuideline, "guidelines", maximum=GUIDELINES_MAX, error=BudgetError
    )
    for name, amount in check_instance(usual, Mapping, "usual").items():
        check_instance(name, str, "usual")
        check_currency(check_instance(amount, Money, "usual"), affordability.budget.currency, "usual")
    known = {"essentials_stated", "income_exceeds_expenses"}
    return (
        *(_with_question(finding) for finding in affordability.findings if finding.rule in known),
        _incomes_evidenced(affordability),
        _no_duplicates(affordability),
        _histories_recent(affordability),
        _no_gaps(affordability),
        _frequencies_plausible(affordability, usual),
        *(finding for table in tables for finding in _within_guideline(affordability, table)),
    )


def _with_question(finding: Finding) -> Finding:
    if finding.passed or finding.ask:
        return finding
    ask = (
        "More goes out than comes in. Ask whether an income is missing, and which costs could wait or end;"
        " then point to free debt advice."
    )
    return Finding(
        finding.rule,
        finding.passed,
        finding.observed,
        finding.limit,
        finding.citation,
        finding.comparison,
        ask,
    )


def _incomes_evidenced(affordability: Affordability) -> Finding:
    declared = [
        income.name
        for income in affordability.budget.incomes
        if income.available and not income.is_verified_or_documented(affordability.as_of)
    ]
    ask = f"Ask for a payslip or a statement that shows {_listed(declared)}." if declared else ""
    return Finding(
        "incomes_evidenced", not declared, len(declared), 0, comparison=Comparison.AT_MOST, ask=ask
    )


def _no_duplicates(affordability: Affordability) -> Finding:
    """Look for lines of one list with the same name, amount and frequency."""
    counts: Counter[tuple[object, ...]] = Counter()
    names: dict[tuple[object, ...], str] = {}
    for field, line in affordability.budget.named_lines():
        what = (line.amount, line.frequency) if isinstance(line, RegularLine) else tuple(line.inputs(0))
        key = (field.partition("[")[0], _plain(line.name), what, line.starts_on)
        counts[key] += 1
        names[key] = line.name
    doubled = [names[key] for key, count in counts.items() if count > 1]
    ask = f"Ask whether {_listed(doubled)} is really paid or received more than once." if doubled else ""
    return Finding("no_duplicates", not doubled, len(doubled), 0, comparison=Comparison.AT_MOST, ask=ask)


def _histories_recent(affordability: Affordability) -> Finding:
    """Look for histories that end long before the budget was taken, or after it."""
    now = month_index(affordability.as_of)
    doubtful = [
        line.name
        for line in affordability.budget.incomes
        if isinstance(line, IrregularIncome)
        and not now - _RECENT_MONTHS <= month_index(line.history.payments[-1][0]) <= now
    ]
    ask = f"Ask what came in of {_listed(doubtful)} in the months before now." if doubtful else ""
    return Finding("histories_recent", not doubtful, len(doubtful), 0, comparison=Comparison.AT_MOST, ask=ask)


def _no_gaps(affordability: Affordability) -> Finding:
    """Look for months of no capacity between months of some."""
    steps = affordability.capacity.steps
    gaps = [
        later
        for (_, before), (later, now), (_, after) in zip(steps, steps[1:], steps[2:], strict=False)
        if before and not now and after
    ]
    months = _listed([f"{day.year}-{day.month:02}" for day in gaps]) if gaps else ""
    ask = (
        f"Ask what comes in and goes out in {months}: a wage counts in months that it covers wholly, a cost"
        " in each that it touches."
    )
    return Finding(
        "capacity_without_gaps",
        not gaps,
        len(gaps),
        0,
        comparison=Comparison.AT_MOST,
        ask=ask if gaps else "",
    )


def _frequencies_plausible(affordability: Affordability, usual: Mapping[str, Money]) -> Finding:
    """Look for amounts that stand to the usual ones as one frequency stands to another."""
    month = month_index(affordability.as_of)
    by_name = {_plain(name): amount for name, amount in usual.items()}
    asks = [
        question
        for _, line in affordability.budget.named_lines()
        if (question := _question(line, month, by_name.get(_plain(line.name)))) is not None
    ]
    return Finding(
        "frequencies_plausible",
        not asks,
        len(asks),
        0,
        comparison=Comparison.AT_MOST,
        ask=" ".join(asks),
    )


def _question(line: BudgetLine, month: int, usual: Money | None) -> str | None:
    """Ask about a line that would be usual at another frequency; None if it is usual, or nothing is known."""
    if usual is None or not usual:
        return None
    monthly = line.in_month(month)
    amount = monthly / _per_month(line)
    if _comes_to(monthly, usual):
        return None
    for word, per_month in _PER_MONTH.items():
        if _comes_to(amount * per_month, usual):
            return f"Ask whether {line.name} is not a {word} amount."
    for word, per_month in _PER_MONTH.items():
        if _comes_to(monthly / per_month, usual):
            return f"Ask whether {line.name} was not brought to a month as if it were a {word} amount."
    return None


def _per_month(line: BudgetLine) -> Fraction:
    if isinstance(line, RegularLine) and line.frequency.date_count is None:
        return line.frequency.periods_per_month
    return Fraction(1)


def _comes_to(exact: Fraction, usual: Money) -> bool:
    """Whether an exact amount is the usual one but for its rounding."""
    units = exact * 10**usual.currency.digits
    return usual.minor_units in {Rounding.FLOOR.apply(units), Rounding.CEILING.apply(units)}


def _within_guideline(affordability: Affordability, table: SpendingGuideline) -> Iterator[Finding]:
    budget, month = affordability.budget, month_index(affordability.as_of)
    check_currency(Money.zero(table.currency), budget.currency, "guidelines")
    low, high = table.range_for(budget.household, affordability.as_of)
    spent = sum(
        (line.in_month(month) for line in budget.expenses if line.category in table.categories), Fraction(0)
    )
    units = Rounding.HALF_UP.apply(spent * 10**budget.currency.digits)
    shown = Money.from_minor_units(units, budget.currency)
    names = _listed(sorted(category.value for category in table.categories))
    if low is not None:
        passed = spent >= low.exact
        ask = (
            ""
            if passed
            else f"Ask whether all of the spending on {names} is stated; it is less than is usual."
        )
        yield Finding("not_below_guideline", passed, shown, low, table.citation, Comparison.AT_LEAST, ask)
    if high is not None:
        passed = spent <= high.exact
        ask = (
            "" if passed else f"Ask what makes {names} cost more than is usual; there is often a good reason."
        )
        yield Finding("not_above_guideline", passed, shown, high, table.citation, Comparison.AT_MOST, ask)


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
