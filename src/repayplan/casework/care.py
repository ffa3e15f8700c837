"""Care: a client in danger is helped at once, and what was noted of needs is asked about again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

    from repayplan.casework.view import CaseView

__all__ = ["care_reviews", "crises"]


def crises(view: CaseView) -> Iterator[Need]:
    """Hand whoever is in danger to those who help, at once; then a person decides when that is over."""
    limit = view.follow_up.desk_days
    for step, day in view.crises.items():
        yield _step(
            view,
            f"refer:{step}",
            ActionKind.REFER,
            day,
            rule="crisis_referred",
            text="Life or health may be in danger: put the client in touch with those who help.",
        )
        yield _step(
            view,
            step,
            ActionKind.OPEN_QUESTION,
            day.add(days=limit.value),
            rule="crisis_over",
            text="Decide whether the danger is over; nobody asks for money until that is noted.",
        )


def care_reviews(view: CaseView) -> Iterator[Need]:
    """Ask on its day whether what was noted of a need still holds."""
    for note in view.care_notes:
        if note.review_on is not None:
            yield _step(
                view,
                f"care:{note.id}:{note.review_on}",
                ActionKind.OPEN_QUESTION,
                note.review_on,
                rule="care_reviewed",
                text=f"Ask whether what {note.id} says of the client's needs still holds.",
            )


def _step(view: CaseView, key: str, kind: ActionKind, opens: pendulum.Date, *, rule: str, text: str) -> Need:
    limit = view.follow_up.desk_days
    return Need(
        key=key,
        kind=kind,
        debts=(),
        rule=rule,
        citation=limit.citation,
        urgency=Urgency.PROTECTION if kind is ActionKind.REFER else Urgency.ROUTINE,
        opens_on=opens,
        by=opens.add(days=limit.value),
        text=text,
    )
