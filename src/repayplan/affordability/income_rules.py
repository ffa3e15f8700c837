"""What came in before, and the named rules that make a month's amount of it."""

from __future__ import annotations

import abc
from fractions import Fraction
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_count, check_date, check_tuple
from repayplan.errors import BudgetError, InputTypeError, shown
from repayplan.exact import Number, read_fraction
from repayplan.frequencies import Frequency, check_frequency
from repayplan.money import Money, check_currency
from repayplan.months import month_index
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = [
    "IncomeHistory",
    "IncomeRule",
    "MeanOfMonths",
    "MeanOfPayments",
    "QuantileMonth",
    "WeakMonth",
    "fluctuating_income_rule",
]

HISTORY_MAX = 2_000
"""The most amounts of one history."""


def _to_payments(value: Sequence[tuple[datetime.date, Money]]) -> tuple[tuple[pendulum.Date, Money], ...]:
    payments = check_tuple(value, tuple, "payments", maximum=HISTORY_MAX, error=BudgetError)
    return tuple(_to_payment(f"payments[{index}]", payment) for index, payment in enumerate(payments))


def _to_payment(field: str, payment: tuple[object, ...]) -> tuple[pendulum.Date, Money]:
    match payment:
        case (day, Money() as amount):
            return check_date(day, f"{field}[0]"), amount
        case _:
            message = f"expected a pair of a date and Money, got {shown(payment)}"
            raise InputTypeError("type.wrong", field, message)


@attrs.frozen(repr=False)
class IncomeHistory(Value):
    """What came in, payment by payment, from the month of the first to the month of the last.

    A month in which nothing came in is stated by a payment of zero: a month that is only left out may as well
    have been forgotten.

    Attributes:
        payments: Pairs of a date and an amount of zero or more, in order of the date; at most 2,000.

    Raises:
        BudgetError: There is none, the dates go back, an amount is negative, or a month is left out.
        MoneyError: The amounts are in several currencies.
    """

    payments: tuple[tuple[pendulum.Date, Money], ...] = attrs.field(converter=_to_payments)

    def __attrs_post_init__(self) -> None:
        """Check the amounts and their dates."""
        if not self.payments:
            raise BudgetError("history.empty", "payments", "expected at least one payment, got none")
        for index, (_, amount) in enumerate(self.payments):
            check_currency(amount, self.payments[0][1].currency, f"payments[{index}][1]")
            if amount.minor_units < 0:
                raise BudgetError("history.negative", f"payments[{index}][1]", "expected zero or more")
        for index, ((earlier, _), (later, _)) in enumerate(pairwise(self.payments), start=1):
            if later < earlier:
                message = f"expected {earlier} or later, got {later}"
                raise BudgetError("history.order", f"payments[{index}][0]", message)
            if month_index(later) - month_index(earlier) > 1:
                message = (
                    f"expected a payment of every month, of zero if need be, got {earlier} and then {later}"
                )
                raise BudgetError("history.gap", f"payments[{index}][0]", message)

    def __repr__(self) -> str:
        """Give the extent: dates and amounts are personal."""
        return f"<IncomeHistory of {len(self.payments)} payments>"

    @property
    def months(self) -> list[tuple[int, Fraction]]:
        """What came in in each month, by ``month_index``, in order; none is left out."""
        by_month = groupby(self.payments, key=lambda payment: month_index(payment[0]))
        return [
            (month, sum((amount.exact for _, amount in payments), Fraction(0)))
            for month, payments in by_month
        ]


@attrs.frozen
class IncomeRule(Value, abc.ABC):
    """How a history becomes an amount in a month."""

    @property
    @abc.abstractmethod
    def needs(self) -> int:
        """How much history it needs, in what it counts."""

    @abc.abstractmethod
    def taken(self, history: IncomeHistory) -> list[tuple[str, Fraction]]:
        """Give the amounts of the history that count, each with its month or day.

        Raises:
            BudgetError: The history is shorter than the rule needs.
        """

    @property
    def factor(self) -> Fraction:
        """What the sum of the amounts taken is multiplied by."""
        return Fraction(1)

    def _check_length(self, length: int, what: str) -> None:
        if length < self.needs:
            message = f"expected a history of at least {self.needs} {what}, got {length}"
            raise BudgetError("history.short", "history", message, {"needs": self.needs, "has": length})

    def _last_months(self, history: IncomeHistory, count: int | None) -> list[tuple[int, Fraction]]:
        months = history.months
        self._check_length(len(months), "months")
        return months if count is None else months[-count:]


def _check_number(value: object, field: str, minimum: int = 1) -> None:
    check_count(value, field, minimum=minimum, maximum=HISTORY_MAX, error=BudgetError)


