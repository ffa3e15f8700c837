"""Who wants an offer: debts of which the cause of arrears is known, or for which help was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.casework.requests import debts_with_request

if TYPE_CHECKING:
    from repayplan.casework.account_view import AccountView, Cause
    from repayplan.casework.view import CaseView

__all__ = ["debts_in_need", "reason_of", "wants_offer"]


def debts_in_need(view: CaseView) -> tuple[str, ...]:
    """Give the debts on which plans are offered together, so that none counts on the money of another."""
    helped = debts_with_request(view)
    return tuple(one.id for one in view.collected if one.id in helped or wants_offer(one))


def wants_offer(account: AccountView) -> bool:
    """Whether there is a reason for an offer, and no plan was agreed since."""
    plan, reason = account.account.plan, reason_of(account)
    if reason is None or account.running_promises:
        return False
    return plan is None or plan.agreed_on < account.view.day_of(reason.at)


def reason_of(account: AccountView) -> Cause | None:
    """Give the latest of the cause of arrears, where it is known, and of a request for help."""
    return max((one for one in (account.cause, account.help_asked) if one is not None), default=None)
