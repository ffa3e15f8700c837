"""Why terms give no schedule, and the count or the amount that would."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import attrs

from repayplan.errors import DateError, NegativeAmortizationError, TermsError
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.money import Money
from repayplan.schedule.amortization import Stuck
from repayplan.schedule.attempt import attempt
from repayplan.schedule.counts import nearest_count
from repayplan.schedule.periods import Timeline, period_factors
from repayplan.schedule.repayment import CountedRepayment, CustomPayments, FixedPayment

if TYPE_CHECKING:
    from repayplan.schedule.terms import Terms

__all__ = ["refusal"]


def refusal(terms: Terms, stuck: Stuck) -> TermsError:
    """Say why ``terms`` got stuck and what would work instead."""
    if isinstance(terms.repayment, CountedRepayment):
        return _refused_count(terms, terms.repayment, stuck)
    if isinstance(terms.repayment, CustomPayments):
        return _refused_custom(terms, terms.repayment, stuck)
    return _refused_payment(terms, stuck)


def _refused_count(terms: Terms, pattern: CountedRepayment, stuck: Stuck) -> TermsError:
    # A row repays at least one minor unit, so more rows than units never work.
    count = nearest_count(
        lambda fewer: attempt(attrs.evolve(terms, repayment=attrs.evolve(pattern, count=fewer))),
        min(pattern.count, terms.amortized.minor_units),
    )
    data: dict[str, object] = {"count": count, "number": stuck.number}
    if stuck.pays_too_little and stuck.interest > 0 and pattern.sets_payment:
        message = (
            f"{pattern.count} installments would leave nothing for principal after interest of"
            f" {_shown(terms, stuck.interest)} in row {stuck.number}; {count} would do"
        )
        least = None if pattern.flat else _least_payment(terms, stuck)
        return _negative_amortization("count", message, least, data)
    trouble = "a row of zero" if stuck.pays_too_little else f"nothing to pay after row {stuck.number}"
    message = f"{pattern.count} installments would leave {trouble}; {count} would do"
    return TermsError("terms.count", "count", message, data)


def _refused_payment(terms: Terms, stuck: Stuck) -> TermsError:
    given, least = _shown(terms, stuck.interest + stuck.principal), _least_payment(terms, stuck)
    data: dict[str, object] = {"number": stuck.number}
    if stuck.pays_too_little:
        interest = _shown(terms, stuck.interest)
        message = f"{given} does not exceed the interest of {interest} in row {stuck.number}"
        return _negative_amortization("amount", message, least, data)
    message = f"{given} would take more than {stuck.number} installments; pay at least {least}"
    return TermsError("terms.count", "amount", message, {**data, "least_payment": least})


def _negative_amortization(
    field: str, message: str, least: Money | None, data: dict[str, object]
) -> NegativeAmortizationError:
    if least is not None:
        message = f"{message}; the least payment that would do is {least}"
        data = {**data, "least_payment": least}
    return NegativeAmortizationError("terms.negative_amortization", field, message, data)


def _least_payment(terms: Terms, stuck: Stuck) -> Money | None:
    """Bisect for the least fixed payment that ends the debt, above the one at which it got stuck.

    None if it would be beyond the bounds of Money.
    """
    timeline = Timeline(terms)
    principal, rounding = terms.amortized.minor_units, terms.rounding

    def ends(payment: int) -> bool:
        pattern = FixedPayment(Money.from_minor_units(payment, terms.principal.currency))
        try:
            rows = pattern.row_count(principal, period_factors(terms, timeline.stream(), None), rounding)
        except DateError:  # the debt outlives the calendar, so the payment is too small
            return False
        return not isinstance(rows, Stuck)

    payments = range(stuck.interest + stuck.principal + 1, MINOR_UNITS_MAX + 1)
    found = bisect_left(payments, 1, key=ends)
    return _money(terms, payments[found]) if found < len(payments) else None


def _refused_custom(terms: Terms, pattern: CustomPayments, stuck: Stuck) -> TermsError:
    field = f"amounts[{stuck.number - 1}]"
    interest, clearing = stuck.interest, stuck.opening + stuck.interest
    if stuck.pays_too_little and stuck.number < len(pattern.amounts):
        message = f"it does not exceed the interest of {_shown(terms, interest)}"
        return _negative_amortization(field, message, _money(terms, interest + 1), {"number": stuck.number})
    message = f"payment {stuck.number} must be the last and clear the debt with {_shown(terms, clearing)}"
    if stuck.principal < stuck.opening:
        message = f"the last payment must clear the debt with {_shown(terms, clearing)}"
    data = {"amount": _money(terms, clearing), "number": stuck.number}
    return TermsError("terms.last_amount", field, message, data)


def _money(terms: Terms, minor_units: int) -> Money | None:
    """Give an amount as money; None if it is beyond the bounds of Money."""
    currency = terms.principal.currency
    return Money.from_minor_units(minor_units, currency) if minor_units <= MINOR_UNITS_MAX else None


def _shown(terms: Terms, minor_units: int) -> str:
    return str(_money(terms, minor_units) or f"more than {MINOR_UNITS_MAX} minor units")
