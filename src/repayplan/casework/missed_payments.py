"""Missed payments: the talk that asks for the cause before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need
from repayplan.casework.requests import debts_with_request
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.purposes import Purpose
from repayplan.money import money_of
from repayplan.overdue.promises import PromiseState

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

    from repayplan.casework.account_view import AccountView
    from repayplan.casework.view import CaseView
    from repayplan.overdue.promises import PromiseStanding

__all__ = ["missed_payments", "missed_promises"]

_MISSED = {PromiseState.BROKEN, PromiseState.PARTLY_KEPT}


def missed_payments(view: CaseView) -> Iterator[Need]:
    """Ask for the cause of a missed payment, once for each due day.

    Not where it is known, where help was asked for, which comes first, or where a promise to pay it is
    followed up; a due day that was missed after the promise is one more reason to ask.
    """
    helped = debts_with_request(view)
    for account in view.collected:
        missed = account.last_missed_on
        standing = account.standing
        if missed is None or account.cause is not None or account.id in helped:
            continue
        if (standing is not None and standing.is_held) or _latest_broken(account, missed) is not None:
            continue
        first = missed.add(days=1)
        yield Need(
            key=f"cause:{account.id}:{missed}",
            kind=ActionKind.ASK_CAUSE,
            debts=(account.id,),
            rule="cause_asked_for",
            citation=view.follow_up.talk_days.citation,
            urgency=Urgency.ARREARS,
            opens_on=first,
            by=missed.add(days=view.follow_up.talk_days.value),
            since=view.start_of(first),
            purpose=Purpose.MISSED_PAYMENT,
            message=MessageKind.INVITATION_TO_SPEAK if standing is None else MessageKind.MISSED_PAYMENT,
            facts=_facts(account),
        )


def missed_promises(view: CaseView) -> Iterator[Need]:
    """Ask what happened where a promise was not kept, unless the cause was told since."""
    for account in view.collected:
        missed = account.last_missed_on
        promise = None if missed is None else _latest_broken(account, missed)
        if promise is None:
            continue
        day = promise.promise.by
        if account.cause is not None and view.day_of(account.cause.at) > day:
            continue
        first = day.add(days=1)
        paid = {"paid": promise.paid} if promise.paid else {}
        yield Need(
            key=f"promise:{promise.promise.id}",
            kind=ActionKind.FOLLOW_UP_PROMISE,
            debts=(account.id,),
            rule="promise_followed_up",
            citation=view.follow_up.promise_days.citation,
            urgency=Urgency.ARREARS,
            opens_on=first,
            by=day.add(days=view.follow_up.promise_days.value),
            since=view.start_of(first),
            purpose=Purpose.MISSED_PAYMENT,
            message=MessageKind.PROMISE_BROKEN,
            facts={"amount": promise.promise.amount, "due_on": day, **paid},
        )


def _latest_broken(account: AccountView, missed: pendulum.Date) -> PromiseStanding | None:
    """Give the last promise where it was missed and still bears on the latest due day that was missed.

    A later promise stands in its place, and so do a plan that was agreed after its day and a later due day:
    one broken promise must not silence all that is missed after it.
    """
    if not account.promises:
        return None
    last = account.promises[-1]
    plan = account.account.plan
    replaced = plan is not None and plan.agreed_on > last.promise.by
    return last if last.state in _MISSED and last.promise.by >= missed and not replaced else None


def _facts(account: AccountView) -> dict[str, Any]:
    standing, due = account.standing, account.arrears_since
    if standing is None or due is None:
        return {}
    oldest = min(standing.lateness.past_due)
    missing = money_of(standing.lateness.missing[oldest], account.account.debt.currency)
    return {
        "amount": missing,
        "due_on": due,
        "past_due": standing.past_due,
        "days_past_due": standing.days_past_due,
    }
