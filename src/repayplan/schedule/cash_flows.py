"""Cash flows: one advance and the payments that repay it, which is all that a rate of cost looks at."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_count, check_date, check_instance, check_tuple
from repayplan.errors import InputTypeError, TermsError, shown
from repayplan.frequencies import INSTALLMENTS_MAX, Frequency, ListedDates, check_frequency
from repayplan.money import Money, check_currency
from repayplan.schedule.schedule import Schedule
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.schedule.installment import Installment

__all__ = ["PAYMENTS_MAX", "PERIODS_MAX", "CashFlows", "PaymentDates"]

PAYMENTS_MAX: Final = INSTALLMENTS_MAX + 1
"""The most payments: those of the longest schedule, and one for what a hand-made one leaves at its end."""

PERIODS_MAX: Final = 10**7
"""The highest number of a period: more than the days of the calendar."""


class PaymentDates(Enumeration):
    """Which of a schedule's two dates a payment falls on."""

    SCHEDULED = "scheduled"
    """The date before any business-day move."""
    DUE = "due"
    """The date on which it is to be paid."""


def _to_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "on")


def _to_payments(
    value: Sequence[tuple[datetime.date, Money]],
) -> tuple[tuple[pendulum.Date, Money], ...]:
    if not isinstance(value, (list, tuple)):
        message = f"expected a tuple of (date, amount) pairs, got {shown(value)}"
        raise InputTypeError("tuple.type", "payments", message, {"expected": "tuple"})
    if not 1 <= len(value) <= PAYMENTS_MAX:
        message = f"expected 1 to {PAYMENTS_MAX} payments, got {len(value)}"
        raise TermsError("cash_flows.count", "payments", message, {"maximum": PAYMENTS_MAX})
    return tuple(_to_payment(index, pair) for index, pair in enumerate(value))


def _to_payment(index: int, pair: tuple[object, object]) -> tuple[pendulum.Date, Money]:
    field = f"payments[{index}]"
    match pair:
        case (day, Money() as amount):
            return check_date(day, f"{field}[0]"), amount
        case _:
            message = f"expected a pair of a date and an amount, got {shown(pair)}"
            raise InputTypeError("type.wrong", field, message, {"expected": "tuple"})


def _to_periods(value: Sequence[int] | None) -> tuple[int, ...] | None:
    if value is None:
        return None
    periods = check_tuple(value, int, "periods", maximum=PAYMENTS_MAX, error=TermsError)
    bounds = {"minimum": 1, "maximum": PERIODS_MAX}
    return tuple(
        check_count(period, f"periods[{index}]", error=TermsError, **bounds)
        for index, period in enumerate(periods)
    )


