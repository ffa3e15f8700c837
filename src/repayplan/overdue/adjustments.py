"""What the bank lets go of, and what it adds: waivers and late charges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_count, check_date, check_instance, check_text
from repayplan.errors import DateError, PaymentError
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.money import Money
from repayplan.overdue.components import Component
from repayplan.overdue.fields import to_recorded_on
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

__all__ = ["ADJUSTMENTS_MAX", "Charge", "Waiver"]

ADJUSTMENTS_MAX: Final = 10_000
"""The most waivers, and the most charges, that are replayed at once."""


def _to_waived_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "waived_on")


def _to_charged_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "charged_on")


@attrs.frozen(repr=False)
class Waiver(Value):
    """A part of an installment that the bank lets go of.

    Attributes:
        id: What tells it from all other waivers of the plan.
        amount: How much, above zero.
        installment: The installment, 0 for the up-front payment.
        component: Which part of it.
        waived_on: The day from which it is no longer asked for; what was paid of it by then pays for
            something else.
        recorded_on: The day on which it was recorded; None is the same day.

    Raises:
        PaymentError: The amount is not above zero, or the id is not one line of text.
        DateError: It was recorded before its day.
    """

    id: str
    amount: Money
    installment: int
    component: Component
    waived_on: pendulum.Date = attrs.field(converter=_to_waived_on)
    recorded_on: pendulum.Date | None = attrs.field(default=None, converter=to_recorded_on)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        _check(self, self.waived_on)

    def __repr__(self) -> str:
        """Give the id and the day: amounts are personal."""
        return f"<Waiver {self.id} of {self.waived_on}>"

    @property
    def effective(self) -> pendulum.Date:
        """The day from which it counts."""
        return self.waived_on

    @property
    def recorded(self) -> pendulum.Date:
        """The day from which it was known."""
        return self.waived_on if self.recorded_on is None else self.recorded_on


@attrs.frozen(repr=False)
class Charge(Value):
    """A late charge that the bank decided on, such as one that :func:`repayplan.late_charges` proposes.

    It is due on its day and never grows old: no day past due is counted for it, and it is paid after all that
    the schedule asks for by then, so that whoever pays the installments is not late because of a charge
    (16 CFR 444.4; 12 CFR 1026.36(c)(2)).

    Attributes:
        id: What tells it from all other charges of the plan.
        amount: How much, above zero.
        installment: The installment that was late.
        component: What it is: penalties, fees or interest.
        charged_on: The day on which it is charged.
        recorded_on: The day on which it was recorded; None is the same day.

    Raises:
        PaymentError: The amount is not above zero, it is said to be principal, or the id is not one line.
        DateError: It was recorded before its day.
    """

    id: str
    amount: Money
    installment: int
    component: Component
    charged_on: pendulum.Date = attrs.field(converter=_to_charged_on)
    recorded_on: pendulum.Date | None = attrs.field(default=None, converter=to_recorded_on)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        _check(self, self.charged_on)
        if self.component is Component.PRINCIPAL:
            message = "expected penalties, fees or interest, since nothing is lent by a charge"
            raise PaymentError("charge.component", "component", message)

    def __repr__(self) -> str:
        """Give the id and the day: amounts are personal."""
        return f"<Charge {self.id} of {self.charged_on}>"

    @property
    def effective(self) -> pendulum.Date:
        """The day from which it counts."""
        return self.charged_on

    @property
    def recorded(self) -> pendulum.Date:
        """The day from which it was known."""
        return self.charged_on if self.recorded_on is None else self.recorded_on


def _check(fact: Waiver | Charge, day: pendulum.Date) -> None:
    check_text(fact.id, "id", error=PaymentError)
    check_instance(fact.amount, Money, "amount")
    if fact.amount.minor_units <= 0:
        raise PaymentError("adjustment.amount", "amount", f"expected more than zero, got {fact.amount}")
    check_count(fact.installment, "installment", minimum=0, maximum=INSTALLMENTS_MAX, error=PaymentError)
    check_instance(fact.component, Component, "component")
    if fact.recorded < day:
        raise DateError("adjustment.recorded_on", "recorded_on", f"expected {day} or later")
