"""Promises to pay: kept or not, computed from payments alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_date, check_instance, check_text
from repayplan.errors import DateError, PaymentError
from repayplan.money import Money, check_currency
from repayplan.overdue.fields import to_as_of, to_recorded_on
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime

__all__ = [
    "PROMISE_DAYS_MAX",
    "FollowUp",
    "Promise",
    "PromiseStanding",
    "PromiseState",
]

PROMISE_DAYS_MAX: Final = 366
"""The most days from the making of a promise to its day, a leap year; what takes longer is a plan (house)."""


class PromiseState(Enumeration):
    """What became of a promise. Its own day is still in time; a tolerated shortfall is no shortfall."""

    PENDING = "pending"
    """The day is not over, and what was promised is not paid in full."""
    KEPT = "kept"
    """What was promised was paid in full by the day."""
    KEPT_LATE = "kept late"
    """What was promised is paid in full, but was not by the day."""
    PARTLY_KEPT = "partly kept"
    """The day is over, and something is paid, by the day or after it, but not all."""
    BROKEN = "broken"
    """The day is over, and nothing is paid."""


class FollowUp(Enumeration):
    """What waits while a promise runs. A reminder of the promise, and answers to the client, do not wait."""

    PAYMENT_DEMAND = "payment demand"
    """To demand what the client promised to pay."""
    MISSED_PAYMENT_TALK = "missed payment talk"
    """To talk with the client about why a payment was missed."""
    ESCALATION = "escalation"
    """Any harder step: a formal notice, an agency, a court."""


def _to_by(value: datetime.date) -> pendulum.Date:
    return check_date(value, "by")


def _to_made_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "made_on")


def _to_reached_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "reached_on")


@attrs.frozen(repr=False)
class Promise(Value):
    """The client's word to pay an amount by a day.

    Attributes:
        id: What tells it from all other promises of the client.
        amount: How much, above zero.
        by: The last day on which it can be kept, at most 366 days after it was made.
        made_on: The day on which the client made it; payments count from this day on, itself included.
        recorded_on: The day on which the bank recorded it; None is the day on which it was made.

    Raises:
        PaymentError: The amount is not above zero, or the id is not one line of text.
        DateError: It is to be kept before it was made or more than 366 days later, or it was recorded before
            it was made.
    """

    id: str
    amount: Money
    by: pendulum.Date = attrs.field(converter=_to_by)
    made_on: pendulum.Date = attrs.field(converter=_to_made_on)
    recorded_on: pendulum.Date | None = attrs.field(default=None, converter=to_recorded_on)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.id, "id", error=PaymentError)
        check_instance(self.amount, Money, "amount")
        if self.amount.minor_units <= 0:
            raise PaymentError("promise.amount", "amount", f"expected more than zero, got {self.amount}")
        if not 0 <= self.by.toordinal() - self.made_on.toordinal() <= PROMISE_DAYS_MAX:
            first = self.made_on
            message = f"expected {first} (made_on) to {PROMISE_DAYS_MAX} days later, got {self.by}"
            raise DateError("promise.by", "by", message, {"maximum": PROMISE_DAYS_MAX})
        if self.recorded < self.made_on:
            message = f"expected {self.made_on} (made_on) or later, got {self.recorded}"
            raise DateError("promise.recorded_on", "recorded_on", message)

    def __repr__(self) -> str:
        """Give the id and the days: the amount is personal."""
        return f"<Promise {self.id} of {self.made_on} by {self.by}>"

    @property
    def recorded(self) -> pendulum.Date:
        """The day from which the bank knew of it."""
        return self.made_on if self.recorded_on is None else self.recorded_on


@attrs.frozen(repr=False)
class PromiseStanding(Value):
    """What became of a promise, on a day.

    Attributes:
        promise: The promise.
        as_of: The day.
        paid: What was paid of it by then, at most what was promised.
        reached_on: The day from which the payments reach what was promised, less a tolerance; None where they
            do not.

    Raises:
        PaymentError: Less than nothing is paid or more than was promised, all of it without a day on which
            it was reached, or nothing with one.
        MoneyError: What is paid is in another currency than the promise.
        DateError: The day is before the promise, or it was not reached from the promise to the day.
    """

    promise: Promise
    as_of: pendulum.Date = attrs.field(converter=to_as_of)
    paid: Money
    reached_on: pendulum.Date | None = attrs.field(converter=_to_reached_on)

    def __attrs_post_init__(self) -> None:
        """Check the fields against the promise."""
        check_instance(self.promise, Promise, "promise")
        amount, made_on = self.promise.amount, self.promise.made_on
        if self.as_of < made_on:
            raise DateError("promise.as_of", "as_of", f"expected {made_on} (made_on) or later")
        if self.reached_on is not None and not made_on <= self.reached_on <= self.as_of:
            message = (
                f"expected a day from {made_on} (made_on) to {self.as_of} (as_of), got {self.reached_on}"
            )
            raise DateError("promise.reached_on", "reached_on", message)
        check_currency(check_instance(self.paid, Money, "paid"), amount.currency, "paid")
        least, most = (0, amount.minor_units - 1) if self.reached_on is None else (1, amount.minor_units)
        if not least <= self.paid.minor_units <= most:
            message = "expected what was promised at most, all of it only with reached_on, and something then"
            raise PaymentError("promise.paid", "paid", message)

    def __repr__(self) -> str:
        """Give the promise's id, the day and the state: amounts are personal."""
        return f"<PromiseStanding of {self.promise.id} on {self.as_of}: {self.state.value}>"

    @property
    def state(self) -> PromiseState:
        """What became of it."""
        if self.reached_on is not None:
            return PromiseState.KEPT if self.reached_on <= self.promise.by else PromiseState.KEPT_LATE
        if self.as_of <= self.promise.by:
            return PromiseState.PENDING
        return PromiseState.PARTLY_KEPT if self.paid else PromiseState.BROKEN

    @property
    def missing(self) -> Money:
        """What is missing of it, whether it is tolerated or not."""
        return self.promise.amount - self.paid

    @property
    def paused(self) -> frozenset[FollowUp]:
        """What waits: all kinds of follow-up while the promise is pending, otherwise none."""
        return frozenset(FollowUp) if self.state is PromiseState.PENDING else frozenset()

    @property
    def waits_until(self) -> pendulum.Date | None:
        """The last day on which follow-up waits, which is that of the promise; None where nothing waits."""
        return self.promise.by if self.state is PromiseState.PENDING else None
