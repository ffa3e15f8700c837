"""Terms: everything that defines a schedule, checked once."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.calendars import BusinessDayConvention, CalendarLike
from repayplan.checks import check_date, check_tuple
from repayplan.daycounts import DayCount
from repayplan.errors import TermsError
from repayplan.frequencies import INSTALLMENTS_MAX, Frequency
from repayplan.money import Money
from repayplan.months import DateGrid, MonthEnd
from repayplan.rates import Rate, RateUnit
from repayplan.rounding import Rounding
from repayplan.schedule.accrual import AccrueTo, FirstPeriod
from repayplan.schedule.carried import CarriedBalances, CarriedTreatment
from repayplan.schedule.fees import FEES_MAX, Fee
from repayplan.schedule.grace import Grace
from repayplan.schedule.rate_steps import Rates, RateSteps, to_rates
from repayplan.schedule.repayment import Repayment
from repayplan.schedule.stub import Stub, dates_to
from repayplan.schedule.term_checks import check_terms
from repayplan.schedule.uneven import SeasonalPayments
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

__all__ = ["Terms"]


def _to_starts_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "starts_on")


def _to_first_due(value: datetime.date) -> pendulum.Date:
    return check_date(value, "first_due")


def _to_ends_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "ends_on")


def _to_review_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "review_on")


def _to_fees(value: Sequence[Fee]) -> tuple[Fee, ...]:
    kind: type[Fee] = Fee  # type: ignore[type-abstract]  # only asked whether something is one
    return check_tuple(value, kind, "fees", maximum=FEES_MAX, error=TermsError)


_NOTHING_CARRIED = CarriedBalances()
_NO_GRACE = Grace()


@attrs.frozen(kw_only=True)
class Terms(Value):
    """The definition from which :func:`repayplan.build_schedule` builds an exact schedule.

    Attributes:
        principal: What bears interest, above zero.
        rate: The rate of interest, or pairs of the day from which a rate is in force and the rate.
        starts_on: The day from which interest runs.
        first_due: The first due date, before any business-day move; not before ``starts_on``.
        repayment: The pattern of repayment.
        frequency: How often an installment falls due, or the dates one by one.
        anchor_day: The day of the month to come back to, 31 for the last; None is the day of ``first_due``.
        ends_on: The last due date, before any business-day move; None is as many as the pattern has.
        stub: What becomes of a last period that is shorter than a regular one.
        day_count: How the time of a period becomes a part of a year.
        first_period: How ``NOMINAL`` measures a first period that is not regular.
        rounding: How each row's interest, and unless the pattern says otherwise its payment, is rounded.
        calendar: Which days are worked; without one no due date moves.
        convention: Where a due date on a closed day goes.
        month_end: What becomes of a day that a month does not have.
        accrue_to: Whether interest runs to the scheduled or the moved date; ``NOMINAL`` does not ask.
        carried: Interest, fees and penalties owed at the start, which bear no interest.
        grace: Periods at the start in which less is asked for.
        upfront: What is paid of the principal on ``starts_on``; it bears no interest and is no installment.
        fees: Fees that the plan itself charges.
        review_on: The day to which temporary terms hold, not before the last scheduled date.
        residual: The principal that temporary terms leave for then. With a :class:`FixedPayment` it may be
            left out: as many payments are made as are scheduled up to ``review_on``, and the rest is left.

    Raises:
        TermsError: An amount, or the principal after what is paid up front, is not above zero; a residual
            without a review, or the other way round.
        MoneyError: The amounts are not all in one currency.
        DateError: The dates are out of order, or off their anchor day.
        RateError: The steps of the rate begin after ``starts_on``.
        InputTypeError: A field has the wrong type.
    """

    principal: Money
    rate: Rates = attrs.field(converter=to_rates)
    starts_on: pendulum.Date = attrs.field(converter=_to_starts_on)
    first_due: pendulum.Date = attrs.field(converter=_to_first_due)
    repayment: Repayment
    frequency: Frequency = Frequency.MONTHLY
    anchor_day: int | None = None
    ends_on: pendulum.Date | None = attrs.field(default=None, converter=_to_ends_on)
    stub: Stub = Stub.SHORT
    day_count: DayCount = DayCount.NOMINAL
    first_period: FirstPeriod = FirstPeriod.MONTHS_AND_DAYS
    rounding: Rounding = Rounding.HALF_EVEN
    calendar: CalendarLike | None = None
    convention: BusinessDayConvention = BusinessDayConvention.FOLLOWING
    month_end: MonthEnd = MonthEnd.CLAMP
    accrue_to: AccrueTo = AccrueTo.SCHEDULED
    carried: CarriedBalances = _NOTHING_CARRIED
    grace: Grace = _NO_GRACE
    upfront: Money | None = None
    fees: tuple[Fee, ...] = attrs.field(default=(), converter=_to_fees)
    review_on: pendulum.Date | None = attrs.field(default=None, converter=_to_review_on)
    residual: Money | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields, and then what they say together."""
        check_terms(self)

    @cached_property
    def amortized(self) -> Money:
        """What bears interest: the principal and what is capitalized, less what is paid up front."""
        currency = self.principal.currency
        owed = self.principal + self.carried.treated(CarriedTreatment.CAPITALIZE, currency)
        return owed if self.upfront is None else owed - self.upfront

    @property
    def left(self) -> int:
        """The stated residual in minor units; zero if there is none."""
        return 0 if self.residual is None else self.residual.minor_units

    @property
    def ends_open(self) -> bool:
        """Whether the residual is what is left when the review comes, rather than stated."""
        return self.review_on is not None and self.residual is None

    @cached_property
    def is_nominal(self) -> bool:
        """Whether interest is by the period rather than by its days."""
        return self.day_count is DayCount.NOMINAL and not self.is_daily

    @property
    def accrues_to_due(self) -> bool:
        """Whether interest runs to the moved dates."""
        return self.accrue_to is AccrueTo.DUE and not self.is_nominal

    @property
    def is_daily(self) -> bool:
        """Whether the rate is for a day."""
        return self.rate.unit is RateUnit.DAY

    @property
    def highest_rate(self) -> Rate:
        """The rate, or the highest of its steps."""
        return self.rate.highest if isinstance(self.rate, RateSteps) else self.rate

    @property
    def interest_only(self) -> int:
        """How many rows at the start are of interest alone."""
        return self.grace.interest_only + self.repayment.interest_only

    def grid(self) -> DateGrid:
        """Give the scheduled dates by their place, ``first_due`` being place 0."""
        return self._dates[0]

    @property
    def date_count(self) -> int | None:
        """How many scheduled dates there are at most; None where they never end."""
        return self._dates[1]

    @property
    def stub_place(self) -> int | None:
        """The place of a last date that the frequency does not lead to; None where there is no such date."""
        _, count, off_grid = self._dates
        return count - 1 if count is not None and off_grid else None

    @cached_property
    def _dates(self) -> tuple[DateGrid, int | None, bool]:
        place = self.frequency.grid(self.first_due, self.anchor_day, self.month_end)
        if self.ends_on is None:
            return place, self.frequency.date_count, False
        return dates_to(place, self.ends_on, self.stub)

    def places(self) -> Iterator[tuple[int, pendulum.Date]]:
        """Give the place and the scheduled date of each row, as far as dates go.

        Periods of grace in which nothing is asked for, and months in which the pattern does not pay, have no
        row.

        Raises:
            TermsError: The pattern pays in no month that the dates reach.
        """
        grid, dates = self.grid(), self.date_count
        first = self.grace.skipped
        places = range(first, INSTALLMENTS_MAX * _UNPAID_MAX if dates is None else dates)
        days = zip(places, map(grid, places), strict=True)
        core = self.repayment.core
        return self._paid(days, core) if isinstance(core, SeasonalPayments) else days

    def _paid(
        self, days: Iterator[tuple[int, pendulum.Date]], pattern: SeasonalPayments
    ) -> Iterator[tuple[int, pendulum.Date]]:
        """Leave out the months in which the pattern does not pay, after the rows of interest alone."""
        yield from islice(days, self.interest_only)
        unpaid = 0
        for place, day in days:
            if pattern.pays_in(day.month):
                yield place, day
                unpaid = 0
                continue
            unpaid += 1
            if unpaid > _UNPAID_MAX:
                message = "expected a weight above zero for a month in which a due date falls"
                raise TermsError("terms.weights", "repayment.weights", message)


_UNPAID_MAX = 400
"""Due dates in a row without a payment: more than a year of days."""
