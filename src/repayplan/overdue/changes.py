"""The values of a timeline: what changed on a day, and where the plan stood before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

import attrs
import pendulum

from repayplan.money import Money
from repayplan.overdue.standing_state import StandingState
from repayplan.values import Enumeration, Value

__all__ = ["Change", "ChangeKind", "Position", "Reason", "Timeline", "TimelineSpan"]

T = TypeVar("T")


class ChangeKind(Enumeration):
    """What changed on a day."""

    RULES = "rules"
    """Another version of the rules came into force."""
    DUE = "due"
    """An installment fell due, whether or not it was paid by then."""
    PAYMENT = "payment"
    """A payment began to count."""
    WAIVER = "waiver"
    """The bank let go of something."""
    CHARGE = "charge"
    """A late charge was made."""
    HOLD_BEGINS = "hold begins"
    """The first day of a hold."""
    HOLD_ENDS = "hold ends"
    """The day after the last day of a hold."""
    PAST_DUE = "past due"
    """An installment is past due that was not on the day before."""
    SETTLED = "settled"
    """An installment is past due no longer."""
    BEYOND_GRACE = "beyond grace"
    """What is past due is so for more days than the grace has."""
    BREACHED = "breached"
    """A rule says that the arrangement is broken, and none said so on the day before."""
    CURED = "cured"
    """Installments were missed and have been made good."""
    PROBATION_ENDS = "probation ends"
    """A cure is no longer watched: its time is over, or installments were missed again."""
    COMPLETED = "completed"
    """Nothing is left to pay, or no more than is tolerated."""
    STATE = "state"
    """The state is another."""
    BUCKET = "bucket"
    """The bucket is another."""
    CLASS = "class"
    """The regulator's class is another, by the plan."""
    CONTRACT_CLASS = "contract class"
    """The regulator's class is another, by the contract."""


@attrs.frozen
class Reason(Value):
    """Why a day is in a timeline.

    Attributes:
        kind: What changed.
        what: The number of the installment, or the id of the payment, waiver, charge or hold; None where the
            kind says it all.
    """

    kind: ChangeKind
    what: int | str | None = None


@attrs.frozen(repr=False)
class Position(Value):
    """Where a plan stands on a day, in brief.

    Attributes:
        state: The state.
        bucket: The bucket; None where the table has no name for the days.
        class_: The regulator's class; None where the rules have none, or no name for the days.
        contract_class: The same of the contract; None where nothing of it is past due.
        days_past_due: The days past due of the plan.
        past_due: What is past due.
    """

    state: StandingState
    bucket: str | None
    class_: str | None
    contract_class: str | None
    days_past_due: int
    past_due: Money

    def __repr__(self) -> str:
        """Give the state: the rest is personal."""
        return f"<Position: {self.state.value}>"


@attrs.frozen(repr=False)
class Change(Value):
    """A day on which something changed.

    Attributes:
        day: The day.
        reasons: What changed on it, and why.
        before: Where the plan stood on the day before.
        after: Where it stands on the day.
    """

    day: pendulum.Date
    reasons: tuple[Reason, ...]
    before: Position
    after: Position

    def __repr__(self) -> str:
        """Give the day and the kinds: the rest is personal."""
        return f"<Change on {self.day}: {', '.join(sorted(kind.value for kind in self.kinds))}>"

    @property
    def kinds(self) -> frozenset[ChangeKind]:
        """What changed."""
        return frozenset(reason.kind for reason in self.reasons)


@attrs.frozen
class TimelineSpan(Value, Generic[T]):
    """The days for which something stayed as it was.

    Attributes:
        value: What it was, such as the bucket.
        entered_on: The first of the days; None where that is before the timeline.
        left_on: The day after the last of them; None where the timeline ends before that.
    """

    value: T
    entered_on: pendulum.Date | None
    left_on: pendulum.Date | None


@attrs.frozen(repr=False)
class Timeline(Value, Sequence[Change]):
    """The days on which something changed, the earliest first; made by :func:`repayplan.timeline`.

    Attributes:
        start: The first day that was looked at.
        end: The last one.
        opening: Where the plan stood on the day before the first.
        changes: The changes.
        closing: Where the plan stands on the last day. Since the last change only the days past due go on.
    """

    start: pendulum.Date
    end: pendulum.Date
    opening: Position
    changes: tuple[Change, ...]
    closing: Position

    def __repr__(self) -> str:
        """Give the days: the rest is personal."""
        return f"<Timeline from {self.start} to {self.end}: {len(self.changes)} changes>"

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Change, ...]: ...
    def __getitem__(self, index: int | slice) -> Change | tuple[Change, ...]:
        """Give a change by its place."""
        return self.changes[index]

    def __len__(self) -> int:
        """Count the changes."""
        return len(self.changes)

    def __iter__(self) -> Iterator[Change]:
        """Give the changes, the earliest first."""
        return iter(self.changes)

    @property
    def bucket_history(self) -> tuple[TimelineSpan[str | None], ...]:
        """The buckets, each with the days on which it was entered and left."""
        return self._history(lambda position: position.bucket)

    @property
    def class_history(self) -> tuple[TimelineSpan[str | None], ...]:
        """The same for the regulator's classes."""
        return self._history(lambda position: position.class_)

    @property
    def state_history(self) -> tuple[TimelineSpan[StandingState], ...]:
        """The same for the states."""
        return self._history(lambda position: position.state)

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each change: text, numbers, dates and exact Decimals."""
        from repayplan.overdue.showing import timeline_rows  # noqa: PLC0415  # loaded when a table is asked for

        return timeline_rows(self)

    def _repr_html_(self) -> str:
        """Show the changes, and the days past due over time, in a notebook."""
        from repayplan.overdue.showing import timeline_html  # noqa: PLC0415  # only notebooks need it

        return timeline_html(self)

    def _history(self, read: Callable[[Position], T]) -> tuple[TimelineSpan[T], ...]:
        value, entered_on = read(self.opening), None
        spans: list[TimelineSpan[T]] = []
        for change in self.changes:
            after = read(change.after)
            if after != value:
                if change.day > self.start:
                    spans.append(TimelineSpan(value, entered_on, change.day))
                value, entered_on = after, change.day
        return (*spans, TimelineSpan(value, entered_on, None))
