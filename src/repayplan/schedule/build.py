"""Build a schedule from its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.checks import check_instance
from repayplan.schedule.amortization import Stuck
from repayplan.schedule.attempt import attempt
from repayplan.schedule.refusals import refusal
from repayplan.schedule.terms import Terms

if TYPE_CHECKING:
    from repayplan.schedule.schedule import Schedule

__all__ = ["build_schedule"]


def build_schedule(terms: Terms) -> Schedule:
    """Build the exact, dated schedule that ``terms`` define.

    Each row's interest is its opening principal times the rate of its period, rounded once. The pattern
    decides the payments; the last installment clears the debt to the minor unit. Dates count from the anchor.

    Raises:
        NegativeAmortizationError: A payment does not exceed the interest; the error says the least that does.
        TermsError: The pattern would leave a row of zero or would end early; the error says the count or the
            amount that would work.
        DateError: A date would lie after the year 9999, or the calendar does not know it.
    """
    check_instance(terms, Terms, "terms")
    outcome = attempt(terms)
    if isinstance(outcome, Stuck):
        raise refusal(terms, outcome)
    return outcome
