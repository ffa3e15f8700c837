"""Payments: money received, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_count, check_date, check_instance, check_text, check_tuple
from repayplan.errors import DateError, PaymentError
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.money import Money, check_currency
from repayplan.overdue.fields import to_known_on, to_recorded_on
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = [
    "PAYMENTS_MAX",
    "Payment",
    "PaymentStatus",
    "check_payments",
    "counted_of",
    "counted_payments",
]

PAYMENTS_MAX: Final = 100_000
"""The most payments that are replayed at once."""
_APART_MAX: Final = 3_660
"""The most days between the receipt of a payment and the day from which it counts."""


class PaymentStatus(Enumeration):
    """What became of a payment."""

    PENDING = "pending"
    """Announced or on its way; it does not count yet."""
    CLEARED = "cleared"
    """The money is there."""
    FAILED = "failed"
    """Returned or refused before it was there; it never counts."""


def _to_received_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "received_on")


def _to_effective_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "effective_on")


@attrs.frozen(repr=False)
class Payment(Value):
    """Money received from the client, or the reversal of such a payment.

    Attributes:
        id: What tells it from all others of the plan.
        amount: How much, above zero.
        received_on: The day on which the bank received it.
        effective_on: The day on which the client gave the money up, from which it counts; None is the day of
            receipt.
        recorded_on: The day on which the bank came to know of it; None is the day of receipt.
        status: What became of it; only cleared payments count.
        reverses: The id of the payment that this one undoes, from that payment's own day on; None for money
            that came in. What was believed in between is answered by ``known_on``.
        source: Where it came from, such as an account or a guarantor.
        installment: The installment for which the client designated it, 0 for the up-front payment; heeded
            by orders that honour it.

    Raises:
        PaymentError: The amount is not above zero, a reversal is not cleared or undoes itself, or a text is
            not one line.
        DateError: The two days lie more than ten years apart, or a cleared payment was recorded before it
            was received.
    """

    id: str
    amount: Money
    received_on: pendulum.Date = attrs.field(converter=_to_received_on)
    effective_on: pendulum.Date | None = attrs.field(default=None, converter=_to_effective_on)
    recorded_on: pendulum.Date | None = attrs.field(default=None, converter=to_recorded_on)
    status: PaymentStatus = PaymentStatus.CLEARED
    reverses: str | None = None
    source: str | None = None
    installment: int | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.id, "id", error=PaymentError)
        check_instance(self.amount, Money, "amount")
        if self.amount.minor_units <= 0:
            message = f"expected more than zero, got {self.amount}; undo a payment with reverses"
            raise PaymentError("payment.amount", "amount", message)
        check_instance(self.status, PaymentStatus, "status")
        self._check_days()
        if self.reverses is not None:
            check_text(self.reverses, "reverses", error=PaymentError)
            if self.reverses == self.id or self.status is not PaymentStatus.CLEARED:
                message = "expected a cleared reversal of another payment"
                raise PaymentError("payment.reversal", "reverses", message)
        if self.source is not None:
            check_text(self.source, "source", error=PaymentError)
        if self.installment is not None:
            most = INSTALLMENTS_MAX
            check_count(self.installment, "installment", minimum=0, maximum=most, error=PaymentError)

    def _check_days(self) -> None:
        apart = abs(self.effective.toordinal() - self.received_on.toordinal())
        if apart > _APART_MAX:
            message = f"expected a day within {_APART_MAX} days of {self.received_on}, got {self.effective}"
            raise DateError("payment.effective_on", "effective_on", message, {"maximum": _APART_MAX})
        if self.status is PaymentStatus.CLEARED and self.recorded < self.received_on:
            message = f"expected {self.received_on} (received_on) or later, got {self.recorded}"
            raise DateError("payment.recorded_on", "recorded_on", message)

    def __repr__(self) -> str:
        """Give the id and the day: the rest is personal."""
        return f"<Payment {self.id} of {self.received_on}>"

    @property
    def effective(self) -> pendulum.Date:
        """The day from which it counts."""
        return self.received_on if self.effective_on is None else self.effective_on

    @property
    def recorded(self) -> pendulum.Date:
        """The day from which the bank knew of it."""
        return self.received_on if self.recorded_on is None else self.recorded_on


def check_payments(payments: Sequence[Payment]) -> tuple[Payment, ...]:
    """Check a set of payments against each other.

    Raises:
        PaymentError: Two have one id, or a reversal undoes nothing, another reversal, a payment that never
            cleared or is undone already, or another amount.
        MoneyError: They are in several currencies.
    """
    every = check_tuple(payments, Payment, "payments", maximum=PAYMENTS_MAX, error=PaymentError)
    by_id: dict[str, Payment] = {}
    for place, payment in enumerate(every):
        if payment.amount.currency is not every[0].amount.currency:
            check_currency(payment.amount, every[0].amount.currency, f"payments[{place}].amount")
        if payment.id in by_id:
            message = f"expected each payment once, got another one with the id of payments[{place}]"
            raise PaymentError("payment.duplicate", f"payments[{place}].id", message, {"id": payment.id})
        by_id[payment.id] = payment
    undone: set[str] = set()
    for place, payment in enumerate(every):
        if payment.reverses is not None:
            _check_reversal(payment, by_id, undone, f"payments[{place}].reverses")
            undone.add(payment.reverses)
    return every


def _check_reversal(reversal: Payment, by_id: dict[str, Payment], undone: set[str], field: str) -> None:
    payment = by_id.get(reversal.reverses or "")
    if payment is None or payment.reverses is not None:
        message = "expected the id of a payment, got that of " + ("none" if payment is None else "a reversal")
        raise PaymentError("payment.reversal", field, message, {"id": reversal.id})
    if payment.id in undone or payment.status is not PaymentStatus.CLEARED:
        message = "expected a payment that cleared and is not yet undone"
        raise PaymentError("payment.reversal", field, message, {"id": reversal.id})
    if payment.amount != reversal.amount:
        message = "expected the amount of the payment that is undone; record what is paid again by itself"
        raise PaymentError("payment.reversal", field, message, {"id": reversal.id})


def counted_payments(
    payments: Sequence[Payment], as_of: datetime.date, known_on: datetime.date | None = None
) -> list[Payment]:
    """Give the payments that count on a day, by the day from which they do and then by id.

    Those count that cleared, are effective by then, and are undone by none. Of what was recorded after
    ``known_on`` nothing is known.

    Raises:
        PaymentError: The payments contradict each other, as in :func:`check_payments`.
    """
    day = check_date(as_of, "as_of")
    known = to_known_on(known_on)
    return counted_of(check_payments(payments), day, known)


def counted_of(
    payments: Sequence[Payment], as_of: pendulum.Date, known_on: pendulum.Date | None
) -> list[Payment]:
    """Do the same for payments that have been checked."""
    known = payments
    if known_on is not None:
        known = [payment for payment in payments if payment.recorded <= known_on]
    undone = {payment.reverses for payment in known if payment.reverses is not None}
    counted = [
        payment
        for payment in known
        if payment.status is PaymentStatus.CLEARED
        and payment.reverses is None
        and payment.id not in undone
        and payment.effective <= as_of
    ]
    return sorted(counted, key=lambda payment: (payment.effective.toordinal(), payment.id))
