"""The agreement: an offer that the client accepted, how, and how the client wants to be reached."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_date, check_instance, check_text
from repayplan.communication.records import Channel
from repayplan.errors import CommunicationError, DateError
from repayplan.plan.offer import Offer
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

    from repayplan.schedule.schedule import Schedule

__all__ = ["AgreementForm", "Plan", "agree"]


class AgreementForm(enum.Enum):
    """How the agreement was made."""

    WRITTEN = "written"
    ORAL = "oral"


def _to_agreed_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "on")


@attrs.frozen(repr=False)
class Plan(Value):
    """An agreed offer.

    Attributes:
        offer: What was agreed.
        agreed_on: The day.
        form: Whether in writing or orally; the duties that follow are in ``offer.rules.duties``.
        accepted_in: The id of the contact in which the client accepted, where the evidence is.
        contact_by: The channel that the client chose.

    Raises:
        DateError: The day is before the debt was stated or after the first installment is due.
        CommunicationError: The contact's id is not one line of plain text.
    """

    offer: Offer
    agreed_on: pendulum.Date = attrs.field(converter=_to_agreed_on)
    form: AgreementForm
    accepted_in: str
    contact_by: Channel

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.offer, Offer, "offer")
        check_instance(self.form, AgreementForm, "form")
        check_text(self.accepted_in, "accepted_in", error=CommunicationError)
        check_instance(self.contact_by, Channel, "contact_by")
        first, last = self.offer.debt.as_of, self.schedule.due[0]
        if not first <= self.agreed_on <= last:
            message = (
                f"expected {first} (the debt's day) to {last} (the first due date), got {self.agreed_on}"
            )
            raise DateError("plan.agreed_on", "on", message, {"first": first, "last": last})

    def __repr__(self) -> str:
        """Give the day and the extent: the rest is personal."""
        return f"<Plan agreed on {self.agreed_on}: {len(self.schedule)} installments>"

    @property
    def schedule(self) -> Schedule:
        """What falls due when."""
        return self.offer.schedule


def agree(
    offer: Offer, *, on: datetime.date, form: AgreementForm, accepted_in: str, contact_by: Channel
) -> Plan:
    """Record that the client accepted an offer.

    Args:
        offer: What was accepted.
        on: The day of the agreement: from the day of the debt to the first due date.
        form: Whether in writing or orally.
        accepted_in: The id of the contact in which the client accepted.
        contact_by: The channel by which the client wants to be reached.

    Raises:
        DateError: The day is before the debt was stated or after the first installment is due.
        CommunicationError: The contact's id is not one line of plain text.
    """
    return Plan(offer, on, form, accepted_in, contact_by)
