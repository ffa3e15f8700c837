"""Reminders before a due date, and the check of the account on the day itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pendulum

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need
from repayplan.communication.channels import Channel
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.purposes import Purpose
from repayplan.money import money_of
from repayplan.overdue.upcoming import upcoming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.account_view import AccountView
    from repayplan.casework.view import CaseView
    from repayplan.money import Money

_FAST: Final = frozenset(channel for channel in Channel if channel.is_live or channel.is_electronic_message)
"""What still arrives in time where the last day is over."""

__all__ = ["dues_ahead", "payment_checks", "reminders"]


def dues_ahead(account: AccountView, until: pendulum.Date) -> Iterator[tuple[pendulum.Date, Money]]:
    """Give the days up to one on which a running plan asks for something, and how much."""
    if not account.has_plan or account.standing is None:
        return
    currency = account.account.debt.currency
    for due, units in upcoming(account.standing.lateness):
        if due > until.toordinal():
            return
        yield pendulum.Date.fromordinal(due), money_of(units, currency)


def reminders(view: CaseView) -> Iterator[Need]:
    """Remind of each payment so many days before it is due as the rules say, or at once where that is over.

    One reminder is enough where several payments fall due so close together that their times overlap.
    """
    limit = view.policy.overdue.reminder_days
    if limit is None:
        return
    lead = view.follow_up.reminder_lead.value
    for account in view.collected:
        for due, amount in dues_ahead(account, view.until.add(days=limit.value + lead)):
            by = due.subtract(days=limit.value)
            opens = by.subtract(days=lead)
            if view.day < due:
                yield Need(
                    key=f"remind:{account.id}:{due}",
                    kind=ActionKind.REMIND,
                    debts=(account.id,),
                    rule="reminder_before_due_day",
                    citation=limit.citation,
                    urgency=Urgency.REMINDER,
                    opens_on=opens,
                    by=by,
                    until=due.subtract(days=1),
                    since=view.start_of(opens),
                    purpose=Purpose.REMINDER,
                    channels=None if view.day <= by else _FAST,
                    message=MessageKind.REMINDER,
                    facts={"amount": amount, "due_on": due},
                )


def payment_checks(view: CaseView) -> Iterator[Need]:
    """Look into the account on each due day and on the day of each running promise: nobody is contacted."""
    for account in view.collected:
        due = [(f"check:{account.id}:{day}", day) for day, _ in dues_ahead(account, view.until)]
        promised = [
            (f"check:{account.id}:promise:{standing.promise.id}", standing.promise.by)
            for standing in account.running_promises
            if standing.promise.by <= view.until
        ]
        for key, day in [*due, *promised]:
            yield Need(
                key=key,
                kind=ActionKind.CHECK_PAYMENT,
                debts=(account.id,),
                rule="payment_checked",
                citation=view.follow_up.desk_days.citation,
                urgency=Urgency.ROUTINE,
                opens_on=day,
                by=day,
            )
