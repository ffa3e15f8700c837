"""What shock does an offer survive? Exact break-even figures, and scenarios that the caller gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.affordability.budget import Budget
from repayplan.checks import check_instance, check_tuple
from repayplan.errors import TermsError
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.money import Money, check_currency
from repayplan.months import month_index
from repayplan.plan.certificate import asked_on
from repayplan.plan.offer import Offer
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BreakEven", "Shock", "Survival", "break_even", "survival"]

SCENARIOS_MAX: Final = 100_000
"""The most scenarios that are looked at at once."""


@attrs.frozen
class Shock(Value):
    """The greatest change, in every month, under which a plan still holds.

    Attributes:
        amount: The change in a month, exactly, in units of the currency; below zero where the plan does not
            hold as things are.
        share: The same as a share of what changes; None where there is nothing of it in any month, or where
            the plan does not hold in a month that has nothing of it. Amount and share are found apart, and
            may break in different months.
        breaks_in: The year and the month that break first if the amount grows further, the earliest of equal
            ones.
        share_breaks_in: The same if the share grows further; None where there is no share.
    """

    amount: Fraction
    share: Fraction | None
    breaks_in: tuple[int, int]
    share_breaks_in: tuple[int, int] | None


@attrs.frozen
class BreakEven(Value):
    """How much worse a budget may become before an offer is out of reach.

    Attributes:
        income_fall: The greatest fall in the incomes that may be asked for.
        expense_rise: The greatest rise in the expenses.
    """

    income_fall: Shock
    expense_rise: Shock


def break_even(offer: Offer, budget: Budget) -> BreakEven:
    """Find the exact greatest fall in income, and rise in expenses, under which an offer's plan still holds.

    A plan holds if what it asks for in each calendar month is at most that month's surplus: incomes that may
    be asked for less expenses and commitments. The contingency is the buffer that is meant to be used, so it
    is not kept back here. Installments oftener than monthly are held, each, against their part of a month's
    surplus (x 12/52 for weekly ones), as the certificate holds them against capacity.

    Args:
        offer: What is asked for and when.
        budget: What comes in and goes out, month by month.

    Raises:
        MoneyError: The two are in different currencies.
    """
    check_instance(offer, Offer, "offer")
    check_instance(budget, Budget, "budget")
    check_currency(offer.terms.principal, budget.currency, "offer")
    months = [_Month(budget, month, asked) for month, asked in _asked(offer)]
    return BreakEven(_shock(months, lambda month: month.income), _shock(months, lambda month: month.expenses))


@attrs.frozen
class _Month:
    """A month of a plan: what it asks for beside what there is."""

    budget: Budget
    month: int
    asked: Fraction

    @property
    def income(self) -> Fraction:
        return sum((line.in_month(self.month) for line in self.budget.incomes if line.available), Fraction(0))

    @property
    def expenses(self) -> Fraction:
        return sum((line.in_month(self.month) for line in self.budget.expenses), Fraction(0))

    @property
    def spare(self) -> Fraction:
        commitments = sum((line.in_month(self.month) for line in self.budget.commitments), Fraction(0))
        return self.income - self.expenses - commitments - self.asked

    @property
    def name(self) -> tuple[int, int]:
        return self.month // 12, self.month % 12 + 1


def _shock(months: Sequence[_Month], changing: Callable[[_Month], Fraction]) -> Shock:
    tightest = min(months, key=lambda month: month.spare)
    if any(month.spare < 0 and not changing(month) for month in months):
        return Shock(tightest.spare, None, tightest.name, None)
    shares = [(month.spare / whole, month.name) for month in months if (whole := changing(month))]
    share, breaks_in = min(shares) if shares else (None, None)
    return Shock(tightest.spare, share, tightest.name, breaks_in)


def _asked(offer: Offer) -> list[tuple[int, Fraction]]:
    """Give what is asked for in each month, in units of the currency, as the certificate judges it."""
    certificate = offer.certificate
    limits = certificate.limits
    units = 10**certificate.capacity.currency.digits
    together: dict[int, Fraction] = {}
    each: dict[int, Fraction] = {}
    for month, amount in _amounts(offer):
        asked = Fraction(amount, units)
        together[month] = together.get(month, Fraction(0)) + asked
        each[month] = max(each.get(month, Fraction(0)), asked * limits.per_month)
    if not limits.by_month:
        return sorted(each.items())
    return [(month, max(each[month], asked)) for month, asked in sorted(together.items())]


def _amounts(offer: Offer) -> list[tuple[int, int]]:
    """Give the month and the amount, in minor units, of all that is asked for."""
    return [(month_index(day), units) for day, units in asked_on(offer.schedule)]


@attrs.frozen
class Survival(Value):
    """How an offer fares over scenarios.

    Attributes:
        kept: The share of the scenarios that keep the plan to its end.
        broke_in: For each scenario the year and the month in which it breaks, or None.
    """

    kept: Fraction
    broke_in: tuple[tuple[int, int] | None, ...]

    @property
    def breaks_by_month(self) -> tuple[tuple[tuple[int, int], int], ...]:
        """How many break in each year and month, in order; months without a break are left out."""
        return tuple(sorted(Counter(month for month in self.broke_in if month is not None).items()))


def survival(offer: Offer, scenarios: Sequence[Sequence[Money]]) -> Survival:
    """Tell over scenarios how often a plan is kept, and when the others break.

    A scenario gives the surplus of every calendar month from the first to the last in which the plan asks for
    something. The plan breaks in the first month that asks for more than its surplus, by what the certificate
    holds against a month (of a weekly plan 52/12 installments); nothing is saved from one month to the next.
    Scenarios come from the caller: nothing here is random.

    Args:
        offer: What is asked for and when.
        scenarios: 1 to 100,000 sequences of one surplus a month, below zero for a deficit.

    Raises:
        TermsError: There are no scenarios or too many, or one does not have as many months as the plan.
        MoneyError: A surplus is in another currency.
    """
    check_instance(offer, Offer, "offer")
    if not 1 <= len(check_instance(scenarios, Sequence, "scenarios")) <= SCENARIOS_MAX:
        message = f"expected 1 to {SCENARIOS_MAX} scenarios, got {len(scenarios)}"
        raise TermsError("survival.scenarios", "scenarios", message, {"maximum": SCENARIOS_MAX})
    units = 10**offer.debt.currency.digits
    asked = {month: amount * units for month, amount in _asked(offer)}
    first = min(asked)
    sums = [asked.get(month, Fraction(0)) for month in range(first, max(asked) + 1)]
    broke = tuple(
        _broken(sums, first, _surpluses(scenario, len(sums), offer, f"scenarios[{index}]"))
        for index, scenario in enumerate(scenarios)
    )
    return Survival(Fraction(broke.count(None), len(broke)), broke)


def _surpluses(scenario: Sequence[Money], months: int, offer: Offer, field: str) -> list[int]:
    checked = check_tuple(scenario, Money, field, maximum=INSTALLMENTS_MAX * 12, error=TermsError)
    if len(checked) != months:
        message = f"expected a surplus for each of {months} months, got {len(checked)}"
        raise TermsError("survival.months", field, message, {"months": months})
    for surplus in checked:
        check_currency(surplus, offer.debt.currency, field)
    return [surplus.minor_units for surplus in checked]


def _broken(asked: Sequence[Fraction], first: int, surpluses: Sequence[int]) -> tuple[int, int] | None:
    for place, (amount, surplus) in enumerate(zip(asked, surpluses, strict=True)):
        if amount > max(surplus, 0):
            month = first + place
            return month // 12, month % 12 + 1
    return None
