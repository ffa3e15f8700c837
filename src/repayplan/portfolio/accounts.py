"""One row of a batch as the values of the scalar path, which say what is wrong with it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pendulum

from repayplan.currency import Currency, resolve_currency
from repayplan.errors import DateError, RateError, TermsError, shown
from repayplan.frequencies import Frequency
from repayplan.money import Money
from repayplan.portfolio.names import CHOICES, MEANT_FOR, PATTERNS, choice_of, frequency_of
from repayplan.rates import Rate
from repayplan.schedule.fees import InstallmentFee
from repayplan.schedule.interest_only import InterestOnly
from repayplan.schedule.level import LevelPayment
from repayplan.schedule.level_principal import EqualPrincipal, FlatInterest
from repayplan.schedule.stated import FixedPayment
from repayplan.schedule.terms import Terms

if TYPE_CHECKING:
    from repayplan.portfolio.columns import Columns
    from repayplan.portfolio.names import Calendars
    from repayplan.schedule.repayment import Repayment

__all__ = ["EPOCH", "Account", "to_date"]

T = TypeVar("T")

EPOCH: Final = datetime.date(1970, 1, 1).toordinal()
"""The day 0 of Arrow."""


def to_date(day: int, field: str) -> pendulum.Date:
    """Give the date of a day since 1970.

    Raises:
        DateError: It is outside the years 1 to 9999, which Arrow's days are not.
    """
    try:
        date = datetime.date.fromordinal(day + EPOCH)
    except (ValueError, OverflowError):
        message = "expected a day in the years 1 to 9999"
        raise DateError("date.range", field, message) from None
    return pendulum.Date(date.year, date.month, date.day)


class Account:
    """One row of a batch."""

    def __init__(self, columns: Columns, row: int, calendars: Calendars) -> None:
        """Take the row of a batch that was read."""
        self._columns, self._row, self._calendars = columns, row, calendars

    @property
    def currency(self) -> Currency:
        """The currency of all amounts."""
        return resolve_currency(self._required("currency", self.text("currency")))

    def terms(self) -> Terms:
        """Give the terms that the row states.

        Raises:
            RepayPlanError: They are none.
        """
        return self.debt_terms(self._repayment())

    def debt_terms(self, repayment: Repayment) -> Terms:
        """Give the terms of the debt with a pattern of repayment."""
        self._required("account", self.text("account"))
        fee = self.number("installment_fee")
        return Terms(
            principal=self.required_money("principal"),
            rate=self._rate(),
            starts_on=self.required_date("starts_on"),
            first_due=self.required_date("first_due"),
            repayment=repayment,
            frequency=self.frequency(),
            anchor_day=self.number("anchor_day"),
            calendar=self._calendar(),
            fees=() if fee is None else (InstallmentFee(Money.from_minor_units(fee, self.currency)),),
            **self._choices("day_count", "first_period", "rounding", "month_end", "convention", "accrue_to"),
        )

    def frequency(self) -> Frequency:
        """Give how often an installment falls due."""
        name = self.text("frequency")
        return Frequency.MONTHLY if name is None else frequency_of(name)

    def text(self, name: str) -> str | None:
        """Give a text; None where there is none."""
        return self._columns.texts(name).of(self._row)

    def number(self, name: str) -> int | None:
        """Give a whole number; None where there is none."""
        return self._columns.numbers(name).of(self._row)

    def money(self, name: str) -> Money | None:
        """Give an amount; None where there is none."""
        units = self.number(name)
        return None if units is None else Money.from_minor_units(units, self.currency)

    def date(self, name: str) -> pendulum.Date | None:
        """Give a date; None where there is none."""
        day = self.number(name)
        return None if day is None else to_date(day, name)

    def required_money(self, name: str) -> Money:
        """Give an amount that must be there."""
        return self._required(name, self.money(name))

    def required_date(self, name: str) -> pendulum.Date:
        """Give a date that must be there."""
        return self._required(name, self.date(name))

    def _required(self, name: str, value: T | None) -> T:
        if value is None:
            raise TermsError("portfolio.null", name, "expected a value, got null")
        return value

    def _rate(self) -> Rate:
        share: Any = self._required("rate", self._columns.rates.of(self._row))
        unit: Any = self._choices("rate_per").get("rate_per", CHOICES["rate_per"][0])
        try:
            return Rate(share, unit)
        except RateError as error:  # which calls it value: here it is a column
            raise RateError(error.code, "rate", error.message, error.data) from None

    def _choices(self, *names: str) -> dict[str, Any]:
        """Give the members that texts name, without those that are left to the default."""
        given = {name: self.text(name) for name in names}
        return {name: choice_of(name, text) for name, text in given.items() if text is not None}

    def _calendar(self) -> Any:  # noqa: ANN401  # whatever the caller gave, checked by then
        name = self.text("calendar")
        if name is None:
            return None
        if name not in self._calendars:
            message = f"expected one of the calendars given, got {shown(name)}; give it in calendars"
            raise DateError("portfolio.calendar", "calendar", message)
        return self._calendars[name]

    @property
    def pattern(self) -> str:
        """The name of the pattern of repayment, as it came."""
        name = self.text("pattern")
        return PATTERNS[0] if name is None else name

    def _repayment(self) -> Repayment:
        pattern = self.pattern
        if pattern not in PATTERNS:
            message = f"expected one of {', '.join(PATTERNS)}, got {shown(pattern)}"
            raise TermsError("portfolio.choice", "pattern", message)
        for name, patterns in MEANT_FOR.items():
            if pattern not in patterns and (self.text(name) is not None or self.number(name)):
                message = f"expected null with the pattern {pattern}"
                raise TermsError("portfolio.unused", name, message)
        before = self.number("interest_only") or 0
        core = self._core(pattern)
        return core if before == 0 else InterestOnly(before, core)

    def _core(self, pattern: str) -> Repayment:
        if pattern == "fixed":
            return FixedPayment(self.required_money("payment"))
        count = self._required("count", self.number("count"))
        if pattern == "bullet":
            return InterestOnly(count)
        difference = self._choices("difference")
        if pattern == "equal_principal":
            return EqualPrincipal(count, **difference)
        if pattern == "flat":
            return FlatInterest(count, self.money("step"), **difference)
        rounding = self._choices("payment_rounding").get("payment_rounding")
        return LevelPayment(count, self.money("step"), rounding, **difference)
