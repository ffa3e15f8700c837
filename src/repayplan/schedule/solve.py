"""The unknown of a plan: given all but one of count, payment, principal and rate, find the other exactly.

One question is asked throughout: do payments of this amount repay the debt in so many installments, the last
one no higher than the others? It stays true for a lower debt or rate, a higher payment or a longer term, so a
bisection finds the bound: what is found does, and one unit less (or more) does not.
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from itertools import islice
from typing import Final

import attrs

from repayplan.checks import check_count, check_instance
from repayplan.errors import TermsError
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.money import Money, check_currency
from repayplan.rates import ANNUAL_RATE_MAX, Rate
from repayplan.schedule.amortization import Stuck
from repayplan.schedule.attempt import dates_to_review, fixed_rows
from repayplan.schedule.carried import CarriedTreatment
from repayplan.schedule.refusals import refusal
from repayplan.schedule.repayment import check_positive
from repayplan.schedule.stated import FixedPayment
from repayplan.schedule.terms import Terms
from repayplan.schedule.timeline import Timeline
from repayplan.schedule.uneven import SeasonalPayments

__all__ = ["RATE_STEPS", "solve_count", "solve_payment", "solve_principal", "solve_rate"]

RATE_STEPS: Final = 10**12
"""A solved rate is a multiple of one over this."""


def solve_count(terms: Terms, *, payment: Money) -> int:
    """Give the least number of installments in which payments of ``payment`` repay the debt.

    Args:
        terms: All the rest. Of its pattern only rows of interest alone are read, which are not counted.
        payment: Principal and interest of each installment; fees and carried balances come on top.

    Raises:
        NegativeAmortizationError: The payment does not exceed the interest; the error says which would.
        TermsError: It would take more than 10,000 installments, or more than there are dates; or the terms
            have payments that are not equal by nature (flat interest, seasons).
    """
    asked = _asked(terms, payment)
    timeline, units, before = Timeline(asked), payment.minor_units, asked.interest_only
    most = _dates_after(asked, 1)
    rows = fixed_rows(asked, timeline, units, most)
    if isinstance(rows, Stuck):
        refused = refusal(asked, rows)
        raise type(refused)(refused.code, "payment", refused.message, refused.data)
    count = rows - before
    # A day count that asks for the maturity may make do with less once it is known.
    while count > 1 and _repays(asked, timeline, units, count - 1):
        count -= 1
    return count


def solve_payment(terms: Terms, *, count: int) -> Money:
    """Give the least payment that repays the debt in ``count`` installments, the last one no higher.

    Args:
        terms: All the rest. Of its pattern only rows of interest alone are read, which are not counted.
        count: How many installments.

    Raises:
        TermsError: There are fewer dates, the payment would be beyond the bounds of Money, or the terms have
            payments that are not equal by nature.
    """
    unknown = _Unknown.of(check_instance(terms, Terms, "terms"), terms.principal, count)
    payments = range(1, MINOR_UNITS_MAX + 1)
    found = bisect_left(payments, 1, key=lambda units: unknown.repays(unknown.terms, units))
    if found == len(payments):
        message = f"no payment of up to {MINOR_UNITS_MAX} minor units repays it in {count} installments"
        raise TermsError("solve.payment", "count", message)
    return Money.from_minor_units(payments[found], terms.principal.currency)


def solve_principal(terms: Terms, *, payment: Money, count: int) -> Money:
    """Give the greatest principal that ``count`` installments of ``payment`` repay.

    Args:
        terms: All the rest; its principal is not read, and of its pattern only rows of interest alone.
        payment: Principal and interest of each installment; fees and carried balances come on top.
        count: How many installments.

    Raises:
        TermsError: There are fewer dates, not even the least principal is repaid, or the terms have payments
            that are not equal by nature.
    """
    unknown = _Unknown.of(terms, payment, count)
    besides = terms.amortized.minor_units - terms.principal.minor_units
    lowest = max(1, 1 + terms.left - besides)

    def is_too_much(units: int) -> bool:
        principal = Money.from_minor_units(units, terms.principal.currency)
        return not unknown.repays(attrs.evolve(unknown.terms, principal=principal), payment.minor_units)

    # Payments never repay more than their own sum above the least principal that leaves something to repay.
    capitalized = terms.carried.treated(CarriedTreatment.CAPITALIZE, terms.principal.currency)
    most = min(MINOR_UNITS_MAX - capitalized.minor_units, lowest + count * payment.minor_units)
    principals = range(lowest, most + 1)
    found = bisect_left(principals, 1, key=is_too_much)
    if found == 0:
        message = f"{count} payments of {payment} repay no principal at all"
        raise TermsError("solve.principal", "payment", message)
    return Money.from_minor_units(principals[found - 1], terms.principal.currency)


def solve_rate(terms: Terms, *, payment: Money, count: int) -> Rate:
    """Give the highest rate at which ``count`` installments of ``payment`` repay the debt, to 1e-12.

    Args:
        terms: All the rest; of its rate only the unit is read, of its pattern only rows of interest alone.
        payment: Principal and interest of each installment; fees and carried balances come on top.
        count: How many installments.

    Raises:
        TermsError: There are fewer dates, the debt is not repaid even without interest, it is repaid at every
            rate up to 400 % a year, or the terms have payments that are not equal by nature.
    """
    unknown = _Unknown.of(terms, payment, count)
    unit = terms.highest_rate.unit

    def rate_at(step: int) -> Rate:
        return Rate(Fraction(step, RATE_STEPS), unit)

    def is_too_high(step: int) -> bool:
        return not unknown.repays(attrs.evolve(unknown.terms, rate=rate_at(step)), payment.minor_units)

    steps = range(ANNUAL_RATE_MAX * RATE_STEPS // unit.per_year + 1)
    found = bisect_left(steps, 1, key=is_too_high)
    if found in {0, len(steps)}:
        payments = f"{count} payments of {payment}"
        message = f"{payments} do not repay the debt even without interest"
        if found:
            message = f"{payments} repay the debt at every rate up to {ANNUAL_RATE_MAX * 100} %"
        raise TermsError("solve.rate", "payment", message)
    return rate_at(steps[found - 1])


@attrs.frozen
class _Unknown:
    """What is asked of each candidate: whether payments repay the debt in so many installments."""

    terms: Terms
    count: int
    timeline: Timeline

    @classmethod
    def of(cls, terms: Terms, payment: Money, count: int) -> _Unknown:
        asked = _asked(terms, payment)
        check_count(count, "count", minimum=1, maximum=INSTALLMENTS_MAX, error=TermsError)
        _dates_after(asked, count)
        return cls(asked, count, Timeline(asked))

    def repays(self, terms: Terms, payment: int) -> bool:
        return _repays(terms, self.timeline, payment, self.count)


def _repays(terms: Terms, timeline: Timeline, payment: int, count: int) -> bool:
    maturity = timeline.rows(terms.interest_only + count)[-1][1]
    return not isinstance(fixed_rows(terms, timeline, payment, count, maturity), Stuck)


def _asked(terms: Terms, payment: Money) -> Terms:
    check_instance(terms, Terms, "terms")
    check_positive(payment, "payment")
    check_currency(payment, terms.principal.currency, "payment")
    core = terms.repayment.core
    if core.flat or isinstance(core, SeasonalPayments):
        message = "expected a pattern of equal payments on what is left, such as LevelPayment"
        raise TermsError("solve.pattern", "terms.repayment", message)
    if terms.ends_open:
        message = "expected the principal that is left at the review"
        raise TermsError("terms.residual", "terms.residual", message)
    return attrs.evolve(terms, repayment=terms.repayment.with_core(FixedPayment(payment)))


def _dates_after(terms: Terms, count: int) -> int:
    """Count the dates after those of interest alone, as far as a schedule may reach; refuse too few."""
    places = islice(terms.places(), INSTALLMENTS_MAX if terms.date_count else terms.interest_only + count)
    dates = dates_to_review(terms) if terms.review_on else sum(1 for _ in places)
    after = min(dates, INSTALLMENTS_MAX) - terms.interest_only
    if after < count:
        message = f"expected at most {max(0, after)} installments, since no more dates are there"
        raise TermsError("terms.dates", "count", message, {"dates": dates})
    return after if terms.review_on or terms.date_count else INSTALLMENTS_MAX - terms.interest_only
