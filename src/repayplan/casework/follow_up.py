"""next_actions(): from the case file to the next right steps, each with its reason and its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.casework.action_keys import way_key
from repayplan.casework.action_list import Actions
from repayplan.casework.actions import Action, ActionKind, Urgency
from repayplan.casework.adjustments import adjustments
from repayplan.casework.agreements import agreements
from repayplan.casework.care import care_reviews, crises
from repayplan.casework.completion import closing, cures, kept_promises
from repayplan.casework.data_checks import contradictions, gaps, limitations
from repayplan.casework.disputes import disputes
from repayplan.casework.help_requests import help_requests
from repayplan.casework.missed_payments import missed_payments, missed_promises
from repayplan.casework.moments import day_of
from repayplan.casework.notices import arrears_notices
from repayplan.casework.obstacles import obstacles
from repayplan.casework.open_questions import open_questions
from repayplan.casework.own_words import own_words
from repayplan.casework.proposals import Proposal, proposal_of
from repayplan.casework.reaching import Reaching
from repayplan.casework.referrals import referrals
from repayplan.casework.reminders import payment_checks, reminders
from repayplan.casework.reviews import budget_reviews, plan_reviews
from repayplan.casework.view import CaseView, view_of
from repayplan.checks import check_date
from repayplan.communication.messages.kind_facts import facts_of
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.reasons import SupportNeed
from repayplan.errors import CaseError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator

    from repayplan.casework.case import Case
    from repayplan.casework.needs import Need
    from repayplan.communication.contact_points import ContactPoint
    from repayplan.communication.messages.facts import MessageFacts

__all__ = ["calendar_for", "needs_of", "next_actions"]

RULES: Final[tuple[Callable[[CaseView], Iterable[Need]], ...]] = (
    referrals,
    help_requests,
    crises,
    disputes,
    limitations,
    arrears_notices,
    obstacles,
    gaps,
    contradictions,
    adjustments,
    missed_promises,
    missed_payments,
    agreements,
    plan_reviews,
    reminders,
    payment_checks,
    kept_promises,
    cures,
    closing,
    budget_reviews,
    care_reviews,
    own_words,
    open_questions,
)
"""What is followed up. Each rule says what it wants; whether and how that happens is decided below, once."""

_WHERE_STOPPED: Final = (referrals, help_requests)
"""What is left where nobody collects any of the debts."""


def needs_of(view: CaseView) -> Iterator[Need]:
    """Give what the rules want in a case; where nobody collects, to refer it and to answer."""
    for rule in _WHERE_STOPPED if view.is_stopped else RULES:
        yield from rule(view)


def next_actions(case: Case, as_of: datetime.date, horizon: int = 14) -> Actions:
    """Give the next right steps of a case, the most urgent first.

    What the case and its log show as done is not proposed again: a contact since its reason arose that names
    the action (:attr:`repayplan.Contact.actions`), or that names none and was begun by the bank for the same
    purpose and debt, an answer that names what it answers, a step of the desk that was noted
    (:class:`repayplan.StepNote`). An attempt that failed is made again after some days, and so often as
    the rules say. What asks for payment waits for holds, disputes and running promises, and for a person to
    decide on limitation that is expired or unknown; in a state that stops collection there is nothing left
    but to refer the case and to answer.

    Every contact has a window in which :func:`repayplan.may_contact` allows it, with the spans of
    :func:`repayplan.blocked_spans`, and as if those before it in the list had been made.

    Args:
        case: The case. What was recorded after ``as_of`` is left out.
        as_of: A moment, or a day, which is its first moment by the clock of the client's first zone.
        horizon: How many days are looked ahead, up to ten years: what begins by then is given.

    Raises:
        CaseError: The horizon is out of range.
        DateError: The moment is naive.
        PolicyError: No rules are in force on the day, or the policy lacks a part that is needed.
    """
    view = view_of(case, as_of, horizon)
    reaching = Reaching(view)
    wanted = (
        need for need in needs_of(view) if need.opens_on <= view.until and not reaching.is_suspended(need)
    )
    proposals = (proposal for need in wanted if (proposal := proposal_of(need, view)) is not None)
    ranked = sorted(proposals, key=lambda one: _unreached(one, view).rank)
    actions = (_action(proposal, view, reaching) for proposal in ranked)
    return Actions(
        sorted((action for action in actions if action is not None), key=lambda action: action.rank)
    )


def calendar_for(case: Case, start: datetime.date, end: datetime.date) -> Actions:
    """Give the plan of contacts from one day to another, both included, the earliest first.

    It is what follows if nothing new happens: reminders of every payment ahead, reviews, notices and answers,
    each in its window. What depends on a payment that may yet come in is not in it.

    Args:
        case: The case.
        start: The first day.
        end: The last day, at most ten years later.

    Raises:
        CaseError: The end is before the start or too far from it.
        DateError: A day is no date.
        PolicyError: As for :func:`repayplan.next_actions`.
    """
    first, last = check_date(start, "start"), check_date(end, "end")
    if last < first:
        raise CaseError("calendar.end", "end", f"expected {first} (start) or later, got {last}")
    days = last.toordinal() - first.toordinal()
    actions = next_actions(case, first, days)
    timed = [
        (action.window.start, action)
        for action in actions
        if action.window is not None and day_of(action.window.start, case.client) <= last
    ]
    return Actions(action for _, action in sorted(timed, key=lambda pair: (pair[0], pair[1].rank)))


def _action(proposal: Proposal, view: CaseView, reaching: Reaching) -> Action | None:
    """Give the action for a proposal; where nobody can be reached for it, the step of deciding how."""
    need = proposal.need
    if need.purpose is None:
        return _unreached(proposal, view)
    reach = None if proposal.is_exhausted else reaching.find(need, need.purpose, proposal.opens)
    if reach is None:
        return _way(proposal, view)
    message = MessageKind.NEUTRAL if need.message and _is_overseen(reach.point, view) else need.message
    return attrs.evolve(
        _unreached(proposal, view),
        recipient=reach.recipient,
        channel=reach.channel,
        point=reach.point,
        window=reach.window,
        message=message,
        facts=_facts(message, need, view),
    )


def _is_overseen(point: ContactPoint, view: CaseView) -> bool:
    """Whether others may see what comes there: after abuse, wherever it is not known that nobody does."""
    return point.shared is True or (point.shared is None and SupportNeed.ABUSE in view.needs)


def _unreached(proposal: Proposal, view: CaseView) -> Action:
    need = proposal.need
    return Action(
        key=proposal.key,
        kind=need.kind,
        debts=need.debts,
        why=need.why(view.day),
        urgency=need.urgency_on(view.day),
        opens_on=need.opens_on,
        by=need.by,
        text=need.text,
        purpose=need.purpose,
        answers=need.answers,
        offers=need.offers,
        remedy=need.remedy,
    )


def _way(proposal: Proposal, view: CaseView) -> Action | None:
    """Have a person decide how the client is reached; what is no more than a courtesy is left out."""
    action, key = _unreached(proposal, view), way_key(proposal.need.key)
    if key in view.steps or action.urgency in {Urgency.REMINDER, Urgency.ROUTINE}:
        return None
    return attrs.evolve(
        action,
        key=key,
        kind=ActionKind.FIND_WAY,
        purpose=None,
        text=f"No permitted way is left to {action.kind.value}: decide how, or that it waits.",
    )


def _facts(message: MessageKind | None, need: Need, view: CaseView) -> MessageFacts | None:
    """Give the facts of a message; None without a desk, or where a fact that it needs is not known."""
    desk, name = view.case.desk, view.case.client.party.name
    if desk is None or message is None:
        return None
    own = {} if message is MessageKind.NEUTRAL else dict(need.facts)
    if name is not None:
        own["client_name"] = name
    facts = desk.facts(message, **own)
    return facts if facts_of(message).required <= facts.given else None
