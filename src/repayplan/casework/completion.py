"""The end of a plan and the way back: notices of cure and completion, kept promises, and closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pendulum

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.purposes import Purpose
from repayplan.overdue.promises import PromiseState
from repayplan.overdue.standing_state import StandingState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.account_view import AccountView
    from repayplan.casework.view import CaseView

__all__ = ["closing", "cures", "kept_promises"]

_COMPLETED = {StandingState.COMPLETED, StandingState.COMPLETED_WITHIN_TOLERANCE}


def closing(view: CaseView) -> Iterator[Need]:
    """Tell the client that the debt is repaid, and close the plan (:attr:`repayplan.ActKind.COMPLETE`)."""
    for account in view.collected:
        standing = account.standing
        if standing is None or standing.state not in _COMPLETED:
            continue
        day = _completed_on(account)
        yield _notice(
            account,
            ActionKind.CONFIRM_COMPLETION,
            day,
            key=f"completion:{account.id}",
            rule="completion_confirmed",
            message=MessageKind.PLAN_COMPLETED,
            facts={"completed_on": day},
        )
        yield Need(
            key=f"close:{account.id}",
            kind=ActionKind.CLOSE,
            debts=(account.id,),
            rule="plan_closed",
            citation=view.follow_up.notice_days.citation,
            urgency=Urgency.ROUTINE,
            opens_on=day,
            by=day.add(days=view.follow_up.notice_days.value),
        )


def cures(view: CaseView) -> Iterator[Need]:
    """Tell the client that all is in order again; after its last day such a notice is left out."""
    for account in view.collected:
        standing = account.standing
        cured = None if standing is None else standing.history.cured_on
        if standing is None or cured is None or standing.lateness.past_due or standing.is_completed:
            continue
        day = pendulum.Date.fromordinal(cured)
        yield _notice(
            account,
            ActionKind.CONFIRM_CURE,
            day,
            key=f"cure:{account.id}:{day}",
            rule="cure_confirmed",
            until=day.add(days=view.follow_up.notice_days.value),
        )


def kept_promises(view: CaseView) -> Iterator[Need]:
    """Thank for a promise that was kept; after its last day such a notice is left out.

    Where the debt is repaid with it, that is told alone: the one notice would be taken for the other.
    """
    for account in view.collected:
        if account.standing is not None and account.standing.state in _COMPLETED:
            continue
        for standing in account.promises:
            if standing.reached_on is None or standing.state is not PromiseState.KEPT:
                continue
            day = standing.reached_on
            yield _notice(
                account,
                ActionKind.CONFIRM_PROMISE,
                day,
                key=f"kept:{standing.promise.id}",
                rule="promise_confirmed",
                until=day.add(days=view.follow_up.notice_days.value),
                message=MessageKind.PROMISE_KEPT,
                facts={"amount": standing.promise.amount, "due_on": standing.promise.by},
            )


def _notice(account: AccountView, kind: ActionKind, day: pendulum.Date, **more: Any) -> Need:  # noqa: ANN401  # fields of a need
    limit = account.view.follow_up.notice_days
    return Need(
        kind=kind,
        debts=(account.id,),
        citation=limit.citation,
        urgency=Urgency.ROUTINE,
        opens_on=day,
        by=day.add(days=limit.value),
        since=account.view.start_of(day),
        purpose=Purpose.INFORMATION,
        **more,
    )


def _completed_on(account: AccountView) -> pendulum.Date:
    """Give the day of the last payment or waiver; today where there is none."""
    today = account.view.day
    days = [payment.effective for payment in account.account.payments]
    days += [waiver.effective for waiver in account.account.waivers]
    return max((day for day in days if day <= today), default=today)
