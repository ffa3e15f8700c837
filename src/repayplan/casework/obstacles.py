"""Open barriers: the remedies one after the other, the kindest first; and where all are tried, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need
from repayplan.communication.remedies import remedies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.view import CaseView
    from repayplan.communication.barriers import Barrier
    from repayplan.communication.remedy_kinds import Remedy

__all__ = ["obstacles"]


def obstacles(view: CaseView) -> Iterator[Need]:
    """Give the next remedy of each open barrier that was not noted as done."""
    for barrier in view.barriers:
        name = f"{barrier.kind.value}:{barrier.evidence[0]}"
        since = view.day_of(barrier.latest_at)
        found = remedies(barrier, view.case.client, view.barrier_rules, on=since)
        keyed = ((f"remedy:{name}:{remedy.kind.value}", remedy) for remedy in found)
        untried = next(((key, remedy) for key, remedy in keyed if key not in view.steps), None)
        if untried is not None:
            yield _remedy(view, barrier, *untried)
        else:
            yield _question(view, barrier, name)


def _remedy(view: CaseView, barrier: Barrier, key: str, remedy: Remedy) -> Need:
    since = view.day_of(barrier.latest_at)
    return Need(
        key=key,
        kind=ActionKind.REMOVE_BARRIER,
        debts=(),
        rule="barrier_removed",
        citation=remedy.within.citation,
        urgency=Urgency.HELP,
        opens_on=since,
        by=max(since, remedy.due_on),
        text=remedy.kind.what,
        remedy=remedy,
    )


def _question(view: CaseView, barrier: Barrier, name: str) -> Need:
    day = view.day_of(barrier.latest_at)
    return Need(
        key=f"question:{name}",
        kind=ActionKind.OPEN_QUESTION,
        debts=(),
        rule="barrier_decided",
        citation=view.follow_up.desk_days.citation,
        urgency=Urgency.ROUTINE,
        opens_on=day,
        by=view.day.add(days=view.follow_up.desk_days.value),
        text=f"Every remedy was tried and the barrier is still open: {barrier.kind.value}.",
    )