@attrs.frozen(repr=False)
class CashFlows(Value):
    """An amount advanced on one day and the payments that repay it.

    Attributes:
        advanced: What the client had the use of, above zero.
        on: The day of the advance.
        payments: The dates and the amounts of the payments, each above zero, in order; two may fall on one
            day.
        unit_period: The period at which payments usually come; None where there is no such period.
        periods: The number of the period, from 1, at whose end each payment falls, which only ``IRR`` reads;
            None is one payment a period.

    Raises:
        TermsError: The advance or a payment is not above zero, there is no payment, there are more than
            10,001, dates or periods go back, the unit-period is a list of dates, or the payments do not add
            up to the advance, so that no rate of zero or more equates them.
        MoneyError: The amounts are not all in one currency, or their sum is beyond the bounds of Money.
        InputTypeError: A field has the wrong type.
    """

    advanced: Money
    on: pendulum.Date = attrs.field(converter=_to_on)
    payments: tuple[tuple[pendulum.Date, Money], ...] = attrs.field(converter=_to_payments)
    unit_period: Frequency | None = None
    periods: tuple[int, ...] | None = attrs.field(default=None, converter=_to_periods)

    def __attrs_post_init__(self) -> None:
        """Check the amounts, the dates and the unit-period."""
        check_instance(self.advanced, Money, "advanced")
        if self.advanced.minor_units <= 0:
            message = f"expected an amount above zero, got {self.advanced}"
            raise TermsError("cash_flows.advanced", "advanced", message)
        self._check_unit_period()
        self._check_amounts()
        self._check_dates()
        self._check_periods()

    @classmethod
    def of_schedule(
        cls, schedule: Schedule, *, fees: bool = True, dates: PaymentDates = PaymentDates.DUE
    ) -> CashFlows:
        """Take the cash flows of a schedule, as if its principal were lent on the day on which it starts.

        The advance is the amortised principal: with what was capitalized, without what an up-front payment
        took off it. A payment is a row's own principal and interest, and its own fees where they count.
        Interest, fees and penalties owed at the start, which bear no interest, are left out on both sides:
        they were owed for the time before, and are neither lent nor a cost of the plan. What a schedule of
        temporary terms leaves at its end counts as paid with the last row. Periods without an installment
        count as periods.

        Args:
            schedule: The schedule.
            fees: Whether the fees of the rows are a cost of the credit.
            dates: Which of a row's two dates it is paid on.
        """
        check_instance(schedule, Schedule, "schedule")
        check_instance(dates, PaymentDates, "dates")
        rows, terms = list(schedule), schedule.terms
        amounts = [_paid(row, fees=fees) for row in rows]
        amounts[-1] += rows[-1].closing
        due = dates is PaymentDates.DUE
        days = [row.due_on if due else row.scheduled_for for row in rows]
        # rows first, so that no place beyond the last one is asked for
        places = [place for _, (place, _) in zip(rows, terms.places(), strict=False)]
        paid = [row for row, amount in enumerate(amounts) if amount]
        return cls(
            advanced=terms.amortized,
            on=terms.starts_on,
            payments=tuple((days[row], amounts[row]) for row in paid),
            unit_period=None if isinstance(terms.frequency, ListedDates) else terms.frequency,
            periods=tuple(places[row] + 1 for row in paid),
        )

    def __repr__(self) -> str:
        """Give the extent: amounts are personal."""
        return f"<CashFlows: an advance on {self.on} and {len(self.payments)} payments>"

    @property
    def total(self) -> Money:
        """The sum of the payments."""
        return Money.total((amount for _, amount in self.payments), self.advanced.currency)

    def _check_unit_period(self) -> None:
        if self.unit_period is None:
            return
        check_frequency(self.unit_period)
        if isinstance(self.unit_period, ListedDates):
            message = "listed dates have no unit-period; give None, or the frequency that comes nearest"
            raise TermsError("cash_flows.unit_period", "unit_period", message)

    def _check_amounts(self) -> None:
        currency = self.advanced.currency
        for index, (_, amount) in enumerate(self.payments):
            check_currency(amount, currency, f"payments[{index}]")
            if amount.minor_units <= 0:
                message = f"expected an amount above zero, got {amount}"
                raise TermsError("cash_flows.payment", f"payments[{index}]", message)
        if self.total < self.advanced:
            message = (
                f"expected payments of {self.advanced} (advanced) or more, got {self.total} in all;"
                " there is no rate of zero or more"
            )
            data = {"advanced": self.advanced, "total": self.total}
            raise TermsError("cash_flows.total", "payments", message, data)

    def _check_dates(self) -> None:
        days = [self.on, *(day for day, _ in self.payments)]
        for index, (earlier, later) in enumerate(pairwise(days)):
            if later < earlier:
                message = f"expected {earlier} or later, got {later}"
                data = {"earlier": earlier, "later": later}
                raise TermsError("cash_flows.dates", f"payments[{index}]", message, data)

    def _check_periods(self) -> None:
        if self.periods is None:
            return
        if len(self.periods) != len(self.payments):
            message = f"expected {len(self.payments)} (as many as payments), got {len(self.periods)}"
            raise TermsError("cash_flows.periods", "periods", message)
        for index, (earlier, later) in enumerate(pairwise((1, *self.periods))):
            if later < earlier:
                message = f"expected {earlier} or later, got {later}"
                raise TermsError("cash_flows.periods", f"periods[{index}]", message)


def _paid(row: Installment, *, fees: bool) -> Money:
    own = row.principal + row.interest
    return own + row.fees if fees else own
