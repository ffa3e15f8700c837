"""Spans in which contact is blocked by what is not in the log: holds, plans and promises that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_instance, check_text, check_tuple
from repayplan.communication.fields import check_ids, check_members, check_optional_text
from repayplan.communication.purposes import Purpose
from repayplan.communication.records import check_order
from repayplan.errors import CommunicationError
from repayplan.moments import check_moment
from repayplan.rules import Citation
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Sequence

__all__ = ["ASKING_FOR_PAYMENT", "BlockedSpan", "check_blocked"]

_BLOCKED_MAX: Final = 1_000

ASKING_FOR_PAYMENT: Final = frozenset(purpose for purpose in Purpose if purpose.asks_for_payment)
"""The purposes that a moratorium, a kept plan or a running promise bars; answers and notices go on."""


def _to_start(value: datetime.datetime) -> pendulum.DateTime:
    return check_moment(value, "start")


def _to_end(value: datetime.datetime | None) -> pendulum.DateTime | None:
    return None if value is None else check_moment(value, "end")


def _to_purposes(value: Collection[Purpose]) -> frozenset[Purpose]:
    return check_members(value, Purpose, "purposes")


def _to_debts(value: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if value is None else check_ids(value, "debts")


@attrs.frozen(kw_only=True, repr=False)
class BlockedSpan(Value):
    """A time in which some contacts are barred, such as breathing space or while a promise runs.

    Attributes:
        start: The first moment.
        end: The first moment after it; None while no end is known.
        reason: Why, in a word that a finding may show.
        purposes: What is barred; unless stated, what asks for payment.
        debtor: The id of the debtor whom it protects; None protects all.
        debts: The debts that it is about; None for all.
        citation: The rule behind it; None where it is the bank's own choice.

    Raises:
        CommunicationError: It ends before it starts, or a text is not one visible line.
        DateError: A moment is naive.
    """

    start: pendulum.DateTime = attrs.field(converter=_to_start)
    end: pendulum.DateTime | None = attrs.field(default=None, converter=_to_end)
    reason: str
    purposes: frozenset[Purpose] = attrs.field(default=ASKING_FOR_PAYMENT, converter=_to_purposes)
    debtor: str | None = None
    debts: tuple[str, ...] | None = attrs.field(default=None, converter=_to_debts)
    citation: Citation | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_order(self.start, self.end, "start", "end")
        check_text(self.reason, "reason", error=CommunicationError)
        check_optional_text(self.debtor, "debtor")
        if self.citation is not None:
            check_instance(self.citation, Citation, "citation")

    def __repr__(self) -> str:
        """Give the moments: why and for whom is personal."""
        return f"<BlockedSpan from {self.start} to {self.end}>"

    def bars(self, purpose: Purpose, debtors: Collection[str], debts: Collection[str]) -> bool:
        """Tell whether it bars a contact while it lasts.

        Args:
            purpose: What the contact is for.
            debtors: Whom it asks, or for whom the person speaks who is asked.
            debts: The debts that it is about; without any it may be about each.
        """
        return (
            purpose in self.purposes
            and (self.debtor is None or self.debtor in debtors)
            and (self.debts is None or not debts or not set(self.debts).isdisjoint(debts))
        )


def check_blocked(blocked: Sequence[BlockedSpan]) -> tuple[BlockedSpan, ...]:
    """Return blocked spans as a tuple of at most 1,000."""
    return check_tuple(blocked, BlockedSpan, "blocked", maximum=_BLOCKED_MAX, error=CommunicationError)
