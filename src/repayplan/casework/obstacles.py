"""Open barriers: the remedies one after the other, the kindest first; and where all are tried, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need
from repayplan.communication.remedies import remedies

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

    from repayplan.casework.view import CaseView
    from repayplan.communication.barriers import Barrier
    from repayplan.communication.remedy_kinds import Remedy

__all__ = ["obstacles"]


def obstacles(view: CaseView) -> Iterator[Need]:
    """Give the next remedy of each open barrier, once the one before it had its time to work."""
    for barrier in view.barriers:
        name = f"{barrier.kind.value}:{barrier.evidence[0]}"
        opens = view.day_of(barrier.latest_at)
        for remedy in remedies(barrier, view.case.client, view.barrier_rules, on=opens):
            key = f"remedy:{name}:{remedy.kind.value}"
            if key not in view.steps:
                yield _remedy(remedy, key, opens)
                break
            opens = max(opens, view.day_of(view.steps[key]).add(days=remedy.within.value))
        else:
            yield _question(view, barrier, name, opens)


def _remedy(remedy: Remedy, key: str, opens: pendulum.Date) -> Need:
    return Need(
        key=key,
        kind=ActionKind.REMOVE_BARRIER,
        debts=(),
        rule="barrier_removed",
        citation=remedy.within.citation,
        urgency=Urgency.HELP,
        opens_on=opens,
        by=opens.add(days=remedy.within.value),
        text=remedy.kind.what,
        remedy=remedy,
    )


def _question(view: CaseView, barrier: Barrier, name: str, opens: pendulum.Date) -> Need:
    limit = view.follow_up.desk_days
    return Need(
        key=f"question:{name}",
        kind=ActionKind.OPEN_QUESTION,
        debts=(),
        rule="barrier_decided",
        citation=limit.citation,
        urgency=Urgency.ROUTINE,
        opens_on=opens,
        by=opens.add(days=limit.value),
        text=f"Every remedy was tried and the barrier is still open: {barrier.kind.value}.",
    )