@attrs.frozen
class MeanOfMonths(IncomeRule):
    """The mean of the last months, such as three (National Debtline's practice for a varying income).

    Attributes:
        count: How many months.
    """

    count: int = 3

    def __attrs_post_init__(self) -> None:
        """Check the count."""
        _check_number(self.count, "count")

    @property
    def needs(self) -> int:
        """As many months."""
        return self.count

    def taken(self, history: IncomeHistory) -> list[tuple[str, Fraction]]:
        """Give the last months."""
        return _named(self._last_months(history, self.count))

    @property
    def factor(self) -> Fraction:
        """One over the count."""
        return Fraction(1, self.count)


@attrs.frozen
class MeanOfPayments(IncomeRule):
    """The mean of the last payments, brought to a month by how often they come.

    Attributes:
        count: How many payments.
        frequency: How often they come.
    """

    count: int
    frequency: Frequency

    def __attrs_post_init__(self) -> None:
        """Check both."""
        _check_number(self.count, "count")
        check_frequency(self.frequency)
        self.frequency.periods_per_month  # noqa: B018  # refuses listed dates now rather than on first use

    @property
    def needs(self) -> int:
        """As many payments."""
        return self.count

    def taken(self, history: IncomeHistory) -> list[tuple[str, Fraction]]:
        """Give the last payments."""
        self._check_length(len(history.payments), "payments")
        return [(str(day), amount.exact) for day, amount in history.payments[-self.count :]]

    @property
    def factor(self) -> Fraction:
        """The periods of a month, shared among the payments."""
        return self.frequency.periods_per_month / self.count


@attrs.frozen
class WeakMonth(IncomeRule):
    """A weak month: the lowest of the last ones, or the second lowest and so on.

    Attributes:
        place: 1 for the lowest, 2 for the second lowest.
        months: How many of the last months to look at; None is the whole history.
    """

    place: int = 1
    months: int | None = None

    def __attrs_post_init__(self) -> None:
        """Check both."""
        _check_number(self.place, "place")
        if self.months is not None:
            _check_number(self.months, "months", minimum=self.place)

    @property
    def needs(self) -> int:
        """The months to look at."""
        return self.place if self.months is None else self.months

    def taken(self, history: IncomeHistory) -> list[tuple[str, Fraction]]:
        """Give the weak month, the earliest of equal ones."""
        by_amount = sorted(self._last_months(history, self.months), key=lambda month: month[1])
        return _named([by_amount[self.place - 1]])


def _to_quantile(value: Number) -> Fraction:
    quantile = read_fraction(value, "quantile", error=BudgetError)
    if not 0 <= quantile <= 1:
        message = f"expected a quantile from 0 to 1, got {shown(quantile)}; write a quarter as '0.25'"
        raise BudgetError("history.quantile", "quantile", message)
    return quantile


@attrs.frozen
class QuantileMonth(IncomeRule):
    """A quantile of the months: the least one that at least that share of them does not exceed.

    This is definition 1 of Hyndman and Fan, "Sample quantiles in statistical packages", The American
    Statistician 50 (1996): the inverse of the empirical distribution, so always an amount that came in.

    Attributes:
        quantile: From 0 (the lowest) to 1 (the highest).
        months: How many of the last months to look at.
    """

    quantile: Fraction = attrs.field(converter=_to_quantile)
    months: int

    def __attrs_post_init__(self) -> None:
        """Check the number."""
        _check_number(self.months, "months")

    @property
    def needs(self) -> int:
        """The months to look at."""
        return self.months

    def taken(self, history: IncomeHistory) -> list[tuple[str, Fraction]]:
        """Give the month at the quantile."""
        by_amount = sorted(self._last_months(history, self.months), key=lambda month: month[1])
        place = -(-self.quantile * self.months // 1)  # rounded up
        return _named([by_amount[max(1, int(place)) - 1]])


def _named(months: Sequence[tuple[int, Fraction]]) -> list[tuple[str, Fraction]]:
    return [(f"{month // 12:04}-{month % 12 + 1:02}", amount) for month, amount in months]


def fluctuating_income_rule(frequency: Frequency) -> MeanOfPayments:
    """Give the rule for fluctuating earnings: the last two payments if they are monthly or rarer, else four.

    Source: State Pension Credit Regulations 2002 (SI 2002/1792), regulation 17(2), which also allows one full
    recognised cycle of work, or other payments that represent the earnings better.
    """
    check_frequency(frequency)
    return MeanOfPayments(2 if frequency.periods_per_month <= 1 else 4, frequency)
