"""Notices that the law wants of a debt in arrears: a live contact, and a written notice."""

from __future__ import annotations

from itertools import count, takewhile
from typing import TYPE_CHECKING, Final

import pendulum

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need
from repayplan.casework.proposals import proposal_of
from repayplan.communication.channels import Channel, Direction
from repayplan.communication.purposes import Purpose
from repayplan.overdue.follow_up_rules import ArrearsNoticeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.account_view import AccountView
    from repayplan.casework.view import CaseView
    from repayplan.communication.contact import Contact
    from repayplan.overdue.follow_up_rules import ArrearsNotice

__all__ = ["arrears_notices", "counted_from"]

_LIVE: Final = frozenset(channel for channel in Channel if channel.is_live)
_WRITTEN: Final = frozenset({Channel.LETTER})
"""A letter: other written forms need a consent that only the bank can know."""


def arrears_notices(view: CaseView) -> Iterator[Need]:
    """Give each notice of the rules by its day, unless it was given, or was given too short a time ago.

    A live contact is due for each due day that was missed (12 CFR 1024 Supp. I, comment 39(a)-1.i); one after
    several of them is for them all, so that it is asked for once.
    A written notice that was given counts for its days whatever due day it was about; while the debt is still
    in arrears the next one is due on the first day after them, or by its own day where that comes later.
    """
    for account in view.collected:
        start = counted_from(account)
        if start is None:
            continue
        for notice in view.follow_up.notices:
            starts = _missed_from(account, start) if notice.not_within is None else [start]
            needs = (_need(account, notice, day) for day in starts)
            need = next((one for one in needs if proposal_of(one, view) is not None), None)
            if need is not None and need.opens_on <= view.until:
                yield need


def counted_from(account: AccountView) -> pendulum.Date | None:
    """Give the due day from which the days of notices count; None where the debt is not in arrears.

    After a transfer of the debt it is the first due day after it: of the plan, or, without one, the same day
    of a later month as the contract's.
    """
    due, transfer = account.arrears_since, account.account.transferred_on
    if due is None or transfer is None or due > transfer:
        return due
    if account.standing is not None:
        dues = sorted(set(account.account.plan.schedule.due)) if account.account.plan is not None else []
        return next((day for day in dues if day > transfer), due)
    return next(day for day in _monthly(due) if day > transfer)


def _missed_from(account: AccountView, start: pendulum.Date) -> list[pendulum.Date]:
    """Give the due days that were missed from one on: of the plan, or, without one, of each later month."""
    if account.standing is not None:
        lateness = account.standing.lateness
        missed = {pendulum.Date.fromordinal(lateness.due[item]) for item in lateness.past_due}
        return [start, *sorted(day for day in missed if day > start)]
    last = account.account.last_due_on or start
    months = takewhile(lambda day: day <= last and day < account.view.day, _monthly(start))
    return [start, *months]


def _monthly(start: pendulum.Date) -> Iterator[pendulum.Date]:
    return (start.add(months=months) for months in count(1))


def _need(account: AccountView, notice: ArrearsNotice, start: pendulum.Date) -> Need:
    view = account.view
    by = start.add(days=notice.by_day.value)
    opens, since = start.add(days=1), view.start_of(start.add(days=1))
    last = _last_given(account) if notice.not_within is not None else None
    if notice.not_within is not None and last is not None:
        again = view.day_of(last.started_at).add(days=notice.not_within.value)
        by, opens = max(again, by), max(again, opens)
        since = view.start_of(opens)
    is_live = notice.kind is ArrearsNoticeKind.LIVE_CONTACT
    return Need(
        key=f"notice:{account.id}:{notice.kind.value}:{by}",
        kind=ActionKind.ARREARS_NOTICE,
        debts=(account.id,),
        rule=f"arrears_{notice.kind.name.lower()}",
        citation=notice.by_day.citation,
        urgency=Urgency.ARREARS,
        opens_on=opens,
        by=by,
        since=since,
        text=notice.kind.value,
        purpose=Purpose.HARDSHIP_TALK if is_live else Purpose.STATUTORY_NOTICE,
        channels=_LIVE if is_live else _WRITTEN,
    )


def _last_given(account: AccountView) -> Contact | None:
    """Give the last such notice of this creditor, whatever due day it was about."""
    transfer = account.account.transferred_on
    given = [
        contact
        for contact in account.contacts
        if contact.direction is Direction.OUTBOUND
        and contact.purpose is Purpose.STATUTORY_NOTICE
        and not contact.outcome.is_failure
        and (transfer is None or account.view.day_of(contact.started_at) >= transfer)
    ]
    return given[-1] if given else None
