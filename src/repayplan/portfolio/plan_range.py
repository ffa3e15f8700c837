"""The range of plans that a capacity allows: how long, how high; and why none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from repayplan.errors import TermsError
from repayplan.money import Money
from repayplan.months import MonthEnd
from repayplan.plan.term import months_later, months_to
from repayplan.portfolio.capacities import capacity_of
from repayplan.schedule.build import build_schedule
from repayplan.schedule.level import LevelPayment
from repayplan.schedule.solve import solve_count
from repayplan.schedule.timeline import Timeline

if TYPE_CHECKING:
    from repayplan.affordability.rules import AffordabilityRules
    from repayplan.frequencies import Frequency
    from repayplan.portfolio.accounts import Account
    from repayplan.schedule.schedule import Schedule
    from repayplan.schedule.terms import Terms

__all__ = [
    "BELOW_INTEREST",
    "NOTHING_LEFT",
    "REASONS",
    "TOO_LONG",
    "PlanRange",
    "limit_of",
    "plan_range_of",
]

U = TypeVar("U", int, npt.NDArray[np.int64])

REASONS: Final = (
    "nothing is left to pay with",
    "no more than the interest is left",
    "it would take too long",
)
"""Why no plan is within capacity, in the order in which they are asked."""
NOTHING_LEFT, BELOW_INTEREST, TOO_LONG = range(3)
_REFUSED_COUNTS: Final = {"terms.count", "terms.negative_amortization"}
"""The refusals of a level schedule for its count; they say which lower one would do."""
_MONTHS: Final = 12


@attrs.frozen
class PlanRange:
    """Level payments within a capacity: the fewest and the most of them, or why there are none.

    Attributes:
        capacity: What may be asked in a month, in minor units.
        reason: The place of the reason why there is no plan; None where there is one.
        highest: The largest installment of the longest plan and of the shortest.
        counts: How many installments the shortest and the longest have.
        months: How many months these take, a month begun counting as one.
    """

    capacity: int
    reason: int | None = None
    highest: tuple[int, int] = (0, 0)
    counts: tuple[int, int] = (0, 0)
    months: tuple[int, int] = (0, 0)


def limit_of(capacity: U, frequency: Frequency, month_end: MonthEnd) -> U:
    """Give what each installment may ask for, of one capacity or of many.

    It is the capacity per period where they come more often than monthly, and otherwise that of a month; half
    of it where two of them may roll into one.
    """
    per_year = frequency.periods_per_year
    if per_year > _MONTHS:
        return capacity * (_MONTHS * per_year.denominator) // per_year.numerator
    return capacity // 2 if month_end is MonthEnd.ROLL else capacity


def plan_range_of(account: Account, rules: AffordabilityRules, months_max: int) -> PlanRange:
    """Give the range of one account by the scalar path.

    Raises:
        RepayPlanError: The debt or the budget is none.
    """
    capacity = capacity_of(account, rules).minor_units
    terms = account.debt_terms(LevelPayment(1))
    limit = limit_of(capacity, terms.frequency, terms.month_end)
    if limit == 0:
        return PlanRange(capacity, NOTHING_LEFT)
    count = len(Timeline(terms).due_until(months_later(terms.starts_on, months_max)))  # as for an offer
    if count == 0:
        return PlanRange(capacity, TOO_LONG)
    longest = _level(terms, count)
    if longest.highest.minor_units > limit:
        return PlanRange(capacity, BELOW_INTEREST if limit <= longest.interests[0] else TOO_LONG)
    shortest = _shortest(terms, limit, longest)
    return PlanRange(
        capacity,
        None,
        (longest.highest.minor_units, shortest.highest.minor_units),
        (len(shortest), len(longest)),
        (months_to(terms.starts_on, shortest.last_due), months_to(terms.starts_on, longest.last_due)),
    )


def _shortest(terms: Terms, limit: int, longest: Schedule) -> Schedule:
    """Build the schedule with the fewest installments that payments of the limit repay it in, or a few more.

    Rounding may leave the last payment above the limit.
    """
    payment = Money.from_minor_units(limit, terms.principal.currency)
    for count in range(solve_count(terms, payment=payment), len(longest)):
        schedule = _level(terms, count)
        if schedule.highest.minor_units <= limit:
            return schedule
    return longest


def _level(terms: Terms, count: int) -> Schedule:
    """Build a level schedule, of fewer installments where so many are refused; the refusal says of how many.

    So it is with a debt of a few units, and with a first period that bears more interest than they would pay.
    """
    asked = attrs.evolve(terms, repayment=LevelPayment(count))
    try:
        return build_schedule(asked)
    except TermsError as error:
        if error.code not in _REFUSED_COUNTS:
            raise
        lower: Any = error.data["count"]
        return build_schedule(attrs.evolve(asked, repayment=LevelPayment(lower)))
