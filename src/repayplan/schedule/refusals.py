"""Why terms give no schedule, and the count or the amount that would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.errors import DateError, NegativeAmortizationError, TermsError
from repayplan.money import Money, money_of
from repayplan.schedule.amortization import Stuck
from repayplan.schedule.attempt import attempt
from repayplan.schedule.periods import Timeline, period_factors
from repayplan.schedule.repayment import CountedRepayment, CustomPayments, FixedPayment

if TYPE_CHECKING:
    from collections.abc import Callable

    from repayplan.schedule.terms import Terms

__all__ = ["refusal"]


def refusal(terms: Terms, stuck: Stuck) -> TermsError:
    """Say why ``terms`` got stuck and what would work instead."""
    if isinstance(terms.repayment, CountedRepayment):
        return _refused_count(terms, terms.repayment, stuck)
    if isinstance(terms.repayment, CustomPayments):
        return _refused_custom(terms, stuck)
    return _refused_payment(terms, stuck)


def _refused_count(terms: Terms, pattern: CountedRepayment, stuck: Stuck) -> TermsError:
    def works(count: int) -> bool:
        fewer = attrs.evolve(terms, repayment=attrs.evolve(pattern, count=count))
        return not isinstance(attempt(fewer), Stuck)

    # A row repays at least one minor unit, so more rows than units never work; one row always does.
    count = _last_that(works, 1, min(pattern.count, terms.amortized.minor_units + 1))
    data: dict[str, object] = {"count": count, "number": stuck.number}
    if stuck.pays_too_little and stuck.interest > 0:
        least = _money(terms, stuck.interest + 1)
        message = (
            f"{pattern.count} installments would leave nothing for principal after interest of"
            f" {_money(terms, stuck.interest)} in row {stuck.number}; {count} would do"
        )
        data["least_payment"] = least
        return NegativeAmortizationError("terms.negative_amortization", "count", message, data)
    trouble = "a row of zero" if stuck.pays_too_little else f"nothing to pay after row {stuck.number}"
    message = f"{pattern.count} installments would leave {trouble}; {count} would do"
    return TermsError("terms.count", "count", message, data)


def _refused_payment(terms: Terms, stuck: Stuck) -> TermsError:
    timeline = Timeline(terms)
    principal, rounding = terms.amortized.minor_units, terms.rounding

    def falls_short(payment: int) -> bool:
        pattern = FixedPayment(_money(terms, payment))
        try:
            rows = pattern.row_count(principal, period_factors(terms, timeline.stream(), None), rounding)
        except DateError:  # the debt outlives the calendar, so the payment is too small
            return True
        return isinstance(rows, Stuck)

    given = stuck.interest + stuck.principal
    first_interest = next(iter(period_factors(terms, timeline.stream(), None)))
    enough = principal + rounding.divide(principal * first_interest[0], first_interest[1])
    least = _money(terms, _last_that(falls_short, given, enough) + 1)
    data = {"least_payment": least, "number": stuck.number}
    if stuck.pays_too_little:
        message = (
            f"{_money(terms, given)} does not exceed the interest of {_money(terms, stuck.interest)} in row"
            f" {stuck.number}, so the debt would never fall; the least payment that would do is {least}"
        )
        return NegativeAmortizationError("terms.negative_amortization", "amount", message, data)
    message = f"{_money(terms, given)} would take more than {stuck.number} installments; pay at least {least}"
    return TermsError("terms.count", "amount", message, data)


def _refused_custom(terms: Terms, stuck: Stuck) -> TermsError:
    field = f"amounts[{stuck.number - 1}]"
    interest, clearing = _money(terms, stuck.interest), _money(terms, stuck.opening + stuck.interest)
    if stuck.pays_too_little:
        least = _money(terms, stuck.interest + 1)
        message = f"does not exceed the interest of {interest}; the least payment that would do is {least}"
        data = {"least_payment": least, "number": stuck.number}
        return NegativeAmortizationError("terms.negative_amortization", field, message, data)
    message = f"payment {stuck.number} must be the last and clear the debt with {clearing}"
    if stuck.principal < stuck.opening:
        message = f"the last payment must clear the debt with {clearing}"
    return TermsError("terms.last_amount", field, message, {"amount": clearing, "number": stuck.number})


def _last_that(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Bisect for the last number that holds, where ``low`` does and ``high`` does not."""
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low


def _money(terms: Terms, minor_units: int) -> Money:
    return money_of(minor_units, terms.principal.currency)
