"""Why terms give no schedule, and the count or the amount that would."""

from __future__ import annotations

from bisect import bisect_left
from functools import singledispatch
from itertools import islice
from typing import TYPE_CHECKING

import attrs

from repayplan.errors import DateError, NegativeAmortizationError, TermsError
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.frequencies import ListedDates
from repayplan.money import Money
from repayplan.schedule.amortization import Stuck
from repayplan.schedule.attempt import attempt_rows, dates_to_review, fixed_rows
from repayplan.schedule.counts import nearest_count
from repayplan.schedule.level import LevelPayment
from repayplan.schedule.repayment import CountedRepayment, Repayment
from repayplan.schedule.stated import CustomPayments, FixedPayment, StepPayments
from repayplan.schedule.timeline import Timeline
from repayplan.schedule.uneven import Balloon, SeasonalPayments

if TYPE_CHECKING:
    import pendulum

    from repayplan.schedule.attempt import Rows
    from repayplan.schedule.terms import Terms

__all__ = ["refusal"]


def refusal(terms: Terms, stuck: Stuck) -> TermsError:
    """Say why ``terms`` got stuck and what would work instead."""
    return _refused(terms.repayment.core, terms, stuck)


@singledispatch
def _refused(core: Repayment, terms: Terms, stuck: Stuck) -> TermsError:
    """Say what is wrong with a pattern of a kind that this module does not know."""
    del core
    message = f"row {stuck.number} would not repay between nothing and all of {_shown(terms, stuck.opening)}"
    return TermsError("terms.row", "repayment", message, {"number": stuck.number})


@_refused.register(CountedRepayment)
def _refused_count(core: CountedRepayment, terms: Terms, stuck: Stuck) -> TermsError:
    # A row repays at least one minor unit, so more rows than units never work.
    most = min(core.count, terms.amortized.minor_units - terms.left)
    shared = Timeline(terms) if terms.date_count is None else None  # dates that end do so with the count
    count = nearest_count(lambda fewer: _attempt_fewer(terms, core, fewer, shared), most)
    advice = f"{count} would do" if count >= core.count_min else "LevelPayment(1) would do"
    data: dict[str, object] = {"count": count, "number": stuck.number, **_new_end(terms, count)}
    if stuck.pays_too_little and stuck.interest > 0 and core.sets_payment:
        message = (
            f"{core.count} installments would leave nothing for principal after interest of"
            f" {_shown(terms, stuck.interest)} in row {stuck.number}; {advice}"
        )
        # no fixed payment has the months of the seasons, nor the interest of a flat pattern
        least = None if core.flat or isinstance(core, SeasonalPayments) else _least_payment(terms)
        return _negative_amortization("count", message, least, data)
    trouble = "a row of zero" if stuck.pays_too_little else f"nothing to pay after row {stuck.number}"
    message = f"{core.count} installments would leave {trouble}; {advice}"
    return TermsError("terms.count", "count", message, data)


def _attempt_fewer(
    terms: Terms, core: CountedRepayment, count: int, timeline: Timeline | None
) -> Rows | Stuck:
    """Try fewer installments, whose rows are counted after those of interest alone."""
    fewer = _fewer(terms, core, count)
    outcome = attempt_rows(fewer, timeline or Timeline(fewer))
    if isinstance(outcome, Stuck):
        return attrs.evolve(outcome, number=outcome.number - terms.interest_only)
    return outcome


def _fewer(terms: Terms, core: CountedRepayment, count: int) -> Terms:
    """Ask for fewer installments, and for fewer dates where those come to an end."""
    pattern = LevelPayment(1) if count < core.count_min else attrs.evolve(core, count=count)
    fewer = attrs.evolve(terms, repayment=terms.repayment.with_core(pattern))
    if terms.date_count is None or count == core.count:
        return fewer
    last = _last_date(terms, count)
    if isinstance(terms.frequency, ListedDates):
        dates = [day for day in terms.frequency.dates if day <= last]
        return attrs.evolve(fewer, frequency=ListedDates(dates))
    return attrs.evolve(fewer, ends_on=last)


def _new_end(terms: Terms, count: int) -> dict[str, object]:
    """Give the date to end on for so many rows, where the dates come to an end."""
    return {} if terms.date_count is None else {"ends_on": _last_date(terms, count)}


def _last_date(terms: Terms, count: int) -> pendulum.Date:
    """Give the scheduled date of the last of so many rows after those of interest alone."""
    row = terms.interest_only + count - 1
    return next(islice(terms.places(), row, None))[1]


