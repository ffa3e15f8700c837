"""Reviews: of temporary terms before they end, and of a budget once a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.purposes import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

    from repayplan.casework.account_view import AccountView
    from repayplan.casework.view import CaseView

__all__ = ["budget_reviews", "plan_reviews"]


def plan_reviews(view: CaseView) -> Iterator[Need]:
    """Talk about what follows before token payments or a deferral end."""
    lead = view.follow_up.review_days
    for account in view.collected:
        plan = account.account.plan
        review = None if plan is None or not account.has_plan else plan.schedule.terms.review_on
        opens = None if review is None else review.subtract(days=lead.value)
        if review is not None and opens is not None and opens <= view.until:
            yield Need(
                key=f"review:{account.id}:{review}",
                kind=ActionKind.REVIEW_TEMPORARY_PLAN,
                debts=(account.id,),
                rule="temporary_plan_reviewed",
                citation=lead.citation,
                urgency=Urgency.HELP,
                opens_on=opens,
                by=review,
                since=view.start_of(opens),
                purpose=Purpose.HARDSHIP_TALK,
                message=MessageKind.INVITATION_TO_SPEAK,
            )


def budget_reviews(view: CaseView) -> Iterator[Need]:
    """Look at the budget again while a plan runs, once it is a year old; not for plans that end by then."""
    if view.budget is None:
        return
    by = view.budget.stated_on.add(months=view.follow_up.budget_months.value)
    opens = by.subtract(days=view.follow_up.review_days.value)
    running = tuple(
        account.id for account in view.collected if account.is_repaying and _runs_after(account, by)
    )
    if running and opens <= view.until:
        yield Need(
            key=f"budget_review:{view.budget.id}",
            kind=ActionKind.REVIEW_BUDGET,
            debts=running,
            rule="budget_reviewed",
            citation=view.follow_up.budget_months.citation,
            urgency=Urgency.ROUTINE,
            opens_on=opens,
            by=by,
            since=view.start_of(opens),
            purpose=Purpose.HARDSHIP_TALK,
            message=MessageKind.INVITATION_TO_SPEAK,
        )


def _runs_after(account: AccountView, day: pendulum.Date) -> bool:
    plan = account.account.plan
    return plan is not None and plan.schedule.last_due > day
