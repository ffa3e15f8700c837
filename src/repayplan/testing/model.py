"""What the library says of everything that happened to one plan so far: what a service is held against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import repayplan as rp
from repayplan.errors import UnknownKeyError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

__all__ = ["FIGURES", "PlanModel"]

FIGURES: Final = (
    "state",
    "past_due",
    "days_past_due",
    "regulatory_days_past_due",
    "days_beyond_grace",
    "held_days",
    "bucket",
    "oldest_unpaid_due_on",
    "missed",
    "next_due",
)
"""The figures of a :class:`repayplan.Standing` that are compared where a service gives a whole standing."""


class PlanModel:
    """The facts about one plan in the order in which they came, and the records about it."""

    def __init__(self, schedule: rp.Schedule, rules: rp.OverdueRules) -> None:
        """Begin on the day on which the schedule starts, with nothing paid or held."""
        self.schedule = schedule
        self.rules = rules
        self.today = schedule.terms.starts_on
        self.payments: list[rp.Payment] = []
        self.holds: list[rp.Hold] = []
        self.records: list[tuple[rp.Record, pendulum.DateTime]] = []
        self.head: rp.Head | None = None

    def next_id(self) -> str:
        """Give an id that no fact has."""
        return f"f{len(self.payments) + len(self.holds) + len(self.records) + 1}"

    def standing(self, day: pendulum.Date) -> rp.Standing:
        """Say where the plan stands on a day, from all facts that came so far."""
        return rp.standing_on(self.schedule, self.payments, day, self.rules, self.holds)

    @property
    def undoable(self) -> list[rp.Payment]:
        """The payments that cleared and are not yet undone."""
        undone = {payment.reverses for payment in self.payments}
        return [
            payment
            for payment in self.payments
            if payment.status is rp.PaymentStatus.CLEARED
            and payment.reverses is None
            and payment.id not in undone
        ]

    def check_standing(self, answer: rp.Standing | Mapping[str, object], day: pendulum.Date) -> None:
        """Hold a service's answer for a day against the facts.

        Raises:
            AssertionError: A figure differs; the message names each that does.
            UnknownKeyError: A figure of the answer is none of :class:`repayplan.Standing`.
        """
        expected = self.standing(day)
        differing = [
            f"  {name}: the service says {said}, the facts say {wanted}"
            for name, said, wanted in _compared(answer, expected)
            if said != wanted
        ]
        if differing:
            facts = f"after {len(self.payments)} payments and {len(self.holds)} holds"
            raise AssertionError("\n".join([f"the standing on {day} differs {facts}:", *differing]))

    def check_log(self, log: rp.CommunicationLog) -> None:
        """Hold a service's log against the records that it was given, and against its head before.

        Raises:
            AssertionError: A record is missing, changed, in another place or of another moment; or an entry
                that stood there before was written anew.
        """
        kept = [(entry.record, entry.at) for entry in log]
        if len(kept) != len(self.records):
            message = f"the log has {len(kept)} entries, but {len(self.records)} records were given to it"
            raise AssertionError(message)
        for number, (found, given) in enumerate(zip(kept, self.records, strict=True)):
            if found != given:
                message = f"entry {number} of the log is not the record that was given, or not of its moment"
                raise AssertionError(message)
        if self.head is not None and log.first(self.head.size).head() != self.head:
            raise AssertionError(f"the first {self.head.size} entries of the log were written anew")
        self.head = log.head()


def _compared(
    answer: rp.Standing | Mapping[str, object], expected: rp.Standing
) -> Iterator[tuple[str, Any, Any]]:
    """Give each figure of an answer beside what it should be."""
    if not isinstance(answer, Mapping):
        answer = {name: getattr(answer, name) for name in FIGURES}
    for name, said in answer.items():
        if not hasattr(rp.Standing, name):
            message = f"expected figures of a Standing, such as {', '.join(FIGURES[:3])}, got {shown(name)}"
            raise UnknownKeyError("testing.figure", "standing", message)
        yield name, said, getattr(expected, name)
