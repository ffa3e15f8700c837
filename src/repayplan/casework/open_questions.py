"""Open questions: where the bank has said what there is to say and nothing came back, a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need
from repayplan.communication.channels import Direction
from repayplan.communication.purposes import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

    from repayplan.casework.account_view import AccountView
    from repayplan.casework.view import CaseView
    from repayplan.communication.contact import Contact

__all__ = ["open_questions"]

_AWAITED: Final = {Purpose.MISSED_PAYMENT, Purpose.OFFER, Purpose.HARDSHIP_TALK, Purpose.ANSWER}
"""What wants a reply."""


def open_questions(view: CaseView) -> Iterator[Need]:
    """Hand a debt in arrears to a person where the client was last written to long ago and did not reply."""
    wait = view.barrier_rules.no_reply_days
    for account in view.collected:
        if account.arrears_since is None or account.running_promises:
            continue
        last = _last_word(account, account.arrears_since)
        if last is None or view.day_of(last.started_at).add(days=wait.value) > view.day:
            continue
        day = view.day_of(last.started_at).add(days=wait.value)
        yield Need(
            key=f"question:{account.id}:{last.id}",
            kind=ActionKind.OPEN_QUESTION,
            debts=(account.id,),
            rule="silence_decided",
            citation=wait.citation,
            urgency=Urgency.ROUTINE,
            opens_on=day,
            by=day.add(days=view.follow_up.desk_days.value),
            text=f"No reply since {view.day_of(last.started_at)} to: {last.purpose.value}.",
        )


def _last_word(account: AccountView, since: pendulum.Date) -> Contact | None:
    """Give the last contact of these arrears that wants a reply, where the client did not come back."""
    for contact in reversed(account.contacts):
        is_older = account.view.day_of(contact.started_at) <= since
        if is_older or contact.direction is Direction.INBOUND:
            return None
        if contact.purpose in _AWAITED:
            return contact
    return None
