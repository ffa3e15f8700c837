"""Disputes: a person decides each, and until that is noted nobody asks for the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.view import CaseView

__all__ = ["disputes"]


def disputes(view: CaseView) -> Iterator[Need]:
    """Have a person decide on each dispute; to answer that it was received decides nothing."""
    for contact in view.disputes:
        day = view.day_of(contact.started_at)
        yield Need(
            key=view.dispute_step(contact),
            kind=ActionKind.OPEN_QUESTION,
            debts=contact.all_debts,
            rule="dispute_decided",
            citation=view.follow_up.answer_days.citation,
            urgency=Urgency.HELP,
            opens_on=day,
            by=view.follow_up.answer_by(day),
            text="Decide the dispute and tell the client; no payment is asked for until that is noted.",
        )
