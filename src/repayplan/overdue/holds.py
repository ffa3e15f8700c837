"""Holds: what stops for a time, for whom, and on which days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_date, check_instance, check_text, check_tuple
from repayplan.errors import DateError, InputTypeError, PaymentError, shown
from repayplan.overdue.fields import to_recorded_on
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Sequence

__all__ = ["HOLDS_MAX", "Hold", "HoldEffect", "HoldKind", "check_holds"]

HOLDS_MAX: Final = 1_000
"""The most holds of one plan."""


class HoldEffect(Enumeration):
    """What stops while a hold runs; none follows from another."""

    DUE_DATES_MOVE = "due dates move"
    """What would fall due on a held day falls due on the first day after it that is not held.

    Such a hold has an end, since otherwise nobody could say when that is.
    """
    PLAN_DAYS_STOP = "plan days stop"
    """Held days are not counted as days past due of the plan."""
    REGULATORY_DAYS_STOP = "regulatory days stop"
    """Held days are not counted as days past due before the regulator, where the law allows that."""
    INTEREST_STOPS = "interest stops"
    """No late interest is charged for held days."""
    FEES_STOP = "fees stop"
    """No late fee or penalty arises on a held day."""
    CONTACT_STOPS = "contact stops"
    """Nobody contacts the client to collect."""
    ENFORCEMENT_STOPS = "enforcement stops"
    """Nothing is enforced, in court or out of it."""


class HoldKind(Enumeration):
    """Why something stops; a kind by itself has no effect."""

    BREATHING_SPACE = "breathing space"
    """A moratorium by law while the client takes advice; what falls due in it is still to be paid.

    In England and Wales it lasts 60 days, or in a mental health crisis the treatment and 30 days, and stops
    interest, fees, enforcement and contact to collect (SI 2020/1311, from 4 May 2021; secondary sources).
    """
    PAYMENT_DEFERRAL = "payment deferral"
    """The bank agreed that nothing is to be paid for a time: a payment holiday."""
    COMPLAINT = "complaint"
    """A complaint is being looked into."""
    DISPUTE = "dispute"
    """The client says that the debt, or a part of it, is not owed."""
    BEREAVEMENT = "bereavement"
    """The client, or somebody close to the client, has died."""
    LITIGATION = "litigation"
    """A court has the matter."""
    OTHER = "other"
    """Any other reason."""


def _to_effects(value: Collection[HoldEffect]) -> frozenset[HoldEffect]:
    if not isinstance(value, (frozenset, set, tuple, list)):
        message = f"expected a set of HoldEffect, got {shown(value)}; name each effect"
        raise InputTypeError("set.type", "effects", message, {"expected": "HoldEffect"})
    if not 1 <= len(value) <= len(HoldEffect):
        message = f"expected 1 to {len(HoldEffect)} effects, got {len(value)}; name what stops"
        raise PaymentError("hold.effects", "effects", message, {"maximum": len(HoldEffect)})
    return frozenset(check_instance(effect, HoldEffect, "effects") for effect in value)


def _to_first_day(value: datetime.date) -> pendulum.Date:
    return check_date(value, "first_day")


def _to_last_day(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "last_day")


@attrs.frozen(repr=False)
class Hold(Value):
    """A stop on named effects for a time.

    Nothing stops that is not named. Breathing space, for one, is not a payment holiday: it does not move due
    dates, and days past due run on, unless these effects are named too.

    Attributes:
        id: What tells it from all other holds of the plan.
        kind: Why.
        effects: What stops, at least one.
        first_day: The first held day.
        last_day: The last held day, itself held; None while no end is known.
        recorded_on: The day on which the bank recorded it, before, on or after the first day; None is the
            first day.
        debtor: The id of the debtor whom it protects; None protects all.

    Raises:
        PaymentError: No effect is named, or an id is not one line of text.
        DateError: It ends before it begins, or leaves no day after its end to which due dates could move.
    """

    id: str
    kind: HoldKind
    effects: frozenset[HoldEffect] = attrs.field(converter=_to_effects)
    first_day: pendulum.Date = attrs.field(converter=_to_first_day)
    last_day: pendulum.Date | None = attrs.field(converter=_to_last_day)
    recorded_on: pendulum.Date | None = attrs.field(default=None, converter=to_recorded_on)
    debtor: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.id, "id", error=PaymentError)
        check_instance(self.kind, HoldKind, "kind")
        if self.last_day is not None and self.last_day < self.first_day:
            message = f"expected {self.first_day} (first_day) or later, got {self.last_day}"
            raise DateError("hold.end", "last_day", message, {"first_day": self.first_day})
        if HoldEffect.DUE_DATES_MOVE in self.effects and self.last_day in {None, pendulum.Date.max}:
            end = "none" if self.last_day is None else f"{self.last_day}, after which there is no day"
            message = (
                f"expected a last day of the hold {shown(self.id)}, since due dates move to the day after it,"
                f" got {end}"
            )
            raise DateError("hold.open_end", "last_day", message, {"id": self.id})
        if self.debtor is not None:
            check_text(self.debtor, "debtor", error=PaymentError)

    def __repr__(self) -> str:
        """Give the id and the days: why and for whom is personal."""
        until = "" if self.last_day is None else f" to {self.last_day}"
        return f"<Hold {self.id} from {self.first_day}{until}>"

    @property
    def recorded(self) -> pendulum.Date:
        """The day from which the bank knew of it."""
        return self.first_day if self.recorded_on is None else self.recorded_on

    def protects(self, debtor: str | None) -> bool:
        """Tell whether it protects a debtor, or with None every debtor."""
        return self.debtor is None or self.debtor == debtor


def check_holds(holds: Sequence[Hold]) -> tuple[Hold, ...]:
    """Check a set of holds, which may overlap, against each other.

    Raises:
        PaymentError: Two have one id, or there are more than 1,000.
    """
    every = check_tuple(holds, Hold, "holds", maximum=HOLDS_MAX, error=PaymentError)
    seen: set[str] = set()
    for place, hold in enumerate(every):
        if hold.id in seen:
            message = f"expected each hold once, got another one with the id of holds[{place}]"
            raise PaymentError("hold.duplicate", f"holds[{place}].id", message, {"id": hold.id})
        seen.add(hold.id)
    return every
