"""Our own word: what was agreed in a contact to happen next, by the day that was named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.view import CaseView

__all__ = ["own_words"]


def own_words(view: CaseView) -> Iterator[Need]:
    """Do what we said by the day that we named; a step that names no day is in the briefing alone."""
    for contact in view.contacts:
        if contact.next_step is None or contact.next_step_on is None:
            continue
        yield Need(
            key=f"word:{contact.id}",
            kind=ActionKind.KEEP_WORD,
            debts=tuple(one.id for one in view.accounts if one.id in contact.all_debts),
            rule="own_word_kept",
            citation=None,
            urgency=Urgency.HELP,
            opens_on=view.day_of(contact.started_at),
            by=contact.next_step_on,
            text=contact.next_step,
        )
