"""Facts of more than one part: how to reach us, who helps, what is due next, and a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_count, check_date, check_instance, check_text
from repayplan.communication.messages.rhythms import Rhythm, rhythm_of
from repayplan.communication.messages.sms import utf16_units
from repayplan.errors import CommunicationError
from repayplan.frequencies import INSTALLMENTS_MAX, Frequency
from repayplan.money import Money, check_currency
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

__all__ = [
    "PHONE_UNITS_MAX",
    "Adviser",
    "ContactRoute",
    "NextPayment",
    "PlanTerms",
    "check_least",
    "check_short",
]

PHONE_UNITS_MAX: Final = 30
"""The length of a phone number in UTF-16 code units, so that a short message has room for it."""


def check_short(value: object, field: str, maximum: int) -> None:
    """Check one line of text against a bound in UTF-16 code units, in which short messages are counted."""
    text = check_text(value, field, error=CommunicationError)
    units = utf16_units(text)
    if units > maximum:
        message = f"expected at most {maximum} UTF-16 code units, since it goes into an SMS, got {units}"
        raise CommunicationError("message.units", field, message, {"maximum": maximum, "length": units})


def check_least(value: Money, field: str, least: int = 1) -> None:
    """Check an amount against the least that there may be, in minor units."""
    if check_instance(value, Money, field).minor_units < least:
        message = f"expected an amount of {least} minor units or more, or leave it out"
        raise CommunicationError("message.amount", field, message)


@attrs.frozen(repr=False)
class ContactRoute(Value):
    """How the client reaches a person.

    Attributes:
        phone: The number as the client dials it, at most 30 UTF-16 code units.
        hours: When somebody answers, in the client's language.

    Raises:
        CommunicationError: A text is empty, too long, or more than one line of visible text.
    """

    phone: str
    hours: str

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_short(self.phone, "phone", PHONE_UNITS_MAX)
        check_text(self.hours, "hours", error=CommunicationError)

    def __repr__(self) -> str:
        """Hide the number, which may be that of one person."""
        return "<ContactRoute>"


@attrs.frozen(repr=False)
class Adviser(Value):
    """Free help that does not depend on the bank.

    Attributes:
        name: The adviser's or the service's name.
        phone: The number as the client dials it.

    Raises:
        CommunicationError: A text is empty, too long, or more than one line of visible text.
    """

    name: str
    phone: str

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.name, "name", error=CommunicationError)
        check_text(self.phone, "phone", error=CommunicationError)

    def __repr__(self) -> str:
        """Hide the name, which may be that of one person."""
        return "<Adviser>"


def _to_due_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "due_on")


def _to_first_due(value: datetime.date) -> pendulum.Date:
    return check_date(value, "first_due")


@attrs.frozen(repr=False)
class NextPayment(Value):
    """What is to be paid next.

    Attributes:
        amount: How much, above zero.
        due_on: By when.

    Raises:
        CommunicationError: The amount is not above zero.
    """

    amount: Money
    due_on: pendulum.Date = attrs.field(converter=_to_due_on)

    def __attrs_post_init__(self) -> None:
        """Check the amount."""
        check_least(self.amount, "amount")

    def __repr__(self) -> str:
        """Hide the amount, which is personal."""
        return f"<NextPayment on {self.due_on}>"


@attrs.frozen(repr=False)
class PlanTerms(Value):
    """A plan as a client weighs it.

    Attributes:
        amount: The highest installment: the message says that none is above it.
        count: How many installments there are, 1 to 10,000.
        frequency: How often one falls due: listed dates, or a rhythm that :class:`Rhythm` names.
        first_due: When the first one falls due.
        total: All that is paid, not below the highest installment.

    Raises:
        CommunicationError: An amount is not above zero, the total does not fit the installments, the count is
            out of range, or the frequency has no name.
        MoneyError: The total is in another currency than the amount.
    """

    amount: Money
    count: int
    frequency: Frequency
    first_due: pendulum.Date = attrs.field(converter=_to_first_due)
    total: Money

    def __attrs_post_init__(self) -> None:
        """Check the fields against each other."""
        check_least(self.amount, "amount")
        check_least(self.total, "total")
        check_count(self.count, "count", minimum=1, maximum=INSTALLMENTS_MAX, error=CommunicationError)
        rhythm_of(self.frequency)
        check_currency(self.total, self.amount.currency, "total")
        if not self.amount.minor_units <= self.total.minor_units <= self.amount.minor_units * self.count:
            message = "expected the highest installment at least, and count times as much at most"
            raise CommunicationError("message.total", "total", message)

    def __repr__(self) -> str:
        """Give the count and the day: amounts are personal."""
        return f"<PlanTerms of {self.count} installments from {self.first_due}>"

    @property
    def rhythm(self) -> Rhythm:
        """How often an installment falls due, as the languages name it."""
        return rhythm_of(self.frequency)
