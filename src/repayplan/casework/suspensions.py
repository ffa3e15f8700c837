"""What suspends contact: holds, disputes, running promises, stops and limitation, as blocked spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.casework.view import CaseView, view_of
from repayplan.communication.barriers import BarrierKind
from repayplan.communication.blocked_spans import ASKING_FOR_PAYMENT, BlockedSpan
from repayplan.communication.purposes import Purpose
from repayplan.overdue.holds import HoldEffect, HoldKind
from repayplan.plan.states import PlanState

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    import pendulum

    from repayplan.casework.account_view import AccountView
    from repayplan.casework.case import Case

__all__ = ["ASKING", "ENTITLED", "blocked_spans", "spans_of"]

ASKING: Final = ASKING_FOR_PAYMENT | {Purpose.REMINDER}
"""What asks for money, late or not yet due."""

ENTITLED: Final = frozenset({Purpose.ANSWER, Purpose.COMPLAINT, Purpose.DISPUTE})
"""What the client is owed in every state: an answer."""

_STOPPED: Final = frozenset(Purpose) - ENTITLED
_DOUBTED: Final = {HoldKind.COMPLAINT, HoldKind.DISPUTE, HoldKind.BEREAVEMENT, HoldKind.LITIGATION}


def blocked_spans(case: Case, as_of: datetime.date) -> tuple[BlockedSpan, ...]:
    """Give the times in which facts of a case bar contacts, for :func:`repayplan.may_contact`.

    Args:
        case: The case. What was recorded later is left out.
        as_of: A moment, or a day, which is its first moment by the clock of the client's first zone.

    Raises:
        DateError: The moment is naive.
        PolicyError: No rules are in force on the day.
    """
    return spans_of(view_of(case, as_of))


def spans_of(view: CaseView) -> tuple[BlockedSpan, ...]:
    """Give the same of a case that is looked at already."""
    of_accounts = (span for account in view.accounts for span in _of_account(account))
    return (*of_accounts, *_disputes(view), *_crises(view), *_refusals(view))


def _of_account(account: AccountView) -> Iterator[BlockedSpan]:
    yield from _stops(account)
    yield from _holds(account)
    yield from _promises(account)
    at, debts = account.view.at, (account.id,)
    if not account.may_ask:
        yield BlockedSpan(start=at, reason="limitation", purposes=ASKING, debts=debts)
    if account.plan_state is PlanState.SUSPENDED:
        yield BlockedSpan(start=at, reason="suspended plan", purposes=ASKING, debts=debts)


def _stops(account: AccountView) -> Iterator[BlockedSpan]:
    for stop in account.account.stops:
        debts = None if stop.kind.is_of_the_person else (account.id,)
        start, end = _days(account.view, stop.first_day, stop.last_day)
        yield BlockedSpan(start=start, end=end, reason=stop.kind.value, purposes=_STOPPED, debts=debts)


def _holds(account: AccountView) -> Iterator[BlockedSpan]:
    for hold in account.account.holds:
        if HoldEffect.CONTACT_STOPS in hold.effects or hold.kind in _DOUBTED:
            start, end = _days(account.view, hold.first_day, hold.last_day)
            yield BlockedSpan(
                start=start,
                end=end,
                reason=hold.kind.value,
                purposes=ASKING,
                debtor=hold.debtor,
                debts=(account.id,),
            )


def _promises(account: AccountView) -> Iterator[BlockedSpan]:
    """Bar what demands alone: a reminder of a later due day asks for other money than was promised."""
    for standing in account.running_promises:
        start, end = _days(account.view, standing.promise.made_on, standing.promise.by)
        yield BlockedSpan(start=start, end=end, reason="running promise", debts=(account.id,))


def _disputes(view: CaseView) -> Iterator[BlockedSpan]:
    for contact in view.disputes:
        debts = contact.all_debts or None
        yield BlockedSpan(start=contact.started_at, reason="open dispute", purposes=ASKING, debts=debts)


def _crises(view: CaseView) -> Iterator[BlockedSpan]:
    """While life or health is in danger nobody asks for money; a person decides when that is over."""
    if view.crises:
        yield BlockedSpan(start=view.at, reason="crisis", purposes=ASKING)


def _refusals(view: CaseView) -> Iterator[BlockedSpan]:
    """Leave whoever did not wish to talk in peace for the days of the rules: nothing asks for money."""
    pause = view.barrier_rules.pause_days
    for barrier in view.barriers:
        if barrier.kind is BarrierKind.REFUSAL:
            start = view.start_of(view.day_of(barrier.latest_at))
            end = view.start_of(view.day_of(barrier.latest_at).add(days=pause.value))
            yield BlockedSpan(
                start=start, end=end, reason="refusal", purposes=ASKING, citation=pause.citation
            )


def _days(
    view: CaseView, first: pendulum.Date, last: pendulum.Date | None
) -> tuple[pendulum.DateTime, pendulum.DateTime | None]:
    return view.start_of(first), None if last is None else view.start_of(last.add(days=1))
