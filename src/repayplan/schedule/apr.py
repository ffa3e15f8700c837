"""The annual percentage rate: what a credit costs in a year, as four rule books state it, decided exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_count, check_instance
from repayplan.errors import RateError, shown
from repayplan.exact import read_fraction
from repayplan.rounding import Rounding
from repayplan.schedule.cash_flows import CashFlows, PaymentDates
from repayplan.schedule.effective import Stream
from repayplan.schedule.intervals import Timed, actual_days, equal_periods, eu_intervals, us_unit_periods
from repayplan.schedule.schedule import Schedule
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["APR_MAX", "AnnualPercentageRate", "AprMethod", "annual_percentage_rate"]

APR_MAX: Final = 10**6
"""The highest annual percentage rate that is solved for, as a share: one hundred million percent."""

_STEPS: Final = 10**12
"""A rate is a whole number of parts of this size."""

_PLACES_MAX = 10


class AprMethod(Enumeration):
    """Whose annual percentage rate it is."""

    US_ACTUARIAL = "us_actuarial"
    """The actuarial method of 12 CFR 1026 (Regulation Z), Appendix J: nominal, and simple inside a period.

    The unit-period is that of the cash flows, a year at most ((b)(4)(i)); where there is one payment, it is
    the term ((b)(4)(ii)). Times are measured back from the later date ((b)(5)), on scheduled dates: 12 CFR
    1026.17(c)(3) lets a creditor disregard that a date is moved because it is no business day, and that
    months differ in length.
    """
    EU_DIRECTIVE = "eu_directive"
    """The annual percentage rate of charge of Directive (EU) 2023/2225, Annex III: effective.

    The equation is that of Directive 2008/48/EC, Annex I. Remark (c) expresses intervals in years: a year has
    365 days (366 in a leap year), 52 weeks or 12 equal months; what is no whole number of one of these is
    whole periods, counted backwards to the drawdown, and days, divided by the days of the complete year that
    ends on the last of them. Months are used for unit-periods of months and semi-months, weeks for those of
    weeks; otherwise months if all intervals are whole months, weeks if all are whole weeks, and else years
    and days.
    """
    IRR = "irr"
    """The internal rate of return of a period times the periods in a year: nominal; dates do not matter."""
    XIRR = "xirr"
    """The internal rate of return on actual days over 365, as spreadsheets compute it: effective."""

    @property
    def is_effective(self) -> bool:
        """Whether the rate compounds within a year, rather than adding up the rates of its periods."""
        return self in {AprMethod.EU_DIRECTIVE, AprMethod.XIRR}

    @property
    def dates(self) -> PaymentDates:
        """Which dates of a schedule it looks at."""
        scheduled = self is AprMethod.US_ACTUARIAL
        return PaymentDates.SCHEDULED if scheduled else PaymentDates.DUE


def _to_value(value: Fraction) -> Fraction:
    return read_fraction(value, "value", error=RateError)


@attrs.frozen
class AnnualPercentageRate(Value):
    """An annual percentage rate and whose it is.

    Attributes:
        value: The rate as a share, 0 to 1,000,000: the multiple of 10**-12 nearest to the exact solution.
        method: Whose it is.

    Raises:
        RateError: The value is out of range.
    """

    value: Fraction = attrs.field(converter=_to_value)
    method: AprMethod

    def __attrs_post_init__(self) -> None:
        """Check the range."""
        check_instance(self.method, AprMethod, "method")
        if not 0 <= self.value <= APR_MAX:
            message = f"expected a share from 0 to {APR_MAX}, got {shown(self.value)}; write 5 % as '0.05'"
            raise RateError("apr.range", "value", message, {"maximum": APR_MAX})

    def percent(self, places: int = 2, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
        """Give the percentage with 0 to 10 decimal places.

        Half up is what Directive (EU) 2023/2225, Annex III, remark (d), asks for. It is ``value`` that is
        rounded; with 10 places it is exact.
        """
        check_count(places, "places", minimum=0, maximum=_PLACES_MAX, error=RateError)
        check_instance(rounding, Rounding, "rounding")
        return Decimal(f"{rounding.apply(self.value * 10 ** (places + 2))}E-{places}")

    def __str__(self) -> str:
        """Give the percentage to two places, such as ``9.69 %``."""
        return f"{self.percent()} %"


def annual_percentage_rate(
    source: Schedule | CashFlows, method: AprMethod, *, fees: bool = True
) -> AnnualPercentageRate:
    """Solve for the rate at which the payments are worth what was advanced.

    The answer is the multiple of 10**-12 that is nearest to the exact solution, a tie going to the higher
    one; it does not depend on the machine, the decimal context or a first guess.

    Args:
        source: A schedule, read as :meth:`CashFlows.of_schedule` says, or cash flows.
        method: Whose rate.
        fees: Whether the fees of a schedule's own rows are a cost of the credit; cash flows are taken as they
            are.

    Raises:
        TermsError: The method needs a unit-period and there is none, or the payments do not add up to the
            advance.
        RateError: The rate would be above 1,000,000 (one hundred million percent).
        InputTypeError: An argument has the wrong type.
    """
    check_instance(method, AprMethod, "method")
    if isinstance(source, Schedule):
        flows = CashFlows.of_schedule(source, fees=fees, dates=method.dates)
    else:
        flows = check_instance(source, CashFlows, "source")
    steps = _nearest(Stream(*_TIMED[method](flows)), flows)
    return AnnualPercentageRate(Fraction(steps, _STEPS), method)


def _nearest(stream: Stream, flows: CashFlows) -> int:
    """Find the step nearest to the solution: the highest whose lower half is not beyond it.

    The worth of the payments never rises with the rate, and at a rate of zero it is their total.
    """
    advanced = flows.advanced.minor_units
    if flows.total == flows.advanced:
        return 0
    low, high = 0, APR_MAX * _STEPS + 1
    if stream.is_worth(advanced, _half_below(high)):
        message = f"the rate would be above {APR_MAX} (one hundred million percent)"
        raise RateError("apr.bound", "source", message, {"maximum": APR_MAX})
    while high - low > 1:
        middle = (low + high) // 2
        if stream.is_worth(advanced, _half_below(middle)):
            low = middle
        else:
            high = middle
    return low


def _half_below(steps: int) -> Fraction:
    return Fraction(2 * steps - 1, 2 * _STEPS)


_TIMED: dict[AprMethod, Callable[[CashFlows], Timed]] = {
    AprMethod.US_ACTUARIAL: us_unit_periods,
    AprMethod.EU_DIRECTIVE: eu_intervals,
    AprMethod.IRR: equal_periods,
    AprMethod.XIRR: actual_days,
}