@_refused.register(Balloon)
def _refused_balloon(core: Balloon, terms: Terms, stuck: Stuck) -> TermsError:
    """Give the greatest balloon that leaves the other payments above the interest."""
    timeline = Timeline(terms)

    def outcome(units: int) -> Rows | Stuck:
        balloon = attrs.evolve(core, amount=Money.from_minor_units(units, core.amount.currency))
        changed = attrs.evolve(terms, repayment=terms.repayment.with_core(balloon))
        return attempt_rows(changed, timeline)

    def pays_too_little(units: int) -> bool:
        built = outcome(units)
        return isinstance(built, Stuck) and built.pays_too_little

    amounts = range(1, core.amount.minor_units + 1)
    greatest = bisect_left(amounts, 1, key=pays_too_little)
    if greatest and not isinstance(outcome(greatest), Stuck):
        amount = _money(terms, greatest)
        message = f"{core.amount} leaves the other payments below the interest; at most {amount} would do"
        data = {"amount": amount, "number": stuck.number}
        return NegativeAmortizationError("terms.negative_amortization", "amount", message, data)
    return _refused_count(core, terms, stuck)


@_refused.register(FixedPayment)
def _refused_payment(core: FixedPayment, terms: Terms, stuck: Stuck) -> TermsError:
    given, least = core.amount, _least_payment(terms)
    data: dict[str, object] = {"number": stuck.number}
    if stuck.pays_too_little:
        interest = _shown(terms, stuck.interest)
        message = f"{given} does not exceed the interest of {interest} in row {stuck.number}"
        return _negative_amortization("amount", message, least, data)
    message = f"{given} would take more than {stuck.number} installments"
    if least is not None:
        message = f"{message}; pay at least {least}"
        data["least_payment"] = least
    return TermsError("terms.count", "amount", message, data)


def _negative_amortization(
    field: str, message: str, least: Money | None, data: dict[str, object]
) -> NegativeAmortizationError:
    if least is not None:
        message = f"{message}; the least payment that would do is {least}"
        data = {**data, "least_payment": least}
    return NegativeAmortizationError("terms.negative_amortization", field, message, data)


def _least_payment(terms: Terms) -> Money | None:
    """Bisect for the least fixed payment that would do.

    None if it would be beyond the bounds of Money.
    """
    timeline = Timeline(terms)
    most = None if terms.review_on is None else dates_to_review(terms) - terms.interest_only

    def ends(payment: int) -> bool:
        try:
            rows = fixed_rows(terms, timeline, payment, most)
        except DateError:  # the debt outlives the calendar, so the payment is too small
            return False
        if isinstance(rows, Stuck):  # an open review asks only that the debt falls
            return terms.ends_open and not rows.pays_too_little
        return True

    payments = range(1, MINOR_UNITS_MAX + 1)
    found = bisect_left(payments, 1, key=ends)
    return _money(terms, payments[found]) if found < len(payments) else None


@_refused.register(CustomPayments)
def _refused_custom(core: CustomPayments, terms: Terms, stuck: Stuck) -> TermsError:
    place = stuck.number - terms.interest_only
    field = f"amounts[{place - 1}]"
    interest, clearing = stuck.interest, stuck.opening - terms.left + stuck.interest
    if stuck.pays_too_little and place < len(core.amounts):
        message = f"it does not exceed the interest of {_shown(terms, interest)}"
        return _negative_amortization(field, message, _money(terms, interest + 1), {"number": place})
    message = f"payment {place} must be the last and clear the debt with {_shown(terms, clearing)}"
    if interest + stuck.principal < clearing:
        message = f"the last payment must clear the debt with {_shown(terms, clearing)}"
    data = {"amount": _money(terms, clearing), "number": place, **_new_end(terms, place)}
    return TermsError("terms.last_amount", field, message, data)


@_refused.register(StepPayments)
def _refused_steps(core: StepPayments, terms: Terms, stuck: Stuck) -> TermsError:
    place = stuck.number - terms.interest_only
    ends = core.ends
    step = bisect_left(ends, place)
    field = f"steps[{step}]"
    interest, clearing = stuck.interest, stuck.opening - terms.left + stuck.interest
    if stuck.pays_too_little and place < ends[-1]:
        message = f"it does not exceed the interest of {_shown(terms, interest)} in row {stuck.number}"
        return _negative_amortization(f"{field}[1]", message, _money(terms, interest + 1), {"step": step})
    data: dict[str, object] = {"step": step, "number": place, "amount": _money(terms, clearing)}
    if place < ends[-1]:
        message = f"payment {place} would clear the debt with {_shown(terms, clearing)}; end the steps there"
        return TermsError(
            "terms.count", f"{field}[0]", message, {**data, "count": place, **_new_end(terms, place)}
        )
    message = (
        f"the steps leave {_shown(terms, clearing)} for the last payment, more than its {core.steps[-1][1]}"
    )
    return TermsError("terms.last_amount", f"{field}[1]", message, data)


def _money(terms: Terms, minor_units: int) -> Money | None:
    """Give an amount as money; None if it is beyond the bounds of Money."""
    currency = terms.principal.currency
    return Money.from_minor_units(minor_units, currency) if minor_units <= MINOR_UNITS_MAX else None


def _shown(terms: Terms, minor_units: int) -> str:
    return str(_money(terms, minor_units) or f"more than {MINOR_UNITS_MAX} minor units")
