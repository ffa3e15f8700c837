"""What terms must say together, checked when they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.calendars import BusinessDayConvention, check_calendar
from repayplan.checks import check_instance
from repayplan.daycounts import DayCount
from repayplan.errors import DateError, TermsError
from repayplan.frequencies import check_frequency
from repayplan.money import Money, check_currency
from repayplan.months import MonthEnd
from repayplan.rounding import Rounding
from repayplan.schedule.accrual import AccrueTo, FirstPeriod
from repayplan.schedule.carried import CarriedBalances
from repayplan.schedule.fees import SingleFee
from repayplan.schedule.grace import Grace
from repayplan.schedule.rate_steps import RateSteps
from repayplan.schedule.repayment import Repayment
from repayplan.schedule.stated import FixedPayment
from repayplan.schedule.stub import Stub

if TYPE_CHECKING:
    import pendulum

    from repayplan.schedule.terms import Terms

__all__ = ["check_terms"]


def check_terms(terms: Terms) -> None:
    """Check the types of all fields, and then what they say together."""
    _check_types(terms)
    _check_currencies(terms)
    _check_amounts(terms)
    _check_dates(terms)


def _check_types(terms: Terms) -> None:
    check_frequency(terms.frequency)
    for field, kind in _KINDS.items():
        check_instance(getattr(terms, field), kind, field)
    for field in ("upfront", "residual"):
        if getattr(terms, field) is not None:
            check_instance(getattr(terms, field), Money, field)
    if terms.calendar is not None:
        check_calendar(terms.calendar)


def _check_amounts(terms: Terms) -> None:
    amounts = {"principal": terms.principal, "upfront": terms.upfront, "residual": terms.residual}
    for field, amount in amounts.items():
        if amount is not None and amount.minor_units <= 0:
            raise TermsError(f"terms.{field}", field, f"expected an amount above zero, got {amount}")
    amortized = terms.amortized  # refuses a sum beyond the bounds of Money, too
    if terms.upfront is not None and amortized.minor_units <= 0:
        message = f"expected less than the principal of {amortized + terms.upfront}, got {terms.upfront}"
        raise TermsError("terms.upfront", "upfront", message)
    if terms.residual is not None and terms.review_on is None:
        message = "expected the date to which the temporary terms hold, since a residual is stated"
        raise TermsError("terms.review_on", "review_on", message)
    if terms.left >= amortized.minor_units + terms.repayment.may_leave_all:
        message = f"expected less than the principal of {amortized}, got {terms.residual}"
        raise TermsError("terms.residual", "residual", message)
    if terms.ends_open and not isinstance(terms.repayment.core, FixedPayment):
        message = "expected the principal that is left at the review; only a FixedPayment may omit it"
        raise TermsError("terms.residual", "residual", message)


def _check_dates(terms: Terms) -> None:
    for field, earliest in _ORDER:
        day: pendulum.Date | None = getattr(terms, field)
        bound: pendulum.Date = getattr(terms, earliest)
        if day is not None and day < bound:
            message = f"expected {bound} ({earliest}) or later, got {day}"
            raise DateError(f"terms.{field}", field, message, {earliest: bound, field: day})
    if terms.ends_on is not None and terms.frequency.date_count is not None:
        message = "expected None, since the list of dates says where it ends"
        raise DateError("terms.ends_on", "ends_on", message)
    if isinstance(terms.rate, RateSteps):
        terms.rate.check_start(terms.starts_on)
    for index, fee in enumerate(terms.fees):
        if isinstance(fee, SingleFee) and fee.on < terms.starts_on:
            message = f"expected {terms.starts_on} (starts_on) or later, got {fee.on}"
            raise DateError("terms.fee", f"fees[{index}].on", message)
    if terms.repayment.core.defers_interest and terms.grace.interest:
        message = "expected no grace on interest, since the pattern itself defers what is not paid"
        raise TermsError("terms.grace", "grace.interest", message)
    terms.grid()  # refuses dates that are off their anchor now rather than on first use


def _check_currencies(terms: Terms) -> None:
    fields: list[tuple[str, Money | None]] = [("upfront", terms.upfront), ("residual", terms.residual)]
    fields += [("repayment", named) for named in terms.repayment.named_amounts]
    fields += [(f"carried.{component}", balance.amount) for component, balance in terms.carried]
    fields += [(f"fees[{index}]", fee.named_amount) for index, fee in enumerate(terms.fees)]
    for field, amount in fields:
        if amount is not None:
            check_currency(amount, terms.principal.currency, field)


_ORDER = (("first_due", "starts_on"), ("ends_on", "first_due"), ("review_on", "first_due"))
"""Dates, and those before which they must not be."""

_KINDS: dict[str, type] = {
    "principal": Money,
    "repayment": Repayment,
    "stub": Stub,
    "day_count": DayCount,
    "first_period": FirstPeriod,
    "rounding": Rounding,
    "convention": BusinessDayConvention,
    "month_end": MonthEnd,
    "accrue_to": AccrueTo,
    "carried": CarriedBalances,
    "grace": Grace,
}
