"""Next actions as rows, and as a person looks at them in a notebook.

As in the record, nobody's name, number, address or words are shown, nor what a client needs: an action names
neither its recipient nor its text, and its key, which may name a barrier, gives way to its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.display.chart import figure
from repayplan.display.table import Kind, records

if TYPE_CHECKING:
    from repayplan.casework.action_list import Actions
    from repayplan.casework.actions import Action

__all__ = ["action_rows", "actions_html"]


def action_rows(actions: Actions) -> list[dict[str, object]]:
    """Give a plain row for each action, without what is personal."""
    return [_action_row(place, action) for place, action in enumerate(actions)]


def _action_row(place: int, action: Action) -> dict[str, object]:
    window, citation = action.window, action.why.citation
    return {
        "number": place,
        "what": action.kind.value,
        "urgency": action.urgency.value,
        "why": action.why.rule.replace("_", " "),
        "source": None if citation is None else str(citation),
        "opens_on": action.opens_on,
        "by": action.by,
        "channel": None if action.channel is None else action.channel.value,
        "starts_at": None if window is None else window.start,
        "ends_at": None if window is None else window.end,
        "debts": ", ".join(action.debts),
    }


_ACTION: Final = {
    "number": Kind.NUMBER,
    "what": Kind.TEXT,
    "urgency": Kind.FIXED,
    "why": Kind.TEXT,
    "source": Kind.TEXT,
    "by": Kind.FIXED,
    "channel": Kind.FIXED,
    "starts_at": Kind.FIXED,
    "ends_at": Kind.FIXED,
    "debts": Kind.TEXT,
}


def actions_html(actions: Actions) -> str:
    """Show what is to be done, why and by when, and how and when a contact for it may begin."""
    caption = f"{len(actions)} action{'' if len(actions) == 1 else 's'}"
    shown = records(caption, _ACTION, range(len(actions)), lambda place: _action_row(place, actions[place]))
    return figure(shown)
