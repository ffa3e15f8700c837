"""Terms: everything that defines a schedule, checked once."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.calendars import BusinessDayConvention, CalendarLike, check_calendar
from repayplan.checks import check_date, check_instance
from repayplan.dates import Frequency, check_frequency
from repayplan.errors import DateError, TermsError
from repayplan.money import Money, check_currency
from repayplan.months import DateGrid, MonthEnd
from repayplan.rates import DayCount, Rate
from repayplan.rounding import Rounding
from repayplan.schedule.carried import CarriedBalances, CarriedTreatment
from repayplan.schedule.repayment import Repayment
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

__all__ = ["AccrueTo", "Terms"]


class AccrueTo(enum.Enum):
    """The date to which the interest of a period runs, where a business day moves the due date."""

    SCHEDULED = "scheduled"
    DUE = "due"


def _to_starts_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "starts_on")


def _to_first_due(value: datetime.date) -> pendulum.Date:
    return check_date(value, "first_due")


_NOTHING_CARRIED = CarriedBalances()


@attrs.frozen(kw_only=True)
class Terms(Value):
    """The definition from which :func:`repayplan.build_schedule` builds an exact schedule.

    Attributes:
        principal: What bears interest, above zero.
        rate: The rate of interest.
        starts_on: The day from which interest runs.
        first_due: The first due date, before any business-day move; not before ``starts_on``.
        repayment: The pattern of repayment.
        frequency: How often an installment falls due.
        anchor_day: The day of the month to come back to, 31 for the last; None is the day of ``first_due``.
        day_count: How the time of a period becomes a part of a year.
        rounding: How each row's interest, and unless the pattern says otherwise its payment, is rounded.
        calendar: Which days are worked; without one no due date moves.
        convention: Where a due date on a closed day goes.
        month_end: What becomes of a day that a month does not have.
        accrue_to: Whether interest runs to the scheduled or the moved date; ``NOMINAL`` does not ask.
        carried: Interest, fees and penalties owed at the start, which bear no interest.

    Raises:
        TermsError: The principal is not above zero.
        MoneyError: The amounts are not all in one currency.
        DateError: The first due date is before the start or off its anchor day.
        InputTypeError: A field has the wrong type.
    """

    principal: Money
    rate: Rate
    starts_on: pendulum.Date = attrs.field(converter=_to_starts_on)
    first_due: pendulum.Date = attrs.field(converter=_to_first_due)
    repayment: Repayment
    frequency: Frequency = Frequency.MONTHLY
    anchor_day: int | None = None
    day_count: DayCount = DayCount.NOMINAL
    rounding: Rounding = Rounding.HALF_EVEN
    calendar: CalendarLike | None = None
    convention: BusinessDayConvention = BusinessDayConvention.FOLLOWING
    month_end: MonthEnd = MonthEnd.CLAMP
    accrue_to: AccrueTo = AccrueTo.SCHEDULED
    carried: CarriedBalances = _NOTHING_CARRIED

    def __attrs_post_init__(self) -> None:
        """Check the fields, and then what they say together."""
        check_frequency(self.frequency)
        for field, kind in _KINDS.items():
            check_instance(getattr(self, field), kind, field)
        if self.calendar is not None:
            check_calendar(self.calendar)
        if self.principal.minor_units <= 0:
            message = f"expected an amount above zero, got {self.principal}"
            raise TermsError("terms.principal", "principal", message)
        self._check_currencies()
        if self.first_due < self.starts_on:
            message = f"expected {self.starts_on} (starts_on) or later, got {self.first_due}"
            data = {"starts_on": self.starts_on, "first_due": self.first_due}
            raise DateError("terms.first_due", "first_due", message, data)
        self.grid()
        self.amortized  # noqa: B018  # refuses a sum beyond the bounds of Money now rather than on first use

    @property
    def amortized(self) -> Money:
        """What the installments repay as principal: the principal and what is capitalized."""
        currency = self.principal.currency
        return self.principal + self.carried.treated(CarriedTreatment.CAPITALIZE, currency)

    def grid(self) -> DateGrid:
        """Give the scheduled dates by their place, ``first_due`` being place 0."""
        return self.frequency.grid(self.first_due, self.anchor_day, self.month_end)

    def _check_currencies(self) -> None:
        currency = self.principal.currency
        carried = [(f"carried.{component}", balance.amount) for component, balance in self.carried]
        for field, amount in [("repayment", named) for named in self.repayment.named_amounts] + carried:
            check_currency(amount, currency, field)


_KINDS: dict[str, type] = {
    "principal": Money,
    "rate": Rate,
    "repayment": Repayment,
    "day_count": DayCount,
    "rounding": Rounding,
    "convention": BusinessDayConvention,
    "month_end": MonthEnd,
    "accrue_to": AccrueTo,
    "carried": CarriedBalances,
}
