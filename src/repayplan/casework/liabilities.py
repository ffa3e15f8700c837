"""Who owes a debt with the client, and what stops collection on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_date, check_instance, check_text
from repayplan.errors import CaseError, DateError
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime

__all__ = ["CollectionStop", "Liability", "LiabilityKind", "StopKind"]


class LiabilityKind(Enumeration):
    """For how much somebody answers."""

    SOLE = "sole"
    JOINT_AND_SEVERAL = "joint and several"
    """For all of it, beside the others."""
    GUARANTOR = "guarantor"
    """For what the others do not pay."""


def _to_consented_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "consented_on")


@attrs.frozen(kw_only=True)
class Liability(Value):
    """One party's liability for a debt.

    Attributes:
        party_id: Who owes.
        kind: For how much.
        consented_on: The day on which the party consented to the plan; None where the party did not. A plan
            binds nobody who did not consent to it.
    """

    party_id: str
    kind: LiabilityKind
    consented_on: pendulum.Date | None = attrs.field(default=None, converter=_to_consented_on)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.party_id, "party_id", error=CaseError)
        check_instance(self.kind, LiabilityKind, "kind")

    def known_on(self, day: pendulum.Date) -> Liability:
        """Give the liability without a consent that was given after a day."""
        consented = self.consented_on
        return self if consented is None or consented <= day else attrs.evolve(self, consented_on=None)


class StopKind(Enumeration):
    """What stops collection on a debt, and sends the case elsewhere."""

    DECEASED = "deceased"
    INSOLVENT = "insolvent"
    IDENTITY_FRAUD = "identity fraud"
    LITIGATION = "litigation"
    DEBT_SOLD = "debt sold"
    LACK_OF_CAPACITY = "lack of mental capacity"

    @property
    def is_of_the_person(self) -> bool:
        """Whether it is a state of the client, and not of one debt."""
        return self in {StopKind.DECEASED, StopKind.INSOLVENT, StopKind.LACK_OF_CAPACITY}


def _to_first_day(value: datetime.date) -> pendulum.Date:
    return check_date(value, "first_day")


def _to_last_day(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "last_day")


def _to_recorded_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "recorded_on")


@attrs.frozen(kw_only=True, repr=False)
class CollectionStop(Value):
    """A state in which nobody collects from the client, and the case goes to whoever deals with such cases.

    Attributes:
        id: What tells it from all others of the case.
        kind: Why.
        first_day: The first day.
        last_day: The last day; None while it goes on.
        recorded_on: The day on which the bank recorded it; None is the first day.
    """

    id: str
    kind: StopKind
    first_day: pendulum.Date = attrs.field(converter=_to_first_day)
    last_day: pendulum.Date | None = attrs.field(default=None, converter=_to_last_day)
    recorded_on: pendulum.Date | None = attrs.field(default=None, converter=_to_recorded_on)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.id, "id", error=CaseError)
        check_instance(self.kind, StopKind, "kind")
        if self.last_day is not None and self.last_day < self.first_day:
            message = f"expected {self.first_day} (first_day) or later, got {self.last_day}"
            raise DateError("stop.end", "last_day", message)

    def __repr__(self) -> str:
        """Give the id and the days: why is personal."""
        return f"<CollectionStop {self.id} from {self.first_day} to {self.last_day}>"

    @property
    def recorded(self) -> pendulum.Date:
        """The day on which the bank recorded it."""
        return self.first_day if self.recorded_on is None else self.recorded_on

    def covers(self, day: pendulum.Date) -> bool:
        """Tell whether it holds on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)
