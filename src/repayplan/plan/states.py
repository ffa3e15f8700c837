"""The states of a plan, and the acts that lead from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_date, check_instance, check_text
from repayplan.errors import DateError, TermsError
from repayplan.overdue.fields import to_on, to_recorded_on
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

__all__ = ["TRANSITIONS", "ActKind", "PlanAct", "PlanState", "state_after", "state_as_known"]


class PlanState(Enumeration):
    """What has become of a plan as an agreement; how it is kept is its standing."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    """Nothing is asked for until it is resumed or revised."""
    COMPLETED = "completed"
    """Paid, or let go of by the bank; later payments are held as credit."""
    CANCELLED = "cancelled"
    """Given up by both sides."""
    TERMINATED = "terminated"
    """Ended by the bank for a breach, after notice and a chance to pay."""
    SUPERSEDED = "superseded"
    """Followed by a later version, unless that was withdrawn and this one reopened."""


class ActKind(Enumeration):
    """What may be done about a plan."""

    SUSPEND = "suspend"
    RESUME = "resume"
    COMPLETE = "complete"
    CANCEL = "cancel"
    TERMINATE = "terminate"
    SUPERSEDE = "supersede"
    REOPEN = "reopen"
    """The versions after a superseded one are withdrawn: see :meth:`repayplan.Plan.reopened`."""


TRANSITIONS: Final[Mapping[tuple[PlanState, ActKind], PlanState]] = {
    (PlanState.ACTIVE, ActKind.SUSPEND): PlanState.SUSPENDED,
    (PlanState.ACTIVE, ActKind.COMPLETE): PlanState.COMPLETED,
    (PlanState.ACTIVE, ActKind.CANCEL): PlanState.CANCELLED,
    (PlanState.ACTIVE, ActKind.TERMINATE): PlanState.TERMINATED,
    (PlanState.ACTIVE, ActKind.SUPERSEDE): PlanState.SUPERSEDED,
    (PlanState.SUSPENDED, ActKind.RESUME): PlanState.ACTIVE,
    (PlanState.SUSPENDED, ActKind.COMPLETE): PlanState.COMPLETED,
    (PlanState.SUSPENDED, ActKind.CANCEL): PlanState.CANCELLED,
    (PlanState.SUSPENDED, ActKind.TERMINATE): PlanState.TERMINATED,
    (PlanState.SUSPENDED, ActKind.SUPERSEDE): PlanState.SUPERSEDED,
    (PlanState.SUPERSEDED, ActKind.REOPEN): PlanState.ACTIVE,
}
"""Where each act leads; what is not here is not legal."""


def _to_day_or_none(field: str, value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, field)


def _to_notice_on(value: datetime.date | None) -> pendulum.Date | None:
    return _to_day_or_none("notice_on", value)


def _to_pay_by(value: datetime.date | None) -> pendulum.Date | None:
    return _to_day_or_none("pay_by", value)


@attrs.frozen(kw_only=True, repr=False)
class PlanAct(Value):
    """Something done about a plan.

    Attributes:
        kind: What.
        on: The day from which it holds.
        reason: Why, in one line.
        recorded_on: The day on which it was recorded; None is the same day.
        notice_on: For a termination, the day on which the client was given notice.
        pay_by: For a termination, the last day on which the client could still pay; before ``on``.

    Raises:
        TermsError: A termination lacks its notice or the chance to pay, or another act has them.
        DateError: The days of a termination are out of order, or the act was recorded before its day.
    """

    kind: ActKind
    on: pendulum.Date = attrs.field(converter=to_on)
    reason: str
    recorded_on: pendulum.Date | None = attrs.field(default=None, converter=to_recorded_on)
    notice_on: pendulum.Date | None = attrs.field(default=None, converter=_to_notice_on)
    pay_by: pendulum.Date | None = attrs.field(default=None, converter=_to_pay_by)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.kind, ActKind, "kind")
        check_text(self.reason, "reason", error=TermsError)
        if self.recorded < self.on:
            raise DateError("act.recorded_on", "recorded_on", f"expected {self.on} (on) or later")
        if self.kind is not ActKind.TERMINATE:
            if self.notice_on is not None or self.pay_by is not None:
                raise TermsError("act.notice", "notice_on", "expected a notice for a termination only")
            return
        if self.notice_on is None or self.pay_by is None:
            message = (
                "expected the day of the notice and the last day to pay: a plan is not ended without them"
            )
            raise TermsError("act.notice", "notice_on", message)
        if not self.notice_on < self.pay_by < self.on:
            message = f"expected a notice, then a last day to pay, both before {self.on}"
            raise DateError("act.notice", "pay_by", message)

    def __repr__(self) -> str:
        """Give the kind and the day: the reason is personal."""
        return f"<PlanAct: {self.kind.value} on {self.on}>"

    @property
    def recorded(self) -> pendulum.Date:
        """The day from which it was known."""
        return self.on if self.recorded_on is None else self.recorded_on


def state_after(acts: Iterable[PlanAct]) -> PlanState:
    """Give the state to which acts lead, one after the other.

    Raises:
        TermsError: An act is not legal in the state that it meets; the error names those that are.
    """
    state = PlanState.ACTIVE
    for place, act in enumerate(acts):
        following = TRANSITIONS.get((state, act.kind))
        if following is None:
            legal = tuple(kind for before, kind in TRANSITIONS if before is state)
            names = ", ".join(kind.value for kind in legal) or "nothing more"
            message = f"expected {names} of a plan that is {state.value}, got {act.kind.value}"
            raise TermsError("plan.act", f"acts[{place}]", message, {"state": state, "legal": legal})
        state = following
    return state


def state_as_known(acts: Iterable[PlanAct]) -> PlanState:
    """Give the state to which those acts lead that are known: one that is not legal when it comes is void."""
    state = PlanState.ACTIVE
    for act in acts:
        state = TRANSITIONS.get((state, act.kind), state)
    return state
