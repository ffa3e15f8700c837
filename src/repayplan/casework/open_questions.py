"""Open questions: where all is said that there is to say and nothing came of it, a person decides."""

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
    """Hand a debt in arrears to a person where the last word is from long ago, whoever had it.

    The client did not reply, or was heard and nothing came of it: no case in arrears ends with nothing to do.
    """
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
            text=_text(last, view.day_of(last.started_at)),
        )


def _last_word(account: AccountView, since: pendulum.Date) -> Contact | None:
    """Give the last contact of these arrears that wants a reply, or in which the client was heard."""
    for contact in reversed(account.contacts):
        if account.view.day_of(contact.started_at) <= since:
            return None
        if contact.direction is Direction.INBOUND or contact.purpose in _AWAITED:
            return contact
    return None


def _text(last: Contact, day: pendulum.Date) -> str:
    if last.direction is Direction.INBOUND:
        return f"The client was heard on {day}, and nothing came of it since."
    return f"No reply since {day} to: {last.purpose.value}."
